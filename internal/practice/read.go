package practice

import (
	"context"
	"log/slog"

	"sluss/internal/access"
	"sluss/internal/id"
	"sluss/internal/store"
)

const columns = `v.unit_id, v.no, v.holds, v.changed, v.from_on, v.post_id, v.at`

func scan(r *store.Cursor) (v Version, err error) {
	err = r.Scan(&v.Unit, &v.No, &v.Holds, &v.Changed, &v.From, &v.Post, &v.At)
	return v, err
}

func historyOf(ctx context.Context, tx *store.Tx, area id.Area, unit id.Unit) (History, error) {
	return store.All(ctx, tx, store.Q(`SELECT `+columns+` FROM practice_version v WHERE v.area_id = $1 AND v.unit_id = $2 ORDER BY v.no DESC`), []any{area, unit}, scan)
}

// Own gives the versions of the actor's own unit.
func (d *Desk) Own(ctx context.Context, actor *access.Actor) (h History, err error) {
	err = d.Store.Read(ctx, func(tx *store.Tx) (err error) {
		if err := access.Self(ctx, tx, actor); err != nil {
			return err
		}
		h, err = historyOf(ctx, tx, actor.Area(), actor.Unit())
		return err
	})
	return h, err
}

// Read gives the versions of each unit that the actor may read, which has any: their own, and to those who work at another agency every
// unit's. It notes that the actor has looked at the newest.
func (d *Desk) Read(ctx context.Context, actor *access.Actor) (list []History, err error) {
	var news []Version
	err = d.Store.Read(ctx, func(tx *store.Tx) error {
		if err := access.Self(ctx, tx, actor); err != nil {
			return err
		}
		units, err := unitsFor(ctx, tx, actor)
		if err != nil {
			return err
		}
		list = make([]History, len(units))
		for i, u := range units {
			if list[i], err = historyOf(ctx, tx, actor.Area(), u); err != nil {
				return err
			}
		}
		news, err = Newer(ctx, tx, actor, units...)
		return err
	})
	if err != nil || len(news) == 0 {
		return list, err
	}
	err = d.Store.Write(ctx, func(tx *store.Tx) error {
		if err := access.Self(ctx, tx, actor); err != nil {
			return err
		}
		for _, v := range news {
			if err := look(ctx, tx, actor, v.Unit, v.No); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil { // the text is shown all the same; that it has been looked at is noted the next time
		slog.ErrorContext(ctx, "a look at how a unit works", "error", err)
	}
	return list, nil
}

// unitsFor gives the units that have written how they work and whose texts are for the actor, in the order they were made.
func unitsFor(ctx context.Context, tx *store.Tx, actor *access.Actor) ([]id.Unit, error) {
	only := actor.Unit()
	if actor.Role() == access.Officer {
		only = 0
	}
	return store.All(ctx, tx, store.Q(`SELECT DISTINCT v.unit_id FROM practice_version v WHERE v.area_id = $1 AND (v.unit_id = $2 OR $2 = 0) ORDER BY v.unit_id`),
		[]any{actor.Area(), int64(only)}, func(r *store.Cursor) (u id.Unit, err error) {
			err = r.Scan(&u)
			return u, err
		})
}

// Newer gives the newest version of each of the units where it is newer than the one that the actor last looked at.
func Newer(ctx context.Context, tx *store.Tx, actor *access.Actor, units ...id.Unit) (list []Version, err error) {
	for _, u := range units {
		news, err := store.All(ctx, tx, store.Q(`SELECT `+columns+` FROM practice_version v WHERE v.area_id = $1 AND v.unit_id = $2
		 AND v.no > coalesce((SELECT s.no FROM practice_seen s WHERE s.area_id = $1 AND s.post_id = $3 AND s.unit_id = $2), 0) ORDER BY v.no DESC LIMIT 1`),
			[]any{actor.Area(), u, actor.Post()}, scan)
		if err != nil {
			return nil, err
		}
		list = append(list, news...)
	}
	return list, nil
}
