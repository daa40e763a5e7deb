package attendance

import (
	"context"

	"sluss/internal/access"
	"sluss/internal/clock"
	"sluss/internal/fault"
	"sluss/internal/id"
	"sluss/internal/schedule"
	"sluss/internal/store"
)

var leaders = []access.Role{access.Coach, access.Coordinator, access.Head}

// Take marks the whole list of an occasion. What is as it was is left alone; what is put right keeps what it was before.
// Stale when somebody marked it meanwhile, or when one of those marked is no longer expected; a conflict before it has begun.
func (d *Desk) Take(ctx context.Context, actor *access.Actor, k schedule.OccasionID, version int, marks map[id.Person]Mark) error {
	return d.change(ctx, actor, k, version, func(tx *store.Tx, l List) error {
		seen := 0
		for _, g := range l.Guests {
			m, ok := marks[g.Person]
			if !known(m) {
				return fault.New(fault.Invalid, "form.choose")
			}
			if ok {
				seen++
			}
			if m == Unmarked || m == g.Mark {
				continue
			}
			if err := put(ctx, tx, actor, l.Occasion.ID, g.Person, g.Version, m, l.Version+1); err != nil {
				return err
			}
		}
		if seen < len(marks) {
			return fault.Stale
		}
		return done(ctx, tx, actor, l, true)
	})
}

// Undo takes the last marking of a list back: each mark is as it was before it. Stale when there is none, or when the list
// was marked meanwhile.
func (d *Desk) Undo(ctx context.Context, actor *access.Actor, k schedule.OccasionID, version int) error {
	return d.change(ctx, actor, k, version, func(tx *store.Tx, l List) error {
		if !l.Done {
			return fault.Stale
		}
		marked := false
		for _, g := range l.Guests {
			if g.Version > 0 && g.list == l.Version {
				if err := put(ctx, tx, actor, k, g.Person, g.Version, g.Was, 0); err != nil {
					return err
				}
				g.Mark = g.Was
			}
			marked = marked || g.Mark != Unmarked
		}
		return done(ctx, tx, actor, l, marked)
	})
}

// change opens the list of an occasion that has begun, in the version that was read.
func (d *Desk) change(ctx context.Context, actor *access.Actor, k schedule.OccasionID, version int, f func(*store.Tx, List) error) error {
	return d.Store.Write(ctx, func(tx *store.Tx) error {
		if err := access.Unit(ctx, tx, actor, leaders...); err != nil {
			return err
		}
		o, err := held(ctx, tx, actor, k)
		if err != nil {
			return err
		}
		s, err := access.OverWrite(ctx, tx, actor, Shown, access.ForPlan)
		if err != nil {
			return err
		}
		l, err := read(ctx, tx, s, o)
		if err != nil {
			return err
		}
		if l.Version != version {
			return fault.Stale
		}
		return f(tx, l)
	})
}

// held gives an occasion that has begun and was not called off.
func held(ctx context.Context, tx *store.Tx, actor *access.Actor, k schedule.OccasionID) (schedule.Occasion, error) {
	o, err := schedule.Get(ctx, tx, actor, k)
	switch {
	case err != nil:
		return o, err
	case o.State != schedule.Planned:
		return o, fault.New(fault.Conflict, "attendance.off")
	case !begun(o, actor.Now()):
		return o, fault.New(fault.Conflict, "attendance.early")
	}
	return o, nil
}

// Put marks one person at an occasion, or puts it right. Missing when they have no place there; Stale when somebody marked it
// meanwhile.
func (d *Desk) Put(ctx context.Context, actor *access.Actor, who id.Person, k schedule.OccasionID, version int, m Mark) error {
	return d.Store.Write(ctx, func(tx *store.Tx) error {
		a, err := access.Open(ctx, tx, actor, who, Need, access.Write, access.ForPlan)
		if err != nil {
			return err
		}
		o, err := held(ctx, tx, actor, k)
		if err != nil {
			return err
		}
		t, err := one(ctx, tx, actor, a, o)
		if err != nil {
			return err
		}
		if m == Unmarked || !known(m) {
			return fault.Form{{Kind: fault.Invalid, Key: "form.choose", Field: "mark"}}
		}
		if t.Marking != version {
			return fault.Stale
		}
		if t.Mark == m {
			return nil
		}
		return put(ctx, tx, actor, k, who, version, m, 0)
	})
}

// put writes a fact as a new version of what was there.
func put(ctx context.Context, tx *store.Tx, actor *access.Actor, k schedule.OccasionID, who id.Person, version int, m Mark, list int) error {
	n, err := tx.Exec(ctx, store.Q(`UPDATE attendance SET latest = 0 WHERE area_id = $1 AND occasion_id = $2 AND person_id = $3 AND version = $4 AND latest = 1`),
		actor.Area(), k, who, version)
	if err != nil {
		return err
	}
	if version > 0 && n == 0 {
		return fault.Stale
	}
	_, err = tx.Exec(ctx, store.Q(`INSERT INTO attendance (area_id, occasion_id, person_id, version, latest, unit_id, mark, list_no, at, post_id)
	 VALUES ($1, $2, $3, $4, 1, $5, $6, $7, $8, $9)`), actor.Area(), k, who, version+1, actor.Unit(), string(m), list, int64(actor.Now()), actor.Post())
	return err
}

// done writes who marked a list, and whether it is marked.
func done(ctx context.Context, tx *store.Tx, actor *access.Actor, l List, is bool) error {
	mark := 0
	if is {
		mark = 1
	}
	args := []any{actor.Area(), l.Occasion.ID, l.Version + 1, mark, int64(actor.Now()), actor.Post()}
	if l.Version == 0 {
		_, err := tx.Exec(ctx, store.Q(`INSERT INTO attendance_list (area_id, occasion_id, version, done, at, post_id) VALUES ($1, $2, $3, $4, $5, $6)`), args...)
		return err
	}
	n, err := tx.Exec(ctx, store.Q(`UPDATE attendance_list SET version = $3, done = $4, at = $5, post_id = $6
	 WHERE area_id = $1 AND occasion_id = $2 AND version = $7`), append(args, l.Version)...)
	if err == nil && n == 0 {
		return fault.Stale
	}
	return err
}

// Correction is one version of a fact: what it was put to, when and by whom.
type Correction struct {
	Mark Mark
	At   clock.Instant
	By   id.Post
}

// History gives every version of what is marked about somebody at an occasion, the latest first.
func (d *Desk) History(ctx context.Context, actor *access.Actor, who id.Person, k schedule.OccasionID) (list []Correction, err error) {
	err = d.Store.Read(ctx, func(tx *store.Tx) error {
		if _, err := access.Open(ctx, tx, actor, who, Need, access.Read, access.ForPlan); err != nil {
			return err
		}
		list, err = store.All(ctx, tx, store.Q(`SELECT mark, at, post_id FROM attendance WHERE area_id = $1 AND occasion_id = $2 AND person_id = $3 ORDER BY version DESC`),
			[]any{actor.Area(), k, who}, func(r *store.Cursor) (c Correction, err error) {
				err = r.Scan(&c.Mark, &c.At, &c.By)
				return c, err
			})
		return err
	})
	return list, err
}
