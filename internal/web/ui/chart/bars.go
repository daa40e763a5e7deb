package chart

import (
	"math"

	"github.com/a-h/templ"

	"sluss/internal/i18n"
)

// Bars draws one bar for each name, its series on top of each other.
func Bars(l *i18n.Lang, m Months) templ.Component {
	if m.empty() {
		return none(l)
	}
	return both("chart", m.bars(l, "w", m.width(), 270), m.bars(l, "n", narrow, 220), m.legend("bar"))
}

func (m Months) bars(l *i18n.Lang, suffix string, w, h float64) string {
	p := start(l, m.Words, suffix, "img", 0, w, h)
	n := m.points()
	f := frame{left: 40, right: w - 8, top: 26, bottom: h - 34, n: n}
	sums := m.sums(n)
	f.step, f.max = round(max(m.Max, highest(sums)))
	p.grid(f)
	slot := (f.right - f.left) / float64(n)
	thick := min(slot*0.68, 56)
	middle := func(i int) float64 { return f.left + slot*(float64(i)+0.5) }
	p.ticks(f, m.Names, -1, middle)
	for i := range n {
		p.pile(f, m.Series, i, middle(i)-thick/2, thick)
		if slot >= 24 && sums[i] > 0 {
			p.text("lab m", middle(i), f.y(sums[i])-6, l.Number(whole64(sums[i])))
		}
	}
	return p.end()
}

// pile draws the parts of one bar from the bottom up.
func (p *pic) pile(f frame, series []Series, i int, x, w float64) {
	below := 0.0
	for k, s := range series {
		v := value(s.Values, i)
		if v <= 0 {
			continue
		}
		p.rect("bar f"+num(float64(k+1)), x, f.y(below+v), w, f.y(below)-f.y(below+v))
		below += v
	}
}

func (m Months) sums(n int) []float64 {
	sums := make([]float64, n)
	for i := range sums {
		for _, s := range m.Series {
			sums[i] += max(0, value(s.Values, i))
		}
	}
	return sums
}

// value gives the i:th value, or zero where there is none.
func value(v []float64, i int) float64 {
	if i >= len(v) || math.IsNaN(v[i]) || math.IsInf(v[i], 0) {
		return 0
	}
	return v[i]
}
