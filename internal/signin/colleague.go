package signin

import (
	"context"

	"sluss/internal/access"
	"sluss/internal/fault"
	"sluss/internal/id"
	"sluss/internal/store"
)

// InviteColleague makes an invitation for the worker of a live post at the actor's unit and gives its address. Only the
// head; Missing for any other post.
func (d *Desk) InviteColleague(ctx context.Context, actor *access.Actor, post id.Post) (link string, err error) {
	err = d.Store.Write(ctx, func(tx *store.Tx) error {
		if err := access.Unit(ctx, tx, actor, access.Head); err != nil {
			return err
		}
		var worker id.Worker
		err := tx.One(ctx, store.Q(`SELECT worker_id FROM post WHERE area_id = $1 AND post_id = $2 AND unit_id = $3
		 AND from_on <= $4 AND to_on > $4 AND ended_at > $5`),
			[]any{actor.Area(), post, actor.Unit(), string(actor.Today()), int64(actor.Now())}, &worker)
		if store.None(err) {
			return fault.Missing
		}
		if err != nil {
			return err
		}
		token, err := d.Invite(ctx, tx, actor.Area(), worker, actor.Now())
		link = d.origin + "/in/" + token
		return err
	})
	return link, err
}
