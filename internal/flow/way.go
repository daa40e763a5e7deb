// Package flow is the counts over time: how many wait, are in each step and leave, per gateway, made from the thread's
// events alone. Closed days are summed in tables; everything can be made from nothing.
package flow

import (
	"slices"
	"strconv"

	"sluss/internal/clock"
	"sluss/internal/plan"
	"sluss/internal/thread"
)

// Stock is where people are, as stored; "" is outside the gateway.
type Stock string

// The stocks, in the order of the way. A step's is made by Step.
const (
	Outside Stock = ""
	Waiting Stock = "waiting" // in the queue
	Called  Stock = "called"  // on a start list
	Present Stock = "present" // was at the group start and has no individual start booked
	Booked  Stock = "booked"  // the individual start is booked
	Paused  Stock = "paused"  // keeps the place
)

// Step is the stock of those in a step, 1 the first.
func Step(n int) Stock { return Stock("step" + strconv.Itoa(n)) }

// step is the number of a step's stock, 0 for the others.
func (s Stock) step() int {
	if len(s) < 5 || s[:4] != "step" {
		return 0
	}
	n, _ := strconv.Atoi(string(s[4:]))
	return n
}

// InLine tells whether those in the stock wait for their individual start.
func (s Stock) InLine() bool { return s == Waiting || s == Called || s == Present || s == Booked }

// Inside tells whether those in the stock are participants.
func (s Stock) Inside() bool { return s == Paused || s.step() > 0 }

// What happened in a change, as stored. A change that is none of these only moves somebody between stocks.
const (
	arrived  = "arrived" // came into the queue; the code is that of the referral
	cameBack = "back"    // arrived within 12 months of an exit; the code is the reason of that exit
	called   = "called"  // was called to a group start
	began    = "began"   // had the individual start; stored with the day of arrival
	moved    = "moved"   // came into a step from another; the code is the step
	left     = "left"    // left as a participant; the code is the reason
	gone     = "gone"    // left the line before the individual start; the code tells how
	stock    = "stock"   // the change of a stock in a day; the code is the stock
)

// Event is what the counting needs of an event on the thread.
type Event struct {
	ID   thread.ID
	On   clock.Date
	Kind thread.Kind
	Code string
	Ref  int64
}

// Change is one move of one person on a day.
type Change struct {
	On       clock.Date
	From, To Stock
	What     string     // one of the words above, or ""
	Code     string     // see there
	Arrived  clock.Date // when this way began
	Back     string     // of an arrival within 12 months of an exit: that exit's reason
}

// Follow gives the moves of one person at one gateway from all their events there. The order of a way is day, then the
// order of writing. An exit that was taken back never happened. An event that does not fit where the person stands
// changes nothing.
func Follow(events []Event) []Change {
	list := standing(events)
	slices.SortStableFunc(list, func(a, b Event) int {
		if a.On != b.On {
			return order(a.On < b.On)
		}
		return order(a.ID < b.ID)
	})
	w := walk{}
	for _, e := range list {
		w.take(e)
	}
	return w.list
}

func order(before bool) int {
	if before {
		return -1
	}
	return 1
}

// standing leaves out each exit that was taken back, paired in the order of writing.
func standing(events []Event) []Event {
	written := slices.Clone(events)
	slices.SortFunc(written, func(a, b Event) int { return order(a.ID < b.ID) })
	drop := map[thread.ID]bool{}
	for i, e := range written {
		if e.Kind != thread.ExitUndone {
			continue
		}
		for k := i - 1; k >= 0; k-- {
			if x := written[k]; x.Kind == thread.Left && x.Ref == e.Ref && !drop[x.ID] {
				drop[x.ID] = true
				break
			}
		}
	}
	return slices.DeleteFunc(written, func(e Event) bool { return drop[e.ID] })
}

// walk is a person on the way.
type walk struct {
	at, held Stock // held is the step a pause keeps
	arrived  clock.Date
	leftOn   clock.Date // the latest exit as a participant
	reason   string     // of that exit
	list     []Change
}

func (w *walk) move(e Event, to Stock, what, code string) {
	w.list = append(w.list, Change{On: e.On, From: w.at, To: to, What: what, Code: code, Arrived: w.arrived})
	w.at = to
}

func (w *walk) take(e Event) {
	switch {
	case e.Kind == thread.Referred:
		w.arrive(e, e.Code)
	case e.Kind == thread.Begun:
		w.begin(e)
	case w.at.InLine():
		w.line(e)
	case w.at.Inside():
		w.inside(e)
	}
}

func (w *walk) arrive(e Event, code string) {
	if w.at != Outside {
		return
	}
	w.arrived = e.On
	w.move(e, Waiting, arrived, code)
	if w.leftOn != "" && e.On < w.leftOn.AddMonths(plan.BackWithin) {
		w.list[len(w.list)-1].Back = w.reason
	}
}

// begin makes a participant, also of one who came without a referral.
func (w *walk) begin(e Event) {
	if w.at.Inside() {
		return
	}
	w.arrive(e, "unknown")
	w.move(e, Step(1), began, "")
}

// line moves somebody in the line. Who says no to a group start waits again, until the answer is another one.
func (w *walk) line(e Event) {
	switch e.Kind {
	case thread.Called:
		what := called
		if e.Code == thread.Undone {
			what = "" // struck by mistake: the call was counted when it was made
		}
		w.from(e, what, Called, Waiting)
	case thread.Answered:
		if e.Code == "no" {
			w.from(e, "", Waiting, Called)
		} else {
			w.from(e, "", Called, Waiting)
		}
	case thread.CallMoved:
		w.from(e, "", Called, Waiting)
	case thread.Uncalled:
		w.from(e, "", Waiting, Called, Present)
	case thread.Present:
		w.from(e, "", Present, Waiting, Called)
	case thread.Absent:
		w.from(e, "", Called, Present)
	case thread.Booked:
		w.from(e, "", Booked, Waiting, Called, Present)
	case thread.Withdrawn, thread.Redirected, thread.Left:
		w.move(e, Outside, gone, string(e.Kind))
	}
}

// from moves somebody who stands in one of the stocks.
func (w *walk) from(e Event, what string, to Stock, one ...Stock) {
	if slices.Contains(one, w.at) {
		w.move(e, to, what, "")
	}
}

func (w *walk) inside(e Event) {
	switch e.Kind {
	case thread.StepMoved:
		w.step(e)
	case thread.Paused:
		if w.at != Paused {
			w.held = w.at
			w.move(e, Paused, "", "")
		}
	case thread.Resumed, thread.ExitUndone: // an exit taken back ends a pause too
		if w.at == Paused {
			w.move(e, w.held, "", "")
		}
	case thread.Left:
		w.leftOn, w.reason = e.On, e.Code
		w.move(e, Outside, left, e.Code)
	}
}

func (w *walk) step(e Event) {
	n, err := strconv.Atoi(e.Code)
	if err != nil || n < 1 || n > 9 {
		return
	}
	if w.at == Paused {
		w.held = Step(n)
		return
	}
	if w.at != Step(n) {
		w.move(e, Step(n), moved, e.Code)
	}
}
