package intake

import (
	"context"

	"sluss/internal/clock"
	"sluss/internal/id"
	"sluss/internal/store"
)

// Ahead is a group start as everybody may know of it: the day and the time, and nothing of who is called.
type Ahead struct {
	On        clock.Date
	At, Until clock.LocalTime
}

// StartsAhead gives the next n planned group starts of a unit after a day, for everybody.
func StartsAhead(ctx context.Context, tx *store.Tx, area id.Area, unit id.Unit, after clock.Date, n int) ([]Ahead, error) {
	return store.All(ctx, tx, store.Q(`SELECT s.on_date, s.at, s.until FROM start s WHERE s.area_id = $1 AND s.unit_id = $2 AND s.on_date > $3
	 AND s.state = 'planned' ORDER BY s.on_date, s.at LIMIT 0 + $4`), []any{area, unit, string(after), n}, func(r *store.Cursor) (a Ahead, err error) {
		err = r.Scan(&a.On, &a.At, &a.Until)
		return a, err
	})
}
