package flow

import (
	"context"

	"sluss/internal/clock"
	"sluss/internal/id"
	"sluss/internal/org"
	"sluss/internal/store"
	"sluss/internal/thread"
)

// gateways gives the units that are counted.
func gateways(ctx context.Context, tx *store.Tx, area id.Area) ([]org.Unit, error) {
	all, err := org.Units(ctx, tx, area)
	var list []org.Unit
	for _, u := range all {
		if u.Kind == org.UnitGateway {
			list = append(list, u)
		}
	}
	return list, err
}

const wayColumns = `SELECT e.person_id, p.sex, p.birth_year, e.event_id, e.on_date, e.kind, e.code, e.ref_id
  FROM thread_event e JOIN person p ON p.area_id = e.area_id AND p.person_id = e.person_id
 WHERE e.area_id = $1 AND +e.unit_id = $2 AND p.protected = 0 AND e.kind IN (` + thread.Moving + `) `

const wayOrder = ` ORDER BY e.person_id, e.on_date, e.event_id`

// waysBetween gives the whole ways at a unit of those whom something happened to between two days, both included. People
// with protected records are nobody here.
func waysBetween(ctx context.Context, tx *store.Tx, area id.Area, unit id.Unit, from, to clock.Date) ([]way, error) {
	return ways(ctx, tx, unit, store.Q(wayColumns+`AND e.person_id IN (SELECT x.person_id FROM thread_event x
   WHERE x.area_id = $1 AND x.unit_id = $2 AND x.on_date >= $3 AND x.on_date <= $4 AND x.kind IN (`+thread.Moving+`))`+wayOrder),
		[]any{area, unit, string(from), string(to)})
}

// waysOn is the same for given days.
func waysOn(ctx context.Context, tx *store.Tx, area id.Area, unit id.Unit, days []string) ([]way, error) {
	q := store.Join(store.Q(wayColumns+`AND e.person_id IN (SELECT x.person_id FROM thread_event x
   WHERE x.area_id = $1 AND x.unit_id = $2 AND x.kind IN (`+thread.Moving+`) AND x.on_date IN `), store.In(3, len(days)), store.Q(`)`+wayOrder))
	return ways(ctx, tx, unit, q, append([]any{area, unit}, store.Pad(days)...))
}

func ways(ctx context.Context, tx *store.Tx, unit id.Unit, q store.SQL, args []any) ([]way, error) {
	rows, err := tx.Query(ctx, q, args...)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var list []way
	for rows.Next() {
		w := way{unit: unit}
		var e Event
		if err := rows.Scan(&w.person, &w.sex, &w.birthYear, &e.ID, &e.On, &e.Kind, &e.Code, &e.Ref); err != nil {
			return nil, err
		}
		if n := len(list); n == 0 || list[n-1].person != w.person {
			list = append(list, w)
		}
		last := &list[len(list)-1]
		last.events = append(last.events, e)
	}
	return list, rows.Err()
}

// dayLoad is how many moves there are on a day.
type dayLoad struct {
	On clock.Date
	N  int
}

// loads gives the first days after one that anything moved on, up to a last one.
func loads(ctx context.Context, tx *store.Tx, area id.Area, unit id.Unit, after, to clock.Date, most int) ([]dayLoad, error) {
	return store.All(ctx, tx, store.Q(`SELECT on_date, count(*) FROM thread_event
	 WHERE area_id = $1 AND unit_id = $2 AND on_date > $3 AND on_date <= $4 AND kind IN (`+thread.Moving+`)
	 GROUP BY on_date ORDER BY on_date LIMIT $5`), []any{area, unit, string(after), string(to), most},
		func(r *store.Cursor) (d dayLoad, err error) {
			err = r.Scan(&d.On, &d.N)
			return d, err
		})
}

// daysOf gives the closed days on which anything moved for a person, by unit.
func daysOf(ctx context.Context, tx *store.Tx, area id.Area, person id.Person, closed clock.Date) (map[id.Unit][]string, error) {
	rows, err := tx.Query(ctx, store.Q(`SELECT DISTINCT unit_id, on_date FROM thread_event
	 WHERE area_id = $1 AND person_id = $2 AND on_date <= $3 AND kind IN (`+thread.Moving+`)`), area, person, string(closed))
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	days := map[id.Unit][]string{}
	for rows.Next() {
		var u id.Unit
		var d string
		if err := rows.Scan(&u, &d); err != nil {
			return nil, err
		}
		days[u] = append(days[u], d)
	}
	return days, rows.Err()
}

