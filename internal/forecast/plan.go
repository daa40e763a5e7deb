package forecast

import (
	"math"
	"slices"

	"sluss/internal/calendar"
	"sluss/internal/clock"
)

// Start is a group start, held or planned.
type Start struct {
	On            clock.Date
	Places, Calls int
}

// Plan is how a gateway works: its rhythm, places and people.
type Plan struct {
	Rhythm   calendar.Rhythm
	Places   int // per start
	Calls    int
	Leaders  int     // who lead a group start
	Hours    float64 // how long a group start is
	Coaches  int
	Caseload int  // participants a coach can have
	Guessed  bool // nobody has decided the caseload: it is taken from what has been
}

// way is all that a model is built from, besides what is drawn.
type way struct {
	today   clock.Date
	days    float64 // how far it is played
	plan    Plan    // today
	planned []Start // ahead of today
	closed  []clock.Span
	s       Scenario
	laid    laid
}

// changed is the plan with what the scenario does otherwise.
func (p Plan) changed(s Scenario) Plan {
	per := float64(p.Calls) / float64(max(1, p.Places))
	if s.Starts > 0 {
		p.Rhythm.PerMonth = s.Starts
	}
	if s.Places > 0 {
		p.Places, p.Calls = s.Places, int(math.Round(per*float64(s.Places)))
	}
	if s.Calls > 0 {
		p.Calls = s.Calls
	}
	if s.Caseload > 0 {
		p.Caseload = s.Caseload
	}
	p.Coaches += s.Coaches
	return p
}

// from is the day the scenario begins to hold.
func (w *way) from() clock.Date { return max(w.today, w.s.From) }

// starts gives the group starts ahead, with how many are called to each: those planned, then by the rhythm; from the
// scenario's day by its own.
func (w *way) starts() []Start {
	end := w.today.Add(int(w.days) + 1)
	then := w.plan.changed(w.s)
	from := w.from()
	rhythm := w.s.Starts > 0
	var list []Start
	last := w.today
	for _, s := range w.planned {
		if s.On > w.today && s.On < end && !(rhythm && s.On >= from) {
			list = append(list, s)
		}
		last = max(last, s.On)
	}
	if last < from || !rhythm {
		until := end
		if rhythm {
			until = min(end, from)
		}
		for _, d := range w.plan.Rhythm.Dates(clock.Span{From: last.Add(1), To: until}, w.closed...) {
			list = append(list, Start{d, w.plan.Places, w.plan.Calls})
		}
	}
	if rhythm {
		for _, d := range then.Rhythm.Dates(clock.Span{From: max(from, w.today.Add(1)), To: end}, w.closed...) {
			list = append(list, Start{d, w.plan.Places, w.plan.Calls})
		}
	}
	slices.SortFunc(list, func(a, b Start) int { return a.On.Sub(b.On) })
	for i := range list {
		if list[i].On >= from {
			list[i] = list[i].changed(w.s)
		}
	}
	return list
}

func (s Start) changed(x Scenario) Start {
	p := Plan{Places: s.Places, Calls: s.Calls}.changed(x)
	s.Places, s.Calls = p.Places, p.Calls
	return s
}

// fewer are the months, of those that starts are planned for, with fewer than the rhythm has.
func (w *way) fewer() []clock.Date {
	if len(w.planned) == 0 {
		return nil
	}
	var list []clock.Date
	last := w.planned[len(w.planned)-1].On
	for m := w.today.Month().AddMonths(1); m.AddMonths(1) <= last.Add(1) || m == last.Month(); m = m.AddMonths(1) {
		n := 0
		for _, s := range w.planned {
			if s.On.Month() == m {
				n++
			}
		}
		if m != last.Month() && n < w.plan.Rhythm.PerMonth {
			list = append(list, m)
		}
	}
	return list
}

// HoursPerStart is how many hours of staff a group start takes: those who lead it, with as much again and an hour to
// make ready, call and follow up. HoursPerBegin is the individual start with its booking and plan.
func (p Plan) HoursPerStart() float64 { return float64(p.Leaders) * (2*p.Hours + 1) }

// The hours of staff that are assumed.
const (
	HoursPerBegin = 2.0
	HoursPerCoach = 140.0 // a month
)

// MoreHours is how many hours of staff a future takes a month more than another: its group starts, those who begin, its coaches,
// and what is opened and led.
func (f Forecast) MoreHours(now Forecast) float64 {
	p, begin := f.Plan, f.Limits.Begin-now.Limits.Begin
	return float64(p.Rhythm.PerMonth-now.Plan.Rhythm.PerMonth)*p.HoursPerStart() + begin*HoursPerBegin + float64(p.Coaches-now.Plan.Coaches)*HoursPerCoach +
		f.Places.hours(f.Scenario) - now.Places.hours(now.Scenario)
}
