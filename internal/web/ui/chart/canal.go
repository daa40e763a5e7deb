package chart

import (
	"math"
	"strings"

	"github.com/a-h/templ"

	"sluss/internal/i18n"
)

// Basin is where people are: how many now.
type Basin struct {
	Name, Sub string // "Steg 1", "Landa"
	Brief     string // both in some twenty letters, for the narrow picture; needed when either is longer than ten
	Count     int    // less than none where nobody knows
	Href      string // the list behind the number
}

// number is the count as it stands in the picture.
func (b Basin) number(l *i18n.Lang) string {
	if b.Count < 0 {
		return "–"
	}
	return l.Number(b.Count)
}

// said is what the basin's number is called: where one is, and how many are there.
func (b Basin) said(l *i18n.Lang) string {
	return strings.TrimSpace(b.Name+" "+b.Sub) + ": " + b.number(l)
}

// Gate is the way between two basins: how many pass a month. A tight one is where most have gathered.
type Gate struct {
	Month int
	Text  string // "får börja", or nothing
	Tight bool
}

// Canal is stock and flow. Gates has one more than Basins less one: the first leads in from the lake.
type Canal struct {
	Words
	Lake      Basin // the whole population, not to scale
	LakeNote  string
	Basins    []Basin // two to six
	Gates     []Gate  // Gates[i] leads into Basins[i]
	Leave     string  // "Lämnar, 16"
	LeaveNote string  // "per månad"
	TightOut  bool    // it is tight on the way out of the last basin
	Streams   []Gate  // where they go: Month and Text
	Returns   string  // a sentence about those who come back, or nothing
	TightText string  // "trångt här"
}

// Flow draws the canal. Every number with an address opens its list.
func Flow(l *i18n.Lang, c Canal) templ.Component {
	if len(c.Basins) == 0 {
		return none(l)
	}
	return both("canal", c.wide(l), c.slim(l), "")
}

func (c Canal) most() float64 {
	top := 1
	for _, b := range c.Basins {
		top = max(top, b.Count)
	}
	return float64(top)
}

func (c Canal) gate(i int) Gate {
	if i < len(c.Gates) {
		return c.Gates[i]
	}
	return Gate{}
}

// canal holds the measures of the wide picture.
type canal struct {
	p     *pic
	c     Canal
	width float64   // of a basin
	lefts []float64 // of the basins
	gaps  []float64 // before each basin; the first is not used
}

const canalLeft, canalRight = 224.0, 888.0

func (c Canal) wide(l *i18n.Lang) string {
	k := c.measured()
	top := k.floor(len(c.Basins)-1) - 178
	k.p = start(l, c.Words, "w", "group", top, 1120, 394-top)
	k.lake()
	for i := range c.Basins {
		k.basin(i)
		k.gate(i)
	}
	k.streams()
	k.back()
	return k.p.end()
}

// measured shares the room between basins and the ways between them; a tight gate has more, for its plate and word.
func (c Canal) measured() canal {
	n := len(c.Basins)
	k := canal{c: c, gaps: make([]float64, n), lefts: make([]float64, n)}
	room := canalRight - canalLeft
	for i := 1; i < n; i++ {
		k.gaps[i] = 54
		if c.gate(i).Tight {
			k.gaps[i] = 102
		}
		room -= k.gaps[i]
	}
	k.width = min(150, room/float64(n))
	k.lefts[0] = canalLeft
	for i := 1; i < n; i++ {
		k.lefts[i] = k.lefts[i-1] + k.width + k.gaps[i]
	}
	return k
}

func (k canal) floor(i int) float64 { return 300 - 22*float64(i) }
func (k canal) left(i int) float64  { return k.lefts[i] }

func (k canal) lake() {
	p, b := k.p, k.c.Lake
	p.from(0, 232).to(140, 232, 140, 318, 0, 318).close().draw("lake")
	wave := p.from(0, 232)
	for x := 0.0; x < 140; x += 28 {
		wave.at("C", x+5, 227, x+9, 227, x+14, 232).at("C", x+19, 237, x+23, 237, x+28, 232)
	}
	wave.draw("surface")
	p.from(0, 318).to(140, 318, 140, 214).draw("wall")
	p.text("s m", 0, 158, b.Name)
	p.text("s m", 0, 177, b.Sub)
	p.linked(b.Href, b.said(p.lang), "big s", 0, 212, b.number(p.lang))
	p.text("s m", 8, 342, k.c.LakeNote)
}

func (k canal) basin(i int) {
	p, b, x, y := k.p, k.c.Basins[i], k.left(i), k.floor(i)
	mid := x + k.width/2
	level := y - 78*float64(max(0, b.Count))/k.c.most()
	p.from(x, level).to(x+k.width, level, x+k.width, y, x, y).close().draw("water")
	p.from(x, level).to(x+k.width, level).draw("surface")
	p.from(x, y-104).to(x, y, x+k.width, y, x+k.width, y-104).draw("wall")
	name := b.Name
	if b.Sub != "" {
		name += " · " + b.Sub
	}
	if 7*float64(len([]rune(name))) < k.width+40 {
		p.text("m", mid, y-156, name)
	} else {
		p.text("m", mid, y-166, b.Name)
		p.text("m", mid, y-149, b.Sub)
	}
	p.linked(b.Href, b.said(p.lang), "big", mid, y-118, p.lang.Number(b.Count))
}

