package remind

import (
	"context"
	"slices"

	"sluss/internal/access"
	"sluss/internal/clock"
	"sluss/internal/id"
	"sluss/internal/org"
	"sluss/internal/store"
)

// planned is a time that somebody has and may be reminded of: ids and the time alone.
type planned struct {
	What   string
	Ref    int64
	Person id.Person
	Unit   id.Unit
	On     clock.Date
	At     clock.LocalTime
	Post   id.Post // in whose name it goes: whom the person meets, else their coach; 0 for nobody
	chosen string
}

// times are what people have on a day $2 that they are still expected at: occasions they have a place in, meetings, individual starts.
const times = `(SELECT 'occasion' AS what, o.occasion_id AS ref_id, x.person_id AS person_id, x.unit_id AS unit_id, o.on_date AS on_date, o.at AS at,
  coalesce((SELECT max(g.post_id) FROM assignment g JOIN post q ON q.area_id = g.area_id AND q.post_id = g.post_id AND q.unit_id = x.unit_id
   WHERE g.area_id = x.area_id AND g.person_id = x.person_id AND g.from_on <= $4 AND g.to_on > $4 AND g.ended_at > $3), 0) AS post_id
 FROM occasion o JOIN place x ON x.area_id = o.area_id AND x.run_id = o.run_id AND x.state = 'held' AND x.from_on <= o.on_date
  AND (x.to_on = '' OR x.to_on > o.on_date)
 WHERE o.area_id = $1 AND o.on_date = $2 AND o.state = 'planned'
  AND NOT EXISTS (SELECT 1 FROM pause z WHERE z.area_id = $1 AND z.person_id = x.person_id AND z.unit_id = x.unit_id AND z.began_on <= o.on_date
   AND (z.ended_on = '' OR z.ended_on > o.on_date))
 UNION ALL SELECT 'meeting', m.appointment_id, m.person_id, m.unit_id, m.on_date, m.at, m.post_id FROM appointment m
 WHERE m.area_id = $1 AND m.on_date = $2 AND m.state = 'planned'
 UNION ALL SELECT 'start', e.enrolment_id, e.person_id, e.unit_id, e.meets_on, e.meets_at, e.coach_id FROM enrolment e
 WHERE e.area_id = $1 AND e.meets_on = $2 AND e.state = 'booked') t
 JOIN person p ON p.area_id = $1 AND p.person_id = t.person_id AND ` + access.Unshielded + ` AND p.weeded_at = 0 AND p.reach IN ('email', 'sms')
 LEFT JOIN reminder_choice k ON k.area_id = $1 AND k.person_id = t.person_id`

const timeColumns = `SELECT t.what, t.ref_id, t.person_id, t.unit_id, t.on_date, t.at, t.post_id, coalesce(k.choice, '') FROM `

func scan(r *store.Cursor) (x planned, err error) {
	err = r.Scan(&x.What, &x.Ref, &x.Person, &x.Unit, &x.On, &x.At, &x.Post, &x.chosen)
	return x, err
}

// due gives the times of a day that no reminder has been made of, of those who are to have one: by their own choice, else their unit's.
func due(ctx context.Context, tx *store.Tx, area id.Area, day clock.Date, choice string, now clock.Instant) ([]planned, error) {
	list, err := store.All(ctx, tx, store.Q(timeColumns+times+` WHERE NOT EXISTS (SELECT 1 FROM reminder r WHERE r.area_id = $1 AND r.person_id = t.person_id
	 AND r.what = t.what AND r.ref_id = t.ref_id AND r.on_date = t.on_date AND r.at = t.at) ORDER BY t.at, t.person_id, t.ref_id`),
		[]any{area, string(day), int64(now), string(now.Date())}, scan)
	if err != nil {
		return nil, err
	}
	unit := map[id.Unit]string{}
	for _, x := range list {
		if _, ok := unit[x.Unit]; ok {
			continue
		}
		s, err := org.SettingsAt(ctx, tx, area, x.Unit, now.Date())
		if err != nil {
			return nil, err
		}
		unit[x.Unit] = s.Remind
	}
	return slices.DeleteFunc(list, func(x planned) bool {
		chosen := x.chosen
		if chosen == "" {
			chosen = unit[x.Unit]
		}
		return chosen != choice || x.On.At(x.At) <= now
	}), nil
}

// one gives the time of a reminder that has not gone, if it still stands as it did and has not begun, or the notice of a change; else nil.
func one(ctx context.Context, tx *store.Tx, area id.Area, row id.Of[reminderTag], now clock.Instant) (*planned, error) {
	var was planned
	err := tx.One(ctx, store.Q(`SELECT what, ref_id, person_id, on_date, at FROM reminder WHERE area_id = $1 AND reminder_id = $2 AND sent_at = 0`),
		[]any{area, row}, &was.What, &was.Ref, &was.Person, &was.On, &was.At)
	if store.None(err) {
		return nil, nil
	}
	if err == nil && (was.What == changed || was.What == undone) {
		return still(ctx, tx, area, was, now)
	}
	if err != nil || was.On.At(was.At) <= now {
		return nil, err
	}
	list, err := store.All(ctx, tx, store.Q(timeColumns+times+` WHERE t.what = $5 AND t.ref_id = $6 AND t.person_id = $7 AND t.at = $8`),
		[]any{area, string(was.On), int64(now), string(now.Date()), was.What, was.Ref, was.Person, string(was.At)}, scan)
	if err != nil || len(list) == 0 || list[0].unwanted() {
		return nil, err
	}
	return &list[0], nil
}
