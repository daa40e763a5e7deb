package plan

import (
	"context"
	"strings"

	"sluss/internal/access"
	"sluss/internal/clock"
	"sluss/internal/fault"
	"sluss/internal/id"
	"sluss/internal/store"
	"sluss/internal/thread"
	"sluss/internal/vault"
)

// Who does a task now.
type Who string

// Those who may do a task.
const (
	Staff    Who = "staff"
	Together Who = "together"
	Self     Who = "self"
)

func (w Who) known() bool { return w == Staff || w == Together || w == Self }

// Task is something to do, and who does it now.
type Task struct {
	ID      TaskID
	Goal    GoalID // 0 for none
	Words   string
	Other   string // the same in the person's language
	Who     Who
	WhoOn   clock.Date // since when it is theirs
	Paper   bool
	State   Life
	StateOn clock.Date
	Version int
}

// TaskForm is what is written about a task.
type TaskForm struct {
	Words, Other string
	Goal         GoalID
	Who          Who
	Paper        bool
}

func (f *TaskForm) check(p Plan) error {
	f.Words, f.Other = strings.TrimSpace(f.Words), strings.TrimSpace(f.Other)
	var form fault.Form
	if f.Words == "" {
		form.Add("words", "plan.task.words.needed")
	}
	if f.Goal != 0 && p.Goal(f.Goal) == nil {
		form.Add("goal", "form.choose")
	}
	if !f.Who.known() {
		form.Add("who", "plan.task.who.needed")
	}
	return form.Err()
}

func taskPlace(t TaskID) vault.Place {
	return vault.Place{Table: "plan_task", Column: "sealed", Row: int64(t)}
}

// WriteTask adds something to do.
func (d *Desk) WriteTask(ctx context.Context, actor *access.Actor, who id.Person, f TaskForm) (t TaskID, err error) {
	err = d.change(ctx, actor, who, Need, func(c *change) error {
		t, err = c.addTask(ctx, f)
		if err != nil {
			return err
		}
		return c.touch(ctx)
	})
	return t, err
}

func (c *change) addTask(ctx context.Context, f TaskForm) (TaskID, error) {
	if err := f.check(c.plan); err != nil {
		return 0, err
	}
	if len(c.plan.Tasks) >= maxTasks {
		return 0, fault.New(fault.Conflict, "plan.task.many", maxTasks)
	}
	t := id.New[taskTag](c.actor.Now())
	sealed := c.a.Key(access.Plan).Seal(taskPlace(t), f.Words, f.Other)
	_, err := c.tx.Exec(ctx, store.Q(`INSERT INTO plan_task (area_id, task_id, plan_id, person_id, goal_id, sealed, who, who_on, paper, state, state_on, version)
	 VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, 'open', $8, 1)`),
		c.actor.Area(), t, c.plan.ID, c.a.Person(), f.Goal, sealed, string(f.Who), string(c.actor.Today()), store.Flag(f.Paper))
	return t, err
}

// ChangeTask writes a task anew. Stale when somebody changed it meanwhile.
func (d *Desk) ChangeTask(ctx context.Context, actor *access.Actor, who id.Person, t TaskID, version int, f TaskForm) error {
	return d.change(ctx, actor, who, Need, func(c *change) error {
		old := c.plan.Task(t)
		if old == nil {
			return fault.Missing
		}
		if err := f.check(c.plan); err != nil {
			return err
		}
		sealed := c.a.Key(access.Plan).Seal(taskPlace(t), f.Words, f.Other)
		n, err := c.tx.Exec(ctx, store.Q(`UPDATE plan_task SET sealed = $4, goal_id = $5, paper = $6, version = version + 1
		 WHERE area_id = $1 AND task_id = $2 AND version = $3`), actor.Area(), t, version, sealed, f.Goal, store.Flag(f.Paper))
		if err := stale(n, err); err != nil {
			return err
		}
		if f.Who != old.Who {
			old.Version++
			return c.hand(ctx, *old, f.Who)
		}
		return c.touch(ctx)
	})
}

// MoveTask gives a task to somebody else: staff, both together, or the person alone.
func (d *Desk) MoveTask(ctx context.Context, actor *access.Actor, who id.Person, t TaskID, version int, to Who) error {
	return d.change(ctx, actor, who, Need, func(c *change) error {
		old := c.plan.Task(t)
		if old == nil {
			return fault.Missing
		}
		if !to.known() {
			return fault.New(fault.Invalid, "plan.task.who.needed")
		}
		old.Version = version
		return c.hand(ctx, *old, to)
	})
}

// OwnTask is MoveTask for the person alone on their own pages: they take a task themself, or do it together with staff again. What
// staff do alone is taken by the person, and never given to staff by them.
func (d *Desk) OwnTask(ctx context.Context, actor *access.Actor, t TaskID, version int, to Who) error {
	return d.own(ctx, actor, Need, func(c *change) error {
		old := c.plan.Task(t)
		if old == nil || old.State != Open {
			return fault.Missing
		}
		if to != Self && to != Together {
			return fault.New(fault.Invalid, "plan.task.who.needed")
		}
		old.Version = version
		return c.hand(ctx, *old, to)
	})
}

// hand moves a task and writes the move to the thread.
func (c *change) hand(ctx context.Context, t Task, to Who) error {
	n, err := c.tx.Exec(ctx, store.Q(`UPDATE plan_task SET who = $4, who_on = $5, version = version + 1
	 WHERE area_id = $1 AND task_id = $2 AND version = $3 AND state = 'open'`),
		c.actor.Area(), t.ID, t.Version, string(to), string(c.actor.Today()))
	if err := stale(n, err); err != nil {
		return err
	}
	return c.changed(ctx, thread.Event{Kind: thread.TaskMoved, Code: string(to), Goal: int64(t.Goal), Ref: int64(t.ID)})
}

// EndTask marks a task as done or taken away, or takes it up again.
func (d *Desk) EndTask(ctx context.Context, actor *access.Actor, who id.Person, t TaskID, version int, to Life) error {
	return d.change(ctx, actor, who, Need, func(c *change) error {
		if to != Open && to != Done && to != Dropped {
			return fault.New(fault.Invalid, "form.choose")
		}
		n, err := c.tx.Exec(ctx, store.Q(`UPDATE plan_task SET state = $5, state_on = $6, version = version + 1
		 WHERE area_id = $1 AND plan_id = $2 AND task_id = $3 AND version = $4`),
			actor.Area(), c.plan.ID, t, version, string(to), string(actor.Today()))
		if err := stale(n, err); err != nil {
			return err
		}
		return c.touch(ctx)
	})
}
