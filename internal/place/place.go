// Package place is a person's place in an activity: what they would like, what is offered, which goal it serves, and when
// they step in and out. Nobody loses a place by being away: a place ends only when somebody steps out or leaves the unit.
package place

import (
	"strings"

	"sluss/internal/access"
	"sluss/internal/activity"
	"sluss/internal/clock"
	"sluss/internal/fault"
	"sluss/internal/id"
	"sluss/internal/intake"
	"sluss/internal/plan"
	"sluss/internal/schedule"
	"sluss/internal/store"
	"sluss/internal/vault"
)

type (
	placeTag  struct{}
	extentTag struct{}
)

// ID is the id of a place.
type ID = id.Of[placeTag]

// Desk is where places are kept.
type Desk struct{ Store *store.Store }

// Need is what an access must cover for a person's places to be read or changed: what they take part in, and the plan,
// since a place serves a goal.
const Need = access.Activities | plan.Need

// State is where a place stands.
type State string

// The states. A place that somebody has stepped out of is still Held, with the day it was left.
const (
	Wished    State = "wished"
	Offered   State = "offered"
	Held      State = "held"
	Withdrawn State = "withdrawn" // the person no longer wants it
)

// late is how many days back a place may be written down as begun.
const late = 62

// Place is one person's place in an activity, or their wish for one.
type Place struct {
	ID        ID
	Person    id.Person
	Activity  activity.ID
	Run       schedule.RunID // 0 of a wish
	Goal      plan.GoalID    // 0 for none: the place is loose
	State     State
	WishedOn  clock.Date
	From, To  clock.Date         // the first day, and the first day without it; "" when not said
	EndedWith intake.EnrolmentID // the time at the unit that ended and took the place with it; 0 of one that did not
	AnswerBy  clock.Date         // the last day to answer an offer, "" of what is not offered
	AskedAt   clock.Instant      // when it was last offered, 0 for never
	MovedAt   clock.Instant      // when the wish was moved before the others, 0 of one that stands by its date
	MovedBy   id.Post
	OwnOn     clock.Date // when the person wished for it on their own page, until somebody has talked with them about it; "" else
	UnclearOn clock.Date // since when the person does not see the thread, "" when they do
	Version   int
	freedAt   clock.Instant // when the place that was last offered became free
	words
}

// words are what is sealed: because and leaving are the person's own; moved is why the wish was moved before the others.
type words struct{ Because, Why, Next, Leaving, Moved string }

const wordFields = 5

func (w words) list() []string { return []string{w.Because, w.Why, w.Next, w.Leaving, w.Moved} }

// Over tells whether the person has stepped out by the day, or took the wish back.
func (p Place) Over(day clock.Date) bool {
	return p.State == Withdrawn || p.State == Held && p.To != "" && p.To <= day
}

// Loose tells whether a place serves no goal that is alive or reached. It is a mark on the place.
func (p Place) Loose(x plan.Plan) bool {
	g := x.Goal(p.Goal)
	return g == nil || g.State == plan.Dropped
}

// Thread is which goal a place serves, why now, and what it is to lead to next.
type Thread struct {
	Goal      plan.GoalID
	Why, Next string
}

func (t *Thread) check(form *fault.Form, x plan.Plan) {
	t.Why, t.Next = strings.TrimSpace(t.Why), strings.TrimSpace(t.Next)
	if t.Goal == 0 {
		return
	}
	if x.Goal(t.Goal) == nil {
		form.Add("goal", "form.choose")
	}
	if t.Why == "" {
		form.Add("why", "place.why.needed")
	}
	if t.Next == "" {
		form.Add("next", "place.next.needed")
	}
}

// Offer is a place in a run from a day.
type Offer struct {
	Run  schedule.RunID
	From clock.Date
	Past string // why the person comes before others whose turn it is; "" when nobody is passed by
	Both bool   // it has been agreed how it goes together with what the person has at the same time
	Thread
}

// check tells whether the place can begin that day: in a rolling run on any day of it, in a common one on its first.
func (o Offer) check(form *fault.Form, r schedule.Run, today clock.Date) {
	switch {
	case o.From == "":
		form.Add("from", "place.from.needed")
	case o.From < r.From || o.From >= r.To || o.From < today.Add(-late):
		form.Add("from", "place.from.outside", max(r.From, today.Add(-late)), r.To.Add(-1))
	case r.Entry == schedule.Common && o.From != r.From:
		form.Add("from", "place.from.common", r.From)
	}
}

// checkOut tells whether the person can step out that day.
func (p Place) checkOut(on clock.Date) error {
	var form fault.Form
	switch {
	case on == "":
		form.Add("on", "place.out.needed")
	case on < p.From:
		form.Add("on", "place.out.early", p.From)
	}
	return form.Err()
}

func placeOf(k ID) vault.Place { return vault.Place{Table: "place", Column: "sealed", Row: int64(k)} }
