package intake

import (
	"context"

	"sluss/internal/access"
	"sluss/internal/id"
	"sluss/internal/org"
	"sluss/internal/person"
	"sluss/internal/referral"
	"sluss/internal/store"
)

// Desired is what the page for booking an individual start shows.
type Desired struct {
	Person     person.Person
	Referral   referral.Referral
	Enrolment  Enrolment // the one to rebook; its id is 0 when there is none
	Start      Start     // the group start the person was at; its id is 0 without one
	Candidates []Candidate
	Slots      []Slot // of the chosen coach
	Coach      id.Post
	Rooms      []org.Room
}

// BookingCategories is what booking an individual start tells and changes.
const BookingCategories = access.Identity | access.Contact | access.Collaboration | access.Plan | access.Thread

// Booking reads what the page for an individual start needs. coach is the one whose free times are wanted; 0 is the one
// suggested.
func (d *Desk) Booking(ctx context.Context, actor *access.Actor, who id.Person, coach id.Post) (x Desired, err error) {
	err = d.Store.Read(ctx, func(tx *store.Tx) error {
		a, err := access.Open(ctx, tx, actor, who, BookingCategories, access.Read, access.ForStart)
		if err != nil {
			return err
		}
		if x.Person, err = person.Get(ctx, tx, actor, a); err != nil {
			return err
		}
		if x.Referral, _, err = referral.Newest(ctx, tx, actor, a); err != nil {
			return err
		}
		e, ok, err := Current(ctx, tx, actor, a)
		if err != nil {
			return err
		}
		if ok && e.Referral == int64(x.Referral.ID) {
			x.Enrolment, coach = e, e.Coach
		}
		return around(ctx, tx, actor, a, &x, coach)
	})
	return x, err
}

func around(ctx context.Context, tx *store.Tx, actor *access.Actor, a access.Access, x *Desired, coach id.Post) error {
	s, err := startWas(ctx, tx, actor, x.Referral)
	if err != nil {
		return err
	}
	if s != 0 {
		if x.Start, err = GetStart(ctx, tx, actor, StartID(s)); err != nil {
			return err
		}
	}
	if x.Candidates, err = Candidates(ctx, tx, actor, a, x.Person.Language, x.Start.Leaders); err != nil {
		return err
	}
	if coach == 0 && len(x.Candidates) > 0 {
		coach = x.Candidates[0].ID
	}
	x.Coach = coach
	if x.Slots, err = Slots(ctx, tx, actor, coach, 6); err != nil {
		return err
	}
	x.Rooms, err = org.Rooms(ctx, tx, actor.Area(), actor.Unit(), actor.Now())
	return err
}

// FirstSteps gives what was written when the individual start was booked: why without the group start, and what happens
// first.
func FirstSteps(ctx context.Context, tx *store.Tx, actor *access.Actor, a access.Access, e EnrolmentID) (alone, steps string, err error) {
	var sealed []byte
	err = tx.One(ctx, store.Q(`SELECT sealed FROM enrolment WHERE area_id = $1 AND enrolment_id = $2 AND person_id = $3`), []any{actor.Area(), e, a.Person()}, &sealed)
	if err != nil {
		return "", "", err
	}
	f, err := a.Key(access.Plan).Open(enrolmentPlace(e), 2, sealed)
	if err != nil {
		return "", "", err
	}
	return f[0], f[1], nil
}
