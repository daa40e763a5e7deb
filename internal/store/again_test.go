package store_test

import (
	"context"
	"errors"
	"fmt"
	"testing"

	"sluss/internal/store"
	"sluss/internal/store/storetest"
)

func TestASerializationFailureIsRunAgain(t *testing.T) {
	s := storetest.Open(t, storetest.Postgres(t))
	ctx := t.Context()
	must(t, s.Write(ctx, tables))
	group(t, s, 1, 9)
	var tries, lasts int
	must(t, s.Write(ctx, func(tx *store.Tx) error {
		tries++
		if tx.Value("kept") != nil {
			t.Error("a value outlived its attempt")
		}
		tx.SetValue("kept", true)
		tx.Last(func(context.Context) error { lasts++; return nil })
		var n int
		if err := taken(ctx, tx, 1, &n); err != nil {
			return err
		}
		if tries == 1 {
			must(t, fill(ctx, s, 1, 7)) // another connection changes what was read
		}
		return seat(ctx, tx, 1, n)
	}))
	if tries != 2 || lasts < 1 || lasts > 2 || seats(t, s, 1) != 2 {
		t.Errorf("%d tries, %d lasts, %d seats", tries, lasts, seats(t, s, 1))
	}
}

func TestAConflictPassedOverByTheFunctionIsRunAgain(t *testing.T) {
	s := storetest.Open(t, storetest.Postgres(t))
	ctx := t.Context()
	must(t, s.Write(ctx, tables))
	group(t, s, 1, 9)
	tries := 0
	raise := func(tx *store.Tx) error {
		_, err := tx.Exec(ctx, store.Q(`UPDATE group_test SET places = places + 1 WHERE group_id = $1`), 1)
		return err
	}
	must(t, s.Write(ctx, func(tx *store.Tx) error {
		var n int
		must(t, taken(ctx, tx, 1, &n))
		if tries++; tries == 1 {
			must(t, s.Write(ctx, raise))
		}
		if raise(tx) != nil {
			return errFull // a wrong word for a conflict, drawn from a state that is gone
		}
		return nil
	}))
	if tries != 2 {
		t.Errorf("%d tries", tries)
	}
}

func TestLastRunsInTheTransactionInOrder(t *testing.T) {
	each(t, func(t *testing.T, s *store.Store) {
		group(t, s, 1, 9)
		ctx := t.Context()
		var order []int
		must(t, s.Write(ctx, func(tx *store.Tx) error {
			order = order[:0]
			tx.Last(func(ctx context.Context) error {
				order = append(order, 2)
				tx.Last(func(context.Context) error { order = append(order, 4); return nil })
				return seat(ctx, tx, 1, 1)
			})
			tx.Last(func(context.Context) error { order = append(order, 3); return nil })
			order = append(order, 1)
			return nil
		}))
		if got := fmt.Sprint(order); got != "[1 2 3 4]" || seats(t, s, 1) != 1 {
			t.Errorf("order %s, %d seats", got, seats(t, s, 1))
		}
		err := s.Write(ctx, func(tx *store.Tx) error {
			tx.Last(func(context.Context) error { return errFull })
			return seat(ctx, tx, 1, 2)
		})
		if !errors.Is(err, errFull) || seats(t, s, 1) != 1 {
			t.Errorf("err %v, %d seats: an error in Last must undo all", err, seats(t, s, 1))
		}
		err = s.Write(ctx, func(tx *store.Tx) error {
			tx.Last(func(context.Context) error { t.Error("Last ran after an error"); return nil })
			return errFull
		})
		if !errors.Is(err, errFull) {
			t.Error(err)
		}
	})
}
