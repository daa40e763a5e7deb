package place

import (
	"context"

	"sluss/internal/access"
	"sluss/internal/activity"
	"sluss/internal/clock"
	"sluss/internal/id"
	"sluss/internal/person"
	"sluss/internal/plan"
	"sluss/internal/schedule"
	"sluss/internal/store"
)

// ahead is how many days are looked through for when a run is held next.
const ahead = 43

// View is a person's places with all that a page about them shows.
type View struct {
	Person person.Person
	Plan   plan.Plan
	Places []Place // the newest first
	Types  map[activity.ID]activity.Type
	Runs   map[schedule.RunID]schedule.Run      // those that go on
	Free   map[schedule.RunID]int               // how many places of each are free from today
	Next   map[schedule.RunID]schedule.Occasion // when each is held next, within some weeks
	Extent map[ID][]Extent                      // of each place, as Extents gives them
	Beside map[ID]*Both                         // of each that is offered, what is at the same time; nil for nothing
}

// Get gives one of the places; nil when the person has no such.
func (v View) Get(k ID) *Place {
	for i := range v.Places {
		if v.Places[i].ID == k {
			return &v.Places[i]
		}
	}
	return nil
}

// Open reads a person's places for a page.
func (d *Desk) Open(ctx context.Context, actor *access.Actor, who id.Person) (v View, err error) {
	err = d.Store.Read(ctx, func(tx *store.Tx) error {
		v = View{}
		a, err := access.Open(ctx, tx, actor, who, access.Identity|Need, access.Read, access.ForPlan)
		if err != nil {
			return err
		}
		if v.Person, err = person.Get(ctx, tx, actor, a); err != nil {
			return err
		}
		if v.Plan, err = plan.Get(ctx, tx, actor, a); err != nil {
			return err
		}
		if v.Places, err = Of(ctx, tx, actor, a); err != nil {
			return err
		}
		if v.Extent, err = Extents(ctx, tx, actor, a); err != nil {
			return err
		}
		v.Beside = map[ID]*Both{}
		for _, p := range v.Places {
			if p.State != Offered {
				continue
			}
			if v.Beside[p.ID], err = Beside(ctx, tx, actor, p, v.Places); err != nil {
				return err
			}
		}
		return v.house(ctx, tx, actor)
	})
	return v, err
}

// house reads what there is to take part in.
func (v *View) house(ctx context.Context, tx *store.Tx, actor *access.Actor) error {
	types, err := activity.All(ctx, tx, actor)
	if err != nil {
		return err
	}
	runs, err := schedule.Runs(ctx, tx, actor, actor.Today())
	if err != nil {
		return err
	}
	taken, err := Taken(ctx, tx, actor, actor.Today())
	if err != nil {
		return err
	}
	soon, err := schedule.Occasions(ctx, tx, actor, clock.Span{From: actor.Today(), To: actor.Today().Add(ahead)})
	if err != nil {
		return err
	}
	v.Next = map[schedule.RunID]schedule.Occasion{}
	for _, o := range soon {
		if _, ok := v.Next[o.Run]; !ok && o.State == schedule.Planned {
			v.Next[o.Run] = o
		}
	}
	v.Types, v.Runs, v.Free = map[activity.ID]activity.Type{}, map[schedule.RunID]schedule.Run{}, map[schedule.RunID]int{}
	for _, t := range types {
		v.Types[t.ID] = t
	}
	for _, r := range runs {
		v.Runs[r.ID], v.Free[r.ID] = r, max(0, r.Places-taken[r.ID])
	}
	return nil
}
