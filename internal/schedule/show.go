package schedule

import (
	"context"

	"sluss/internal/access"
	"sluss/internal/activity"
	"sluss/internal/clock"
	"sluss/internal/fault"
	"sluss/internal/id"
	"sluss/internal/store"
)

// Show chooses whether everybody reads of a run on the gateway's own page: what it is and when, and nothing about who takes part or
// leads. Stale when somebody else changed the run meanwhile.
func (d *Desk) Show(ctx context.Context, actor *access.Actor, k RunID, version int, shown bool) error {
	return d.Store.Write(ctx, func(tx *store.Tx) error {
		if err := access.Unit(ctx, tx, actor, access.Caseworkers...); err != nil {
			return err
		}
		n, err := tx.Exec(ctx, store.Q(`UPDATE run SET shown = $5, version = version + 1 WHERE area_id = $1 AND unit_id = $2 AND run_id = $3 AND version = $4`),
			actor.Area(), actor.Unit(), k, version, store.Flag(shown))
		if err == nil && n == 0 {
			return fault.Stale
		}
		return err
	})
}

// Next is a time that everybody may know of.
type Next struct {
	On        clock.Date
	At, Until clock.LocalTime
}

// Offer is an activity that a unit shows to everybody, with its next times.
type Offer struct {
	Activity activity.ID
	Words    map[string]activity.Words // by language
	Times    []Next                    // the nearest first
}

// How far ahead everybody sees, and how many times of each activity.
const (
	shownDays  = 43
	shownTimes = 3
)

// Offers gives what a unit shows to everybody from now on, the nearest first: what runs still, is held, and has not ended.
func Offers(ctx context.Context, tx *store.Tx, area id.Area, unit id.Unit, now clock.Instant) (list []Offer, err error) {
	at, day := map[activity.ID]int{}, now.Date()
	_, err = store.All(ctx, tx, store.Q(`SELECT o.activity_id, o.on_date, o.at, o.until FROM occasion o
	  JOIN run r ON r.area_id = o.area_id AND r.run_id = o.run_id JOIN activity a ON a.area_id = o.area_id AND a.activity_id = o.activity_id
	 WHERE o.area_id = $1 AND o.unit_id = $2 AND o.on_date >= $3 AND o.on_date < $4 AND o.state = 'planned' AND r.shown = 1 AND a.state = 'runs'
	 ORDER BY o.on_date, o.at, o.occasion_id`), []any{area, unit, string(day), string(day.Add(shownDays))}, func(r *store.Cursor) (_ struct{}, err error) {
		var k activity.ID
		var t Next
		if err = r.Scan(&k, &t.On, &t.At, &t.Until); err != nil {
			return struct{}{}, err
		}
		if clock.Past(t.On, t.Until, now) {
			return struct{}{}, nil
		}
		i, known := at[k]
		if !known {
			i = len(list)
			at[k], list = i, append(list, Offer{Activity: k})
		}
		if len(list[i].Times) < shownTimes {
			list[i].Times = append(list[i].Times, t)
		}
		return struct{}{}, nil
	})
	if err != nil || len(list) == 0 {
		return nil, err
	}
	said, err := activity.WordsOf(ctx, tx, area, unit)
	for i := range list {
		list[i].Words = said[list[i].Activity]
	}
	return list, err
}

// In gives the words in a language, else in Swedish; lang is the one that they are in.
func (o Offer) In(want string) (w activity.Words, lang string) {
	if w = o.Words[want]; w.Name != "" {
		return w, want
	}
	return o.Words["sv"], "sv"
}
