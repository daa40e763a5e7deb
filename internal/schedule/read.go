package schedule

import (
	"context"
	"slices"

	"sluss/internal/access"
	"sluss/internal/activity"
	"sluss/internal/clock"
	"sluss/internal/fault"
	"sluss/internal/id"
	"sluss/internal/store"
)

// Change is a change of the schedule: of one occasion, or of the first of several.
type Change struct {
	ID       ChangeID
	Kind     string // Moved, Called or ForClosed
	Why      string
	Of       int // how many occasions
	Was      Occasion
	At       clock.Instant
	By       id.Post
	Undone   bool
	Activity activity.ID
}

const changeColumns = `c.change_id, min(c.kind), min(c.why), count(*), min(c.was_on), min(c.was_at), min(c.was_until), min(c.at), min(c.post_id),
 min(c.undone_at), min(o.activity_id), min(c.occasion_id)`

func scanChange(r *store.Cursor) (c Change, err error) {
	var undone int64
	err = r.Scan(&c.ID, &c.Kind, &c.Why, &c.Of, &c.Was.On, &c.Was.At, &c.Was.Until, &c.At, &c.By, &undone, &c.Activity, &c.Was.ID)
	c.Undone = undone != 0
	return c, err
}

// Changes gives what was changed about one occasion, the latest first.
func Changes(ctx context.Context, tx *store.Tx, actor *access.Actor, o OccasionID) ([]Change, error) {
	return store.All(ctx, tx, store.Q(`SELECT `+changeColumns+` FROM occasion_change k
	 JOIN occasion_change c ON c.area_id = k.area_id AND c.change_id = k.change_id
	 JOIN occasion o ON o.area_id = c.area_id AND o.occasion_id = c.occasion_id
	 WHERE k.area_id = $1 AND k.unit_id = $2 AND k.occasion_id = $3 GROUP BY c.change_id ORDER BY c.change_id DESC`),
		[]any{actor.Area(), actor.Unit(), o}, scanChange)
}

// Latest gives the unit's latest changes.
func Latest(ctx context.Context, tx *store.Tx, actor *access.Actor, since clock.Instant, most int) ([]Change, error) {
	return store.All(ctx, tx, store.Q(`SELECT `+changeColumns+` FROM occasion_change c
	 JOIN occasion o ON o.area_id = c.area_id AND o.occasion_id = c.occasion_id
	 WHERE c.area_id = $1 AND c.unit_id = $2 AND c.at >= $3 GROUP BY c.change_id ORDER BY c.change_id DESC LIMIT 0 + $4`),
		[]any{actor.Area(), actor.Unit(), int64(since), most}, scanChange)
}

// Unseen gives the changes that the actor is to hear of: of occasions that the actor leads or led, made by others; and those
// taken back that the actor had heard of, or made.
func Unseen(ctx context.Context, tx *store.Tx, actor *access.Actor, most int) ([]Change, error) {
	return store.All(ctx, tx, store.Q(`SELECT `+changeColumns+` FROM occasion_notice n
	 JOIN occasion_change c ON c.area_id = n.area_id AND c.change_id = n.change_id
	 JOIN occasion o ON o.area_id = c.area_id AND o.occasion_id = c.occasion_id
	 WHERE n.area_id = $1 AND n.post_id = $2 AND n.seen_at = 0 GROUP BY c.change_id ORDER BY c.change_id LIMIT 0 + $3`),
		[]any{actor.Area(), actor.Post(), most}, scanChange)
}

// Seen writes that the actor has heard of a change. Stale when there is nothing to hear of.
func (d *Desk) Seen(ctx context.Context, actor *access.Actor, c ChangeID) error {
	return d.Store.Write(ctx, func(tx *store.Tx) error {
		if err := access.Self(ctx, tx, actor); err != nil {
			return err
		}
		n, err := tx.Exec(ctx, store.Q(`UPDATE occasion_notice SET seen_at = $4 WHERE area_id = $1 AND post_id = $2 AND change_id = $3 AND seen_at = 0`),
			actor.Area(), actor.Post(), c, int64(actor.Now()))
		if err == nil && n == 0 {
			return fault.Stale
		}
		return err
	})
}

// Leads tells whether the actor leads the activity, or has led it in the last half year.
func Leads(ctx context.Context, tx *store.Tx, actor *access.Actor, x activity.ID) (bool, error) {
	list, err := store.All(ctx, tx, store.Q(`SELECT DISTINCT o.leaders FROM run r JOIN occasion o ON o.area_id = r.area_id AND o.run_id = r.run_id
	 WHERE r.area_id = $1 AND r.unit_id = $2 AND r.activity_id = $3 AND o.on_date >= $4`), []any{actor.Area(), actor.Unit(), x, string(actor.Today().AddMonths(-6))},
		func(r *store.Cursor) (leads bool, err error) {
			var leaders string
			err = r.Scan(&leaders)
			return slices.Contains(leadersOf(leaders), actor.Post()), err
		})
	return slices.Contains(list, true), err
}
