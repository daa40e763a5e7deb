package schedule

import (
	"context"
	"slices"

	"sluss/internal/access"
	"sluss/internal/clock"
	"sluss/internal/fault"
	"sluss/internal/org"
	"sluss/internal/store"
)

// Extend lets a run go on until another last day: each of its turns comes back as before. A *Clashing tells what stands in the
// way, and nothing is then kept; Stale when somebody else changed the run meanwhile.
func (d *Desk) Extend(ctx context.Context, actor *access.Actor, k RunID, version int, last clock.Date) error {
	return d.Store.Write(ctx, func(tx *store.Tx) error {
		if err := access.Unit(ctx, tx, actor, access.Caseworkers...); err != nil {
			return err
		}
		r, err := GetRun(ctx, tx, actor, k)
		if err != nil {
			return err
		}
		if r.Version != version {
			return fault.Stale
		}
		if last < r.To || last > actor.Today().Add(MostDays) {
			return fault.Form{{Kind: fault.Invalid, Key: "schedule.extend.odd", Field: "last", Args: []any{r.To.Add(-1)}}}
		}
		was := r.To
		r.To = last.Add(1)
		more, err := goesOn(ctx, tx, actor, r, was)
		if err != nil {
			return err
		}
		if err := clear(ctx, tx, actor, more); err != nil {
			return err
		}
		for _, o := range more {
			if err := insertOccasion(ctx, tx, actor, o); err != nil {
				return err
			}
		}
		_, err = tx.Exec(ctx, store.Q(`UPDATE run SET to_on = $3, version = version + 1 WHERE area_id = $1 AND run_id = $2 AND version = $4`),
			actor.Area(), k, string(r.To), version)
		return err
	})
}

// goesOn is what the turns of a run make from a day on, apart from the days that they have an occasion on already. A turn
// that is called off for good makes nothing.
func goesOn(ctx context.Context, tx *store.Tx, actor *access.Actor, r Run, from clock.Date) ([]Occasion, error) {
	turns, err := patterns(ctx, tx, actor, r.ID)
	if err != nil {
		return nil, err
	}
	closed, err := org.Closures(ctx, tx, actor.Area(), actor.Unit(), from)
	if err != nil {
		return nil, err
	}
	there, err := Occasions(ctx, tx, actor, clock.Span{From: from, To: r.To})
	if err != nil {
		return nil, err
	}
	list, _, err := r.occasions(turns, (&House{closed: closed}).Closed)
	return slices.DeleteFunc(list, func(o Occasion) bool {
		return o.On < from || slices.ContainsFunc(there, func(x Occasion) bool { return x.Turn == o.Turn && x.On == o.On })
	}), err
}
