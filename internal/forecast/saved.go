package forecast

import (
	"context"
	"strings"
	"unicode/utf8"

	"sluss/internal/access"
	"sluss/internal/fault"
	"sluss/internal/flow"
	"sluss/internal/id"
	"sluss/internal/pnr"
	"sluss/internal/store"
)

type scenarioTag struct{}

// ScenarioID is the id of a saved scenario.
type ScenarioID = id.Of[scenarioTag]

// Saved is a scenario with a name.
type Saved struct {
	ID      ScenarioID
	Name    string
	Version int
	Scenario
}

// The bounds of what can be saved.
const (
	mostName  = 60
	mostSaved = 50 // at one unit
)

// Saved gives the scenarios saved at a unit that the actor may see ahead, by name. One whose first day has been holds at once.
func (d *Desk) Saved(ctx context.Context, actor *access.Actor, unit id.Unit) (list []Saved, err error) {
	err = d.Store.Read(ctx, func(tx *store.Tx) error {
		if _, _, err := flow.Choose(ctx, tx, actor, unit); err != nil {
			return err
		}
		list, err = saved(ctx, tx, actor.Area(), unit)
		for i := range list {
			if list[i].From < actor.Today() {
				list[i].From = ""
			}
		}
		return err
	})
	return list, err
}

func saved(ctx context.Context, tx *store.Tx, area id.Area, unit id.Unit) ([]Saved, error) {
	return store.All(ctx, tx, store.Q(`SELECT scenario_id, name, version, starts, places, calls, coaches, caseload, from_on, arrivals, slower,
	  open_activity, led_activity, leaders
	  FROM forecast_scenario WHERE area_id = $1 AND unit_id = $2 ORDER BY name, scenario_id`), []any{area, unit},
		func(r *store.Cursor) (s Saved, err error) {
			err = r.Scan(&s.ID, &s.Name, &s.Version, &s.Starts, &s.Places, &s.Calls, &s.Coaches, &s.Caseload, &s.From, &s.Arrivals, &s.Slower, &s.Open, &s.Led, &s.Leaders)
			return s, err
		})
}

// Save keeps a scenario under a name at the actor's unit. One of that name is written over: it is the same future,
// thought over. A name or a number that cannot be comes as a form's faults.
func (d *Desk) Save(ctx context.Context, actor *access.Actor, name string, s Scenario) (made ScenarioID, err error) {
	name = strings.Join(strings.Fields(name), " ")
	form := fault.Fields(s.Check(actor.Today()))
	if name == "" || utf8.RuneCountInString(name) > mostName {
		form.Add("name", "forecast.fault.name", mostName)
	} else if pnr.Within(name, actor.Today()) {
		form.Add("name", "form.personal") // it may be shown to everybody
	}
	if err := form.Err(); err != nil {
		return 0, err
	}
	err = d.Store.Write(ctx, func(tx *store.Tx) error {
		if err := access.Unit(ctx, tx, actor, access.Caseworkers...); err != nil {
			return err
		}
		list, err := saved(ctx, tx, actor.Area(), actor.Unit())
		if err != nil {
			return err
		}
		for _, x := range list {
			if x.Name == name {
				made = x.ID
				return update(ctx, tx, actor, x, s)
			}
		}
		if len(list) >= mostSaved {
			return fault.Form{{Kind: fault.Invalid, Key: "forecast.fault.saved", Field: "name", Args: []any{mostSaved}}}
		}
		made = id.New[scenarioTag](actor.Now())
		return insert(ctx, tx, actor, Saved{ID: made, Name: name, Scenario: s})
	})
	return made, err
}

func insert(ctx context.Context, tx *store.Tx, actor *access.Actor, s Saved) error {
	_, err := tx.Exec(ctx, store.Q(`INSERT INTO forecast_scenario
	  (area_id, scenario_id, unit_id, name, starts, places, calls, coaches, caseload, from_on, arrivals, slower, post_id, at,
	   open_activity, led_activity, leaders, version)
	  VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, 1)`), actor.Area(), s.ID, actor.Unit(), s.Name, s.Starts, s.Places, s.Calls,
		s.Coaches, s.Caseload, string(s.From), s.Arrivals, s.Slower, actor.Post(), int64(actor.Now()), s.Open, s.Led, s.Leaders)
	return err
}

func update(ctx context.Context, tx *store.Tx, actor *access.Actor, old Saved, s Scenario) error {
	n, err := tx.Exec(ctx, store.Q(`UPDATE forecast_scenario SET starts = $5, places = $6, calls = $7, coaches = $8, caseload = $9, from_on = $10,
	  arrivals = $11, slower = $12, post_id = $13, at = $14, open_activity = $15, led_activity = $16, leaders = $17, version = version + 1
	 WHERE area_id = $1 AND unit_id = $2 AND scenario_id = $3 AND version = $4`), actor.Area(), actor.Unit(), old.ID, old.Version, s.Starts, s.Places,
		s.Calls, s.Coaches, s.Caseload, string(s.From), s.Arrivals, s.Slower, actor.Post(), int64(actor.Now()), s.Open, s.Led, s.Leaders)
	if err == nil && n == 0 {
		return fault.Stale
	}
	return err
}

// Forget removes a saved scenario of the actor's unit. Stale when somebody has changed or removed it.
func (d *Desk) Forget(ctx context.Context, actor *access.Actor, s ScenarioID, version int) error {
	return d.Store.Write(ctx, func(tx *store.Tx) error {
		if err := access.Unit(ctx, tx, actor, access.Caseworkers...); err != nil {
			return err
		}
		n, err := tx.Exec(ctx, store.Q(`DELETE FROM forecast_scenario WHERE area_id = $1 AND unit_id = $2 AND scenario_id = $3 AND version = $4`),
			actor.Area(), actor.Unit(), s, version)
		if err == nil && n == 0 {
			return fault.Stale
		}
		return err
	})
}
