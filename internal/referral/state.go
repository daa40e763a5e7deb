package referral

import (
	"context"

	"sluss/internal/access"
	"sluss/internal/fault"
	"sluss/internal/store"
)

// Call marks a waiting referral as called to a group start. Conflict when it is no longer waiting.
func Call(ctx context.Context, tx *store.Tx, actor *access.Actor, a access.Access, r ID) error {
	return move(ctx, tx, actor, a, r, Called, store.Q(`'waiting'`))
}

// Requeue puts a called referral back in the queue, at the place it had.
func Requeue(ctx context.Context, tx *store.Tx, actor *access.Actor, a access.Access, r ID) error {
	return move(ctx, tx, actor, a, r, Waiting, store.Q(`'called', 'present'`))
}

// MarkPresent marks that the person was at the group start.
func MarkPresent(ctx context.Context, tx *store.Tx, actor *access.Actor, a access.Access, r ID) error {
	return move(ctx, tx, actor, a, r, Present, store.Q(`'called'`))
}

// UnmarkPresent takes MarkPresent back.
func UnmarkPresent(ctx context.Context, tx *store.Tx, actor *access.Actor, a access.Access, r ID) error {
	return move(ctx, tx, actor, a, r, Called, store.Q(`'present'`))
}

// Start marks that the person has an individual start.
func Start(ctx context.Context, tx *store.Tx, actor *access.Actor, a access.Access, r ID) error {
	return move(ctx, tx, actor, a, r, Started, store.Q(`'waiting', 'called', 'present'`))
}

func move(ctx context.Context, tx *store.Tx, actor *access.Actor, a access.Access, r ID, to State, from store.SQL) error {
	n, err := tx.Exec(ctx, store.Join(store.Q(`UPDATE referral SET state = $4, state_on = $5, version = version + 1
	 WHERE area_id = $1 AND referral_id = $2 AND person_id = $3 AND state IN (`), from, store.Q(`)`)),
		actor.Area(), r, a.Person(), string(to), string(actor.Today()))
	if err == nil && n == 0 {
		return fault.New(fault.Conflict, "referral.state")
	}
	return err
}
