package staff

import (
	"slices"

	"sluss/internal/access"
	"sluss/internal/clock"
	"sluss/internal/fault"
	"sluss/internal/id"
	"sluss/internal/org"
	"sluss/internal/signin"
	"sluss/internal/store"
	"sluss/internal/web"
	"sluss/internal/web/ui"
)

const systems = operation + "/system"

// systemRoutes are those by which the head lets systems of other agencies send referrals.
func (p *Pages) systemRoutes() []web.Route {
	return []web.Route{
		{Method: "GET", Pattern: systems, Needs: web.NoPerson(), Handle: p.getSystems},
		{Method: "POST", Pattern: systems, Needs: web.NoPerson(), Handle: p.postSystem},
		{Method: "POST", Pattern: systems + "/{system}/hemlighet", Needs: web.NoPerson(), Handle: p.postSystemRenew},
		{Method: "POST", Pattern: systems + "/{system}/avsluta", Needs: web.NoPerson(), Handle: p.postSystemEnd},
	}
}

// systemsPage is the systems that send to the gateway, and the form for one more.
type systemsPage struct {
	ui.Page
	List   []signin.System
	Now    clock.Instant
	Units  []ui.Option
	Made   signin.Secret // just made; it is shown this once
	Name   string
	Unit   string
	Scopes []string
	From   string
	To     string
	Faults fault.Form
}

func (p *Pages) systemsPage(r *web.Request) (page systemsPage, err error) {
	page = systemsPage{Page: r.Page("system.title"), Now: r.Actor.Now(), From: string(r.Actor.Today()), Scopes: signin.Scopes}
	if page.List, err = p.Signin.Systems(r.Context(), r.Actor); err != nil {
		return page, err
	}
	page.Units = []ui.Option{{Value: "", Text: r.L.T("form.select")}}
	err = p.Org.Store.Read(r.Context(), func(tx *store.Tx) error {
		units, err := org.Units(r.Context(), tx, r.Actor.Area())
		for _, u := range units {
			if u.Kind != org.UnitGateway {
				page.Units = append(page.Units, ui.Option{Value: u.ID.String(), Text: u.Name})
			}
		}
		return err
	})
	return page, err
}

func (p *Pages) getSystems(r *web.Request) (web.Answer, error) {
	page, err := p.systemsPage(r)
	return web.Show(systemsView(page)), err
}

func (p *Pages) postSystem(r *web.Request) (web.Answer, error) {
	f := r.Form
	n := signin.NewSystem{Name: f.Line("name"), Scopes: f.Choices("scope", signin.Scopes...), Span: clock.Span{From: f.Date("from")}}
	_ = n.Unit.UnmarshalText([]byte(f.Raw("unit")))
	if last := f.Date("to"); last != "" {
		n.Span.To = last.Add(1)
	}
	faults := f.Faults
	var made signin.Secret
	if len(faults) == 0 {
		var err error
		made, err = p.Signin.AddSystem(r.Context(), r.Actor, n)
		if faults = fault.Fields(err); faults == nil && err != nil {
			return web.Answer{}, err
		}
	}
	page, err := p.systemsPage(r)
	if len(faults) == 0 {
		page.Made = made
		return web.Show(systemsView(page)), err
	}
	page.Name, page.Unit, page.Scopes, page.From, page.To = f.Raw("name"), f.Raw("unit"), f.All("scope"), f.Raw("from"), f.Raw("to")
	page.Failed, page.Faults = true, inOrder(faults, []string{"name", "unit", "scope", "from", "to"})
	return web.Again(systemsView(page)), err
}

// postSystemRenew gives a system a new secret.
func (p *Pages) postSystemRenew(r *web.Request) (web.Answer, error) {
	post, err := systemPost(r)
	if err != nil {
		return web.Answer{}, err
	}
	made, err := p.Signin.RenewSystem(r.Context(), r.Actor, post, r.Form.Version())
	if err != nil {
		return web.Answer{}, err
	}
	page, err := p.systemsPage(r)
	page.Made = made
	return web.Show(systemsView(page)), err
}

func (p *Pages) postSystemEnd(r *web.Request) (web.Answer, error) {
	post, err := systemPost(r)
	if err != nil {
		return web.Answer{}, err
	}
	return web.Saved(systems, "system.ended"), p.Signin.EndSystem(r.Context(), r.Actor, post)
}

// systemPost reads {system} in the address.
func systemPost(r *web.Request) (post id.Post, err error) {
	if post.UnmarshalText([]byte(r.PathValue("system"))) != nil {
		err = fault.Missing
	}
	return post, err
}

func systemPath(post id.Post, part string) string { return systems + "/" + post.String() + part }

// stands says from when to when a system may act, or that it has ended.
func (p systemsPage) stands(s signin.System) string {
	switch {
	case s.EndedAt < access.Never:
		return p.L.T("system.was", s.Span.From, s.EndedAt.Date())
	case s.Span.To == clock.Forever:
		return p.L.T("system.since", s.Span.From)
	default:
		return p.L.T("system.span", s.Span.From, s.Span.To.Add(-1))
	}
}

func (p systemsPage) used(s signin.System) string {
	if s.UsedAt == 0 {
		return p.L.T("system.unused")
	}
	return p.L.T("system.used", s.UsedAt.Date(), s.UsedAt.LocalTime())
}

func (p systemsPage) may(s signin.System) string {
	var list []string
	for _, k := range scopeNames(s.Scopes) {
		list = append(list, p.L.T(k))
	}
	return p.L.List(list...)
}

// scopeNames are the keys of what a system may do.
func scopeNames(scopes []string) (keys []string) {
	for i, key := range []string{"system.may.send", "system.may.read"} {
		if slices.Contains(scopes, signin.Scopes[i]) {
			keys = append(keys, key)
		}
	}
	return keys
}

func (p systemsPage) scopes() []ui.Option {
	return []ui.Option{{Value: signin.MaySend, Text: p.L.T("system.may.send"), Good: p.L.T("system.may.send.good")},
		{Value: signin.MayRead, Text: p.L.T("system.may.read"), Good: p.L.T("system.may.read.good")}}
}
