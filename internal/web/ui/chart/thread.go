package chart

import (
	"math"
	"strings"

	"github.com/a-h/templ"

	"sluss/internal/i18n"
)

// Knot is something on the thread. At is when, from zero at the picture's start to one at its end.
type Knot struct {
	At    float64
	Text  string
	Ahead bool // still to come
}

// Strand is one goal's thread.
type Strand struct {
	Name  string
	Knots []Knot // in time
}

// Thread is the red thread: a strand a goal from a common beginning, and what belongs to no goal beside them.
type Thread struct {
	Words
	Begin   Knot
	Strands []Strand
	Loose   []Knot
	Months  []Knot  // where each month begins, and its name
	Today   float64 // from zero to one; outside means not in the picture
}

const (
	threadLeft = 150.0
	threadWide = 1080.0
	threadGap  = 82.0
)

// Strands draws the thread, for wide windows only: the list beneath says the same and is the narrow form.
func Strands(l *i18n.Lang, t Thread) templ.Component {
	if len(t.Strands) == 0 {
		return none(l)
	}
	bottom := 50 + threadGap*float64(len(t.Strands))
	p := start(l, t.Words, "", "img", 0, threadWide, bottom+36)
	for _, m := range t.Months {
		p.from(threadX(m.At), 28).to(threadX(m.At), bottom).draw("tick")
		p.text("m s", threadX(m.At)+8, 20, m.Text)
	}
	if t.Today >= 0 && t.Today <= 1 {
		p.from(threadX(t.Today), 28).to(threadX(t.Today), bottom).draw("today")
		p.text("m mid", threadX(t.Today), bottom+22, l.T("ui.today"))
	}
	by := 82 + threadGap*float64(len(t.Strands)-1)/2
	for i, s := range t.Strands {
		t.strand(p, s, 82+threadGap*float64(i), by)
	}
	t.beside(p, by)
	p.circle("knot", threadX(t.Begin.At), by, 8)
	p.text("s", threadX(t.Begin.At)-30, by+26, t.Begin.Text)
	return written(`<div class="thread-pic">`, p.end(), `</div>`)
}

func threadX(at float64) float64 {
	if math.IsNaN(at) {
		at = 0
	}
	return threadLeft + (threadWide-threadLeft-24)*min(max(at, 0), 1)
}

// strand draws one goal: from the beginning out to its own height, full so far and dotted ahead.
func (t Thread) strand(p *pic, s Strand, y, by float64) {
	for i, part := range wrapped(s.Name, 15) {
		p.text("s", 0, y-4+18*float64(i), part)
	}
	from, now := threadX(t.Begin.At), threadX(max(t.Today, t.Begin.At))
	turn := min(from+94, max(now, from+40))
	d := p.from(from, by).at("C", from+42, by, from+32, y, turn, y)
	for x, up := turn, 1.0; x < now; up = -up {
		next := min(x+110, now)
		d.at("C", x+(next-x)/3, y-5*up, x+(next-x)*2/3, y-5*up, next, y)
		x = next
	}
	d.draw("strand")
	p.from(max(now, turn), y).to(threadWide-24, y).draw("strand ahead")
	t.knots(p, s.Knots, y)
}

// knots draws a strand's knots, and their words by turns above and beneath when they stand close.
func (t Thread) knots(p *pic, knots []Knot, y float64) {
	clear := [2]float64{-math.MaxFloat64, -math.MaxFloat64} // how far each side is written
	for _, k := range knots {
		x := threadX(k.At)
		if k.Ahead {
			p.circle("next", x, y, 9)
		} else {
			p.circle("knot", x, y, 8)
		}
		width := 7.2 * float64(len([]rune(k.Text)))
		at, class := x-8, "s"
		if x+width > threadWide {
			at, class = threadWide, "e"
		}
		left := at
		if class == "e" {
			left = at - width
		}
		side := 0
		if left < clear[0]+10 {
			side = 1
		}
		clear[side] = max(clear[side], left+width)
		p.text(class, at, y-18+45*float64(side), k.Text)
	}
}

// beside draws what belongs to no goal, between the strands.
func (t Thread) beside(p *pic, y float64) {
	if len(t.Strands)%2 == 1 { // a strand runs in the middle
		y += threadGap / 2
	}
	for _, k := range t.Loose {
		p.circle("free", threadX(k.At), y, 8)
		p.text("s", threadX(k.At)+16, y+5, k.Text)
	}
}

// wrapped breaks a name in at most two lines.
func wrapped(s string, width int) []string {
	words := strings.Fields(s)
	first := ""
	for i, w := range words {
		if first != "" && len([]rune(first+" "+w)) > width {
			return []string{first, short(strings.Join(words[i:], " "), width+2)}
		}
		first = strings.TrimSpace(first + " " + w)
	}
	return []string{short(first, width+2)}
}

func short(s string, width int) string {
	r := []rune(s)
	if len(r) <= width {
		return s
	}
	return strings.TrimSpace(string(r[:width-1])) + "…"
}
