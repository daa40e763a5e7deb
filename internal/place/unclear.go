package place

import (
	"context"

	"sluss/internal/access"
	"sluss/internal/activity"
	"sluss/internal/clock"
	"sluss/internal/fault"
	"sluss/internal/id"
	"sluss/internal/person"
	"sluss/internal/store"
)

// Listed is what an access must cover for the list of those who do not see the thread.
const Listed = access.Identity | access.Activities

// Unclear notes that the person does not see the thread in a place, or with unclear false that they do now. Nothing follows but that their
// coach is asked to talk with them: it is ours to explain, to tie the place to a goal, or to change.
func (d *Desk) Unclear(ctx context.Context, actor *access.Actor, who id.Person, k ID, version int, unclear bool) error {
	return d.change(ctx, actor, who, k, version, func(_ *store.Tx, _ access.Access, p *Place) error { return p.unclear(actor.Today(), unclear) })
}

// UnclearOwn is the same, said by the person who acts for themself.
func (d *Desk) UnclearOwn(ctx context.Context, actor *access.Actor, k ID, version int, unclear bool) error {
	return d.Store.Write(ctx, func(tx *store.Tx) error {
		a, err := access.OpenOwn(ctx, tx, actor, Need, access.Write)
		if err != nil {
			return err
		}
		p, err := get(ctx, tx, actor, a, k, version)
		if err == nil {
			err = p.unclear(actor.Today(), unclear)
		}
		if err != nil {
			return err
		}
		return update(ctx, tx, actor, a, p)
	})
}

func (p *Place) unclear(today clock.Date, unclear bool) error {
	switch {
	case p.State != Held || p.Over(today):
		return fault.Stale
	case !unclear:
		p.UnclearOn = ""
	case p.UnclearOn == "":
		p.UnclearOn = today
	}
	return nil
}

// Lost is a place that somebody does not see the thread in.
type Lost struct {
	Person   id.Person
	Name     string
	ID       ID
	Activity activity.ID
	Since    clock.Date
}

var lost = store.Q(`SELECT ` + access.Columns + `, p.identity, x.place_id, x.activity_id, x.unclear_on FROM assignment g
 JOIN place x ON x.area_id = g.area_id AND x.person_id = g.person_id AND x.unit_id = $7 AND x.unclear_on <> '' AND x.state = 'held'
  AND x.to_on = ''
 JOIN person p ON p.area_id = g.area_id AND p.person_id = g.person_id
 WHERE g.area_id = $1 AND g.post_id = $2 AND g.from_on <= $4 AND g.to_on > $4 AND g.ended_at > $3 AND ` + access.Visible + `
 ORDER BY x.unclear_on, x.place_id LIMIT 0 + $8`)

// LostOf gives those of the coach's own who do not see the thread in a place and are not on their way out of it, the longest first.
func LostOf(ctx context.Context, tx *store.Tx, actor *access.Actor, most int) ([]Lost, error) {
	s, err := access.Over(ctx, tx, actor, Listed, access.ForPlan)
	if err != nil {
		return nil, err
	}
	return store.All(ctx, tx, lost, s.Args(actor.Unit(), most), func(r *store.Cursor) (l Lost, err error) {
		var identity []byte
		a, err := s.Row(r, &identity, &l.ID, &l.Activity, &l.Since)
		if err != nil {
			return l, err
		}
		l.Person = a.Person()
		l.Name, err = person.NameOf(a, identity)
		return l, err
	})
}
