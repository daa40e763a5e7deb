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

// WriteGoal adds a goal last among the person's goals.
func (d *Desk) WriteGoal(ctx context.Context, actor *access.Actor, who id.Person, f GoalForm) (g GoalID, err error) {
	err = d.change(ctx, actor, who, Need, func(c *change) error {
		g, err = c.writeGoal(ctx, f)
		return err
	})
	return g, err
}

// OwnGoal adds a goal that the person has written alone on their own pages: the words are theirs, and so is the yes.
func (d *Desk) OwnGoal(ctx context.Context, actor *access.Actor, f GoalForm) (g GoalID, err error) {
	err = d.own(ctx, actor, Need, func(c *change) error {
		if g, err = c.writeGoal(ctx, f); err != nil {
			return err
		}
		return c.ownYes(ctx, g)
	})
	return g, err
}

// ownYes notes that the goal's words are the person's own.
func (c *change) ownYes(ctx context.Context, g GoalID) error {
	_, err := c.tx.Exec(ctx, store.Q(`UPDATE plan_goal SET yes_no = words_no, yes_on = $3, yes_how = $4 WHERE area_id = $1 AND goal_id = $2`),
		c.actor.Area(), g, string(c.actor.Today()), string(ByOwn))
	return err
}

func (c *change) writeGoal(ctx context.Context, f GoalForm) (GoalID, error) {
	if err := f.check(); err != nil {
		return 0, err
	}
	if len(c.plan.Goals) >= maxGoals {
		return 0, fault.New(fault.Conflict, "plan.goal.many", maxGoals)
	}
	g, today := id.New[goalTag](c.actor.Now()), string(c.actor.Today())
	sealed := c.a.Key(access.Plan).Seal(goalPlace(g), f.Words, f.Translation, f.Translator)
	_, err := c.tx.Exec(ctx, store.Q(`INSERT INTO plan_goal (area_id, goal_id, plan_id, person_id, lang, to_lang, sealed, place, said_on, words_no,
		 yes_no, yes_on, yes_how, paper, unclear_on, state, state_on, version)
		 VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, 1, 0, '', '', $10, '', 'open', $9, 1)`),
		c.actor.Area(), g, c.plan.ID, c.a.Person(), f.Lang, f.To, sealed, c.plan.lastPlace()+1, today, store.Flag(f.Paper))
	if err != nil {
		return 0, err
	}
	return g, c.changed(ctx, thread.Event{Kind: thread.GoalWritten, Goal: int64(g), Ref: int64(g)})
}

func (p Plan) lastPlace() int {
	last := 0
	for _, g := range p.Goals {
		last = max(last, g.Place)
	}
	return last
}

// ChangeGoal writes a goal in other words; the former ones stay readable, and a yes to them is not a yes to the new.
// version is the one that was read; Stale when somebody changed the goal meanwhile.
func (d *Desk) ChangeGoal(ctx context.Context, actor *access.Actor, who id.Person, g GoalID, version int, f GoalForm) error {
	return d.change(ctx, actor, who, Need, func(c *change) error { return c.changeGoal(ctx, g, version, f) })
}

// ChangeOwnGoal is ChangeGoal for the person alone on their own pages. A translation goes with the words it was made of.
func (d *Desk) ChangeOwnGoal(ctx context.Context, actor *access.Actor, g GoalID, version int, f GoalForm) error {
	return d.own(ctx, actor, Need, func(c *change) error {
		if old := c.plan.Goal(g); old != nil && old.State != Open {
			return fault.Missing
		} else if old != nil && old.Words == strings.TrimSpace(f.Words) && old.Lang == f.Lang {
			f.Translation, f.To, f.Translator = old.Translation, old.To, old.Translator
		}
		if err := c.changeGoal(ctx, g, version, f); err != nil {
			return err
		}
		return c.ownYes(ctx, g)
	})
}

func (c *change) changeGoal(ctx context.Context, g GoalID, version int, f GoalForm) error {
	old := c.plan.Goal(g)
	if old == nil {
		return fault.Missing
	}
	if err := f.check(); err != nil {
		return err
	}
	if old.Version != version {
		return fault.Stale
	}
	if err := c.keepWords(ctx, *old); err != nil {
		return err
	}
	return c.reword(ctx, *old, f)
}

// keepWords copies what a goal said to its history.
func (c *change) keepWords(ctx context.Context, g Goal) error {
	w := id.New[wordTag](c.actor.Now())
	sealed := c.a.Key(access.Plan).Seal(wordPlace(int64(w)), g.Words, g.Translation, g.Translator)
	_, err := c.tx.Exec(ctx, store.Q(`INSERT INTO plan_goal_word (area_id, word_id, goal_id, person_id, lang, to_lang, sealed, said_on, yes_on, changed_on)
	 VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)`),
		c.actor.Area(), w, g.ID, c.a.Person(), g.Lang, g.To, sealed, string(g.SaidOn), string(g.YesOn), string(c.actor.Today()))
	return err
}

