package contact

import (
	"context"

	"sluss/internal/access"
	"sluss/internal/fault"
	"sluss/internal/id"
	"sluss/internal/org"
	"sluss/internal/schedule"
	"sluss/internal/store"
	"sluss/internal/thread"
)

// Plan agrees on a meeting.
func (d *Desk) Plan(ctx context.Context, actor *access.Actor, who id.Person, f Form) (made AppointmentID, err error) {
	err = d.Store.Write(ctx, func(tx *store.Tx) error {
		a, err := access.Open(ctx, tx, actor, who, access.Contact, access.Write, access.ForContact)
		if err != nil {
			return err
		}
		made = id.New[appointmentTag](actor.Now())
		return plan(ctx, tx, actor, a, made, f)
	})
	return made, err
}

func plan(ctx context.Context, tx *store.Tx, actor *access.Actor, a access.Access, made AppointmentID, f Form) error {
	if err := f.check(actor.Today()); err != nil {
		return err
	}
	if f.Post == 0 {
		f.Post = actor.Post()
	}
	if err := here(ctx, tx, actor, f); err != nil {
		return err
	}
	if err := schedule.Alone(ctx, tx, actor, a.Person(), access.ForContact, schedule.Meeting{On: f.On, At: f.At, Both: f.Both}); err != nil {
		return err
	}
	p := Appointment{ID: made, Person: a.Person(), Post: f.Post, On: f.On, At: f.At, How: f.How, Room: f.Room, About: f.About}
	return insertAppointment(ctx, tx, actor, a, p)
}

// here holds that the worker and the room are the unit's own, and that no activity has them at the time.
func here(ctx context.Context, tx *store.Tx, actor *access.Actor, f Form) error {
	var form fault.Form
	posts, err := org.Colleagues(ctx, tx, actor.Area(), actor.Unit(), actor.Now())
	if err != nil {
		return err
	}
	known := false
	for _, o := range posts {
		known = known || o.ID == f.Post
	}
	if !known {
		form.Add("post", "contact.post.other")
	}
	rooms, err := org.Rooms(ctx, tx, actor.Area(), actor.Unit(), actor.Now())
	if err != nil {
		return err
	}
	known = f.Room == 0
	for _, r := range rooms {
		known = known || r.ID == f.Room
	}
	if !known {
		form.Add("room", "contact.room.other")
	}
	room, post, err := schedule.Taken(ctx, tx, actor, f.On, f.At, "", f.Room, f.Post)
	if err != nil {
		return err
	}
	if post {
		form.Add("at", "contact.at.taken")
	}
	if room {
		form.Add("room", "contact.room.taken")
	}
	return form.Err()
}

// Move moves a planned meeting to another time; both stay to be seen. Stale when it is no longer planned.
func (d *Desk) Move(ctx context.Context, actor *access.Actor, who id.Person, meeting AppointmentID, version int, f Form) (made AppointmentID, err error) {
	err = d.Store.Write(ctx, func(tx *store.Tx) error {
		a, err := access.Open(ctx, tx, actor, who, access.Contact, access.Write, access.ForContact)
		if err != nil {
			return err
		}
		made = id.New[appointmentTag](actor.Now())
		if _, err := setState(ctx, tx, actor, a, meeting, version, IsMoved, made); err != nil {
			return err
		}
		return plan(ctx, tx, actor, a, made, f)
	})
	return made, err
}

// Met marks that one met as agreed. Stale when the meeting is no longer planned; a conflict when its day has not come.
func (d *Desk) Met(ctx context.Context, actor *access.Actor, who id.Person, meeting AppointmentID, version int) error {
	return d.Store.Write(ctx, func(tx *store.Tx) error {
		return mark(ctx, tx, actor, who, meeting, version, IsMet)
	})
}

// Missed marks that the person was not here that day; the next step is to ask how they are.
func (d *Desk) Missed(ctx context.Context, actor *access.Actor, who id.Person, meeting AppointmentID, version int) error {
	return d.Store.Write(ctx, func(tx *store.Tx) error {
		return mark(ctx, tx, actor, who, meeting, version, Absent)
	})
}

// Reopen takes Met or Missed back.
func (d *Desk) Reopen(ctx context.Context, actor *access.Actor, who id.Person, meeting AppointmentID, version int) error {
	return d.Store.Write(ctx, func(tx *store.Tx) error {
		return mark(ctx, tx, actor, who, meeting, version, Planned)
	})
}

func mark(ctx context.Context, tx *store.Tx, actor *access.Actor, who id.Person, meeting AppointmentID, version int, s State) error {
	a, err := access.Open(ctx, tx, actor, who, access.Contact, access.Write, access.ForContact)
	if err != nil {
		return err
	}
	p, err := setState(ctx, tx, actor, a, meeting, version, s, 0)
	if err != nil {
		return err
	}
	kind := thread.Met
	switch {
	case s != Planned && p.On > actor.Today():
		return fault.New(fault.Conflict, "contact.ahead", p.On)
	case s == Planned && p.State == IsMet:
		kind = thread.Unmet
	case s != IsMet:
		return nil
	}
	return thread.Write(ctx, tx, actor.Area(), thread.Event{Person: who, On: p.On, At: actor.Now(), Kind: kind, Code: p.How, Unit: actor.Unit(),
		Post: p.Post, Ref: int64(p.ID)})
}
