package chart

import (
	"sync"

	"github.com/a-h/templ"

	"sluss/internal/i18n"
)

// Locks is a flight of locks: a chamber a step, each higher than the last. The boat lies in the chamber Here, counted
// from zero; less than zero draws no boat. Chambers after it lie calm.
type Locks struct {
	Words
	Steps int // two to six
	Here  int
}

// Flight draws the locks. The water tells which step, never how far within it.
func Flight(l *i18n.Lang, s Locks) templ.Component {
	n := min(max(s.Steps, 2), 6)
	k := locks{n: n, w: whole / float64(n), rise: min(36, 110/float64(n-1))}
	k.base = 114 + k.rise*float64(n-1)
	k.p = start(l, s.Words, "", "img", 0, whole, k.base+20)
	return written(k.p.b.String(), k.drawn(min(max(s.Here, -1), n)))
}

// flights are the pictures drawn so far, without their words: some dozens in all.
var flights sync.Map

// drawn gives the picture after its words.
func (k locks) drawn(here int) string {
	type flight struct {
		lang    string
		n, here int
	}
	key := flight{k.p.lang.Tag, k.n, here}
	if s, ok := flights.Load(key); ok {
		return s.(string)
	}
	k.p = &pic{w: whole, rtl: k.p.rtl, lang: k.p.lang}
	k.ground()
	for i := range k.n {
		k.water(i, here >= 0 && i > here)
	}
	k.walls()
	for i := range k.n {
		k.number(i, i == here)
	}
	if here >= 0 && here < k.n {
		k.boat(here)
	}
	s := k.p.end()
	flights.Store(key, s)
	return s
}

// locks holds the measures of a flight: w is a chamber's width, rise the height between two floors.
type locks struct {
	p             *pic
	n             int
	w, rise, base float64
}

func (k locks) floor(i int) float64 { return k.base - k.rise*float64(i) }

// edges gives where a chamber begins and ends; the outermost walls stand inside the picture.
func (k locks) edges(i int) (from, to float64) {
	from, to = k.w*float64(i)+4, k.w*float64(i+1)+4
	if i == k.n-1 {
		to = whole - 4
	}
	return from, to
}

func (k locks) ground() {
	d := k.p.from(0, k.base+18)
	for i := range k.n {
		from, to := k.edges(i)
		if i == 0 {
			from = 0
		}
		if i == k.n-1 {
			to = whole
		}
		d.to(from, k.floor(i), to, k.floor(i))
	}
	d.to(whole, k.base+18).close().draw("ground")
}

func (k locks) water(i int, calm bool) {
	from, to := k.edges(i)
	y, class := k.floor(i), ""
	if calm {
		class = " calm"
	}
	k.p.from(from, y-52).to(to, y-52, to, y, from, y).close().draw("water" + class)
	k.p.from(from, y-52).to(to, y-52).draw("surface" + class)
}

func (k locks) walls() {
	d := k.p.from(4, k.base-70)
	for i := range k.n {
		from, to := k.edges(i)
		d.to(from, k.floor(i), to, k.floor(i))
	}
	d.to(whole-4, k.floor(k.n-1)-70).draw("wall")
	for i := 1; i < k.n; i++ {
		x, _ := k.edges(i)
		y := k.floor(i)
		k.p.from(x-9, y-66).to(x+7, y-33, x-9, y).draw("gates")
	}
}

func (k locks) number(i int, beside bool) {
	from, to := k.edges(i)
	x := (from + to) / 2
	if beside {
		x += k.w * 0.24
	}
	k.p.text("no", x, k.floor(i)-16, k.p.lang.Number(i+1))
}

func (k locks) boat(i int) {
	from, to := k.edges(i)
	s := min(1, k.w/180)
	x, y := (from+to)/2-k.w*0.09, k.floor(i)-52
	k.p.from(x-s, y-60*s).to(x-s, y-14*s, x+31*s, y-14*s).close().draw("mast")
	k.p.from(x-43*s, y-8*s).to(x+43*s, y-8*s, x+27*s, y+14*s, x-29*s, y+14*s).close().draw("boat")
}
