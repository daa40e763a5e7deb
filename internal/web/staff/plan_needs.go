package staff

import (
	"cmp"
	"math"

	"sluss/internal/access"
	"sluss/internal/fault"
	"sluss/internal/plan"
	"sluss/internal/web"
	"sluss/internal/web/needs"
	"sluss/internal/web/ui"
	"sluss/internal/web/ui/chart"
)

// needsPage is where the person answers how they have it.
type needsPage struct {
	ui.Page
	plan.View
	Back    string
	Action  string
	Answers plan.Answers // as answered, where the form comes back
	Paper   bool
	On      string
	Faults  fault.Form
}

func (p *Pages) getNeeds(r *web.Request) (web.Answer, error) {
	page, err := p.needsPage(r)
	if err != nil {
		return web.Answer{}, err
	}
	return web.Show(needsForm(page)), nil
}

func (p *Pages) needsPage(r *web.Request) (needsPage, error) {
	who, v, err := p.planView(r, planNeed, access.Read)
	if err != nil {
		return needsPage{}, err
	}
	return needsPage{Page: r.Page("plan.needs.title"), View: v, Back: tablePath(r, who, ""), Action: r.URL.RequestURI()}, nil
}

func (p *Pages) postNeeds(r *web.Request) (web.Answer, error) {
	who, err := r.Person()
	if err != nil {
		return web.Answer{}, err
	}
	a, on, how := needs.Read(r, needs.Every), r.Form.Date("on"), plan.AtTable
	if r.Form.Bool("paper") {
		how = plan.OnPaper
	}
	if err = r.Form.Faults.Err(); err == nil {
		err = p.Plan.Fill(r.Context(), r.Actor, who, on, how, a)
	}
	switch {
	case err == nil && !a.Given():
		return web.To(tablePath(r, who, "")), nil // nothing was kept, and nothing is said to be
	case err == nil:
		return web.Saved(tablePath(r, who, ""), "plan.saved.needs"), nil
	}
	faults := fault.Fields(err)
	if len(faults) == 0 {
		return web.Answer{}, err
	}
	page, err := p.needsPage(r)
	if err != nil {
		return web.Answer{}, err
	}
	page.Answers, page.Paper, page.On, page.Faults, page.Failed = a, how == plan.OnPaper, r.Form.Raw("on"), faults, true
	return web.Again(needsForm(page)), nil
}

// overTimePage shows what the person has answered, as change between two times.
type overTimePage struct {
	ui.Page
	plan.View
	Path    string
	Table   string
	Was, Is plan.Inventory
}

func (p *Pages) getNeedsOverTime(r *web.Request) (web.Answer, error) {
	who, v, err := p.planView(r, tableNeed, access.Read)
	if err != nil {
		return web.Answer{}, err
	}
	page := overTimePage{Page: r.Page("plan.needs.over", v.Person.Given), View: v, Path: personPath(who, "/plan/behov"), Table: toTable(r, who, v)}
	if n := len(v.Inventories); n > 0 {
		page.Was, page.Is = v.Inventories[0], v.Inventories[n-1]
		for _, i := range v.Inventories {
			if i.ID.String() == r.URL.Query().Get("fran") {
				page.Was = i
			}
		}
	}
	return web.Show(needsOverTime(page)), nil
}

// picture is the scales over time; a time when a question was left out is a gap.
func (p overTimePage) picture() chart.Months {
	m := chart.Months{Words: chart.Words{ID: "needs", Title: p.Title, Desc: p.L.T("plan.needs.desc")}, Max: plan.Best}
	for _, i := range p.Inventories {
		m.Names = append(m.Names, p.L.Short(i.On))
	}
	for _, item := range plan.Scales {
		s := chart.Series{Name: p.L.T("plan.item." + item + ".short")}
		any := false
		for _, i := range p.Inventories {
			v := math.NaN()
			if n := i.Answers[item].Value; n > 0 {
				v, any = float64(n), true
			}
			s.Values = append(s.Values, v)
		}
		if any {
			m.Series = append(m.Series, s)
		}
	}
	return m
}

// numbers is the picture's twin.
func (p overTimePage) numbers() ui.Table {
	t := ui.Table{Caption: p.L.T("plan.needs.all"), Hidden: true, Cols: []ui.Col{{Text: p.L.T("plan.needs.day")}}}
	for _, item := range plan.Scales {
		t.Cols = append(t.Cols, ui.Col{Text: p.L.T("plan.item." + item + ".short")})
	}
	for _, i := range p.Inventories {
		row := ui.Row{Cells: []ui.Cell{ui.T(p.L.Date(i.On))}}
		for _, item := range plan.Scales {
			row.Cells = append(row.Cells, ui.T(cmp.Or(needs.Word(p.L, item, i.Answers[item].Value), "–")))
		}
		t.Rows = append(t.Rows, row)
	}
	return t
}

// plan is the way back to the plan.
func (p overTimePage) plan() string { return personPath(p.Person.ID, "/plan") }
