package forecast

import (
	"math"
	"slices"
	"strconv"

	"sluss/internal/clock"
	"sluss/internal/sim"
)

// model makes a gateway of what has been drawn, in days from today: the queue and its group starts, the individual start
// with a coach, the steps with their pauses, the ways out and back. Who takes part holds a coach's place, also in a pause.
func (w *way) model(t *tally, b *belief, d drawn) *sim.Model {
	m := &sim.Model{Unit: "day", Horizon: w.days, Grid: Month}
	m.Calendars = w.laid.calendars
	m.Resources = []sim.Resource{{Name: "seats", Level: w.laid.coaches}}
	m.Stages = w.line(d)
	for i := 1; i <= t.steps; i++ {
		m.Stages = append(m.Stages, w.step(d, t.steps, i))
	}
	for i := 1; i <= t.steps; i++ {
		m.Stages = append(m.Stages, w.pause(d, i))
	}
	m.Exits = exits(d)
	m.Sources = w.sources(t, b, d)
	m.Stocks = stocks(t)
	return m
}

// laid is what of a model depends on the plan and the days alone: it is worked out once and not for each future.
type laid struct {
	calendars []sim.Calendar
	starts    []Start
	coaches   sim.Steps
	months    []stretch
	from      float64 // when the scenario begins to hold
}

// stretch is a month ahead, or what is left of this one: the time it begins, which month of the year it is, and whether
// the scenario holds.
type stretch struct {
	at    float64
	month int
	then  bool
}

// lay works it out.
func (w *way) lay() {
	w.laid = laid{calendars: w.calendars(), starts: w.starts(), coaches: w.coaches(), from: float64(w.from().Sub(w.today))}
	for day := w.today; ; day = day.Month().AddMonths(1) {
		at := float64(day.Sub(w.today))
		if at >= w.days {
			return
		}
		w.laid.months = append(w.laid.months, stretch{at, int(day.Time().Month()) - 1, day >= w.from()})
	}
}

func stepName(i int) string  { return "step" + strconv.Itoa(i) }
func pauseName(i int) string { return "pause" + strconv.Itoa(i) }

func (w *way) calendars() []sim.Calendar {
	starts := sim.Calendar{Name: "starts", Times: []float64{w.days + 1}}
	if list := w.starts(); len(list) > 0 {
		starts.Times = nil
		for _, s := range list {
			starts.Times = append(starts.Times, w.time(s.On))
		}
		starts.Times = slices.Compact(starts.Times)
	}
	terms := sim.Calendar{Name: "terms"}
	for y := w.today.Time().Year(); float64(y-w.today.Time().Year()) <= w.days/365+1; y++ {
		for _, md := range []string{"-01-12", "-08-20"} {
			if day := clock.Date(strconv.Itoa(y) + md); day > w.today {
				terms.Times = append(terms.Times, w.time(day))
			}
		}
	}
	return []sim.Calendar{starts, terms}
}

// time is a day as the model has it: a start is held in the middle of its day.
func (w *way) time(d clock.Date) float64 { return float64(d.Sub(w.today)) - 0.5 }

func (w *way) coaches() sim.Steps {
	then := w.plan.changed(w.s)
	now, later := float64(w.plan.Coaches*w.plan.Caseload), float64(then.Coaches*then.Caseload)
	if at := w.from().Sub(w.today); at > 0 && float64(at) < w.days {
		return sim.Level(now).Then(float64(at), later)
	} else if at > 0 {
		return sim.Level(now)
	}
	return sim.Level(later)
}

// takes is how many are called to each start. Of those called some do not come: they go to the end of the queue, and
// nobody who comes is turned away.
func (w *way) takes(d drawn) sim.Steps {
	s := sim.Level(0)
	for i, x := range w.laid.starts {
		last, n := s.At[len(s.At)-1], d.calls(x)
		if at := w.time(x.On) - 0.25; at > last.From && (i == 0 || n != last.Value) {
			s.At = append(s.At, sim.Step{From: at, Value: n})
		}
	}
	return s
}

func hazard(rates []float64, place int) sim.Dist {
	from := make([]float64, len(rates))
	for i, b := range agesOf(place) {
		from[i] = float64(b)
	}
	return *sim.Hazard(from, rates)
}

func (d drawn) ending(to string, k risk) sim.Ending {
	return sim.Ending{To: to, After: hazard(d.risks[k], k.place)}
}

