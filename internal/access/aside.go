package access

import (
	"context"

	"sluss/internal/clock"
	"sluss/internal/id"
	"sluss/internal/store"
)

type conflictTag struct{}

// ConflictID is the id of a conflict of interest.
type ConflictID = id.Of[conflictTag]

// Aside is that a worker stands aside from one person.
type Aside struct {
	ID     ConflictID
	Worker id.Worker
	Kind   string     // a code
	From   clock.Date // the first day of it
	By     id.Post    // who wrote it down
}

// StandAside writes that a worker knows a person: from the instant no post of the worker's opens the record, or is the coach.
func StandAside(ctx context.Context, tx *store.Tx, area id.Area, person id.Person, x Aside, now clock.Instant) error {
	if _, err := tx.Exec(ctx, store.Q(`INSERT INTO conflict (area_id, worker_id, person_id, conflict_id, kind, from_on, to_on, ended_at, post_id, ended_by)
	 VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, 0)`), area, x.Worker, person, id.New[conflictTag](now), x.Kind, string(x.From), string(clock.Forever), int64(Never), x.By); err != nil {
		return err
	}
	if _, err := tx.Exec(ctx, store.Q(`UPDATE assignment SET ended_at = $4 WHERE area_id = $1 AND person_id = $2 AND ended_at > $4
	  AND post_id IN (SELECT post_id FROM post WHERE area_id = $1 AND worker_id = $3)`), area, person, x.Worker, int64(now)); err != nil {
		return err
	}
	return Raise(ctx, tx, area, now)
}

// AsidesOf gives who stands aside from the person of the access now, longest since first.
func AsidesOf(ctx context.Context, tx *store.Tx, actor *Actor, a Access) ([]Aside, error) {
	a.Must(Identity)
	return store.All(ctx, tx, store.Q(`SELECT conflict_id, worker_id, kind, from_on, post_id FROM conflict
	 WHERE area_id = $1 AND person_id = $2 AND from_on <= $3 AND to_on > $3 AND ended_at > $4 ORDER BY conflict_id`),
		[]any{actor.area, a.person, string(actor.today), int64(actor.now)}, func(r *store.Cursor) (x Aside, err error) {
			err = r.Scan(&x.ID, &x.Worker, &x.Kind, &x.From, &x.By)
			return x, err
		})
}

// AsidesOwn gives what the actor has stood aside from, without from whom: that is closed to them.
func AsidesOwn(ctx context.Context, tx *store.Tx, actor *Actor) ([]Aside, error) {
	return store.All(ctx, tx, store.Q(`SELECT y.conflict_id, y.worker_id, y.kind, y.from_on, y.post_id FROM conflict y
	 JOIN post o ON o.area_id = y.area_id AND o.worker_id = y.worker_id AND o.post_id = $2
	 WHERE y.area_id = $1 AND y.from_on <= $3 AND y.to_on > $3 AND y.ended_at > $4 ORDER BY y.conflict_id`),
		[]any{actor.area, actor.post, string(actor.today), int64(actor.now)}, func(r *store.Cursor) (x Aside, err error) {
			err = r.Scan(&x.ID, &x.Worker, &x.Kind, &x.From, &x.By)
			return x, err
		})
}

// EndAside ends at the actor's now that a worker stands aside from the person of the access.
func EndAside(ctx context.Context, tx *store.Tx, actor *Actor, a Access, c ConflictID) error {
	a.Must(Identity)
	_, err := tx.Exec(ctx, store.Q(`UPDATE conflict SET ended_at = $4, ended_by = $5 WHERE area_id = $1 AND person_id = $2 AND conflict_id = $3 AND ended_at > $4`),
		actor.area, a.person, c, int64(actor.now), actor.post)
	return err
}
