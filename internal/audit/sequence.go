package audit

import (
	"context"
	"errors"
	"fmt"

	"golang.org/x/mod/sumdb/tlog"

	"sluss/internal/id"
	"sluss/internal/store"
)

// mostSequenced is how many disclosures get a position in one transaction: few enough that no page waits for it.
const mostSequenced = 500

// ErrTree tells that the tree over the log is not what the program left.
var ErrTree = errors.New("the tree over the log of disclosures has been touched")

// Sequence gives positions to the disclosures that have none, in the order of epoch and id, and adds them to the area's
// tree. It takes a bounded number and tells how many; call it until that is 0. Rows are read and hashed before the
// transaction, which takes the tree only if it has not grown since: when two sequence at once one of them does nothing.
func Sequence(ctx context.Context, s *store.Store, area id.Area) (int, error) {
	var t tree
	var rows []row
	err := s.Read(ctx, func(tx *store.Tx) (err error) {
		if rows, err = waiting(ctx, tx, area); err != nil || len(rows) == 0 {
			return err
		}
		t, err = current(ctx, tx, area)
		return err
	})
	if err != nil || len(rows) == 0 {
		return 0, err
	}
	size, made := t.size, make([]tlog.Hash, 0, 2*len(rows))
	var b []byte
	for i := range rows {
		b = rows[i].leaf(b[:0], area)
		t.add(tlog.RecordHash(b), func(h tlog.Hash) { made = append(made, h) })
	}
	n := len(rows)
	err = s.Write(ctx, func(tx *store.Tx) error {
		n = len(rows)
		first, err := grow(ctx, tx, area, size, &t, rows[n-1].epoch)
		if err != nil || !first {
			n = 0
			return err
		}
		if err := place(ctx, tx, area, size, rows); err != nil {
			return err
		}
		return keep(ctx, tx, area, tlog.StoredHashCount(size), made)
	})
	if err != nil {
		return 0, err
	}
	return n, nil
}

const rowColumns = `disclosure_id, coalesce(position, -1), epoch, at, post_id, unit_id, action, purpose, ground, categories, route, listed, people`

func scanRow(c *store.Cursor) (r row, err error) {
	err = r.scan(c)
	return r, err
}

// scan reads a row of rowColumns. Whole numbers are read as such, which is quicker than as types of our own.
func (r *row) scan(c *store.Cursor) error {
	return c.Scan((*int64)(&r.id), &r.position, &r.epoch, (*int64)(&r.at), (*int64)(&r.post), (*int64)(&r.unit), &r.action, &r.purpose, &r.ground, &r.covers,
		&r.route, &r.listed, &r.people)
}

func waiting(ctx context.Context, tx *store.Tx, area id.Area) ([]row, error) {
	return store.All(ctx, tx, store.Q(`SELECT `+rowColumns+` FROM disclosure
	  WHERE area_id = $1 AND position IS NULL ORDER BY epoch, disclosure_id LIMIT 0 + $2`), []any{area, mostSequenced}, scanRow)
}

// current reads the area's tree: its size and the hashes of its edge.
func current(ctx context.Context, tx *store.Tx, area id.Area) (t tree, err error) {
	size, root, err := head(ctx, tx, area)
	if err != nil || size == 0 {
		return t, err
	}
	t.size = size
	if t.edge, err = hashes(ctx, tx, area, edgeOf(size)); err != nil {
		return t, err
	}
	if t.root() != root {
		return t, fmt.Errorf("%w: its root is not that of its hashes, at size %d", ErrTree, size)
	}
	return t, nil
}

// head reads the size and the root of the area's tree; 0 before the first row.
func head(ctx context.Context, tx *store.Tx, area id.Area) (size int64, root tlog.Hash, err error) {
	var b []byte
	err = tx.One(ctx, store.Q(`SELECT size, root FROM disclosure_tree WHERE area_id = $1`), []any{area}, &size, &b)
	if store.None(err) {
		return 0, root, nil
	}
	if err == nil && (size < 1 || len(b) != tlog.HashSize) {
		err = fmt.Errorf("%w: its head makes no sense", ErrTree)
	}
	copy(root[:], b)
	return size, root, err
}

