package forecast

import (
	"context"
	"fmt"
	"math"
	"runtime"
	"slices"
	"strconv"

	"sluss/internal/sim"
)

// hallway is the activities as they are played on from today, with what the scenario does.
type hallway struct {
	halls
	months int
	levels []sim.Steps // how many places each has
}

// hallway works out the places of each activity ahead.
func (w *way) hallway(x halls, p Places, months int) *hallway {
	h := &hallway{halls: x, months: months}
	from := float64(w.from().Sub(w.today))
	led := p.Led(w.s)
	for _, a := range x.list {
		s := sim.Level(float64(a.Places))
		for _, c := range a.later {
			s = s.Then(float64(c.on.Sub(w.today)), float64(c.n))
		}
		switch {
		case p.opened(a.Activity, w.s):
			s = after(sim.Level(0), from, float64(a.Size))
		case led != nil && led.ID == a.ID:
			s = after(s, from, float64(w.s.Leaders*a.Caseload))
		}
		s.At = slices.DeleteFunc(s.At, func(x sim.Step) bool { return x.From >= float64(months)*Month })
		h.levels = append(h.levels, s)
	}
	return h
}

// after adds more to a level from a time on.
func after(s sim.Steps, from, more float64) sim.Steps {
	out := sim.Steps{}
	was := 0.0
	add := func(at, v float64) {
		if n := len(out.At); n > 0 && out.At[n-1].From == at {
			out.At[n-1].Value = v
			return
		}
		out.At = append(out.At, sim.Step{From: at, Value: v})
	}
	done := false
	for _, x := range s.At {
		if !done && x.From > from {
			add(from, was+more)
			done = true
		}
		was = x.Value
		if done || x.From == from {
			done = true
			add(x.From, was+more)
		} else {
			add(x.From, was)
		}
	}
	if !done {
		add(from, was+more)
	}
	return out
}

func hallName(i int) string { return "a" + strconv.Itoa(i) }
func askName(i int) string  { return "ask" + strconv.Itoa(i) }

func ledName(i int) string    { return "led" + strconv.Itoa(i) }
func besideName(i int) string { return "b" + strconv.Itoa(i) }

// model makes the activities of one future: people ask as often as was drawn for each participant there is in that future, are
// answered, wait for a place when none is free, have it as long as was drawn, and stop waiting as they leave the gateway.
func (h *hallway) model(d []drawnHall, inside []float64, leave float64) *sim.Model {
	m := &sim.Model{Unit: "day", Horizon: float64(h.months)*Month + 0.5, Grid: Month, Exits: []sim.Exit{{Name: "out"}, {Name: "gone"}}}
	bounds := make([]float64, len(placeAges))
	for i, b := range placeAges {
		bounds[i] = float64(b)
	}
	for i, a := range h.list {
		name := hallName(i)
		stay := sim.Hazard(bounds, d[i].ends)
		m.Stages = append(m.Stages,
			sim.Stage{Name: askName(i), Endings: []sim.Ending{{To: name, After: *sim.Exponential(h.quick)}, {To: "gone", After: *sim.Exponential(1 / leave)}}},
			sim.Stage{Name: name, Needs: []sim.Need{{Resource: ledName(i)}}, Patience: sim.Exponential(1 / leave), LeaveTo: "gone", Duration: stay, Routes: []sim.Route{{To: "out"}}})
		var rate sim.Steps
		for month := 0; month < h.months; month++ {
			rate.At = append(rate.At, sim.Step{From: float64(month) * Month, Value: d[i].asks * (inside[month] + inside[month+1]) / 2})
		}
		m.Resources = append(m.Resources, sim.Resource{Name: ledName(i), Level: h.levels[i]})
		if a.beside != nil {
			h.beside(m, i, d[i], stay, leave)
		}
		m.Sources = append(m.Sources, sim.Source{Name: "s" + name, To: askName(i), Rate: &rate})
		m.Stocks = append(m.Stocks, stockOf(name, a.held)...)
		m.Stocks = append(m.Stocks, stockOf(askName(i), a.queue)...)
		m.Series = append(m.Series, name+".inside", name+".queue", askName(i)+".inside")
	}
	return m
}

