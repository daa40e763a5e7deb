package intake

import (
	"context"
	"slices"

	"sluss/internal/access"
	"sluss/internal/calendar"
	"sluss/internal/clock"
	"sluss/internal/fault"
	"sluss/internal/id"
	"sluss/internal/org"
	"sluss/internal/referral"
	"sluss/internal/schedule"
	"sluss/internal/store"
	"sluss/internal/thread"
)

// Book books somebody's individual start. With the group start it was at, or without one and then with the reason.
func (d *Desk) Book(ctx context.Context, actor *access.Actor, who id.Person, b Booking) error {
	return d.Store.Write(ctx, func(tx *store.Tx) error {
		a, err := access.Open(ctx, tx, actor, who, access.Identity|access.Collaboration|access.Plan|access.Thread, access.Write, access.ForStart)
		if err != nil {
			return err
		}
		r, ok, err := referral.Newest(ctx, tx, actor, a)
		if err != nil {
			return err
		}
		if !ok {
			return fault.Missing
		}
		if err := coachHere(ctx, tx, actor, b.Coach); err != nil {
			return err
		}
		if b.Start, err = startWas(ctx, tx, actor, r); err != nil {
			return err
		}
		if err := free(ctx, tx, actor, b, 0); err != nil {
			return err
		}
		if err := schedule.Alone(ctx, tx, actor, who, access.ForStart, schedule.Meeting{On: b.On, At: b.At, Both: b.Both}); err != nil {
			return err
		}
		_, err = Enrol(ctx, tx, actor, a, r.ID, b)
		return err
	})
}

// startWas gives the group start the person was at, 0 when it was none.
func startWas(ctx context.Context, tx *store.Tx, actor *access.Actor, r referral.Referral) (int64, error) {
	var s int64
	err := tx.One(ctx, store.Q(`SELECT start_id FROM called WHERE area_id = $1 AND referral_id = $2 AND here = 1 AND moved_to = 0`), []any{actor.Area(), r.ID}, &s)
	if store.None(err) {
		return 0, nil
	}
	return s, err
}

// coachHere makes sure that the post is a live one at the actor's unit.
func coachHere(ctx context.Context, tx *store.Tx, actor *access.Actor, coach id.Post) error {
	posts, err := org.Colleagues(ctx, tx, actor.Area(), actor.Unit(), actor.Now())
	if err != nil {
		return err
	}
	if coach != 0 && slices.ContainsFunc(posts, func(p org.Post) bool { return p.ID == coach && p.Role != access.Reception }) {
		return nil
	}
	return fault.Form{{Kind: fault.Invalid, Key: "intake.coach.needed", Field: "coach"}}
}

// free refuses a time at which the coach or the room has another individual start, or an activity.
func free(ctx context.Context, tx *store.Tx, actor *access.Actor, b Booking, but EnrolmentID) error {
	var coach, room int
	err := tx.One(ctx, store.Q(`SELECT coalesce(sum(CASE WHEN coach_id = $5 THEN 1 ELSE 0 END), 0), coalesce(sum(CASE WHEN room_id = $6 AND room_id <> 0 THEN 1 ELSE 0 END), 0)
	 FROM enrolment WHERE area_id = $1 AND unit_id = $2 AND state = 'booked' AND meets_on = $3 AND meets_at = $4 AND enrolment_id <> $7`),
		[]any{actor.Area(), actor.Unit(), string(b.On), string(b.At), b.Coach, b.Room, but}, &coach, &room)
	if err != nil {
		return err
	}
	roomTaken, coachTaken, err := schedule.Taken(ctx, tx, actor, b.On, b.At, "", b.Room, b.Coach)
	if err != nil {
		return err
	}
	var form fault.Form
	if coach > 0 || coachTaken {
		form.Add("at", "intake.at.taken")
	}
	if room > 0 || roomTaken {
		form.Add("room", "intake.room.taken")
	}
	return form.Err()
}

// mine opens somebody's enrolment for writing and lets f change it.
func (d *Desk) mine(ctx context.Context, actor *access.Actor, who id.Person, version int, f func(tx *store.Tx, a access.Access, e Enrolment) error) error {
	return d.Store.Write(ctx, func(tx *store.Tx) error {
		a, err := access.Open(ctx, tx, actor, who, access.Identity|access.Plan|access.Thread, access.Write, access.ForStart)
		if err != nil {
			return err
		}
		e, ok, err := Current(ctx, tx, actor, a)
		if err != nil {
			return err
		}
		if !ok {
			return fault.Missing
		}
		if e.Version != version {
			return fault.Stale
		}
		return f(tx, a, e)
	})
}

