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
		var form fault.Form
		checkYes(&form, f.How, f.On, actor.Today())
		if err := form.Err(); err != nil {
			return err
		}
		return c.step(ctx, f)
	})
}

// OwnStep is Step for the person alone on their own pages: a yes to the step that they are asked about. Conflict when the
// question has been taken back. A not yet leaves no trace, and the question stays.
func (d *Desk) OwnStep(ctx context.Context, actor *access.Actor, f StepForm) error {
	if f.Answer == Later {
		return nil
	}
	f.How, f.On = ByOwn, actor.Today()
	return d.own(ctx, actor, Need, func(c *change) error {
		if c.plan.Asked == 0 || c.plan.Asked != f.To {
			return fault.New(fault.Conflict, "plan.step.unasked")
		}
		return c.step(ctx, f)
	})
}

// AskStep asks the person on their own pages whether to go to another step; to 0 takes the question back. It changes nothing
// else, and what the person answers is seen only when it is yes.
func (d *Desk) AskStep(ctx context.Context, actor *access.Actor, who id.Person, version, to int) error {
	return d.change(ctx, actor, who, Need, func(c *change) error {
		if to != 0 && !c.plan.beside(to) {
			return fault.New(fault.Conflict, "plan.step.far")
		}
		n, err := c.tx.Exec(ctx, store.Q(`UPDATE plan SET asked = $4, version = version + 1 WHERE area_id = $1 AND plan_id = $2 AND version = $3`),
			actor.Area(), c.plan.ID, version, to)
		return stale(n, err)
	})
}

// step moves the person to the step of the form.
func (c *change) step(ctx context.Context, f StepForm) error {
	if err := f.check(c.plan); err != nil {
		return err
	}
	n, err := c.tx.Exec(ctx, store.Q(`UPDATE plan SET step = $4, step_on = $5, asked = 0, version = version + 1
	 WHERE area_id = $1 AND plan_id = $2 AND version = $3`), c.actor.Area(), c.plan.ID, f.Version, f.To, string(f.On))
	if err := stale(n, err); err != nil {
		return err
	}
	_, err = c.tx.Exec(ctx, store.Q(`INSERT INTO plan_step (area_id, move_id, plan_id, person_id, from_step, to_step, on_date, how, post_id)
	 VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)`),
		c.actor.Area(), id.New[moveTag](c.actor.Now()), c.plan.ID, c.a.Person(), c.plan.Here(), f.To, string(f.On), string(f.How), c.actor.Post())
	if err != nil {
		return err
	}
	return c.event(ctx, thread.Event{Kind: thread.StepMoved, On: f.On, Code: strconv.Itoa(f.To), Ref: int64(c.plan.ID)})
}

// beside tells whether a step is next to where the person is.
func (p Plan) beside(to int) bool {
	return to >= firstStep && to <= len(p.Steps) && (to == p.Here()+1 || to == p.Here()-1)
}

func (f StepForm) check(p Plan) error {
	var form fault.Form
	if f.Answer != Yes {
		form.Add("answer", "form.choose")
	}
	if err := form.Err(); err != nil {
		return err
	}
	if f.Version != p.Version {
		return fault.Stale
	}
	if !p.beside(f.To) {
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
