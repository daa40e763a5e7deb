package store

import (
	"context"
	"database/sql/driver"
	"errors"
	"fmt"
	"path/filepath"
	"reflect"
	"slices"
	"strconv"
	"strings"
	"sync"
	"time"

	"zombiezen.com/go/sqlite"
)

const (
	readConns   = 3
	keptTexts   = 300 // prepared statements per connection
	busyTimeout = 5 * time.Second
)

var (
	sqlitePragmas = []string{"journal_mode = WAL", "synchronous = FULL", "foreign_keys = 1"}
	// What is deleted or written over is filled with zeros: a key that is destroyed is not to be found in what a page has left.
	writerPragmas = []string{"secure_delete = 1", "cache_size = -4096"}
	// A reader forgets its pages when anybody commits, as every page with people does, so it needs room for one page's work.
	readerPragmas = []string{"query_only = 1", "cache_size = -1024"}
)

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
	if s.writer, err = newConn(file{path, writerPragmas}); err != nil {
		return nil, fmt.Errorf("open %s: %w", path, err)
	}
	if s.readers, err = newPool(file{path, readerPragmas}); err != nil {
		return nil, errors.Join(fmt.Errorf("open %s: %w", path, err), s.writer.close())
	}
	go s.ownWriter()
	return s, nil
}

// conn is one SQLite connection with its prepared statements. Keeping them with the connection means that a text is
// prepared where it runs: never a second connection inside a transaction, and no search among connections. The binding
// has no database/sql between, whose locks, watchers and names of columns cost more than a statement that finds one row.
type conn struct {
	file    file
	open    *sqlite.Conn // nil when closed
	stmts   map[string]*statement
	halt    *halt // set once a context was watched
	watched context.Context
}

// file is a database and the settings of a connection to it.
type file struct {
	path    string
	pragmas []string
}

// statement is a prepared text. A parameter $3 has whatever index SQLite gives it; order[i] is its place among the
// arguments.
type statement struct {
	*sqlite.Stmt
	order   []int
	columns int
}

var errLost = errors.New("store: the connection is lost")

func newConn(f file) (*conn, error) {
	c := &conn{file: f}
	return c, c.reopen()
}

// reopen takes the place of a connection that is no longer in order.
func (c *conn) reopen() (err error) {
	_ = c.close()
	if c.open, err = sqlite.OpenConn(c.file.path, sqlite.OpenReadWrite|sqlite.OpenCreate); err != nil {
		c.open = nil
		return err
	}
	c.stmts = make(map[string]*statement, keptTexts)
	c.open.SetBusyTimeout(busyTimeout)
	for _, p := range slices.Concat(sqlitePragmas, c.file.pragmas) {
		if err = c.do("PRAGMA " + p); err != nil {
			return errors.Join(err, c.close())
		}
	}
	if err = c.check(); err != nil {
		return errors.Join(err, c.close())
	}
	return nil
}

// check reads back the settings on which durability and integrity rest: SQLite passes over a pragma in silence.
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
		if got := rows.lite.ColumnText(0); got != w.value {
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
		_ = st.Finalize()
	}
	err := c.open.Close()
	c.stmts, c.open, c.halt = nil, nil, nil
	return err
}

// prepared gives the statement of a text. When too many are kept, any one goes.
func (c *conn) prepared(text string) (*statement, error) {
	if st := c.stmts[text]; st != nil {
		return st, nil
	}
	if c.open == nil {
		return nil, errLost
	}
	words := strings.TrimRight(sqliteWords.Replace(text), " \t\r\n;")
	made, rest, err := c.open.PrepareTransient(words)
	if err != nil {
		return nil, err
	}
	if rest > 0 {
		return nil, errors.Join(fmt.Errorf("more than one statement: %q", words[len(words)-rest:]), made.Finalize())
	}
	st := &statement{Stmt: made, order: make([]int, made.BindParamCount()), columns: made.ColumnCount()}
	for i := range st.order {
		if st.order[i], err = strconv.Atoi(strings.TrimPrefix(made.BindParamName(i+1), "$")); err != nil {
			return nil, errors.Join(fmt.Errorf("parameter %d of %q has no number: %w", i+1, words, err), made.Finalize())
		}
	}
	if len(c.stmts) >= keptTexts {
		for old, st := range c.stmts {
			_ = st.Finalize()
			delete(c.stmts, old)
			break
		}
	}
	c.stmts[text] = st
	return st, nil
}

