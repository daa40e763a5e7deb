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

// Listed is what an access must cover for the lists of those whom one is to talk with.
const Listed = access.Identity | access.Activities

// Unclear notes that the person does not see the thread in a place, or with unclear false that they do now. Nothing follows but that their
// coach is asked to talk with them: it is ours to explain, to tie the place to a goal, or to change.
func (d *Desk) Unclear(ctx context.Context, actor *access.Actor, who id.Person, k ID, version int, unclear bool) error {
	return d.change(ctx, actor, who, k, version, func(_ *store.Tx, _ access.Access, p *Place) error { return p.unclear(actor.Today(), unclear) })
}

// UnclearOwn is the same, said by the person who acts for themself.
func (d *Desk) UnclearOwn(ctx context.Context, actor *access.Actor, k ID, version int, unclear bool) error {
	return d.changeOwn(ctx, actor, k, version, func(p *Place) error { return p.unclear(actor.Today(), unclear) })
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

// Talk is a place that the coach is to talk with somebody about: they do not see the thread in it, or wish for it on their own page.
type Talk struct {
	Person   id.Person
	Name     string
	ID       ID
	Activity activity.ID
	Since    clock.Date
	Wish     bool
}

var talks = store.Q(`SELECT ` + access.Columns + `, p.identity, x.place_id, x.activity_id, CASE WHEN x.state = 'wished' THEN x.own_on ELSE x.unclear_on END AS since, x.state FROM assignment g
 JOIN place x ON x.area_id = g.area_id AND x.person_id = g.person_id AND x.unit_id = $7
  AND (x.unclear_on <> '' AND x.state = 'held' AND x.to_on = '' OR x.own_on <> '' AND x.state = 'wished')
 JOIN person p ON p.area_id = g.area_id AND p.person_id = g.person_id
 WHERE g.area_id = $1 AND g.post_id = $2 AND g.from_on <= $4 AND g.to_on > $4 AND g.ended_at > $3 AND ` + access.Visible + `
 ORDER BY since, x.place_id LIMIT 0 + $8`)

// TalksOf gives what the coach is to talk with their own about, the longest first. Whoever is on their way out of a place is not among them.
func TalksOf(ctx context.Context, tx *store.Tx, actor *access.Actor, most int) ([]Talk, error) {
	s, err := access.Over(ctx, tx, actor, Listed, access.ForPlan)
	if err != nil {
		return nil, err
	}
	return store.All(ctx, tx, talks, s.Args(actor.Unit(), most), func(r *store.Cursor) (l Talk, err error) {
		var identity []byte
		var state State
		a, err := s.Row(r, &identity, &l.ID, &l.Activity, &l.Since, &state)
		if err != nil {
			return l, err
		}
		l.Person, l.Wish = a.Person(), state == Wished
		l.Name, err = person.NameOf(a, identity)
		return l, err
	})
}
