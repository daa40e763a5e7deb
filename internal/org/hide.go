package org

import (
	"context"
	"slices"

	"sluss/internal/access"
	"sluss/internal/fault"
	"sluss/internal/id"
	"sluss/internal/store"
)

// HideReasons are why a worker's name is not shown to those whom the log is about; their names are texts colleague.hide.*.
var HideReasons = []string{"threat", "risk"}

// HideName decides that people see a colleague's role and not their name where they see who has read about them. Only the
// head, never the reader alone; Stale when it is decided already.
func (d *Desk) HideName(ctx context.Context, actor *access.Actor, post id.Post, why string) error {
	if !slices.Contains(HideReasons, why) {
		return fault.Form{{Kind: fault.Invalid, Key: "form.choose", Field: "why"}}
	}
	return d.nameHidden(ctx, actor, post, 1, why)
}

// ShowName takes HideName back.
func (d *Desk) ShowName(ctx context.Context, actor *access.Actor, post id.Post) error {
	return d.nameHidden(ctx, actor, post, 0, "")
}

func (d *Desk) nameHidden(ctx context.Context, actor *access.Actor, post id.Post, hidden int, why string) error {
	return d.Store.Write(ctx, func(tx *store.Tx) error {
		if err := access.Unit(ctx, tx, actor, access.Head); err != nil {
			return err
		}
		p, err := colleague(ctx, tx, actor, post)
		if err != nil {
			return err
		}
		n, err := tx.Exec(ctx, store.Q(`UPDATE worker SET log_name_hidden = $3, version = version + 1
		 WHERE area_id = $1 AND worker_id = $2 AND log_name_hidden <> $3`), actor.Area(), p.Worker, hidden)
		if err == nil && n == 0 {
			return fault.Stale
		}
		if err != nil {
			return err
		}
		_, err = tx.Exec(ctx, store.Q(`INSERT INTO name_hidden (area_id, worker_id, at, hidden, why, post_id) VALUES ($1, $2, $3, $4, $5, $6)`),
			actor.Area(), p.Worker, int64(actor.Now()), hidden, why, actor.Post())
		return changed(ctx, tx, actor.Area(), err)
	})
}

// NameReviewer names who at the actor's unit answers what people wonder about readings. Only the head; not themself.
func (d *Desk) NameReviewer(ctx context.Context, actor *access.Actor, post id.Post) error {
	return d.Store.Write(ctx, func(tx *store.Tx) error {
		if err := access.Unit(ctx, tx, actor, access.Head); err != nil {
			return err
		}
		p, err := colleague(ctx, tx, actor, post)
		if err != nil {
			return err
		}
		if p.Role == access.Head || p.Role == access.Reception {
			return fault.New(fault.Conflict, "org.reviewer.role")
		}
		return PutSetting(ctx, tx, actor.Area(), actor.Unit(), SetReviewer, post.String(), actor.Today(), "", actor.Post(), actor.Now())
	})
}
