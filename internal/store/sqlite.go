package store

import (
	"context"
	"database/sql/driver"
	"errors"
	"fmt"
	"net/url"
	"path/filepath"
	"strings"

	"modernc.org/sqlite"
)

const (
	readConns     = 3
	keptTexts     = 300 // prepared statements per connection
	sqlitePragmas = "?_pragma=busy_timeout(5000)&_pragma=journal_mode(WAL)&_pragma=synchronous(FULL)&_pragma=foreign_keys(1)"
	writerPragmas = "&_pragma=cache_size(-4096)"
	// A reader forgets its pages when anybody commits, as every page with people does, so it needs room for one page's work.
	readerPragmas = "&_pragma=query_only(1)&_pragma=cache_size(-1024)"
)

func sqliteDSN(path, extra string) string {
	return "file:" + (&url.URL{Path: path}).EscapedPath() + sqlitePragmas + extra
}

func openSQLite(path string) (*Store, error) {
	if path == "" || strings.Contains(path, ":memory:") {
		return nil, errors.New("open: a SQLite database needs a file")
	}
	path, err := filepath.Abs(path)
	if err != nil {
		return nil, err
	}
	if err := makePrivate(path); err != nil {
		return nil, fmt.Errorf("open: %w", err)
	}
	s := &Store{Longest: LongestWrite, path: path, queue: newQueue(), ended: make(chan struct{})}
	s.queue.meter = &s.meter
	if s.writer, err = newConn(sqliteDSN(path, writerPragmas)); err != nil {
		return nil, fmt.Errorf("open %s: %w", path, err)
	}
	if s.readers, err = newPool(sqliteDSN(path, readerPragmas)); err != nil {
		return nil, errors.Join(fmt.Errorf("open %s: %w", path, err), s.writer.close())
	}
	go s.ownWriter()
	return s, nil
}

// conn is one SQLite connection with its prepared statements. Keeping them with the connection means that a text is
// prepared where it runs: never a second connection inside a transaction, and no search among connections. The driver
// is called without database/sql between, whose locks and watchers cost more than a statement that finds one row.
type conn struct {
	dsn   string
	open  driver.Conn // nil when closed
	stmts map[string]statement
	args  []driver.NamedValue // room for those of the statement that runs
}

type statement interface {
	driver.Stmt
	driver.StmtExecContext
	driver.StmtQueryContext
}

var errLost = errors.New("store: the connection is lost")

func newConn(dsn string) (*conn, error) {
	c := &conn{dsn: dsn}
	return c, c.reopen()
}

// reopen takes the place of a connection that is no longer in order.
func (c *conn) reopen() (err error) {
	_ = c.close()
	if c.open, err = new(sqlite.Driver).Open(c.dsn); err != nil {
		c.open = nil
		return err
	}
	c.stmts = make(map[string]statement, keptTexts)
	if err = c.check(); err != nil {
		return errors.Join(err, c.close())
	}
	return nil
}

// check reads back the settings on which durability and integrity rest: a driver may pass over a pragma in silence.
func (c *conn) check() error {
	want := []struct{ pragma, value string }{
		{"journal_mode", "wal"}, {"synchronous", "2"}, {"foreign_keys", "1"}, {"busy_timeout", "5000"},
	}
	for _, w := range want {
		rows, err := c.query(context.Background(), "PRAGMA "+w.pragma, nil)
		if err != nil {
			return fmt.Errorf("PRAGMA %s: %w", w.pragma, err)
		}
		rows.Next()
		if got := fmt.Sprint(rows.values[0]); got != w.value {
			return errors.Join(fmt.Errorf("PRAGMA %s is %s, not %s", w.pragma, got, w.value), rows.Close())
		}
		if err := rows.Close(); err != nil {
			return err
		}
	}
	return nil
}

// close leaves a connection that refuses everything; closing it again does nothing.
func (c *conn) close() error {
	if c.open == nil {
		return nil
	}
	for _, st := range c.stmts {
		_ = st.Close()
	}
	err := c.open.Close()
	c.stmts, c.open = nil, nil
	return err
}

