package forecast

import (
	"sluss/internal/clock"
	"sluss/internal/flow"
)

// pastMonths is how much of the past is drawn before a forecast.
const pastMonths = 12

// past counts the lines month by month from the moves, at the same days of the months as the forecast goes on from.
func (t *tally) past(months int) Past {
	p := Past{Lines: map[string][]float64{}}
	first := t.to.AddMonths(-months)
	for p.Months = []clock.Date{}; len(p.Months) <= months; {
		p.Months = append(p.Months, t.to.AddMonths(len(p.Months)-months))
	}
	at := make([]int, pStep+t.steps+1)
	i := 0
	for _, day := range p.Months {
		for ; i < len(t.moves) && t.moves[i].on <= day; i++ {
			if m := t.moves[i]; m.to >= 0 {
				at[m.to]++
			}
			if m := t.moves[i]; m.from >= 0 {
				at[m.from]--
			}
		}
		t.note(p, at)
	}
	p.flows(Began, t.began)
	p.flows(Gone, t.gone)
	p.flows(Came, t.came, t.back)
	p.flows(Work, t.exits[flow.Work])
	p.flows(Studies, t.exits[flow.Studies])
	p.flows(Other, t.exits[flow.Other])
	p.flows(Left, t.exits[flow.Work], t.exits[flow.Studies], t.exits[flow.Other])
	return p.since(first, t.first)
}

func (t *tally) note(p Past, at []int) {
	put := func(name string, n int) { p.Lines[name] = append(p.Lines[name], float64(n)) }
	inside := at[pPause]
	for i := 1; i <= t.steps; i++ {
		put(InStep(i), at[pStep+i])
		inside += at[pStep+i]
	}
	put(Line, at[pQueue]+at[pOwn])
	put(Paused, at[pPause])
	put(Inside, inside)
}

// flows counts what happened between one day of the past and the next; the first has nothing before it.
func (p Past) flows(name string, lists ...[]clock.Date) {
	row := make([]float64, len(p.Months))
	for _, list := range lists {
		for _, d := range list {
			for i := 1; i < len(p.Months); i++ {
				if d > p.Months[i-1] && d <= p.Months[i] {
					row[i]++
				}
			}
		}
	}
	p.Lines[name] = row
}

// since leaves out what was before the first event.
func (p Past) since(from, first clock.Date) Past {
	cut := 0
	for cut+1 < len(p.Months) && p.Months[cut] < max(from, first) {
		cut++
	}
	out := Past{Months: p.Months[cut:], Lines: map[string][]float64{}}
	for name, row := range p.Lines {
		out.Lines[name] = row[cut:]
	}
	return out
}

// mostInside is the highest number of participants at the end of any month of the last two years.
func (t *tally) mostInside() int {
	p := t.past(24)
	most := 0.0
	for _, n := range p.Lines[Inside] {
		most = max(most, n)
	}
	return int(most)
}

// basis tells what the tally holds.
func (t *tally) basis(b *belief, starts []Start) Basis {
	x := Basis{From: t.from, To: t.to, Arrived: in(t.from, t.came, t.back), Back: in(t.from, t.back), Began: in(t.from, t.began), Gone: in(t.from, t.gone),
		Left: in(t.from, t.exits[flow.Work], t.exits[flow.Studies], t.exits[flow.Other]), Studies: in(t.from, t.exits[flow.Studies]),
		Borrowed: b.borrowed, Risks: len(b.risks), Prior: b.prior, Season: t.to.Sub(t.first) >= 365}
	for _, s := range starts {
		if s.On >= t.from && s.On <= t.to {
			x.Starts++
			x.Called += s.Calls
			x.Came += t.present[s.On]
		}
	}
	for k, n := range t.events {
		for _, v := range n {
			switch k.cause {
			case cOn, cBehind:
				x.Moved += v
			case cPause:
				x.Pauses += v
			case cTerm:
				x.Terms += v
			}
		}
	}
	for place, list := range t.stock {
		if place == pQueue || place == pOwn {
			x.Line += len(list)
		} else {
			x.Inside += len(list)
		}
	}
	for _, list := range t.rests {
		x.Inside += len(list)
	}
	return x
}

func in(from clock.Date, lists ...[]clock.Date) int {
	n := 0
	for _, list := range lists {
		for _, d := range list {
			if d >= from {
				n++
			}
		}
	}
	return n
}
