package staff

import (
	"sluss/internal/access"
	"sluss/internal/activity"
	"sluss/internal/clock"
	"sluss/internal/fault"
	"sluss/internal/org"
	"sluss/internal/project"
	"sluss/internal/store"
	"sluss/internal/web"
	"sluss/internal/web/ui"
)

const projects = "/arbete/projekt"

func (p *Pages) projectRoutes() []web.Route {
	return []web.Route{
		{Method: "GET", Pattern: projects + "/ny", Needs: web.NoPerson(), Handle: p.getProjectNew},
		{Method: "POST", Pattern: projects + "/ny", Needs: web.NoPerson(), Handle: p.postProjectNew},
		{Method: "GET", Pattern: projects + "/{project}", Needs: web.NoPerson(), Handle: p.getProject},
		{Method: "POST", Pattern: projects + "/{project}", Needs: web.NoPerson(), Handle: p.postProject},
		{Method: "POST", Pattern: projects + "/{project}/bort", Needs: web.NoPerson(), Handle: p.postProjectDrop},
	}
}

func projectPath(x project.Project) string { return projects + "/" + x.ID.String() }

// projectState says what has become of a project's evidence, or will.
func projectState(p ui.Page, x project.Project) string {
	switch {
	case x.Gone != "":
		return p.L.T("project.gone", x.Gone)
	case x.Taken != "":
		return p.L.T("project.kept", x.Keep.Until)
	}
	return p.L.T("project.coming", x.TakenOn())
}

// projectForm is a project as it is written down.
type projectForm struct {
	ui.Page
	Typed              project.Form
	First, Last, Until string // as typed
	Offered            []activity.Type
	Faults             fault.Form
}

func (p *Pages) projectForm(r *web.Request) (page projectForm, err error) {
	if r.Actor.Role() != access.Head {
		return page, fault.New(fault.Forbidden, "fault.role")
	}
	page.Page = r.Page("project.new")
	err = p.Org.Store.Read(r.Context(), func(tx *store.Tx) (err error) {
		page.Offered, err = activity.All(r.Context(), tx, r.Actor)
		return err
	})
	return page, err
}

func (p *Pages) getProjectNew(r *web.Request) (web.Answer, error) {
	page, err := p.projectForm(r)
	return web.Show(projectNewView(page)), err
}

func (p *Pages) postProjectNew(r *web.Request) (web.Answer, error) {
	f := r.Form
	typed := project.Form{Name: f.Line("name"), Funder: f.Line("funder"), First: f.Date("first"), Last: f.Date("last"), Until: f.Date("until"), Why: f.Line("why")}
	for _, v := range f.All("activity") {
		var a activity.ID
		if a.UnmarshalText([]byte(v)) == nil {
			typed.Activities = append(typed.Activities, a)
		}
	}
	faults := f.Faults
	if len(faults) == 0 {
		made, err := p.Project.Add(r.Context(), r.Actor, typed)
		if faults = fault.Fields(err); len(faults) == 0 {
			return web.Saved(projectPath(project.Project{ID: made}), "project.added"), err
		}
	}
	page, err := p.projectForm(r)
	page.Typed, page.First, page.Last, page.Until = typed, f.Raw("first"), f.Raw("last"), f.Raw("until")
	page.Faults, page.Failed = faults, true
	return web.Again(projectNewView(page)), err
}

func (p projectForm) activities() (f ui.Field, list []ui.Option) {
	f = ui.Field{Name: "activity", Label: p.L.T("project.activity"), Error: ui.Fault(p.L, p.Faults, "activity")}
	for _, a := range p.Typed.Activities {
		f.Values = append(f.Values, a.String())
	}
	for _, t := range p.Offered {
		list = append(list, ui.Option{Value: t.ID.String(), Text: t.In(p.L.Tag).Name})
	}
	return f, list
}

