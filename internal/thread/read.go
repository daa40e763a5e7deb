package thread

import (
	"context"

	"sluss/internal/access"
	"sluss/internal/store"
)

// Of gives what has happened on the person's way at the actor's unit, in the order it happened.
func Of(ctx context.Context, tx *store.Tx, actor *access.Actor, a access.Access) ([]Event, error) {
	a.Must(access.Thread)
	return store.All(ctx, tx, store.Q(`SELECT event_id, on_date, at, kind, code, unit_id, post_id, agency_id, goal_id, ref_id FROM thread_event
	 WHERE area_id = $1 AND person_id = $2 AND unit_id = $3 ORDER BY on_date, event_id`), []any{actor.Area(), a.Person(), actor.Unit()},
		func(r *store.Cursor) (Event, error) {
			e := Event{Person: a.Person()}
			err := r.Scan(&e.ID, &e.On, &e.At, &e.Kind, &e.Code, &e.Unit, &e.Post, &e.Agency, &e.Goal, &e.Ref)
			return e, err
		})
}
