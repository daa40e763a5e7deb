package schedule

import (
	"context"

	"sluss/internal/access"
	"sluss/internal/clock"
	"sluss/internal/fault"
	"sluss/internal/store"
)

// Extend lets a run go on until another last day: each of its turns comes back as it last was. A *Clashing tells what
// stands in the way; nothing is then kept.
func (d *Desk) Extend(ctx context.Context, actor *access.Actor, k RunID, last clock.Date) error {
	return d.Store.Write(ctx, func(tx *store.Tx) error {
		if err := access.Unit(ctx, tx, actor, planners...); err != nil {
			return err
		}
		r, err := GetRun(ctx, tx, actor, k)
		if err != nil {
			return err
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
		_, err = tx.Exec(ctx, store.Q(`UPDATE run SET to_on = $3 WHERE area_id = $1 AND run_id = $2`), actor.Area(), k, string(r.To))
		return err
	})
}

// goesOn is what the turns of a run make from a day on, each as it last was. A turn that is called off for good makes
// nothing.
func goesOn(ctx context.Context, tx *store.Tx, actor *access.Actor, r Run, from clock.Date) ([]Occasion, error) {
	h, err := Enter(ctx, tx, actor, clock.Span{From: from, To: r.To})
	if err != nil {
		return nil, err
	}
	type last struct {
		week int
		Occasion
	}
	turns, err := store.All(ctx, tx, store.Q(`SELECT t.week, `+occasionColumns+` FROM turn t
	 JOIN occasion o ON o.area_id = t.area_id AND o.turn_id = t.turn_id
	 WHERE t.area_id = $1 AND t.run_id = $2 AND o.state = 'planned' AND NOT EXISTS (SELECT 1 FROM occasion n WHERE n.area_id = o.area_id
	  AND n.turn_id = o.turn_id AND (n.on_date > o.on_date OR n.on_date = o.on_date AND n.occasion_id > o.occasion_id)) ORDER BY t.turn_id`),
		[]any{actor.Area(), r.ID}, func(c *store.Cursor) (x last, err error) {
			var leaders string
			o := &x.Occasion
			err = c.Scan(&x.week, &o.ID, &o.Run, &o.Turn, &o.Activity, &o.On, &o.At, &o.Until, &o.Room, &leaders, &o.State, &o.Version)
			o.Leaders = leadersOf(leaders)
			return x, err
		})
	if err != nil {
		return nil, err
	}
	var list []Occasion
	for _, x := range turns {
		t := Turn{Week: x.week, Weekday: x.On.Weekday(), At: x.At, Until: x.Until, Room: x.Room, Leaders: x.Leaders}
		all, _, err := r.occasions([]Turn{t}, h.Closed)
		if err != nil {
			return nil, err
		}
		for _, o := range all {
			if o.On >= from && o.On > x.On {
				o.Turn = x.Turn
				list = append(list, o)
			}
		}
	}
	return list, nil
}
