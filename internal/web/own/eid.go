package own

import (
	"sluss/internal/fault"
	"sluss/internal/oidc"
	"sluss/internal/signin"
	"sluss/internal/web"
	"sluss/internal/web/ui"
)

// eidAway is the cookie of one who is at an e-identification.
const eidAway = "own-eid"

// sharedQuery says in the address that others use the computer too. A link and no form: a form may not lead off the site.
const sharedQuery = "delad"

func eidPath(way string) string { return web.OwnDoor + "/e-legitimation/" + way }

func (p *Pages) eidRoutes() []web.Route {
	return []web.Route{
		{Method: "GET", Pattern: signin.OwnBack, Needs: web.Open(), Handle: p.getEIDBack},
		{Method: "GET", Pattern: eidPath("{way}"), Needs: web.Open(), Handle: p.getEID},
	}
}

// eids are links to each e-identification that one can sign in with.
func (p *Pages) eids(r *web.Request) (list []ui.Link) {
	for _, e := range p.Signin.EIDs {
		list = append(list, ui.Link{Text: r.L.T("door.eid.do", e.Name), Href: eidPath(e.Way)})
	}
	return list
}

// getEID leads to the e-identification in the address.
func (p *Pages) getEID(r *web.Request) (web.Answer, error) {
	address, cookie, err := p.Signin.AskEID(r.Context(), r.PathValue("way"), r.URL.Query().Has(sharedQuery))
	if fault.Is(err, fault.Unavailable) {
		return p.showEID(r, err)
	}
	if err != nil {
		return web.Answer{}, err
	}
	return web.Abroad(address).KeepAway(r, eidAway, cookie, oidc.AskWithin), nil
}

// getEIDBack lets in whom the e-identification has sent back. What does not hold is said at the door.
func (p *Pages) getEIDBack(r *web.Request) (web.Answer, error) {
	session, err := p.Signin.BackEID(r.Context(), r.Kept(eidAway), r.URL.Query(), r.L.Tag)
	if fault.Of(err) != nil {
		return p.showEID(r, err)
	}
	if err != nil {
		return web.Answer{}, err
	}
	return r.Enter(session, "/min"), nil
}

func (p *Pages) showEID(r *web.Request, err error) (web.Answer, error) {
	return p.showDoor(r, doorPage{NoKey: fault.Form{{Kind: fault.Invalid, Key: fault.Of(err).Key}}}, web.Show)
}
