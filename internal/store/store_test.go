package store_test

import (
	"context"
	"errors"
	"fmt"
	"os"
	"sync"
	"sync/atomic"
	"testing"

	"sluss/internal/store"
	"sluss/internal/store/storetest"
)

func TestMain(m *testing.M) {
	if os.Getenv(loadPath) != "" {
		loadUntilKilled()
		return
	}
	os.Exit(storetest.Main(m))
}

// each runs f on both engines with the tables of these tests.
func each(t *testing.T, f func(t *testing.T, s *store.Store)) {
	t.Helper()
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		must(t, s.Write(t.Context(), tables))
		f(t, s)
	})
}

func tables(tx *store.Tx) error {
	ctx := context.Background()
	if _, err := tx.Exec(ctx, store.Q(`CREATE TABLE group_test (group_id bigint NOT NULL PRIMARY KEY, places bigint NOT NULL)`)); err != nil {
		return err
	}
	_, err := tx.Exec(ctx, store.Q(`CREATE TABLE seat_test (
		group_id bigint NOT NULL REFERENCES group_test (group_id), person bigint NOT NULL, PRIMARY KEY (group_id, person))`))
	return err
}

func group(t *testing.T, s *store.Store, group, places int) {
	t.Helper()
	must(t, s.Write(t.Context(), func(tx *store.Tx) error {
		_, err := tx.Exec(t.Context(), store.Q(`INSERT INTO group_test (group_id, places) VALUES ($1, $2)`), group, places)
		return err
	}))
}

func seat(ctx context.Context, tx *store.Tx, group, person int) error {
	_, err := tx.Exec(ctx, store.Q(`INSERT INTO seat_test (group_id, person) VALUES ($1, $2)`), group, person)
	return err
}

func seats(t *testing.T, s *store.Store, group int) (n int) {
	t.Helper()
	must(t, s.Read(t.Context(), func(tx *store.Tx) error { return taken(t.Context(), tx, group, &n) }))
	return n
}

func taken(ctx context.Context, tx *store.Tx, group int, n *int) error {
	return tx.One(ctx, store.Q(`SELECT count(*) FROM seat_test WHERE group_id = $1`), []any{group}, n)
}

func must(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

var errFull = errors.New("full")

// fill takes a seat if one is free, as a use case does: read, decide, write.
func fill(ctx context.Context, s *store.Store, group, person int) error {
	return s.Write(ctx, func(tx *store.Tx) error {
		var places, n int
		if err := tx.One(ctx, store.Q(`SELECT places FROM group_test WHERE group_id = $1`), []any{group}, &places); err != nil {
			return err
		}
		if err := taken(ctx, tx, group, &n); err != nil {
			return err
		}
		if n >= places {
			return errFull
		}
		return seat(ctx, tx, group, person)
	})
}

func TestLastSeatGoesToOne(t *testing.T) {
	each(t, func(t *testing.T, s *store.Store) {
		group(t, s, 1, 1)
		var in, full, other atomic.Int32
		var wg sync.WaitGroup
		for p := range 20 {
			wg.Go(func() {
				switch err := fill(t.Context(), s, 1, p); {
				case err == nil:
					in.Add(1)
				case errors.Is(err, errFull):
					full.Add(1)
				default:
					other.Add(1)
					t.Log(err)
				}
			})
		}
		wg.Wait()
		if got := fmt.Sprint(in.Load(), full.Load(), other.Load()); got != "1 19 0" {
			t.Fatalf("in, full, other = %s", got)
		}
		if n := seats(t, s, 1); n != 1 {
			t.Fatalf("%d seats taken", n)
		}
	})
}

// openWith opens an empty database and makes the tables of these tests.
func openWith(t *testing.T, path string) (*store.Store, error) {
	s, err := store.Open(t.Context(), path)
	if err != nil {
		return nil, err
	}
	return s, s.Write(t.Context(), tables)
}
