package intake

import (
	"context"

	"sluss/internal/access"
	"sluss/internal/clock"
	"sluss/internal/store"
)

// Calling is a group start that somebody is called to, as they may know it: nothing of the others who are.
type Calling struct {
	On   clock.Date
	At   clock.LocalTime
	Room int64
}

// CalledTo gives the group starts at the actor's unit, from today on, that the person is called to and has not said no to. It
// needs access to the thread.
func CalledTo(ctx context.Context, tx *store.Tx, actor *access.Actor, a access.Access) ([]Calling, error) {
	a.Must(access.Thread)
	return store.All(ctx, tx, store.Q(`SELECT s.on_date, s.at, s.room_id FROM called c JOIN start s ON s.area_id = c.area_id AND s.start_id = c.start_id
	 WHERE c.area_id = $1 AND c.person_id = $2 AND s.unit_id = $3 AND s.state = 'planned' AND s.on_date >= $4 AND c.moved_to = 0
	  AND c.answer NOT IN ('no', 'other') ORDER BY s.on_date, s.at`),
		[]any{actor.Area(), a.Person(), actor.Unit(), string(actor.Today())}, func(r *store.Cursor) (c Calling, err error) {
			err = r.Scan(&c.On, &c.At, &c.Room)
			return c, err
		})
}

// Turn gives the day of the planned group start at the actor's unit that the queue is likely to reach when so many wait before;
// "" when none that is planned does.
func Turn(ctx context.Context, tx *store.Tx, actor *access.Actor, ahead int) (on clock.Date, err error) {
	type room struct {
		on   clock.Date
		free int
	}
	list, err := store.All(ctx, tx, store.Q(`SELECT s.on_date, s.calls - (SELECT count(*) FROM called c WHERE c.area_id = s.area_id AND c.start_id = s.start_id AND c.moved_to = 0 AND c.answer IN ('', 'yes'))
	 FROM start s WHERE s.area_id = $1 AND s.unit_id = $2 AND s.state = 'planned' AND s.on_date > $3 ORDER BY s.on_date, s.at`),
		[]any{actor.Area(), actor.Unit(), string(actor.Today())}, func(r *store.Cursor) (x room, err error) {
			err = r.Scan(&x.on, &x.free)
			return x, err
		})
	for _, x := range list {
		if ahead -= max(0, x.free); ahead < 0 {
			return x.on, err
		}
	}
	return "", err
}