// gate draws the way into a basin, with how many pass a month.
func (k canal) gate(i int) {
	p, g := k.p, k.c.gate(i)
	x, y := 182.0, 262.0
	if i > 0 {
		x, y = k.left(i)-k.gaps[i]/2, k.floor(i-1)-38
	}
	if g.Tight {
		w := 60.0
		p.rect("tight", x-w/2, y-37, w, 74, "rx", "8")
		p.text("flow", x, y-48, k.c.TightText)
	}
	p.from(x-8, y-26).to(x+8, y, x-8, y+26).draw("gates")
	p.text("flow", x, y+62, p.lang.Number(g.Month))
	p.text("m", x, y+82, g.Text)
}

// streams draws where those who leave go, as wide as they are many.
func (k canal) streams() {
	p, n := k.p, len(k.c.Basins)-1
	floor, right := k.floor(n), k.left(n)+k.width
	sum := 0
	for _, s := range k.c.Streams {
		sum += max(0, s.Month)
	}
	scale := min(2.6, 52/math.Max(1, float64(sum)))
	p.text("m s", 1004, floor-122, k.c.Leave)
	p.text("m s", 1004, floor-104, k.c.LeaveNote)
	from, to := floor-64, floor-84
	if k.c.TightOut {
		p.rect("tight", right+8, from-14, 42, scale*float64(sum)+34, "rx", "8")
		p.text("flow", right+29, floor-140, k.c.TightText)
	}
	for _, s := range k.c.Streams {
		w := max(1.5, scale*float64(s.Month))
		y := from + w/2
		p.from(right+12, y).at("C", right+47, y, right+47, to, 972, to).to(990, to).draw("stream", "stroke-width", num(w))
		p.pair("s", 1004, to+6, p.lang.Number(s.Month), s.Text)
		from, to = from+w+3, to+44
	}
}

// back draws those who come again.
func (k canal) back() {
	if k.c.Returns == "" {
		return
	}
	p, x := k.p, k.left(0)+k.width/2
	y := k.floor(len(k.c.Basins)-1) - 84 + 44*float64(max(0, len(k.c.Streams)-1)) + 14
	p.from(1020, y).at("C", 1020, 372, 900, 380, 700, 380).to(x+20, 380).at("C", x+6, 380, x, 366, x, 330).draw("back")
	p.from(x-7, 340).to(x, 328, x+7, 340).draw("back tip")
	p.text("m", 690, 368, k.c.Returns)
}

// slim is the narrow picture: basins under each other, as long as they hold people.
func (c Canal) slim(l *i18n.Lang) string {
	rows, tail := float64(len(c.Basins)+1), 24+28*float64(len(c.Streams))
	h := 80*rows + tail
	if c.Returns != "" {
		h += 34
	}
	p := start(l, c.Words, "n", "group", 0, narrow, h)
	c.slimBasin(p, c.Lake, 0, 186, "lake")
	for i, b := range c.Basins {
		c.slimGate(p, c.gate(i), 80*float64(i)+59)
		c.slimBasin(p, b, 80*float64(i+1), 161*float64(max(0, b.Count))/c.most(), "water")
	}
	y := 80 * rows // beneath the last basin
	if c.TightOut {
		p.rect("tight", 152, y-28, 36, 28, "rx", "6")
		p.text("e flow", 144, y-7, c.TightText)
	}
	p.from(158, y-21).to(170, y-8, 182, y-21).draw("gates slim")
	p.text("s flow", 198, y-7, c.Leave)
	c.slimStreams(p, y+18)
	if c.Returns != "" {
		p.text("s m", 0, h-8, c.Returns)
	}
	return p.end()
}

func (c Canal) slimBasin(p *pic, b Basin, y, long float64, class string) {
	name, sub := b.Name, b.Sub
	if b.Brief != "" {
		parts := append(wrapped(b.Brief, 10), "")
		name, sub = parts[0], parts[1]
	}
	p.text("s m", 0, y+22, name)
	p.text("s m", 0, y+41, sub)
	p.linked(b.Href, b.said(p.lang), "big e slim", 126, y+39, b.number(p.lang))
	p.rect(class, 138, y+8, long, 38)
	p.from(138, y+8).to(138, y+46, 326, y+46).draw("wall")
	p.from(138+long, y+8).to(138+long, y+46).draw("surface")
}

func (c Canal) slimGate(p *pic, g Gate, y float64) {
	if g.Tight {
		p.rect("tight", 152, y-7, 36, 28, "rx", "6")
		p.text("e flow", 144, y+14, c.TightText)
	}
	p.from(158, y).to(170, y+13, 182, y).draw("gates slim")
	p.pair("s", 198, y+14, p.lang.Number(g.Month), g.Text)
}

func (c Canal) slimStreams(p *pic, y float64) {
	top := 1
	for _, s := range c.Streams {
		top = max(top, s.Month)
	}
	for _, s := range c.Streams {
		share := float64(max(0, s.Month)) / float64(top)
		p.from(138, y).to(138+96*share, y).draw("stream", "stroke-width", num(max(1.5, 16*share)))
		p.text("s", 0, y+5, s.Text)
		p.text("e flow", 126, y+5, p.lang.Number(s.Month))
		y += 28
	}
}
