package staff

import (
	"strconv"

	"sluss/internal/access"
	"sluss/internal/clock"
	"sluss/internal/comment"
	"sluss/internal/fault"
	"sluss/internal/i18n"
	"sluss/internal/id"
	"sluss/internal/lawful"
	"sluss/internal/org"
	"sluss/internal/web"
	"sluss/internal/web/ui"
)

// lawfulPage is where a head writes down what a law gives another agency about somebody, and ends it.
type lawfulPage struct {
	ui.Page
	lawful.View
	Who    id.Person
	Tabs   []ui.Tab
	Names  org.Names
	Today  clock.Date
	Now    clock.Instant
	Zone   string // as chosen
	Parts  []string
	Typed  lawful.Form
	Faults fault.Form
	Voice  voice
}

const lawfulNeed = lawful.Need

func (p *Pages) lawfulPage(r *web.Request) (page lawfulPage, err error) {
	if page.Who, err = r.Person(); err != nil {
		return page, err
	}
	if page.View, err = p.Lawful.Open(r.Context(), r.Actor, page.Who); err != nil {
		return page, err
	}
	page.Names, err = p.names(r)
	page.Page, page.Tabs, page.Today, page.Now = r.Titled(page.Person.Name()), personTabs(r, page.Who), r.Actor.Today(), r.Actor.Now()
	return page, err
}

func (p *Pages) getLawful(r *web.Request) (web.Answer, error) {
	page, err := p.lawfulPage(r)
	page.Typed.From = page.Today
	if err == nil {
		page.Voice, err = p.saidOf(r, page.Who, page.Person.Given, comment.Law)
	}
	return web.Show(lawfulView(page)), err
}

func (p *Pages) postLawful(r *web.Request) (web.Answer, error) {
	who, err := r.Person()
	if err != nil {
		return web.Answer{}, err
	}
	f := lawful.Form{Law: r.Form.Raw("law"), From: r.Form.Date("from"), To: r.Form.Date("to"), Decided: r.Form.Line("decided"), Number: r.Form.Line("number"), Statute: r.Form.Line("statute")}
	_ = f.Zone.UnmarshalText([]byte(r.Form.Raw("zone")))
	for _, text := range r.Form.All("part") {
		if n, err := strconv.Atoi(text); err == nil {
			f.Categories |= access.Category(n)
		}
	}
	faults := r.Form.Faults
	if len(faults) == 0 {
		err := p.Lawful.Record(r.Context(), r.Actor, who, f)
		if faults = fault.Fields(err); faults == nil {
			return web.Saved(personPath(who, "/lag"), "lawful.saved"), err
		}
	}
	page, err := p.lawfulPage(r)
	page.Typed, page.Zone, page.Parts, page.Faults, page.Failed = f, r.Form.Raw("zone"), r.Form.All("part"), faults, true
	return web.Again(lawfulView(page)), err
}

func (p *Pages) postLawfulEnd(r *web.Request) (web.Answer, error) {
	who, err := r.Person()
	if err != nil {
		return web.Answer{}, err
	}
	var l access.LawfulID
	if l.UnmarshalText([]byte(r.Form.Raw("ground"))) != nil {
		return web.Answer{}, fault.Missing
	}
	return web.Saved(personPath(who, "/lag"), "lawful.ended"), p.Lawful.End(r.Context(), r.Actor, who, l)
}

// to names the agency that a decision gives something to.
func (p lawfulPage) to(g lawful.Ground) string {
	for _, x := range p.View.Parties {
		if x.ID == g.Zone {
			return called(p.L, x)
		}
	}
	return ""
}

// lawfulBy tells who decided, and the number of the decision.
func lawfulBy(l *i18n.Lang, g lawful.Ground) string {
	return l.T("lawful.by", l.Apart(g.Decided), l.Apart(g.Number))
}

// stands says from when to when a decision holds, or that it has been ended.
func (p lawfulPage) stands(g lawful.Ground) string {
	if g.EndedAt < access.Never {
		return p.L.T("lawful.was", g.Span.From, g.EndedAt.Date())
	}
	return p.L.T("lawful.span", g.Span.From, g.Span.To.Add(-1))
}

// holds tells whether there is something to end.
func (p lawfulPage) holds(g lawful.Ground) bool {
	return g.EndedAt == access.Never && g.Span.To > p.Today
}

func (p lawfulPage) zones() []ui.Option {
	list := []ui.Option{{Value: "", Text: p.L.T("form.select")}}
	for _, x := range p.Others {
		list = append(list, ui.Option{Value: x.ID.String(), Text: called(p.L, x)})
	}
	return list
}

// lawOptions are the closed list, each with what it is for.
func lawOptions(p ui.Page) []ui.Option {
	var list []ui.Option
	for _, l := range lawful.Laws {
		list = append(list, ui.Option{Value: l.Code, Text: p.L.T("lawful.law." + l.Code), Good: p.L.T("lawful.means." + l.Code)})
	}
	return list
}

func (p lawfulPage) partOptions() []ui.Option {
	var list []ui.Option
	for _, c := range lawful.Parts() {
		list = append(list, ui.Option{Value: strconv.Itoa(int(c)), Text: i18n.Capital(p.L.T("consent.part." + c.String()))})
	}
	return list
}
