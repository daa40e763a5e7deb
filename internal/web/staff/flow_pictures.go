package staff

import (
	"math"
	"strconv"

	"sluss/internal/flow"
	"sluss/internal/i18n"
	"sluss/internal/web/ui"
	"sluss/internal/web/ui/chart"

	"github.com/a-h/templ"
)

// basins is what the canal shows: those who wait for their individual start, and the steps.
func (v flowView) basins() (basins []chart.Basin, gates []chart.Gate) {
	m, p := v.Now(), v.Pace
	basins = append(basins, chart.Basin{Name: v.L.T("flow.line"), Count: m.InLine(), Href: v.list(flow.InLine, "")})
	gates = append(gates, chart.Gate{Month: whole(p.Arrived), Text: v.L.T("flow.gate.in")},
		chart.Gate{Month: whole(p.Began), Text: v.L.T("flow.gate.begin"), Tight: p.Tight == flow.GateCall || p.Tight == flow.GateBegin})
	for i, name := range v.StepNames[:min(len(v.StepNames), mostBasins-1)] {
		basins = append(basins, chart.Basin{Name: v.L.T("flow.step.short", i+1), Sub: name, Count: m.Steps[i], Href: v.list(flow.InStep(i+1), "")})
		if i > 0 {
			gates = append(gates, chart.Gate{Month: whole(v.movedOn(i)), Tight: p.Tight == flow.GateStep+flow.Gate(i-1)})
		}
	}
	return basins, gates
}

// mostBasins is how many the canal has room for.
const mostBasins = 6

func (v flowView) movedOn(step int) float64 {
	if step < len(v.Pace.MovedOn) {
		return v.Pace.MovedOn[step]
	}
	return 0
}

func (v flowView) canal() chart.Canal {
	p := v.Pace
	c := chart.Canal{Lake: chart.Basin{Name: v.L.T("flow.lake"), Sub: v.L.T("flow.lake.sub"), Count: v.population()}, LakeNote: v.L.T("flow.lake.note"),
		Leave: v.L.T("flow.leave", whole(p.Work)+whole(p.Studies)+whole(p.Other)), LeaveNote: v.L.T("flow.leave.note"), TightText: v.L.T("flow.tight"), TightOut: v.Pace.Tight == flow.GateStep+flow.Gate(len(v.StepNames)-1),
		Streams: []chart.Gate{{Month: whole(p.Work), Text: v.L.T("flow.to.work")}, {Month: whole(p.Studies), Text: v.L.T("flow.to.studies")},
			{Month: whole(p.Other), Text: v.L.T("flow.to.other")}}}
	c.Basins, c.Gates = v.basins()
	if v.Year.Back > 0 {
		c.Returns = v.L.T("flow.returns", v.Year.Back)
	}
	m := v.Now()
	c.Words = chart.Words{ID: "kanal", Title: v.L.T("flow.canal.title"), Desc: v.L.T("flow.canal.desc", whole(p.Arrived), m.Waiting, m.OnWay, whole(p.Began), m.Inside(),
		whole(p.Work), whole(p.Studies), whole(p.Other))}
	return c
}

// population is the latest number somebody has told, -1 for none.
func (v flowView) population() int {
	for i := len(v.Months) - 1; i >= 0; i-- {
		if n := v.Months[i].Population; n >= 0 {
			return n
		}
	}
	return -1
}

