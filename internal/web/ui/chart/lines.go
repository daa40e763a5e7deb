package chart

import (
	"math"
	"strings"

	"github.com/a-h/templ"

	"sluss/internal/i18n"
)

// Series is one row of numbers, a value for each name along x. A value that is not a number is a gap.
type Series struct {
	Name   string
	Values []float64
}

// Months is a chart over months, or over any names in order.
type Months struct {
	Words
	Names  []string // along x
	Series []Series // at most four
	Area   bool     // Lines: fill beneath the first
	Half   bool     // shown in half the width
	Max    float64  // top of the y axis, to give two charts the same scale; from the numbers when zero
}

func (m Months) empty() bool {
	for _, s := range m.Series {
		for _, v := range s.Values {
			if !math.IsNaN(v) {
				return false
			}
		}
	}
	return true
}

func (m Months) points() int {
	n := len(m.Names)
	for _, s := range m.Series {
		n = max(n, len(s.Values))
	}
	return n
}

func (m Months) width() float64 {
	if m.Half {
		return half
	}
	return whole
}

// Lines draws one line a series, named where it ends.
func Lines(l *i18n.Lang, m Months) templ.Component {
	if m.empty() {
		return none(l)
	}
	return both("chart", m.lines(l, "w", m.width(), 290), m.lines(l, "n", narrow, 240), m.legend("line"))
}

func (m Months) lines(l *i18n.Lang, suffix string, w, h float64) string {
	p := start(l, m.Words, suffix, "img", 0, w, h)
	f := frame{left: 40, right: w - 16, top: 18, bottom: h - 34, n: m.points()}
	if len(m.Series) > 1 && suffix == "w" {
		f.right = w - 150
	}
	f.step, f.max = round(max(m.Max, m.top()))
	p.grid(f)
	p.ticks(f, m.Names, -1, f.x)
	if m.Area {
		p.area(f, m.Series[0].Values)
	}
	for i, s := range m.Series {
		p.stroke(f, 0, s.Values, "med s"+num(float64(i+1)))
	}
	p.ends(f, m.Series, suffix == "w")
	return p.end()
}

func (m Months) top() float64 {
	rows := make([][]float64, len(m.Series))
	for i, s := range m.Series {
		rows[i] = s.Values
	}
	return highest(rows...)
}

// stroke draws a line through values, the first at point from; it breaks at gaps, and a lone value is a dot.
func (p *pic) stroke(f frame, from int, values []float64, class string) {
	var run *line
	length := 0
	flush := func(i int) {
		if length == 1 {
			p.circle("dot", f.x(from+i-1), f.y(values[i-1]), 4)
		} else if run != nil {
			run.draw(class)
		}
		run, length = nil, 0
	}
	for i, v := range values {
		switch {
		case math.IsNaN(v) || math.IsInf(v, 0):
			flush(i)
			continue
		case run == nil:
			run = p.from(f.x(from+i), f.y(v))
		default:
			run.to(f.x(from+i), f.y(v))
		}
		length++
	}
	flush(len(values))
}

func (p *pic) area(f frame, values []float64) {
	if len(values) < 2 || math.IsNaN(highest(values)) {
		return
	}
	d := p.from(f.x(0), f.bottom)
	for i, v := range values {
		d.to(f.x(i), f.y(v))
	}
	d.to(f.x(len(values)-1), f.bottom).close().draw("b90")
}

// ends writes each line's last value, and its name where there is room, beside its end.
func (p *pic) ends(f frame, series []Series, named bool) {
	ys := make([]float64, len(series))
	for i, s := range series {
		ys[i] = f.y(last(s.Values)) + 5
		p.circle("dot s"+num(float64(i+1)), f.x(max(0, len(s.Values)-1)), f.y(last(s.Values)), 4)
	}
	if len(series) == 1 {
		y := ys[0] - 16
		if y < f.top+4 { // above it there is no room
			y = ys[0] + 20
		}
		p.text("lab e", f.right-4, y, p.lang.Number(whole64(last(series[0].Values))))
		return
	}
	if !named {
		return
	}
	for i, y := range apart(ys, 19, f.bottom) {
		p.text("lab s", f.right+12, y, p.lang.Number(whole64(last(series[i].Values)))+" "+series[i].Name)
	}
}

func last(v []float64) float64 {
	for i := len(v) - 1; i >= 0; i-- {
		if !math.IsNaN(v[i]) {
			return v[i]
		}
	}
	return 0
}

// legend names the series beneath the picture, with a sample of each.
func (m Months) legend(sample string) string {
	if len(m.Series) < 2 {
		return ""
	}
	var b strings.Builder
	class := "legend"
	if sample == "line" {
		class += " narrow-only" // the wide picture names them itself
	}
	b.WriteString(`<p class="` + class + `">`)
	for i, s := range m.Series {
		k := num(float64(i + 1))
		b.WriteString(`<span><svg class="key" viewBox="0 0 24 12" aria-hidden="true">`)
		if sample == "line" {
			b.WriteString(`<path class="med s` + k + `" d="M0 6H24"></path>`)
		} else {
			b.WriteString(`<rect class="bar f` + k + `" width="24" height="12"></rect>`)
		}
		b.WriteString(`</svg>` + esc(s.Name) + `</span> `)
	}
	b.WriteString(`</p>`)
	return b.String()
}
