package store_test

import (
	"context"
	"errors"
	"testing"
	"time"

	"sluss/internal/store"
	"sluss/internal/store/storetest"
)

// countless has one row, after very long.
var countless = store.Q(`WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 4000000000000) SELECT count(*) FROM n`)

func TestWhatRunsIsStoppedWhenItsCallerLeaves(t *testing.T) {
	s := storetest.Open(t, storetest.SQLite(t))
	count := func(ctx, of context.Context, verb func(context.Context, func(*store.Tx) error) error) error {
		return verb(of, func(tx *store.Tx) error {
			var n int64
			return tx.One(ctx, countless, nil, &n)
		})
	}
	for name, verb := range map[string]func(context.Context, func(*store.Tx) error) error{"read": s.Read, "write": s.Write} {
		for _, whose := range []string{"caller's", "statement's own"} {
			ctx, cancel := context.WithCancel(t.Context())
			time.AfterFunc(20*time.Millisecond, cancel)
			of := ctx
			if whose == "statement's own" {
				of = t.Context()
			}
			if err := count(ctx, of, verb); !errors.Is(err, context.Canceled) {
				t.Errorf("%s by the %s context: %v", name, whose, err)
			}
			var n int64
			if err := verb(t.Context(), func(tx *store.Tx) error { return tx.One(t.Context(), store.Q(`SELECT 1`), nil, &n) }); err != nil || n != 1 {
				t.Errorf("after a stopped %s: %d, %v", name, n, err)
			}
		}
	}
}

func TestACallerThatLeavesBetweenStatementsIsRefusedTheNext(t *testing.T) {
	s := storetest.Open(t, storetest.SQLite(t))
	ctx, cancel := context.WithCancel(t.Context())
	var n int64
	err := s.Read(ctx, func(tx *store.Tx) error {
		if err := tx.One(ctx, store.Q(`SELECT 1`), nil, &n); err != nil {
			return err
		}
		cancel()
		time.Sleep(5 * time.Millisecond)
		return tx.One(ctx, store.Q(`SELECT 2`), nil, &n)
	})
	if !errors.Is(err, context.Canceled) || n != 1 {
		t.Errorf("%d, %v", n, err)
	}
}

func TestManyThatLeaveAtOnceStopNobodyElse(t *testing.T) {
	s := storetest.Open(t, storetest.SQLite(t))
	done := make(chan error, 200)
	for i := range 200 {
		go func() {
			ctx, cancel := context.WithCancel(t.Context())
			defer cancel()
			if i%2 == 0 {
				time.AfterFunc(time.Duration(i)*20*time.Microsecond, cancel)
			}
			err := s.Read(ctx, func(tx *store.Tx) error {
				var n int64
				for range 20 {
					if err := tx.One(ctx, store.Q(`SELECT 1`), nil, &n); err != nil {
						return err
					}
				}
				return nil
			})
			if i%2 == 0 && errors.Is(err, context.Canceled) {
				err = nil
			}
			done <- err
		}()
	}
	for range 200 {
		if err := <-done; err != nil {
			t.Error(err)
		}
	}
}
