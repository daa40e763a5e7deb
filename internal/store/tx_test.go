package store_test

import (
	"context"
	"errors"
	"slices"
	"strings"
	"testing"

	"sluss/internal/store"
)

func TestAStatementIsRefusedWhileRowsAreOpen(t *testing.T) {
	each(t, func(t *testing.T, s *store.Store) {
		group(t, s, 1, 1)
		group(t, s, 2, 1)
		ctx := t.Context()
		var n int
		err := s.Read(ctx, func(tx *store.Tx) error {
			rows, err := tx.Query(ctx, store.Q(`SELECT group_id FROM group_test`))
			if err != nil {
				return err
			}
			defer rows.Close()
			rows.Next()
			return taken(ctx, tx, 1, &n)
		})
		if !errors.Is(err, store.ErrRowsOpen) {
			t.Errorf("nested: %v", err)
		}
		err = s.Write(ctx, func(tx *store.Tx) error {
			_, err := tx.Query(ctx, store.Q(`SELECT group_id FROM group_test`))
			return err
		})
		if !errors.Is(err, store.ErrRowsOpen) {
			t.Errorf("left open: %v", err)
		}
		if err := fill(ctx, s, 1, 1); err != nil {
			t.Errorf("after that: %v", err)
		}
	})
}

func TestRowsReadToTheirEndNeedNoClose(t *testing.T) {
	each(t, func(t *testing.T, s *store.Store) {
		ctx := t.Context()
		group(t, s, 1, 1)
		must(t, s.Read(ctx, func(tx *store.Tx) error {
			rows, err := tx.Query(ctx, store.Q(`SELECT group_id FROM group_test`))
			if err != nil {
				return err
			}
			for rows.Next() {
			}
			var n int
			return errors.Join(rows.Err(), taken(ctx, tx, 1, &n))
		}))
	})
}

func TestATransactionIsOverWithItsFunction(t *testing.T) {
	each(t, func(t *testing.T, s *store.Store) {
		var kept *store.Tx
		must(t, s.Write(t.Context(), func(tx *store.Tx) error { kept = tx; return nil }))
		if err := seat(t.Context(), kept, 1, 1); !errors.Is(err, store.ErrOver) {
			t.Errorf("err = %v", err)
		}
	})
}

func TestAFailedStatementEndsTheTransactionOnBothEngines(t *testing.T) {
	each(t, func(t *testing.T, s *store.Store) {
		ctx := t.Context()
		group(t, s, 1, 9)
		err := s.Write(ctx, func(tx *store.Tx) error {
			must(t, seat(ctx, tx, 1, 1))
			first := seat(ctx, tx, 1, 1)
			if !store.IsUnique(first) {
				t.Errorf("the same seat twice: %v", first)
			}
			if err := seat(ctx, tx, 1, 2); err == nil {
				t.Error("a statement after a failed one was taken")
			}
			return nil
		})
		if !store.IsUnique(err) || seats(t, s, 1) != 0 {
			t.Errorf("err %v, %d seats", err, seats(t, s, 1))
		}
	})
}

func TestErrorsAreToldApartOnBothEngines(t *testing.T) {
	each(t, func(t *testing.T, s *store.Store) {
		ctx := t.Context()
		var n int
		none := s.Read(ctx, func(tx *store.Tx) error {
			return tx.One(ctx, store.Q(`SELECT places FROM group_test WHERE group_id = $1`), []any{404}, &n)
		})
		foreign := s.Write(ctx, func(tx *store.Tx) error { return seat(ctx, tx, 404, 1) })
		must(t, s.Write(ctx, func(tx *store.Tx) error { // none does not end the transaction
			err := tx.One(ctx, store.Q(`SELECT places FROM group_test WHERE group_id = $1`), []any{404}, &n)
			if !store.None(err) {
				return err
			}
			_, err = tx.Exec(ctx, store.Q(`INSERT INTO group_test (group_id, places) VALUES ($1, $2)`), 1, 1)
			return err
		}))
		if !store.None(none) || store.IsUnique(none) {
			t.Errorf("none: %v", none)
		}
		if foreign == nil || store.IsUnique(foreign) || store.None(foreign) {
			t.Errorf("a seat in no group: %v", foreign)
		}
	})
}

