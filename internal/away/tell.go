package away

import (
	"context"

	"sluss/internal/access"
	"sluss/internal/fault"
	"sluss/internal/id"
	"sluss/internal/store"
)

// Tell writes what somebody has told staff of not coming, or of not having come: at the table, or paper on a form that is typed in. Missing
// when they are not expected then; a conflict when it is too long ago, or when what was told before is read.
func (d *Desk) Tell(ctx context.Context, actor *access.Actor, who id.Person, k Key, e Excuse, paper bool) error {
	return d.say(ctx, actor, staff(who), k, func(ctx context.Context, tx *store.Tx, a access.Access, t Time) error {
		return tell(ctx, tx, actor, a, t, e, paper)
	})
}

// TellOwn writes that the person who acts for themself does not come, or did not. Nothing more is asked of them.
func (d *Desk) TellOwn(ctx context.Context, actor *access.Actor, k Key, e Excuse) error {
	return d.say(ctx, actor, access.OpenOwn, k, func(ctx context.Context, tx *store.Tx, a access.Access, t Time) error {
		return tell(ctx, tx, actor, a, t, e, false)
	})
}

// Untell takes back what is not read: they come after all. Stale when nothing has been told.
func (d *Desk) Untell(ctx context.Context, actor *access.Actor, who id.Person, k Key) error {
	return d.say(ctx, actor, staff(who), k, func(ctx context.Context, tx *store.Tx, _ access.Access, t Time) error {
		return untell(ctx, tx, actor, t)
	})
}

// UntellOwn is Untell by the person who acts for themself.
func (d *Desk) UntellOwn(ctx context.Context, actor *access.Actor, k Key) error {
	return d.say(ctx, actor, access.OpenOwn, k, func(ctx context.Context, tx *store.Tx, _ access.Access, t Time) error {
		return untell(ctx, tx, actor, t)
	})
}

type opener func(context.Context, *store.Tx, *access.Actor, access.Category, access.Action) (access.Access, error)

func staff(who id.Person) opener {
	return func(ctx context.Context, tx *store.Tx, actor *access.Actor, c access.Category, act access.Action) (access.Access, error) {
		return access.Open(ctx, tx, actor, who, c, act, access.ForContact)
	}
}

func (d *Desk) say(ctx context.Context, actor *access.Actor, open opener, k Key, change func(context.Context, *store.Tx, access.Access, Time) error) error {
	return d.Store.Write(ctx, func(tx *store.Tx) error {
		a, err := open(ctx, tx, actor, Own, access.Write)
		if err != nil {
			return err
		}
		if k.On < actor.Today().Add(-late) {
			return fault.New(fault.Conflict, "attendance.far")
		}
		list, err := Times(ctx, tx, actor, a)
		if err != nil {
			return err
		}
		t := Find(list, k)
		if t == nil {
			return fault.Missing
		}
		return change(ctx, tx, a, *t)
	})
}

func tell(ctx context.Context, tx *store.Tx, actor *access.Actor, a access.Access, t Time, e Excuse, paper bool) error {
	if err := e.check(); err != nil {
		return err
	}
	switch {
	case t.Word == nil:
		w := id.New[tag](actor.Now())
		_, err := tx.Exec(ctx, store.Q(`INSERT INTO away (area_id, away_id, person_id, unit_id, kind, ref_id, on_date, begins, paper, sealed, at, post_id, taken_at, read_at,
		 read_post_id, version) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, 0, 0, 0, 1)`), actor.Area(), w, a.Person(), actor.Unit(), string(t.Kind), t.Ref,
			string(t.On), string(t.At), store.Flag(paper), a.Key(access.Health).Seal(placeOf(w), e.fields()...), int64(actor.Now()), actor.Post())
		return err
	case e == Excuse{} || e == t.Word.Excuse:
		return nil // it has been told, and with no less said
	case t.Word.ReadAt != 0:
		return fault.New(fault.Conflict, "away.read.already")
	}
	return once(tx.Exec(ctx, store.Q(`UPDATE away SET sealed = $4, paper = $5, post_id = $6, version = version + 1 WHERE area_id = $1 AND away_id = $2 AND version = $3 AND read_at = 0`),
		actor.Area(), t.Word.ID, t.Word.Version, a.Key(access.Health).Seal(placeOf(t.Word.ID), e.fields()...), store.Flag(paper), actor.Post()))
}

func untell(ctx context.Context, tx *store.Tx, actor *access.Actor, t Time) error {
	switch {
	case t.Word == nil:
		return fault.Stale
	case t.Word.ReadAt != 0:
		return fault.New(fault.Conflict, "away.read.already")
	}
	return once(tx.Exec(ctx, store.Q(`UPDATE away SET taken_at = $4, version = version + 1 WHERE area_id = $1 AND away_id = $2 AND version = $3 AND taken_at = 0`),
		actor.Area(), t.Word.ID, t.Word.Version, int64(actor.Now())))
}

// once is Stale when no row was touched.
func once(rows int64, err error) error {
	if err == nil && rows == 0 {
		return fault.Stale
	}
	return err
}