func (c *change) reword(ctx context.Context, old Goal, f GoalForm) error {
	no, said := old.wordsNo, old.SaidOn
	if old.Words != f.Words || old.Lang != f.Lang {
		no, said = no+1, c.actor.Today()
	}
	sealed := c.a.Key(access.Plan).Seal(goalPlace(old.ID), f.Words, f.Translation, f.Translator)
	n, err := c.tx.Exec(ctx, store.Q(`UPDATE plan_goal SET lang = $4, sealed = $5, words_no = $6, said_on = $7, paper = $8, to_lang = $9, version = version + 1
	 WHERE area_id = $1 AND goal_id = $2 AND version = $3`),
		c.actor.Area(), old.ID, old.Version, f.Lang, sealed, no, string(said), store.Flag(f.Paper), f.To)
	if err := stale(n, err); err != nil {
		return err
	}
	return c.changed(ctx, thread.Event{Kind: thread.GoalWritten, Code: "changed", Goal: int64(old.ID), Ref: int64(old.ID)})
}

// AgreeGoal notes the person's yes to one goal as it is worded now. on may be "" for today.
func (d *Desk) AgreeGoal(ctx context.Context, actor *access.Actor, who id.Person, g GoalID, version int, how How, on clock.Date) error {
	if on == "" {
		on = actor.Today()
	}
	return d.change(ctx, actor, who, Need, func(c *change) error {
		var form fault.Form
		checkYes(&form, how, on, actor.Today())
		if err := form.Err(); err != nil {
			return err
		}
		n, err := c.tx.Exec(ctx, store.Q(`UPDATE plan_goal SET yes_no = words_no, yes_on = $5, yes_how = $6, version = version + 1
		 WHERE area_id = $1 AND plan_id = $2 AND goal_id = $3 AND version = $4 AND state = 'open'`),
			actor.Area(), c.plan.ID, g, version, string(on), string(how))
		if err := stale(n, err); err != nil {
			return err
		}
		return c.event(ctx, thread.Event{Kind: thread.GoalAgreed, On: on, Goal: int64(g), Ref: int64(g)})
	})
}

// EndGoal marks a goal as reached or withdrawn, or takes it up again.
func (d *Desk) EndGoal(ctx context.Context, actor *access.Actor, who id.Person, g GoalID, version int, to Life) error {
	return d.change(ctx, actor, who, Need, func(c *change) error {
		if to != Open && to != Done && to != Dropped {
			return fault.New(fault.Invalid, "form.choose")
		}
		n, err := c.tx.Exec(ctx, store.Q(`UPDATE plan_goal SET state = $5, state_on = $6, version = version + 1
		 WHERE area_id = $1 AND plan_id = $2 AND goal_id = $3 AND version = $4`),
			actor.Area(), c.plan.ID, g, version, string(to), string(actor.Today()))
		if err := stale(n, err); err != nil {
			return err
		}
		return c.changed(ctx, thread.Event{Kind: thread.GoalWritten, Code: string(to), Goal: int64(g), Ref: int64(g)})
	})
}

// RaiseGoal puts a goal before the one above it. The first stays where it is.
func (d *Desk) RaiseGoal(ctx context.Context, actor *access.Actor, who id.Person, g GoalID, version int) error {
	return d.change(ctx, actor, who, Need, func(c *change) error {
		above, this := c.plan.above(g)
		if this == nil {
			return fault.Missing
		}
		if this.Version != version {
			return fault.Stale
		}
		if above == nil {
			return nil
		}
		if err := c.put(ctx, above.ID, this.Place); err != nil {
			return err
		}
		if err := c.put(ctx, this.ID, above.Place); err != nil {
			return err
		}
		return c.touch(ctx)
	})
}

// above finds a goal among those that are alive, and the one before it.
func (p Plan) above(g GoalID) (above, this *Goal) {
	open := p.OpenGoals()
	for i := range open {
		if open[i].ID == g && i > 0 {
			return &open[i-1], &open[i]
		}
		if open[i].ID == g {
			return nil, &open[i]
		}
	}
	return nil, nil
}

func (c *change) put(ctx context.Context, g GoalID, place int) error {
	_, err := c.tx.Exec(ctx, store.Q(`UPDATE plan_goal SET place = $3, version = version + 1 WHERE area_id = $1 AND goal_id = $2`),
		c.actor.Area(), g, place)
	return err
}

// UnclearGoal notes that the person does not see where a goal leads, or with unclear false that they do now. It changes
// neither the plan nor what was agreed.
func (d *Desk) UnclearGoal(ctx context.Context, actor *access.Actor, who id.Person, g GoalID, version int, unclear bool) error {
	return d.change(ctx, actor, who, Need, func(c *change) error {
		n, err := c.tx.Exec(ctx, store.Q(`UPDATE plan_goal SET unclear_on = $5, version = version + 1
		 WHERE area_id = $1 AND plan_id = $2 AND goal_id = $3 AND version = $4`),
			actor.Area(), c.plan.ID, g, version, since(actor, unclear))
		return stale(n, err)
	})
}

// since is today for a mark that is set, "" for one that is taken away.
func since(actor *access.Actor, marked bool) string {
	if marked {
		return string(actor.Today())
	}
	return ""
}

func wordPlace(w int64) vault.Place {
	return vault.Place{Table: "plan_goal_word", Column: "sealed", Row: w}
}
