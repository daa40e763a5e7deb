package own

import (
	"sluss/internal/access"
	"sluss/internal/fault"
	"sluss/internal/store"
	"sluss/internal/trusted"
	"sluss/internal/web"
	"sluss/internal/web/trust"
)

// aQuarter is after how many seconds a plan leaves the screen of who holds a link.
const aQuarter = 15 * 60

// showing is where the person shows their plan to somebody they trust.
const showing = "/min/dela"

func (p *Pages) trustedRoutes() []web.Route {
	read, write := access.Read, access.Write
	return []web.Route{
		{Method: "GET", Pattern: showing, Needs: web.Themself(access.OwnView, read), Handle: p.getShowing},
		{Method: "POST", Pattern: showing, Needs: web.Themself(access.OwnRecord, read), Handle: p.postLook},
		{Method: "POST", Pattern: showing + "/ny", Needs: web.Themself(access.OwnRecord, read, write), Handle: p.postShowing},
		{Method: "POST", Pattern: showing + "/{link}/slut", Needs: web.Themself(access.Identity, write), Handle: p.postShowingEnd},
		{Method: "GET", Pattern: trust.At + "{secret}", Needs: web.ByLink(trusted.Need), Handle: p.getShown},
		{Method: "POST", Pattern: trust.At + "{secret}", Needs: web.ByLink(trusted.Need), Handle: p.postShown},
	}
}

func (p *Pages) showingPage(r *web.Request) (v trust.View, err error) {
	v.Path, v.Alone, v.Now, v.Origin = showing, true, r.Actor.Now(), p.Signin.Origin()
	me, err := p.own(r, func(tx *store.Tx, a access.Access) (err error) {
		v.Links, err = trusted.Links(r.Context(), tx, r.Actor, a)
		return err
	})
	v.Page = p.page(r, me, "trusted.title")
	return v, err
}

func (p *Pages) getShowing(r *web.Request) (web.Answer, error) {
	v, err := p.showingPage(r)
	return web.Show(showingView(v)).Refresh(r.Rest()), err
}

// postLook shows what would be seen. Nothing is kept yet.
func (p *Pages) postLook(r *web.Request) (web.Answer, error) {
	v, err := p.showingPage(r)
	if err != nil {
		return web.Answer{}, err
	}
	v.Typed = trust.Asked(r)
	if v.Faults = fault.Fields(v.Typed.Check()); len(v.Faults) > 0 {
		v.Failed = true
		return web.Again(showingView(v)), nil
	}
	err = p.Store.Read(r.Context(), func(tx *store.Tx) error {
		a, err := access.OpenOwn(r.Context(), tx, r.Actor, trusted.Need, access.Read)
		if err != nil {
			return err
		}
		v.Shown, err = trusted.Of(r.Context(), tx, r.Actor, a, v.Typed.Helps)
		return err
	})
	v.Title = r.L.T("trusted.look.title")
	return web.Show(lookView(v)).Refresh(r.Rest()), err
}

// postShowing makes the link and shows its address and code this once.
func (p *Pages) postShowing(r *web.Request) (web.Answer, error) {
	f := trust.Asked(r)
	m, err := p.Trusted.Make(r.Context(), r.Actor, r.Actor.Themself(), f)
	if err != nil {
		return web.Answer{}, err
	}
	v, err := p.showingPage(r)
	v.Typed, v.Made, v.Title = f, m, r.L.T("trusted.made.title")
	return web.Show(madeView(v)).Refresh(r.Rest()), err
}

func (p *Pages) postShowingEnd(r *web.Request) (web.Answer, error) {
	link, err := linkIn(r)
	if err != nil {
		return web.Answer{}, err
	}
	return web.Saved(showing, "trusted.ended"), p.Trusted.End(r.Context(), r.Actor, r.Actor.Themself(), link)
}

func linkIn(r *web.Request) (l trusted.ID, err error) {
	if l.UnmarshalText([]byte(r.PathValue("link"))) != nil {
		return 0, fault.Missing
	}
	return l, nil
}

// getShown asks whoever holds a link for its code. It tells nothing of whose the link is.
func (p *Pages) getShown(r *web.Request) (web.Answer, error) {
	return web.Show(trust.Reader(trust.Opened{Page: r.Page("trusted.code.title"), Action: r.URL.Path})), nil
}

func (p *Pages) postShown(r *web.Request) (web.Answer, error) {
	page := trust.Opened{Page: r.Page("trusted.open.title"), Action: r.URL.Path}
	s, err := p.Trusted.Open(r.Context(), r.Actor, r.Form.Line("code"))
	if page.Faults = fault.Fields(err); len(page.Faults) > 0 {
		page.Title, page.Failed = r.L.T("trusted.code.title"), true
		return web.Again(trust.Reader(page)), nil
	}
	page.Shown = &s
	return web.Show(trust.Reader(page)).Refresh(aQuarter), err
}
