package forecast

import (
	"context"
	"fmt"
	"math"

	"sluss/internal/access"
	"sluss/internal/clock"
	"sluss/internal/fault"
	"sluss/internal/flow"
	"sluss/internal/id"
	"sluss/internal/org"
	"sluss/internal/store"
	"sluss/internal/thread"
)

// mostEvents bounds what is read of a unit: some hundred thousand people.
const mostEvents = 2_000_000

// ground is all that is known of a gateway: everybody's ways as kinds and days, the group starts, and how it works.
type ground struct {
	unit   org.Unit
	today  clock.Date
	day    string   // names the unit on this day, as long as nobody's protection changes
	names  []string // of the steps
	ways   [][]flow.Event
	starts []Start
	closed []clock.Span
	plan   Plan
	house  house
}

// guarded counts the decisions on protected records in an area: what was worked out before one of them holds no longer.
func guarded(ctx context.Context, tx *store.Tx, area id.Area) (n int, err error) {
	err = tx.One(ctx, store.Q(`SELECT count(*) FROM protection WHERE area_id = $1`), []any{area}, &n)
	return n, err
}

// position tells whether anything a forecast is made from has changed. It reads no person.
func position(ctx context.Context, tx *store.Tx, area id.Area, unit id.Unit, today clock.Date) (string, error) {
	parts := []any{unit, today}
	for _, q := range []struct {
		sql  store.SQL
		args []any
	}{
		{store.Q(`SELECT count(*) FROM thread_event WHERE area_id = $1 AND unit_id = $2`), []any{area, unit}},
		{store.Q(`SELECT coalesce(max(version), 0) FROM flow_state WHERE area_id = $1`), []any{area}},
		{store.Q(`SELECT coalesce(max(mark_id), 0) FROM thread_stale WHERE area_id = $1`), []any{area}},
		{store.Q(`SELECT coalesce(sum(version + places + calls), 0) FROM start WHERE area_id = $1 AND unit_id = $2`), []any{area, unit}},
		{store.Q(`SELECT coalesce(max(at), 0) FROM setting WHERE area_id = $1 AND unit_id = $2`), []any{area, unit}},
		{store.Q(`SELECT coalesce(sum(version), 0) + count(*) FROM closed WHERE area_id = $1 AND unit_id = $2`), []any{area, unit}},
		{store.Q(`SELECT coalesce(sum(version), 0) + count(*) FROM activity WHERE area_id = $1 AND unit_id = $2`), []any{area, unit}},
		{store.Q(`SELECT coalesce(sum(version + places), 0) + count(*) FROM run WHERE area_id = $1 AND unit_id = $2`), []any{area, unit}},
		{store.Q(`SELECT coalesce(sum(version), 0) + count(*) FROM place WHERE area_id = $1 AND unit_id = $2`), []any{area, unit}},
		{store.Q(`SELECT coalesce(sum(x.version), 0) + count(*) FROM activity a JOIN place x ON x.area_id = a.area_id AND x.activity_id = a.activity_id
		 WHERE a.area_id = $1 AND a.unit_id <> $2 AND a.caseload > 0`), []any{area, unit}}, // their leaders may be shared
		{store.Q(`SELECT coalesce(sum(r.version), 0) + count(*) FROM activity a JOIN run r ON r.area_id = a.area_id AND r.unit_id = a.unit_id AND r.activity_id = a.activity_id
		 WHERE a.area_id = $1 AND a.unit_id <> $2 AND a.caseload > 0`), []any{area, unit}},
		{store.Q(`SELECT count(*) FROM post WHERE area_id = $1 AND unit_id = $2 AND ended_at > $3`), []any{area, unit, int64(today.At("12:00"))}},
	} {
		var n int64
		if err := tx.One(ctx, q.sql, q.args, &n); err != nil {
			return "", err
		}
		parts = append(parts, n)
	}
	return fmt.Sprint(parts...), nil
}