// projectPage is one project with what is kept of it.
type projectPage struct {
	ui.Page
	project.Project
	Evidence project.Evidence
	Head     bool
	names    org.Names
	Until    string // as typed
	Why      string
	Faults   fault.Form
}

func (p *Pages) projectPage(r *web.Request) (page projectPage, err error) {
	var x project.ID
	if x.UnmarshalText([]byte(r.PathValue("project"))) != nil {
		return page, fault.Missing
	}
	page.Page, page.Head = r.Page("project.title"), r.Actor.Role() == access.Head
	if page.Project, page.Evidence, err = p.Project.Open(r.Context(), r.Actor, x); err != nil {
		return page, err
	}
	page.names, err = p.names(r)
	return page, err
}

func (p *Pages) getProject(r *web.Request) (web.Answer, error) {
	page, err := p.projectPage(r)
	return web.Show(projectView(page)), err
}

// postProject keeps the evidence for longer.
func (p *Pages) postProject(r *web.Request) (web.Answer, error) {
	page, err := p.projectPage(r)
	if err != nil {
		return web.Answer{}, err
	}
	f := r.Form
	until, why := f.Date("until"), f.Line("why")
	if page.Faults = f.Faults; len(page.Faults) == 0 {
		err = p.Project.PutOff(r.Context(), r.Actor, page.ID, f.Version(), until, why)
		if page.Faults = fault.Fields(err); len(page.Faults) == 0 {
			return web.Saved(projectPath(page.Project), "project.putoff.saved"), err
		}
	}
	page.Until, page.Why, page.Failed = f.Raw("until"), why, true
	return web.Again(projectView(page)), nil
}

func (p *Pages) postProjectDrop(r *web.Request) (web.Answer, error) {
	page, err := p.projectPage(r)
	if err != nil {
		return web.Answer{}, err
	}
	return web.Saved(weeding, "project.dropped"), p.Project.Drop(r.Context(), r.Actor, page.ID, r.Form.Version())
}

func (p projectPage) facts() []ui.Fact {
	facts := []ui.Fact{{Term: p.L.T("project.funder"), Text: p.Funder}, {Term: p.L.T("project.first"), Text: p.L.Date(p.First)}, {Term: p.L.T("project.last"), Text: p.L.Date(p.Last)},
		{Term: p.L.T("project.until"), Text: p.L.Date(p.Keep.Until)}, {Term: p.L.T("project.ground"), Text: p.Keep.Why},
		{Term: p.L.T("project.by"), Text: p.L.List(postName(p.L, p.names, p.Keep.By), p.L.Date(p.Keep.On))}}
	if p.Taken == "" || p.Gone != "" {
		return facts
	}
	times, minutes := p.Evidence.Came()
	return append(facts, ui.Fact{Term: p.L.T("project.taken"), Text: p.L.Date(p.Taken)}, ui.Fact{Term: p.L.T("project.people"), Text: p.L.Number(p.Evidence.People)},
		ui.Fact{Term: p.L.T("project.came"), Text: p.L.Number(times)}, ui.Fact{Term: p.L.T("project.together"), Text: p.L.T("statement.minutes", minutes/60, minutes%60)})
}

func (p projectPage) times() ui.Table {
	t := ui.Table{Label: "times", Cols: []ui.Col{{Text: p.L.T("project.date")}, {Text: p.L.T("project.clock")}, {Text: p.L.T("project.what")}, {Text: p.L.T("project.number.came"), Num: true}}}
	for _, x := range p.Evidence.Times {
		t.Rows = append(t.Rows, ui.Row{Cells: []ui.Cell{ui.T(p.L.Short(x.On)), ui.T(p.L.Times(x.At, x.Until)), ui.T(x.Activity), ui.T(itoa(x.Came))}})
	}
	return t
}

// soonest is the first day that keeping can be put off to.
func (p projectPage) soonest() clock.Date { return p.Keep.Until.Add(1) }
