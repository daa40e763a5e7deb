package way

import (
	"context"
	"maps"
	"slices"

	"sluss/internal/access"
	"sluss/internal/activity"
	"sluss/internal/clock"
	"sluss/internal/place"
	"sluss/internal/store"
)

// Wish is an activity that the person would like to take part in, and has not been offered yet.
type Wish struct {
	ID      place.ID
	Names   map[string]string // of the activity, by language
	On      clock.Date        // since when
	Because string            // in the person's own words
	Version int
}

// Choice is an activity that the person can wish for, as the unit tells of it.
type Choice struct {
	ID       activity.ID
	Names    map[string]string // by language
	Purposes map[string]string
}

// WishesOf gives what the person of the access would like, the newest wish first, and what else they can wish for. It needs access to Need.
func WishesOf(ctx context.Context, tx *store.Tx, actor *access.Actor, a access.Access) (list []Wish, rest []Choice, err error) {
	types, err := activity.All(ctx, tx, actor)
	if err != nil {
		return nil, nil, err
	}
	places, err := place.Of(ctx, tx, actor, a)
	if err != nil {
		return nil, nil, err
	}
	for _, p := range places {
		if p.State == place.Wished {
			list = append(list, Wish{p.ID, namesOf(types, p.Activity), p.WishedOn, p.Because, p.Version})
		}
	}
	for _, t := range types {
		if t.State == activity.Ended || slices.ContainsFunc(places, func(p place.Place) bool { return p.Activity == t.ID && !p.Over(actor.Today()) }) {
			continue
		}
		c := Choice{t.ID, namesOf(types, t.ID), map[string]string{}}
		for lang := range maps.Keys(t.Words) {
			c.Purposes[lang] = t.In(lang).Purpose
		}
		rest = append(rest, c)
	}
	return list, rest, nil
}
