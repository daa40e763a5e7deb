package forecast

import (
	"math"
	"math/rand/v2"
	"slices"

	"sluss/internal/activity"
	"sluss/internal/clock"
)

// What is assumed of activities where nothing has been seen: of a hundred participants fifteen a year ask for each, a
// place is had for four months, and it takes a fortnight to get one that is free.
const (
	statedAsk   = 0.15 / 365
	statedStay  = 1. / 120
	statedQuick = 14.0
)

// The least that must have happened for anything to be said of activities.
const (
	leastAskedDays = 180
	leastHad       = 10
)

var placeAges = []int{0, 30, 90, 180}

// halls is what is learnt of a unit's activities: who is in them and waits, how often a participant asks, and how long a place
// is had. Each activity leans on all of them, and they on what is stated.
type halls struct {
	list  []hall
	asks  gamma   // by a participant, a day, for one activity
	stays gamma   // places that end, a day
	byAge []gamma // the same by how long the place has been had
	quick float64 // days from a wish to a free place
}

// quickly is how soon a wish becomes a place where one is free: as it went for the quickest quarter of those who got one.
func quickly(list []spell) float64 {
	var days []float64
	for _, s := range list {
		if s.taken {
			days = append(days, float64(s.from.Sub(s.asked)))
		}
	}
	if len(days) < leastHad {
		return statedQuick
	}
	slices.Sort(days)
	return min(max(1, quantile(days, 0.25)), 60)
}

// hall is one activity.
type hall struct {
	Activity
	later  []change // of its places
	asks   gamma
	ends   float64   // places that have ended
	lived  []float64 // days that places were had, by age
	held   []int     // days so far, of those who have a place
	queue  []int     // and of those who wait
	beside *beside   // those of other units, where the leaders are shared
}

// learnHouse learns what there is to learn of the activities up to the tally's day.
func (t *tally) learnHouse(h house) (halls, Places) {
	x := halls{quick: quickly(h.spells), asks: gamma{faint, faint / statedAsk}, stays: gamma{faint, faint / statedStay}, byAge: make([]gamma, len(placeAges))}
	p := Places{Quick: int(math.Round(x.quick))}
	for _, s := range h.spells {
		if p.From == "" || s.asked < p.From {
			p.From = s.asked
		}
	}
	for _, a := range h.types {
		one := hall{Activity: Activity{Type: a, Since: max(p.From, h.begun[a.ID], t.from)}, lived: make([]float64, len(placeAges))}
		one.Places, one.later = level(h.rounds, a.ID, t.to)
		if s := h.shared[a.ID]; s != nil {
			one.Places, one.later = s.places(h.rounds, a, t.to)
			one.beside = s.learn(&x, t)
			one.Shared = Sharing{s.units, s.leaders, len(one.beside.held), len(one.beside.queue)}
		}
		if a.State != activity.Runs {
			one.Places, one.later = 0, nil
		}
		one.Hours = hoursOf(h.rounds, a.ID)
		for _, s := range h.spells {
			if s.activity == a.ID {
				one.learn(&x, s, t.to)
			}
		}
		if p.From != "" {
			one.asks = gamma{float64(one.Asked), t.days(one.Since)}
		}
		x.asks = gamma{x.asks.shape + one.asks.shape, x.asks.time + one.asks.time}
		x.list = append(x.list, one)
		p.List, p.Asked, p.Had = append(p.List, one.Activity), p.Asked+one.Asked, p.Had+one.Had
	}
	if len(p.List) > 0 && (p.Had < leastHad || t.to.Sub(p.From) < leastAskedDays) {
		p.TooFew = "forecast.few.places"
	}
	return x, p
}

// learn counts one wish and what it led to.
func (a *hall) learn(x *halls, s spell, today clock.Date) {
	if s.asked >= a.Since && !s.takenBack {
		a.Asked++
	}
	switch {
	case s.waits(today) && !s.taken:
		a.Waiting, a.queue = a.Waiting+1, append(a.queue, today.Sub(s.asked))
	case s.holds(today), s.kept(today):
		a.Held, a.held = a.Held+1, append(a.held, max(0, today.Sub(s.from)))
	}
	if !s.taken || s.from > today {
		return
	}
	a.Had++
	ended, lived := x.stay(s, today)
	if ended {
		a.ends++
	}
	for i, days := range lived {
		a.lived[i] += days
	}
}

