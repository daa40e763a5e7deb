package staff

import (
	"math"
	"strconv"

	"sluss/internal/flow"
	"sluss/internal/i18n"
	"sluss/internal/org"
	"sluss/internal/web"
	"sluss/internal/web/ui"
	"sluss/internal/web/ui/chart"
)

const spiral = "/arbete/flode/spiralen"

func (p *Pages) spiralRoutes() []web.Route {
	return []web.Route{{Method: "GET", Pattern: spiral, Needs: web.NoPerson(), Handle: p.getSpiral}}
}

// spiralPage is how measures go round at a gateway.
type spiralPage struct {
	ui.Page
	Units    []ui.Tab
	Say      string
	Picture  chart.Months
	Quarters ui.Table
	Agencies ui.Table
	Since    string
}

func (p *Pages) getSpiral(r *web.Request) (web.Answer, error) {
	unit, err := flowUnit(r)
	if err != nil {
		return web.Answer{}, err
	}
	s, err := p.Flow.Spiral(r.Context(), r.Actor, unit)
	if err != nil {
		return web.Answer{}, err
	}
	names, err := p.names(r)
	if err != nil {
		return web.Answer{}, err
	}
	v := spiralView{r.L, s}
	page := spiralPage{Page: r.Page("spiral.title"), Units: unitTabs(r.L, spiral, s.Units, unit), Say: v.say(), Since: r.L.Date(s.Since())}
	if measures, back := s.Begun(); measures+back > 0 {
		page.Picture, page.Quarters, page.Agencies = v.picture(), v.twin(), v.byAgency(names)
	}
	return web.Show(spiralShow(page)), nil
}

// spiralView turns it into words and pictures.
type spiralView struct {
	L *i18n.Lang
	flow.Spiral
}

func (v spiralView) say() string {
	measures, back := v.Begun()
	if measures+back == 0 {
		return v.L.T("spiral.none")
	}
	said := v.L.T("spiral.say.measures", measures, v.Since())
	if n, ok := v.loose(); ok {
		said += " " + v.L.T("spiral.say.loose", n)
	}
	return said + " " + v.L.T("spiral.say.back", back)
}

// loose is how many are loose in all; not ok when some of it is hidden.
func (v spiralView) loose() (n int, ok bool) {
	for _, q := range v.Quarters {
		if q.Loose == flow.Hidden {
			return 0, false
		}
		n += q.Loose
	}
	return n, true
}

// picture draws the whole quarters: this one would look like a fall.
func (v spiralView) picture() chart.Months {
	m := chart.Months{Words: chart.Words{ID: "spiral", Title: v.L.T("spiral.quarters"), Desc: v.L.T("spiral.desc")}, Series: []chart.Series{
		{Name: v.L.T("spiral.line.measures")}, {Name: v.L.T("spiral.line.loose")}, {Name: v.L.T("spiral.line.back")}}}
	for _, q := range v.Quarters[:len(v.Quarters)-1] {
		m.Names = append(m.Names, v.quarter("spiral.quarter.short", q, 2))
		for i, n := range []int{q.Measures, q.Loose, q.Back} {
			value := float64(n)
			if n == flow.Hidden {
				value = math.NaN()
			}
			m.Series[i].Values = append(m.Series[i].Values, value)
		}
	}
	return m
}

// quarter names a quarter with its year, from a digit of it on.
func (v spiralView) quarter(key string, q flow.Quarter, from int) string {
	return v.L.T(key, strconv.Itoa(int(q.From.Time().Month())/3+1), string(q.From[from:4]))
}

func (v spiralView) twin() ui.Table {
	t := spiralTable(v.L, "spiral.quarters", "spiral.col.quarter", "spiral.col.measures", "spiral.col.loose", "spiral.col.back")
	t.Hidden = true
	for i := len(v.Quarters) - 1; i >= 0; i-- {
		q := v.Quarters[i]
		t.Rows = append(t.Rows, v.row(v.quarter("spiral.quarter", q, 0), q.Measures, q.Loose, q.Back))
	}
	return t
}

// byAgency tells of each agency that has begun anything, or may have.
func (v spiralView) byAgency(names org.Names) ui.Table {
	t := spiralTable(v.L, "spiral.agencies", "spiral.col.agency", "spiral.col.tied", "spiral.col.loose", "spiral.col.after")
	t.Hidden = true
	for _, a := range v.Agencies {
		if a != (flow.ByAgency{Agency: a.Agency}) {
			t.Rows = append(t.Rows, v.row(names.Agency(a.Agency), a.Tied, a.Loose, a.After))
		}
	}
	return t
}

func spiralTable(l *i18n.Lang, caption, first string, numbers ...string) ui.Table {
	t := ui.Table{Caption: l.T(caption), Stack: true, Cols: []ui.Col{{Text: l.T(first)}}}
	for _, key := range numbers {
		t.Cols = append(t.Cols, ui.Col{Text: l.T(key), Short: l.T(key), Num: true})
	}
	return t
}

func (v spiralView) row(name string, numbers ...int) ui.Row {
	row := ui.Row{Cells: []ui.Cell{ui.T(name)}}
	for _, n := range numbers {
		text := v.L.Number(n)
		if n == flow.Hidden {
			text = v.L.T("flow.hidden")
		}
		row.Cells = append(row.Cells, ui.T(text))
	}
	return row
}
