package retention

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"log/slog"
	"os"
	"path/filepath"
	"strings"
	"time"

	"sluss/internal/access"
	"sluss/internal/audit"
	"sluss/internal/clock"
	"sluss/internal/document"
	"sluss/internal/evaluation"
	"sluss/internal/id"
	"sluss/internal/org"
	"sluss/internal/person"
	"sluss/internal/signin"
	"sluss/internal/store"
	"sluss/internal/story"
	"sluss/internal/vault"
)

// Weeder carries out what has been decided, and remembers it outside the database: a backup that is put back has the people
// again, and the list has them destroyed once more before anybody works.
type Weeder struct {
	Store *store.Store
	Clock clock.Clock
	File  string // one line for each: area, person and day, none of which tells who it was

	after func() // called after each step that lasts; a test is killed there
}

// lasts ends a step.
func (w *Weeder) lasts() {
	if w.after != nil {
		w.after()
	}
}

const (
	weedEvery = time.Hour
	nightFrom = 1 // o'clock; writes wait while the files are rid of what was destroyed
	nightTo   = 5
)

// Run weeds at the start and then at night, until ctx ends. What fails is logged and tried again.
func (w *Weeder) Run(ctx context.Context) {
	tick := time.NewTicker(weedEvery)
	defer tick.Stop()
	for first := true; ; first = false {
		if h := w.Clock.Now().Time().Hour(); !first && (h < nightFrom || h >= nightTo) {
			select {
			case <-ctx.Done():
				return
			case <-tick.C:
			}
			continue
		}
		n, err := w.Weed(ctx)
		if err != nil && ctx.Err() == nil {
			slog.ErrorContext(ctx, "weeding", "error", err)
		}
		if n > 0 {
			slog.InfoContext(ctx, "weeding", "people", n)
		}
		select {
		case <-ctx.Done():
			return
		case <-tick.C:
		}
	}
}

// Weed destroys those whose day has come, each in a transaction of its own, and gives how many. Who has come back, or has a newer
// note, is let be. The list outside is written after the commit; what a kill between the two leaves out, Replay adds. Then the
// files are rid of what was destroyed, also when nobody's day has come and the last time was cut off.
func (w *Weeder) Weed(ctx context.Context) (n int, err error) {
	type due struct {
		area  id.Area
		round RoundID
		who   id.Person
		last  clock.Date
	}
	var list []due
	now := w.Clock.Now()
	err = w.Store.Read(ctx, func(tx *store.Tx) error {
		list = nil
		areas, err := org.Areas(ctx, tx)
		if err != nil {
			return err
		}
		for _, a := range areas {
			some, err := store.All(ctx, tx, store.Q(`SELECT w.round_id, w.person_id, w.last_on FROM weeding_round r
			  JOIN weeding w ON w.area_id = r.area_id AND w.round_id = r.round_id AND w.state = 'in'
			 WHERE r.area_id = $1 AND r.state = 'decided' AND r.due_on <= $2 ORDER BY w.round_id, w.person_id`), []any{a.ID, string(now.Date())},
				func(c *store.Cursor) (d due, err error) {
					d.area = a.ID
					return d, c.Scan(&d.round, &d.who, &d.last)
				})
			if err != nil {
				return err
			}
			list = append(list, some...)
		}
		return nil
	})
	if err == nil && len(list) > 0 {
		err = w.sweeps()
	}
	for _, d := range list {
		if err != nil {
			return n, err
		}
		gone := false
		err = w.Store.Write(ctx, func(tx *store.Tx) error {
			last, free, err := standing(ctx, tx, d.area, d.who, now)
			if err != nil {
				return err
			}
			state := "done"
			if gone = free && last == d.last; !gone {
				state = "back"
			}
			k, err := tx.Exec(ctx, store.Q(`UPDATE weeding SET state = $4, done_on = $5 WHERE area_id = $1 AND round_id = $2 AND person_id = $3 AND state = 'in'
			  AND (SELECT 1 FROM weeding_round r WHERE r.area_id = $1 AND r.round_id = $2 AND r.state = 'decided' LIMIT 1) = 1`), d.area, d.round, d.who, state, string(now.Date()))
			if err != nil || k == 0 || !gone {
				gone = gone && k > 0
				return err
			}
			return destroy(ctx, tx, d.area, d.who, now)
		})
		if err == nil && gone {
			n++
			w.lasts()
			err = w.remember(d.area, d.who, now.Date())
		}
	}
	if err != nil {
		return n, err
	}
	return n, w.sweep(ctx)
}

// unswept is a file that is there while what has been destroyed may lie in the files.
func (w *Weeder) unswept() string { return w.File + ".unswept" }

// sweeps notes that the files are to be swept, whatever comes between.
func (w *Weeder) sweeps() error {
	f, err := os.OpenFile(w.unswept(), os.O_CREATE|os.O_WRONLY, 0o600)
	if err != nil {
		return err
	}
	return errors.Join(f.Close(), vault.SyncFolder(filepath.Dir(w.File)))
}

