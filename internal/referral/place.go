package referral

import (
	"context"

	"sluss/internal/access"
	"sluss/internal/clock"
	"sluss/internal/store"
)

// Queued is where somebody stands in the queue. Nothing in it is written by anybody.
type Queued struct {
	State State      // "" for one who has not come to the unit
	Since clock.Date // the day that gives the place
	Ahead int        // how many wait who come before
}

// Place gives where the person's newest referral to the actor's unit stands. It needs access to the thread.
func Place(ctx context.Context, tx *store.Tx, actor *access.Actor, a access.Access) (q Queued, err error) {
	a.Must(access.Thread)
	err = tx.One(ctx, store.Q(`SELECT r.state, r.order_on, (SELECT count(*) FROM referral b WHERE b.area_id = r.area_id AND b.unit_id = r.unit_id
	  AND b.state = 'waiting' AND (b.order_on < r.order_on OR b.order_on = r.order_on AND b.referral_id < r.referral_id))
	 FROM referral r WHERE r.area_id = $1 AND r.person_id = $2 AND r.unit_id = $3 ORDER BY r.referral_id DESC LIMIT 1`),
		[]any{actor.Area(), a.Person(), actor.Unit()}, &q.State, &q.Since, &q.Ahead)
	if store.None(err) {
		return q, nil
	}
	return q, err
}
