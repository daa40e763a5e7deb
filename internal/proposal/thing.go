package proposal

import (
	"context"
	"slices"

	"sluss/internal/access"
	"sluss/internal/activity"
	"sluss/internal/clock"
	"sluss/internal/contact"
	"sluss/internal/fault"
	"sluss/internal/id"
	"sluss/internal/intake"
	"sluss/internal/place"
	"sluss/internal/placement"
	"sluss/internal/plan"
	"sluss/internal/store"
)

// Thing is something that a change may be proposed of.
type Thing struct {
	About About
	Ref   int64
	Words string            // of a task or a measure; the name of a workplace
	Other string            // of a task, the same in the person's language
	On    clock.Date        // of what is Timed
	At    clock.LocalTime   // likewise
	Names map[string]string // of a place: of its activity, by language
}

// Key is the thing as a form's value.
func (t Thing) Key() string { return KeyOf(t.About, t.Ref) }

// KeyOf is the key of what has the id.
func KeyOf(about About, ref int64) string {
	if about == New {
		return string(New)
	}
	return string(about) + ":" + id.Of[struct{}](ref).String()
}

// called is what the thing is called, as it is kept with the proposal.
func (t Thing) called() string {
	switch {
	case t.About.Timed():
		return string(t.On) + " " + string(t.At)
	case t.About == Place:
		return t.Names["sv"]
	default:
		return t.Words
	}
}

// Find gives the thing of a key.
func Find(things []Thing, key string) (Thing, bool) {
	i := slices.IndexFunc(things, func(t Thing) bool { return t.Key() == key })
	if i < 0 {
		return Thing{}, false
	}
	return things[i], true
}

// Things gives what the person of the access may propose a change of, something new the first; none when no plan is worked in. Who acts
// for themself is given no measures but those that are written for them to read. It needs access to Makes.
func Things(ctx context.Context, tx *store.Tx, actor *access.Actor, a access.Access) ([]Thing, error) {
	list, _, err := things(ctx, tx, actor, a)
	if fault.Is(err, fault.Conflict) {
		return nil, nil
	}
	return list, err
}

func things(ctx context.Context, tx *store.Tx, actor *access.Actor, a access.Access) ([]Thing, id.Unit, error) {
	a.Must(Makes)
	p, err := plan.Get(ctx, tx, actor, a)
	if err != nil {
		return nil, 0, err
	}
	switch {
	case p.Enrolment.ID == 0:
		return nil, 0, fault.New(fault.Conflict, "plan.none")
	case p.Enrolment.State == intake.Left:
		return nil, 0, fault.New(fault.Conflict, "plan.left")
	}
	list := []Thing{{About: New}}
	for _, t := range p.OpenTasks() {
		list = append(list, Thing{About: Task, Ref: int64(t.ID), Words: t.Words, Other: t.Other})
	}
	for _, m := range p.Running() {
		if m.Told || actor.Themself() == 0 {
			list = append(list, Thing{About: Measure, Ref: int64(m.ID), Words: m.What})
		}
	}
	if e := p.Enrolment; e.State == intake.Booked {
		list = append(list, Thing{About: Start, Ref: int64(e.ID), On: e.MeetsOn, At: e.MeetsAt})
	}
	ahead, err := contact.Ahead(ctx, tx, actor, a)
	if err != nil {
		return nil, 0, err
	}
	for _, m := range ahead {
		list = append(list, Thing{About: Meeting, Ref: int64(m.ID), On: m.On, At: m.At})
	}
	places, err := place.Of(ctx, tx, actor, a)
	if err != nil {
		return nil, 0, err
	}
	types, err := activity.All(ctx, tx, actor)
	if err != nil {
		return nil, 0, err
	}
	for _, x := range places {
		if x.State == place.Held && !x.Over(actor.Today()) {
			list = append(list, Thing{About: Place, Ref: int64(x.ID), Names: namesOf(types, x.Activity)})
		}
	}
	work, err := placement.Mine(ctx, tx, actor, a)
	for _, x := range work {
		if x.State == placement.Agreed {
			list = append(list, Thing{About: Work, Ref: int64(x.ID), Words: x.At})
		}
	}
	return list, p.Enrolment.Unit, err
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
