package placement

import (
	"context"

	"sluss/internal/access"
	"sluss/internal/clock"
	"sluss/internal/id"
	"sluss/internal/person"
	"sluss/internal/plan"
	"sluss/internal/store"
	"sluss/internal/workplace"
)

// View is a person's placements with all that the pages about them show.
type View struct {
	Person   person.Person // identity and contact
	Plan     plan.Plan
	List     []Placement // the newest first
	Register workplace.View
}

// Get gives one of the placements; nil when the person has no such.
func (v View) Get(k ID) *Placement {
	for i := range v.List {
		if v.List[i].ID == k {
			return &v.List[i]
		}
	}
	return nil
}

// Open reads a person's placements for a page; act is Read, or Export for a page that leaves the house.
func (d *Desk) Open(ctx context.Context, actor *access.Actor, who id.Person, act access.Action) (v View, err error) {
	err = d.Store.Read(ctx, func(tx *store.Tx) error {
		var a access.Access
		v = View{}
		if v.Person, a, err = person.Open(ctx, tx, actor, who, Seen, act, access.ForPlan); err != nil {
			return err
		}
		if v.Plan, err = plan.Get(ctx, tx, actor, a); err != nil {
			return err
		}
		if v.List, err = of(ctx, tx, actor, a); err != nil {
			return err
		}
		v.Register, err = workplace.Read(ctx, tx, actor)
		return err
	})
	return v, err
}

// Own is a placement as the person themself sees it: all of it, with what the workplace is called.
type Own struct {
	Placement
	At string
}

// Mine gives what the person of the access has been proposed and has agreed on, and what they wish for.
func Mine(ctx context.Context, tx *store.Tx, actor *access.Actor, a access.Access) (list []Own, err error) {
	all, err := of(ctx, tx, actor, a)
	if err != nil || len(all) == 0 {
		return nil, err
	}
	names, err := workplace.Names(ctx, tx, actor)
	for _, p := range all {
		if p.State != Ended && p.State != Withdrawn {
			list = append(list, Own{p, names[p.Workplace]})
		}
	}
	return list, err
}

// Due is a placement that the coach is to talk with somebody about.
type Due struct {
	Person id.Person
	Name   string
	ID     ID
	On     clock.Date
	Over   bool // the time that was agreed has passed: is it to go on, or to end?
	Wish   bool // the person wished for it on their own page
}

var due = store.Q(`SELECT ` + access.Columns + `, p.identity, x.placement_id, x.due_on, x.to_on, x.state FROM assignment g
 JOIN placement x ON x.area_id = g.area_id AND x.person_id = g.person_id AND x.unit_id = $7 AND x.state IN ('wished', 'agreed')
  AND x.due_on <> '' AND x.due_on <= $4
 JOIN person p ON p.area_id = g.area_id AND p.person_id = g.person_id
 WHERE g.area_id = $1 AND g.post_id = $2 AND g.from_on <= $4 AND g.to_on > $4 AND g.ended_at > $3 AND ` + access.Visible + `
 ORDER BY x.due_on, x.placement_id LIMIT 0 + $8`)

// DueOf gives those of the coach's own with a placement to talk about, the longest first.
func DueOf(ctx context.Context, tx *store.Tx, actor *access.Actor, most int) ([]Due, error) {
	s, err := access.Over(ctx, tx, actor, Listed, access.ForPlan)
	if err != nil {
		return nil, err
	}
	return store.All(ctx, tx, due, s.Args(actor.Unit(), most), func(r *store.Cursor) (x Due, err error) {
		var identity []byte
		var to clock.Date
		var state State
		a, err := s.Row(r, &identity, &x.ID, &x.On, &to, &state)
		if err != nil {
			return x, err
		}
		x.Person, x.Wish = a.Person(), state == Wished
		x.Over = !x.Wish && to < x.On
		x.Name, err = person.NameOf(a, identity)
		return x, err
	})
}
