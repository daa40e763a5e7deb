package signin

import (
	"context"

	"sluss/internal/access"
	"sluss/internal/id"
	"sluss/internal/store"
)

// Drill signs in to a copy of the database that is thrown away: as one who has a post, and as a person, each drawn by chance, who then
// reads what is their own. some tells whether there was such a person. Those with protected records are not drawn.
func (d *Desk) Drill(ctx context.Context, area id.Area, reads func(context.Context, *store.Tx, *access.Actor, access.Access) error) (some bool, err error) {
	var post id.Post
	var who id.Person
	err = d.Store.Read(ctx, func(tx *store.Tx) error {
		now := d.Clock.Now()
		err := tx.One(ctx, store.Q(`SELECT post_id FROM post WHERE area_id = $1 AND role <> $2 AND from_on <= $3 AND to_on > $3 AND ended_at > $4 ORDER BY random() LIMIT 1`),
			[]any{area, int(access.System), string(now.Date()), int64(now)}, &post)
		if err != nil && !store.None(err) {
			return err
		}
		err = tx.One(ctx, store.Q(`SELECT person_id FROM person WHERE area_id = $1 AND weeded_at = 0 AND protected = 0 AND length(key_wrapped) > 0 ORDER BY random() LIMIT 1`),
			[]any{area}, &who)
		if store.None(err) {
			return nil
		}
		return err
	})
	if err != nil {
		return false, err
	}
	if post != 0 {
		cookie, err := d.Begin(ctx, area, post, "")
		if err == nil {
			_, _, err = d.Find(ctx, cookie, "drill")
		}
		if err != nil {
			return false, err
		}
	}
	if who == 0 {
		return false, nil
	}
	cookie, err := d.BeginOwn(ctx, area, who, "")
	if err != nil {
		return false, err
	}
	me, _, err := d.FindOwn(ctx, cookie, "drill")
	if err != nil {
		return false, err
	}
	me.Declare(access.Identity, access.Read)
	return true, d.Store.Read(ctx, func(tx *store.Tx) error {
		own, err := access.OpenOwn(ctx, tx, me, access.Identity, access.Read)
		if err != nil {
			return err
		}
		return reads(ctx, tx, me, own)
	})
}