// stored gives the summed rows of given days.
func stored(ctx context.Context, tx *store.Tx, area id.Area, unit id.Unit, days []string) (counts, error) {
	q := store.Join(store.Q(`SELECT kind, on_date, code, sex, age, n FROM flow_day WHERE area_id = $1 AND unit_id = $2 AND on_date IN `), store.In(3, len(days)))
	n := counts{}
	return n, cells(ctx, tx, unit, q, append([]any{area, unit}, store.Pad(days)...), n.plus)
}

// cells gives each row of a statement: kind, day, code, sex, age and number.
func cells(ctx context.Context, tx *store.Tx, unit id.Unit, q store.SQL, args []any, take func(cell, int)) error {
	rows, err := tx.Query(ctx, q, args...)
	if err != nil {
		return err
	}
	defer rows.Close()
	c, v := cell{Unit: unit}, 0
	for rows.Next() {
		if err := rows.Scan(&c.Kind, &c.On, &c.Code, &c.Sex, &c.Age, &v); err != nil {
			return err
		}
		take(c, v)
	}
	return rows.Err()
}

func (n counts) plus(c cell, v int) { n[c] += v }

// state is how far the days of an area are closed.
type state struct {
	closed   clock.Date // "" for none
	clearing bool       // old sums are being removed
	version  int64
}

func readState(ctx context.Context, tx *store.Tx, area id.Area) (s state, err error) {
	var clearing int
	err = tx.One(ctx, store.Q(`SELECT closed_on, clearing, version FROM flow_state WHERE area_id = $1`), []any{area}, &s.closed, &clearing, &s.version)
	s.clearing = clearing == 1
	if store.None(err) {
		return state{}, nil
	}
	return s, err
}

// advance writes the state, unless somebody else did since it was read: then ok is false and nothing is changed.
func (s state) advance(ctx context.Context, tx *store.Tx, area id.Area) (ok bool, err error) {
	clearing := 0
	if s.clearing {
		clearing = 1
	}
	if s.version == 0 {
		n, err := tx.Exec(ctx, store.Q(`INSERT INTO flow_state (area_id, closed_on, clearing, version) VALUES ($1, $2, $3, 1)
		 ON CONFLICT (area_id) DO NOTHING`), area, string(s.closed), clearing)
		return n == 1, err
	}
	n, err := tx.Exec(ctx, store.Q(`UPDATE flow_state SET closed_on = $2, clearing = $3, version = version + 1 WHERE area_id = $1 AND version = $4`),
		area, string(s.closed), clearing, s.version)
	return n == 1, err
}

// apply adds differences to the days and their sums.
func (n counts) apply(ctx context.Context, tx *store.Tx, area id.Area) error {
	for c, v := range n {
		if _, err := tx.Exec(ctx, store.Q(`INSERT INTO flow_day (area_id, unit_id, kind, on_date, code, sex, age, n) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
		 ON CONFLICT (area_id, unit_id, kind, on_date, code, sex, age) DO UPDATE SET n = flow_day.n + excluded.n`),
			area, c.Unit, c.Kind, string(c.On), c.Code, c.Sex, c.Age, v); err != nil {
			return err
		}
		if v < 0 {
			if _, err := tx.Exec(ctx, store.Q(`DELETE FROM flow_day WHERE area_id = $1 AND unit_id = $2 AND kind = $3 AND on_date = $4 AND code = $5
			 AND sex = $6 AND age = $7 AND n = 0`), area, c.Unit, c.Kind, string(c.On), c.Code, c.Sex, c.Age); err != nil {
				return err
			}
		}
	}
	for s, v := range n.sums() {
		if err := s.add(ctx, tx, area, v); err != nil {
			return err
		}
	}
	return nil
}

func (s sum) add(ctx context.Context, tx *store.Tx, area id.Area, v int) error {
	if v == 0 {
		return nil
	}
	key := []any{area, s.Unit, s.part, string(s.On), s.Kind, s.Code, s.Sex, s.Age}
	_, err := tx.Exec(ctx, store.Q(`INSERT INTO flow_sum (area_id, unit_id, part, month, kind, code, sex, age, n) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)
	 ON CONFLICT (area_id, unit_id, part, month, kind, code, sex, age) DO UPDATE SET n = flow_sum.n + excluded.n`), append(key, v)...)
	if err != nil || v > 0 || s.part != inNow {
		return err
	}
	_, err = tx.Exec(ctx, store.Q(`DELETE FROM flow_sum WHERE area_id = $1 AND unit_id = $2 AND part = $3 AND month = $4 AND kind = $5 AND code = $6
	 AND sex = $7 AND age = $8 AND n = 0`), key...)
	return err
}
