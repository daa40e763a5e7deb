package staff

import (
	"github.com/a-h/templ"

	"sluss/internal/access"
	"sluss/internal/fault"
	"sluss/internal/id"
	"sluss/internal/opinion"
	"sluss/internal/org"
	"sluss/internal/store"
	"sluss/internal/web"
	"sluss/internal/web/ui"
)

const opinions = "/arbete/tyck-till"

func (p *Pages) opinionRoutes() []web.Route {
	read, write := access.Read, access.Write
	return []web.Route{
		{Method: "GET", Pattern: opinions, Needs: web.NoPerson(), Handle: p.getOpinions},
		{Method: "GET", Pattern: opinions + "/ny", Needs: web.NoPerson(), Handle: p.getOpinionNew},
		{Method: "POST", Pattern: opinions + "/ny", Needs: web.NoPerson(), Handle: p.postOpinionNew},
		{Method: "GET", Pattern: opinions + "/{opinion}", Needs: web.NoPerson(), Handle: p.getOpinion},
		{Method: "POST", Pattern: opinions + "/{opinion}", Needs: web.NoPerson(), Handle: p.postOpinion},
		{Method: "POST", Pattern: opinions + "/{opinion}/skrap", Needs: web.NoPerson(), Handle: p.postOpinionSpam},
		{Method: "POST", Pattern: opinions + "/{opinion}/andrat", Needs: web.NoPerson(), Handle: p.postOpinionChanged},
		{Method: "GET", Pattern: "/arbete/person/{person}/tyck-till/{opinion}", Needs: web.OnePerson(access.Identity, read), Handle: p.getOpinionOf},
		{Method: "POST", Pattern: "/arbete/person/{person}/tyck-till/{opinion}", Needs: web.OnePerson(access.Identity, read, write), Handle: p.postOpinionOf},
	}
}

// opinionsPage is what waits for the reader, and for the head what the unit has heard in a year.
type opinionsPage struct {
	ui.Page
	Waiting []opinion.Line
	Head    bool
	Year    opinion.Year
}

func (p *Pages) getOpinions(r *web.Request) (web.Answer, error) {
	page := opinionsPage{Page: r.Page("public.opinion.title"), Head: r.Actor.Role() == access.Head}
	err := p.Org.Store.Read(r.Context(), func(tx *store.Tx) (err error) {
		page.Waiting, err = opinion.ToAnswer(r.Context(), tx, r.Actor)
		return err
	})
	if err == nil && page.Head {
		page.Year, err = p.Opinion.Year(r.Context(), r.Actor)
	}
	return web.Show(opinionsView(page)), err
}

func opinionPath(who id.Person, o opinion.ID) string {
	if who != 0 {
		return personPath(who, "/tyck-till/"+o.String())
	}
	return opinions + "/" + o.String()
}

// opinionNewPage is where staff type in what somebody tells them; Code is shown once.
type opinionNewPage struct {
	ui.Page
	Typed  opinion.Form
	Faults fault.Form
	Code   string
}

func (p *Pages) getOpinionNew(r *web.Request) (web.Answer, error) {
	return web.Show(opinionNewView(opinionNewPage{Page: r.Page("opinion.new"), Typed: opinion.Form{About: opinion.House}})), nil
}

func (p *Pages) postOpinionNew(r *web.Request) (web.Answer, error) {
	page, f := opinionNewPage{Page: r.Page("opinion.new")}, r.Form
	page.Typed = opinion.Form{Kind: opinion.Kind(f.Raw("kind")), About: opinion.About(f.Raw("about")),
		Words: opinion.Words{Text: f.Text("words"), Reach: f.Line("reach")}, Press: r.Press()}
	var err error
	if page.Faults = f.Faults; len(page.Faults) == 0 {
		page.Code, err = p.Opinion.GiveFor(r.Context(), r.Actor, page.Typed)
		page.Faults = fault.Fields(err)
	}
	if len(page.Faults) > 0 {
		page.Failed = true
		return web.Again(opinionNewView(page)), nil
	}
	page.Code = opinion.Spell(page.Code)
	return web.Show(opinionSlip(page)), err
}

// opinionCase is one opinion, before who is to answer it or once it is answered.
type opinionCase struct {
	ui.Page
	opinion.Case
	Path   string
	About  org.Post // who it is about, where that is said
	Typed  opinion.Reply
	Faults fault.Form
}

func opinionID(r *web.Request) (o opinion.ID, err error) {
	if o.UnmarshalText([]byte(r.PathValue("opinion"))) != nil {
		err = fault.Missing
	}
	return o, err
}

