package plan

import (
	"context"

	"sluss/internal/access"
	"sluss/internal/clock"
	"sluss/internal/intake"
	"sluss/internal/referral"
	"sluss/internal/store"
	"sluss/internal/thread"
)

// Round is what the unit did in an earlier time with a person, from one referral to the next. It tells of what was offered
// and how that went, never of how the person was.
type Round struct {
	Referral  referral.ID
	From      clock.Date // when the referral came
	State     referral.State
	StateOn   clock.Date
	Calls     []clock.Date     // the group starts that were offered
	Enrolment intake.Enrolment // its id is 0 when no individual start was booked
	Coaches   int              // how many the person has been given as coach, one after the other
	Exit      string           // the code of thread.Left, "" when nobody left
	Goals     []Goal
	Measures  []Measure  // in the order they began
	BackOn    clock.Date // when the person came back after it
}

// BackWithin is within how many months of leaving somebody counts as back.
const BackWithin = 12

// Back tells whether the person left from this time and came back from it soon. It is a mark on what was done in it.
func (r Round) Back() bool {
	return r.Enrolment.LeftOn != "" && r.BackOn < r.Enrolment.LeftOn.AddMonths(BackWithin)
}

// Untried are the goals that no measure was for.
func (r Round) Untried() []Goal {
	var list []Goal
	for _, g := range r.Goals {
		if !r.tried(g.ID) {
			list = append(list, g)
		}
	}
	return list
}

func (r Round) tried(g GoalID) bool {
	for _, m := range r.Measures {
		if m.Goal == g {
			return true
		}
	}
	return false
}

// Goal gives the goal, nil when the round has none such.
func (r Round) Goal(g GoalID) *Goal { return Plan{Goals: r.Goals}.Goal(g) }

// Rounds gives the person's rounds at the actor's unit before the referral, newest first. It needs access to Need.
func Rounds(ctx context.Context, tx *store.Tx, actor *access.Actor, a access.Access, before referral.ID) ([]Round, error) {
	a.Must(Need)
	rounds, err := store.All(ctx, tx, store.Q(`SELECT r.referral_id, r.received_on, r.state, r.state_on,
	  (SELECT min(x.received_on) FROM referral x WHERE x.area_id = r.area_id AND x.person_id = r.person_id AND x.unit_id = r.unit_id AND x.referral_id > r.referral_id) FROM referral r
	 WHERE r.area_id = $1 AND r.person_id = $2 AND r.unit_id = $3 AND r.referral_id < $4 ORDER BY r.referral_id DESC`),
		[]any{actor.Area(), a.Person(), actor.Unit(), before}, func(rows *store.Cursor) (r Round, err error) {
			err = rows.Scan(&r.Referral, &r.From, &r.State, &r.StateOn, &r.BackOn)
			return r, err
		})
	if err != nil || len(rounds) == 0 {
		return nil, err
	}
	events, err := thread.Of(ctx, tx, actor, a)
	if err != nil {
		return nil, err
	}
	for i := range rounds {
		if err := rounds[i].read(ctx, tx, actor, a, events); err != nil {
			return nil, err
		}
	}
	return rounds, nil
}

func (r *Round) read(ctx context.Context, tx *store.Tx, actor *access.Actor, a access.Access, events []thread.Event) (err error) {
	r.Calls, err = intake.CallsOf(ctx, tx, actor, a, r.Referral)
	if err != nil {
		return err
	}
	var ok bool
	if r.Enrolment, ok, err = intake.OfReferral(ctx, tx, actor, a, r.Referral); err != nil || !ok {
		return err
	}
	for _, e := range events {
		switch {
		case e.Kind == thread.CoachNamed && e.Ref == int64(r.Enrolment.ID):
			r.Coaches++
		case e.Kind == thread.Left && r.Enrolment.State == intake.Left && e.On == r.Enrolment.LeftOn:
			r.Exit = e.Code
		}
	}
	return r.written(ctx, tx, actor, a)
}

// written reads the goals and the measures of the round's plan.
func (r *Round) written(ctx context.Context, tx *store.Tx, actor *access.Actor, a access.Access) error {
	var p ID
	err := tx.One(ctx, store.Q(`SELECT plan_id FROM plan WHERE area_id = $1 AND enrolment_id = $2 AND person_id = $3`),
		[]any{actor.Area(), r.Enrolment.ID, a.Person()}, &p)
	if store.None(err) {
		return nil
	}
	if err != nil {
		return err
	}
	key := a.Key(access.Plan)
	if r.Goals, err = goals(ctx, tx, actor, p, key); err != nil {
		return err
	}
	list, err := measures(ctx, tx, actor, p, key)
	for i := len(list) - 1; i >= 0; i-- {
		r.Measures = append(r.Measures, list[i])
	}
	return err
}
