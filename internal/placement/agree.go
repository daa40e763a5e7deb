package placement

import (
	"context"
	"slices"

	"sluss/internal/access"
	"sluss/internal/clock"
	"sluss/internal/fault"
	"sluss/internal/id"
	"sluss/internal/intake"
	"sluss/internal/plan"
	"sluss/internal/store"
	"sluss/internal/thread"
	"sluss/internal/workplace"
)

// Wish writes down what the person would like to try and why, in their own words.
func (d *Desk) Wish(ctx context.Context, actor *access.Actor, who id.Person, what, because string) (k ID, err error) {
	err = d.Store.Write(ctx, func(tx *store.Tx) error {
		a, err := access.Open(ctx, tx, actor, who, Need, access.Write, access.ForPlan)
		if err != nil {
			return err
		}
		k, err = wish(ctx, tx, actor, a, Placement{What: what, Because: because})
		return err
	})
	return k, err
}

func wish(ctx context.Context, tx *store.Tx, actor *access.Actor, a access.Access, p Placement) (ID, error) {
	if err := here(ctx, tx, actor, a); err != nil {
		return 0, err
	}
	var form fault.Form
	tidy(&form, "what", &p.What, "placement.what.needed")
	tidy(&form, "because", &p.Because, "")
	if err := form.Err(); err != nil {
		return 0, err
	}
	p.ID, p.Person, p.WishedOn = id.New[placementTag](actor.Now()), a.Person(), actor.Today()
	if err := insert(ctx, tx, actor, a, p); err != nil {
		return 0, err
	}
	return p.ID, p.event(ctx, tx, actor, thread.PlacementWished, "", actor.Today())
}

// here is a conflict unless the person is at the unit now.
func here(ctx context.Context, tx *store.Tx, actor *access.Actor, a access.Access) error {
	e, ok, err := intake.Current(ctx, tx, actor, a)
	if err == nil && (!ok || e.State == intake.Left) {
		err = fault.New(fault.Conflict, "place.notin")
	}
	return err
}

// Form is what is to be agreed. Version is the one that was read, 0 with K 0 for what was never wished for. Talks are the days when
// one is to talk. Yes may be empty: then it waits for the person's yes, with a place kept for them.
type Form struct {
	K       ID
	Version int
	Terms
	Talks []clock.Date
	Yes   Yes
}

// Write writes down the terms of a placement, or changes them. Changing what the person has said yes to takes a new yes. A fault of the
// workplace when all its places are taken on some of the days, also when two take the last one at once.
func (d *Desk) Write(ctx context.Context, actor *access.Actor, who id.Person, f Form) (k ID, err error) {
	err = d.Store.Write(ctx, func(tx *store.Tx) error {
		a, err := access.Open(ctx, tx, actor, who, Need, access.Write, access.ForPlan)
		if err != nil {
			return err
		}
		if err := here(ctx, tx, actor, a); err != nil {
			return err
		}
		p, err := f.of(ctx, tx, actor, a)
		if err != nil {
			return err
		}
		k = p.ID
		if err := f.fits(ctx, tx, actor, a, p); err != nil {
			return err
		}
		return p.agree(ctx, tx, actor, a, f)
	})
	return k, err
}

// of gives what the form is about, as it stands; it makes what was never wished for.
func (f Form) of(ctx context.Context, tx *store.Tx, actor *access.Actor, a access.Access) (Placement, error) {
	if f.K == 0 {
		p := Placement{ID: id.New[placementTag](actor.Now()), Person: a.Person(), Version: 1}
		return p, insert(ctx, tx, actor, a, p)
	}
	p, err := get(ctx, tx, actor, a, f.K, f.Version)
	if err == nil && !slices.Contains([]State{Wished, Proposed, Agreed}, p.State) {
		err = fault.Stale
	}
	return p, err
}

func (f *Form) fits(ctx context.Context, tx *store.Tx, actor *access.Actor, a access.Access, p Placement) error {
	mine, err := plan.Get(ctx, tx, actor, a)
	if err != nil {
		return err
	}
	since := actor.Today()
	if p.State == Agreed {
		since = min(since, p.From.Add(late)) // it began on a day that was well then
	}
	form := f.check(mine, f.Talks, since)
	if p.State == Agreed || f.Yes != (Yes{}) {
		form = append(form, f.Yes.check(actor.Today())...)
	}
	if err := form.Err(); err != nil {
		return err
	}
	w, free, err := workplace.At(ctx, tx, actor, f.Workplace, workplace.Stay{Row: int64(p.ID), From: f.From, To: f.To})
	switch {
	case fault.Is(err, fault.NotFound), err == nil && !w.Open() && p.Workplace != w.ID:
		return fault.Form{{Kind: fault.Invalid, Key: "placement.workplace.needed", Field: "workplace"}}
	case err == nil && free < 1:
		return fault.Form{{Kind: fault.Conflict, Key: "placement.full", Field: "workplace", Args: []any{w.Places}}}
	}
	return err
}

// agree makes the placement what the form says.
func (p Placement) agree(ctx context.Context, tx *store.Tx, actor *access.Actor, a access.Access, f Form) error {
	if err := p.planTalks(ctx, tx, actor, a, f.Talks); err != nil {
		return err
	}
	first := p.State != Agreed
	p.Terms, p.Yes, p.State = f.Terms, f.Yes, Proposed
	if f.Yes != (Yes{}) {
		p.State = Agreed
	}
	if err := update(ctx, tx, actor, a, p); err != nil || p.State != Agreed {
		return err
	}
	if first {
		return p.event(ctx, tx, actor, thread.PlacementAgreed, "", actor.Today())
	}
	return p.event(ctx, tx, actor, thread.PlacementAgreed, "anew", actor.Today())
}

// Say writes down the person's yes to what was proposed.
func (d *Desk) Say(ctx context.Context, actor *access.Actor, who id.Person, k ID, version int, y Yes) error {
	return d.change(ctx, actor, who, k, version, func(tx *store.Tx, _ access.Access, p *Placement) error {
		if p.State != Proposed {
			return fault.Stale
		}
		if err := y.check(actor.Today()).Err(); err != nil {
			return err
		}
		p.State, p.Yes = Agreed, y
		return p.event(ctx, tx, actor, thread.PlacementAgreed, "", actor.Today())
	})
}

// Withdraw takes a wish back, or what was proposed: the person does not want it. The place is free again.
func (d *Desk) Withdraw(ctx context.Context, actor *access.Actor, who id.Person, k ID, version int) error {
	return d.change(ctx, actor, who, k, version, func(_ *store.Tx, _ access.Access, p *Placement) error {
		if p.State != Wished && p.State != Proposed {
			return fault.Stale
		}
		p.State = Withdrawn
		return nil
	})
}

// change reads a placement in its version, lets f change it, and writes it.
func (d *Desk) change(ctx context.Context, actor *access.Actor, who id.Person, k ID, version int, f func(tx *store.Tx, a access.Access, p *Placement) error) error {
	return d.Store.Write(ctx, func(tx *store.Tx) error {
		a, err := access.Open(ctx, tx, actor, who, Need, access.Write, access.ForPlan)
		if err != nil {
			return err
		}
		p, err := get(ctx, tx, actor, a, k, version)
		if err != nil {
			return err
		}
		if err := f(tx, a, &p); err != nil {
			return err
		}
		return update(ctx, tx, actor, a, p)
	})
}
