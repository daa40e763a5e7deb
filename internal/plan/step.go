package plan

import (
	"context"
	"strconv"

	"sluss/internal/access"
	"sluss/internal/clock"
	"sluss/internal/fault"
	"sluss/internal/id"
	"sluss/internal/store"
	"sluss/internal/thread"
)

// The answers to the question of another step.
const (
	Yes   = "yes"
	Later = "later" // not yet: as good an answer as yes
)

// StepForm is the answer to the question whether to go to another step.
type StepForm struct {
	Version int // of the plan as it was read
	To      int
	Answer  string // Yes or Later
	How     How
	On      clock.Date // "" is today
}

// Step moves the person a step, forward or back, if they say yes. A not yet leaves no trace: nothing is opened, stored,
// counted or sent.
func (d *Desk) Step(ctx context.Context, actor *access.Actor, who id.Person, f StepForm) error {
	if f.Answer == Later {
		return nil
	}
	if f.On == "" {
		f.On = actor.Today()
	}
	return d.change(ctx, actor, who, Need, func(c *change) error {
		if err := f.check(c.plan, actor.Today()); err != nil {
			return err
		}
		n, err := c.tx.Exec(ctx, store.Q(`UPDATE plan SET step = $4, step_on = $5, version = version + 1
		 WHERE area_id = $1 AND plan_id = $2 AND version = $3`), actor.Area(), c.plan.ID, f.Version, f.To, string(f.On))
		if err := stale(n, err); err != nil {
			return err
		}
		_, err = c.tx.Exec(ctx, store.Q(`INSERT INTO plan_step (area_id, move_id, plan_id, person_id, from_step, to_step, on_date, how, post_id)
		 VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)`),
			actor.Area(), id.New[moveTag](actor.Now()), c.plan.ID, who, c.plan.Here(), f.To, string(f.On), string(f.How), actor.Post())
		if err != nil {
			return err
		}
		return c.event(ctx, thread.Event{Kind: thread.StepMoved, On: f.On, Code: strconv.Itoa(f.To), Ref: int64(c.plan.ID)})
	})
}

func (f StepForm) check(p Plan, today clock.Date) error {
	var form fault.Form
	checkYes(&form, f.How, f.On, today)
	if f.Answer != Yes {
		form.Add("answer", "form.choose")
	}
	if err := form.Err(); err != nil {
		return err
	}
	if f.Version != p.Version {
		return fault.Stale
	}
	if f.To < firstStep || f.To > len(p.Steps) || f.To != p.Here()+1 && f.To != p.Here()-1 {
		return fault.New(fault.Conflict, "plan.step.far")
	}
	return nil
}

// Step is where a person is on the way.
type Step struct {
	No    int
	Name  string // in the unit's own words
	Since clock.Date
}

// StepOf gives the step the person is in. It needs access to Need.
func StepOf(ctx context.Context, tx *store.Tx, actor *access.Actor, a access.Access) (Step, error) {
	a.Must(Need)
	p, err := head(ctx, tx, actor, a)
	return p.step(), err
}

func (p Plan) step() Step { return Step{p.Here(), p.StepName(p.Here()), p.StepOn} }

// Move is a step that was taken, with the person's yes.
type Move struct {
	From, To int
	On       clock.Date
	How      How
}

func moves(ctx context.Context, tx *store.Tx, actor *access.Actor, plan ID) ([]Move, error) {
	return store.All(ctx, tx, store.Q(`SELECT from_step, to_step, on_date, how FROM plan_step WHERE area_id = $1 AND plan_id = $2 ORDER BY move_id`),
		[]any{actor.Area(), plan}, func(r *store.Cursor) (m Move, err error) {
			err = r.Scan(&m.From, &m.To, &m.On, &m.How)
			return m, err
		})
}
