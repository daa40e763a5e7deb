package placement

import (
	"context"
	"slices"

	"sluss/internal/access"
	"sluss/internal/clock"
	"sluss/internal/fault"
	"sluss/internal/id"
	"sluss/internal/store"
)

const columns = `x.placement_id, x.workplace_id, x.goal_id, x.state, x.kind, x.wished_on, x.from_on, x.to_on, x.days, x.at, x.until, x.safety, x.insurer,
 x.yes_on, x.yes_by, x.yes_how, x.due_on, x.own_on, x.ended_on, x.next, x.ended_with, x.was_state, x.post_id, x.sealed, x.version`

// of gives a person's placements at the actor's unit, the newest first.
func of(ctx context.Context, tx *store.Tx, actor *access.Actor, a access.Access) ([]Placement, error) {
	key := a.Key(access.Activities)
	talks, err := talksOf(ctx, tx, actor, a)
	if err != nil {
		return nil, err
	}
	return store.All(ctx, tx, store.Q(`SELECT `+columns+` FROM placement x WHERE x.area_id = $1 AND x.person_id = $2 AND x.unit_id = $3 ORDER BY x.placement_id DESC`),
		[]any{actor.Area(), a.Person(), actor.Unit()}, func(r *store.Cursor) (Placement, error) {
			p := Placement{Person: a.Person()}
			var sealed []byte
			if err := r.Scan(&p.ID, &p.Workplace, &p.Goal, &p.State, &p.Kind, &p.WishedOn, &p.From, &p.To, &p.Days, &p.At, &p.Until, &p.Safety, &p.Insurer,
				&p.Yes.On, &p.Yes.By, &p.How, &p.Due, &p.OwnOn, &p.Ending.On, &p.Ending.Next, &p.EndedWith, &p.was, &p.By, &sealed, &p.Version); err != nil {
				return p, err
			}
			f, err := key.Open(placeOf(p.ID), wordFields, sealed)
			if err == nil {
				p.take(f)
			}
			p.Talks = talks[p.ID]
			return p, err
		})
}

func talksOf(ctx context.Context, tx *store.Tx, actor *access.Actor, a access.Access) (map[ID][]Talk, error) {
	key, list := a.Key(access.Activities), map[ID][]Talk{}
	_, err := store.All(ctx, tx, store.Q(`SELECT talk_id, placement_id, due_on, held_on, post_id, sealed FROM placement_talk WHERE area_id = $1 AND person_id = $2
	 ORDER BY due_on, talk_id`), []any{actor.Area(), a.Person()}, func(r *store.Cursor) (t Talk, err error) {
		var k ID
		var sealed []byte
		if err = r.Scan(&t.ID, &k, &t.Due, &t.HeldOn, &t.By, &sealed); err != nil {
			return t, err
		}
		f, err := key.Open(talkPlace(t.ID), 2, sealed)
		if err == nil {
			t.Said, t.Heard = f[0], f[1]
			list[k] = append(list[k], t)
		}
		return t, err
	})
	return list, err
}

// get gives one placement of the person in the version that was read.
func get(ctx context.Context, tx *store.Tx, actor *access.Actor, a access.Access, k ID, version int) (Placement, error) {
	list, err := of(ctx, tx, actor, a)
	if err != nil {
		return Placement{}, err
	}
	i := slices.IndexFunc(list, func(p Placement) bool { return p.ID == k })
	if i < 0 {
		return Placement{}, fault.Missing
	}
	if list[i].Version != version {
		return Placement{}, fault.Stale
	}
	return list[i], nil
}

// insert writes a new one down as a wish; update then makes it what it is.
func insert(ctx context.Context, tx *store.Tx, actor *access.Actor, a access.Access, p Placement) error {
	_, err := tx.Exec(ctx, store.Q(`INSERT INTO placement (area_id, placement_id, person_id, unit_id, workplace_id, goal_id, state, kind, wished_on, from_on, to_on, days, at, until,
	 safety, insurer, yes_on, yes_by, yes_how, due_on, own_on, ended_on, next, ended_with, was_state, post_id, sealed, version)
	 VALUES ($1, $2, $3, $4, 0, 0, 'wished', '', $5, '', '', '', '', '', '', '', '', '', '', $8, $8, '', '', 0, '', $6, $7, 1)`),
		actor.Area(), p.ID, a.Person(), actor.Unit(), string(p.WishedOn), actor.Post(), a.Key(access.Activities).Seal(placeOf(p.ID), p.list()...), string(p.OwnOn))
	return err
}

