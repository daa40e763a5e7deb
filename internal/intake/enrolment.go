// Package intake is the way in: group starts, start lists, invitations and answers, and the individual start that makes
// somebody a participant.
package intake

import (
	"context"

	"sluss/internal/access"
	"sluss/internal/clock"
	"sluss/internal/fault"
	"sluss/internal/id"
	"sluss/internal/referral"
	"sluss/internal/store"
	"sluss/internal/thread"
)

type enrolmentTag struct{}

// EnrolmentID is the id of an enrolment.
type EnrolmentID = id.Of[enrolmentTag]

// State is where an enrolment stands.
type State string

// The states of an enrolment: the individual start is booked; held, so that the person is a participant; paused, which
// never loses the place; left.
const (
	Booked State = "booked"
	Active State = "active"
	Paused State = "paused"
	Left   State = "left"
)

// Enrolment is one person's time at a gateway, from the individual start to the exit.
type Enrolment struct {
	ID       EnrolmentID
	Person   id.Person
	Unit     id.Unit
	Referral int64
	Start    int64 // the group start, 0 without one
	State    State
	StateOn  clock.Date
	MeetsOn  clock.Date // the individual start
	MeetsAt  clock.LocalTime
	Room     int64
	Coach    id.Post
	BeganOn  clock.Date
	LeftOn   clock.Date
	Version  int
}

const enrolmentColumns = `e.enrolment_id, e.person_id, e.unit_id, e.referral_id, e.start_id, e.state, e.state_on, e.meets_on, e.meets_at,
 e.room_id, e.coach_id, e.began_on, e.left_on, e.version`

func (e *Enrolment) dest() []any {
	return []any{&e.ID, &e.Person, &e.Unit, &e.Referral, &e.Start, &e.State, &e.StateOn, &e.MeetsOn, &e.MeetsAt, &e.Room, &e.Coach, &e.BeganOn, &e.LeftOn, &e.Version}
}

// Current gives the person's newest enrolment at the actor's unit; ok is false when there is none. It needs access to
// the thread, since it tells where somebody stands.
func Current(ctx context.Context, tx *store.Tx, actor *access.Actor, a access.Access) (e Enrolment, ok bool, err error) {
	a.Must(access.Thread)
	err = tx.One(ctx, store.Q(`SELECT `+enrolmentColumns+` FROM enrolment e WHERE e.area_id = $1 AND e.person_id = $2 AND e.unit_id = $3
	 ORDER BY e.enrolment_id DESC LIMIT 1`), []any{actor.Area(), a.Person(), actor.Unit()}, e.dest()...)
	if store.None(err) {
		return e, false, nil
	}
	return e, err == nil, err
}

// OfReferral gives the enrolment that a referral led to; ok is false when there is none. It needs access to the thread.
func OfReferral(ctx context.Context, tx *store.Tx, actor *access.Actor, a access.Access, r referral.ID) (e Enrolment, ok bool, err error) {
	a.Must(access.Thread)
	err = tx.One(ctx, store.Q(`SELECT `+enrolmentColumns+` FROM enrolment e WHERE e.area_id = $1 AND e.referral_id = $2 AND e.person_id = $3 AND e.unit_id = $4`),
		[]any{actor.Area(), r, a.Person(), actor.Unit()}, e.dest()...)
	if store.None(err) {
		return e, false, nil
	}
	return e, err == nil, err
}

// CallsOf gives the days of the group starts that a referral has been called to, those moved or struck since not. It needs
// access to the thread.
func CallsOf(ctx context.Context, tx *store.Tx, actor *access.Actor, a access.Access, r referral.ID) ([]clock.Date, error) {
	a.Must(access.Thread)
	return store.All(ctx, tx, store.Q(`SELECT s.on_date FROM called c JOIN start s ON s.area_id = c.area_id AND s.start_id = c.start_id
	 WHERE c.area_id = $1 AND c.referral_id = $2 AND c.person_id = $3 AND s.unit_id = $4 AND c.moved_to = 0 ORDER BY s.on_date`),
		[]any{actor.Area(), r, a.Person(), actor.Unit()}, func(rows *store.Cursor) (d clock.Date, err error) {
			err = rows.Scan(&d)
			return d, err
		})
}

// Leave ends an enrolment in the transaction of an exit. Stale when it has already ended or changed.
func Leave(ctx context.Context, tx *store.Tx, actor *access.Actor, a access.Access, e Enrolment, on clock.Date) error {
	return setState(ctx, tx, actor, a, e, Left, on)
}

// Return takes an exit back: the enrolment is active again.
func Return(ctx context.Context, tx *store.Tx, actor *access.Actor, a access.Access, e Enrolment) error {
	return setState(ctx, tx, actor, a, e, Active, actor.Today())
}

// Pause rests an enrolment; the place is kept.
func Pause(ctx context.Context, tx *store.Tx, actor *access.Actor, a access.Access, e Enrolment) error {
	if err := setState(ctx, tx, actor, a, e, Paused, actor.Today()); err != nil {
		return err
	}
	return e.event(ctx, tx, actor, thread.Paused, "", actor.Today())
}

// Resume takes up an enrolment that was paused.
func Resume(ctx context.Context, tx *store.Tx, actor *access.Actor, a access.Access, e Enrolment) error {
	if err := setState(ctx, tx, actor, a, e, Active, actor.Today()); err != nil {
		return err
	}
	return e.event(ctx, tx, actor, thread.Resumed, "", actor.Today())
}

func setState(ctx context.Context, tx *store.Tx, actor *access.Actor, a access.Access, e Enrolment, s State, on clock.Date) error {
	a.Must(access.Thread)
	left := clock.Date("")
	if s == Left {
		left = on
	}
	n, err := tx.Exec(ctx, store.Q(`UPDATE enrolment SET state = $4, state_on = $5, left_on = $6, version = version + 1
	 WHERE area_id = $1 AND enrolment_id = $2 AND version = $3`), actor.Area(), e.ID, e.Version, string(s), string(on), string(left))
	if err == nil && n == 0 {
		return fault.Stale
	}
	return err
}

func (e Enrolment) event(ctx context.Context, tx *store.Tx, actor *access.Actor, k thread.Kind, code string, on clock.Date) error {
	return thread.Write(ctx, tx, actor.Area(), thread.Event{Person: e.Person, On: on, At: actor.Now(), Kind: k, Code: code, Unit: e.Unit, Post: actor.Post(), Ref: int64(e.ID)})
}
