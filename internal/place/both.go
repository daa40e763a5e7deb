package place

import (
	"context"

	"sluss/internal/access"
	"sluss/internal/activity"
	"sluss/internal/clock"
	"sluss/internal/schedule"
	"sluss/internal/store"
)

// Both is the first time of a place that is offered, and the activity that the person has or is offered a place in at the same time. One that
// is passed on by itself is offered to whoever is next, whatever else they have; it is told of, to them and to those who talk with them.
type Both struct {
	Other activity.ID
	schedule.Occasion
}

// Beside finds it among all the places of the person whose the offer is; nil for nothing at the same time.
func Beside(ctx context.Context, tx *store.Tx, actor *access.Actor, p Place, all []Place) (first *Both, err error) {
	for _, other := range all {
		if other.ID == p.ID || other.State != Offered && other.State != Held || other.Over(actor.Today()) {
			continue
		}
		to := p.To
		if to == "" || other.To != "" && other.To < to {
			to = other.To
		}
		o, ok, err := schedule.Beside(ctx, tx, actor, other.Run, p.Run, clock.Span{From: max(p.From, other.From, actor.Today()), To: to})
		if err != nil {
			return nil, err
		}
		if ok && (first == nil || o.On < first.On || o.On == first.On && o.At < first.At) {
			first = &Both{other.Activity, o}
		}
	}
	return first, nil
}

// bare are the places that the person of the access has or is offered, without what is sealed.
func bare(ctx context.Context, tx *store.Tx, actor *access.Actor, a access.Access) ([]Place, error) {
	a.Must(access.Activities)
	return store.All(ctx, tx, store.Q(`SELECT x.place_id, x.activity_id, x.run_id, x.state, x.from_on, x.to_on FROM place x
	 WHERE x.area_id = $1 AND x.person_id = $2 AND x.unit_id = $3 AND x.state IN ('offered', 'held')`), []any{actor.Area(), a.Person(), actor.Unit()},
		func(r *store.Cursor) (p Place, err error) {
			err = r.Scan(&p.ID, &p.Activity, &p.Run, &p.State, &p.From, &p.To)
			return p, err
		})
}

// besides tells of each who is offered a place what they have at the same time; shown are the accesses by which they stand in the list.
func besides(ctx context.Context, tx *store.Tx, actor *access.Actor, list []Waiting, shown []access.Access) error {
	for i, w := range list {
		if w.State != Offered {
			continue
		}
		all, err := bare(ctx, tx, actor, shown[i])
		if err != nil {
			return err
		}
		for _, p := range all {
			if p.ID != w.ID {
				continue
			}
			if list[i].Beside, err = Beside(ctx, tx, actor, p, all); err != nil {
				return err
			}
		}
	}
	return nil
}