func (v flowView) canalTwin() ui.Table {
	t := ui.Table{Caption: v.L.T("flow.canal.title"), Hidden: true, Stack: true, Cols: []ui.Col{{Text: v.L.T("flow.col.where")},
		{Text: v.L.T("flow.col.now"), Short: v.L.T("flow.col.now"), Num: true}, {Text: v.L.T("flow.col.in"), Short: v.L.T("flow.col.in"), Num: true}}}
	row := func(name string, now ui.Cell, in string) {
		t.Rows = append(t.Rows, ui.Row{Cells: []ui.Cell{ui.T(name), now, ui.T(in)}})
	}
	row(v.L.T("flow.lake.whole"), ui.T(v.orUnknown(v.population())), "")
	m, p := v.Now(), v.Pace
	linked := func(n int, what flow.What) ui.Cell { return ui.Cell{Text: v.L.Number(n), Href: v.list(what, "")} }
	row(v.L.T("flow.queue"), linked(m.Waiting, flow.InQueue), v.L.Number(whole(p.Arrived)))
	row(v.L.T("flow.onway"), linked(m.OnWay, flow.OnWay), v.L.Number(whole(p.Called)))
	for i := range v.StepNames {
		in := p.Began
		if i > 0 {
			in = v.movedOn(i)
		}
		row(v.step(i+1), linked(m.Steps[i], flow.InStep(i+1)), v.L.Number(whole(in)))
	}
	row(v.L.T("flow.paused"), ui.Cell{Text: v.L.Number(v.Now().Paused), Href: v.list(flow.OnPause, "")}, "")
	for _, s := range []struct {
		key string
		n   float64
	}{{"flow.left.work", p.Work}, {"flow.left.studies", p.Studies}, {"flow.left.other", p.Other}, {"flow.gone", p.Gone}, {"flow.back", p.Back}} {
		row(v.L.T(s.key), ui.T(""), v.L.Number(whole(s.n)))
	}
	return t
}

func (v flowView) orUnknown(n int) string {
	if n < 0 {
		return v.L.T("flow.unknown")
	}
	return v.L.Number(n)
}

// column is one number of a month: its heading, the number and the list behind it.
type column struct {
	name string
	of   func(flow.Month) int
	what flow.What // "" has no list
}

func lines(l *i18n.Lang, m chart.Months) templ.Component { return chart.Lines(l, m) }
func bars(l *i18n.Lang, m chart.Months) templ.Component  { return chart.Bars(l, m) }

// waits are the pictures of how long people wait and at what pace they come and begin.
func (v flowView) waits() []flowPlot {
	if len(v.Months) < 2 {
		return nil
	}
	T := v.L.T
	return []flowPlot{v.waitPlot(), v.plot("pace", lines, 2,
		column{T("flow.col.came"), func(m flow.Month) int { return m.Arrived }, flow.WhoCame},
		column{T("flow.col.began"), func(m flow.Month) int { return m.Began }, flow.WhoBegan},
		column{T("flow.col.outreach"), func(m flow.Month) int { return m.Outreach }, ""},
		column{T("flow.col.called"), func(m flow.Month) int { return m.Called }, flow.WhoCalled},
		column{T("flow.gone"), func(m flow.Month) int { return m.Gone }, flow.WhoGone})}
}

// plots are the pictures month by month.
func (v flowView) plots() []flowPlot {
	if len(v.Months) < 2 {
		return nil
	}
	T := v.L.T
	var steps []column
	for i := range v.StepNames {
		steps = append(steps, column{v.step(i + 1), func(m flow.Month) int { return m.Steps[i] }, flow.InStep(i + 1)})
	}
	return []flowPlot{
		v.plot("line", lines, 0, column{T("flow.queue"), func(m flow.Month) int { return m.Waiting }, flow.InQueue},
			column{T("flow.onway"), func(m flow.Month) int { return m.OnWay }, flow.OnWay}),
		v.plot("steps", lines, min(4, len(steps)), append(steps, column{T("flow.paused"), func(m flow.Month) int { return m.Paused }, flow.OnPause})...),
		v.plot("left", bars, 3, column{T("flow.left.work"), func(m flow.Month) int { return m.Work }, flow.ToWork},
			column{T("flow.left.studies"), func(m flow.Month) int { return m.Studies }, flow.ToStudies},
			column{T("flow.left.other"), func(m flow.Month) int { return m.Other }, flow.ToOther},
			column{T("flow.back"), func(m flow.Month) int { return m.Back }, flow.WhoBack}),
		v.plot("population", lines, 0, column{T("flow.lake.whole"), func(m flow.Month) int { return m.Population }, ""}),
	}
}

