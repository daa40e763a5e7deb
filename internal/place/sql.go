package place

import (
	"context"
	"slices"

	"sluss/internal/access"
	"sluss/internal/clock"
	"sluss/internal/fault"
	"sluss/internal/schedule"
	"sluss/internal/store"
)

const columns = `x.place_id, x.activity_id, x.run_id, x.goal_id, x.state, x.wished_on, x.from_on, x.to_on, x.ended_with, x.answer_by, x.asked_at, x.freed_at, x.moved_at,
 x.moved_by, x.own_on, x.unclear_on, x.version, x.sealed`

// Of gives a person's places at the actor's unit, the newest first. It needs access to the activities.
func Of(ctx context.Context, tx *store.Tx, actor *access.Actor, a access.Access) ([]Place, error) {
	key := a.Key(access.Activities)
	return store.All(ctx, tx, store.Q(`SELECT `+columns+` FROM place x WHERE x.area_id = $1 AND x.person_id = $2 AND x.unit_id = $3 ORDER BY x.place_id DESC`),
		[]any{actor.Area(), a.Person(), actor.Unit()}, func(r *store.Cursor) (Place, error) {
			p := Place{Person: a.Person()}
			var sealed []byte
			if err := r.Scan(&p.ID, &p.Activity, &p.Run, &p.Goal, &p.State, &p.WishedOn, &p.From, &p.To, &p.EndedWith,
				&p.AnswerBy, &p.AskedAt, &p.freedAt, &p.MovedAt, &p.MovedBy, &p.OwnOn, &p.UnclearOn, &p.Version, &sealed); err != nil {
				return p, err
			}
			f, err := key.Open(placeOf(p.ID), wordFields, sealed)
			if err == nil {
				p.words = words{f[0], f[1], f[2], f[3], f[4]}
			}
			return p, err
		})
}

// get gives one place of the person in the version that was read.
func get(ctx context.Context, tx *store.Tx, actor *access.Actor, a access.Access, k ID, version int) (Place, error) {
	list, err := Of(ctx, tx, actor, a)
	if err != nil {
		return Place{}, err
	}
	i := slices.IndexFunc(list, func(p Place) bool { return p.ID == k })
	if i < 0 {
		return Place{}, fault.Missing
	}
	if list[i].Version != version {
		return Place{}, fault.Stale
	}
	return list[i], nil
}

func insert(ctx context.Context, tx *store.Tx, actor *access.Actor, a access.Access, p Place) error {
	_, err := tx.Exec(ctx, store.Q(`INSERT INTO place (area_id, place_id, person_id, unit_id, activity_id, run_id, goal_id, state, wished_on, from_on,
	 to_on, ended_with, was_to, answer_by, asked_at, freed_at, moved_at, moved_by, own_on, unclear_on, sealed, version)
	 VALUES ($1, $2, $3, $4, $5, 0, 0, $6, $7, '', '', 0, '', '', 0, 0, 0, 0, $9, '', $8, 1)`), actor.Area(), p.ID, a.Person(), actor.Unit(), p.Activity,
		string(p.State), string(p.WishedOn), a.Key(access.Activities).Seal(placeOf(p.ID), p.list()...), string(p.OwnOn))
	return err
}

func update(ctx context.Context, tx *store.Tx, actor *access.Actor, a access.Access, p Place) error {
	n, err := tx.Exec(ctx, store.Q(`UPDATE place SET run_id = $4, goal_id = $5, state = $6, from_on = $7, to_on = $8, sealed = $9, unclear_on = $10,
	 answer_by = $11, asked_at = $12, freed_at = $13, moved_at = $14, moved_by = $15, own_on = $16, version = version + 1
	 WHERE area_id = $1 AND place_id = $2 AND version = $3`), actor.Area(), p.ID, p.Version, p.Run, p.Goal, string(p.State), string(p.From), string(p.To),
		a.Key(access.Activities).Seal(placeOf(p.ID), p.list()...), string(p.UnclearOn),
		string(p.AnswerBy), int64(p.AskedAt), int64(p.freedAt), int64(p.MovedAt), p.MovedBy, string(p.OwnOn))
	if err == nil && n == 0 {
		return fault.Stale
	}
	return err
}

// Taken tells how many places of each of the unit's runs are offered or held on the day or later, by anybody, rested or not.
func Taken(ctx context.Context, tx *store.Tx, actor *access.Actor, day clock.Date) (map[schedule.RunID]int, error) {
	type count struct {
		run schedule.RunID
		n   int
	}
	list, err := store.All(ctx, tx, store.Q(`SELECT run_id, count(*) FROM place WHERE area_id = $1 AND unit_id = $2 AND run_id > 0
	 AND state IN ('offered', 'held') AND (to_on = '' OR to_on > $3) GROUP BY run_id`), []any{actor.Area(), actor.Unit(), string(day)},
		func(r *store.Cursor) (c count, err error) {
			err = r.Scan(&c.run, &c.n)
			return c, err
		})
	m := make(map[schedule.RunID]int, len(list))
	for _, c := range list {
		m[c.run] = c.n
	}
	return m, err
}
