package plan

import (
	"context"
	"slices"

	"sluss/internal/access"
	"sluss/internal/clock"
	"sluss/internal/fault"
	"sluss/internal/id"
	"sluss/internal/store"
	"sluss/internal/thread"
)

// AgreeForm is what is settled when a person says yes to the plan.
type AgreeForm struct {
	Version int // of the plan as it was read
	How     How
	On      clock.Date     // "" is today
	Who     map[TaskID]Who // who does what from now on; tasks not in it stay as they are
	Add     []TaskForm     // written on the paper's empty row
	Answers Answers        // how the person has it now, none when left out
}

// Agreement is a yes to the whole plan: when, how, before whom, and to what.
type Agreement struct {
	ID   AgreedID
	On   clock.Date
	At   clock.Instant
	How  How
	Post id.Post
	Frozen
}

// Agree notes the person's yes to the plan with what was settled at the same time, and keeps a copy of what was agreed
// that nobody can change. Stale when the plan is no longer the one that was read.
func (d *Desk) Agree(ctx context.Context, actor *access.Actor, who id.Person, f AgreeForm) error {
	need := Need
	if f.Answers.Given() {
		need |= access.Assessment
	}
	if f.On == "" {
		f.On = actor.Today()
	}
	return d.change(ctx, actor, who, need, func(c *change) error {
		if err := f.check(c.plan, actor.Today()); err != nil {
			return err
		}
		if err := c.settle(ctx, f); err != nil {
			return err
		}
		if err := c.freeze(ctx, f); err != nil {
			return err
		}
		return c.event(ctx, thread.Event{Kind: thread.PlanAgreed, On: f.On, Code: string(f.How), Ref: int64(c.plan.ID)})
	})
}

func (f AgreeForm) check(p Plan, today clock.Date) error {
	if f.Version != p.Version {
		return fault.Stale
	}
	var form fault.Form
	checkYes(&form, f.How, f.On, today)
	if len(p.OpenGoals()) == 0 {
		form.Add("", "plan.agree.empty")
	}
	return form.Err()
}

// settle saves what was changed in the same breath as the yes.
func (c *change) settle(ctx context.Context, f AgreeForm) error {
	for _, t := range c.plan.OpenTasks() {
		to, ok := f.Who[t.ID]
		if !ok || to == t.Who {
			continue
		}
		if !to.known() {
			return fault.New(fault.Invalid, "plan.task.who.needed")
		}
		if err := c.hand(ctx, t, to); err != nil {
			return err
		}
	}
	for _, add := range f.Add {
		if _, err := c.addTask(ctx, add); err != nil {
			return err
		}
	}
	return c.fill(ctx, f.On, f.How, f.Answers)
}

// freeze keeps the plan as it now stands; the yes is also a yes to each goal.
func (c *change) freeze(ctx context.Context, f AgreeForm) error {
	area, on := c.actor.Area(), string(f.On)
	_, err := c.tx.Exec(ctx, store.Q(`UPDATE plan_goal SET yes_no = words_no, yes_on = $3, yes_how = $4
	 WHERE area_id = $1 AND plan_id = $2 AND state = 'open' AND yes_no <> words_no`), area, c.plan.ID, on, string(f.How))
	if err != nil {
		return err
	}
	if _, err = c.tx.Exec(ctx, store.Q(`UPDATE plan SET state = 'agreed', state_on = $3, agreed_on = $3, version = version + 1
	 WHERE area_id = $1 AND plan_id = $2`), area, c.plan.ID, on); err != nil {
		return err
	}
	now, err := Get(ctx, c.tx, c.actor, c.a)
	if err != nil {
		return err
	}
	g := id.New[agreedTag](c.actor.Now())
	sealed, err := now.Freeze().seal(c.a, g)
	if err != nil {
		return err
	}
	_, err = c.tx.Exec(ctx, store.Q(`INSERT INTO plan_agreed (area_id, agreed_id, plan_id, person_id, on_date, at, how, post_id, sealed)
	 VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)`), area, g, c.plan.ID, c.a.Person(), on, int64(c.actor.Now()), string(f.How), c.actor.Post(), sealed)
	return err
}

// Share notes that the plan is ready for the person to read. Stale when it is no longer the draft that was read.
func (d *Desk) Share(ctx context.Context, actor *access.Actor, who id.Person, version int) error {
	return d.change(ctx, actor, who, Need, func(c *change) error {
		n, err := c.tx.Exec(ctx, store.Q(`UPDATE plan SET state = 'shared', state_on = $4, version = version + 1
		 WHERE area_id = $1 AND plan_id = $2 AND version = $3 AND state = 'draft'`), actor.Area(), c.plan.ID, version, string(actor.Today()))
		if err := stale(n, err); err != nil {
			return err
		}
		return c.event(ctx, thread.Event{Kind: thread.PlanShared, Ref: int64(c.plan.ID)})
	})
}

// agreements gives every yes the person has given to a plan at the actor's unit, newest first, also in earlier times.
func agreements(ctx context.Context, tx *store.Tx, actor *access.Actor, a access.Access) ([]Agreement, error) {
	list, err := store.All(ctx, tx, store.Q(`SELECT g.agreed_id, g.on_date, g.at, g.how, g.post_id, g.sealed FROM plan_agreed g
	 JOIN plan p ON p.area_id = g.area_id AND p.plan_id = g.plan_id
	 WHERE g.area_id = $1 AND g.person_id = $2 AND p.unit_id = $3 ORDER BY g.agreed_id`), []any{actor.Area(), a.Person(), actor.Unit()},
		func(r *store.Cursor) (g Agreement, err error) {
			var sealed []byte
			if err = r.Scan(&g.ID, &g.On, &g.At, &g.How, &g.Post, &sealed); err != nil {
				return g, err
			}
			g.Frozen, err = openFrozen(a, g.ID, sealed)
			return g, err
		})
	slices.Reverse(list)
	return list, err
}
