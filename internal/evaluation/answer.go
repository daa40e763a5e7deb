package evaluation

import (
	"context"
	"slices"

	"sluss/internal/access"
	"sluss/internal/activity"
	"sluss/internal/clock"
	"sluss/internal/fault"
	"sluss/internal/id"
	"sluss/internal/place"
	"sluss/internal/store"
)

// AnswerOwn writes what the person who acts for themself thinks, in place of what they answered before. Missing for an activity they
// are not asked about.
func (d *Desk) AnswerOwn(ctx context.Context, actor *access.Actor, k place.ID, f Form) error {
	return d.Store.Write(ctx, func(tx *store.Tx) error {
		a, err := access.OpenOwn(ctx, tx, actor, Need, access.Write)
		if err != nil {
			return err
		}
		return answer(ctx, tx, actor, a, k, Own, f)
	})
}

// Answer is the same, together with the person at the table or from their paper.
func (d *Desk) Answer(ctx context.Context, actor *access.Actor, who id.Person, k place.ID, how How, f Form) error {
	return d.Store.Write(ctx, func(tx *store.Tx) error {
		a, err := open(ctx, tx, actor, who, access.Write)
		if err != nil {
			return err
		}
		if how != AtTable && how != OnPaper {
			return fault.Form{{Kind: fault.Invalid, Key: "form.choose", Field: "how"}}
		}
		return answer(ctx, tx, actor, a, k, how, f)
	})
}

// open opens somebody's evaluations to those who work with the unit's people, to be written and not to be read.
func open(ctx context.Context, tx *store.Tx, actor *access.Actor, who id.Person, act access.Action) (access.Access, error) {
	if err := access.Unit(ctx, tx, actor, access.Caseworkers...); err != nil {
		return access.Access{}, err
	}
	return access.Open(ctx, tx, actor, who, Need, act, access.ForTogether)
}

func answer(ctx context.Context, tx *store.Tx, actor *access.Actor, a access.Access, k place.ID, how How, f Form) error {
	if err := f.check(); err != nil {
		return err
	}
	list, err := Asked(ctx, tx, actor, a)
	if err != nil {
		return err
	}
	i := slices.IndexFunc(list, func(m Mine) bool { return m.Place == k && m.Open })
	if i < 0 {
		return fault.Missing
	}
	if err := take(ctx, tx, actor, a, k); err != nil {
		return err
	}
	e := id.New[tag](actor.Now())
	if _, err := tx.Exec(ctx, store.Q(`INSERT INTO evaluation (area_id, evaluation_id, person_id, place_id, activity_id, on_date, welcome, useful, fits, how, sealed)
	 VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)`), actor.Area(), e, a.Person(), k, list[i].Activity, string(actor.Today()),
		f.Answers[0], f.Answers[1], f.Answers[2], string(how), a.Key(Need).Seal(lineAt(e), f.Line)); err != nil {
		return err
	}
	if f.Line == "" || !f.Show {
		return nil
	}
	wrapped, key, err := actor.Keys().NewOwn("evaluation", int64(e))
	if err != nil {
		return err
	}
	_, err = tx.Exec(ctx, store.Q(`INSERT INTO evaluation_said (area_id, evaluation_id, person_id, activity_id, on_date, key_wrapped, sealed)
	 VALUES ($1, $2, $3, $4, $5, $6, $7)`), actor.Area(), e, a.Person(), list[i].Activity, string(actor.Today()), wrapped, key.Seal(saidAt(e), f.Line))
	return err
}

// TakeOwn takes back what the person who acts for themself has answered. It is never stale, and needs no reason.
func (d *Desk) TakeOwn(ctx context.Context, actor *access.Actor, k place.ID) error {
	return d.Store.Write(ctx, func(tx *store.Tx) error {
		a, err := access.OpenOwn(ctx, tx, actor, Need, access.Write)
		if err != nil {
			return err
		}
		return take(ctx, tx, actor, a, k)
	})
}

// Take is the same, when the person has told somebody at the unit.
func (d *Desk) Take(ctx context.Context, actor *access.Actor, who id.Person, k place.ID) error {
	return d.Store.Write(ctx, func(tx *store.Tx) error {
		a, err := open(ctx, tx, actor, who, access.Write)
		if err != nil {
			return err
		}
		return take(ctx, tx, actor, a, k)
	})
}

