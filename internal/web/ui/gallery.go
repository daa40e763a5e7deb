package ui

import (
	"math"

	"github.com/a-h/templ"

	"sluss/internal/clock"
	"sluss/internal/fault"
	"sluss/internal/i18n"
	"sluss/internal/web/ui/chart"
)

// gallery is the components page: every part in its states, with invented people.
type gallery struct{ Page }

func (g gallery) t(key string, args ...any) string { return g.L.T("ui.gallery."+key, args...) }

func (g gallery) faults() fault.Form {
	var f fault.Form
	f.Add("pnr", "ui.gallery.pnr.fault")
	f.Add("how", "ui.gallery.how.fault")
	return f
}

func (g gallery) line(i int) Line {
	x := Line{When: g.t("days"), Since: g.t("since"), Who: Link{g.t("name"), "#"}, What: g.t("proposes"), Why: g.t("why")}
	x.Do = []templ.Component{Button{Text: g.t("answer"), Variant: "secondary", Size: "sm", Label: g.t("answer") + ": " + g.t("name")}}
	switch i {
	case 0:
		x.Do = []templ.Component{Act(g.Page, "#", Button{Text: g.t("answer"), Size: "sm"})}
	case 1:
		x.Who.Text, x.What, x.Why = g.t("name2"), g.t("long"), ""
		x.Do = append(x.Do, Button{Text: g.t("othertime"), Variant: "tertiary", Size: "sm"})
	case 2:
		x.Done, x.Do = true, []templ.Component{Act(g.Page, "#", Button{Text: g.t("undo"), Variant: "tertiary", Size: "sm"})}
	}
	return x
}

func (g gallery) lines(n int) []Line {
	lines := make([]Line, n)
	for i := range lines {
		lines[i] = g.line(i)
	}
	return lines
}

func (g gallery) day() []Moment {
	return []Moment{
		{Time: "08.40", Now: true}, {Time: "09.00", Title: g.t("name"), Href: "#", Sub: g.t("ownstart")}, {Time: "15.00", Title: g.t("phone")},
	}
}

func (g gallery) waits() []Wait {
	return []Wait{
		{Who: g.t("name"), For: g.t("agency"), Text: g.t("decision")},
		{Who: g.t("agency"), You: true, Text: g.t("proposes"), Do: Link{g.t("answer"), "#"}},
	}
}

// steps gives so many steps, with the person in the second.
func (g gallery) steps(n int) []Step {
	steps := make([]Step, n)
	for i := range steps {
		steps[i].Name = g.t("s" + itoa(min(i+1, 4)))
	}
	steps[1].Here = g.t("here")
	steps[n-1].Text = g.t("when")
	return steps
}

func (g gallery) knots() []Knot {
	return []Knot{
		{When: g.L.Short(clock.Date("2026-10-14")), Title: g.t("k5"), Why: g.t("leads"), State: "next"},
		{When: g.L.Short(clock.Date("2026-09-29")), Title: g.t("k2"), Why: g.t("leads"), Href: "#"},
		{When: g.L.Short(clock.Date("2026-05-12")), Title: g.t("k4"), Why: g.t("loose"), State: "loose"},
	}
}

func (g gallery) strands() chart.Thread {
	return chart.Thread{
		Words: chart.Words{ID: "thr", Title: g.t("thread"), Desc: g.t("thread.desc")}, Begin: chart.Knot{At: 0.06, Text: g.t("k1")},
		Strands: []chart.Strand{
			{Name: g.t("g1"), Knots: []chart.Knot{{At: 0.3, Text: g.t("k2")}, {At: 0.4, Text: g.t("k3")}, {At: 0.95, Text: g.t("k5"), Ahead: true}}},
			{Name: g.t("g2"), Knots: []chart.Knot{{At: 0.7, Text: g.t("k3")}}},
		},
		Loose: []chart.Knot{{At: 0.25, Text: g.t("k4")}}, Months: g.monthMarks(), Today: 0.85,
	}
}

func (g gallery) monthMarks() []chart.Knot {
	var marks []chart.Knot
	for i, name := range g.months()[2:11] {
		marks = append(marks, chart.Knot{At: float64(i) * 0.115, Text: name})
	}
	return marks
}

func (g gallery) months() []string {
	names := make([]string, 12)
	for i := range names {
		names[i] = g.L.T("date.mon." + itoa(i+1))
	}
	return names
}

func (g gallery) series(id string) chart.Months {
	in := []float64{22, 19, 24, 21, 25, 18, 9, 20, 26, 23, 22, 15}
	out := []float64{20, 18, 20, 20, 21, 16, 6, 19, 20, 20, 20, 12}
	return chart.Months{
		Words: chart.Words{ID: id, Title: g.t("inflow"), Desc: g.t("series.desc")}, Names: g.months(),
		Series: []chart.Series{{Name: g.t("inflow"), Values: in}, {Name: g.t("begun"), Values: out}},
	}
}

func (g gallery) one(id string) chart.Months {
	m := g.series(id)
	m.Series, m.Area, m.Half = m.Series[:1], true, true
	return m
}

