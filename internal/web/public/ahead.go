package public

import (
	"strconv"

	"sluss/internal/clock"
	"sluss/internal/forecast"
	"sluss/internal/store"
	"sluss/internal/web"
	"sluss/internal/web/ui"
	"sluss/internal/web/ui/chart"
)

const ahead = "/framat"

func (p *Pages) aheadRoutes() []web.Route {
	return []web.Route{{Method: "GET", Pattern: "/v/{gateway}" + ahead, Needs: web.Everybody(), Handle: p.getAhead}}
}

// aheadPage is how it may become at a gateway, as its head has shown it. Lines is empty when nothing is shown.
type aheadPage struct {
	page
	Seen  forecast.Shown
	Lines []line
	Told  int // percent of what was foreseen before that held
}

// line is one thing that is foreseen, in one future or in two beside each other.
type line struct {
	ID, Title string
	Today     string
	Fans      []fan
	Table     ui.Table
}

// fan is one future of a line. Name is the gateway's own, in Swedish; "" for the future as it is now.
type fan struct {
	Name, Text string
	Chart      chart.Fan
}

func (p *Pages) getAhead(r *web.Request) (web.Answer, error) {
	base, err := p.open(r, "public.ahead")
	x, shown := aheadPage{page: base}, false
	if err == nil {
		err = p.Org.Store.Read(r.Context(), func(tx *store.Tx) (err error) {
			x.Seen, shown, err = forecast.ShownAt(r.Context(), tx, x.House.Area.ID, x.House.Unit.ID, p.Clock.Now().Date())
			return err
		})
	}
	if err != nil {
		return web.Answer{}, err
	}
	if shown {
		for _, name := range []string{forecast.Line, forecast.Wait, forecast.Inside} {
			if len(x.Seen.Now[name]) > 0 {
				x.Lines = append(x.Lines, x.line(name))
			}
		}
		x.Told = 100 * x.Seen.Held / max(1, x.Seen.Told)
	}
	p.Site.Visit(x.House, "ahead", r.L.Tag)
	return web.Show(aheadView(x)), nil
}

func (p aheadPage) line(name string) line {
	x := line{ID: "h-" + name, Title: p.L.T("forecast.line." + name)}
	x.Today = p.L.T("public.ahead.today", p.number(name, p.Seen.Now[name][0][2]))
	top := 0.0
	for _, r := range []forecast.Rough{p.Seen.Now, p.Seen.Then} {
		for _, v := range r.Band(name).Q95 {
			if name != forecast.Wait || v < forecast.MostWait { // what cannot be seen does not stretch the picture
				top = max(top, v)
			}
		}
	}
	if top == 0 && name == forecast.Wait {
		top = forecast.MostWait
	}
	x.Fans = []fan{p.fan(name, "", p.Seen.Now, top)}
	if len(p.Seen.Then[name]) > 0 {
		x.Fans = append(x.Fans, p.fan(name, p.Seen.Name, p.Seen.Then, top))
		x.Fans[1].Chart.Ref = x.Fans[0].Chart.Median
	}
	x.Table = p.table(x, name)
	return x
}

func (p aheadPage) fan(line, name string, r forecast.Rough, top float64) fan {
	b, last := r.Band(line), r[line][len(r[line])-1]
	for _, row := range [][]float64{b.Q05, b.Q25, b.Q50, b.Q75, b.Q95} {
		for i := range row {
			row[i] = min(row[i], 1.05*top)
		}
	}
	x := fan{Name: name, Text: p.L.T("forecast.fan.text", p.L.T("forecast.months", p.Seen.Months), p.span(line, last[1], last[3]))}
	x.Chart = chart.Fan{Words: chart.Words{ID: line + "-" + strconv.Itoa(len(name)), Title: p.L.T("forecast.line." + line), Desc: x.Text}, Half: len(p.Seen.Then[line]) > 0, Max: top,
		Past: b.Q50[:1], Median: b.Q50, Low50: b.Q25, High50: b.Q75, Low90: b.Q05, High90: b.Q95}
	for m := range b.Q50 {
		d := p.Seen.On.AddMonths(m)
		n := strconv.Itoa(int(d.Time().Month()))
		x.Chart.Names = append(x.Chart.Names, p.L.T("flow.month", p.L.T("date.mon."+n), string(d[2:4]), n))
	}
	return x
}

// table is the twin of the pictures: for each month what is most likely, and between what nine of ten lie.
func (p aheadPage) table(x line, name string) ui.Table {
	t := ui.Table{Caption: x.Title, Hidden: true, Stack: true, Cols: []ui.Col{{Text: p.L.T("flow.col.month")}}}
	futures := []forecast.Rough{p.Seen.Now, p.Seen.Then}[:len(x.Fans)]
	for _, f := range x.Fans {
		before := ""
		if len(x.Fans) > 1 {
			before = p.named(f.Name) + ": "
		}
		for _, key := range []string{"forecast.legend.middle", "forecast.legend.most"} {
			text := before + p.L.T(key)
			t.Cols = append(t.Cols, ui.Col{Text: text, Short: text, Num: true})
		}
	}
	for m := range p.Seen.Now[name] {
		row := ui.Row{Cells: []ui.Cell{ui.T(p.month(m))}}
		for _, r := range futures {
			of := r[name][m]
			row.Cells = append(row.Cells, ui.T(p.number(name, of[2])), ui.T(p.span(name, of[0], of[4])))
		}
		t.Rows = append(t.Rows, row)
	}
	return t
}

func (p aheadPage) month(m int) string { return p.L.Month(clock.Date(p.Seen.On).AddMonths(m)) }

// named is the name of a future: the gateway's own, or as now.
func (p aheadPage) named(name string) string {
	if name == "" {
		return p.L.T("forecast.as.now")
	}
	return p.L.Apart(name)
}

// number writes a wait in weeks, and people as a number.
func (p aheadPage) number(line string, n int) string {
	switch {
	case line == forecast.Wait && n >= forecast.MostWait:
		return p.L.T("public.ahead.long")
	case line == forecast.Wait:
		return p.L.T("flow.weeks", n)
	}
	return p.L.Number(n)
}

func (p aheadPage) span(line string, low, high int) string {
	switch {
	case low == high || line == forecast.Wait && low >= forecast.MostWait:
		return p.number(line, low)
	case line == forecast.Wait && high >= forecast.MostWait:
		return p.L.T("forecast.atleast", p.number(line, low))
	}
	return p.L.T("forecast.between", low, p.number(line, high))
}

// legend is what the pictures are drawn with; nothing of the past is shown.
func (p aheadPage) legend() []string {
	list := []string{"", p.L.T("forecast.legend.middle"), p.L.T("forecast.legend.half"), p.L.T("forecast.legend.most")}
	if p.Seen.Name != "" {
		list = append(list, p.L.T("forecast.as.now"))
	}
	return list
}
