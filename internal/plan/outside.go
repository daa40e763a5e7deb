package plan

import (
	"context"

	"sluss/internal/access"
	"sluss/internal/store"
)

// Outside gives the goals, tasks and measures of somebody's newest plan, for who works at another agency. It needs access to
// Plan alone, and tells nothing of where on the way the person stands. A person without a plan has an empty one.
func Outside(ctx context.Context, tx *store.Tx, actor *access.Actor, a access.Access) (Plan, error) {
	a.Must(access.Plan)
	var p Plan
	err := tx.One(ctx, store.Q(`SELECT pl.plan_id FROM plan pl JOIN enrolment e ON e.area_id = pl.area_id AND e.enrolment_id = pl.enrolment_id
	 WHERE e.area_id = $1 AND e.person_id = $2 ORDER BY e.enrolment_id DESC LIMIT 1`), []any{actor.Area(), a.Person()}, &p.ID)
	if store.None(err) {
		return p, nil
	}
	if err != nil {
		return p, err
	}
	return p.fill(ctx, tx, actor, a)
}