// opinionCase reads the opinion of the address: a person's by their id, else nobody's that is known.
func (p *Pages) opinionCase(r *web.Request) (page opinionCase, err error) {
	o, err := opinionID(r)
	if err != nil {
		return page, err
	}
	var who id.Person
	if r.PathValue("person") == "" {
		page.Opinion, err = p.Opinion.Open(r.Context(), r.Actor, o)
	} else if who, err = r.Person(); err == nil {
		page.Case, err = p.Opinion.OpenOf(r.Context(), r.Actor, who, o)
	}
	if err != nil {
		return page, err
	}
	n, err := p.names(r)
	page.Page, page.Path, page.About, page.Typed.Changed = r.Page("opinion.case."+string(page.Kind)), opinionPath(who, o), n.Post(page.Post), page.Changed
	return page, err
}

func (p *Pages) getOpinion(r *web.Request) (web.Answer, error) {
	page, err := p.opinionCase(r)
	return web.Show(opinionCaseView(page)), err
}

func (p *Pages) getOpinionOf(r *web.Request) (web.Answer, error) { return p.getOpinion(r) }

func (p *Pages) postOpinion(r *web.Request) (web.Answer, error) {
	return p.answerOpinion(r, func(o opinion.ID, a opinion.Reply) error {
		return p.Opinion.Answer(r.Context(), r.Actor, o, r.Form.Version(), a)
	})
}

func (p *Pages) postOpinionOf(r *web.Request) (web.Answer, error) {
	who, err := r.Person()
	if err != nil {
		return web.Answer{}, err
	}
	return p.answerOpinion(r, func(o opinion.ID, a opinion.Reply) error {
		return p.Opinion.AnswerTo(r.Context(), r.Actor, who, o, r.Form.Version(), a)
	})
}

func (p *Pages) answerOpinion(r *web.Request, answer func(opinion.ID, opinion.Reply) error) (web.Answer, error) {
	o, err := opinionID(r)
	if err != nil {
		return web.Answer{}, err
	}
	err = answer(o, opinion.Reply{Answer: r.Form.Text("answer"), Changed: r.Form.Text("changed")})
	faults := fault.Fields(err)
	if faults == nil {
		return web.Saved(opinions, "opinion.answered"), err
	}
	page, err := p.opinionCase(r)
	page.Typed, page.Faults, page.Failed = opinion.Reply{Answer: r.Form.Raw("answer"), Changed: r.Form.Raw("changed")}, faults, true
	return web.Again(opinionCaseView(page)), err
}

func (p *Pages) postOpinionSpam(r *web.Request) (web.Answer, error) {
	o, err := opinionID(r)
	if err != nil {
		return web.Answer{}, err
	}
	return web.Saved(opinions, "opinion.discarded"), p.Opinion.Discard(r.Context(), r.Actor, o, r.Form.Version())
}

func (p *Pages) postOpinionChanged(r *web.Request) (web.Answer, error) {
	o, err := opinionID(r)
	if err != nil {
		return web.Answer{}, err
	}
	err = p.Opinion.Change(r.Context(), r.Actor, o, r.Form.Version(), r.Form.Text("changed"))
	faults := fault.Fields(err)
	if faults == nil {
		return web.Saved(opinions, "opinion.changed.saved"), err
	}
	page, err := p.opinionCase(r)
	page.Typed.Changed, page.Faults, page.Failed = r.Form.Raw("changed"), faults, true
	return web.Again(opinionCaseView(page)), err
}

// opinionLines are what somebody thinks and waits to have answered, and what others at the unit should have answered.
func (m *morning) opinionLines(r *web.Request) (list []todo) {
	for _, o := range m.opinions {
		href, text := opinionPath(o.Who, o.ID), r.L.T("opinion.case."+string(o.Kind))
		list = append(list, todo{since: o.On, line: ui.Line{Who: ui.Link{Text: text, Href: href}, What: r.L.T("opinion.today.due", o.Due),
			Do: []templ.Component{ui.Button{Text: r.L.T("today.answer"), Href: href, Size: "sm", Label: r.L.List(r.L.T("today.answer"), text)}}}})
	}
	for _, o := range m.unheeded {
		list = append(list, todo{since: o.Due, line: ui.Line{Who: ui.Link{Text: r.L.T("today.overdue"), Href: colleaguePath(o.To)},
			What: r.L.T("opinion.today.overdue", m.names.Post(o.To).Name, o.Due)}})
	}
	return list
}

func (p opinionsPage) months() ui.Table {
	t := ui.Table{Label: "months", Cols: []ui.Col{{Text: p.L.T("opinion.month")}, {Text: p.L.T("public.opinion.kind.praise"), Num: true}, {Text: p.L.T("public.opinion.kind.wish"), Num: true},
		{Text: p.L.T("public.opinion.kind.complaint"), Num: true}, {Text: p.L.T("opinion.late"), Num: true}}}
	for _, m := range p.Year.Months {
		t.Rows = append(t.Rows, ui.Row{Cells: []ui.Cell{ui.T(p.L.Month(m.First)), ui.T(itoa(m.N[opinion.Praise])), ui.T(itoa(m.N[opinion.Wish])), ui.T(itoa(m.N[opinion.Complaint])), ui.T(itoa(m.Late))}})
	}
	return t
}
