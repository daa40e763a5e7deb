package org

import (
	"context"
	"slices"
	"strings"

	"sluss/internal/access"
	"sluss/internal/clock"
	"sluss/internal/fault"
	"sluss/internal/id"
	"sluss/internal/store"
)

// MostSeats is how large a room can be.
const MostSeats = 200

// OpenRoom adds a room to the actor's unit. Only the head; a room needs a name that no other room in use has.
func (d *Desk) OpenRoom(ctx context.Context, actor *access.Actor, r Room) error {
	return d.Store.Write(ctx, func(tx *store.Tx) error {
		if err := access.Unit(ctx, tx, actor, access.Head); err != nil {
			return err
		}
		r.Name, r.Features = oneLine(r.Name), oneLine(r.Features)
		rooms, err := Rooms(ctx, tx, actor.Area(), actor.Unit(), actor.Now())
		if err != nil {
			return err
		}
		if err := r.check(rooms); err != nil {
			return err
		}
		r.ID = int64(id.New[Room](actor.Now()))
		return AddRoom(ctx, tx, actor.Area(), actor.Unit(), r)
	})
}

func (r Room) check(others []Room) error {
	var form fault.Form
	if r.Name == "" {
		form.Add("room", "org.room.name")
	}
	for _, o := range others {
		if o.Name == r.Name && o.ID != r.ID {
			form.Add("room", "org.room.taken")
		}
	}
	within(&form, "seats", r.Seats, 1, MostSeats)
	if r.Opens+r.Closes != "" && (r.Opens == "" || r.Closes <= r.Opens) {
		form.Add("closes", "org.room.hours")
	}
	return form.Err()
}

// ChangeRoom says anew what a room of the actor's unit is like. Only the head. Missing when it is out of use, Stale when somebody
// else has changed it.
func (d *Desk) ChangeRoom(ctx context.Context, actor *access.Actor, r Room) error {
	return d.Store.Write(ctx, func(tx *store.Tx) error {
		if err := access.Unit(ctx, tx, actor, access.Head); err != nil {
			return err
		}
		r.Name, r.Features = oneLine(r.Name), oneLine(r.Features)
		rooms, err := Rooms(ctx, tx, actor.Area(), actor.Unit(), actor.Now())
		if err != nil {
			return err
		}
		if !slices.ContainsFunc(rooms, func(o Room) bool { return o.ID == r.ID }) {
			return fault.Missing
		}
		if err := r.check(rooms); err != nil {
			return err
		}
		n, err := tx.Exec(ctx, store.Q(`UPDATE room SET name = $4, seats = $5, features = $6, has = $7, opens = $8, closes = $9, version = version + 1
		 WHERE area_id = $1 AND unit_id = $2 AND room_id = $3 AND version = $10`), actor.Area(), actor.Unit(), r.ID, r.Name, r.Seats, r.Features,
			strings.Join(r.Has, " "), string(r.Opens), string(r.Closes), r.Version)
		if err == nil && n == 0 {
			return fault.Stale
		}
		return changed(ctx, tx, actor.Area(), err)
	})
}

// CloseRoom takes a room of the actor's unit out of use; what is booked in it stays. Stale when it is out of use already.
func (d *Desk) CloseRoom(ctx context.Context, actor *access.Actor, room int64) error {
	return d.Store.Write(ctx, func(tx *store.Tx) error {
		if err := access.Unit(ctx, tx, actor, access.Head); err != nil {
			return err
		}
		n, err := tx.Exec(ctx, store.Q(`UPDATE room SET ended_at = $4, version = version + 1
		 WHERE area_id = $1 AND unit_id = $2 AND room_id = $3 AND ended_at > $4`), actor.Area(), actor.Unit(), room, int64(actor.Now()))
		if err == nil && n == 0 {
			return fault.Stale
		}
		return changed(ctx, tx, actor.Area(), err)
	})
}

// Closed is a span when the unit itself is closed, and what that is called: Summer, Autumn break. Places are kept over it.
type Closed struct {
	ID int64
	clock.Span
	Name    string
	Version int
}

// Close closes the actor's unit from the first day to the last. Only the head, and not for days that have been.
func (d *Desk) Close(ctx context.Context, actor *access.Actor, first, last clock.Date, name string) error {
	return d.Store.Write(ctx, func(tx *store.Tx) error {
		if err := access.Unit(ctx, tx, actor, access.Head); err != nil {
			return err
		}
		if err := checkClosed(first, last, name, actor.Today()); err != nil {
			return err
		}
		return AddClosed(ctx, tx, actor.Area(), actor.Unit(), clock.Span{From: first, To: last.Add(1)}, oneLine(name), actor.Now())
	})
}

