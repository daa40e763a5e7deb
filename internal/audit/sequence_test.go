package audit_test

import (
	"errors"
	"fmt"
	"sync"
	"testing"

	"golang.org/x/mod/sumdb/tlog"

	"sluss/internal/audit"
	"sluss/internal/demo/demotest"
	"sluss/internal/id"
	"sluss/internal/store"
	"sluss/internal/store/storetest"
)

// written puts so many disclosures into the log, by lena, of one person each.
func written(t *testing.T, s *store.Store, w *demotest.World, n int) id.Area {
	t.Helper()
	return writtenOf(t, s, w, n, nil)
}

// writtenOf does the same with the people in turn, so that their index leads to the rows.
func writtenOf(t *testing.T, s *store.Store, w *demotest.World, n int, people []audit.Person) id.Area {
	t.Helper()
	a := w.Actor(t, "lena")
	epoch, _ := a.Shown()
	err := s.Write(t.Context(), func(tx *store.Tx) error {
		for i := range n {
			d := shown(a, i%2 == 0, i%50, 1)
			if len(people) > 0 {
				d.People = []audit.Person{people[i%len(people)], people[(i+1)%len(people)]}
			}
			if err := audit.Write(t.Context(), tx, epoch, []audit.Disclosure{d}); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return a.Area()
}

func sequenced(t *testing.T, s *store.Store, area id.Area) (n int) {
	t.Helper()
	for {
		m, err := audit.Sequence(t.Context(), s, area)
		if err != nil {
			t.Fatal(err)
		}
		if n += m; m == 0 {
			return n
		}
	}
}

// figure reads one number.
func figure(t *testing.T, s *store.Store, q store.SQL, args ...any) (n int64) {
	t.Helper()
	if err := s.Read(t.Context(), func(tx *store.Tx) error { return tx.One(t.Context(), q, args, &n) }); err != nil {
		t.Fatal(err)
	}
	return n
}

func tampered(t *testing.T, s *store.Store, q store.SQL, args ...any) {
	t.Helper()
	err := s.Write(t.Context(), func(tx *store.Tx) error {
		n, err := tx.Exec(t.Context(), q, args...)
		if err == nil && n == 0 {
			err = errors.New("nothing was changed")
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
}

// whole fails unless positions are 0, 1, 2 …, and the head and every stored hash are those of RFC 6962.
func whole(t *testing.T, s *store.Store, area id.Area) {
	t.Helper()
	var stored []tlog.Hash
	reader := tlog.HashReaderFunc(func(numbers []int64) (list []tlog.Hash, err error) {
		for _, n := range numbers {
			list = append(list, stored[n])
		}
		return list, nil
	})
	err := s.Read(t.Context(), func(tx *store.Tx) error {
		var size int64
		var root []byte
		if err := tx.One(t.Context(), store.Q(`SELECT size, root FROM disclosure_tree WHERE area_id = $1`), []any{area}, &size, &root); err != nil {
			return err
		}
		kept, err := store.All(t.Context(), tx, store.Q(`SELECT hash FROM disclosure_hash WHERE area_id = $1 ORDER BY number`), []any{area},
			func(c *store.Cursor) (b []byte, err error) { return b, c.Scan(&b) })
		if err != nil {
			return err
		}
		leaves, err := audit.Leaves(t.Context(), tx, area)
		if err != nil {
			return err
		}
		for i, leaf := range leaves {
			more, err := tlog.StoredHashes(int64(i), leaf, reader)
			if err != nil {
				return err
			}
			stored = append(stored, more...)
		}
		if int(size) != len(leaves) || len(kept) != len(stored) {
			return fmt.Errorf("size %d and %d hashes for %d rows", size, len(kept), len(leaves))
		}
		for i := range stored {
			if string(stored[i][:]) != string(kept[i]) {
				return fmt.Errorf("hash %d is another", i)
			}
		}
		if want, err := tlog.TreeHash(size, reader); err != nil || string(want[:]) != string(root) {
			return fmt.Errorf("the root is another: %v", err)
		}
		return nil
	})
	if err != nil {
		t.Error(err)
	}
}

var unplaced = store.Q(`SELECT count(*) FROM disclosure WHERE area_id = $1 AND position IS NULL`)

func TestEveryDisclosureGetsAPositionInTheOrderOfEpochAndId(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		area := written(t, s, demotest.New(t, s), 1203)
		all := figure(t, s, unplaced, area)
		if n := sequenced(t, s, area); int64(n) != all || figure(t, s, unplaced, area) != 0 {
			t.Errorf("%d of %d were given a position", n, all)
		}
		whole(t, s, area)
		turned := figure(t, s, store.Q(`SELECT count(*) FROM disclosure a JOIN disclosure b ON b.area_id = a.area_id AND b.position = a.position + 1
		  WHERE a.area_id = $1 AND (b.epoch < a.epoch OR b.epoch = a.epoch AND b.disclosure_id < a.disclosure_id)`), area)
		if turned != 0 {
			t.Errorf("%d rows stand after one of a later epoch or id", turned)
		}
	})
}

func TestTheTreeGrowsByAnyNumberOfRows(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		w := demotest.New(t, s)
		for _, n := range []int{1, 2, 3, 5, 0, 7, 64, 1} {
			area := written(t, s, w, n)
			sequenced(t, s, area)
			whole(t, s, area)
		}
	})
}

func TestTwoWhoSequenceAtOnceMakeOneTree(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		w := demotest.New(t, s)
		area := written(t, s, w, 2600)
		all := figure(t, s, unplaced, area)
		var wg sync.WaitGroup
		given := make([]int, 3)
		for i := range given {
			wg.Go(func() {
				for figure(t, s, unplaced, area) > 0 {
					n, err := audit.Sequence(t.Context(), s, area)
					if err != nil {
						t.Error(err)
						return
					}
					given[i] += n
				}
			})
		}
		wg.Wait()
		if sum := given[0] + given[1] + given[2]; int64(sum) != all {
			t.Errorf("%v: positions were given to %d of %d", given, sum, all)
		}
		whole(t, s, area)
	})
}

func TestASequencerThatIsCutOffLeavesNothingHalf(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		w := demotest.New(t, s)
		area := written(t, s, w, 40)
		sequenced(t, s, area)
		written(t, s, w, 40)
		next := figure(t, s, store.Q(`SELECT count(*) FROM disclosure_hash WHERE area_id = $1`), area)
		// the very last statement of the transaction fails: the hashes cannot be kept
		tampered(t, s, store.Q(`INSERT INTO disclosure_hash (area_id, number, hash) VALUES ($1, $2, $3)`), area, next+60, make([]byte, 32))
		if _, err := audit.Sequence(t.Context(), s, area); err == nil {
			t.Fatal("the sequencer was not cut off")
		}
		if n := figure(t, s, unplaced, area); n != 40 {
			t.Errorf("%d rows wait after the cut", n)
		}
		tampered(t, s, store.Q(`DELETE FROM disclosure_hash WHERE area_id = $1 AND number = $2`), area, next+60)
		if n := sequenced(t, s, area); n != 40 {
			t.Errorf("%d rows were placed by the next", n)
		}
		whole(t, s, area)
	})
}
