package flow

import (
	"math"

	"sluss/internal/clock"
	"sluss/internal/id"
	"sluss/internal/org"
)

// Figures is how a gateway stands. All numbers are of groups of people.
type Figures struct {
	Units     []org.Unit // those the reader may choose among
	Unit      id.Unit    // the one chosen; 0 is all of Units
	Today     clock.Date
	Since     clock.Date // from when the year's numbers and waits are counted
	StepNames []string
	Months    []Month // the last is this month, with the stocks of today; empty when nobody has ever come
	Waits     Waits
	Year      Month // the flows since Since; its stocks are those of today
	Pace      Pace
	Groups    []Group
	WaitBySex []WaitOf // as Group.Sex
	WaitByAge []WaitOf // as Group.Age
}

// Now is this month with the stocks of today.
func (f Figures) Now() Month {
	if len(f.Months) == 0 {
		return Month{Population: -1, Steps: make([]int, len(f.StepNames))}
	}
	return f.Months[len(f.Months)-1]
}

// Pace is how many people pass in a month on average, over the last whole months.
type Pace struct {
	Months                       int // how many, at most paceMonths; 0 when there is no whole month yet
	Arrived, Called, Began, Gone float64
	MovedOn                      []float64 // into each step from another
	Work, Studies, Other, Back   float64
	WaitingGrowth, OnWayGrowth   float64
	StepGrowth                   []float64
	QueueGrowth                  float64 // of all who wait for the individual start
	MonthsToMeet                 int     // how many months until the individual start of all who wait now; 0 when nobody begins
	Tight                        Gate
}

// Gate is a passage on the way.
type Gate int

// The gates before which people may gather; a step's gate out is GateStep plus the step's number less one.
const (
	NoGate    Gate = iota
	GateCall       // from the queue to a group start
	GateBegin      // from the call to the individual start
	GateStep       // out of step 1, and so on
)

const paceMonths = 6

// noticeable is the growth in people a month from which it is said to be narrow before a gate.
const noticeable = 0.5

func paceOf(months []Month) Pace {
	if len(months) < 2 {
		return Pace{}
	}
	now := months[len(months)-1]
	whole := months[:len(months)-1]
	n := min(paceMonths, len(whole))
	steps := len(now.Steps)
	p := Pace{Months: n, MovedOn: make([]float64, steps), StepGrowth: make([]float64, steps)}
	for _, m := range whole[len(whole)-n:] {
		p.add(m, 1/float64(n))
	}
	before := Month{Steps: make([]int, steps)}
	if len(whole) > n {
		before = whole[len(whole)-n-1]
	}
	p.growth(before, whole[len(whole)-1], float64(n))
	if p.Began > 0 {
		p.MonthsToMeet = int(math.Ceil(float64(now.InLine()) / p.Began))
	}
	p.Tight = p.tight()
	return p
}

func (p *Pace) add(m Month, share float64) {
	part := func(to *float64, n int) { *to += share * float64(n) }
	part(&p.Arrived, m.Arrived)
	part(&p.Called, m.Called)
	part(&p.Began, m.Began)
	part(&p.Gone, m.Gone)
	part(&p.Work, m.Work)
	part(&p.Studies, m.Studies)
	part(&p.Other, m.Other)
	part(&p.Back, m.Back)
	for i, n := range m.MovedOn {
		part(&p.MovedOn[i], n)
	}
}

func (p *Pace) growth(from, to Month, months float64) {
	per := func(a, b int) float64 { return float64(b-a) / months }
	p.WaitingGrowth, p.OnWayGrowth = per(from.Waiting, to.Waiting), per(from.OnWay, to.OnWay)
	p.QueueGrowth = per(from.InLine(), to.InLine())
	for i := range p.StepGrowth {
		p.StepGrowth[i] = per(from.Steps[i], to.Steps[i])
	}
}

// tight is the gate before which most people gather.
func (p Pace) tight() Gate {
	g, most := NoGate, noticeable
	try := func(gate Gate, growth float64) {
		if growth >= most {
			g, most = gate, growth
		}
	}
	for i := range p.StepGrowth {
		try(GateStep+Gate(i), p.StepGrowth[i])
	}
	try(GateBegin, p.OnWayGrowth)
	try(GateCall, p.WaitingGrowth)
	return g
}

// trimmed leaves out the months before anything happened.
func trimmed(months []Month) []Month {
	for i, m := range months {
		if m.Arrived+m.Began+m.Left()+m.Gone+m.InLine()+m.Inside() > 0 {
			return months[i:]
		}
	}
	return nil
}

// yearOf sums the flows since a day.
func yearOf(months []Month, since clock.Date) Month {
	if len(months) == 0 {
		return Month{Population: -1}
	}
	y := months[len(months)-1]
	y.Month, y.MovedOn = since, nil
	y.Arrived, y.Outreach, y.Called, y.Began, y.Gone, y.Work, y.Studies, y.Other, y.Back = 0, 0, 0, 0, 0, 0, 0, 0, 0
	for _, m := range months {
		if m.Month < since {
			continue
		}
		y.Arrived, y.Outreach, y.Called, y.Began, y.Gone = y.Arrived+m.Arrived, y.Outreach+m.Outreach, y.Called+m.Called, y.Began+m.Began, y.Gone+m.Gone
		y.Work, y.Studies, y.Other, y.Back = y.Work+m.Work, y.Studies+m.Studies, y.Other+m.Other, y.Back+m.Back
	}
	return y
}
