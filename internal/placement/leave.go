package placement

import (
	"context"

	"sluss/internal/access"
	"sluss/internal/clock"
	"sluss/internal/intake"
	"sluss/internal/store"
	"sluss/internal/thread"
)

// whole gives what a statement finds of the person at the unit, without what is sealed: who leaves and comes back is not read about.
func whole(ctx context.Context, tx *store.Tx, where store.SQL, a access.Access, args ...any) ([]Placement, error) {
	return store.All(ctx, tx, where, args, func(r *store.Cursor) (Placement, error) {
		p := Placement{Person: a.Person()}
		var talk clock.Date
		err := r.Scan(&p.ID, &p.Workplace, &p.Goal, &p.State, &p.From, &p.To, &p.was, &p.Ending.On, &p.OwnOn, &talk)
		if talk != "" {
			p.Talks = []Talk{{Due: talk}}
		}
		return p, err
	})
}

const withoutWords = `SELECT x.placement_id, x.workplace_id, x.goal_id, x.state, x.from_on, x.to_on, x.was_state, x.ended_on, x.own_on,
 coalesce((SELECT min(t.due_on) FROM placement_talk t WHERE t.area_id = x.area_id AND t.placement_id = x.placement_id AND t.held_on = ''), '')
 FROM placement x WHERE x.area_id = $1 AND x.person_id = $2 AND x.unit_id = $3`

// Leave ends all that the person has, when they leave the unit.
func Leave(ctx context.Context, tx *store.Tx, actor *access.Actor, a access.Access, e intake.EnrolmentID, on clock.Date) error {
	list, err := whole(ctx, tx, store.Q(withoutWords+` AND x.state IN ('wished', 'proposed', 'agreed') ORDER BY x.placement_id`), a, actor.Area(), a.Person(), actor.Unit())
	if err != nil {
		return err
	}
	for _, p := range list {
		p.was, p.EndedWith = p.State, e
		if p.State = Withdrawn; p.was == Agreed {
			p.State, p.Ending = Ended, Ending{On: max(p.From, on), Next: leftUnit}
			if err := p.event(ctx, tx, actor, thread.PlacementEnded, leftUnit, p.Ending.On); err != nil {
				return err
			}
		}
		if err := p.stand(ctx, tx, actor); err != nil {
			return err
		}
	}
	return nil
}

// Return gives back what Leave ended. What others have the place of meanwhile is a wish again.
func Return(ctx context.Context, tx *store.Tx, actor *access.Actor, a access.Access, e intake.EnrolmentID) error {
	list, err := whole(ctx, tx, store.Q(withoutWords+` AND x.ended_with = $4 ORDER BY x.placement_id`), a, actor.Area(), a.Person(), actor.Unit(), e)
	if err != nil {
		return err
	}
	for _, p := range list {
		if err := p.back(ctx, tx, actor); err != nil {
			return err
		}
	}
	return nil
}

func (p Placement) back(ctx context.Context, tx *store.Tx, actor *access.Actor) error {
	kind, code, on := thread.PlacementEnded, thread.Undone, p.Ending.On
	was := p.was
	p.State, p.was, p.Ending = was, "", Ending{}
	if was != Wished {
		free, err := p.room(ctx, tx, actor)
		if err != nil {
			return err
		}
		if !free {
			p.State, kind, code, on = Wished, thread.PlacementWished, "", actor.Today()
		}
	}
	if err := p.stand(ctx, tx, actor); err != nil || was != Agreed {
		return err
	}
	return p.event(ctx, tx, actor, kind, code, on)
}

// stand writes where the placement stands, and leaves what is said in it as it is.
func (p Placement) stand(ctx context.Context, tx *store.Tx, actor *access.Actor) error {
	_, err := tx.Exec(ctx, store.Q(`UPDATE placement SET state = $3, due_on = $4, ended_on = $5, next = $6, ended_with = $7, was_state = $8, version = version + 1
	 WHERE area_id = $1 AND placement_id = $2`), actor.Area(), p.ID, string(p.State), string(p.due()), string(p.Ending.On), p.Ending.Next, p.EndedWith, string(p.was))
	return err
}
