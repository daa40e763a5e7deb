package staff

import (
	"sluss/internal/access"
	"sluss/internal/fault"
	"sluss/internal/id"
	"sluss/internal/person"
	"sluss/internal/store"
	"sluss/internal/trusted"
	"sluss/internal/web"
	"sluss/internal/web/trust"
)

const showing = "/bordet/dela"

// trustedRoutes are those by which a plan is shown to somebody its person trusts, made with them at the table.
func (p *Pages) trustedRoutes() []web.Route {
	read, write := access.Read, access.Write
	at := "/arbete/person/{person}" + showing
	return []web.Route{
		{Method: "GET", Pattern: at, Needs: web.OnePerson(access.Identity, read), Handle: p.getShowing},
		{Method: "POST", Pattern: at, Needs: web.OnePerson(trusted.Makes, read), Handle: p.postLook},
		{Method: "POST", Pattern: at + "/ny", Needs: web.OnePerson(trusted.Makes, read, write), Handle: p.postShowing},
		{Method: "POST", Pattern: at + "/{link}/slut", Needs: web.OnePerson(access.Identity, write), Handle: p.postShowingEnd},
	}
}

// showingPage is the page at the table: what the person sees, but for when a link was opened.
type showingPage struct {
	trust.View
	Who  id.Person
	Back string
}

func (p *Pages) showingPage(r *web.Request, title string) (page showingPage, err error) {
	if page.Who, err = r.Person(); err != nil {
		return page, err
	}
	err = p.Org.Store.Read(r.Context(), func(tx *store.Tx) error {
		_, a, err := person.Open(r.Context(), tx, r.Actor, page.Who, access.Identity, access.Read, access.ForTogether)
		if err != nil {
			return err
		}
		page.Links, err = trusted.Links(r.Context(), tx, r.Actor, a)
		return err
	})
	page.Page, page.Path, page.Back = r.Page(title), personPath(page.Who, showing), personPath(page.Who, "/bordet")
	page.Now, page.Origin = r.Actor.Now(), p.Signin.Origin()
	return page, err
}

func (p *Pages) getShowing(r *web.Request) (web.Answer, error) {
	page, err := p.showingPage(r, "trusted.title")
	return web.Show(showingView(page)), err
}

func (p *Pages) postLook(r *web.Request) (web.Answer, error) {
	page, err := p.showingPage(r, "trusted.title")
	if err != nil {
		return web.Answer{}, err
	}
	page.Typed = trust.Asked(r)
	if page.Faults = fault.Fields(page.Typed.Check()); len(page.Faults) > 0 {
		page.Failed = true
		return web.Again(showingView(page)), nil
	}
	err = p.Org.Store.Read(r.Context(), func(tx *store.Tx) error {
		a, err := access.Open(r.Context(), tx, r.Actor, page.Who, trusted.Need, access.Read, access.ForTogether)
		if err != nil {
			return err
		}
		page.Shown, err = trusted.Of(r.Context(), tx, r.Actor, a, page.Typed.Helps)
		return err
	})
	page.Title = r.L.T("trusted.look.title")
	return web.Show(lookView(page)), err
}

func (p *Pages) postShowing(r *web.Request) (web.Answer, error) {
	who, err := r.Person()
	if err != nil {
		return web.Answer{}, err
	}
	f := trust.Asked(r)
	m, err := p.Trusted.Make(r.Context(), r.Actor, who, f)
	if err != nil {
		return web.Answer{}, err
	}
	page, err := p.showingPage(r, "trusted.made.title")
	page.Typed, page.Made = f, m
	return web.Show(madeView(page)), err
}

func (p *Pages) postShowingEnd(r *web.Request) (web.Answer, error) {
	who, err := r.Person()
	if err != nil {
		return web.Answer{}, err
	}
	var link trusted.ID
	if err := pathID(r, "link", &link); err != nil {
		return web.Answer{}, err
	}
	return web.Saved(personPath(who, showing), "trusted.ended"), p.Trusted.End(r.Context(), r.Actor, who, link)
}
