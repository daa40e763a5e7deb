package intake

import (
	"context"
	"strings"

	"sluss/internal/access"
	"sluss/internal/clock"
	"sluss/internal/fault"
	"sluss/internal/id"
	"sluss/internal/newcoach"
	"sluss/internal/referral"
	"sluss/internal/store"
	"sluss/internal/thread"
	"sluss/internal/vault"
)

// Booking is what is decided when an individual start is booked.
type Booking struct {
	On         clock.Date
	At         clock.LocalTime
	Room       int64
	Coach      id.Post
	Start      int64  // the group start the person was at, 0 without one
	WhyAlone   string // why without the group start
	FirstSteps string // in words: what happens first
	Both       bool   // it is agreed, whatever else the person has at the time
}

func enrolmentPlace(e EnrolmentID) vault.Place {
	return vault.Place{Table: "enrolment", Column: "sealed", Row: int64(e)}
}

func (b Booking) check(today clock.Date) error {
	var form fault.Form
	if b.On == "" {
		form.Add("on", "intake.on.needed")
	} else if b.On < today {
		form.Add("on", "intake.on.past")
	}
	if b.At == "" {
		form.Add("at", "intake.at.needed")
	}
	if b.Coach == 0 {
		form.Add("coach", "intake.coach.needed")
	}
	if b.Start == 0 && strings.TrimSpace(b.WhyAlone) == "" {
		form.Add("alone", "intake.alone.needed")
	}
	return form.Err()
}

// Enrol books the individual start of a referral: the person gets a coach and an enrolment. A conflict when there is one
// already.
func Enrol(ctx context.Context, tx *store.Tx, actor *access.Actor, a access.Access, r referral.ID, b Booking) (EnrolmentID, error) {
	if err := b.check(actor.Today()); err != nil {
		return 0, err
	}
	if err := mayCoach(ctx, tx, actor, a.Person(), b.Coach); err != nil {
		return 0, err
	}
	e := Enrolment{ID: id.New[enrolmentTag](actor.Now()), Person: a.Person(), Unit: actor.Unit()}
	sealed := a.Key(access.Plan).Seal(enrolmentPlace(e.ID), b.WhyAlone, b.FirstSteps)
	_, err := tx.Exec(ctx, store.Q(`INSERT INTO enrolment (area_id, enrolment_id, person_id, unit_id, referral_id, start_id, sealed, state, state_on,
	 meets_on, meets_at, room_id, coach_id, began_on, left_on, version)
	 VALUES ($1, $2, $3, $4, $5, $6, $7, 'booked', $8, $9, $10, $11, $12, '', '', 1)`),
		actor.Area(), e.ID, e.Person, e.Unit, r, b.Start, sealed, string(actor.Today()), string(b.On), string(b.At), b.Room, b.Coach)
	if store.IsUnique(err) {
		return 0, fault.New(fault.Conflict, "intake.booked.already")
	}
	if err != nil {
		return 0, err
	}
	if err := referral.Start(ctx, tx, actor, a, r); err != nil {
		return 0, err
	}
	if err := assign(ctx, tx, actor, e.Person, b.Coach); err != nil {
		return 0, err
	}
	code := "group"
	if b.Start == 0 {
		code = "alone"
	}
	if err := e.event(ctx, tx, actor, thread.Booked, code, actor.Today()); err != nil {
		return 0, err
	}
	return e.ID, e.event(ctx, tx, actor, thread.CoachNamed, "", actor.Today())
}

// assign makes a post the person's coach, and answers whoever would like another.
func assign(ctx context.Context, tx *store.Tx, actor *access.Actor, who id.Person, coach id.Post) error {
	if err := access.Assign(ctx, tx, actor.Area(), who, coach, actor.Today(), actor.Now()); err != nil {
		return err
	}
	return newcoach.Gave(ctx, tx, actor, who, coach)
}

// Hold marks the individual start as held on a day: the person is a participant.
func Hold(ctx context.Context, tx *store.Tx, actor *access.Actor, a access.Access, e Enrolment, on clock.Date) error {
	a.Must(access.Thread)
	n, err := tx.Exec(ctx, store.Q(`UPDATE enrolment SET state = 'active', state_on = $4, began_on = $4, version = version + 1
	 WHERE area_id = $1 AND enrolment_id = $2 AND version = $3 AND state = 'booked'`), actor.Area(), e.ID, e.Version, string(on))
	if err == nil && n == 0 {
		return fault.Stale
	}
	if err != nil {
		return err
	}
	return e.event(ctx, tx, actor, thread.Begun, "", on)
}
