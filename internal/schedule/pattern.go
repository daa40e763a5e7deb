package schedule

import (
	"context"
	"time"

	"sluss/internal/access"
	"sluss/internal/store"
)

// insertTurn writes a turn of a run, and how it comes back.
func insertTurn(ctx context.Context, tx *store.Tx, actor *access.Actor, r RunID, t Turn) error {
	if _, err := tx.Exec(ctx, store.Q(`INSERT INTO turn (area_id, turn_id, run_id) VALUES ($1, $2, $3)`), actor.Area(), t.ID, r); err != nil {
		return err
	}
	return insertPattern(ctx, tx, actor, 0, t, Planned)
}

func insertPattern(ctx context.Context, tx *store.Tx, actor *access.Actor, c ChangeID, t Turn, s State) error {
	_, err := tx.Exec(ctx, store.Q(`INSERT INTO turn_pattern (area_id, turn_id, change_id, week, weekday, at, until, room_id, leaders, state)
	 VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)`), actor.Area(), t.ID, c, t.Week, int(t.Weekday), string(t.At), string(t.Until), t.Room,
		leaderText(t.Leaders), string(s))
	return err
}

// patterns gives the turns of a run as they come back now. One that is called off for good is not among them.
func patterns(ctx context.Context, tx *store.Tx, actor *access.Actor, r RunID) ([]Turn, error) {
	return store.All(ctx, tx, store.Q(`SELECT p.turn_id, p.week, p.weekday, p.at, p.until, p.room_id, p.leaders FROM turn t
	 JOIN turn_pattern p ON p.area_id = t.area_id AND p.turn_id = t.turn_id
	 WHERE t.area_id = $1 AND t.run_id = $2 AND p.state = 'planned' AND NOT EXISTS (SELECT 1 FROM turn_pattern n WHERE n.area_id = p.area_id
	  AND n.turn_id = p.turn_id AND n.change_id > p.change_id) ORDER BY p.turn_id`), []any{actor.Area(), r}, func(c *store.Cursor) (t Turn, err error) {
		var leaders string
		var day int
		err = c.Scan(&t.ID, &t.Week, &day, &t.At, &t.Until, &t.Room, &leaders)
		t.Weekday, t.Leaders = time.Weekday(day), leadersOf(leaders)
		return t, err
	})
}

// later is the turn so many days later. One of a single week may come into another week of the cycle.
func (t Turn) later(days, cycle int) Turn {
	if t.Week == 0 {
		cycle = 1
	}
	day := (max(t.Week, 1)-1)*7 + (int(t.Weekday)+6)%7 + days
	day = (day%(7*cycle) + 7*cycle) % (7 * cycle)
	t.Weekday = time.Weekday((day + 1) % 7)
	if t.Week > 0 {
		t.Week = day/7 + 1
	}
	return t
}
