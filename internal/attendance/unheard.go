package attendance

import (
	"cmp"
	"context"
	"slices"

	"sluss/internal/access"
	"sluss/internal/clock"
	"sluss/internal/id"
	"sluss/internal/person"
	"sluss/internal/store"
)

// Unheard is somebody with a place who has been away without a word for some time.
type Unheard struct {
	Person  id.Person
	Name    string
	Contact person.Contact // how they want to be reached
	Since   clock.Date     // the last sign of them
}

// A sign of somebody is that they were here, told that they do not come, met or spoke with a worker, or got the place. One
// whom somebody is to meet within the week is not asked for.
var unheardOf = store.Q(`SELECT ` + access.Columns + `, p.identity, p.contact, p.reach, e.began_on,
 coalesce((SELECT max(x.from_on) FROM place x WHERE x.area_id = $1 AND x.person_id = p.person_id AND x.unit_id = $7 AND x.state = 'held'
  AND x.from_on <= $4 AND (x.to_on = '' OR x.to_on > $4)), ''),
 coalesce((SELECT max(o.on_date) FROM attendance a JOIN occasion o ON o.area_id = a.area_id AND o.occasion_id = a.occasion_id
  WHERE a.area_id = $1 AND a.person_id = p.person_id AND a.unit_id = $7 AND a.latest = 1 AND a.mark IN ('here', 'part', 'told', 'other')), ''),
 coalesce((SELECT max(o.on_date) FROM attendance a JOIN occasion o ON o.area_id = a.area_id AND o.occasion_id = a.occasion_id
  WHERE a.area_id = $1 AND a.person_id = p.person_id AND a.unit_id = $7 AND a.latest = 1 AND a.mark = 'untold'), ''),
 coalesce((SELECT max(w.at) FROM attendance_word w WHERE w.area_id = $1 AND w.person_id = p.person_id), 0),
 coalesce((SELECT max(m.on_date) FROM appointment m WHERE m.area_id = $1 AND m.person_id = p.person_id AND m.unit_id = $7 AND m.state = 'met'), ''),
 coalesce((SELECT max(n.on_date) FROM note n WHERE n.area_id = $1 AND n.person_id = p.person_id AND n.unit_id = $7 AND n.state = 'signed'
  AND n.kind IN ('meeting', 'phone', 'video')), '')
 FROM assignment g
 JOIN enrolment e ON e.area_id = g.area_id AND e.person_id = g.person_id AND e.unit_id = $7 AND e.state = 'active'
 JOIN person p ON p.area_id = g.area_id AND p.person_id = g.person_id
 WHERE g.area_id = $1 AND g.post_id = $2 AND g.from_on <= $4 AND g.to_on > $4 AND g.ended_at > $3
  AND NOT EXISTS (SELECT 1 FROM appointment m WHERE m.area_id = $1 AND m.person_id = p.person_id AND m.unit_id = $7 AND m.state = 'planned'
   AND m.on_date >= $4 AND m.on_date <= $8) AND ` + access.Visible)

// week is how many days ahead a meeting makes a call needless.
const week = 7

// OfCoach gives those of the coach's own who have been away without a word for more than so many days, the longest first.
func OfCoach(ctx context.Context, tx *store.Tx, actor *access.Actor, days int) ([]Unheard, error) {
	s, err := access.Over(ctx, tx, actor, Listed, access.ForContact)
	if err != nil {
		return nil, err
	}
	rows, err := tx.Query(ctx, unheardOf, s.Args(actor.Unit(), string(actor.Today().Add(week)))...)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var list []Unheard
	for rows.Next() {
		u, ok, err := unheard(s, rows, actor.Today().Add(-days))
		if err != nil {
			return nil, err
		}
		if ok {
			list = append(list, u)
		}
	}
	slices.SortStableFunc(list, func(a, b Unheard) int { return cmp.Or(cmp.Compare(a.Since, b.Since), cmp.Compare(a.Person, b.Person)) })
	return list, rows.Err()
}

// unheard reads a row, and keeps it when there has been no sign on the day or later and somebody was expected since; only
// such a one counts as shown.
func unheard(s access.Scope, rows *store.Cursor, since clock.Date) (u Unheard, ok bool, err error) {
	var identity, sealed []byte
	var reach string
	var began, place, seen, missing, met, note clock.Date
	var told clock.Instant
	a, err := s.Peek(rows, &identity, &sealed, &reach, &began, &place, &seen, &missing, &told, &met, &note)
	if err != nil {
		return u, false, err
	}
	u.Since = max(began, place, seen, met, note)
	if told != 0 {
		u.Since = max(u.Since, told.Date())
	}
	if place == "" || u.Since >= since || missing <= u.Since {
		return u, false, nil
	}
	a.Show()
	u.Person = a.Person()
	if u.Name, err = person.NameOf(a.Access, identity); err != nil {
		return u, false, err
	}
	u.Contact, err = person.ContactOf(a.Access, sealed)
	u.Contact.Reach = reach
	return u, true, err
}