// plot draws the first columns, all when drawn is 0; the table holds all.
func (v flowView) plot(id string, draw func(*i18n.Lang, chart.Months) templ.Component, drawn int, cols ...column) flowPlot {
	p := flowPlot{ID: "m-" + id, Title: v.L.T("flow.plot." + id), Text: v.L.T("flow.plot." + id + ".text"), Draw: draw}
	if drawn == 0 {
		drawn = len(cols)
	}
	p.Chart = chart.Months{Words: chart.Words{ID: p.ID, Title: p.Title, Desc: v.L.T("flow.plot.desc", v.Months[0].Month, v.Today)}, Half: true}
	for _, m := range v.Months {
		p.Chart.Names = append(p.Chart.Names, v.monthName(m))
	}
	for _, c := range cols[:drawn] {
		p.Chart.Series = append(p.Chart.Series, chart.Series{Name: c.name, Values: v.values(c)})
	}
	p.Table = v.monthTable(p.Title, cols)
	return p
}

// monthName is short, with the year.
func (v flowView) monthName(m flow.Month) string {
	t := m.Month.Time()
	n := strconv.Itoa(int(t.Month()))
	return v.L.T("flow.month", v.L.T("date.mon."+n), string(m.Month[2:4]), n)
}

// values are the numbers along a picture. Of what happens in a month only whole months are drawn: this one would look
// like a fall.
func (v flowView) values(c column) []float64 {
	months := v.Months
	if c.what != "" && !c.what.IsStock() {
		months = months[:len(months)-1]
	}
	var list []float64
	for _, m := range months {
		n := float64(c.of(m))
		if n < 0 {
			n = math.NaN()
		}
		list = append(list, n)
	}
	for len(list) > 0 && math.IsNaN(list[len(list)-1]) {
		list = list[:len(list)-1]
	}
	return list
}

func (v flowView) monthTable(caption string, cols []column) ui.Table {
	t := ui.Table{Caption: caption, Hidden: true, Stack: true, Cols: []ui.Col{{Text: v.L.T("flow.col.month")}}}
	for _, c := range cols {
		t.Cols = append(t.Cols, ui.Col{Text: c.name, Short: c.name, Num: true})
	}
	for i := len(v.Months) - 1; i >= 0; i-- {
		m := v.Months[i]
		row := ui.Row{Cells: []ui.Cell{ui.T(v.L.Month(m.Month))}}
		for _, c := range cols {
			row.Cells = append(row.Cells, v.numberOf(m, c))
		}
		t.Rows = append(t.Rows, row)
	}
	return t
}

func (v flowView) numberOf(m flow.Month, c column) ui.Cell {
	n := c.of(m)
	cell := ui.T(v.orUnknown(n))
	if c.what != "" && n > 0 {
		cell.Href = v.list(c.what, string(m.Month[:7]))
	}
	return cell
}

// waitWeeks are the weeks that the table of waits tells of.
var waitWeeks = []int{4, 8, 12, 16, 20, 26, 39, 52}