func checkClosed(first, last clock.Date, name string, today clock.Date) error {
	var form fault.Form
	if first < today {
		form.Add("first", "org.closed.first")
	}
	if last < first || last > first.Add(366) {
		form.Add("last", "org.closed.last")
	}
	if strings.TrimSpace(name) == "" {
		form.Add("closedname", "org.closed.name")
	}
	return form.Err()
}

// Reopen takes a closed span back, by making it empty. Stale when somebody else has changed it.
func (d *Desk) Reopen(ctx context.Context, actor *access.Actor, closed int64, version int) error {
	return d.Store.Write(ctx, func(tx *store.Tx) error {
		if err := access.Unit(ctx, tx, actor, access.Head); err != nil {
			return err
		}
		n, err := tx.Exec(ctx, store.Q(`UPDATE closed SET to_on = from_on, version = version + 1
		 WHERE area_id = $1 AND unit_id = $2 AND closed_id = $3 AND version = $4`), actor.Area(), actor.Unit(), closed, version)
		if err == nil && n == 0 {
			return fault.Stale
		}
		return err
	})
}

// ClosedFrom gives the closed spans that are not over on the day.
func ClosedFrom(ctx context.Context, tx *store.Tx, area id.Area, unit id.Unit, day clock.Date) ([]Closed, error) {
	return store.All(ctx, tx, store.Q(`SELECT closed_id, from_on, to_on, name, version FROM closed
	 WHERE area_id = $1 AND unit_id = $2 AND to_on > $3 AND to_on > from_on ORDER BY from_on`), []any{area, unit, string(day)},
		func(r *store.Cursor) (c Closed, err error) {
			err = r.Scan(&c.ID, &c.From, &c.To, &c.Name, &c.Version)
			return c, err
		})
}

// Hire gives somebody a post at the actor's unit. Only the head.
func (d *Desk) Hire(ctx context.Context, actor *access.Actor, n Newcomer) (p Post, err error) {
	err = d.Store.Write(ctx, func(tx *store.Tx) error {
		if err := access.Unit(ctx, tx, actor, access.Head); err != nil {
			return err
		}
		p, err = d.Employ(ctx, tx, actor.Area(), actor.Unit(), n, actor.Now())
		return err
	})
	return p, err
}

// Colleague is a post at the actor's unit with what hangs on it.
type Colleague struct {
	Post
	Cases int // people whose coach it is now
}

// Colleague gives a live post at the actor's unit, for the head. Missing for any other.
func (d *Desk) Colleague(ctx context.Context, actor *access.Actor, post id.Post) (c Colleague, err error) {
	err = d.Store.Read(ctx, func(tx *store.Tx) error {
		if err := access.Unit(ctx, tx, actor, access.Head); err != nil {
			return err
		}
		if c.Post, err = colleague(ctx, tx, actor, post); err != nil {
			return err
		}
		return tx.One(ctx, store.Q(`SELECT count(*) FROM assignment WHERE area_id = $1 AND post_id = $2 AND from_on <= $3 AND to_on > $3 AND ended_at > $4`),
			[]any{actor.Area(), post, string(actor.Today()), int64(actor.Now())}, &c.Cases)
	})
	return c, err
}

func colleague(ctx context.Context, tx *store.Tx, actor *access.Actor, post id.Post) (Post, error) {
	p, err := GetPost(ctx, tx, actor.Area(), post, actor.Now())
	if store.None(err) || err == nil && (p.Unit != actor.Unit() || !p.Live) {
		return Post{}, fault.Missing
	}
	return p, err
}

// EndColleague ends a post at the actor's unit: from that instant it opens nothing. Only the head, and not the head's
// own post (Conflict), so that the unit is never without one.
func (d *Desk) EndColleague(ctx context.Context, actor *access.Actor, post id.Post) error {
	return d.Store.Write(ctx, func(tx *store.Tx) error {
		if err := access.Unit(ctx, tx, actor, access.Head); err != nil {
			return err
		}
		if post == actor.Post() {
			return fault.New(fault.Conflict, "org.staff.self")
		}
		if _, err := colleague(ctx, tx, actor, post); err != nil {
			return err
		}
		return EndPost(ctx, tx, actor.Area(), post, actor.Now())
	})
}