// fan makes a future that grows, with bands that widen.
func (g gallery) fan() chart.Fan {
	f := chart.Fan{
		Words: chart.Words{ID: "fan", Title: g.t("queue"), Desc: g.t("future")}, Half: true, RefText: g.t("asnow"),
		Past: []float64{31, 33, 30, 34, 36, 35, 39, 44, 42, 41, 44, 46},
	}
	for i := range 13 {
		mid, wide := 46-3*float64(i)+0.05*float64(i*i), 2.4*math.Sqrt(float64(i))
		f.Median, f.Ref = append(f.Median, mid), append(f.Ref, 46+1.9*float64(i))
		f.Low50, f.High50 = append(f.Low50, mid-wide), append(f.High50, mid+wide)
		f.Low90, f.High90 = append(f.Low90, mid-2.4*wide), append(f.High90, mid+2.4*wide)
	}
	for i := range 24 {
		f.Names = append(f.Names, g.months()[(i+10)%12])
	}
	return f
}

func (g gallery) canal() chart.Canal {
	return chart.Canal{
		Words: chart.Words{ID: "can", Title: g.t("flow"), Desc: g.t("flow.desc")},
		Lake:  chart.Basin{Name: g.t("adults"), Sub: g.t("support"), Brief: g.t("support"), Count: 700, Href: "#"}, LakeNote: g.t("scale"),
		Basins: []chart.Basin{
			{Name: g.t("queue"), Sub: g.t("queue.sub"), Count: 46, Href: "#"}, {Name: g.t("step", 1), Sub: g.t("s1"), Count: 38, Href: "#"},
			{Name: g.t("step", 2), Sub: g.t("s2"), Count: 52, Href: "#"}, {Name: g.t("step", 3), Sub: g.t("s3"), Count: 29, Href: "#"},
		},
		Gates: []chart.Gate{{Month: 22, Text: g.t("inflow")}, {Month: 20, Text: g.t("begun"), Tight: true}, {Month: 17}, {Month: 16}},
		Leave: g.t("leave"), LeaveNote: g.t("month"), TightText: g.t("tight"), Returns: g.t("returns"),
		Streams: []chart.Gate{{Month: 8, Text: g.t("work")}, {Month: 5, Text: g.t("study")}, {Month: 3, Text: g.t("other")}},
	}
}

func (g gallery) flowTable() Table {
	return Table{Caption: g.t("flow"), Hidden: true, Cols: []Col{{Text: g.t("steps")}, {Text: g.t("inflow"), Num: true}}, Rows: []Row{
		{Cells: []Cell{T(g.t("queue")), T("22")}}, {Cells: []Cell{T(g.t("s1")), T("20")}},
	}}
}

func (g gallery) seats() chart.Seats {
	return chart.Seats{
		Words: chart.Words{ID: "seat", Title: g.t("list"), Desc: g.t("called")}, Yes: 8, Open: 3, Other: 2,
		Places: 10, PlacesText: g.t("places"), Low: 8, High: 11, LikelyText: g.t("likely"),
	}
}

func (g gallery) strip() chart.Strip {
	return chart.Strip{Words: chart.Words{ID: "strip", Title: g.t("wait"), Desc: g.t("wait.desc")}, P10: 3, P25: 6, P50: 9, P75: 13, P90: 19, Unit: g.t("weeks"), N: 80}
}

func (g gallery) list() Table {
	small := func(text, icon, variant string) templ.Component {
		return Act(g.Page, "#", Button{Text: text, Icon: icon, Variant: variant, Size: "sm"})
	}
	return Table{Label: "g-list", Stack: true, Head: 1, Cols: []Col{
		{Text: g.t("place"), Order: true, Quiet: true}, {Text: g.t("person")}, {Text: g.t("reason"), Short: g.t("reason.short")},
		{Text: g.t("reply"), Tight: true}, {Text: g.t("do"), Tight: true},
	}, Rows: []Row{
		{Section: g.t("ring")},
		{Kind: "turn", Cells: []Cell{
			T("4"), {Text: g.t("name"), Href: "#", Sub: "1991"}, T(g.t("referral")), B(Tag{Kind: "open", Text: g.t("none")}),
			B(small(g.t("yes"), "check", ""), small(g.t("othertime"), "", "secondary"), small(g.t("no"), "", "secondary")),
		}},
		{Section: g.t("coming")},
		{Cells: []Cell{T("1"), {Text: g.t("name2"), Href: "#", Sub: "1974"}, T(g.t("referral")), B(Tag{Kind: "yes", Text: g.t("yes")}), B(small(g.t("change"), "", "tertiary"))}},
		{Section: g.t("free")},
		{Kind: "free", Cells: []Cell{{}, T(g.t("next")), B(small(g.t("invite"), "plus", "secondary"))}},
	}}
}

func (g gallery) how() []Option {
	return []Option{{Value: "partner", Text: g.t("partner")}, {Value: "self", Text: g.t("self"), Good: g.t("self.good")}}
}

func arabic() *i18n.Lang { return i18n.Get("ar") }
