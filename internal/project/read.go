package project

import (
	"context"

	"sluss/internal/access"
	"sluss/internal/fault"
	"sluss/internal/store"
)

const columns = `p.project_id, p.name, p.funder, p.first_on, p.last_on, p.taken_on, p.gone_on, p.version, k.until_on, k.why, k.on_date, k.post_id
 FROM project p JOIN project_keep k ON k.area_id = p.area_id AND k.project_id = p.project_id AND k.no = p.version`

func scan(r *store.Cursor) (p Project, err error) {
	err = r.Scan(&p.ID, &p.Name, &p.Funder, &p.First, &p.Last, &p.Taken, &p.Gone, &p.Version, &p.Keep.Until, &p.Keep.Why, &p.Keep.On, &p.Keep.By)
	return p, err
}

func get(ctx context.Context, tx *store.Tx, actor *access.Actor, p ID) (Project, error) {
	list, err := store.All(ctx, tx, store.Q(`SELECT `+columns+` WHERE p.area_id = $1 AND p.unit_id = $2 AND p.project_id = $3`),
		[]any{actor.Area(), actor.Unit(), p}, scan)
	if err == nil && len(list) == 0 {
		err = fault.Missing
	}
	if err != nil {
		return Project{}, err
	}
	return list[0], nil
}

// List gives the unit's projects, the latest first.
func (d *Desk) List(ctx context.Context, actor *access.Actor) (list []Project, err error) {
	err = d.Store.Read(ctx, func(tx *store.Tx) (err error) {
		if err := access.Unit(ctx, tx, actor, Readers...); err != nil {
			return err
		}
		list, err = store.All(ctx, tx, store.Q(`SELECT `+columns+` WHERE p.area_id = $1 AND p.unit_id = $2 ORDER BY p.last_on DESC, p.project_id`),
			[]any{actor.Area(), actor.Unit()}, scan)
		return err
	})
	return list, err
}

// Open gives one of the unit's projects with what is kept of it, which is nothing before it is set apart and after it is destroyed.
func (d *Desk) Open(ctx context.Context, actor *access.Actor, p ID) (x Project, e Evidence, err error) {
	err = d.Store.Read(ctx, func(tx *store.Tx) (err error) {
		if err := access.Unit(ctx, tx, actor, Readers...); err != nil {
			return err
		}
		if x, err = get(ctx, tx, actor, p); err != nil {
			return err
		}
		e, err = evidence(ctx, tx, actor, p)
		return err
	})
	return x, e, err
}

func evidence(ctx context.Context, tx *store.Tx, actor *access.Actor, p ID) (e Evidence, err error) {
	key := []any{actor.Area(), p}
	if err = tx.One(ctx, store.Q(`SELECT people FROM project WHERE area_id = $1 AND project_id = $2`), key, &e.People); err != nil {
		return e, err
	}
	e.Times, err = store.All(ctx, tx, store.Q(`SELECT activity, on_date, at, until, came FROM project_time WHERE area_id = $1 AND project_id = $2 ORDER BY no`), key, scanTime)
	if err != nil {
		return e, err
	}
	e.Decisions, err = store.All(ctx, tx, store.Q(`SELECT activity, on_date, state, why FROM project_decision WHERE area_id = $1 AND project_id = $2 ORDER BY no`), key,
		func(r *store.Cursor) (d Decision, err error) {
			err = r.Scan(&d.Activity, &d.On, &d.State, &d.Why)
			return d, err
		})
	return e, err
}

func scanTime(r *store.Cursor) (t Time, err error) {
	err = r.Scan(&t.Activity, &t.On, &t.At, &t.Until, &t.Came)
	return t, err
}
