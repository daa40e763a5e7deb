package contact

import (
	"context"

	"sluss/internal/access"
	"sluss/internal/clock"
	"sluss/internal/id"
	"sluss/internal/org"
	"sluss/internal/person"
	"sluss/internal/store"
)

// Seen is what the page of a person's contacts tells.
const Seen = access.Identity | access.Contact | access.Documents

// Record is all that the page of a person's contacts shows.
type Record struct {
	Person       person.Person // identity and contact
	Appointments []Appointment // newest first
	Notes        []Note        // signed ones, newest first
	Drafts       []Note        // the actor's own, newest first
	LastMet      clock.Date    // "" for never
	Rooms        []org.Room
	Posts        []org.Post // the unit's, to choose who meets
}

// Next gives the meeting that is to be held, or whose outcome nobody has told yet; nil for none.
func (r Record) Next() *Appointment {
	var next *Appointment
	for i, p := range r.Appointments {
		if p.State == Planned && (next == nil || p.On < next.On || p.On == next.On && p.At < next.At) {
			next = &r.Appointments[i]
		}
	}
	return next
}

// Open reads a person's contacts for a page.
func (d *Desk) Open(ctx context.Context, actor *access.Actor, who id.Person) (r Record, err error) {
	err = d.Store.Read(ctx, func(tx *store.Tx) error {
		a, err := access.Open(ctx, tx, actor, who, Seen, access.Read, access.ForContact)
		if err != nil {
			return err
		}
		r, err = read(ctx, tx, actor, a)
		return err
	})
	return r, err
}

func read(ctx context.Context, tx *store.Tx, actor *access.Actor, a access.Access) (r Record, err error) {
	if r.Person, err = person.Get(ctx, tx, actor, a); err != nil {
		return r, err
	}
	if r.Appointments, err = selectAppointments(ctx, tx, actor, a); err != nil {
		return r, err
	}
	notes, err := selectNotes(ctx, tx, actor, a)
	if err != nil {
		return r, err
	}
	for _, n := range notes {
		if n.State == Draft {
			r.Drafts = append(r.Drafts, n)
		} else {
			r.Notes = append(r.Notes, n)
		}
	}
	if r.LastMet, err = Last(ctx, tx, actor, a); err != nil {
		return r, err
	}
	if r.Rooms, err = org.Rooms(ctx, tx, actor.Area(), actor.Unit(), actor.Now()); err != nil {
		return r, err
	}
	r.Posts, err = org.Colleagues(ctx, tx, actor.Area(), actor.Unit(), actor.Now())
	return r, err
}

// Next gives the person's next meeting, or the oldest whose outcome nobody has told yet; ok is false when none is planned.
func Next(ctx context.Context, tx *store.Tx, actor *access.Actor, a access.Access) (p Appointment, ok bool, err error) {
	list, err := selectNext(ctx, tx, actor, a)
	if err != nil || len(list) == 0 {
		return p, false, err
	}
	return list[0], true, nil
}

// Ahead gives the person's planned meetings from today on, the nearest first. What a meeting is about is not read.
func Ahead(ctx context.Context, tx *store.Tx, actor *access.Actor, a access.Access) ([]Appointment, error) {
	a.Must(access.Contact)
	return ahead(ctx, tx, actor, a)
}

func ahead(ctx context.Context, tx *store.Tx, actor *access.Actor, a access.Access) ([]Appointment, error) {
	return store.All(ctx, tx, store.Q(`SELECT m.appointment_id, m.post_id, m.on_date, m.at, m.how, m.room_id FROM appointment m
	 WHERE m.area_id = $1 AND m.person_id = $2 AND m.unit_id = $3 AND m.state = 'planned' AND m.on_date >= $4 ORDER BY m.on_date, m.at, m.appointment_id`),
		[]any{actor.Area(), a.Person(), actor.Unit(), string(actor.Today())}, func(r *store.Cursor) (p Appointment, err error) {
			p.Person, p.State = a.Person(), Planned
			err = r.Scan(&p.ID, &p.Post, &p.On, &p.At, &p.How, &p.Room)
			return p, err
		})
}
