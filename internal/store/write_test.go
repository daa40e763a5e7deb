package store_test

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"log/slog"
	"runtime"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"sluss/internal/store"
	"sluss/internal/store/storetest"
)

// batched starts writes that wait behind one that holds the writer, so that on SQLite they share a commit; the
// answers come in the order of fs. On PostgreSQL they simply run side by side.
func batched(t *testing.T, s *store.Store, fs ...func() error) []error {
	t.Helper()
	gate, held := make(chan struct{}), make(chan struct{})
	var once sync.Once
	var wg sync.WaitGroup
	wg.Go(func() {
		must(t, s.Write(t.Context(), func(*store.Tx) error {
			once.Do(func() { close(held) })
			<-gate
			return nil
		}))
	})
	<-held
	errs := make([]error, len(fs))
	for i, f := range fs {
		wg.Go(func() { errs[i] = f() })
		for !s.Postgres() && s.Stats().Waiting <= i {
			runtime.Gosched()
		}
	}
	close(gate)
	wg.Wait()
	return errs
}

func sit(ctx context.Context, s *store.Store, group, person int) func() error {
	return func() error {
		return s.Write(ctx, func(tx *store.Tx) error { return seat(ctx, tx, group, person) })
	}
}

// endless never comes to its end by itself.
var endless = store.Q(`WITH RECURSIVE n (x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM n WHERE x > 0) SELECT count(*) FROM n`)

func TestACancelledWriteDoesNotUndoItsNeighbours(t *testing.T) {
	each(t, func(t *testing.T, s *store.Store) {
		group(t, s, 1, 9)
		ctx := t.Context()
		cancelled, cancel := context.WithCancel(ctx)
		errs := batched(t, s, sit(ctx, s, 1, 1), func() error {
			return s.Write(cancelled, func(tx *store.Tx) error {
				if err := seat(ctx, tx, 1, 2); err != nil {
					return err
				}
				time.AfterFunc(50*time.Millisecond, cancel) // in the midst of a statement that has no end
				_, err := tx.Exec(cancelled, store.Join(store.Q(`INSERT INTO group_test (places, group_id) `), store.Q(
					`WITH RECURSIVE n (x) AS (SELECT 100 UNION ALL SELECT x + 1 FROM n WHERE x > 0) SELECT x, x FROM n`)))
				return err
			})
		}, sit(ctx, s, 1, 3))
		if errs[0] != nil || errs[2] != nil {
			t.Errorf("neighbours: %v, %v", errs[0], errs[2])
		}
		if errs[1] == nil {
			t.Error("the cancelled write says it is kept")
		}
		if n := seats(t, s, 1); n != 2 {
			t.Errorf("%d seats, want the neighbours' 2", n)
		}
		if s.Postgres() {
			return
		}
		if r := s.Stats().Retries; r != 1 {
			t.Errorf("the batch ran again %d times: this test means to lose its transaction once", r)
		}
	})
}

func TestAPanicComesBackToItsCallerAndLeavesNothing(t *testing.T) {
	each(t, func(t *testing.T, s *store.Store) {
		group(t, s, 1, 9)
		ctx := t.Context()
		var got any
		errs := batched(t, s, sit(ctx, s, 1, 1), func() error {
			defer func() { got = recover() }()
			return s.Write(ctx, func(tx *store.Tx) error {
				must(t, seat(ctx, tx, 1, 2))
				panic("out of order")
			})
		}, sit(ctx, s, 1, 3))
		if errs[0] != nil || errs[2] != nil {
			t.Errorf("neighbours: %v, %v", errs[0], errs[2])
		}
		if !strings.Contains(fmt.Sprint(got), "out of order") {
			t.Errorf("panic = %v", got)
		}
		if p, ok := got.(*store.Panic); !s.Postgres() && (!ok || !bytes.Contains(p.Stack, []byte("write_test.go"))) {
			t.Errorf("the stack does not name this file: %v", got)
		}
		if n := seats(t, s, 1); n != 2 {
			t.Errorf("%d seats, want the neighbours' 2", n)
		}
	})
}

func TestAFunctionThatEndsItsGoroutineDoesNotStopTheWriter(t *testing.T) {
	each(t, func(t *testing.T, s *store.Store) {
		group(t, s, 1, 9)
		ctx := t.Context()
		ended := make(chan bool, 1)
		errs := batched(t, s, sit(ctx, s, 1, 1), func() error {
			returned := false
			defer func() { ended <- !returned }()
			err := s.Write(ctx, func(tx *store.Tx) error { runtime.Goexit(); return nil })
			returned = true
			return err
		}, sit(ctx, s, 1, 3))
		if !<-ended {
			t.Error("the caller's goroutine went on")
		}
		if errs[0] != nil || errs[2] != nil || seats(t, s, 1) != 2 {
			t.Errorf("neighbours: %v, %v, %d seats", errs[0], errs[2], seats(t, s, 1))
		}
	})
}

