package intake

import (
	"context"

	"sluss/internal/clock"
	"sluss/internal/id"
	"sluss/internal/referral"
	"sluss/internal/store"
)

// Room is whether one who asks today can come to a start, as roughly as a door tells it.
type Room string

// The rooms; their names are texts public.room.*.
const (
	Plenty Room = "plenty"
	Few    Room = "few"
	Full   Room = "full"
)

// fewSeats is how many seats are few.
const fewSeats = 3

// Ahead is a group start as everybody may know of it: the day and the time, whether there is room, and nothing of who is called.
type Ahead struct {
	On        clock.Date
	At, Until clock.LocalTime
	Room      Room
}

// StartsAhead gives the next n planned group starts of a unit after a day, for everybody. Those who wait in the queue are called before one
// who asks today, so they take the seats of the first starts. Only numbers are read.
func StartsAhead(ctx context.Context, tx *store.Tx, area id.Area, unit id.Unit, after clock.Date, n int) ([]Ahead, error) {
	before, err := referral.Before(ctx, tx, area, unit)
	if err != nil {
		return nil, err
	}
	return store.All(ctx, tx, store.Q(`SELECT s.on_date, s.at, s.until, s.calls - (SELECT count(*) FROM called c
	  WHERE c.area_id = s.area_id AND c.start_id = s.start_id AND c.moved_to = 0 AND c.answer IN ('', 'yes'))
	 FROM start s WHERE s.area_id = $1 AND s.unit_id = $2 AND s.on_date > $3 AND s.state = 'planned' ORDER BY s.on_date, s.at LIMIT 0 + $4`),
		[]any{area, unit, string(after), n}, func(r *store.Cursor) (a Ahead, err error) {
			var left int
			if err = r.Scan(&a.On, &a.At, &a.Until, &left); err != nil {
				return a, err
			}
			taken := min(before, max(left, 0))
			before -= taken
			a.Room = roomFor(left - taken)
			return a, nil
		})
}

func roomFor(left int) Room {
	switch {
	case left <= 0:
		return Full
	case left <= fewSeats:
		return Few
	}
	return Plenty
}