// sweep rids the files of what has been destroyed.
func (w *Weeder) sweep(ctx context.Context) error {
	if _, err := os.Stat(w.unswept()); errors.Is(err, os.ErrNotExist) {
		return nil
	}
	if err := w.Store.Scrub(ctx); err != nil {
		return err
	}
	if err := os.Remove(w.unswept()); err != nil {
		return err
	}
	w.lasts()
	return nil
}

// destroy takes the person's key and what tells who it was, and the lines by which the log is found for them.
func destroy(ctx context.Context, tx *store.Tx, area id.Area, who id.Person, now clock.Instant) error {
	if err := person.Destroy(ctx, tx, area, who, now); err != nil {
		return err
	}
	if err := document.Destroy(ctx, tx, area, who); err != nil {
		return err
	}
	if err := story.Destroy(ctx, tx, area, who); err != nil {
		return err
	}
	if err := evaluation.Destroy(ctx, tx, area, who); err != nil {
		return err
	}
	if err := signin.EndPerson(ctx, tx, area, who, now); err != nil {
		return err
	}
	if err := audit.Forget(ctx, tx, area, who); err != nil {
		return err
	}
	return access.Raise(ctx, tx, area, now)
}

// remember adds a line to the list outside.
func (w *Weeder) remember(area id.Area, who id.Person, on clock.Date) error {
	_, err := os.Stat(w.File)
	f, openErr := os.OpenFile(w.File, os.O_CREATE|os.O_APPEND|os.O_WRONLY, 0o600)
	if openErr != nil {
		return openErr
	}
	_, writeErr := fmt.Fprintf(f, "%s %s %s\n", area, who, on)
	if writeErr = errors.Join(writeErr, f.Sync(), f.Close()); writeErr != nil {
		return writeErr
	}
	if errors.Is(err, os.ErrNotExist) {
		writeErr = vault.SyncFolder(filepath.Dir(w.File))
	}
	w.lasts()
	return writeErr
}

// Replay destroys again whom the list outside names and the database has, and whose key is gone, as after a backup was put back, and
// writes to the list whom the database has destroyed and the list lacks. It gives how many were destroyed again. Call it before anybody is served.
func (w *Weeder) Replay(ctx context.Context) (n int, err error) {
	listed, err := w.listed()
	if err != nil {
		return 0, err
	}
	now := w.Clock.Now()
	type gone struct {
		area id.Area
		who  id.Person
		at   clock.Instant
	}
	var lacking []gone
	err = w.Store.Read(ctx, func(tx *store.Tx) error {
		lacking = nil
		areas, err := org.Areas(ctx, tx)
		if err != nil {
			return err
		}
		for _, a := range areas {
			some, err := store.All(ctx, tx, store.Q(`SELECT person_id, weeded_at FROM person WHERE area_id = $1 AND weeded_at <> 0`), []any{a.ID}, func(c *store.Cursor) (g gone, err error) {
				g.area = a.ID
				return g, c.Scan(&g.who, &g.at)
			})
			if err != nil {
				return err
			}
			keyless, err := store.All(ctx, tx, store.Q(`SELECT person_id FROM person WHERE area_id = $1 AND weeded_at = 0 AND length(key_wrapped) = 0`), []any{a.ID}, func(c *store.Cursor) (g gone, err error) {
				g.area, g.at = a.ID, now
				return g, c.Scan(&g.who)
			})
			if err != nil {
				return err
			}
			for _, g := range append(some, keyless...) {
				if listed[g.area] == nil || !listed[g.area][g.who] {
					lacking = append(lacking, g)
				}
			}
		}
		return nil
	})
	if err != nil {
		return 0, err
	}
	for _, g := range lacking {
		if err := w.remember(g.area, g.who, g.at.Date()); err != nil {
			return 0, err
		}
	}
	if listed, err = w.listed(); err != nil {
		return 0, err
	}
	for area, people := range listed {
		for who := range people {
			again := false
			err := w.Store.Write(ctx, func(tx *store.Tx) error {
				var there int
				err := tx.One(ctx, store.Q(`SELECT 1 FROM person WHERE area_id = $1 AND person_id = $2 AND weeded_at = 0`), []any{area, who}, &there)
				if again = err == nil; store.None(err) {
					return nil
				}
				if err == nil {
					err = w.sweeps()
				}
				if err != nil {
					return err
				}
				return destroy(ctx, tx, area, who, now)
			})
			if err != nil {
				return n, err
			}
			if again {
				n++
				w.lasts()
			}
		}
	}
	return n, nil
}

// listed reads the list outside. A line that a power cut left half is passed over: Replay had it written anew at the next start.
func (w *Weeder) listed() (map[id.Area]map[id.Person]bool, error) {
	all := map[id.Area]map[id.Person]bool{}
	f, err := os.Open(w.File)
	if errors.Is(err, os.ErrNotExist) {
		return all, nil
	}
	if err != nil {
		return nil, err
	}
	defer f.Close()
	lines := bufio.NewScanner(f)
	for lines.Scan() {
		words := strings.Fields(lines.Text())
		var area id.Area
		var who id.Person
		if len(words) != 3 || area.UnmarshalText([]byte(words[0])) != nil || who.UnmarshalText([]byte(words[1])) != nil {
			continue
		}
		if all[area] == nil {
			all[area] = map[id.Person]bool{}
		}
		all[area][who] = true
	}
	return all, lines.Err()
}
