package intray

import (
	"context"
	"time"

	"sluss/internal/access"
	"sluss/internal/fault"
	"sluss/internal/id"
	"sluss/internal/job"
	"sluss/internal/org"
	"sluss/internal/store"
)

const (
	checkJob = "intray.check"
	saveJob  = "intray.save"
	sweepJob = "intray.sweep"
)

// payload is what a job of ours holds.
type payload struct {
	List ID `json:"list"`
}

// Kinds are the desk's jobs, for the runner.
func (d *Desk) Kinds() map[string]func(context.Context, job.Job) error {
	work := func(f func(context.Context, id.Area, ID, time.Duration) (bool, error)) func(context.Context, job.Job) error {
		return func(ctx context.Context, j job.Job) error {
			var p payload
			if err := j.Read(&p); err != nil {
				return err
			}
			done, err := f(ctx, j.Area, p.List, turn)
			if err != nil || done {
				return err
			}
			return d.Store.Write(ctx, func(tx *store.Tx) error {
				return job.Enqueue(ctx, tx, j.Area, j.Kind, p, d.Clock.Now())
			})
		}
	}
	return map[string]func(context.Context, job.Job) error{
		checkJob: work(d.Check),
		saveJob:  work(d.Save),
		sweepJob: work(func(ctx context.Context, area id.Area, list ID, _ time.Duration) (bool, error) {
			return true, d.remove(ctx, area, list)
		}),
	}
}

// turn is how long a job works before it lets others have theirs.
const turn = 5 * time.Second

// Check looks through a list for at most the time, and tells whether it is done. It goes on where it was when it is run
// again, by whomever.
func (d *Desk) Check(ctx context.Context, area id.Area, list ID, within time.Duration) (bool, error) {
	return d.run(ctx, area, list, within, "job "+checkJob, d.checkPiece)
}

// Save puts the rows of a confirmed list in the queue for at most the time, and tells whether it is done. It goes on
// where it was when it is run again. Each piece acts in the right of who handed the list over, as it is then; when that
// has ended, the list is stopped.
func (d *Desk) Save(ctx context.Context, area id.Area, list ID, within time.Duration) (bool, error) {
	return d.run(ctx, area, list, within, "job "+saveJob, d.savePiece)
}

// piece is some rows of a list that are worked on in one transaction.
type piece struct {
	list   Import
	actor  *access.Actor
	layout layout
	n      int // rows to take
	rows   int // rows taken
}

const (
	most  = 200                   // rows in a piece
	spend = 15 * time.Millisecond // aimed at; a write over 20 ms keeps others waiting
)

func (d *Desk) run(ctx context.Context, area id.Area, list ID, within time.Duration, route string, f func(context.Context, *store.Tx, *piece) (bool, error)) (bool, error) {
	names, err := d.names(ctx, area)
	if err != nil {
		return false, err
	}
	began := time.Now()
	for n := 10; ; {
		more, rows, took, err := d.one(ctx, area, list, route, n, names, f)
		if fault.Is(err, fault.Forbidden) {
			return true, d.halt(ctx, area, list, fault.Of(err).Key)
		}
		if err != nil || !more {
			return err == nil, err
		}
		if time.Since(began) >= within {
			return false, nil
		}
		n = pace(rows, took)
	}
}

// pace is how many rows fit in the time for a piece, seen from the last.
func pace(rows int, took time.Duration) int {
	if took <= 0 {
		return most
	}
	return max(5, min(most, int(int64(rows)*int64(spend)/int64(took))))
}

// one runs one piece. A rival in another process may put the same person in first: then it is run again and finds them.
func (d *Desk) one(ctx context.Context, area id.Area, list ID, route string, n int, names org.Names, f func(context.Context, *store.Tx, *piece) (bool, error)) (more bool, rows int, took time.Duration, err error) {
	d.turn.Lock()
	defer d.turn.Unlock()
	for try := 0; ; try++ {
		err = d.Store.Write(ctx, func(tx *store.Tx) error {
			began := time.Now()
			p, err := d.piece(ctx, tx, area, list, route, n, names)
			if err != nil {
				return err
			}
			more, err = f(ctx, tx, p)
			rows, took = p.rows, time.Since(began)
			return err
		})
		if !store.IsUnique(err) || try == 20 {
			return more, rows, took, err
		}
	}
}

func (d *Desk) piece(ctx context.Context, tx *store.Tx, area id.Area, list ID, route string, n int, names org.Names) (*piece, error) {
	keys, err := d.Vault.Area(ctx, tx, area)
	if err != nil {
		return nil, err
	}
	p := &piece{n: n}
	if p.list, err = load(ctx, tx, keys, area, list); err != nil {
		return nil, err
	}
	now := d.Clock.Now()
	if p.actor, err = access.Enter(ctx, tx, keys, area, p.list.Post, now, route); err != nil {
		return nil, err
	}
	p.actor.Declare(access.Everything, access.Read, access.Write)
	p.layout = p.list.layout(names, now)
	return p, nil
}

func (d *Desk) names(ctx context.Context, area id.Area) (n org.Names, err error) {
	err = d.Store.Read(ctx, func(tx *store.Tx) error {
		if n.Units, err = org.Units(ctx, tx, area); err != nil {
			return err
		}
		n.Agencies, err = org.Agencies(ctx, tx, area)
		return err
	})
	return n, err
}

// halt stops a list whose right has ended.
func (d *Desk) halt(ctx context.Context, area id.Area, list ID, why string) error {
	return d.Store.Write(ctx, func(tx *store.Tx) error {
		_, err := tx.Exec(ctx, store.Q(`UPDATE intray SET state = 'stopped', why = $3, version = version + 1
		 WHERE area_id = $1 AND intray_id = $2 AND state IN ('checking', 'saving')`), area, list, why)
		return err
	})
}

const removePiece = 500

// remove destroys what is left of a list: first its key, then its rows.
func (d *Desk) remove(ctx context.Context, area id.Area, list ID) error {
	i := Import{ID: list, area: area}
	err := d.Store.Write(ctx, func(tx *store.Tx) error {
		if err := forget(ctx, tx, i); err != nil {
			return err
		}
		_, err := tx.Exec(ctx, store.Q(`UPDATE intray SET state = 'gone', version = version + 1 WHERE area_id = $1 AND intray_id = $2 AND state NOT IN ('done', 'gone')`), area, list)
		return err
	})
	for left := true; left && err == nil; {
		err = d.Store.Write(ctx, func(tx *store.Tx) error {
			var to int
			if err := tx.One(ctx, store.Q(`SELECT coalesce(max(row_no), 0) FROM (SELECT row_no FROM intray_row WHERE area_id = $1 AND intray_id = $2 ORDER BY row_no LIMIT $3) AS q`),
				[]any{area, list, removePiece}, &to); err != nil {
				return err
			}
			left = to > 0
			return removeRows(ctx, tx, i, 0, to, false)
		})
	}
	return err
}