// exec runs a statement and tells how many rows it touched.
func (c *conn) exec(ctx context.Context, text string, args []any) (int64, error) {
	st, err := c.started(text, args)
	if err != nil {
		return 0, halted(ctx, err)
	}
	defer c.watch(ctx)()
	for more := true; more; {
		if more, err = st.Step(); err != nil {
			return 0, halted(ctx, errors.Join(err, st.done()))
		}
	}
	return int64(c.open.Changes()), st.done()
}

// query gives the rows of a statement, which has then run as far as the first of them.
func (c *conn) query(ctx context.Context, text string, args []any) (*Cursor, error) {
	st, err := c.started(text, args)
	if err != nil {
		return nil, halted(ctx, err)
	}
	defer c.watch(ctx)()
	more, err := st.Step()
	if err != nil {
		return nil, halted(ctx, errors.Join(err, st.done()))
	}
	return &Cursor{ctx: ctx, lite: st, first: more, more: more, open: true}, nil
}

// started gives a statement with its arguments bound.
func (c *conn) started(text string, args []any) (*statement, error) {
	st, err := c.prepared(text)
	if err != nil {
		return nil, err
	}
	for i, n := range st.order {
		if n < 1 || n > len(args) {
			return nil, errors.Join(fmt.Errorf("no argument for $%d", n), st.done())
		}
		if err := st.bind(i+1, args[n-1]); err != nil {
			return nil, errors.Join(fmt.Errorf("argument %d: %w", n, err), st.done())
		}
	}
	return st, nil
}

// bind gives a parameter its value, as one of SQLite's few types.
func (s *statement) bind(i int, v any) error {
	switch v := v.(type) {
	case nil:
		s.BindNull(i)
	case int64:
		s.BindInt64(i, v)
	case int:
		s.BindInt64(i, int64(v))
	case string:
		s.BindText(i, v)
	case float64:
		s.BindFloat(i, v)
	case bool:
		s.BindBool(i, v)
	case []byte:
		if v == nil {
			s.BindNull(i)
		} else {
			s.BindBytes(i, v)
		}
	default:
		return s.bindKind(i, v)
	}
	return nil
}

// bindKind is bind for types of our own.
func (s *statement) bindKind(i int, v any) error {
	if _, ok := v.(driver.Valuer); !ok {
		switch r := reflect.ValueOf(v); {
		case r.CanInt():
			s.BindInt64(i, r.Int())
			return nil
		case r.Kind() == reflect.String:
			s.BindText(i, r.String())
			return nil
		}
	}
	plain, err := driver.DefaultParameterConverter.ConvertValue(v)
	if err != nil {
		return err
	}
	if t, ok := plain.(time.Time); ok {
		return fmt.Errorf("%s has no kind of time: use clock's", t)
	}
	return s.bind(i, plain)
}

// done makes the statement ready to be run again, and forgets its arguments.
func (s *statement) done() error {
	err := s.Reset()
	_ = s.ClearBindings() // refused while the connection is halted, and they are bound anew each time
	return err
}

// watch stops what runs on the connection when the context ends, until it is called off. Only a context that ends costs
// anything: nobody waits for it meanwhile.
func (c *conn) watch(ctx context.Context) (off func()) {
	if ctx.Done() == nil || ctx == c.watched || c.open == nil {
		return func() {}
	}
	if c.halt == nil {
		c.halt = &halt{stop: make(chan struct{})}
		c.open.SetInterrupt(c.halt.stop)
	}
	before, h, fired := c.watched, c.halt, make(chan struct{})
	c.watched = ctx
	stop := context.AfterFunc(ctx, func() {
		h.once.Do(func() { close(h.stop) })
		close(fired)
	})
	return func() {
		c.watched = before
		if stop() {
			return
		}
		<-fired
		if c.open != nil && c.halt == h {
			c.halt = nil
			c.open.SetInterrupt(nil)
		}
	}
}

// halt stops a connection once.
type halt struct {
	stop chan struct{}
	once sync.Once
}

// halted tells a statement that was stopped from one that failed.
func halted(ctx context.Context, err error) error {
	if sqlite.ErrCode(err).ToPrimary() == sqlite.ResultInterrupt && ctx.Err() != nil {
		return ctx.Err()
	}
	return err
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
	defer c.watch(ctx)()
	t := &Tx{store: s, conn: c, caller: ctx, ctx: ctx}
	return t.run(f)
}

// pool holds the reading connections.
type pool struct {
	free  chan *conn
	ended chan struct{}
}

func newPool(at file) (*pool, error) {
	p := &pool{free: make(chan *conn, readConns), ended: make(chan struct{})}
	for range readConns {
		c, err := newConn(at)
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
