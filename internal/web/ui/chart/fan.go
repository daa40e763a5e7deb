package chart

import (
	"math"
	"strings"

	"github.com/a-h/templ"

	"sluss/internal/i18n"
)

// Fan is what has been and what may come. The future's rows begin at today, where the past ends, and are equally long.
// The bands hold 5 and 9 chances of 10.
type Fan struct {
	Words
	Names                                []string  // along x, past and future; the last of the past is also the first of the future
	Past                                 []float64 // up to and with today
	Median, Low50, High50, Low90, High90 []float64
	Ref                                  []float64 // another future to compare with, or none
	RefText                              string    // its name: "som nu"
	Half                                 bool
	Max                                  float64 // top of the y axis, to give two futures the same scale
}

// Foresee draws a fan.
func Foresee(l *i18n.Lang, f Fan) templ.Component {
	if len(f.Past)+len(f.Median) < 2 {
		return none(l)
	}
	w := whole
	if f.Half {
		w = half
	}
	return both("chart", f.draw(l, "w", w, 290), f.draw(l, "n", narrow, 240), "")
}

func (c Fan) draw(l *i18n.Lang, suffix string, w, h float64) string {
	p := start(l, c.Words, suffix, "img", 0, w, h)
	now := max(0, len(c.Past)-1)
	f := frame{left: 40, right: w - 12, top: 18, bottom: h - 34, n: now + max(1, len(c.Median))}
	f.step, f.max = round(max(c.Max, highest(c.Past, c.Median, c.High50, c.High90, c.Ref)))
	p.grid(f)
	p.band(f, now, c.Low90, c.High90, "b90")
	p.band(f, now, c.Low50, c.High50, "b50")
	p.stroke(f, now, c.Ref, "ref")
	p.stroke(f, 0, c.Past, "past")
	p.stroke(f, now, c.Median, "med")
	p.from(f.x(now), f.top).to(f.x(now), f.bottom).draw("nowline")
	p.text("lab m", f.x(now), f.bottom+22, l.T("ui.today"))
	p.around(f, c.Names, now)
	p.outcome(f, c, now)
	return p.end()
}

// band fills between two rows of the future.
func (p *pic) band(f frame, now int, low, high []float64, class string) {
	n := min(len(low), len(high))
	if n < 2 {
		return
	}
	d := p.from(f.x(now), f.y(high[0]))
	for i := 1; i < n; i++ {
		d.to(f.x(now+i), f.y(high[i]))
	}
	for i := n - 1; i >= 0; i-- {
		d.to(f.x(now+i), f.y(low[i]))
	}
	d.close().draw(class)
}

// around names the first, the last and one point midway through the future, and keeps clear of today.
func (p *pic) around(f frame, names []string, now int) {
	if len(names) != f.n {
		return
	}
	end := f.n - 1
	for _, i := range []int{0, (now + end) / 2, end} {
		if math.Abs(f.x(i)-f.x(now)) > 60 {
			p.tick(f, names, i, f.x)
		}
	}
}

// outcome marks where the median ends, and where the future it is compared with does.
func (p *pic) outcome(f frame, c Fan, now int) {
	if len(c.Median) == 0 {
		return
	}
	x, y := f.x(now+len(c.Median)-1), f.y(last(c.Median))
	p.circle("dot", x, y, 5)
	p.text("lab e", x-6, y-12, p.lang.Number(whole64(last(c.Median))))
	if len(c.Ref) > 0 && c.RefText != "" && math.Abs(f.y(last(c.Ref))-y) > 14 { // nearer, the two would stand on one another
		p.text("axis e", x-4, f.y(last(c.Ref))-10, c.RefText+": "+p.lang.Number(whole64(last(c.Ref))))
	}
}

// Strip is how long something takes: the values that one, two and a half, five, seven and a half and nine of ten stay
// under, in Unit.
type Strip struct {
	Words
	P10, P25, P50, P75, P90 float64
	Unit                    string // "veckor"
	N                       int    // how many it builds on
}

// Spread draws a strip: the light band holds 8 of 10, the dark one 5 of 10, the line is the middle one.
func Spread(l *i18n.Lang, s Strip) templ.Component {
	if s.N == 0 || !(s.P90 > 0) {
		return none(l)
	}
	return both("chart", s.draw(l, "w", half), s.draw(l, "n", narrow), "")
}

func (s Strip) draw(l *i18n.Lang, suffix string, w float64) string {
	p := start(l, s.Words, suffix, "img", 0, w, 104)
	step, top := round(s.P90)
	x := func(v float64) float64 {
		if math.IsNaN(v) {
			v = 0
		}
		return 12 + (w-44)*v/top
	}
	p.from(12, 70).to(x(top), 70).draw("base")
	for v := 0.0; v <= top+step/2; v += step {
		p.from(x(v), 70).to(x(v), 75).draw("base")
		label := l.Number(int(v))
		if v+step > top+step/2 {
			label += " " + s.Unit
			p.text("axis e", min(w, x(v)+28), 94, label)
			continue
		}
		p.text("axis m", x(v), 94, label)
	}
	p.rect("b90", x(s.P10), 36, x(s.P90)-x(s.P10), 26)
	p.rect("b50", x(s.P25), 36, x(s.P75)-x(s.P25), 26)
	p.from(x(s.P50), 30).to(x(s.P50), 68).draw("med")
	p.text("lab m", max(30, x(s.P50)), 20, l.Number(whole64(s.P50))+" "+s.Unit)
	return p.end()
}

// FanLegend names what a fan is drawn with: what has been, the most likely, the two bands, and what it is compared with if
// there is a fifth name. What has no name is left out.
func FanLegend(names []string) templ.Component {
	samples := []string{`<path class="past" d="M0 6H24"></path>`, `<path class="med" d="M0 6H24"></path>`, `<rect class="b50" width="24" height="12"></rect>`,
		`<rect class="b90" width="24" height="12"></rect>`, `<path class="ref" d="M0 6H24"></path>`}
	var b strings.Builder
	b.WriteString(`<figure class="chart"><p class="legend">`)
	for i, s := range names[:min(len(names), len(samples))] {
		if s == "" {
			continue
		}
		b.WriteString(`<span><svg class="key" viewBox="0 0 24 12" aria-hidden="true">` + samples[i] + `</svg>` + esc(s) + `</span> `)
	}
	b.WriteString(`</p></figure>`)
	return written(b.String())
}
