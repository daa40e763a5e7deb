package forecast

import (
	"context"
	"encoding/json"
	"math"

	"sluss/internal/access"
	"sluss/internal/clock"
	"sluss/internal/fault"
	"sluss/internal/few"
	"sluss/internal/id"
	"sluss/internal/store"
)

// Shown is a forecast as everybody may read it: what was foreseen on a day, roughly, and beside it one saved scenario or none.
type Shown struct {
	On         clock.Date
	Months     int
	Name       string // of the scenario; "" for none
	Now, Then  Rough  // Then is empty without a scenario
	Held, Told int    // of the numbers foreseen before that could be compared, how many lay where nine of ten would
}

// Rough is lines that nobody can be told from: people to the nearest five, waits in whole weeks. Of each month the five
// numbers of a Band. A line with one to four people today is not there.
type Rough map[string][][5]int

// What everybody may read: which lines, how long a wait is told, and how many days a forecast is worth reading.
const (
	shownMonths = 12
	MostWait    = 104 // weeks; this long or longer
	mostShown   = 92
)

var shownLines = []string{Line, Wait, Inside}

// Show lets everybody read the unit's forecast as it is today, beside a saved scenario, or none when it is zero. Only the head.
// It stands in place of what was shown before. Conflict when there is too little to say; Stale when the scenario is gone.
func (d *Desk) Show(ctx context.Context, actor *access.Actor, beside ScenarioID) error {
	if err := d.Store.Read(ctx, func(tx *store.Tx) error { return access.Unit(ctx, tx, actor, access.Head) }); err != nil {
		return err
	}
	x, err := d.roughly(ctx, actor, beside)
	if err != nil {
		return err
	}
	figures, err := json.Marshal(x)
	if err != nil {
		return err
	}
	return d.Store.Write(ctx, func(tx *store.Tx) error {
		if err := access.Unit(ctx, tx, actor, access.Head); err != nil {
			return err
		}
		_, err := tx.Exec(ctx, store.Q(`INSERT INTO forecast_shown (area_id, unit_id, on_date, figures, post_id, at) VALUES ($1, $2, $3, $4, $5, $6)
		 ON CONFLICT (area_id, unit_id) DO UPDATE SET on_date = excluded.on_date, figures = excluded.figures, post_id = excluded.post_id, at = excluded.at`),
			actor.Area(), actor.Unit(), string(x.On), string(figures), actor.Post(), int64(actor.Now()))
		return err
	})
}

// roughly plays the futures and keeps of them what everybody may read.
func (d *Desk) roughly(ctx context.Context, actor *access.Actor, beside ScenarioID) (Shown, error) {
	x := Shown{On: actor.Today(), Months: shownMonths}
	q := Ask{Unit: actor.Unit(), Months: shownMonths, Runs: Runs, Seed: 1}
	now, err := d.See(ctx, actor, q)
	if err != nil {
		return x, err
	}
	if now.TooFew != "" {
		return x, fault.New(fault.Conflict, now.TooFew)
	}
	x.Now = rough(now)
	trial, err := d.Try(ctx, actor, actor.Unit())
	if err != nil {
		return x, err
	}
	for _, s := range trial.Scores {
		x.Held, x.Told = x.Held+s.Within, x.Told+s.N
	}
	if beside == 0 {
		return x, nil
	}
	list, err := d.Saved(ctx, actor, actor.Unit())
	if err != nil {
		return x, err
	}
	for _, s := range list {
		if s.ID == beside {
			q.Scenario, x.Name = s.Scenario, s.Name
		}
	}
	if x.Name == "" {
		return x, fault.Stale
	}
	then, err := d.See(ctx, actor, q)
	x.Then = rough(then)
	return x, err
}

func rough(f Forecast) Rough {
	r := Rough{}
	for _, line := range shownLines {
		b := f.Lines[line]
		if n := b.At(0)[2]; line != Wait && n > 0 && n < few.Fewest {
			continue
		}
		for m := range b.Q50 {
			var of [5]int
			for i, v := range b.At(m) {
				of[i] = roughOf(line, v)
			}
			r[line] = append(r[line], of)
		}
	}
	return r
}

func roughOf(line string, v float64) int {
	if line == Wait {
		return int(math.Round(min(v, MostWait)))
	}
	return int(math.Round(v/few.Fewest)) * few.Fewest
}

// Band is a line as one draws it; empty where there is none.
func (r Rough) Band(line string) (b Band) {
	for _, of := range r[line] {
		for i, row := range []*[]float64{&b.Q05, &b.Q25, &b.Q50, &b.Q75, &b.Q95} {
			*row = append(*row, float64(of[i]))
		}
	}
	return b
}

// Hide takes the unit's forecast from everybody. Only the head.
func (d *Desk) Hide(ctx context.Context, actor *access.Actor) error {
	return d.Store.Write(ctx, func(tx *store.Tx) error {
		if err := access.Unit(ctx, tx, actor, access.Head); err != nil {
			return err
		}
		_, err := tx.Exec(ctx, store.Q(`DELETE FROM forecast_shown WHERE area_id = $1 AND unit_id = $2`), actor.Area(), actor.Unit())
		return err
	})
}

// ShownAt gives the forecast of a unit that everybody may read. ok is false when none is shown, or when it is so old that it
// says little of what is ahead.
func ShownAt(ctx context.Context, tx *store.Tx, area id.Area, unit id.Unit, today clock.Date) (x Shown, ok bool, err error) {
	var figures string
	err = tx.One(ctx, store.Q(`SELECT figures FROM forecast_shown WHERE area_id = $1 AND unit_id = $2 AND on_date >= $3`),
		[]any{area, unit, string(today.Add(-mostShown))}, &figures)
	if store.None(err) {
		return x, false, nil
	}
	if err == nil {
		err = json.Unmarshal([]byte(figures), &x)
	}
	return x, err == nil, err
}
