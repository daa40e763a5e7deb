package plan

import (
	"context"
	"strings"

	"sluss/internal/access"
	"sluss/internal/clock"
	"sluss/internal/fault"
	"sluss/internal/id"
	"sluss/internal/org"
	"sluss/internal/store"
	"sluss/internal/thread"
	"sluss/internal/vault"
)

// Measure is something that an agency does for a goal of the person.
type Measure struct {
	ID        MeasureID
	Goal      GoalID // 0 for none: the measure is loose
	Agency    id.Agency
	Unit      id.Unit // of the agency, 0 when not said
	What      string
	WhyNow    string
	WhatNext  string
	Went      string // how it went, about the measure
	From, To  clock.Date
	EndedOn   clock.Date
	Paper     bool
	Told      bool       // it is written for the person to read
	YesOn     clock.Date // the person's own yes to it as it is written, "" without
	UnclearOn clock.Date // since when the person does not see the thread, "" when they do
	Version   int
}

// MeasureForm is what is written about a measure.
type MeasureForm struct {
	What, WhyNow, WhatNext string
	Goal                   GoalID
	Agency                 id.Agency
	Unit                   id.Unit
	From, To               clock.Date
	Paper                  bool
}

func (f *MeasureForm) check(p Plan) error {
	f.What, f.WhyNow, f.WhatNext = strings.TrimSpace(f.What), strings.TrimSpace(f.WhyNow), strings.TrimSpace(f.WhatNext)
	var form fault.Form
	if f.What == "" {
		form.Add("what", "plan.measure.what.needed")
	}
	if f.Agency == 0 {
		form.Add("by", "plan.measure.by.needed")
	}
	if f.Goal != 0 && p.Goal(f.Goal) == nil {
		form.Add("goal", "form.choose")
	}
	if f.Goal != 0 && f.WhyNow == "" {
		form.Add("why", "plan.measure.why.needed")
	}
	if f.Goal != 0 && f.WhatNext == "" {
		form.Add("next", "plan.measure.next.needed")
	}
	if f.From == "" {
		form.Add("from", "plan.measure.from.needed")
	}
	if f.To != "" && f.To < f.From {
		form.Add("to", "plan.measure.to.early")
	}
	return form.Err()
}

// by refuses an agency or a unit that is not there.
func (f *MeasureForm) by(ctx context.Context, tx *store.Tx, actor *access.Actor) error {
	ok, err := org.Has(ctx, tx, actor.Area(), f.Agency, f.Unit)
	if err == nil && !ok {
		return fault.Form{{Kind: fault.Invalid, Key: "form.choose", Field: "by"}}
	}
	return err
}

func measurePlace(m MeasureID) vault.Place {
	return vault.Place{Table: "plan_measure", Column: "sealed", Row: int64(m)}
}

// BeginMeasure adds a measure. One without a goal is loose. A conflict while somebody who has come back has not been asked
// what helped last time.
func (d *Desk) BeginMeasure(ctx context.Context, actor *access.Actor, who id.Person, f MeasureForm) (m MeasureID, err error) {
	err = d.change(ctx, actor, who, Need, func(c *change) error {
		if c.plan.Unheard {
			return fault.New(fault.Conflict, "plan.measure.unheard")
		}
		m, err = c.beginMeasure(ctx, f, false)
		return err
	})
	return m, err
}

// beginMeasure adds a measure; told says that it is written for the person to read.
func (c *change) beginMeasure(ctx context.Context, f MeasureForm, told bool) (MeasureID, error) {
	if err := f.check(c.plan); err != nil {
		return 0, err
	}
	if err := f.by(ctx, c.tx, c.actor); err != nil {
		return 0, err
	}
	m := id.New[measureTag](c.actor.Now())
	sealed := c.a.Key(access.Plan).Seal(measurePlace(m), f.What, f.WhyNow, f.WhatNext, "")
	_, err := c.tx.Exec(ctx, store.Q(`INSERT INTO plan_measure (area_id, measure_id, plan_id, person_id, goal_id, agency_id, unit_id, sealed,
	 from_on, to_on, ended_on, paper, told, yes_on, unclear_on, version) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, '', $11, $12, '', '', 1)`),
		c.actor.Area(), m, c.plan.ID, c.a.Person(), f.Goal, f.Agency, f.Unit, sealed, string(f.From), string(f.To), store.Flag(f.Paper), store.Flag(told))
	if err != nil {
		return 0, err
	}
	return m, c.changed(ctx, thread.Event{Kind: thread.Measure, On: f.From, Agency: f.Agency, Goal: int64(f.Goal), Ref: int64(m)})
}