// beside adds the people of other units whom the same people lead: they come at a rate of their own, and who has waited longest, here
// or there, has the next place.
func (h *hallway) beside(m *sim.Model, i int, d drawnHall, stay *sim.Dist, leave float64) {
	name, rate, b := besideName(i), sim.Level(d.beside), h.list[i].beside
	m.Stages = append(m.Stages,
		sim.Stage{Name: "ask" + name, Endings: []sim.Ending{{To: name, After: *sim.Exponential(h.quick)}, {To: "gone", After: *sim.Exponential(1 / leave)}}},
		sim.Stage{Name: name, Needs: []sim.Need{{Resource: ledName(i)}}, Patience: sim.Exponential(1 / leave), LeaveTo: "gone", Duration: stay, Routes: []sim.Route{{To: "out"}}})
	m.Sources = append(m.Sources, sim.Source{Name: "s" + name, To: "ask" + name, Rate: &rate})
	m.Stocks = append(append(m.Stocks, stockOf(name, b.held)...), stockOf("ask"+name, b.queue)...)
	m.Series = append(m.Series, name+".inside")
}

func stockOf(stage string, days []int) []sim.Stock {
	if len(days) == 0 {
		return nil
	}
	s := sim.Stock{Stage: stage}
	for _, n := range days {
		s.Elapsed = append(s.Elapsed, float64(n))
	}
	slices.SortFunc(s.Elapsed, func(a, b float64) int { return int(b - a) })
	return []sim.Stock{s}
}

// leaving is how large a part of the participants of a future leave a day.
func leaving(inside, left []float64, months int) float64 {
	sum, n := 0.0, 0.0
	for i := 1; i <= months && i < len(inside); i++ {
		sum += left[i]
		n += inside[i] * Month
	}
	return math.Max(sum/math.Max(n, 1), 1./10_000)
}

// play plays the activities of every future that was played of the gateway, and adds their lines.
func (h *hallway) play(ctx context.Context, lines played, runs int, seed uint64) error {
	if len(h.list) == 0 {
		return nil
	}
	program := func(r int, d []drawnHall) (*sim.Program, error) {
		p, err := h.model(d, lines[Inside][r], leaving(lines[Inside][r], lines[Left][r], h.months)).Program()
		if err != nil {
			return nil, fmt.Errorf("the activities as a model: %w", err)
		}
		return p, nil
	}
	first, err := program(0, h.decide(gamma.mean))
	if err != nil {
		return err
	}
	points := len(first.Grid())
	_, err = first.Run(ctx, sim.Options{Replications: runs, Seed: seed ^ 0xac71, Workers: max(1, runtime.GOMAXPROCS(0)/2), MaxEvents: 20_000_000,
		Vary: func(r int) (*sim.Program, error) { return program(r, h.draw(seed, r)) },
		Each: func(r sim.Row) { h.read(lines, points, first.Series(), r.Series) }})
	return err
}

// read makes an activity's lines of what the engine tells at each month.
func (h *hallway) read(lines played, points int, names []string, series []float64) {
	of := func(name string) []float64 {
		i := slices.Index(names, name)
		return slices.Clone(series[i*points : (i+1)*points])
	}
	for i, a := range h.list {
		name := hallName(i)
		taken, free := of(name+".inside"), make([]float64, points)
		all := slices.Clone(taken)
		if a.beside != nil {
			for m, n := range of(besideName(i) + ".inside") {
				all[m] += n
			}
			lines[a.Led()] = append(lines[a.Led()], all)
		}
		for m := range free {
			free[m] = math.Max(0, at(h.levels[i], float64(m)*Month)-all[m])
		}
		lines[a.taken()] = append(lines[a.taken()], taken)
		lines[a.free()] = append(lines[a.free()], free)
		waiting := of(name + ".queue")
		for m, n := range of(askName(i) + ".inside") {
			waiting[m] += n
		}
		lines[a.waiting()] = append(lines[a.waiting()], waiting)
	}
}

// at is a level at a time.
func at(s sim.Steps, time float64) (v float64) {
	for _, x := range s.At {
		if x.From <= time {
			v = x.Value
		}
	}
	return v
}

// moves is how much the activities add to what is played for each day that a participant lives: they come, wait and leave.
func (x halls) moves() float64 {
	sum := 0.0
	for _, d := range x.decide(gamma.mean) {
		sum += 4 * d.asks
	}
	return sum
}
