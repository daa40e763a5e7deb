package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"net/url"
	"path/filepath"
	"strings"

	_ "modernc.org/sqlite" // the driver "sqlite"
)

const (
	readConns     = 4
	keptTexts     = 300 // prepared statements per connection
	sqlitePragmas = "?_pragma=busy_timeout(5000)&_pragma=journal_mode(WAL)&_pragma=synchronous(FULL)" +
		"&_pragma=foreign_keys(1)&_pragma=cache_size(-4096)"
)

func sqliteDSN(path, extra string) string {
	return "file:" + (&url.URL{Path: path}).EscapedPath() + sqlitePragmas + extra
}

func openSQLite(ctx context.Context, path string) (*Store, error) {
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
	s := &Store{path: path, queue: newQueue(), ended: make(chan struct{})}
	s.queue.meter = &s.meter
	if s.writer, err = newConn(ctx, sqliteDSN(path, "")); err != nil {
		return nil, fmt.Errorf("open %s: %w", path, err)
	}
	if s.readers, err = newPool(ctx, sqliteDSN(path, "&_pragma=query_only(1)")); err != nil {
		return nil, errors.Join(fmt.Errorf("open %s: %w", path, err), s.writer.close())
	}
	go s.ownWriter()
	return s, nil
}

// conn is one SQLite connection with its prepared statements. Keeping them with the connection means that a text is
// prepared where it runs: never a second connection inside a transaction, and no search among connections.
type conn struct {
	dsn   string
	db    *sql.DB
	sql   *sql.Conn
	stmts map[string]*sql.Stmt
}

func newConn(ctx context.Context, dsn string) (*conn, error) {
	c := &conn{dsn: dsn}
	return c, c.open(ctx)
}

func (c *conn) open(ctx context.Context) (err error) {
	if c.db, err = sql.Open("sqlite", c.dsn); err != nil {
		return err
	}
	c.db.SetMaxOpenConns(1)
	if c.sql, err = c.db.Conn(ctx); err != nil {
		return errors.Join(err, c.db.Close())
	}
	c.stmts = make(map[string]*sql.Stmt, keptTexts)
	if err = c.check(ctx); err != nil {
		return errors.Join(err, c.close())
	}
	return nil
}

// check reads back the settings on which durability and integrity rest: a driver may pass over a pragma in silence.
func (c *conn) check(ctx context.Context) error {
	want := []struct{ pragma, value string }{
		{"journal_mode", "wal"}, {"synchronous", "2"}, {"foreign_keys", "1"}, {"busy_timeout", "5000"}, {"cache_size", "-4096"},
	}
	for _, w := range want {
		var got string
		if err := c.sql.QueryRowContext(ctx, "PRAGMA "+w.pragma).Scan(&got); err != nil {
			return fmt.Errorf("PRAGMA %s: %w", w.pragma, err)
		}
		if got != w.value {
			return fmt.Errorf("PRAGMA %s is %s, not %s", w.pragma, got, w.value)
		}
	}
	return nil
}

// close leaves a connection that refuses everything; closing it again does nothing.
func (c *conn) close() error {
	if c.sql == nil {
		return nil
	}
	for _, st := range c.stmts {
		_ = st.Close()
	}
	err := errors.Join(c.sql.Close(), c.db.Close())
	c.stmts, c.sql = nil, nil
	return err
}

// reopen takes the place of a connection that is no longer in order.
func (c *conn) reopen() error {
	_ = c.close()
	return c.open(context.Background())
}

// prepared gives the statement of a text. When too many are kept, any one goes.
func (c *conn) prepared(text string) (*sql.Stmt, error) {
	if st := c.stmts[text]; st != nil {
		return st, nil
	}
	if c.sql == nil {
		return nil, sql.ErrConnDone
	}
	st, err := c.sql.PrepareContext(context.Background(), sqliteWords.Replace(text))
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
	c.stmts[text] = st
	return st, nil
}

// do runs a statement of the store itself; it never takes a caller's context.
func (c *conn) do(text string) error {
	st, err := c.prepared(text)
	if err != nil {
		return err
	}
	_, err = st.ExecContext(context.Background())
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

func newPool(ctx context.Context, dsn string) (*pool, error) {
	p := &pool{free: make(chan *conn, readConns), ended: make(chan struct{})}
	for range readConns {
		c, err := newConn(ctx, dsn)
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