// Hold writes that the individual start was held on the day; the person is now a participant.
func (d *Desk) Hold(ctx context.Context, actor *access.Actor, who id.Person, version int, on clock.Date) error {
	return d.mine(ctx, actor, who, version, func(tx *store.Tx, a access.Access, e Enrolment) error {
		if on > actor.Today() {
			return fault.Form{{Kind: fault.Invalid, Key: "intake.hold.early", Field: "on"}}
		}
		return Hold(ctx, tx, actor, a, e, on)
	})
}

// Rebook moves an individual start that has not been held.
func (d *Desk) Rebook(ctx context.Context, actor *access.Actor, who id.Person, version int, b Booking) error {
	return d.mine(ctx, actor, who, version, func(tx *store.Tx, _ access.Access, e Enrolment) error {
		b.Coach, b.Start, b.WhyAlone = e.Coach, 1, "-"
		if err := b.check(actor.Today()); err != nil {
			return err
		}
		if err := free(ctx, tx, actor, b, e.ID); err != nil {
			return err
		}
		if err := schedule.Alone(ctx, tx, actor, who, access.ForStart, schedule.Meeting{On: b.On, At: b.At, But: int64(e.ID), Both: b.Both}); err != nil {
			return err
		}
		n, err := tx.Exec(ctx, store.Q(`UPDATE enrolment SET meets_on = $4, meets_at = $5, room_id = $6, version = version + 1
		 WHERE area_id = $1 AND enrolment_id = $2 AND version = $3 AND state = 'booked'`), actor.Area(), e.ID, e.Version, string(b.On), string(b.At), b.Room)
		if err == nil && n == 0 {
			return fault.Stale
		}
		return err
	})
}

// NewCoach names another coach. No reason is asked for; how is how the person asked for it, as thread events say it.
func (d *Desk) NewCoach(ctx context.Context, actor *access.Actor, who id.Person, version int, coach id.Post, how string) error {
	return d.mine(ctx, actor, who, version, func(tx *store.Tx, _ access.Access, e Enrolment) error {
		if err := coachHere(ctx, tx, actor, coach); err != nil {
			return err
		}
		return e.coach(ctx, tx, actor, coach, how)
	})
}

func (e Enrolment) coach(ctx context.Context, tx *store.Tx, actor *access.Actor, coach id.Post, how string) error {
	if err := mayCoach(ctx, tx, actor, e.Person, coach); err != nil {
		return err
	}
	n, err := tx.Exec(ctx, store.Q(`UPDATE enrolment SET coach_id = $4, version = version + 1 WHERE area_id = $1 AND enrolment_id = $2 AND version = $3`),
		actor.Area(), e.ID, e.Version, coach)
	if err == nil && n == 0 {
		return fault.Stale
	}
	if err != nil {
		return err
	}
	if err := assign(ctx, tx, actor, e.Person, coach); err != nil {
		return err
	}
	return e.event(ctx, tx, actor, thread.CoachNamed, how, actor.Today())
}

// Slot is a free time.
type Slot struct {
	On clock.Date
	At clock.LocalTime
}

// hours are the times of a day at which individual starts are offered.
var hours = []clock.LocalTime{"09:00", "10:00", "13:00", "14:00"}

// longest is how many days ahead free times are looked for.
const longest = 120

// Slots gives the coach's next n free times on working days, from tomorrow on.
func Slots(ctx context.Context, tx *store.Tx, actor *access.Actor, coach id.Post, n int) ([]Slot, error) {
	taken, err := bookedTimes(ctx, tx, actor, coach)
	if err != nil {
		return nil, err
	}
	closed, err := org.Closures(ctx, tx, actor.Area(), actor.Unit(), actor.Today())
	if err != nil {
		return nil, err
	}
	led, err := schedule.Led(ctx, tx, actor, coach, clock.Span{From: actor.Today(), To: actor.Today().Add(longest)})
	if err != nil {
		return nil, err
	}
	var list []Slot
	for day := actor.Today().Add(1); len(list) < n && day < actor.Today().Add(longest); day = day.Add(1) {
		if !calendar.Working(day) || slices.ContainsFunc(closed, func(s clock.Span) bool { return s.Holds(day) }) {
			continue
		}
		for _, h := range hours {
			if s := (Slot{day, h}); !taken[s] && !led.Meets(day, h) && len(list) < n {
				list = append(list, s)
			}
		}
	}
	return list, nil
}