// ChangeMeasure writes a measure anew, as when a loose one is tied to a goal; a yes to what it said is not a yes to what it says
// now. Stale when somebody changed it meanwhile.
func (d *Desk) ChangeMeasure(ctx context.Context, actor *access.Actor, who id.Person, m MeasureID, version int, f MeasureForm) error {
	return d.change(ctx, actor, who, Need, func(c *change) error { return c.changeMeasure(ctx, m, version, f) })
}

func (c *change) changeMeasure(ctx context.Context, m MeasureID, version int, f MeasureForm) error {
	old := c.plan.Measure(m)
	if old == nil {
		return fault.Missing
	}
	if err := f.check(c.plan); err != nil {
		return err
	}
	if err := f.by(ctx, c.tx, c.actor); err != nil {
		return err
	}
	sealed := c.a.Key(access.Plan).Seal(measurePlace(m), f.What, f.WhyNow, f.WhatNext, old.Went)
	n, err := c.tx.Exec(ctx, store.Q(`UPDATE plan_measure SET goal_id = $4, agency_id = $5, unit_id = $6, sealed = $7, from_on = $8, to_on = $9,
	 paper = $10, yes_on = '', version = version + 1 WHERE area_id = $1 AND measure_id = $2 AND version = $3`),
		c.actor.Area(), m, version, f.Goal, f.Agency, f.Unit, sealed, string(f.From), string(f.To), store.Flag(f.Paper))
	if err := stale(n, err); err != nil {
		return err
	}
	return c.touch(ctx)
}

// EndMeasure ends a measure on a day, with how it went.
func (d *Desk) EndMeasure(ctx context.Context, actor *access.Actor, who id.Person, m MeasureID, version int, on clock.Date, went string) error {
	return d.change(ctx, actor, who, Need, func(c *change) error { return c.endMeasure(ctx, m, version, on, went) })
}

func (c *change) endMeasure(ctx context.Context, m MeasureID, version int, on clock.Date, went string) error {
	old := c.plan.Measure(m)
	if old == nil {
		return fault.Missing
	}
	if err := checkEnd(*old, on, c.actor.Today()); err != nil {
		return err
	}
	sealed := c.a.Key(access.Plan).Seal(measurePlace(m), old.What, old.WhyNow, old.WhatNext, strings.TrimSpace(went))
	n, err := c.tx.Exec(ctx, store.Q(`UPDATE plan_measure SET sealed = $4, ended_on = $5, version = version + 1
	 WHERE area_id = $1 AND measure_id = $2 AND version = $3 AND ended_on = ''`), c.actor.Area(), m, version, sealed, string(on))
	if err := stale(n, err); err != nil {
		return err
	}
	return c.changed(ctx, thread.Event{Kind: thread.MeasureOver, On: on, Agency: old.Agency, Goal: int64(old.Goal), Ref: int64(m)})
}

func checkEnd(m Measure, on, today clock.Date) error {
	var form fault.Form
	switch {
	case on == "":
		form.Add("on", "plan.measure.ended.needed")
	case on < m.From:
		form.Add("on", "plan.measure.to.early")
	case on > today:
		form.Add("on", "plan.on.future")
	}
	return form.Err()
}

// UnclearMeasure notes that the person does not see the thread in a measure, or with unclear false that they do now. It
// is a mark on the measure and changes neither the plan nor what was agreed.
func (d *Desk) UnclearMeasure(ctx context.Context, actor *access.Actor, who id.Person, m MeasureID, version int, unclear bool) error {
	return d.change(ctx, actor, who, Need, func(c *change) error {
		n, err := c.tx.Exec(ctx, store.Q(`UPDATE plan_measure SET unclear_on = $5, version = version + 1
		 WHERE area_id = $1 AND plan_id = $2 AND measure_id = $3 AND version = $4`),
			actor.Area(), c.plan.ID, m, version, since(actor, unclear))
		return stale(n, err)
	})
}

// Unclear is the person's answer that they do not see the thread in a measure.
const Unclear = "unclear"

// OwnMeasure takes the person's own answer to a measure that is written for them to read: Yes, Later or Unclear. A yes takes the
// mark away that they do not see the thread, and the mark takes the yes back. A not yet leaves no trace.
func (d *Desk) OwnMeasure(ctx context.Context, actor *access.Actor, m MeasureID, version int, answer string) error {
	if answer == Later {
		return nil
	}
	if answer != Yes && answer != Unclear {
		return fault.New(fault.Invalid, "form.choose")
	}
	return d.own(ctx, actor, Need, func(c *change) error {
		if old := c.plan.Measure(m); old == nil || !old.Told || old.EndedOn != "" {
			return fault.Missing
		}
		n, err := c.tx.Exec(ctx, store.Q(`UPDATE plan_measure SET yes_on = $4, unclear_on = $5, version = version + 1
		 WHERE area_id = $1 AND measure_id = $2 AND version = $3`), actor.Area(), m, version, since(actor, answer == Yes), since(actor, answer == Unclear))
		return stale(n, err)
	})
}