// take removes what was answered of a place. What was answered in an earlier month may stand in a sum that somebody has seen: if it went,
// the next sum would tell what it was. It stays there as nobody's; the line is gone.
//
// Missing for a place that is not the person's; whether it was answered nobody is told.
func take(ctx context.Context, tx *store.Tx, actor *access.Actor, a access.Access, k place.ID) error {
	var held int
	if err := tx.One(ctx, store.Q(`SELECT count(*) FROM place WHERE area_id = $1 AND person_id = $2 AND place_id = $3`), []any{actor.Area(), a.Person(), k}, &held); err != nil {
		return err
	}
	if held == 0 {
		return fault.Missing
	}
	if _, err := tx.Exec(ctx, store.Q(`DELETE FROM evaluation_said WHERE area_id = $1 AND person_id = $2 AND evaluation_id IN
	 (SELECT e.evaluation_id FROM evaluation e WHERE e.area_id = $1 AND e.person_id = $2 AND e.place_id = $3)`), actor.Area(), a.Person(), k); err != nil {
		return err
	}
	if _, err := tx.Exec(ctx, store.Q(`DELETE FROM evaluation WHERE area_id = $1 AND person_id = $2 AND place_id = $3 AND on_date >= $4`),
		actor.Area(), a.Person(), k, string(actor.Today().Month())); err != nil {
		return err
	}
	_, err := tx.Exec(ctx, store.Q(`UPDATE evaluation SET person_id = 0, place_id = 0, sealed = $4 WHERE area_id = $1 AND person_id = $2 AND place_id = $3`),
		actor.Area(), a.Person(), k, []byte{})
	return err
}

// Destroy takes away what others may read of the person's own words.
func Destroy(ctx context.Context, tx *store.Tx, area id.Area, who id.Person) error {
	_, err := tx.Exec(ctx, store.Q(`DELETE FROM evaluation_said WHERE area_id = $1 AND person_id = $2`), area, who)
	return err
}

// Asked gives the activities of the actor's unit that the person of the access is asked about or has answered, the latest place first.
// What was answered is not read. Nobody is asked whose record is protected.
func Asked(ctx context.Context, tx *store.Tx, actor *access.Actor, a access.Access) ([]Mine, error) {
	a.Must(Need)
	types, err := activity.All(ctx, tx, actor)
	if err != nil {
		return nil, err
	}
	names := map[activity.ID]map[string]activity.Words{}
	for _, t := range types {
		names[t.ID] = t.Words
	}
	list, err := store.All(ctx, tx, store.Q(`SELECT x.place_id, x.activity_id, x.from_on, x.to_on, coalesce(e.evaluation_id, 0), coalesce(e.on_date, ''), CASE WHEN `+access.Unshielded+` THEN 1 ELSE 0 END
	 FROM place x JOIN person p ON p.area_id = x.area_id AND p.person_id = x.person_id
	 LEFT JOIN evaluation e ON e.area_id = x.area_id AND e.person_id = x.person_id AND e.place_id = x.place_id
	 WHERE x.area_id = $1 AND x.person_id = $2 AND x.unit_id = $3 AND x.state = 'held' ORDER BY x.place_id DESC`), []any{actor.Area(), a.Person(), actor.Unit()},
		func(r *store.Cursor) (m Mine, err error) {
			var from, to clock.Date
			var free int
			err = r.Scan(&m.Place, &m.Activity, &from, &to, &m.id, &m.On, &free)
			m.Names, m.Open = names[m.Activity], free == 1 && ripe(from, to, actor.Today())
			return m, err
		})
	return slices.DeleteFunc(list, func(m Mine) bool { return !m.Open && m.On == "" }), err
}

// OwnOf is Asked with what was answered, for the person who acts for themself; nobody else may read it.
func OwnOf(ctx context.Context, tx *store.Tx, actor *access.Actor, a access.Access) ([]Mine, error) {
	if actor.Themself() == 0 {
		return nil, fault.Missing
	}
	list, err := Asked(ctx, tx, actor, a)
	for i := range list {
		m := &list[i]
		if err != nil || m.On == "" {
			continue
		}
		var sealed []byte
		var shown int
		err = tx.One(ctx, store.Q(`SELECT e.welcome, e.useful, e.fits, e.sealed, CASE WHEN s.evaluation_id IS NULL THEN 0 ELSE 1 END FROM evaluation e
		 LEFT JOIN evaluation_said s ON s.area_id = e.area_id AND s.evaluation_id = e.evaluation_id WHERE e.area_id = $1 AND e.evaluation_id = $2`),
			[]any{actor.Area(), m.id}, &m.Answers[0], &m.Answers[1], &m.Answers[2], &sealed, &shown)
		if err != nil {
			continue
		}
		var f []string
		if f, err = a.Key(Need).Open(lineAt(m.id), 1, sealed); err == nil {
			m.Line, m.Show = f[0], shown == 1
		}
	}
	return list, err
}
