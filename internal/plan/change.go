package plan

import (
	"context"

	"sluss/internal/access"
	"sluss/internal/fault"
	"sluss/internal/id"
	"sluss/internal/intake"
	"sluss/internal/person"
	"sluss/internal/store"
	"sluss/internal/thread"
)

// change is one change of one plan under way.
type change struct {
	tx    *store.Tx
	actor *access.Actor
	a     access.Access
	plan  Plan
}

// change opens the plan of the person's enrolment for a change, making it the first time. A conflict when the person has
// no individual start here, or has left.
func (d *Desk) change(ctx context.Context, actor *access.Actor, who id.Person, c access.Category, f func(*change) error) error {
	return d.open(ctx, actor, func(tx *store.Tx) (access.Access, error) {
		return access.Open(ctx, tx, actor, who, c, access.Write, access.ForPlan)
	}, f)
}

// own is change for the person's own plan, by themselves.
func (d *Desk) own(ctx context.Context, actor *access.Actor, c access.Category, f func(*change) error) error {
	return d.open(ctx, actor, func(tx *store.Tx) (access.Access, error) {
		return access.OpenOwn(ctx, tx, actor, c, access.Write)
	}, f)
}

func (d *Desk) open(ctx context.Context, actor *access.Actor, right func(*store.Tx) (access.Access, error), f func(*change) error) error {
	return d.Store.Write(ctx, func(tx *store.Tx) error {
		a, err := right(tx)
		if err != nil {
			return err
		}
		e, ok, err := intake.Current(ctx, tx, actor, a)
		if err != nil {
			return err
		}
		if !ok {
			return fault.New(fault.Conflict, "plan.none")
		}
		if e.State == intake.Left {
			return fault.New(fault.Conflict, "plan.left")
		}
		if err := begin(ctx, tx, actor, e); err != nil {
			return err
		}
		p, err := Get(ctx, tx, actor, a)
		if err != nil {
			return err
		}
		return f(&change{tx, actor, a, p})
	})
}

// begin makes the plan of an enrolment unless there is one. Everybody begins in the first step.
func begin(ctx context.Context, tx *store.Tx, actor *access.Actor, e intake.Enrolment) error {
	_, err := tx.Exec(ctx, store.Q(`INSERT INTO plan (area_id, plan_id, person_id, enrolment_id, unit_id, state, state_on, agreed_on, step, step_on, asked, version)
	 VALUES ($1, $2, $3, $4, $5, 'draft', $6, '', 1, $7, 0, 0) ON CONFLICT (area_id, enrolment_id) DO NOTHING`),
		actor.Area(), id.New[planTag](actor.Now()), e.Person, e.ID, e.Unit, string(actor.Today()), string(stepBegan(e)))
	return err
}

// event writes what has happened to the thread.
func (c *change) event(ctx context.Context, e thread.Event) error {
	e.Person, e.At, e.Unit, e.Post = c.a.Person(), c.actor.Now(), c.plan.Enrolment.Unit, c.actor.Post()
	if err := person.Touch(ctx, c.tx, c.actor, c.a); err != nil {
		return err
	}
	return thread.Write(ctx, c.tx, c.actor.Area(), e)
}

// changed is event for what makes the plan another than the one that was agreed.
func (c *change) changed(ctx context.Context, e thread.Event) error {
	if err := c.touch(ctx); err != nil {
		return err
	}
	return c.event(ctx, e)
}

// touch raises the plan's version, and makes an agreed plan a draft again.
func (c *change) touch(ctx context.Context) error {
	_, err := c.tx.Exec(ctx, store.Q(`UPDATE plan SET version = version + 1,
	 state_on = CASE WHEN state = 'agreed' THEN $3 ELSE state_on END, state = CASE WHEN state = 'agreed' THEN 'draft' ELSE state END
	 WHERE area_id = $1 AND plan_id = $2`), c.actor.Area(), c.plan.ID, string(c.actor.Today()))
	return err
}

// stale is the answer to an UPDATE that names a version: no row is a change made meanwhile.
func stale(n int64, err error) error {
	if err == nil && n == 0 {
		return fault.Stale
	}
	return err
}
