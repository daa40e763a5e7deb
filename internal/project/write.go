package project

import (
	"context"
	"slices"

	"sluss/internal/access"
	"sluss/internal/activity"
	"sluss/internal/clock"
	"sluss/internal/fault"
	"sluss/internal/id"
	"sluss/internal/store"
)

// Add writes down a project of the actor's unit, which may be over already. Only the head.
func (d *Desk) Add(ctx context.Context, actor *access.Actor, f Form) (made ID, err error) {
	err = d.Store.Write(ctx, func(tx *store.Tx) error {
		if err := access.Unit(ctx, tx, actor, access.Head); err != nil {
			return err
		}
		offered, err := activity.All(ctx, tx, actor)
		if err != nil {
			return err
		}
		f.Activities = slices.DeleteFunc(slices.Clone(f.Activities), func(a activity.ID) bool {
			return !slices.ContainsFunc(offered, func(t activity.Type) bool { return t.ID == a })
		})
		if err := f.check(actor.Today()); err != nil {
			return err
		}
		made = id.New[projectTag](actor.Now())
		return insert(ctx, tx, actor, made, f)
	})
	return made, err
}

func insert(ctx context.Context, tx *store.Tx, actor *access.Actor, p ID, f Form) error {
	_, err := tx.Exec(ctx, store.Q(`INSERT INTO project (area_id, project_id, unit_id, name, funder, first_on, last_on, taken_on, people, gone_on, version)
	 VALUES ($1, $2, $3, $4, $5, $6, $7, '', 0, '', 1)`), actor.Area(), p, actor.Unit(), f.Name, f.Funder, string(f.First), string(f.Last))
	for _, a := range f.Activities {
		if err == nil {
			_, err = tx.Exec(ctx, store.Q(`INSERT INTO project_activity (area_id, project_id, activity_id) VALUES ($1, $2, $3)`), actor.Area(), p, a)
		}
	}
	if err != nil {
		return err
	}
	return keep(ctx, tx, actor, p, 1, f.Until, f.Why)
}

// keep writes until when, as one more line: what was said before stays.
func keep(ctx context.Context, tx *store.Tx, actor *access.Actor, p ID, no int, until clock.Date, why string) error {
	_, err := tx.Exec(ctx, store.Q(`INSERT INTO project_keep (area_id, project_id, no, until_on, why, on_date, post_id) VALUES ($1, $2, $3, $4, $5, $6, $7)`),
		actor.Area(), p, no, string(until), why, string(actor.Today()), actor.Post())
	return err
}

// PutOff keeps a project's evidence for longer, as when the fund pays its last sum later. Never shorter: that it is to be destroyed
// was decided when the project was written down. Only the head. Conflict when it has been destroyed, Stale when the version is not as
// it was shown.
func (d *Desk) PutOff(ctx context.Context, actor *access.Actor, p ID, version int, until clock.Date, why string) error {
	return d.Store.Write(ctx, func(tx *store.Tx) error {
		if err := access.Unit(ctx, tx, actor, access.Head); err != nil {
			return err
		}
		x, err := get(ctx, tx, actor, p)
		if err != nil {
			return err
		}
		if x.Gone != "" {
			return fault.New(fault.Conflict, "project.gone.already")
		}
		if err := append(keeps(x.Keep.Until.Add(1), until), line("why", why, mostWhy, actor.Today())...).Err(); err != nil {
			return err
		}
		n, err := tx.Exec(ctx, store.Q(`UPDATE project SET version = version + 1 WHERE area_id = $1 AND project_id = $2 AND unit_id = $3 AND version = $4`),
			actor.Area(), p, actor.Unit(), version)
		if err == nil && n == 0 {
			err = fault.Stale
		}
		if err != nil {
			return err
		}
		return keep(ctx, tx, actor, p, version+1, until, why)
	})
}

// Drop takes away a project that was written down wrongly, before its evidence has been set apart. Only the head.
func (d *Desk) Drop(ctx context.Context, actor *access.Actor, p ID, version int) error {
	return d.Store.Write(ctx, func(tx *store.Tx) error {
		if err := access.Unit(ctx, tx, actor, access.Head); err != nil {
			return err
		}
		x, err := get(ctx, tx, actor, p)
		if err != nil {
			return err
		}
		if x.Taken != "" || x.Version != version {
			return fault.Stale
		}
		for _, q := range []store.SQL{store.Q(`DELETE FROM project_keep WHERE area_id = $1 AND project_id = $2`),
			store.Q(`DELETE FROM project_activity WHERE area_id = $1 AND project_id = $2`), store.Q(`DELETE FROM project WHERE area_id = $1 AND project_id = $2`)} {
			if _, err := tx.Exec(ctx, q, actor.Area(), p); err != nil {
				return err
			}
		}
		return nil
	})
}
