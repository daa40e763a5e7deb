package practice

import (
	"context"

	"sluss/internal/access"
	"sluss/internal/fault"
	"sluss/internal/id"
	"sluss/internal/store"
)

// Write makes the draft the unit's newest version. Only the head. Stale when another was written meanwhile.
func (d *Desk) Write(ctx context.Context, actor *access.Actor, x Draft) error {
	return d.Store.Write(ctx, func(tx *store.Tx) error {
		if err := access.Unit(ctx, tx, actor, access.Head); err != nil {
			return err
		}
		h, err := historyOf(ctx, tx, actor.Area(), actor.Unit())
		if err != nil {
			return err
		}
		if h.Newest().No != x.Seen {
			return fault.Stale
		}
		if err := x.check(h.Newest(), actor.Today()); err != nil {
			return err
		}
		n, err := tx.Exec(ctx, store.Q(`INSERT INTO practice_version (area_id, unit_id, no, holds, changed, from_on, post_id, at)
		 VALUES ($1, $2, $3, $4, $5, $6, $7, $8) ON CONFLICT (area_id, unit_id, no) DO NOTHING`),
			actor.Area(), actor.Unit(), x.Seen+1, x.Holds, x.Changed, string(x.From), actor.Post(), int64(actor.Now()))
		if err == nil && n == 0 {
			err = fault.Stale
		}
		if err != nil {
			return err
		}
		return look(ctx, tx, actor, actor.Unit(), x.Seen+1)
	})
}

// look notes that the actor's post has looked at a unit's version.
func look(ctx context.Context, tx *store.Tx, actor *access.Actor, unit id.Unit, no int) error {
	_, err := tx.Exec(ctx, store.Q(`INSERT INTO practice_seen (area_id, post_id, unit_id, no) VALUES ($1, $2, $3, $4)
	 ON CONFLICT (area_id, post_id, unit_id) DO UPDATE SET no = excluded.no`), actor.Area(), actor.Post(), unit, no)
	return err
}
