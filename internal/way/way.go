// Package way is a person's own way as they themselves may see it: a projection of its own, in which each field stands because
// it has been decided that the person may see it. What is not in it is hidden; way_test.go names the ground for every field of
// the records it is made from, and fails for one that nobody has decided about.
package way

import (
	"cmp"
	"context"
	"slices"

	"sluss/internal/access"
	"sluss/internal/clock"
	"sluss/internal/contact"
	"sluss/internal/i18n"
	"sluss/internal/id"
	"sluss/internal/intake"
	"sluss/internal/org"
	"sluss/internal/place"
	"sluss/internal/plan"
	"sluss/internal/proposal"
	"sluss/internal/referral"
	"sluss/internal/store"
)

// Need is what a way is made from.
const Need = access.Contact | access.Plan | access.Thread | place.Need

// State is where the person is on the way.
type State string

// The states, in the order of the way.
const (
	Nowhere State = "nowhere" // with nobody
	Waiting State = "waiting" // in the queue
	Called  State = "called"  // to a group start
	Between State = "between" // was there; the individual start is not booked yet
	Booked  State = "booked"  // the individual start is booked
	Active  State = "active"
	Paused  State = "paused"
	Left    State = "left"
)

// Way is a person's own way.
type Way struct {
	State   State
	Since   clock.Date // in the queue; "" in any other state
	Roughly clock.Date // the group start that the queue is likely to reach; "" when none is planned that does
	Meets   []Meeting  // what the person has been called to and has agreed on, the nearest first
	Goals   []Goal
	Tasks   []Task
	Shared  []Measure  // under way, written by other agencies for the person to read
	Places  []Place    // in activities, and those offered, the newest first
	Steps   []org.Step // in the unit's own words
	Here    int        // the step, from 1
	Asked   int        // the step that the person is asked about, 0 for none
	Version int        // of the plan
	Promise string     // in the unit's own words, "" for the product's
}

// Goal is what the person wants, in their own words.
type Goal struct {
	ID      plan.GoalID
	Words   string
	Lang    string
	Other   string // the same in the person's language, when the words are in Swedish
	To      string // that language
	Own     bool   // the words were written by the person alone
	SaidOn  clock.Date
	Version int
}

// Task is something to do, and who does it.
type Task struct {
	ID      plan.TaskID
	Words   string
	Other   string // the same in the person's language
	Who     plan.Who
	Version int
}

// Measure is something that another agency does for a goal of the person, written for them to read.
type Measure struct {
	ID      plan.MeasureID
	Agency  id.Agency
	Unit    id.Unit
	What    string
	Why     string
	Next    string
	Goal    *Goal // nil for none
	From    clock.Date
	To      clock.Date // "" when it is not decided
	YesOn   clock.Date // the person's own yes, "" without
	Unclear bool       // the person does not see the thread
	Version int
}

// Kind is what one comes to.
type Kind string

// The kinds.
const (
	GroupStart Kind = "start"
	OwnStart   Kind = "own"
	Talk       Kind = "talk"
)

// Meeting is something in the calendar of the person.
type Meeting struct {
	Kind Kind
	On   clock.Date
	At   clock.LocalTime
	How  string  // one of contact.Hows
	Room int64   // 0 for none
	Who  id.Post // whom the person meets, 0 for a group start
	Key  string  // as something to propose another time for; "" for a group start
}

// Of reads the way of the person of the access, who acts for themselves. It needs access to Need.
func Of(ctx context.Context, tx *store.Tx, actor *access.Actor, a access.Access) (w Way, err error) {
	a.Must(Need)
	w.State = Nowhere
	if actor.Unit() == 0 {
		return w, nil
	}
	p, err := plan.Get(ctx, tx, actor, a)
	if err != nil {
		return w, err
	}
	w.take(p)
	if err := w.activities(ctx, tx, actor, a, p); err != nil {
		return w, err
	}
	if p.Enrolment.ID == 0 || p.Enrolment.State == intake.Left {
		if err := w.queue(ctx, tx, actor, a); err != nil {
			return w, err
		}
	}
	return w, w.calendar(ctx, tx, actor, a, p.Enrolment)
}

// take keeps what the person may see of the plan.
func (w *Way) take(p plan.Plan) {
	switch p.Enrolment.State {
	case intake.Booked, intake.Active, intake.Paused, intake.Left:
		w.State = State(p.Enrolment.State)
	}
	w.Steps, w.Here, w.Asked, w.Version, w.Promise = p.Steps, p.Here(), p.Asked, p.Version, p.Promise
	for _, g := range p.OpenGoals() {
		w.Goals = append(w.Goals, goal(g))
	}
	for _, m := range p.Running() {
		if m.Told {
			w.Shared = append(w.Shared, w.measure(m))
		}
	}
	for _, t := range p.OpenTasks() {
		w.Tasks = append(w.Tasks, Task{t.ID, t.Words, t.Other, t.Who, t.Version})
	}
}

