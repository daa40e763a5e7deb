package staff

import (
	"math"
	"strconv"
	"strings"

	"sluss/internal/clock"
	"sluss/internal/forecast"
	"sluss/internal/web/ui"
	"sluss/internal/web/ui/chart"
)

// legend is what the lines and bands of a fan are, in the order of the keys drawn.
func (v aheadView) legend() []string {
	list := []string{v.L.T("forecast.legend.past"), v.L.T("forecast.legend.middle"), v.L.T("forecast.legend.half"), v.L.T("forecast.legend.most")}
	if v.changed() {
		list = append(list, v.nameOf(0))
	}
	return list
}

// futures are the pictures, the one that is asked about first first.
func (v aheadView) futures() []future {
	list := []future{v.future(forecast.Line, "vantar"), v.future(forecast.Wait, "vantan"), v.future(forecast.Inside, "deltar"), v.future(forecast.Load, "coacher"),
		v.future(forecast.Work, "arbete"), v.future(forecast.Studies, "studier")}
	for i, name := range v.then.Steps {
		f := v.future(forecast.InStep(i+1), "steg-"+strconv.Itoa(i+1))
		f.Title = v.L.T("flow.step", i+1, name)
		list = append(list, f)
	}
	return list
}

// mostWeeks is the longest wait that is drawn.
const mostWeeks = 104

func (v aheadView) future(line, id string) future {
	f := future{ID: id, Title: v.lineName(line)}
	top := 0.0
	for _, x := range []forecast.Forecast{v.now, v.then} {
		for _, n := range x.Lines[line].Q95 {
			if !math.IsInf(n, 1) {
				top = max(top, n)
			}
		}
	}
	if line == forecast.Wait {
		top = min(top, mostWeeks)
	}
	if v.changed() {
		f.Fans = append(f.Fans, v.fan(v.now, line, id+"-a", v.nameOf(0), top))
		second := v.fan(v.then, line, id+"-b", v.nameOf(1), top)
		second.Chart.Ref, second.Chart.RefText = seenTo(v.now.Lines[line].Q50, top), strings.ToLower(v.nameOf(0))
		f.Fans = append(f.Fans, second)
	} else {
		f.Fans = []fan{v.fan(v.then, line, id+"-a", "", top)}
	}
	f.Table = v.aheadTable(f.Title, line)
	return f
}

func (v aheadView) lineName(line string) string {
	if what, named, ok := strings.Cut(line, " "); ok {
		return v.placeName(what, named)
	}
	if n, ok := strings.CutPrefix(line, "step"); ok {
		return v.L.T("flow.step.short", n)
	}
	return v.L.T("forecast.line." + line)
}

func (v aheadView) fan(f forecast.Forecast, line, id, title string, top float64) fan {
	b := f.Lines[line]
	year := v.year()
	x := fan{Title: title, Text: v.L.T("forecast.fan.text", v.months(year), v.between(b, year))}
	past := f.Past.Lines[line]
	if n := len(past); n > 0 && isFlow(line) {
		past = append(append([]float64{}, past[1:]...), past[n-1]) // what has happened in a month stands at its end; today begins anew
		past = past[:len(past)-1]
	}
	x.Chart = chart.Fan{Words: chart.Words{ID: id, Title: strings.TrimSpace(v.lineName(line) + ". " + title),
		Desc: v.L.T("forecast.fan.desc", f.From, v.between(b, year), v.months(year))}, Past: past, Half: true, Max: top,
		Median: seenTo(b.Q50, top), Low50: seenTo(b.Q25, top), High50: seenTo(b.Q75, top), Low90: seenTo(b.Q05, top), High90: seenTo(b.Q95, top)}
	if isFlow(line) && len(past) > 0 {
		now := past[len(past)-1]
		for _, row := range [][]float64{x.Chart.Median, x.Chart.Low50, x.Chart.High50, x.Chart.Low90, x.Chart.High90} {
			row[0] = now
		}
	}
	if len(past) == 0 {
		x.Chart.Past = x.Chart.Median[:1]
	}
	for i := len(x.Chart.Past) - 1; i > 0; i-- {
		x.Chart.Names = append(x.Chart.Names, v.shortMonth(f.From.AddMonths(-i)))
	}
	for i := range b.Q50 {
		x.Chart.Names = append(x.Chart.Names, v.shortMonth(f.From.AddMonths(i)))
	}
	return x
}

// isFlow tells whether a line is of what happens in a month.
func isFlow(line string) bool { return line == forecast.Work || line == forecast.Studies }

