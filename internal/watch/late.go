package watch

import (
	"context"
	"time"

	"sluss/internal/audit"
	"sluss/internal/clock"
	"sluss/internal/id"
	"sluss/internal/org"
	"sluss/internal/store"
)

// Late is a safeguard of the log that has not been done in time.
type Late struct {
	What  string        // Order, Checkpoint or Mailed
	Since clock.Instant // of the oldest disclosure that waits for it
}

// What can be late, as in texts watch.late.*.
const (
	Order      = "order"      // a disclosure has no position
	Checkpoint = "checkpoint" // none outside the database covers it
	Mailed     = "witness"    // the second organisation's newest does not cover it
)

// after is how long each may take: a minute, two checkpoints and their minute, two letters to the witness.
var after = map[string]time.Duration{Order: time.Minute, Checkpoint: 3 * time.Minute, Mailed: 2 * time.Hour}

// settle is how long after the start nothing is late: what was left from before is done first.
const settle = 5 * time.Minute

// Late tells what of the log's safekeeping is late in any area. Pages go on being served: the log itself is whole, and what is late is
// that others could tell if it were changed.
func (w *Watch) Late(ctx context.Context) (list []Late, err error) {
	now := w.Clock.Now()
	if now < w.Started.Add(settle) {
		return nil, nil
	}
	oldest := map[string]clock.Instant{}
	err = w.Store.Read(ctx, func(tx *store.Tx) error {
		clear(oldest)
		areas, err := org.Areas(ctx, tx)
		for _, a := range areas {
			if err == nil {
				err = w.oldest(ctx, tx, a.ID, oldest)
			}
		}
		return err
	})
	for _, what := range []string{Order, Checkpoint, Mailed} {
		if at, waits := oldest[what]; waits && at.Add(after[what]) < now {
			list = append(list, Late{what, at})
		}
	}
	return list, err
}

// oldest notes for an area the oldest disclosure that waits for each safeguard, when it is older than what is noted.
func (w *Watch) oldest(ctx context.Context, tx *store.Tx, area id.Area, to map[string]clock.Instant) error {
	note := func(what string, q store.SQL, args ...any) error {
		var at clock.Instant
		err := tx.One(ctx, q, args, &at)
		if store.None(err) {
			return nil
		}
		if was, there := to[what]; err == nil && (!there || at < was) {
			to[what] = at
		}
		return err
	}
	if err := note(Order, store.Q(`SELECT at FROM disclosure WHERE area_id = $1 AND position IS NULL ORDER BY epoch, disclosure_id LIMIT 1`), area); err != nil {
		return err
	}
	if w.Outside != nil {
		if err := note(Checkpoint, at, area, w.Outside.Last(area).Size); err != nil {
			return err
		}
	}
	if !w.Witness {
		return nil
	}
	size, err := audit.Witnessed(ctx, tx, area)
	if err != nil {
		return err
	}
	return note(Mailed, at, area, size)
}
