package staff

import (
	"github.com/a-h/templ"

	"sluss/internal/access"
	"sluss/internal/fault"
	"sluss/internal/opinion"
	"sluss/internal/org"
	"sluss/internal/sarah"
	"sluss/internal/web"
	"sluss/internal/web/ui"
)

const sarahs = "/arbete/lex-sarah"

func (p *Pages) sarahRoutes() []web.Route {
	return []web.Route{
		{Method: "GET", Pattern: sarahs, Needs: web.NoPerson().Partners(), Handle: p.getSarahs},
		{Method: "GET", Pattern: sarahs + "/ny", Needs: web.NoPerson().Partners(), Handle: p.getSarahNew},
		{Method: "POST", Pattern: sarahs + "/ny", Needs: web.NoPerson().Partners(), Handle: p.postSarahNew},
		{Method: "GET", Pattern: sarahs + "/{report}", Needs: web.NoPerson().Partners(), Handle: p.getSarah},
		{Method: "POST", Pattern: sarahs + "/{report}", Needs: web.NoPerson(), Handle: p.postSarah},
	}
}

// sarahsPage is what the duty is, and the reports that concern the reader.
type sarahsPage struct {
	ui.Page
	sarah.Lists
	Operates bool // the reader works at a gateway
}

func (p *Pages) getSarahs(r *web.Request) (web.Answer, error) {
	page := sarahsPage{Page: r.Page("sarah.title"), Operates: r.Actor.Role() != access.Officer}
	var err error
	page.Lists, err = p.Sarah.List(r.Context(), r.Actor)
	return web.Show(sarahsView(page)), err
}

func sarahPath(x sarah.Report) string { return sarahs + "/" + x.ID.String() }

// sarahForm is a report as it is written.
type sarahForm struct {
	ui.Page
	Typed  sarah.Form
	On     string // when it happened, as typed
	Faults fault.Form
	Units  []ui.Option // the gateways that who works at another agency chooses among; none for the staff, who report about their own
}

func (p *Pages) sarahForm(r *web.Request) (sarahForm, error) {
	page := sarahForm{Page: r.Page("sarah.new")}
	if r.Actor.Role() != access.Officer {
		return page, nil
	}
	names, err := p.names(r)
	for _, u := range names.Units {
		if u.Kind == org.UnitGateway {
			page.Units = append(page.Units, ui.Option{Value: u.ID.String(), Text: u.Name})
		}
	}
	return page, err
}

func (p *Pages) getSarahNew(r *web.Request) (web.Answer, error) {
	page, err := p.sarahForm(r)
	return web.Show(sarahNewView(page)), err
}

func (p *Pages) postSarahNew(r *web.Request) (web.Answer, error) {
	f := r.Form
	typed := sarah.Form{Words: sarah.Words{What: f.Text("what"), Led: f.Text("led"), Done: f.Text("done")}, Happened: f.Date("happened"), Head: f.Bool("head")}
	_ = typed.Unit.UnmarshalText([]byte(f.Raw("unit"))) // what is no unit is asked for again
	faults := f.Faults
	if len(faults) == 0 {
		made, err := p.Sarah.Make(r.Context(), r.Actor, typed)
		if faults = fault.Fields(err); len(faults) == 0 {
			return web.Saved(sarahPath(sarah.Report{ID: made}), "sarah.made"), err
		}
	}
	page, err := p.sarahForm(r)
	page.Typed, page.On, page.Faults, page.Failed = typed, f.Raw("happened"), faults, true
	return web.Again(sarahNewView(page)), err
}

// head asks whether it is about who is in charge there, or here.
func (p sarahForm) head() string {
	if len(p.Units) > 0 {
		return p.L.T("sarah.partner.head")
	}
	return p.L.T("sarah.head")
}

// sarahPage is one report, and for who received it the form of the next step.
type sarahPage struct {
	ui.Page
	Report sarah.Report
	Mine   bool // the reader received it
	By, To org.Post
	names  org.Names
	Typed  sarah.StepForm
	On     string // as typed
	Faults fault.Form
}

func (p *Pages) sarahPage(r *web.Request) (page sarahPage, err error) {
	var x sarah.ID
	if x.UnmarshalText([]byte(r.PathValue("report"))) != nil {
		return page, fault.Missing
	}
	page.Page = r.Page("sarah.one")
	if page.Report, err = p.Sarah.Open(r.Context(), r.Actor, x); err != nil {
		return page, err
	}
	page.names, err = p.names(r)
	page.Mine, page.By, page.To = page.Report.To == r.Actor.Post(), page.names.Post(page.Report.By), page.names.Post(page.Report.To)
	return page, err
}

func (p *Pages) getSarah(r *web.Request) (web.Answer, error) {
	page, err := p.sarahPage(r)
	return web.Show(sarahView(page)), err
}

func (p *Pages) postSarah(r *web.Request) (web.Answer, error) {
	page, err := p.sarahPage(r)
	if err != nil {
		return web.Answer{}, err
	}
	f := r.Form
	page.Typed = sarah.StepForm{State: one(f, "state", sarah.Steps), Words: f.Text("words"), On: f.Date("on")}
	if page.Faults = f.Faults; len(page.Faults) == 0 {
		err = p.Sarah.Step(r.Context(), r.Actor, page.Report.ID, f.Version(), page.Typed)
		page.Faults = fault.Fields(err)
	}
	if len(page.Faults) == 0 {
		return web.Saved(sarahPath(page.Report), "sarah.stepped"), err
	}
	page.On, page.Failed = f.Raw("on"), true
	return web.Again(sarahView(page)), nil
}

// sarahLines are the reports that nobody has begun to look into.
func (m *morning) sarahLines(r *web.Request) (list []todo) {
	for _, x := range m.sarahs {
		list = append(list, todo{first: true, since: x.On, line: ui.Line{Who: ui.Link{Text: r.L.T("sarah.title"), Href: sarahPath(x)}, What: r.L.T("sarah.today"),
			Do: []templ.Component{ui.Button{Text: r.L.T("sarah.today.do"), Href: sarahPath(x), Variant: "secondary", Size: "sm"}}}})
	}
	return list
}

func (p sarahPage) facts() []ui.Fact {
	x := p.Report
	facts := []ui.Fact{{Term: p.L.T("sarah.unit"), Text: p.names.Unit(x.Unit)}, {Term: p.L.T("sarah.by"), Text: postName(p.L, p.names, x.By)}, {Term: p.L.T("sarah.to"), Text: postName(p.L, p.names, x.To)},
		{Term: p.L.T("sarah.on"), Text: p.L.Date(x.On)}}
	if x.Happened != "" {
		facts = append(facts, ui.Fact{Term: p.L.T("sarah.happened"), Text: p.L.Date(x.Happened)})
	}
	if x.About == opinion.Head {
		facts = append(facts, ui.Fact{Term: p.L.T("sarah.about"), Text: p.L.T("sarah.about.head")})
	}
	if x.Serious != "" {
		facts = append(facts, ui.Fact{Term: p.L.T("sarah.state.serious"), Text: p.L.Date(x.Serious)})
	}
	return facts
}
