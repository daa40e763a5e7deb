package forecast

import (
	"context"

	"sluss/internal/activity"
	"sluss/internal/clock"
	"sluss/internal/id"
	"sluss/internal/store"
)

// mostActivities bounds how many of a unit's activities are played; the ones begun last are left out.
const mostActivities = 40

// house is what is known of a unit's activities: those that can have places, their runs, and everybody's wishes and places as
// kinds and days.
type house struct {
	types  []activity.Type
	begun  map[activity.ID]clock.Date
	rounds []round
	spells []spell
	shared map[activity.ID]*shared
}

// houseOf reads it. People with protected records are nobody here.
func houseOf(ctx context.Context, tx *store.Tx, area id.Area, unit id.Unit, today clock.Date) (h house, err error) {
	if h.types, h.begun, err = typesOf(ctx, tx, area, unit); err != nil || len(h.types) == 0 {
		return h, err
	}
	if h.rounds, err = roundsOf(ctx, tx, area, unit, today); err != nil {
		return h, err
	}
	if h.spells, err = spellsOf(ctx, tx, area, unit, today.Add(-window)); err != nil {
		return h, err
	}
	h.shared, err = sharedOf(ctx, tx, area, unit, h.types, today)
	return h, err
}

func typesOf(ctx context.Context, tx *store.Tx, area id.Area, unit id.Unit) (list []activity.Type, begun map[activity.ID]clock.Date, err error) {
	begun = map[activity.ID]clock.Date{}
	list, err = store.All(ctx, tx, store.Q(`SELECT a.activity_id, a.state, a.together, a.size, a.caseload, (SELECT min(d.at) FROM activity_decision d
	   WHERE d.area_id = a.area_id AND d.activity_id = a.activity_id) FROM activity a
	 WHERE a.area_id = $1 AND a.unit_id = $2 AND a.state IN ('runs', 'can', 'rests') ORDER BY a.activity_id LIMIT 0 + $3`),
		[]any{area, unit, mostActivities}, func(r *store.Cursor) (t activity.Type, err error) {
			var at clock.Instant
			err = r.Scan(&t.ID, &t.State, &t.Together, &t.Size, &t.Caseload, &at)
			begun[t.ID] = at.Date()
			return t, err
		})
	if err != nil {
		return nil, nil, err
	}
	said, err := activity.WordsOf(ctx, tx, area, unit)
	for i := range list {
		list[i].Words = said[list[i].ID]
	}
	return list, begun, err
}

// roundsOf reads the runs that go on, are planned, or were over lately, with the hours that they are held a week.
func roundsOf(ctx context.Context, tx *store.Tx, area id.Area, unit id.Unit, today clock.Date) ([]round, error) {
	return store.All(ctx, tx, store.Q(`SELECT r.activity_id, r.from_on, r.to_on, r.places, coalesce((SELECT
	   sum(60 * (CAST(substr(o.until, 1, 2) AS integer) - CAST(substr(o.at, 1, 2) AS integer)) + CAST(substr(o.until, 4, 2) AS integer) - CAST(substr(o.at, 4, 2) AS integer))
	   FROM occasion o WHERE o.area_id = r.area_id AND o.run_id = r.run_id AND o.state = 'planned'), 0)
	 FROM run r WHERE r.area_id = $1 AND r.unit_id = $2 AND r.to_on > $3 ORDER BY r.run_id`), []any{area, unit, string(today.Add(-365))},
		func(r *store.Cursor) (x round, err error) {
			var minutes int
			err = r.Scan(&x.activity, &x.from, &x.to, &x.places, &minutes)
			if weeks := float64(x.to.Sub(x.from)) / 7; err == nil && weeks > 0 {
				x.hours = float64(minutes) / 60 / weeks
			}
			return x, err
		})
}

// spellsOf reads everybody's wishes and places of the last years, and all places that are not over.
func spellsOf(ctx context.Context, tx *store.Tx, area id.Area, unit id.Unit, since clock.Date) ([]spell, error) {
	return store.All(ctx, tx, store.Q(`SELECT x.activity_id, x.wished_on, x.from_on, x.to_on, x.state, CASE WHEN x.ended_with > 0 THEN 1 ELSE 0 END
	  FROM place x JOIN person p ON p.area_id = x.area_id AND p.person_id = x.person_id
	 WHERE x.area_id = $1 AND x.unit_id = $2 AND p.protected = 0 AND (x.to_on = '' OR x.to_on > $3) ORDER BY x.place_id`), []any{area, unit, string(since)},
		func(r *store.Cursor) (s spell, err error) {
			var state string
			var ended int
			err = r.Scan(&s.activity, &s.asked, &s.from, &s.to, &state, &ended)
			s.taken = state == "offered" || state == "held"
			s.over, s.takenBack = state == "withdrawn" && ended == 1, state == "withdrawn" && ended == 0
			return s, err
		})
}
