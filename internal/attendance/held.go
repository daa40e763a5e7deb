package attendance

import (
	"context"

	"sluss/internal/clock"
	"sluss/internal/id"
	"sluss/internal/store"
)

// Held is one time that an activity was held, and how many came.
type Held struct {
	Activity  string // its name, in the unit's own words
	On        clock.Date
	At, Until clock.LocalTime
	Came      int
}

// came joins the occasions of a project's activities in $3 to $4 with whoever came. As in every list, nobody who is protected is counted.
const came = ` FROM occasion o
 JOIN project_activity x ON x.area_id = o.area_id AND x.activity_id = o.activity_id AND x.project_id = $2
 LEFT JOIN attendance a ON a.area_id = o.area_id AND a.occasion_id = o.occasion_id AND a.latest = 1 AND a.mark IN ('here', 'part')
  AND (SELECT q.protected FROM person q WHERE q.area_id = a.area_id AND q.person_id = a.person_id) = 0
 WHERE o.area_id = $1 AND o.state = 'planned' AND o.on_date >= $3 AND o.on_date <= $4`

// In gives the times that a project's activities were held, from a day to another, and how many different people came to them: all that a
// fund is shown of who was here.
func In(ctx context.Context, tx *store.Tx, area id.Area, project int64, first, last clock.Date) (list []Held, people int, err error) {
	args := []any{area, project, string(first), string(last)}
	if err = tx.One(ctx, store.Q(`SELECT count(DISTINCT a.person_id)`+came), args, &people); err != nil {
		return nil, 0, err
	}
	list, err = store.All(ctx, tx, store.Q(`SELECT coalesce((SELECT n.text FROM unit_text n WHERE n.area_id = $1 AND n.owner = 'activity ' || CAST(x.activity_id AS text)
	   AND n.field = 'name' AND n.lang = 'sv'), ''), o.on_date, o.at, o.until, count(a.person_id)`+came+`
	 GROUP BY o.occasion_id, x.activity_id, o.on_date, o.at, o.until ORDER BY o.on_date, o.at, o.occasion_id`), args, func(r *store.Cursor) (h Held, err error) {
		err = r.Scan(&h.Activity, &h.On, &h.At, &h.Until, &h.Came)
		return h, err
	})
	return list, people, err
}
