package plan

import (
	"context"

	"sluss/internal/access"
	"sluss/internal/clock"
	"sluss/internal/contact"
	"sluss/internal/fault"
	"sluss/internal/id"
	"sluss/internal/intake"
	"sluss/internal/org"
	"sluss/internal/person"
	"sluss/internal/referral"
	"sluss/internal/store"
)

// View is a plan with all that a page about it shows. What the access does not cover is empty.
type View struct {
	Plan
	Person      person.Person
	Coach       org.Post // zero when there is none
	Unit        org.Unit
	Agencies    []org.Agency
	Units       []org.Unit
	Agreements  []Agreement  // newest first
	Changed     []Difference // since the latest agreement
	Moves       []Move
	Inventories []Inventory // oldest first
	Coordinated Coordinated
	Before      []Round    // of somebody who has come back: the times before, newest first
	NextOn      clock.Date // when they and staff meet next, "" when nothing is booked
	NextAt      clock.LocalTime
}

// Open reads a person's plan for a page; c is Need and what more the page shows, act is Read, or Export for a page that
// leaves the house.
func (d *Desk) Open(ctx context.Context, actor *access.Actor, who id.Person, c access.Category, act access.Action) (v View, err error) {
	err = d.Store.Read(ctx, func(tx *store.Tx) error {
		v = View{}
		a, err := access.Open(ctx, tx, actor, who, c, act, access.ForPlan)
		if err != nil {
			return err
		}
		if v.Plan, err = Get(ctx, tx, actor, a); err != nil {
			return err
		}
		if v.Person, err = person.Get(ctx, tx, actor, a); err != nil {
			return err
		}
		if err := v.history(ctx, tx, actor, a); err != nil {
			return err
		}
		if err := v.meets(ctx, tx, actor, a); err != nil {
			return err
		}
		return v.house(ctx, tx, actor)
	})
	return v, err
}

// meets finds the own start that is booked, or the first of the talks that are.
func (v *View) meets(ctx context.Context, tx *store.Tx, actor *access.Actor, a access.Access) error {
	if !a.May(access.Contact) {
		return nil
	}
	if e := v.Enrolment; e.State == intake.Booked && !clock.Past(e.MeetsOn, e.MeetsAt, actor.Now()) {
		v.NextOn, v.NextAt = e.MeetsOn, e.MeetsAt
	}
	ahead, err := contact.Ahead(ctx, tx, actor, a)
	for _, m := range ahead {
		if !clock.Past(m.On, m.At, actor.Now()) && (v.NextOn == "" || m.On < v.NextOn) {
			v.NextOn, v.NextAt = m.On, m.At
			break
		}
	}
	return err
}

// history reads what has been agreed, which steps were taken, what was answered, and what was done in the times before.
func (v *View) history(ctx context.Context, tx *store.Tx, actor *access.Actor, a access.Access) (err error) {
	if v.Agreements, err = agreements(ctx, tx, actor, a); err != nil {
		return err
	}
	if v.Coordinated, err = v.CoordinatedBy(ctx, tx, actor, a); err != nil {
		return err
	}
	if v.Return {
		if v.Before, err = Rounds(ctx, tx, actor, a, referral.ID(v.Enrolment.Referral)); err != nil {
			return err
		}
	}
	if v.AgreedOn != "" && len(v.Agreements) > 0 {
		v.Changed = Since(v.Agreements[0].Frozen, v.Freeze())
	}
	if v.Moves, err = moves(ctx, tx, actor, v.ID); err != nil {
		return err
	}
	if a.May(access.Assessment) {
		v.Inventories, err = inventories(ctx, tx, actor, a)
	}
	return err
}

// house reads the unit, the coach, and who may do a measure.
func (v *View) house(ctx context.Context, tx *store.Tx, actor *access.Actor) (err error) {
	if v.Agencies, err = org.Agencies(ctx, tx, actor.Area()); err != nil {
		return err
	}
	if v.Units, err = org.Units(ctx, tx, actor.Area()); err != nil {
		return err
	}
	for _, u := range v.Units {
		if u.ID == actor.Unit() {
			v.Unit = u
		}
	}
	if v.Enrolment.Coach != 0 {
		v.Coach, err = org.GetPost(ctx, tx, actor.Area(), v.Enrolment.Coach, actor.Now())
	}
	return err
}

// History gives a goal and how it was worded before, newest first. Missing when the plan has no such goal.
func (d *Desk) History(ctx context.Context, actor *access.Actor, who id.Person, g GoalID) (list []Former, err error) {
	err = d.Store.Read(ctx, func(tx *store.Tx) error {
		a, err := access.Open(ctx, tx, actor, who, Need, access.Read, access.ForPlan)
		if err != nil {
			return err
		}
		p, err := Get(ctx, tx, actor, a)
		if err != nil {
			return err
		}
		if p.Goal(g) == nil {
			return fault.Missing
		}
		list, err = former(ctx, tx, actor, a, g)
		return err
	})
	return list, err
}

// Brief is a plan in short.
type Brief struct {
	Begun    bool // something is written in the plan
	Goals    []Goal
	Step     Step
	Loose    int // measures under way that serve no goal
	State    State
	AgreedOn clock.Date // "" before the first agreement
}

// Summary gives the plan in short, for a page about the person. It needs access to Need.
func Summary(ctx context.Context, tx *store.Tx, actor *access.Actor, a access.Access) (Brief, error) {
	p, err := Get(ctx, tx, actor, a)
	return Brief{p.ID != 0, p.OpenGoals(), p.step(), p.LooseCount(), p.State, p.AgreedOn}, err
}

// Tasks gives what is still to do and who does it. It needs access to Need.
func Tasks(ctx context.Context, tx *store.Tx, actor *access.Actor, a access.Access) ([]Task, error) {
	p, err := Get(ctx, tx, actor, a)
	return p.OpenTasks(), err
}
