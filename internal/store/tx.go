package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"slices"
	"time"
)

// Tx is a transaction inside Read or Write, used by one goroutine and not after the function has returned.
// The first statement that fails ends it on both engines: later ones are refused and nothing is kept.
type Tx struct {
	store    *Store
	conn     *conn   // SQLite
	pg       *sql.Tx // PostgreSQL
	writes   bool
	over     bool
	caller   context.Context // the context given to Read or Write
	ctx      context.Context // the same, ended when a write has run too long
	deadline time.Time       // zero in Read
	rows     *Cursor         // the last query's
	cancels  []context.CancelFunc
	failed   error
	last     []func(context.Context) error
	values   map[any]any
	topics   []string
	wrote    int64 // rows
}

// ErrRowsOpen refuses a statement while the rows of an earlier one are open: PostgreSQL cannot answer it.
var ErrRowsOpen = errors.New("store: a statement while the rows of another are open")

// ErrOver refuses a statement after the function of Read or Write has returned.
var ErrOver = errors.New("store: the transaction is over")

// Exec runs a statement and tells how many rows it touched.
func (t *Tx) Exec(ctx context.Context, q SQL, args ...any) (int64, error) {
	if err := t.ready(); err != nil {
		return 0, err
	}
	ctx, cancel := t.bound(ctx)
	if cancel != nil {
		defer cancel()
	}
	n, err := t.exec(ctx, q.text, args)
	if err != nil {
		return 0, t.fail(err)
	}
	t.wrote += n
	return n, nil
}

func (t *Tx) exec(ctx context.Context, text string, args []any) (int64, error) {
	if t.pg == nil {
		return t.conn.exec(ctx, text, args)
	}
	r, err := t.pg.ExecContext(ctx, t.store.forPostgres(text), args...)
	if err != nil {
		return 0, err
	}
	return r.RowsAffected()
}

// Query gives rows, to be closed before the next statement. All does both.
func (t *Tx) Query(ctx context.Context, q SQL, args ...any) (*Cursor, error) {
	if err := t.ready(); err != nil {
		return nil, err
	}
	ctx, cancel := t.bound(ctx)
	if cancel != nil {
		t.cancels = append(t.cancels, cancel)
	}
	rows, err := t.query(ctx, q.text, args)
	if err != nil {
		return nil, t.fail(err)
	}
	t.rows = rows
	return rows, nil
}

func (t *Tx) query(ctx context.Context, text string, args []any) (*Cursor, error) {
	if t.pg == nil {
		return t.conn.query(ctx, text, args)
	}
	rows, err := t.pg.QueryContext(ctx, t.store.forPostgres(text), args...)
	if err != nil {
		return nil, err
	}
	return &Cursor{ctx: ctx, pg: rows, open: true}, nil
}

// One scans the first row; None(err) when there is no row.
func (t *Tx) One(ctx context.Context, q SQL, args []any, to ...any) error {
	if err := t.ready(); err != nil {
		return err
	}
	ctx, cancel := t.bound(ctx)
	if cancel != nil {
		defer cancel()
	}
	err := t.one(ctx, q.text, args, to)
	if err != nil && !None(err) {
		return t.fail(err)
	}
	return err
}

func (t *Tx) one(ctx context.Context, text string, args, to []any) error {
	rows, err := t.query(ctx, text, args)
	if err != nil {
		return err
	}
	switch {
	case rows.Next():
		err = rows.Scan(to...)
	case rows.Err() != nil:
		err = rows.Err()
	default:
		err = sql.ErrNoRows
	}
	if closed := rows.Close(); err == nil {
		err = closed
	}
	return err
}

// All gives what scan makes of each row.
func All[T any](ctx context.Context, tx *Tx, q SQL, args []any, scan func(*Cursor) (T, error)) ([]T, error) {
	rows, err := tx.Query(ctx, q, args...)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var all []T
	for rows.Next() {
		v, err := scan(rows)
		if err != nil {
			return nil, err
		}
		all = append(all, v)
	}
	if err := rows.Err(); err != nil {
		return nil, tx.fail(err)
	}
	return all, nil
}

// Writes tells whether this is a Write.
func (t *Tx) Writes() bool { return t.writes }

// Last has f run after the function of Write, in the same transaction and in the order given; an error undoes all.
// In a Read it is never run.
func (t *Tx) Last(f func(context.Context) error) { t.last = append(t.last, f) }

// Value gives what SetValue kept in this transaction, or nil.
func (t *Tx) Value(key any) any { return t.values[key] }

// SetValue keeps a value for the rest of this transaction; an attempt that is run again starts without.
func (t *Tx) SetValue(key, value any) {
	if t.values == nil {
		t.values = map[any]any{}
	}
	t.values[key] = value
}

// Notify wakes those who Listen to the topic in this process, once the transaction has committed.
func (t *Tx) Notify(topic string) {
	if !slices.Contains(t.topics, topic) {
		t.topics = append(t.topics, topic)
	}
}

// run calls f and then what was left for last, and answers the first error of any statement.
func (t *Tx) run(f func(*Tx) error) error {
	defer t.end()
	err := f(t)
	for i := 0; err == nil && t.failed == nil && i < len(t.last); i++ {
		err = t.last[i](t.ctx)
	}
	if err != nil {
		return err
	}
	if t.failed != nil {
		return fmt.Errorf("a failed statement was passed over: %w", t.failed)
	}
	if t.rowsOpen() {
		return ErrRowsOpen
	}
	return nil
}

// end closes what f left open.
func (t *Tx) end() {
	t.over = true
	if t.rows != nil {
		_ = t.rows.Close()
	}
	for _, cancel := range t.cancels {
		cancel()
	}
}

// ready refuses a statement that cannot be begun, and counts one that can.
func (t *Tx) ready() error {
	switch {
	case t.over:
		return ErrOver
	case t.failed != nil:
		return fmt.Errorf("after a failed statement: %w", t.failed)
	case t.rowsOpen():
		return ErrRowsOpen
	}
	t.store.meter.statements.Add(1)
	return nil
}

func (t *Tx) rowsOpen() bool { return t.rows != nil && t.rows.open }

func (t *Tx) fail(err error) error {
	if t.failed == nil {
		t.failed = err
	}
	return err
}

// bound gives the context of a statement: within a write none outlives the write's own time.
func (t *Tx) bound(ctx context.Context) (context.Context, context.CancelFunc) {
	if ctx == t.caller || ctx.Done() == nil {
		return t.ctx, nil
	}
	if t.deadline.IsZero() {
		return ctx, nil
	}
	return context.WithDeadline(ctx, t.deadline)
}

// Flag is how a yes or a no is stored: 1 or 0.
func Flag(yes bool) int {
	if yes {
		return 1
	}
	return 0
}