// goal is a goal as the person sees it: a translation that was made for staff is not in it.
func goal(g plan.Goal) Goal {
	x := Goal{g.ID, g.Words, g.Lang, "", "", g.YesHow == plan.ByOwn, g.SaidOn, g.Version}
	if g.To != "sv" {
		x.Other, x.To = g.Translation, g.To
	}
	return x
}

// For is the goal for who reads a language: translated into it where it is, else the words; and the language of what is given.
func (g Goal) For(l *i18n.Lang) (string, *i18n.Lang) {
	if g.To == l.Spoken() {
		return g.Other, i18n.Tongue(g.To)
	}
	return g.Words, i18n.Tongue(g.Lang)
}

func (w *Way) measure(m plan.Measure) Measure {
	x := Measure{m.ID, m.Agency, m.Unit, m.What, m.WhyNow, m.WhatNext, nil, m.From, m.To, m.YesOn, m.UnclearOn != "", m.Version}
	if g, ok := w.Goal(m.Goal); ok {
		x.Goal = &g
	}
	return x
}

// Planned tells whether there is a plan, or may be one: the individual start is booked and the person has not left.
func (w Way) Planned() bool { return w.State == Booked || w.State == Active || w.State == Paused }

// Todo is the first thing for the person to do, alone or together with staff; ok is false for none.
func (w Way) Todo() (t Task, ok bool) {
	for _, who := range []plan.Who{plan.Self, plan.Together} {
		if i := slices.IndexFunc(w.Tasks, func(t Task) bool { return t.Who == who }); i >= 0 {
			return w.Tasks[i], true
		}
	}
	return t, false
}

// Goal gives one of the goals; ok is false for any other.
func (w Way) Goal(g plan.GoalID) (Goal, bool) {
	i := slices.IndexFunc(w.Goals, func(x Goal) bool { return x.ID == g })
	if i < 0 {
		return Goal{}, false
	}
	return w.Goals[i], true
}

// stands is how many minutes a meeting stands as the next after it has begun: who is late looks for the way.
const stands = 60

// calendar finds what the person has been called to and has agreed on, from today on.
func (w *Way) calendar(ctx context.Context, tx *store.Tx, actor *access.Actor, a access.Access, e intake.Enrolment) error {
	if e.State == intake.Booked && e.MeetsOn >= actor.Today() {
		w.Meets = append(w.Meets, Meeting{OwnStart, e.MeetsOn, e.MeetsAt, "here", e.Room, e.Coach, proposal.KeyOf(proposal.Start, int64(e.ID))})
	}
	ahead, err := contact.Ahead(ctx, tx, actor, a)
	if err != nil {
		return err
	}
	for _, m := range ahead {
		w.Meets = append(w.Meets, Meeting{Talk, m.On, m.At, m.How, m.Room, m.Post, proposal.KeyOf(proposal.Meeting, int64(m.ID))})
	}
	starts, err := intake.CalledTo(ctx, tx, actor, a)
	if err != nil {
		return err
	}
	for _, s := range starts {
		if s.On >= actor.Today() {
			w.Meets = append(w.Meets, Meeting{GroupStart, s.On, s.At, "here", s.Room, 0, ""})
		}
	}
	w.Meets = slices.DeleteFunc(w.Meets, func(m Meeting) bool {
		return m.On == actor.Today() && m.At.Minutes()+stands <= actor.Now().LocalTime().Minutes()
	})
	slices.SortStableFunc(w.Meets, func(x, y Meeting) int { return cmp.Or(cmp.Compare(x.On, y.On), cmp.Compare(x.At, y.At)) })
	return nil
}

// Next is the meeting that comes first, nil for none.
func (w Way) Next() *Meeting {
	if len(w.Meets) == 0 {
		return nil
	}
	return &w.Meets[0]
}

// queue tells how long the person has waited and when it is likely to be their turn.
func (w *Way) queue(ctx context.Context, tx *store.Tx, actor *access.Actor, a access.Access) error {
	q, err := referral.Place(ctx, tx, actor, a)
	if err != nil {
		return err
	}
	switch q.State {
	case referral.Called:
		w.State = Called
	case referral.Present:
		w.State = Between
	case referral.Waiting:
		w.State, w.Since = Waiting, q.Since
		w.Roughly, err = intake.Turn(ctx, tx, actor, q.Ahead)
	}
	return err
}
