package schedule

import (
	"context"

	"sluss/internal/access"
	"sluss/internal/clock"
	"sluss/internal/fault"
	"sluss/internal/id"
	"sluss/internal/store"
)

const occasionColumns = `o.occasion_id, o.run_id, o.turn_id, o.activity_id, o.on_date, o.at, o.until, o.room_id, o.leaders, o.state, r.places, o.version`

const occasionRows = ` FROM occasion o JOIN run r ON r.area_id = o.area_id AND r.run_id = o.run_id`

func scanOccasion(r *store.Cursor) (o Occasion, err error) {
	var leaders string
	err = r.Scan(&o.ID, &o.Run, &o.Turn, &o.Activity, &o.On, &o.At, &o.Until, &o.Room, &leaders, &o.State, &o.Places, &o.Version)
	o.Leaders = leadersOf(leaders)
	return o, err
}

// Occasions gives the unit's occasions in the span, also those that are cancelled, in the order of the day.
func Occasions(ctx context.Context, tx *store.Tx, actor *access.Actor, span clock.Span) ([]Occasion, error) {
	return store.All(ctx, tx, store.Q(`SELECT `+occasionColumns+occasionRows+` WHERE o.area_id = $1 AND o.unit_id = $2
	 AND o.on_date >= $3 AND o.on_date < $4 ORDER BY o.on_date, o.at, o.occasion_id`),
		[]any{actor.Area(), actor.Unit(), string(span.From), string(span.To)}, scanOccasion)
}

// Get gives one occasion of the actor's unit. Missing when it is another's.
func Get(ctx context.Context, tx *store.Tx, actor *access.Actor, o OccasionID) (Occasion, error) {
	list, err := store.All(ctx, tx, store.Q(`SELECT `+occasionColumns+occasionRows+` WHERE o.area_id = $1 AND o.unit_id = $2 AND o.occasion_id = $3`),
		[]any{actor.Area(), actor.Unit(), o}, scanOccasion)
	if err == nil && len(list) == 0 {
		err = fault.Missing
	}
	if err != nil {
		return Occasion{}, err
	}
	return list[0], nil
}

// following gives the planned occasions of a turn from a day on.
func following(ctx context.Context, tx *store.Tx, actor *access.Actor, t TurnID, from clock.Date) ([]Occasion, error) {
	return store.All(ctx, tx, store.Q(`SELECT `+occasionColumns+occasionRows+` WHERE o.area_id = $1 AND o.unit_id = $2 AND o.turn_id = $3
	 AND o.on_date >= $4 AND o.state = 'planned' ORDER BY o.on_date, o.occasion_id`), []any{actor.Area(), actor.Unit(), t, string(from)}, scanOccasion)
}

// Runs gives the unit's runs that are not over on the day, in the order they were planned.
func Runs(ctx context.Context, tx *store.Tx, actor *access.Actor, day clock.Date) ([]Run, error) {
	return store.All(ctx, tx, store.Q(`SELECT run_id, activity_id, entry, from_on, to_on, weeks, places, shown, version FROM run
	 WHERE area_id = $1 AND unit_id = $2 AND to_on > $3 ORDER BY run_id`), []any{actor.Area(), actor.Unit(), string(day)}, scanRun)
}

func scanRun(r *store.Cursor) (x Run, err error) {
	err = r.Scan(&x.ID, &x.Activity, &x.Entry, &x.From, &x.To, &x.Weeks, &x.Places, &x.Shown, &x.Version)
	return x, err
}

// GetRun gives one run of the actor's unit. Missing when it is another's.
func GetRun(ctx context.Context, tx *store.Tx, actor *access.Actor, k RunID) (Run, error) {
	list, err := store.All(ctx, tx, store.Q(`SELECT run_id, activity_id, entry, from_on, to_on, weeks, places, shown, version FROM run
	 WHERE area_id = $1 AND unit_id = $2 AND run_id = $3`), []any{actor.Area(), actor.Unit(), k}, scanRun)
	if err == nil && len(list) == 0 {
		err = fault.Missing
	}
	if err != nil {
		return Run{}, err
	}
	return list[0], nil
}

func insertRun(ctx context.Context, tx *store.Tx, actor *access.Actor, r Run) error {
	_, err := tx.Exec(ctx, store.Q(`INSERT INTO run (area_id, run_id, unit_id, activity_id, entry, from_on, to_on, weeks, places, version)
	 VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, 1)`), actor.Area(), r.ID, actor.Unit(), r.Activity, string(r.Entry), string(r.From), string(r.To), r.Weeks, r.Places)
	return err
}

func insertOccasion(ctx context.Context, tx *store.Tx, actor *access.Actor, o Occasion) error {
	_, err := tx.Exec(ctx, store.Q(`INSERT INTO occasion (area_id, occasion_id, unit_id, run_id, turn_id, activity_id, on_date, at, until, zone,
	 room_id, leaders, state, version) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, 1)`), actor.Area(), id.New[occasionTag](actor.Now()),
		actor.Unit(), o.Run, o.Turn, o.Activity, string(o.On), string(o.At), string(o.Until), Zone, o.Room, leaderText(o.Leaders), string(o.State))
	return err
}

// put writes anew when and where an occasion is, by whom, and whether it is held. Stale when it was changed meanwhile.
func put(ctx context.Context, tx *store.Tx, actor *access.Actor, o Occasion) error {
	n, err := tx.Exec(ctx, store.Q(`UPDATE occasion SET on_date = $5, at = $6, until = $7, room_id = $8, leaders = $9, state = $10, version = version + 1
	 WHERE area_id = $1 AND unit_id = $2 AND occasion_id = $3 AND version = $4`), actor.Area(), actor.Unit(), o.ID, o.Version, string(o.On), string(o.At),
		string(o.Until), o.Room, leaderText(o.Leaders), string(o.State))
	if err == nil && n == 0 {
		return fault.Stale
	}
	return err
}
