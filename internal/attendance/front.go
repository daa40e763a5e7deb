package attendance

import (
	"context"

	"sluss/internal/access"
	"sluss/internal/clock"
	"sluss/internal/fault"
	"sluss/internal/id"
	"sluss/internal/person"
	"sluss/internal/schedule"
	"sluss/internal/store"
)

// AtFront is what an access must cover for whoever answers the telephone: who it is, how they are reached, and when they are expected.
const AtFront = access.Identity | access.Contact | access.Activities | access.Attendance

// frontDays is how many days ahead one sees there.
const frontDays = 14

const frontTimes = `SELECT ` + occasionColumns + `, 0, ` + wordColumns + timesOf

// Front reads when somebody is expected in the days ahead, for whoever answers the telephone. Whether they rest, and why they have not come, is
// not read.
func (d *Desk) Front(ctx context.Context, actor *access.Actor, who id.Person) (v View, err error) {
	err = d.Store.Read(ctx, func(tx *store.Tx) error {
		v = View{}
		a, err := access.Open(ctx, tx, actor, who, AtFront, access.Read, access.ForContact)
		if err != nil {
			return err
		}
		if v.Person, err = person.Get(ctx, tx, actor, a); err != nil {
			return err
		}
		span := clock.Span{From: actor.Today(), To: actor.Today().Add(frontDays)}
		if v.Times, err = store.All(ctx, tx, store.Q(frontTimes+` AND o.on_date >= $4 AND o.on_date < $5 ORDER BY o.on_date, o.at, o.occasion_id`),
			[]any{actor.Area(), a.Person(), actor.Unit(), string(span.From), string(span.To)}, func(r *store.Cursor) (Time, error) { return scan(r, a) }); err != nil {
			return err
		}
		return v.name(ctx, tx, actor)
	})
	return v, err
}

// Rang writes that somebody has rung and does not come, or comes after all. Nothing is asked and no why is kept; one that was told before
// stands. Missing when they have no place there; a conflict when the occasion is called off or too far away.
func (d *Desk) Rang(ctx context.Context, actor *access.Actor, who id.Person, k schedule.OccasionID, comes bool) error {
	return d.Store.Write(ctx, func(tx *store.Tx) error {
		a, err := access.Open(ctx, tx, actor, who, AtFront, access.Read, access.ForContact)
		if err != nil {
			return err
		}
		b, err := access.Open(ctx, tx, actor, who, access.Attendance, access.Write, access.ForContact)
		if err != nil {
			return err
		}
		o, err := schedule.Get(ctx, tx, actor, k)
		if err != nil {
			return err
		}
		list, err := store.All(ctx, tx, store.Q(frontTimes+` AND o.occasion_id = $4`), []any{actor.Area(), who, actor.Unit(), o.ID},
			func(r *store.Cursor) (Time, error) { return scan(r, a) })
		if err == nil && len(list) == 0 {
			err = fault.Missing
		}
		if err != nil {
			return err
		}
		t := list[0]
		if err := tellable(o, t, actor); err != nil || comes == (t.Word == nil) { // so it stands already
			return err
		}
		return write(ctx, tx, actor, b, o, t, told{stands: !comes}, func(id.Of[wordTag]) []byte { return []byte{} })
	})
}