// prepared gives the statement of a text. When too many are kept, any one goes.
func (c *conn) prepared(text string) (statement, error) {
	if st := c.stmts[text]; st != nil {
		return st, nil
	}
	if c.open == nil {
		return nil, errLost
	}
	made, err := c.open.Prepare(sqliteWords.Replace(text))
	if err != nil {
		return nil, err
	}
	if len(c.stmts) >= keptTexts {
		for old, st := range c.stmts {
			_ = st.Close()
			delete(c.stmts, old)
			break
		}
	}
	st := made.(statement)
	c.stmts[text] = st
	return st, nil
}

// exec runs a statement and tells how many rows it touched.
func (c *conn) exec(ctx context.Context, text string, args []any) (int64, error) {
	st, err := c.prepared(text)
	if err != nil {
		return 0, err
	}
	if err := c.bind(args); err != nil {
		return 0, err
	}
	r, err := st.ExecContext(ctx, c.args)
	if err != nil {
		return 0, err
	}
	return r.RowsAffected()
}

func (c *conn) query(ctx context.Context, text string, args []any) (*Cursor, error) {
	st, err := c.prepared(text)
	if err != nil {
		return nil, err
	}
	if err := c.bind(args); err != nil {
		return nil, err
	}
	rows, err := st.QueryContext(ctx, c.args)
	if err != nil {
		return nil, err
	}
	return &Cursor{ctx: ctx, lite: rows, values: make([]driver.Value, len(rows.Columns())), open: true}, nil
}

// bind turns arguments into the driver's few types.
func (c *conn) bind(args []any) error {
	c.args = c.args[:0]
	for i, a := range args {
		switch a.(type) {
		case int64, string, []byte, nil:
		default:
			v, err := driver.DefaultParameterConverter.ConvertValue(a)
			if err != nil {
				return fmt.Errorf("argument %d: %w", i+1, err)
			}
			a = v
		}
		c.args = append(c.args, driver.NamedValue{Ordinal: i + 1, Value: a})
	}
	return nil
}

// do runs a statement of the store itself; it never takes a caller's context.
func (c *conn) do(text string) error {
	_, err := c.exec(context.Background(), text, nil)
	return err
}

// begin starts a transaction, on a fresh connection if this one has been lost.
func (c *conn) begin(text string) error {
	if c.do(text) == nil {
		return nil
	}
	if err := c.reopen(); err != nil {
		return err
	}
	return c.do(text)
}

func (c *conn) read(ctx context.Context, s *Store, f func(*Tx) error) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	if err := c.begin("BEGIN"); err != nil {
		return fmt.Errorf("begin: %w", err)
	}
	defer func() {
		if c.do("ROLLBACK") != nil {
			_ = c.reopen() // begin tries again, should it fail
		}
	}()
	t := &Tx{store: s, conn: c, caller: ctx, ctx: ctx}
	return t.run(f)
}

// pool holds the reading connections.
type pool struct {
	free  chan *conn
	ended chan struct{}
}

func newPool(dsn string) (*pool, error) {
	p := &pool{free: make(chan *conn, readConns), ended: make(chan struct{})}
	for range readConns {
		c, err := newConn(dsn)
		if err != nil {
			return nil, err
		}
		p.free <- c
	}
	return p, nil
}

func (p *pool) take(ctx context.Context) (*conn, error) {
	select {
	case <-p.ended:
		return nil, ErrClosed
	case <-ctx.Done():
		return nil, ctx.Err()
	case c := <-p.free:
		return c, nil
	}
}

func (p *pool) give(c *conn) { p.free <- c }

// close waits for each connection to come back.
func (p *pool) close() error {
	close(p.ended)
	var errs error
	for range readConns {
		errs = errors.Join(errs, (<-p.free).close())
	}
	return errs
}

// idle tells that the connection holds no transaction.
func (c *conn) idle() bool {
	if c.do("BEGIN") != nil {
		return false
	}
	return c.do("ROLLBACK") == nil
}
