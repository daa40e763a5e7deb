package plan

import (
	"context"

	"sluss/internal/access"
	"sluss/internal/clock"
	"sluss/internal/fault"
	"sluss/internal/id"
	"sluss/internal/intake"
	"sluss/internal/org"
	"sluss/internal/person"
	"sluss/internal/store"
)

// Outside gives the goals, tasks and measures of somebody's newest plan, for who works at another agency. It needs access to
// Plan alone, and tells nothing of where on the way the person stands: of the enrolment only its unit and whether it is over.
// A person without a plan has an empty one.
func Outside(ctx context.Context, tx *store.Tx, actor *access.Actor, a access.Access) (Plan, error) {
	a.Must(access.Plan)
	var p Plan
	var again int
	var asked clock.Date
	err := tx.One(ctx, store.Q(`SELECT pl.plan_id, e.enrolment_id, e.unit_id, e.state, r.again, r.asked_on FROM plan pl
	  JOIN enrolment e ON e.area_id = pl.area_id AND e.enrolment_id = pl.enrolment_id
	  JOIN referral r ON r.area_id = e.area_id AND r.referral_id = e.referral_id AND r.person_id = e.person_id
	 WHERE e.area_id = $1 AND e.person_id = $2 ORDER BY e.enrolment_id DESC LIMIT 1`), []any{actor.Area(), a.Person()},
		&p.ID, &p.Enrolment.ID, &p.Enrolment.Unit, &p.Enrolment.State, &again, &asked)
	if store.None(err) {
		return p, nil
	}
	if err != nil {
		return p, err
	}
	p.Unheard = again == 1 && asked == ""
	return p.fill(ctx, tx, actor, a)
}

// Living tells whether there is a plan that is still worked in.
func (p Plan) Living() bool { return p.ID != 0 && p.Enrolment.State != intake.Left }

// outside is change for who works at another agency, by the person's yes. A conflict when there is no plan that is worked in, or
// when the gateway has something to go through with the person first.
func (d *Desk) outside(ctx context.Context, actor *access.Actor, who id.Person, f func(*change) error) error {
	return d.Store.Write(ctx, func(tx *store.Tx) error {
		if err := access.Unit(ctx, tx, actor, access.Officer); err != nil {
			return err
		}
		a, err := access.Open(ctx, tx, actor, who, access.Plan, access.Write, access.ForCollaboration)
		if err != nil {
			return err
		}
		p, err := Outside(ctx, tx, actor, a)
		if err != nil {
			return err
		}
		if !p.Living() || p.Unheard {
			return fault.New(fault.Conflict, "plan.outside.wait")
		}
		return f(&change{tx, actor, a, p})
	})
}

// ours is what the actor's own unit does.
func (c *change) ours(ctx context.Context, f *MeasureForm) error {
	u, err := org.GetUnit(ctx, c.tx, c.actor.Area(), c.actor.Unit())
	f.Agency, f.Unit, f.Paper = u.Agency, u.ID, false
	return err
}

// BeginOutside adds a measure of another agency, by who works there and with the person's yes: it is written for the person to
// read.
func (d *Desk) BeginOutside(ctx context.Context, actor *access.Actor, who id.Person, f MeasureForm) (m MeasureID, err error) {
	err = d.outside(ctx, actor, who, func(c *change) error {
		if err := c.ours(ctx, &f); err != nil {
			return err
		}
		m, err = c.beginMeasure(ctx, f, true)
		return err
	})
	return m, err
}

// ChangeOutside is ChangeMeasure for a measure that the actor's own unit has written. Missing for any other.
func (d *Desk) ChangeOutside(ctx context.Context, actor *access.Actor, who id.Person, m MeasureID, version int, f MeasureForm) error {
	return d.outside(ctx, actor, who, func(c *change) error {
		if !c.plan.OfUnit(m, actor.Unit()) {
			return fault.Missing
		}
		if err := c.ours(ctx, &f); err != nil {
			return err
		}
		return c.changeMeasure(ctx, m, version, f)
	})
}

// EndOutside is EndMeasure for a measure that the actor's own unit has written. Missing for any other.
func (d *Desk) EndOutside(ctx context.Context, actor *access.Actor, who id.Person, m MeasureID, version int, on clock.Date, went string) error {
	return d.outside(ctx, actor, who, func(c *change) error {
		if !c.plan.OfUnit(m, actor.Unit()) {
			return fault.Missing
		}
		return c.endMeasure(ctx, m, version, on, went)
	})
}

// OfUnit tells whether a measure under way is one that the unit has written itself.
func (p Plan) OfUnit(m MeasureID, u id.Unit) bool {
	x := p.Measure(m)
	return x != nil && x.Told && x.Unit == u && x.EndedOn == ""
}

// Ours is a measure under way that the actor's own agency does.
type Ours struct {
	Person id.Person
	Name   string
	Measure
	Loose bool // it serves no goal that is alive or reached
}

// OurMeasures gives the measures under way of the actor's own unit, and those of its agency of which no unit is said, the newest
// first, for those whose plan the actor may see.
func OurMeasures(ctx context.Context, tx *store.Tx, actor *access.Actor, most int) ([]Ours, error) {
	s, err := access.Over(ctx, tx, actor, access.Identity|access.Plan, access.ForCollaboration)
	if err != nil {
		return nil, err
	}
	u, err := org.GetUnit(ctx, tx, actor.Area(), actor.Unit())
	if err != nil {
		return nil, err
	}
	return store.All(ctx, tx, selectOurs, s.Args(u.ID, u.Agency, most), func(r *store.Cursor) (x Ours, err error) {
		var identity, sealed []byte
		var told, loose int
		a, err := s.Row(r, &identity, &x.ID, &x.Goal, &x.Agency, &x.Unit, &sealed, &x.From, &x.To, &told, &x.YesOn, &x.UnclearOn, &x.Version, &loose)
		if err != nil {
			return x, err
		}
		x.Person, x.Told, x.Loose = a.Person(), told == 1, loose == 1
		if x.Name, err = person.NameOf(a, identity); err != nil {
			return x, err
		}
		f, err := a.Key(access.Plan).Open(measurePlace(x.ID), 4, sealed)
		if err == nil {
			x.What, x.WhyNow, x.WhatNext = f[0], f[1], f[2]
		}
		return x, err
	})
}

var selectOurs = store.Q(`SELECT ` + access.Columns + `, p.identity, m.measure_id, m.goal_id, m.agency_id, m.unit_id, m.sealed, m.from_on, m.to_on, m.told,
  m.yes_on, m.unclear_on, m.version, CASE WHEN coalesce(g.state, 'withdrawn') = 'withdrawn' THEN 1 ELSE 0 END FROM plan_measure m
  JOIN plan l ON l.area_id = m.area_id AND l.plan_id = m.plan_id
  JOIN enrolment e ON e.area_id = l.area_id AND e.enrolment_id = l.enrolment_id AND e.state <> 'left'
  JOIN person p ON p.area_id = m.area_id AND p.person_id = m.person_id
  LEFT JOIN plan_goal g ON g.area_id = m.area_id AND g.goal_id = m.goal_id
 WHERE m.area_id = $1 AND m.agency_id = $8 AND m.ended_on = '' AND m.unit_id IN (0, $7) AND ` + access.Visible + `
 ORDER BY m.from_on DESC, m.measure_id DESC LIMIT 0 + $9`)
