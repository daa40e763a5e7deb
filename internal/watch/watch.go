// Package watch tells how the program is doing: whether it lives, whether it can answer, and its figures for a monitor.
package watch

import (
	"context"
	"database/sql"
	"fmt"
	"net/http"
	"strings"
	"sync/atomic"
	"time"

	"sluss/internal/audit"
	"sluss/internal/clock"
	"sluss/internal/id"
	"sluss/internal/org"
	"sluss/internal/store"
)

// Watch looks at one running program.
type Watch struct {
	Store    *store.Store
	Log      *audit.Log
	Outside  *audit.Outside // the log's checkpoints outside the database; nil where none are made
	Witness  bool           // checkpoints are sent to a second organisation
	Clock    clock.Clock
	Started  clock.Instant // when the program began to serve
	Notes    string        // the file of backups and drills beside the database; "" where there is none
	Closed   bool          // the key file of people with protected identity is not here
	leaving  atomic.Bool
	requests *requests
}

// Leave makes the program unready, so that whoever sends it requests sends them elsewhere while it finishes.
func (w *Watch) Leave() { w.leaving.Store(true) }

// Live answers that the program runs; it looks at nothing else, so that a slow database does not get it restarted.
func (w *Watch) Live(rw http.ResponseWriter, _ *http.Request) { say(rw, http.StatusOK, "ok") }

// Ready answers whether the program can answer: it is not on its way out, the database reads, and the schema is its own. What is late of
// the log's safekeeping stands after the first line; it makes nobody unready.
func (w *Watch) Ready(rw http.ResponseWriter, r *http.Request) {
	ctx, cancel := context.WithTimeout(r.Context(), 2*time.Second)
	defer cancel()
	switch have, err := w.Store.Version(ctx); {
	case w.leaving.Load():
		say(rw, http.StatusServiceUnavailable, "stopping")
	case err != nil:
		say(rw, http.StatusServiceUnavailable, "database")
	case have != store.Newest():
		say(rw, http.StatusServiceUnavailable, "schema")
	default:
		say(rw, http.StatusOK, "ok"+w.lateWords(ctx))
	}
}

// lateWords says what is late, a line each.
func (w *Watch) lateWords(ctx context.Context) string {
	list, err := w.Late(ctx)
	if err != nil {
		return "\nthe log's safekeeping cannot be read"
	}
	var b strings.Builder
	for _, l := range list {
		fmt.Fprintf(&b, "\n%s since %s: see docs/runbooks/log.md", lateWords[l.What], l.Since.Time().Format(time.RFC3339))
	}
	return b.String()
}

var lateWords = map[string]string{
	Order:      "the log's rows get no position",
	Checkpoint: "no checkpoint of the log has been written outside the database",
	Mailed:     "the second organisation has been sent no checkpoint of the log",
}

func say(rw http.ResponseWriter, status int, word string) {
	rw.Header().Set("Content-Type", "text/plain; charset=utf-8")
	rw.Header().Set("Cache-Control", "no-store")
	rw.Header().Set("X-Content-Type-Options", "nosniff")
	rw.WriteHeader(status)
	fmt.Fprintln(rw, word)
}

// Facts are what the database itself tells.
type Facts struct {
	Unsequenced int           // disclosures that have no place in the log's order yet
	Uncovered   time.Duration // how long the oldest disclosure that no checkpoint outside covers has stood in the log; 0 when all are covered
	Unwitnessed time.Duration // how long the oldest that the second organisation's checkpoint does not cover has; over two hours two are missed
	OldestJob   time.Duration // how long the oldest job that is due has waited; 0 when none waits
	Dead        int           // jobs that were given up
}

// Facts reads the facts of all areas.
func (w *Watch) Facts(ctx context.Context) (Facts, error) {
	var f Facts
	now := w.Clock.Now()
	err := w.Store.Read(ctx, func(tx *store.Tx) error {
		areas, err := org.Areas(ctx, tx)
		if err != nil {
			return err
		}
		for _, a := range areas {
			if err := f.add(ctx, tx, a.ID, now, w.Outside); err != nil {
				return err
			}
			if err := f.unwitnessed(ctx, tx, a.ID, now, w.Witness); err != nil {
				return err
			}
		}
		return nil
	})
	return f, err
}

func (f *Facts) add(ctx context.Context, tx *store.Tx, area id.Area, now clock.Instant, out *audit.Outside) error {
	var n int
	if err := tx.One(ctx, store.Q(`SELECT count(*) FROM disclosure WHERE area_id = $1 AND position IS NULL`), []any{area}, &n); err != nil {
		return err
	}
	f.Unsequenced += n
	if err := f.uncovered(ctx, tx, area, now, out); err != nil {
		return err
	}
	var oldest sql.NullInt64
	if err := tx.One(ctx, store.Q(`SELECT min(run_at) FROM job WHERE area_id = $1 AND state < 2 AND run_at <= $2`), []any{area, int64(now)}, &oldest); err != nil {
		return err
	}
	if oldest.Valid {
		f.OldestJob = max(f.OldestJob, time.Duration(int64(now)-oldest.Int64)*time.Millisecond)
	}
	if err := tx.One(ctx, store.Q(`SELECT count(*) FROM job WHERE area_id = $1 AND state = 3`), []any{area}, &n); err != nil {
		return err
	}
	f.Dead += n
	return nil
}

func (f *Facts) uncovered(ctx context.Context, tx *store.Tx, area id.Area, now clock.Instant, out *audit.Outside) error {
	if out == nil {
		return nil
	}
	age, err := since(ctx, tx, area, now, out.Last(area).Size)
	f.Uncovered = max(f.Uncovered, age)
	return err
}

func (f *Facts) unwitnessed(ctx context.Context, tx *store.Tx, area id.Area, now clock.Instant, is bool) error {
	if !is {
		return nil
	}
	size, err := audit.Witnessed(ctx, tx, area)
	if err != nil {
		return err
	}
	age, err := since(ctx, tx, area, now, size)
	f.Unwitnessed = max(f.Unwitnessed, age)
	return err
}

// since is how long the disclosure at the position has stood in the log; 0 when there is none.
func since(ctx context.Context, tx *store.Tx, area id.Area, now clock.Instant, position int64) (time.Duration, error) {
	var from clock.Instant
	err := tx.One(ctx, at, []any{area, position}, &from)
	if store.None(err) {
		return 0, nil
	}
	return time.Duration(now-from) * time.Millisecond, err
}

// at is when the disclosure at a position was made.
var at = store.Q(`SELECT at FROM disclosure WHERE area_id = $1 AND position = $2`)

// Newest is the latest instant that the database tells of: of a session's beginning or use. A clock that is before it is
// wrong. 0 for a database where nobody has signed in.
func Newest(ctx context.Context, s *store.Store) (clock.Instant, error) {
	var newest clock.Instant
	err := s.Read(ctx, func(tx *store.Tx) error {
		areas, err := org.Areas(ctx, tx)
		if err != nil {
			return err
		}
		for _, a := range areas {
			var at clock.Instant
			if err := tx.One(ctx, store.Q(`SELECT coalesce(max(last_seen), 0) FROM session WHERE area_id = $1`), []any{a.ID}, &at); err != nil {
				return err
			}
			newest = max(newest, at)
		}
		return nil
	})
	return newest, err
}
