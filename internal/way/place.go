package way

import (
	"context"
	"slices"

	"sluss/internal/access"
	"sluss/internal/activity"
	"sluss/internal/clock"
	"sluss/internal/place"
	"sluss/internal/plan"
	"sluss/internal/schedule"
	"sluss/internal/store"
)

// ahead is how many days are looked through for when something is held next.
const ahead = 43

// Place is an activity that the person takes part in, or is offered a place in, and what it is good for.
type Place struct {
	Names     map[string]string // of the activity, by language
	Offered   bool              // the person has not said yes
	AnswerBy  clock.Date        // the last day to answer what is offered
	On        clock.Date        // when it is held next for the person; "" when nothing is planned
	At, Until clock.LocalTime
	Goal      *Goal // nil for none
	Why, Next string
	ID        place.ID
	Version   int
	Unclear   bool           // the person has said that they do not see the thread
	Extents   []place.Extent // that hold now or later, the last first
	Beside    *Beside        // what is held at the same time as what is offered; nil for nothing
}

// Beside is the first time of an offered place that is at the same time as another that the person has or is offered.
type Beside struct {
	Names     map[string]string // of the other activity, by language
	On        clock.Date
	At, Until clock.LocalTime // of what is offered
}

// Name is the activity's name in the language, else in Swedish.
func (p Place) Name(lang string) string {
	if n := p.Names[lang]; n != "" {
		return n
	}
	return p.Names["sv"]
}

// Name is the other activity's name in the language, else in Swedish.
func (b Beside) Name(lang string) string { return Place{Names: b.Names}.Name(lang) }

// PlacesOf gives what the person of the access takes part in and is offered, as they see it. It needs access to place.Need.
func PlacesOf(ctx context.Context, tx *store.Tx, actor *access.Actor, a access.Access) ([]Place, error) {
	p, err := plan.Get(ctx, tx, actor, a)
	if err != nil {
		return nil, err
	}
	var w Way
	w.take(p)
	err = w.activities(ctx, tx, actor, a, p)
	return w.Places, err
}

// activities reads what the person takes part in and is offered.
func (w *Way) activities(ctx context.Context, tx *store.Tx, actor *access.Actor, a access.Access, mine plan.Plan) error {
	places, err := place.Of(ctx, tx, actor, a)
	if err != nil || len(places) == 0 {
		return err
	}
	extents, err := place.Extents(ctx, tx, actor, a)
	if err != nil {
		return err
	}
	types, err := activity.All(ctx, tx, actor)
	if err != nil {
		return err
	}
	soon, err := schedule.Occasions(ctx, tx, actor, clock.Span{From: actor.Today(), To: actor.Today().Add(ahead)})
	if err != nil {
		return err
	}
	places = slices.DeleteFunc(places, func(p place.Place) bool {
		return p.Over(actor.Today()) || p.State != place.Held && p.State != place.Offered
	})
	for _, p := range places {
		x := Place{Names: namesOf(types, p.Activity), Offered: p.State == place.Offered, AnswerBy: p.AnswerBy, Why: p.Why, Next: p.Next,
			ID: p.ID, Version: p.Version, Unclear: p.UnclearOn != "", Extents: place.Holding(extents[p.ID], actor.Today())}
		if g, ok := w.Goal(p.Goal); ok && !p.Loose(mine) {
			x.Goal = &g
		}
		for _, o := range soon {
			if o.Run == p.Run && o.State == schedule.Planned && o.On >= p.From && (p.To == "" || o.On < p.To) && !clock.Past(o.On, o.Until, actor.Now()) {
				x.On, x.At, x.Until = o.On, o.At, o.Until
				break
			}
		}
		if x.Offered {
			b, err := place.Beside(ctx, tx, actor, p, places)
			if err != nil {
				return err
			}
			if b != nil {
				x.Beside = &Beside{namesOf(types, b.Other), b.On, b.At, b.Until}
			}
		}
		w.Places = append(w.Places, x)
	}
	return nil
}

func namesOf(types []activity.Type, k activity.ID) map[string]string {
	names := map[string]string{}
	for _, t := range types {
		if t.ID == k {
			for lang, words := range t.Words {
				names[lang] = words.Name
			}
		}
	}
	return names
}