// line is the stages until somebody takes part.
func (w *way) line(d drawn) []sim.Stage {
	gone, aside := d.risks[risk{pQueue, cGone}][0], d.risks[risk{pQueue, cAside}][0]
	p, q := gone/(gone+aside), aside/(gone+aside)
	held := []sim.Need{{Resource: "seats", Keep: true}}
	return []sim.Stage{
		{Name: "line", Gate: &sim.Gate{Calendar: "starts", Takes: w.takes(d), NoShow: 1 - d.show}, Patience: sim.Exponential(1 / (gone + aside)),
			LeaveTo: "aside", Routes: []sim.Route{{To: "alone"}}},
		{Name: "aside", Routes: []sim.Route{{To: "gone", P: &p}, {To: "begin", P: &q}}},
		{Name: "alone", Endings: []sim.Ending{d.ending("begin", risk{pOwn, cBegin}), d.ending("gone", risk{pOwn, cGone}), d.ending("line", risk{pOwn, cAgain})}},
		{Name: "begin", Needs: held, Routes: []sim.Route{{To: stepName(1)}}},
	}
}

// step is a step with all that may end it, of which the first to come does.
func (w *way) step(d drawn, steps, i int) sim.Stage {
	p := pStep + i
	s := sim.Stage{Name: stepName(i), Needs: []sim.Need{{Resource: "seats", Keep: true}}}
	if i < steps {
		s.Endings = append(s.Endings, d.ending(stepName(i+1), risk{p, cOn}))
	}
	if i > 1 {
		s.Endings = append(s.Endings, d.ending(stepName(i-1), risk{p, cBehind}))
	}
	term := w.slower(d.ending("term", risk{p, cTerm}))
	term.Align = "terms"
	return sim.Stage{Name: s.Name, Needs: s.Needs, Endings: append(s.Endings, w.slower(d.ending("work", risk{p, cWork})), w.slower(d.ending("studies", risk{p, cStudy})),
		term, w.slower(d.ending("other", risk{p, cOther})), d.ending(pauseName(i), risk{p, cPause}))}
}

// slower makes exits come more slowly, as the risk has it.
func (w *way) slower(e sim.Ending) sim.Ending {
	if w.s.Slower == 0 {
		return e
	}
	rates := slices.Clone(e.After.Lists["rates"])
	for i := range rates {
		rates[i] *= 1 - float64(w.s.Slower)/100
	}
	e.After = *sim.Hazard(e.After.Lists["from"], rates)
	return e
}

func (w *way) pause(d drawn, i int) sim.Stage {
	return sim.Stage{Name: pauseName(i), Needs: []sim.Need{{Resource: "seats", Keep: true}},
		Endings: []sim.Ending{d.ending(stepName(i), risk{pPause, cResume}), d.ending("other", risk{pPause, cOther})}}
}

func exits(d drawn) []sim.Exit {
	share, weights := d.again()
	bounds := agesOf(pOut)
	parts := make([]*sim.Dist, len(weights))
	for i := range weights {
		parts[i] = sim.Uniform(float64(bounds[i]), float64(bounds[i+1]))
	}
	list := []sim.Exit{{Name: "gone"}}
	for _, name := range []string{"work", "studies", "term", "other"} {
		list = append(list, sim.Exit{Name: name, Return: share, After: sim.Mixture(weights, parts...), To: "line"})
	}
	return list
}

// sources are those who come for the first time, and those who left before today and come back. As many come all told as have come
// lately: the new are what is left of them without those who come back, of whom some leave after today, at the pace of today.
func (w *way) sources(t *tally, b *belief, d drawn) []sim.Source {
	more := 1 + float64(w.s.Arrivals)/100
	fresh, again := sim.Steps{}, sim.Steps{}
	leaving := d.leaving(t)
	for _, x := range w.laid.months {
		mid, back := x.at+Month/2, 0.0
		if len(t.left) > 0 && x.at < 730 {
			back = d.returnRate(t.left, mid)
			again.At = append(again.At, sim.Step{From: x.at, Value: back})
		}
		all := d.arrivals * b.season[x.month]
		if x.then {
			all *= more
		}
		fresh.At = append(fresh.At, sim.Step{From: x.at, Value: max(0, all-back-leaving*d.cameBack(mid))})
	}
	list := []sim.Source{{Name: "fresh", To: "line", Rate: &fresh}}
	if len(again.At) > 0 {
		again.At = append(again.At, sim.Step{From: math.Max(730, again.At[len(again.At)-1].From+1), Value: 0})
		list = append(list, sim.Source{Name: "again", To: "line", Rate: &again})
	}
	return list
}

// stocks are those who are there today, each with the days already spent.
func stocks(t *tally) []sim.Stock {
	var list []sim.Stock
	add := func(stage string, days []int, waiting bool) {
		if len(days) == 0 {
			return
		}
		s := sim.Stock{Stage: stage, Waiting: waiting}
		for _, n := range days {
			s.Elapsed = append(s.Elapsed, float64(n))
		}
		slices.SortFunc(s.Elapsed, func(a, b float64) int { return int(b - a) })
		list = append(list, s)
	}
	add("line", t.stock[pQueue], true)
	add("alone", t.stock[pOwn], false)
	for i := 1; i <= t.steps; i++ {
		add(stepName(i), t.stock[pStep+i], false)
		add(pauseName(i), t.rests[pStep+i], false)
	}
	return list
}