func TestReadSeesOneSnapshotAndCannotWrite(t *testing.T) {
	each(t, func(t *testing.T, s *store.Store) {
		ctx := t.Context()
		group(t, s, 1, 9)
		must(t, s.Read(ctx, func(tx *store.Tx) error {
			var before, after int
			must(t, taken(ctx, tx, 1, &before))
			must(t, fill(ctx, s, 1, 1)) // another connection
			must(t, taken(ctx, tx, 1, &after))
			if before != 0 || after != 0 || tx.Writes() {
				t.Errorf("before %d, after %d, writes %v", before, after, tx.Writes())
			}
			return nil
		}))
		if err := s.Read(ctx, func(tx *store.Tx) error { return seat(ctx, tx, 1, 2) }); err == nil {
			t.Error("a write inside Read was taken")
		}
		if n := seats(t, s, 1); n != 1 {
			t.Errorf("%d seats", n)
		}
	})
}

func TestAReadIsCancelledWithItsContext(t *testing.T) {
	each(t, func(t *testing.T, s *store.Store) {
		for range 6 { // more than there are reading connections: each must come back in order
			ctx, cancel := context.WithCancel(t.Context())
			err := s.Read(ctx, func(tx *store.Tx) error {
				var n int
				go cancel()
				return tx.One(ctx, endless, nil, &n)
			})
			if err == nil {
				t.Fatal("an endless read has ended")
			}
		}
		group(t, s, 1, 1)
		if n := seats(t, s, 1); n != 0 {
			t.Errorf("%d seats", n)
		}
	})
}

func TestInFindsExactlyItsValues(t *testing.T) {
	each(t, func(t *testing.T, s *store.Store) {
		ctx := t.Context()
		for g := range 40 {
			group(t, s, g, g%2)
		}
		for _, n := range []int{0, 1, 2, 3, 4, 5, 33} {
			want := make([]int, n)
			for i := range want {
				want[i] = i
			}
			q := store.Join(store.Q(`SELECT group_id FROM group_test WHERE places < $1 AND group_id IN `), store.In(2, n), store.Q(` ORDER BY group_id`))
			var got []int
			must(t, s.Read(ctx, func(tx *store.Tx) (err error) {
				got, err = store.All(ctx, tx, q, append([]any{2}, store.Pad(want)...), func(r *store.Cursor) (g int, err error) {
					err = r.Scan(&g)
					return g, err
				})
				return err
			}))
			if !slices.Equal(got, want) {
				t.Errorf("n = %d: %v", n, got)
			}
		}
	})
}

func TestInRoundsUpSoThatFewTextsArePrepared(t *testing.T) {
	for _, c := range []struct {
		n    int
		want string
	}{{0, "(NULL)"}, {1, "($3)"}, {2, "($3,$4)"}, {3, "($3,$4,$5,$6)"}, {5, "($3,$4,$5,$6,$7,$8,$9,$10)"}} {
		if got := store.In(3, c.n).String(); got != c.want {
			t.Errorf("In(3, %d) = %s", c.n, got)
		}
		if args := store.Pad(make([]int, c.n)); c.n > 0 && len(args) != strings.Count(c.want, "$") {
			t.Errorf("Pad of %d gives %d", c.n, len(args))
		}
	}
}

func TestWordsOfTheDialectAreReplaced(t *testing.T) {
	each(t, func(t *testing.T, s *store.Store) {
		ctx := t.Context()
		group(t, s, 1, 5)
		for range 2 {
			must(t, s.Write(ctx, func(tx *store.Tx) error {
				var n int
				if err := tx.One(ctx, store.Q(`SELECT places FROM group_test WHERE group_id = $1 {share}`), []any{1}, &n); err != nil {
					return err
				}
				return tx.One(ctx, store.Q(`SELECT places FROM group_test WHERE group_id = $1 {skip}`), []any{1}, &n)
			}))
		}
	})
}
