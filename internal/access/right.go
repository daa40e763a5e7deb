package access

import (
	"context"

	"sluss/internal/clock"
	"sluss/internal/id"
	"sluss/internal/store"
)

// Never is the ended_at of what has not ended.
const Never = 1<<63 - 1

// Seed writes the code list of rights; it may run at every start.
func Seed(ctx context.Context, tx *store.Tx) error {
	if _, err := tx.Exec(ctx, store.Q(`DELETE FROM role_right`)); err != nil {
		return err
	}
	for _, r := range Rights() {
		if _, err := tx.Exec(ctx, store.Q(`INSERT INTO role_right (role, action, categories) VALUES ($1, $2, $3)`),
			int(r.Role), int(r.Action), int(r.Categories)); err != nil {
			return err
		}
	}
	return nil
}

// NewArea gives a new area its epoch.
func NewArea(ctx context.Context, tx *store.Tx, area id.Area) error {
	_, err := tx.Exec(ctx, store.Q(`INSERT INTO access_epoch (area_id, epoch, raised_at, change) VALUES ($1, 1, 0, 1)`), area)
	return err
}

// Raise must be called in the transaction of every change that can take a right away; now is the instant of the change.
func Raise(ctx context.Context, tx *store.Tx, area id.Area, now clock.Instant) error {
	_, err := tx.Exec(ctx, store.Q(`UPDATE access_epoch SET epoch = epoch + 1, raised_at = $2 WHERE area_id = $1`), area, int64(now))
	return err
}

// Changed must be called in the transaction of every change of the organisation: its names, posts, rooms and settings.
func Changed(ctx context.Context, tx *store.Tx, area id.Area) error {
	_, err := tx.Exec(ctx, store.Q(`UPDATE access_epoch SET change = change + 1 WHERE area_id = $1`), area)
	return err
}

// Tie makes the person the unit's concern from a day on. A live tie is left as it is; one with an end in sight is
// made open again.
func Tie(ctx context.Context, tx *store.Tx, area id.Area, person id.Person, unit id.Unit, from clock.Date, now clock.Instant) error {
	n, err := tx.Exec(ctx, store.Q(`UPDATE tie SET to_on = $4 WHERE area_id = $1 AND person_id = $2 AND unit_id = $3
	 AND from_on <= $5 AND to_on > $5 AND ended_at > $6`), area, person, unit, string(clock.Forever), string(from), int64(now))
	if err != nil || n > 0 {
		return err
	}
	_, err = tx.Exec(ctx, store.Q(`INSERT INTO tie (area_id, person_id, unit_id, from_on, to_on, ended_at)
	 VALUES ($1, $2, $3, $4, $5, $6)
	 ON CONFLICT (area_id, person_id, unit_id, from_on) DO UPDATE SET to_on = excluded.to_on, ended_at = excluded.ended_at`),
		area, person, unit, string(from), string(clock.Forever), int64(Never))
	return err
}

// Untie ends the unit's concern at a day; from that day only the head may look back.
func Untie(ctx context.Context, tx *store.Tx, area id.Area, person id.Person, unit id.Unit, to clock.Date, now clock.Instant) error {
	if _, err := tx.Exec(ctx, store.Q(`UPDATE tie SET to_on = $4 WHERE area_id = $1 AND person_id = $2 AND unit_id = $3
	 AND to_on > $4 AND ended_at > $5`), area, person, unit, string(to), int64(now)); err != nil {
		return err
	}
	return Raise(ctx, tx, area, now)
}

// Assign makes the post the person's coach from the day on and ends the one before.
func Assign(ctx context.Context, tx *store.Tx, area id.Area, person id.Person, post id.Post, from clock.Date, now clock.Instant) error {
	if err := Unassign(ctx, tx, area, person, now); err != nil {
		return err
	}
	_, err := tx.Exec(ctx, store.Q(`INSERT INTO assignment (area_id, person_id, post_id, from_on, to_on, ended_at, at)
	 VALUES ($1, $2, $3, $4, $5, $6, $7)
	 ON CONFLICT (area_id, person_id, post_id, from_on, at) DO UPDATE SET to_on = excluded.to_on, ended_at = excluded.ended_at`), area, person, post, string(from), string(clock.Forever), int64(Never), int64(now))
	return err
}