// stay counts how long a place has been had, by age, and whether it has ended.
func (x *halls) stay(s spell, today clock.Date) (ended bool, lived []float64) {
	lived = make([]float64, len(placeAges))
	if !s.taken || s.from > today {
		return false, lived
	}
	end := today
	if s.to != "" && s.to <= today {
		end, ended = s.to, true
		x.byAge[ageAt(placeAges, end.Sub(s.from))].shape++
		x.stays.shape++
	}
	days := end.Sub(s.from)
	x.stays.time += float64(days)
	for i, low := range placeAges {
		high := days
		if i+1 < len(placeAges) {
			high = min(days, placeAges[i+1])
		}
		if high > low {
			lived[i] = float64(high - low)
			x.byAge[i].time += lived[i]
		}
	}
	return ended, lived
}

// hoursOf is how many hours a week an activity's latest run is held; where there is none, what is assumed.
func hoursOf(list []round, a activity.ID) float64 {
	for _, r := range slices.Backward(list) {
		if r.activity == a && r.hours > 0 {
			return r.hours
		}
	}
	return HoursPerWeek
}

// days is how many days participants have lived at the unit since a day, all together.
func (t *tally) days(since clock.Date) float64 {
	n, sum, last := 0, 0.0, since
	in := func(place int) bool { return place >= pStep || place == pPause }
	for _, m := range t.moves {
		if m.on > since {
			sum += float64(n * m.on.Sub(last))
			last = m.on
		}
		if in(m.to) {
			n++
		}
		if in(m.from) {
			n--
		}
	}
	return sum + float64(n*max(0, t.to.Sub(last)))
}

// drawnHall is one way things may be at an activity: how often a participant asks, and how soon a place ends at each age.
type drawnHall struct {
	asks   float64
	ends   []float64
	beside float64 // wishes a day of people of other units, where the leaders are shared
}

// draw decides every number by chance, in the same order whatever is planned.
func (x halls) draw(seed uint64, replication int) []drawnHall {
	r := rand.New(rand.NewPCG(seed^0xac71, uint64(replication)+1))
	return x.decide(func(g gamma) float64 { return g.draw(r) })
}

func (x halls) decide(take func(gamma) float64) []drawnHall {
	asks, stays := take(x.asks), take(x.stays)
	byAge := make([]float64, len(placeAges))
	for i, g := range x.byAge {
		byAge[i] = take(gamma{lean + g.shape, lean/stays + g.time})
	}
	list := make([]drawnHall, len(x.list))
	for i, a := range x.list {
		list[i].asks = take(gamma{lean + a.asks.shape, lean/asks + a.asks.time})
		expected := 0.0
		for age, days := range a.lived {
			expected += byAge[age] * days
		}
		own := take(gamma{lean + a.ends, lean + expected}) // how much sooner its places end than all activities' do
		for _, rate := range byAge {
			list[i].ends = append(list[i].ends, own*rate)
		}
		if a.beside != nil {
			list[i].beside = take(a.beside.asks)
		}
	}
	return list
}

// of adds the lines of the activities to the past.
func (p Past) of(places Places, h house) {
	list := h.spells
	for _, a := range places.List {
		taken, waiting := make([]float64, len(p.Months)), make([]float64, len(p.Months))
		for _, s := range list {
			if s.activity != a.ID {
				continue
			}
			for i, day := range p.Months {
				if s.holds(day) || day == p.Months[len(p.Months)-1] && s.kept(day) {
					taken[i]++
				} else if s.waits(day) {
					waiting[i]++
				}
			}
		}
		p.Lines[a.taken()], p.Lines[a.waiting()] = taken, waiting
		if s := h.shared[a.ID]; s != nil {
			p.Lines[a.Led()] = s.past(p.Months, taken)
		}
	}
}
