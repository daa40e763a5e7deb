package staff

import (
	"net/http"
	"net/url"
	"time"

	"sluss/internal/fault"
	"sluss/internal/id"
	"sluss/internal/oidc"
	"sluss/internal/signin"
	"sluss/internal/web"
	"sluss/internal/web/ui"
)

// agencyAway is the cookie of one who is at the agency's own sign-in.
const agencyAway = "agency"

// agencyRoutes are those of staff who sign in by their agency.
func (p *Pages) agencyRoutes() []web.Route {
	return []web.Route{
		{Method: "GET", Pattern: signin.AgencyBack, Needs: web.Open(), Handle: p.getAgencyBack},
		{Method: "GET", Pattern: web.Door + "/{agency}", Needs: web.Open(), Handle: p.getAgencyDoor},
		{Method: "GET", Pattern: "/in/{token}/{agency}", Needs: web.Open(), Handle: p.getAgencyInvite},
		{Method: "POST", Pattern: signin.AgencyOut, Needs: web.Programs(), Handle: p.postAgencyOut},
	}
}

// agencies are links to the sign-in of each agency that has one, in the area, or in all for 0.
func (p *Pages) agencies(r *web.Request, area id.Area, from string) (list []ui.Link) {
	for _, x := range p.Signin.Providers {
		if area == 0 || x.Area == area {
			list = append(list, ui.Link{Text: r.L.T("door.agency.do", x.Name), Href: from + "/" + x.Agency.String()})
		}
	}
	return list
}

// leave leads to the sign-in of the agency in the address.
func (p *Pages) leave(r *web.Request, v signin.Invited) (web.Answer, error) {
	var agency id.Agency
	if agency.UnmarshalText([]byte(r.PathValue("agency"))) != nil {
		return web.Answer{}, fault.Missing
	}
	address, cookie, err := p.Signin.AskAgency(r.Context(), agency, v)
	if fault.Is(err, fault.Unavailable) {
		return p.showDoor(r, fault.Form{{Kind: fault.Invalid, Key: fault.Of(err).Key}})
	}
	if err != nil {
		return web.Answer{}, err
	}
	return web.Abroad(address).KeepAway(r, agencyAway, cookie, oidc.AskWithin), nil
}

func (p *Pages) getAgencyDoor(r *web.Request) (web.Answer, error) {
	return p.leave(r, signin.Invited{})
}

func (p *Pages) getAgencyInvite(r *web.Request) (web.Answer, error) {
	v, err := p.Signin.Invited(r.Context(), r.PathValue("token"))
	if fault.Is(err, fault.NotFound) {
		return overInvite(r), nil
	}
	if err != nil {
		return web.Answer{}, err
	}
	return p.leave(r, v)
}

// getAgencyBack lets in whom the agency's sign-in has sent back. What does not hold is said at the door.
func (p *Pages) getAgencyBack(r *web.Request) (web.Answer, error) {
	session, posts, err := p.Signin.Back(r.Context(), r.Kept(agencyAway), r.URL.Query(), r.L.Tag)
	if fault.Is(err, fault.NotFound) {
		return overInvite(r), nil
	}
	if f := fault.Of(err); f != nil {
		return p.showDoor(r, fault.Form{{Kind: fault.Invalid, Key: f.Key}})
	}
	if err != nil {
		return web.Answer{}, err
	}
	if posts > 1 {
		return r.Enter(session, web.ChoosePost), nil
	}
	return r.Enter(session, "/arbete"), nil
}

// tellings is how often one network address may tell that somebody has signed out.
var tellings = web.Rate{Most: 120, Within: time.Minute}

// postAgencyOut is told by an agency's provider itself that somebody has signed out there.
func (p *Pages) postAgencyOut(r *web.Request) (web.Answer, error) {
	if !p.told.Allow(r.From(), p.Clock.Now(), tellings) {
		return r.Refuse(http.StatusTooManyRequests, 60, nil, "system.often"), nil
	}
	form, err := url.ParseQuery(string(r.Said()))
	if err != nil {
		return notLoggedOut()
	}
	switch err := p.Signin.LoggedOut(r.Context(), form.Get("logout_token")); {
	case fault.Is(err, fault.Forbidden):
		return notLoggedOut()
	case err != nil:
		return web.Answer{}, err
	}
	return web.JSON(http.StatusOK, struct{}{})
}

func notLoggedOut() (web.Answer, error) {
	return web.JSON(http.StatusBadRequest, map[string]string{"error": "invalid_request"})
}