// survey reads the ground under a forecast. People with protected records are nobody here.
func survey(ctx context.Context, tx *store.Tx, area id.Area, unit org.Unit, now clock.Instant) (*ground, error) {
	g := &ground{unit: unit, today: now.Date()}
	set, err := org.SettingsAt(ctx, tx, area, unit.ID, g.today)
	if err != nil {
		return nil, err
	}
	for _, s := range set.Steps {
		g.names = append(g.names, s.Name)
	}
	if g.starts, err = startsOf(ctx, tx, area, unit.ID); err != nil {
		return nil, err
	}
	if g.closed, err = org.Closures(ctx, tx, area, unit.ID, g.today); err != nil {
		return nil, err
	}
	if g.ways, err = waysOf(ctx, tx, area, unit.ID); err != nil {
		return nil, err
	}
	if g.house, err = houseOf(ctx, tx, area, unit.ID, g.today); err != nil {
		return nil, err
	}
	posts, err := org.Colleagues(ctx, tx, area, unit.ID, now)
	if err != nil {
		return nil, err
	}
	g.works(set, posts)
	return g, nil
}

// works is how the gateway works today. Places and calls are those of the latest starts, which may differ from what was
// decided once. Nobody has decided how many a coach can have: it is taken to be a tenth more than it has been at most.
func (g *ground) works(set org.Settings, posts []org.Post) {
	g.plan = Plan{Rhythm: set.Rhythm(), Places: set.Places, Calls: set.Calls, Leaders: 2, Hours: hours(set), Guessed: true}
	if n := len(g.starts); n > 0 {
		g.plan.Places, g.plan.Calls = g.starts[n-1].Places, g.starts[n-1].Calls
	}
	for _, p := range posts {
		if p.Role == access.Coach {
			g.plan.Coaches++
		}
	}
	g.plan.Coaches = max(1, g.plan.Coaches)
	most := float64(g.tally(g.today).mostInside()) / float64(g.plan.Coaches)
	g.plan.Caseload = min(MostCaseload*100, max(20, 5*int(math.Ceil(1.1*most/5))))
}

func hours(set org.Settings) float64 {
	day := clock.Date("2026-01-07")
	return max(1, float64(day.At(set.StartUntil)-day.At(set.StartAt))/3_600_000)
}

func (g *ground) tally(to clock.Date) *tally { return count(g.ways, len(g.names), to) }

// planned are the starts after a day.
func (g *ground) planned(after clock.Date) []Start {
	for i, s := range g.starts {
		if s.On > after {
			return g.starts[i:]
		}
	}
	return nil
}

func startsOf(ctx context.Context, tx *store.Tx, area id.Area, unit id.Unit) ([]Start, error) {
	return store.All(ctx, tx, store.Q(`SELECT on_date, places, calls FROM start WHERE area_id = $1 AND unit_id = $2 AND state <> 'cancelled' ORDER BY on_date`),
		[]any{area, unit}, func(r *store.Cursor) (s Start, err error) {
			err = r.Scan(&s.On, &s.Places, &s.Calls)
			return s, err
		})
}

// TooMany refuses a unit with more events than can be looked through.
var TooMany = fault.New(fault.Conflict, "forecast.fault.many")

func waysOf(ctx context.Context, tx *store.Tx, area id.Area, unit id.Unit) ([][]flow.Event, error) {
	rows, err := tx.Query(ctx, store.Q(`SELECT e.person_id, e.event_id, e.on_date, e.kind, e.code, e.ref_id
	  FROM thread_event e JOIN person p ON p.area_id = e.area_id AND p.person_id = e.person_id
	 WHERE e.area_id = $1 AND +e.unit_id = $2 AND p.protected = 0 AND e.kind IN (`+thread.Moving+`) ORDER BY e.person_id, e.on_date, e.event_id`), area, unit)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var ways [][]flow.Event
	last, n := id.Person(0), 0
	for rows.Next() {
		var who id.Person
		var e flow.Event
		if err := rows.Scan(&who, &e.ID, &e.On, &e.Kind, &e.Code, &e.Ref); err != nil {
			return nil, err
		}
		if n++; n > mostEvents {
			return nil, TooMany
		}

		if who != last {
			ways, last = append(ways, nil), who
		}
		ways[len(ways)-1] = append(ways[len(ways)-1], e)
	}
	return ways, rows.Err()
}
