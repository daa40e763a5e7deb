package schedule

import (
	"context"
	"slices"

	"sluss/internal/access"
	"sluss/internal/clock"
	"sluss/internal/fault"
	"sluss/internal/id"
	"sluss/internal/org"
	"sluss/internal/store"
)

// Shut is a span that the unit is closed, with how much is still planned in it: what was planned before somebody closed.
type Shut struct {
	org.Closed
	Planned int
}

// within is the condition that an occasion is still to be held in a span of the area $1: $3 and $4 its days, $5 the day and time that is now.
const within = ` AND o.unit_id = $2 AND o.on_date >= $3 AND o.on_date < $4 AND o.state = 'planned' AND o.on_date || o.at > $5`

func inside(actor *access.Actor, span clock.Span) []any {
	now := actor.Now()
	return []any{actor.Area(), actor.Unit(), string(max(span.From, actor.Today())), string(span.To), string(now.Date()) + string(now.LocalTime())}
}

// Shuts gives the spans ahead that the unit is closed and something is still planned in.
func Shuts(ctx context.Context, tx *store.Tx, actor *access.Actor) (list []Shut, err error) {
	closed, err := org.ClosedFrom(ctx, tx, actor.Area(), actor.Unit(), actor.Today())
	if err != nil {
		return nil, err
	}
	for _, c := range closed {
		x := Shut{Closed: c}
		if err := tx.One(ctx, store.Q(`SELECT count(*) FROM occasion o WHERE o.area_id = $1`+within), inside(actor, c.Span), &x.Planned); err != nil {
			return nil, err
		}
		if x.Planned > 0 {
			list = append(list, x)
		}
	}
	return list, nil
}

// CancelShut calls off in one change everything that is still planned in a span when the unit is closed; the reason is what the span is
// called. Places are kept. Stale when the span was changed meanwhile, and when nothing is planned in it.
func (d *Desk) CancelShut(ctx context.Context, actor *access.Actor, closed int64, version int) error {
	return d.Store.Write(ctx, func(tx *store.Tx) error {
		if err := access.Unit(ctx, tx, actor, access.Caseworkers...); err != nil {
			return err
		}
		all, err := org.ClosedFrom(ctx, tx, actor.Area(), actor.Unit(), actor.Today())
		if err != nil {
			return err
		}
		i := slices.IndexFunc(all, func(c org.Closed) bool { return c.ID == closed })
		if i < 0 || all[i].Version != version {
			return fault.Stale
		}
		args := inside(actor, all[i].Span)
		list, err := store.All(ctx, tx, store.Q(`SELECT `+occasionColumns+occasionRows+` WHERE o.area_id = $1`+within), args, scanOccasion)
		if err == nil && len(list) == 0 {
			err = fault.Stale
		}
		if err != nil {
			return err
		}
		c := &change{ID: id.New[changeTag](actor.Now()), kind: ForClosed, why: all[i].Name}
		return c.cancel(ctx, tx, actor, args, list)
	})
}

// cancel calls off what is planned inside a span, however much it is, and lets those who lead it hear of it.
func (c *change) cancel(ctx context.Context, tx *store.Tx, actor *access.Actor, args []any, list []Occasion) error {
	if _, err := tx.Exec(ctx, store.Q(`INSERT INTO occasion_change (area_id, change_id, occasion_id, unit_id, kind, why, was_on, was_at, was_until,
	 was_room_id, was_leaders, at, post_id, undone_at) SELECT o.area_id, $6, o.occasion_id, o.unit_id, $7, $8, o.on_date, o.at, o.until, o.room_id, o.leaders,
	 $9, $10, 0 FROM occasion o WHERE o.area_id = $1`+within), append(args, c.ID, c.kind, c.why, int64(actor.Now()), actor.Post())...); err != nil {
		return err
	}
	if _, err := tx.Exec(ctx, store.Q(`UPDATE occasion AS o SET state = 'cancelled', version = version + 1 WHERE o.area_id = $1`+within), args...); err != nil {
		return err
	}
	return c.notify(ctx, tx, actor, list)
}