func update(ctx context.Context, tx *store.Tx, actor *access.Actor, a access.Access, p Placement) error {
	n, err := tx.Exec(ctx, store.Q(`UPDATE placement SET workplace_id = $4, goal_id = $5, state = $6, kind = $7, from_on = $8, to_on = $9, days = $10, at = $11, until = $12,
	 safety = $13, insurer = $14, yes_on = $15, yes_by = $16, yes_how = $17, due_on = $18, ended_on = $19, next = $20, ended_with = $21, was_state = $22, post_id = $23,
	 sealed = $24, own_on = $25, version = version + 1 WHERE area_id = $1 AND placement_id = $2 AND version = $3`),
		actor.Area(), p.ID, p.Version, p.Workplace, p.Goal, string(p.State), p.Kind, string(p.From), string(p.To), p.Days, string(p.At), string(p.Until),
		p.Safety, p.Insurer, string(p.Yes.On), p.Yes.By, string(p.How), string(p.due()), string(p.Ending.On), p.Ending.Next, p.EndedWith, string(p.was), actor.Post(),
		a.Key(access.Activities).Seal(placeOf(p.ID), p.list()...), string(p.OwnOn))
	if err == nil && n == 0 {
		err = fault.Stale
	}
	return err
}

// planTalks writes the days for talking that have not been held. One that stands on a day before is the same talk, also in a calendar; of
// the others as many as there still are move to the new days.
func (p *Placement) planTalks(ctx context.Context, tx *store.Tx, actor *access.Actor, a access.Access, days []clock.Date) error {
	days = slices.Clone(days)
	var moved []Talk
	p.Talks = slices.DeleteFunc(p.Talks, func(t Talk) bool {
		if t.HeldOn != "" {
			return false
		}
		if i := slices.Index(days, t.Due); i >= 0 {
			days = slices.Delete(days, i, i+1)
			return false
		}
		moved = append(moved, t)
		return true
	})
	for i, t := range moved {
		if i >= len(days) {
			if _, err := tx.Exec(ctx, store.Q(`DELETE FROM placement_talk WHERE area_id = $1 AND talk_id = $2`), actor.Area(), t.ID); err != nil {
				return err
			}
			continue
		}
		t.Due, t.By = days[i], actor.Post()
		if err := updateTalk(ctx, tx, actor, a, t); err != nil {
			return err
		}
		p.Talks = append(p.Talks, t)
	}
	for _, day := range days[min(len(moved), len(days)):] {
		t := Talk{ID: id.New[talkTag](actor.Now()), Due: day, By: actor.Post()}
		if err := insertTalk(ctx, tx, actor, a, p.ID, t); err != nil {
			return err
		}
		p.Talks = append(p.Talks, t)
	}
	slices.SortStableFunc(p.Talks, func(a, b Talk) int { return a.Due.Sub(b.Due) })
	return nil
}

func updateTalk(ctx context.Context, tx *store.Tx, actor *access.Actor, a access.Access, t Talk) error {
	_, err := tx.Exec(ctx, store.Q(`UPDATE placement_talk SET due_on = $3, held_on = $4, post_id = $5, sealed = $6 WHERE area_id = $1 AND talk_id = $2`),
		actor.Area(), t.ID, string(t.Due), string(t.HeldOn), t.By, a.Key(access.Activities).Seal(talkPlace(t.ID), t.Said, t.Heard))
	return err
}

func insertTalk(ctx context.Context, tx *store.Tx, actor *access.Actor, a access.Access, k ID, t Talk) error {
	_, err := tx.Exec(ctx, store.Q(`INSERT INTO placement_talk (area_id, talk_id, placement_id, person_id, due_on, held_on, post_id, sealed) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)`),
		actor.Area(), t.ID, k, a.Person(), string(t.Due), string(t.HeldOn), t.By, a.Key(access.Activities).Seal(talkPlace(t.ID), t.Said, t.Heard))
	return err
}
