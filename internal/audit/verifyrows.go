package audit

import (
	"cmp"
	"context"
	"math"
	"slices"

	"sluss/internal/store"
)

// mostEarly is how many rows wait in memory for one before them. Rows get their positions within seconds, so that their ids and
// their positions are nearly in one order.
var mostEarly = 4 * verifyPage

// rowsByID reads the rows in the order they lie in, which takes half the time of the order of their positions. The plus keeps SQLite
// from sorting them out of the index of positions.
var (
	rowsByID       = store.Q(`SELECT ` + rowColumns + ` FROM disclosure WHERE area_id = $1 AND disclosure_id > $2 AND +position IS NOT NULL ORDER BY disclosure_id LIMIT 0 + $3`)
	rowsByPosition = store.Q(`SELECT ` + rowColumns + ` FROM disclosure WHERE area_id = $1 AND position > $2 ORDER BY position LIMIT 0 + $3`)
)

// turns puts rows in the order of their positions.
type turns struct {
	next  int64 // the position whose turn it is
	early map[int64]row
}

// take gives those rows whose turn has come; full is true when too many wait. A row whose turn has been, or never comes, is given
// at once, for the walk to find.
func (t *turns) take(rows []row) (list []row, full bool) {
	list = make([]row, 0, len(rows))
	for _, r := range rows {
		if r.position > t.next {
			t.early[r.position] = r
			continue
		}
		list = append(list, r)
		if r.position < t.next {
			continue
		}
		for there := true; there; {
			t.next++
			if r, there = t.early[t.next]; there {
				list = append(list, r)
				delete(t.early, t.next)
			}
		}
	}
	return list, len(t.early) > mostEarly
}

// rest gives those that still wait, in order: before the first of them a row is gone.
func (t *turns) rest() (list []row) {
	for _, r := range t.early {
		list = append(list, r)
	}
	slices.SortFunc(list, func(a, b row) int { return cmp.Compare(a.position, b.position) })
	return list
}

// readRows reads the rows in the order of their positions: in that of their ids as long as few have to wait for one before them,
// and from there on by their positions.
func (v *verifier) readRows(ctx context.Context, to chan<- leaves) error {
	last, n := int64(math.MinInt64), int64(0)
	turn := turns{early: map[int64]row{}}
	send := func(rows []row) (err error) {
		if len(rows) == 0 {
			return nil
		}
		p := leaves{rows: rows}
		if p.inside, err = v.checkpoints(n, n+int64(len(rows))); err == nil {
			n += int64(len(rows))
			to <- p
		}
		return err
	}
	for ctx.Err() == nil {
		rows, err := v.rowsAfter(rowsByID, last)
		if err != nil {
			return err
		}
		if len(rows) == 0 {
			return send(turn.rest())
		}
		last = int64(rows[len(rows)-1].id)
		list, full := turn.take(rows)
		if err := send(list); err != nil {
			return err
		}
		if full {
			return v.readOn(ctx, turn.next-1, send)
		}
	}
	return v.ctx.Err()
}

// readOn reads the rows after the position in the order of their positions.
func (v *verifier) readOn(ctx context.Context, last int64, send func([]row) error) error {
	for ctx.Err() == nil {
		rows, err := v.rowsAfter(rowsByPosition, last)
		if err != nil || len(rows) == 0 {
			return err
		}
		last = rows[len(rows)-1].position
		if err := send(rows); err != nil {
			return err
		}
	}
	return v.ctx.Err()
}

func (v *verifier) rowsAfter(q store.SQL, last int64) ([]row, error) {
	list := make([]row, 0, verifyPage)
	rows, err := v.tx.Query(v.ctx, q, v.Area, last, verifyPage)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	for rows.Next() {
		list = append(list, row{})
		if err := list[len(list)-1].scan(rows); err != nil {
			return nil, err
		}
	}
	return list, rows.Err()
}
