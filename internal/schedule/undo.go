package schedule

import (
	"context"

	"sluss/internal/access"
	"sluss/internal/clock"
	"sluss/internal/fault"
	"sluss/internal/id"
	"sluss/internal/store"
)

// changedOccasion is an occasion as it was before a change.
type changedOccasion struct {
	Occasion
	now  clock.Date // the day it is on since
	by   id.Post
	kind string // of the change
}

// Undo takes a change back: each of its occasions is as it was, and those who had heard of it hear of that. A *Clashing tells
// when something else has taken the place; Stale when it was undone already, or an occasion was changed again; a conflict when
// one of its days has been.
func (d *Desk) Undo(ctx context.Context, actor *access.Actor, c ChangeID) error {
	return d.Store.Write(ctx, func(tx *store.Tx) error {
		if err := access.Unit(ctx, tx, actor, access.Caseworkers...); err != nil {
			return err
		}
		list, err := before(ctx, tx, actor, c)
		if err != nil {
			return err
		}
		if len(list) == 0 {
			return fault.Stale
		}
		back := make([]Occasion, len(list))
		for i, o := range list {
			if min(o.On, o.now) < actor.Today() {
				return fault.New(fault.Conflict, "schedule.past")
			}
			back[i] = o.Occasion
		}
		borne := []Kind{PersonTaken}   // it stood there before
		if list[0].kind == ForClosed { // also while the unit was closed
			borne = append(borne, HouseClosed)
		}
		if err := clear(ctx, tx, actor, back, borne...); err != nil {
			return err
		}
		for _, o := range back {
			if err := put(ctx, tx, actor, o); err != nil {
				return err
			}
		}
		return undo(ctx, tx, actor, c, list[0].by)
	})
}

// before gives the occasions of a change as they were before it; none when it is undone, or when one of them has been
// changed after it.
func before(ctx context.Context, tx *store.Tx, actor *access.Actor, c ChangeID) ([]changedOccasion, error) {
	var again int
	err := tx.One(ctx, store.Q(`SELECT count(*) FROM occasion_change c JOIN occasion_change n ON n.area_id = c.area_id AND n.occasion_id = c.occasion_id
	 WHERE c.area_id = $1 AND c.unit_id = $2 AND c.change_id = $3 AND n.change_id > c.change_id AND n.undone_at = 0`), []any{actor.Area(), actor.Unit(), c}, &again)
	if err != nil || again > 0 {
		return nil, err
	}
	return store.All(ctx, tx, store.Q(`SELECT o.occasion_id, o.run_id, o.turn_id, o.activity_id, c.was_on, c.was_at, c.was_until, c.was_room_id, c.was_leaders,
	 r.places, o.version, o.on_date, c.post_id, c.kind`+occasionRows+` JOIN occasion_change c ON c.area_id = o.area_id AND c.occasion_id = o.occasion_id
	 WHERE c.area_id = $1 AND c.unit_id = $2 AND c.change_id = $3 AND c.undone_at = 0 ORDER BY c.was_on`), []any{actor.Area(), actor.Unit(), c},
		func(r *store.Cursor) (x changedOccasion, err error) {
			var leaders string
			o := &x.Occasion
			err = r.Scan(&o.ID, &o.Run, &o.Turn, &o.Activity, &o.On, &o.At, &o.Until, &o.Room, &leaders, &o.Places, &o.Version, &x.now, &x.by, &x.kind)
			o.Leaders, o.State = leadersOf(leaders), Planned
			return x, err
		})
}

// undo marks a change as taken back. Those who had seen it are to hear of that, and whoever made it; the others of neither.
func undo(ctx context.Context, tx *store.Tx, actor *access.Actor, c ChangeID, by id.Post) error {
	if _, err := tx.Exec(ctx, store.Q(`UPDATE occasion_change SET undone_at = $3 WHERE area_id = $1 AND change_id = $2`), actor.Area(), c, int64(actor.Now())); err != nil {
		return err
	}
	if _, err := tx.Exec(ctx, store.Q(`DELETE FROM turn_pattern WHERE area_id = $1 AND change_id = $2`), actor.Area(), c); err != nil {
		return err
	}
	if _, err := tx.Exec(ctx, store.Q(`DELETE FROM occasion_notice WHERE area_id = $1 AND change_id = $2 AND (seen_at = 0 OR post_id = $3)`),
		actor.Area(), c, actor.Post()); err != nil {
		return err
	}
	if _, err := tx.Exec(ctx, store.Q(`UPDATE occasion_notice SET seen_at = 0 WHERE area_id = $1 AND change_id = $2`), actor.Area(), c); err != nil || by == actor.Post() {
		return err
	}
	return insertNotice(ctx, tx, actor, c, by)
}