// Unassign ends the person's coach at the instant.
func Unassign(ctx context.Context, tx *store.Tx, area id.Area, person id.Person, now clock.Instant) error {
	n, err := tx.Exec(ctx, store.Q(`UPDATE assignment SET ended_at = $3 WHERE area_id = $1 AND person_id = $2 AND ended_at > $3`),
		area, person, int64(now))
	if err != nil || n == 0 {
		return err
	}
	return Raise(ctx, tx, area, now)
}

// Lend lets a colleague see the caseload of a post during the span.
func Lend(ctx context.Context, tx *store.Tx, area id.Area, from, to id.Post, span clock.Span, now clock.Instant) error {
	_, err := tx.Exec(ctx, store.Q(`INSERT INTO cover (area_id, cover_id, post_id, to_post_id, from_on, to_on, ended_at)
	 VALUES ($1, $2, $3, $4, $5, $6, $7)`), area, id.New[coverTag](now), from, to, string(span.From), string(span.To), int64(Never))
	return err
}

type coverTag struct{}

// EndCover ends what a post has lent to another.
func EndCover(ctx context.Context, tx *store.Tx, area id.Area, from, to id.Post, now clock.Instant) error {
	if _, err := tx.Exec(ctx, store.Q(`UPDATE cover SET ended_at = $4 WHERE area_id = $1 AND post_id = $2 AND to_post_id = $3
	 AND ended_at > $4`), area, from, to, int64(now)); err != nil {
		return err
	}
	return Raise(ctx, tx, area, now)
}

// Clear names a post that may see one protected person during the span.
func Clear(ctx context.Context, tx *store.Tx, area id.Area, person id.Person, post id.Post, span clock.Span) error {
	_, err := tx.Exec(ctx, store.Q(`INSERT INTO clearance (area_id, person_id, post_id, from_on, to_on, ended_at)
	 VALUES ($1, $2, $3, $4, $5, $6)
	 ON CONFLICT (area_id, person_id, post_id, from_on) DO UPDATE SET to_on = excluded.to_on, ended_at = excluded.ended_at`),
		area, person, post, string(span.From), string(span.To), int64(Never))
	return err
}

// Unclear ends at the instant that any post may see a person while they are protected.
func Unclear(ctx context.Context, tx *store.Tx, area id.Area, person id.Person, now clock.Instant) error {
	if _, err := tx.Exec(ctx, store.Q(`UPDATE clearance SET ended_at = $3 WHERE area_id = $1 AND person_id = $2 AND ended_at > $3`),
		area, person, int64(now)); err != nil {
		return err
	}
	return Raise(ctx, tx, area, now)
}

// Cleared gives the posts that may see the person of the access while they are protected.
func Cleared(ctx context.Context, tx *store.Tx, actor *Actor, a Access) ([]id.Post, error) {
	return store.All(ctx, tx, store.Q(`SELECT post_id FROM clearance WHERE area_id = $1 AND person_id = $2
	 AND from_on <= $3 AND to_on > $3 AND ended_at > $4 ORDER BY post_id`), []any{actor.area, a.person, string(actor.today), int64(actor.now)},
		func(r *store.Cursor) (p id.Post, err error) {
			err = r.Scan(&p)
			return p, err
		})
}

// Own tells whether an index of a personal number is the acting worker's own: nobody opens their own record, and nobody
// makes it either.
func Own(ctx context.Context, tx *store.Tx, actor *Actor, index any) (bool, error) {
	var n int
	err := tx.One(ctx, store.Q(`SELECT count(*) FROM post o JOIN worker w ON w.area_id = o.area_id AND w.worker_id = o.worker_id
	 WHERE o.area_id = $1 AND o.post_id = $2 AND w.own_index = $3`), []any{actor.area, actor.post, index}, &n)
	return n > 0, err
}