// hashes reads stored hashes in the order of the numbers.
func hashes(ctx context.Context, tx *store.Tx, area id.Area, numbers []int64) ([]tlog.Hash, error) {
	found := make(map[int64]tlog.Hash, len(numbers))
	_, err := store.All(ctx, tx, store.Join(store.Q(`SELECT number, hash FROM disclosure_hash WHERE area_id = $1 AND number IN `), store.In(2, len(numbers))),
		append([]any{area}, store.Pad(numbers)...), func(c *store.Cursor) (_ struct{}, err error) {
			n, h, err := scanHash(c)
			found[n] = h
			return struct{}{}, err
		})
	list := make([]tlog.Hash, len(numbers))
	for i, n := range numbers {
		h, ok := found[n]
		if err == nil && !ok {
			err = fmt.Errorf("%w: hash %d is missing", ErrTree, n)
		}
		list[i] = h
	}
	return list, err
}

func scanHash(c *store.Cursor) (n int64, h tlog.Hash, err error) {
	var b []byte
	err = c.Scan(&n, &b)
	if err == nil && len(b) != tlog.HashSize {
		err = fmt.Errorf("%w: hash %d has another length", ErrTree, n)
	}
	copy(h[:], b)
	return n, h, err
}

// grow writes the tree's new head; ok is false when somebody else has done so since the size was read.
func grow(ctx context.Context, tx *store.Tx, area id.Area, size int64, t *tree, epoch int64) (ok bool, err error) {
	root := t.root()
	n, err := tx.Exec(ctx, store.Q(`INSERT INTO disclosure_tree (area_id, size, root, epoch) VALUES ($1, $2, $3, $4)
	  ON CONFLICT (area_id) DO UPDATE SET size = excluded.size, root = excluded.root, epoch = excluded.epoch WHERE disclosure_tree.size = $5`),
		area, t.size, root[:], epoch, size)
	return n == 1, err
}

// place gives the rows their positions from first on, in the order they stand in.
func place(ctx context.Context, tx *store.Tx, area id.Area, first int64, rows []row) error {
	ids := make([]ID, len(rows))
	for i := range rows {
		ids[i] = rows[i].id
	}
	n, err := tx.Exec(ctx, store.Join(store.Q(`UPDATE disclosure SET position = $2 + o.n FROM (
	    SELECT disclosure_id AS id, row_number() OVER (ORDER BY epoch, disclosure_id) - 1 AS n FROM disclosure
	    WHERE area_id = $1 AND position IS NULL AND disclosure_id IN `), store.In(3, len(ids)), store.Q(`) o
	  WHERE area_id = $1 AND disclosure_id = o.id`)), append([]any{area, first}, store.Pad(ids)...)...)
	if err == nil && n != int64(len(rows)) {
		err = fmt.Errorf("%w: %d of %d rows could be placed", ErrTree, n, len(rows))
	}
	return err
}

// keep stores the hashes from the number on.
func keep(ctx context.Context, tx *store.Tx, area id.Area, number int64, list []tlog.Hash) error {
	for len(list) > 0 {
		q := hashTexts[0]
		for _, other := range hashTexts {
			if other.rows <= len(list) {
				q = other
			}
		}
		args := make([]any, 1, 1+2*q.rows)
		args[0] = area
		for i := range q.rows {
			args = append(args, number+int64(i), list[i][:])
		}
		if _, err := tx.Exec(ctx, q.text, args...); err != nil {
			return err
		}
		number, list = number+int64(q.rows), list[q.rows:]
	}
	return nil
}

// hashTexts are the statements for 1, 2, 4 … 64 hashes, so that few texts are prepared.
var hashTexts = func() (list []rowsText) {
	for n := 1; n <= mostRows; n *= 2 {
		list = append(list, rowsText{n, store.Join(store.Q(`INSERT INTO disclosure_hash (area_id, number, hash) VALUES `), store.Rows(n, 2, 1, 0, 0))})
	}
	return list
}()
