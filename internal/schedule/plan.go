package schedule

import (
	"context"
	"slices"

	"sluss/internal/access"
	"sluss/internal/activity"
	"sluss/internal/clock"
	"sluss/internal/fault"
	"sluss/internal/id"
	"sluss/internal/store"
)

// Draft is what a run would be: its occasions, the days that fall away since the house is closed, and what clashes.
type Draft struct {
	Occasions []Occasion
	Away      []clock.Date
	Clashes   []Clash
	House     *House
}

// Clashing is the refusal of something that clashes with what is planned already.
type Clashing struct{ Clashes []Clash }

// Error tells how many clashes there are.
func (c *Clashing) Error() string { return fault.New(fault.Conflict, "schedule.clash").Error() }

// Unwrap makes it a conflict.
func (c *Clashing) Unwrap() error { return fault.New(fault.Conflict, "schedule.clash") }

// Try tells what a run would be, and writes nothing.
func (d *Desk) Try(ctx context.Context, actor *access.Actor, r Run, turns []Turn) (x Draft, err error) {
	err = d.Store.Read(ctx, func(tx *store.Tx) error {
		x, err = draft(ctx, tx, actor, r, turns)
		return err
	})
	return x, err
}

func draft(ctx context.Context, tx *store.Tx, actor *access.Actor, r Run, turns []Turn) (x Draft, err error) {
	if err := r.check(turns, actor.Today()); err != nil {
		return x, err
	}
	if x.House, err = Enter(ctx, tx, actor, clock.Span{From: r.From, To: r.To}); err != nil {
		return x, err
	}
	t, ok := x.House.Types[r.Activity]
	if !ok || t.State != activity.Runs {
		return x, fault.Form{{Kind: fault.Invalid, Key: "schedule.activity.needed", Field: "activity"}}
	}
	if r.Places > t.Size {
		return x, fault.Form{{Kind: fault.Invalid, Key: "schedule.places.many", Field: "places", Args: []any{t.Size}}}
	}
	if x.Occasions, x.Away, err = r.occasions(turns, x.House.Closed); err != nil {
		return x, err
	}
	if len(x.Occasions) == 0 {
		return x, fault.Form{{Kind: fault.Invalid, Key: "schedule.nothing", Field: "from"}}
	}
	x.Clashes = x.House.Clashes(x.Occasions)
	return x, nil
}

// Plan plans a run with everything that comes back in it. A *Clashing tells what it clashes with; nothing is then kept.
func (d *Desk) Plan(ctx context.Context, actor *access.Actor, r Run, turns []Turn) (RunID, error) {
	r.ID, turns = id.New[runTag](actor.Now()), slices.Clone(turns)
	for i := range turns {
		turns[i].ID = id.New[turnTag](actor.Now())
	}
	err := d.Store.Write(ctx, func(tx *store.Tx) error {
		if err := access.Unit(ctx, tx, actor, access.Caseworkers...); err != nil {
			return err
		}
		whole, err := draft(ctx, tx, actor, r, turns)
		if err != nil {
			return err
		}
		if len(whole.Clashes) > 0 {
			return &Clashing{whole.Clashes}
		}
		if err := insertRun(ctx, tx, actor, r); err != nil {
			return err
		}
		for _, t := range turns {
			if err := insertTurn(ctx, tx, actor, r.ID, t); err != nil {
				return err
			}
		}
		for _, o := range whole.Occasions {
			if err := insertOccasion(ctx, tx, actor, o); err != nil {
				return err
			}
		}
		return nil
	})
	return r.ID, err
}
