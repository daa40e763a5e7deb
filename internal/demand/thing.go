package demand

import (
	"context"
	"slices"

	"sluss/internal/access"
	"sluss/internal/activity"
	"sluss/internal/id"
	"sluss/internal/place"
	"sluss/internal/placement"
	"sluss/internal/plan"
	"sluss/internal/referral"
	"sluss/internal/store"
)

// Thing is something that can be required.
type Thing struct {
	Kind  Kind
	Ref   int64
	Words string // what it is called, "" of a referral and of Words
}

// Key is the thing as a form's value.
func (t Thing) Key() string { return string(t.Kind) + ":" + id.Of[struct{}](t.Ref).String() }

func find(things []Thing, key string) (Thing, bool) {
	i := slices.IndexFunc(things, func(t Thing) bool { return t.Key() == key })
	if i < 0 {
		return Thing{}, false
	}
	return things[i], true
}

// Over tells whether what is required is a thing that the person no longer has before them. That nobody requires it any more is for who did
// to say, so the demand stands until staff end it.
func (d Demand) Over(things []Thing) bool {
	return d.State == Open && slices.Contains([]Kind{Place, Placement, Task}, d.Kind) &&
		!slices.ContainsFunc(things, func(t Thing) bool { return t.Kind == d.Kind && t.Ref == d.Ref })
}

// ThingsOf gives what of the person of the access can be required: to come here, what they take part in or are offered, what they are to
// do, and whatever is told in words.
func ThingsOf(ctx context.Context, tx *store.Tx, actor *access.Actor, a access.Access) (list []Thing, err error) {
	r, ok, err := referral.Newest(ctx, tx, actor, a)
	if err != nil {
		return nil, err
	}
	if ok {
		list = append(list, Thing{Kind: Referral, Ref: int64(r.ID)})
	}
	places, err := placesOf(ctx, tx, actor, a)
	if err != nil {
		return nil, err
	}
	list = append(list, places...)
	work, err := placement.Mine(ctx, tx, actor, a)
	if err != nil {
		return nil, err
	}
	for _, x := range work {
		if x.State != placement.Wished {
			list = append(list, Thing{Placement, int64(x.ID), x.At})
		}
	}
	p, err := plan.Get(ctx, tx, actor, a)
	for _, t := range p.OpenTasks() {
		list = append(list, Thing{Task, int64(t.ID), t.Words})
	}
	return append(list, Thing{Kind: Words}), err
}

func placesOf(ctx context.Context, tx *store.Tx, actor *access.Actor, a access.Access) (list []Thing, err error) {
	places, err := place.Of(ctx, tx, actor, a)
	if err != nil || len(places) == 0 {
		return nil, err
	}
	types, err := activity.All(ctx, tx, actor)
	for _, x := range places {
		if x.Over(actor.Today()) || x.State != place.Held && x.State != place.Offered {
			continue
		}
		for _, t := range types {
			if t.ID == x.Activity {
				list = append(list, Thing{Place, int64(x.ID), t.Words["sv"].Name})
			}
		}
	}
	return list, err
}
