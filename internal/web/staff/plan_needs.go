package staff

import (
	"cmp"
	"math"
	"slices"

	"sluss/internal/access"
	"sluss/internal/fault"
	"sluss/internal/plan"
	"sluss/internal/web"
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

// everyItem is every question, in the order of the form.
var everyItem = slices.Concat(plan.Scales, plan.Areas, plan.Questions)

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
	a, on, paper := answersOf(r, everyItem), r.Form.Date("on"), r.Form.Bool("paper")
	if err = r.Form.Faults.Err(); err == nil {
		err = p.Plan.Fill(r.Context(), r.Actor, who, on, paper, a)
	}
	if err == nil {
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
	page.Answers, page.Paper, page.On, page.Faults, page.Failed = a, paper, r.Form.Raw("on"), faults, true
	return web.Again(needsForm(page)), nil
}

// overTimePage shows what the person has answered, as change between two times.
type overTimePage struct {
	ui.Page
	plan.View
	Path    string
	Table   string
	Was, Is plan.Inventory
	Changes []plan.Change
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
		page.Changes = plan.Compare(page.Was, page.Is)
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

// told says an answer in words: the word of the scale, then the person's own.
func (p overTimePage) told(item string, a plan.Answer) ui.Cell {
	return ui.Cell{Text: cmp.Or(scaleWord(p.L, item, a.Value), a.Words), Sub: p.own(a)}
}

func (p overTimePage) own(a plan.Answer) string {
	if a.Value == 0 || a.Words == "" {
		return ""
	}
	return "”" + a.Words + "”"
}

// between is the table of what was answered at two times.
func (p overTimePage) between() ui.Table {
	t := ui.Table{Caption: p.L.T("plan.needs.between"), Hidden: true, Stack: true, Cols: []ui.Col{{Text: p.L.T("plan.needs.question")}, {Text: p.L.Date(p.Was.On), Short: p.L.Date(p.Was.On)}, {Text: p.L.Date(p.Is.On), Short: p.L.Date(p.Is.On)}}}
	for _, c := range p.Changes {
		t.Rows = append(t.Rows, ui.Row{Cells: []ui.Cell{ui.T(p.L.T("plan.item." + c.Item)), p.told(c.Item, c.Was), p.told(c.Item, c.Is)}})
	}
	return t
}

// once is the table of what was answered when there is only one time.
func (p overTimePage) once() ui.Table {
	t := ui.Table{Caption: p.L.Date(p.Is.On), Stack: true, Cols: []ui.Col{{Text: p.L.T("plan.needs.question")}, {Text: p.L.T("plan.needs.answer"), Short: p.L.T("plan.needs.answer")}}}
	for _, c := range p.Changes {
		t.Rows = append(t.Rows, ui.Row{Cells: []ui.Cell{ui.T(p.L.T("plan.item." + c.Item)), p.told(c.Item, c.Is)}})
	}
	return t
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
			row.Cells = append(row.Cells, ui.T(cmp.Or(scaleWord(p.L, item, i.Answers[item].Value), "–")))
		}
		t.Rows = append(t.Rows, row)
	}
	return t
}

// plan is the way back to the plan.
func (p overTimePage) plan() string { return personPath(p.Person.ID, "/plan") }