// seenTo is a row as it can be drawn: what lies beyond what can be seen stands at the top.
func seenTo(row []float64, top float64) []float64 {
	out := make([]float64, len(row))
	for i, n := range row {
		if math.IsInf(n, 1) || n > 1.05*top {
			n = 1.05 * top
		}
		out[i] = n
	}
	return out
}

func (v aheadView) shortMonth(d clock.Date) string {
	n := strconv.Itoa(int(d.Time().Month()))
	return v.L.T("flow.month", v.L.T("date.mon."+n), string(d[2:4]), n)
}

// aheadTable is the twin of a picture: for each month the middle, and between what half and nine of ten lie.
func (v aheadView) aheadTable(caption, line string) ui.Table {
	t := ui.Table{Caption: caption, Hidden: true, Stack: true, Cols: []ui.Col{{Text: v.L.T("flow.col.month")}}}
	list := []forecast.Forecast{v.then}
	if v.changed() {
		list = []forecast.Forecast{v.now, v.then}
	}
	for i := range list {
		name := ""
		if len(list) > 1 {
			name = v.nameOf(i) + ": "
		}
		for _, key := range []string{"forecast.legend.middle", "forecast.legend.half", "forecast.legend.most"} {
			t.Cols = append(t.Cols, ui.Col{Text: name + v.L.T(key), Short: name + v.L.T(key), Num: true})
		}
	}
	for m := range v.then.Lines[line].Q50 {
		if m == 0 && isFlow(line) {
			continue
		}
		row := ui.Row{Cells: []ui.Cell{ui.T(v.month(m))}}
		for _, f := range list {
			x := f.Lines[line].At(m)
			row.Cells = append(row.Cells, ui.T(v.number(x[2])), ui.T(v.span(x[1], x[3])), ui.T(v.span(x[0], x[4])))
		}
		t.Rows = append(t.Rows, row)
	}
	return t
}

func (v aheadView) number(n float64) string {
	if math.IsInf(n, 1) {
		return v.L.T("forecast.far")
	}
	return v.L.Number(whole(n))
}

func (v aheadView) span(low, high float64) string {
	return v.L.Span(v.number(low), v.number(high))
}

func (v aheadView) tenth(n float64) string { return v.L.Decimal(n) }

func (v aheadView) signed(n float64) string {
	if n > 0 {
		return "+" + v.L.Decimal(n)
	}
	return v.L.Decimal(n)
}

// savedTable lists the saved futures; each opens by its name, or is compared with what stands in the form.
func (v aheadView) savedTable() (t ui.Table, list []forgetting) {
	t = ui.Table{Caption: v.L.T("forecast.saved.title"), Hidden: true, Stack: true, Cols: []ui.Col{{Text: v.L.T("forecast.col.name")},
		{Text: v.L.T("forecast.col.what"), Short: v.L.T("forecast.col.what")}, {Text: v.L.T("forecast.col.compare"), Quiet: true}}}
	for _, s := range v.saved {
		against := v.ask
		against.typed = map[string]string{}
		for k, x := range v.ask.typed {
			against.typed[k] = x
		}
		against.typed["mot"] = s.ID.String()
		t.Rows = append(t.Rows, ui.Row{Cells: []ui.Cell{{Text: s.Name, Href: pathOf(s.Scenario, v.ask.typed["enhet"])}, ui.T(v.inWords(s.Scenario)),
			{Text: v.L.T("forecast.compare", s.Name), Href: against.path(ahead)}}})
		list = append(list, forgetting{s.Name, s.ID.String(), s.Version})
	}
	return t, list
}

// inWords is what is otherwise in a scenario.
func (v aheadView) inWords(s forecast.Scenario) string {
	var list []string
	for _, x := range []struct {
		key string
		n   int
	}{{"starts", s.Starts}, {"places", s.Places}, {"calls", s.Calls}, {"coaches", s.Coaches}, {"caseload", s.Caseload}, {"leaders", s.Leaders}, {"arrivals", s.Arrivals}, {"slower", s.Slower}} {
		if x.n != 0 {
			list = append(list, v.L.T("forecast.field."+x.key)+": "+strconv.Itoa(x.n))
		}
	}
	for key, named := range map[string]string{"open": s.Open, "led": s.Led} {
		if a := v.then.Places.Get(named); a != nil {
			list = append(list, v.L.T("forecast.field."+key)+": "+a.In(v.L.Tag).Name)
		}
	}
	if s.From != "" {
		list = append(list, v.L.T("forecast.field.from")+": "+string(s.From))
	}
	if len(list) == 0 {
		return v.L.T("forecast.as.now")
	}
	return strings.Join(list, "; ")
}
