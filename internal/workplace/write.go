package workplace

import (
	"context"
	"strings"

	"sluss/internal/access"
	"sluss/internal/clock"
	"sluss/internal/fault"
	"sluss/internal/id"
	"sluss/internal/org"
	"sluss/internal/store"
)

// Write writes down a workplace, or changes one. A contact that is no longer in the form is gone. Stale when somebody changed it
// since; a fault of places when more people are there than there would be places.
func (d *Desk) Write(ctx context.Context, actor *access.Actor, f Form) (k ID, err error) {
	err = d.Store.Write(ctx, func(tx *store.Tx) error {
		if err := access.Unit(ctx, tx, actor, access.Caseworkers...); err != nil {
			return err
		}
		here, err := org.Colleagues(ctx, tx, actor.Area(), actor.Unit(), actor.Now())
		if err != nil {
			return err
		}
		if err := f.check(here); err != nil {
			return err
		}
		w := Workplace{ID: f.ID}
		if f.ID == 0 {
			w.ID = id.New[tag](actor.Now())
		} else if w, err = get(ctx, tx, actor, f.ID); err != nil {
			return err
		}
		k, w.Version = w.ID, f.Version
		w.Words, w.Features, w.Places, w.Holder = f.Words, f.Features, f.Places, f.Holder
		if f.ID == 0 {
			return insert(ctx, tx, actor, w)
		}
		if err := w.holds(ctx, tx, actor); err != nil {
			return err
		}
		return update(ctx, tx, actor, w)
	})
	return k, err
}

// holds is a fault of places when more people are there, or are to be, than there are places.
func (w Workplace) holds(ctx context.Context, tx *store.Tx, actor *access.Actor) error {
	list, err := Stays(ctx, tx, actor)
	if free := w.Free(list, actor.Today(), clock.Forever, actor.Today(), 0); err == nil && free < 0 {
		err = fault.Form{{Kind: fault.Conflict, Key: "workplace.places.taken", Field: "places", Args: []any{w.Places - free}}}
	}
	return err
}

// End takes a workplace out of what can be agreed on, with why. Whoever is there stays until they end it themselves.
func (d *Desk) End(ctx context.Context, actor *access.Actor, k ID, version int, why string) error {
	return d.change(ctx, actor, k, version, func(w *Workplace) error {
		if !w.Open() {
			return fault.Stale
		}
		if w.Ending = strings.TrimSpace(why); w.Ending == "" {
			return fault.Form{{Kind: fault.Invalid, Key: "workplace.ending.needed", Field: "ending"}}
		}
		w.EndedOn = actor.Today()
		return nil
	})
}

// Reopen takes an end back.
func (d *Desk) Reopen(ctx context.Context, actor *access.Actor, k ID, version int) error {
	return d.change(ctx, actor, k, version, func(w *Workplace) error {
		if w.Open() {
			return fault.Stale
		}
		w.EndedOn, w.Ending = "", ""
		return nil
	})
}

func (d *Desk) change(ctx context.Context, actor *access.Actor, k ID, version int, f func(w *Workplace) error) error {
	return d.Store.Write(ctx, func(tx *store.Tx) error {
		if err := access.Unit(ctx, tx, actor, access.Caseworkers...); err != nil {
			return err
		}
		w, err := get(ctx, tx, actor, k)
		if err != nil {
			return err
		}
		if w.Version != version {
			return fault.Stale
		}
		if err := f(&w); err != nil {
			return err
		}
		return update(ctx, tx, actor, w)
	})
}