func TestAWriteCancelledInTheQueueNeverRuns(t *testing.T) {
	s := storetest.Open(t, storetest.SQLite(t))
	ctx, cancel := context.WithCancel(t.Context())
	var ran atomic.Bool
	gate, held := make(chan struct{}), make(chan struct{})
	var wg sync.WaitGroup
	wg.Go(func() {
		must(t, s.Write(t.Context(), func(*store.Tx) error { close(held); <-gate; return nil }))
	})
	<-held
	answer := make(chan error)
	go func() { answer <- s.Write(ctx, func(*store.Tx) error { ran.Store(true); return nil }) }()
	for s.Stats().Waiting == 0 {
		runtime.Gosched()
	}
	cancel()
	if err := <-answer; !errors.Is(err, context.Canceled) { // while the writer is still held
		t.Errorf("err = %v", err)
	}
	close(gate)
	wg.Wait()
	must(t, s.Close())
	if ran.Load() {
		t.Error("it ran after its caller had left")
	}
}

func TestCloseLetsWaitingWritesFinishAndRefusesLaterOnes(t *testing.T) {
	path := storetest.SQLite(t)
	s := storetest.Open(t, path)
	must(t, s.Write(t.Context(), tables))
	group(t, s, 1, 99)
	var fs []func() error
	closed := make(chan error, 1)
	for p := range 9 {
		fs = append(fs, sit(t.Context(), s, 1, p))
	}
	fs = append(fs, func() error { go func() { closed <- s.Close() }(); return sit(t.Context(), s, 1, 9)() })
	for i, err := range batched(t, s, fs[:9]...) {
		must(t, err)
		_ = i
	}
	_ = fs[9]() // kept or refused, both in order
	must(t, <-closed)
	if err := s.Write(t.Context(), tables); !errors.Is(err, store.ErrClosed) {
		t.Errorf("write after close: %v", err)
	}
	if err := s.Read(t.Context(), tables); !errors.Is(err, store.ErrClosed) {
		t.Errorf("read after close: %v", err)
	}
	if n := seats(t, storetest.Open(t, path), 1); n < 9 {
		t.Errorf("%d seats after close, want 9 or more", n)
	}
}

func TestAWriteOverTwoSecondsIsCancelled(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, s *store.Store) {
		ctx := t.Context()
		s.Longest = store.LongestWrite
		began := time.Now()
		err := s.Write(ctx, func(tx *store.Tx) error {
			var n int
			return tx.One(ctx, endless, nil, &n)
		})
		if err == nil || !strings.Contains(err.Error(), "write_test.go") {
			t.Errorf("err = %v, want one that names the place", err)
		}
		if d := time.Since(began); d < time.Second || d > 10*time.Second {
			t.Errorf("ended after %s", d)
		}
		group(t, s, 1, 1) // the writer is in order
	})
}

func TestASlowWriteIsLoggedWithItsPlace(t *testing.T) {
	var b bytes.Buffer
	old := slog.Default()
	slog.SetDefault(slog.New(slog.NewTextHandler(&b, nil)))
	defer slog.SetDefault(old)
	s := storetest.Open(t, storetest.SQLite(t))
	must(t, s.Write(t.Context(), func(*store.Tx) error {
		for began := time.Now(); time.Since(began) < 21*time.Millisecond; {
		}
		return nil
	}))
	must(t, s.Close())
	if !strings.Contains(b.String(), "write_test.go") || s.Stats().Slow != 1 {
		t.Errorf("log %q, %d slow", b.String(), s.Stats().Slow)
	}
}

func TestReadThenWriteByManyIsNeverLocked(t *testing.T) {
	each(t, func(t *testing.T, s *store.Store) {
		group(t, s, 1, 1<<30)
		const rivals, rounds = 16, 25
		var wg sync.WaitGroup
		for r := range rivals {
			wg.Go(func() {
				for i := range rounds {
					if err := fill(t.Context(), s, 1, r*rounds+i); err != nil {
						t.Errorf("write: %v", err)
					}
					if err := s.Read(t.Context(), func(tx *store.Tx) error { var n int; return taken(t.Context(), tx, 1, &n) }); err != nil {
						t.Errorf("read: %v", err)
					}
				}
			})
		}
		wg.Wait()
		if n := seats(t, s, 1); n != rivals*rounds {
			t.Errorf("%d seats, want %d", n, rivals*rounds)
		}
		st := s.Stats()
		t.Logf("%d writes in %d commits, %d retries, waited %s at most", st.Writes, st.Commits, st.Retries, st.WaitMost)
	})
}

// TestEveryStatementIsCounted: also one that finds nothing, and those of a transaction that comes to nothing. What is answered alike to
// everybody is held by this figure.
func TestEveryStatementIsCounted(t *testing.T) {
	each(t, func(t *testing.T, s *store.Store) {
		before := s.Stats().Statements
		stop := errors.New("stop")
		err := s.Write(t.Context(), func(tx *store.Tx) error {
			var n int
			for range 3 {
				if err := taken(t.Context(), tx, 1, &n); err != nil {
					return err
				}
			}
			if err := tx.One(t.Context(), store.Q(`SELECT places FROM group_test WHERE group_id = $1`), []any{9}, &n); !store.None(err) {
				return err
			}
			return stop
		})
		if got := s.Stats().Statements - before; !errors.Is(err, stop) || got != 4 {
			t.Errorf("%d statements are counted, and 4 were begun: %v", got, err)
		}
	})
}
