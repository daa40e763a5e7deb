package forecast

import (
	"slices"
	"strings"

	"sluss/internal/clock"
	"sluss/internal/flow"
)

// The causes that end a stay, besides the group start, which ends that in the queue on its day.
const (
	cGone   = "gone"  // left the line
	cAside  = "aside" // individual start without the group start
	cBegin  = "begin"
	cAgain  = "again" // back to the queue after the group start
	cOn     = "on"    // to the next step
	cBehind = "behind"
	cWork   = "work"
	cStudy  = "study" // to studies, when no term begins
	cTerm   = "term"  // to studies, as a term begins
	cOther  = "other"
	cPause  = "pause"
	cResume = "resume"
	cReturn = "return"
)

// The places where people stay: the queue, after the group start, each step, a pause, and outside after an exit.
const (
	pQueue = iota
	pOwn
	pPause
	pOut
	pStep // and on: pStep+1 is step 1
)

// ages are the bounds, in days, of the ages that the risks of a place differ by.
var ages = [...][]int{
	pQueue: {0},
	pOwn:   {0, 2, 4, 6, 8, 10, 14, 28, 56},
	pPause: {0, 30, 90},
	pOut:   {0, 180, 365, 730},
}

var stepAges = []int{0, 30, 90, 180, 365}

func agesOf(place int) []int {
	if place >= pStep {
		return stepAges
	}
	return ages[place]
}

// window is how many days back the tally looks: older days tell of another way of working.
const window = 3 * 365

type risk struct {
	place int
	cause string
}

// tally is what has happened at a unit up to a day, in numbers.
type tally struct {
	steps    int
	from, to clock.Date
	first    clock.Date        // the first event of all
	events   map[risk][]int    // by age
	exposure map[int][]float64 // days lived in a place, by age
	less     map[risk][]float64
	came     []clock.Date // for the first time, or after having left the line
	back     []clock.Date // after an exit
	present  map[clock.Date]int
	began    []clock.Date
	gone     []clock.Date
	exits    map[string][]clock.Date // by way out
	moves    []move                  // in time's order
	stock    map[int][]int           // days already spent, by place, of those who are there
	rests    map[int][]int           // the same of those with a pause, by the step they keep
	left     []int                   // days since the exit of those who have not come back
}

// move is one person from a place to another on a day; -1 is outside.
type move struct {
	on       clock.Date
	from, to int
}

// count makes the tally of all ways as they stood at the end of a day: who is still in a step counts with the days so far.
func count(ways [][]flow.Event, steps int, to clock.Date) *tally {
	t := &tally{steps: steps, to: to, from: to.Add(-window), events: map[risk][]int{}, exposure: map[int][]float64{}, less: map[risk][]float64{},
		present: map[clock.Date]int{}, exits: map[string][]clock.Date{}, stock: map[int][]int{}, rests: map[int][]int{}}
	var kept []flow.Event
	for _, w := range ways {
		kept = kept[:0]
		for _, e := range w {
			if e.On <= to {
				kept = append(kept, e)
			}
		}
		if len(kept) > 0 {
			t.follow(flow.Follow(kept))
		}
	}
	slices.SortFunc(t.moves, func(a, b move) int { return strings.Compare(string(a.on), string(b.on)) })
	t.from = max(t.from, t.first)
	return t
}

func (t *tally) place(s flow.Stock) int {
	switch {
	case s == flow.Outside:
		return -1
	case s == flow.Waiting || s == flow.Called:
		return pQueue
	case s.InLine():
		return pOwn
	case s == flow.Paused:
		return pPause
	}
	n := int(s[len(s)-1] - '0')
	return pStep + min(max(n, 1), t.steps)
}

// follow goes along one way.
func (t *tally) follow(list []flow.Change) {
	at, keeps, since, hasLeft := -1, pStep+1, clock.Date(""), false
	for _, c := range list {
		if t.first == "" || c.On < t.first {
			t.first = c.On
		}
		to := t.place(c.To)
		if at == to && at >= 0 {
			continue // called, and still in the queue
		}
		t.leave(at, to, since, c, hasLeft)
		if to >= 0 || at >= 0 {
			t.moves = append(t.moves, move{c.On, at, to})
		}
		if at >= pStep || at == pPause {
			hasLeft = hasLeft || to < 0
		}
		at, since = to, c.On
		if at > pStep {
			keeps = at
		}
	}
	switch {
	case at == pPause:
		t.stay(at, since, t.to)
		t.rests[keeps] = append(t.rests[keeps], t.to.Sub(since))
	case at >= 0:
		t.stay(at, since, t.to)
		t.stock[at] = append(t.stock[at], t.to.Sub(since))
	case hasLeft:
		t.stay(pOut, since, t.to)
		t.left = append(t.left, t.to.Sub(since))
	}
}

// leave counts the end of a stay, and what it led to.
func (t *tally) leave(at, to int, since clock.Date, c flow.Change, hasLeft bool) {
	switch {
	case at >= 0:
		t.stay(at, since, c.On)
	case hasLeft:
		t.stay(pOut, since, c.On)
		t.hit(pOut, cReturn, since, c.On)
		t.back = append(t.back, c.On)
		return
	default:
		t.came = append(t.came, c.On)
		return
	}
	if to > pStep && (at == pOwn || at == pQueue) {
		t.began = append(t.began, c.On)
	}
	switch {
	case at == pQueue && to == pOwn && c.To == flow.Present:
		t.present[c.On]++
	case at == pQueue && to < 0, at == pOwn && to < 0:
		t.gone = append(t.gone, c.On)
		t.hit(at, cGone, since, c.On)
	case at == pQueue:
		t.hit(at, cAside, since, c.On)
	case at == pOwn && to == pQueue:
		t.hit(at, cAgain, since, c.On)
	case at == pOwn:
		t.hit(at, cBegin, since, c.On)
	case to < 0:
		t.out(at, since, c)
	case to == pPause:
		t.hit(at, cPause, since, c.On)
	case at == pPause:
		t.hit(at, cResume, since, c.On)
	case to > at:
		t.hit(at, cOn, since, c.On)
	default:
		t.hit(at, cBehind, since, c.On)
	}
}

// out counts an exit. One to studies as a term begins was on its way since about halfway through the time the person
// could have waited for the term: from then on nothing more is learnt of that risk.
func (t *tally) out(at int, since clock.Date, c flow.Change) {
	way := flow.WayOut(c.Code)
	t.exits[way] = append(t.exits[way], c.On)
	if at == pPause {
		way = flow.Other // a pause has too few exits to tell them apart
	}
	switch way {
	case flow.Work:
		t.hit(at, cWork, since, c.On)
	case flow.Studies:
		begins, ok := termOf(c.On)
		if !ok {
			t.hit(at, cStudy, since, c.On)
			return
		}
		before := max(since, begins)
		decided := before.Add(c.On.Sub(before) / 2)
		t.hit(at, cTerm, since, decided)
		t.spread(since, decided, c.On, func(age int, days float64) { t.fewer(risk{at, cTerm}, age, days) })
	default:
		t.hit(at, cOther, since, c.On)
	}
}

// termOf tells whether a day lies where a term begins, and when the term before began.
func termOf(d clock.Date) (before clock.Date, ok bool) {
	year, md := d[:4], d[5:]
	switch {
	case md >= "08-10" && md <= "09-10":
		return year + "-02-05", true
	case md >= "01-05" && md <= "02-05":
		return d.AddMonths(-12)[:4] + "-09-10", true
	}
	return "", false
}