func (v flowView) waitPlot() flowPlot {
	p := flowPlot{ID: "m-wait", Title: v.L.T("flow.plot.wait"), Text: v.L.T("flow.plot.wait.text", v.Since, v.Waits.People),
		Draw: lines}
	p.Chart = chart.Months{Words: chart.Words{ID: p.ID, Title: p.Title, Desc: v.L.T("flow.plot.wait.desc")}, Max: 100}
	longest := 0
	if n := len(v.Waits.Curve); n > 0 {
		longest = min(52, v.Waits.Curve[n-1].Day/7+1)
	}
	s := chart.Series{Name: v.L.T("flow.col.begun")}
	for w := range longest + 1 {
		p.Chart.Names = append(p.Chart.Names, v.L.T("flow.weeks", w))
		s.Values = append(s.Values, math.Round(v.Waits.After(7*w)))
	}
	if longest > 1 {
		p.Chart.Series = []chart.Series{s}
	}
	p.Chart.Half = true
	p.Table = ui.Table{Caption: p.Title, Hidden: true, Cols: []ui.Col{{Text: v.L.T("flow.col.after")}, {Text: v.L.T("flow.col.begun"), Num: true}}}
	for _, w := range waitWeeks {
		if w <= longest {
			p.Table.Rows = append(p.Table.Rows, ui.Row{Cells: []ui.Cell{ui.T(v.L.T("flow.weeks", w)), ui.T(v.L.Number(whole(v.Waits.After(7 * w))))}})
		}
	}
	return p
}

// groups are the tables by sex and by age.
func (v flowView) groups() []ui.Table {
	if len(v.Months) == 0 {
		return nil
	}
	sex := v.groupTable("flow.by.sex", []string{"flow.sex.women", "flow.sex.men", "flow.sex.unknown"}, func(g flow.Group) flow.Row { return g.Sex }, v.WaitBySex)
	age := v.groupTable("flow.by.age", []string{"flow.age.1", "flow.age.2", "flow.age.3", "flow.age.4", "flow.age.0"}, func(g flow.Group) flow.Row { return g.Age }, v.WaitByAge)
	return []ui.Table{sex, age}
}

func (v flowView) groupTable(caption string, heads []string, of func(flow.Group) flow.Row, waits []flow.WaitOf) ui.Table {
	t := ui.Table{Caption: v.L.T(caption), Stack: true, Cols: []ui.Col{{Text: v.L.T("flow.col.what")}, {Text: v.L.T("flow.col.all"), Short: v.L.T("flow.col.all"), Num: true}}}
	for _, h := range heads {
		t.Cols = append(t.Cols, ui.Col{Text: v.L.T(h), Short: v.L.T(h), Num: true})
	}
	for _, g := range v.Groups {
		r := of(g)
		row := ui.Row{Cells: []ui.Cell{ui.T(v.L.T("flow.group." + g.What)), v.total(g.What, r.Total)}}
		for _, n := range r.Parts {
			row.Cells = append(row.Cells, ui.T(v.shown(n)))
		}
		t.Rows = append(t.Rows, row)
	}
	row := ui.Row{Cells: []ui.Cell{ui.T(v.L.T("flow.group.wait")), ui.T(v.waitText(flow.WaitOf{Half: v.Waits.Half, Few: v.Waits.People == 0}))}}
	for _, w := range waits {
		row.Cells = append(row.Cells, ui.T(v.waitText(w)))
	}
	t.Rows = append(t.Rows, row)
	return t
}

// groupLists is the list behind the total of each row.
var groupLists = map[string]flow.What{flow.ByArrived: flow.WhoCame, flow.ByBegan: flow.WhoBegan, flow.ByLine: flow.InLine, flow.ByInside: flow.Inside,
	flow.ByWork: flow.ToWork, flow.ByStudies: flow.ToStudies, flow.ByOther: flow.ToOther, flow.ByBack: flow.WhoBack}

func (v flowView) total(what string, n int) ui.Cell {
	c := ui.T(v.L.Number(n))
	if n > 0 {
		c.Href = v.list(groupLists[what], "")
	}
	return c
}

func (v flowView) shown(n int) string {
	if n == flow.Hidden {
		return v.L.T("flow.hidden")
	}
	return v.L.Number(n)
}

func (v flowView) waitText(w flow.WaitOf) string {
	switch {
	case w.Few:
		return v.L.T("flow.hidden")
	case w.Half.AtLeast:
		return v.L.T("flow.weeks.least", weeks(w.Half.Days))
	}
	return v.L.T("flow.weeks", weeks(w.Half.Days))
}
