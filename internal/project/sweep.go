package project

import (
	"context"

	"sluss/internal/attendance"
	"sluss/internal/clock"
	"sluss/internal/id"
	"sluss/internal/store"
)

// Sweep sets apart the evidence of each project whose attendance has settled, and destroys that whose last day of keeping has gone by.
// It is done each night, and again on a backup that is put back.
func (d *Desk) Sweep(ctx context.Context, area id.Area, now clock.Instant) error {
	return d.Store.Write(ctx, func(tx *store.Tx) error {
		list, err := store.All(ctx, tx, store.Q(`SELECT `+columns+` WHERE p.area_id = $1 AND p.gone_on = ''`), []any{area}, scan)
		for _, p := range list {
			if err == nil && p.Taken == "" && p.TakenOn() <= now.Date() {
				err = take(ctx, tx, area, p, now.Date())
			}
			if err == nil && p.Keep.Until < now.Date() {
				err = destroy(ctx, tx, area, p.ID, now.Date())
			}
		}
		return err
	})
}

// named is an activity's name, in the unit's own words.
const named = `coalesce((SELECT n.text FROM unit_text n WHERE n.area_id = $1 AND n.owner = 'activity ' || CAST(x.activity_id AS text) AND n.field = 'name' AND n.lang = 'sv'), '')`

// take copies what is evidence, without what leads to anybody.
func take(ctx context.Context, tx *store.Tx, area id.Area, p Project, today clock.Date) error {
	held, people, err := attendance.In(ctx, tx, area, int64(p.ID), p.First, p.Last)
	if err != nil {
		return err
	}
	e := Evidence{People: people}
	for _, h := range held {
		e.Times = append(e.Times, Time(h))
	}
	if e.Decisions, err = store.All(ctx, tx, store.Q(`SELECT `+named+`, d.at, d.state, d.why FROM activity_decision d
	 JOIN project_activity x ON x.area_id = d.area_id AND x.activity_id = d.activity_id AND x.project_id = $2
	 WHERE d.area_id = $1 AND d.at >= $3 AND d.at < $4 ORDER BY d.at, d.decision_id`),
		[]any{area, p.ID, int64(p.First.At("00:00")), int64(p.Last.Add(1).At("00:00"))}, func(r *store.Cursor) (d Decision, err error) {
			var at clock.Instant
			err = r.Scan(&d.Activity, &at, &d.State, &d.Why)
			d.On = at.Date()
			return d, err
		}); err != nil {
		return err
	}
	return put(ctx, tx, area, p.ID, e, today)
}

func put(ctx context.Context, tx *store.Tx, area id.Area, p ID, e Evidence, today clock.Date) error {
	for i, t := range e.Times {
		if _, err := tx.Exec(ctx, store.Q(`INSERT INTO project_time (area_id, project_id, no, activity, on_date, at, until, came) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)`),
			area, p, i+1, t.Activity, string(t.On), string(t.At), string(t.Until), t.Came); err != nil {
			return err
		}
	}
	for i, d := range e.Decisions {
		if _, err := tx.Exec(ctx, store.Q(`INSERT INTO project_decision (area_id, project_id, no, activity, on_date, state, why) VALUES ($1, $2, $3, $4, $5, $6, $7)`),
			area, p, i+1, d.Activity, string(d.On), string(d.State), d.Why); err != nil {
			return err
		}
	}
	_, err := tx.Exec(ctx, store.Q(`UPDATE project SET taken_on = $3, people = $4 WHERE area_id = $1 AND project_id = $2`), area, p, string(today), e.People)
	return err
}

// destroy takes all that was kept. That there was a project, and when its evidence went, stays.
func destroy(ctx context.Context, tx *store.Tx, area id.Area, p ID, today clock.Date) error {
	for _, q := range []store.SQL{store.Q(`DELETE FROM project_time WHERE area_id = $1 AND project_id = $2`), store.Q(`DELETE FROM project_decision WHERE area_id = $1 AND project_id = $2`)} {
		if _, err := tx.Exec(ctx, q, area, p); err != nil {
			return err
		}
	}
	_, err := tx.Exec(ctx, store.Q(`UPDATE project SET gone_on = $3, people = 0 WHERE area_id = $1 AND project_id = $2`), area, p, string(today))
	return err
}
