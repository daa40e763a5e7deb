package place

import (
	"context"

	"sluss/internal/access"
	"sluss/internal/id"
	"sluss/internal/person"
	"sluss/internal/schedule"
	"sluss/internal/store"
)

// Shown is what the list of those expected tells.
const Shown = access.Identity | access.Activities | access.Thread

// Guest is somebody with a place on a day of an activity.
type Guest struct {
	Person  id.Person
	Name    string
	Resting bool // has a pause: the place is kept
}

var expected = store.Q(`SELECT ` + access.Columns + `, p.identity, CASE WHEN EXISTS (SELECT 1 FROM pause z WHERE z.area_id = x.area_id
  AND z.person_id = x.person_id AND z.unit_id = x.unit_id AND z.began_on <= $9 AND (z.ended_on = '' OR z.ended_on > $9)) THEN 1 ELSE 0 END
 FROM place x JOIN person p ON p.area_id = x.area_id AND p.person_id = x.person_id
 WHERE x.area_id = $1 AND x.unit_id = $7 AND x.run_id = $8 AND x.state = 'held' AND x.from_on <= $9 AND (x.to_on = '' OR x.to_on > $9)
  AND p.protected = 0 AND ` + access.Visible)

// Expected gives those who have a place on an occasion, by name, for whoever leads it or plans. One who is protected stands in
// no list.
func Expected(ctx context.Context, tx *store.Tx, actor *access.Actor, o schedule.Occasion) (list []Guest, err error) {
	s, err := access.Over(ctx, tx, actor, Shown, access.ForPlan)
	if err != nil {
		return nil, err
	}
	rows, err := tx.Query(ctx, expected, s.Args(actor.Unit(), o.Run, string(o.On))...)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	for rows.Next() {
		var g Guest
		var identity []byte
		a, err := s.Row(rows, &identity, &g.Resting)
		if err != nil {
			return nil, err
		}
		if g.Name, err = person.NameOf(a, identity); err != nil {
			return nil, err
		}
		g.Person = a.Person()
		list = append(list, g)
	}
	person.SortByName(list, func(g Guest) string { return g.Name })
	return list, rows.Err()
}
