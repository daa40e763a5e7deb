package store_test

import (
	"bytes"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"testing"

	"sluss/internal/store"
	"sluss/internal/store/storetest"
)

// secret is what row after row of the test below holds; no two are alike.
func secret(i int) []byte { return bytes.Repeat(fmt.Appendf(nil, "secret%06d", i), 5) }

// TestNoTraceOfWhatIsDeletedIsLeft writes, writes over and deletes for a while: pages are parted and joined, and what they held before lies in them
// still, though what is deleted is filled with zeros. With these seeds 7 and 5 traces are left where the file is not written anew.
func TestNoTraceOfWhatIsDeletedIsLeft(t *testing.T) {
	for _, seed := range []uint64{0, 4} {
		s := storetest.Open(t, storetest.SQLite(t))
		gone := churned(t, s, rand.New(rand.NewPCG(seed, 1)))
		if traces(t, s, gone) == 0 {
			t.Fatal("the search does not find what is there")
		}
		if err := s.Scrub(t.Context()); err != nil {
			t.Fatal(err)
		}
		if n := traces(t, s, gone); n > 0 {
			t.Errorf("seed %d: %d traces are left of %d secrets", seed, n, len(gone))
		}
	}
}

// churned fills a table whose rows lie in its index, and gives the secrets that no row holds any more.
func churned(t *testing.T, s *store.Store, r *rand.Rand) (gone []int) {
	t.Helper()
	do := func(f func(tx *store.Tx) error) {
		if err := s.Write(t.Context(), f); err != nil {
			t.Fatal(err)
		}
	}
	do(func(tx *store.Tx) error {
		_, err := tx.Exec(t.Context(), store.Q(`CREATE TABLE scrubbed (a INTEGER NOT NULL, b INTEGER NOT NULL, x BLOB NOT NULL, y BLOB NOT NULL, PRIMARY KEY (a, b)) STRICT, WITHOUT ROWID`))
		return err
	})
	live, last := map[int]int{}, 0
	for range 300 {
		do(func(tx *store.Tx) error {
			for range 1 + r.IntN(20) {
				k := r.IntN(900)
				was, there := live[k]
				if there {
					gone = append(gone, was)
				}
				if there && r.IntN(3) == 0 {
					delete(live, k)
					if _, err := tx.Exec(t.Context(), store.Q(`DELETE FROM scrubbed WHERE a = 1 AND b = $1`), k); err != nil {
						return err
					}
					continue
				}
				last++
				live[k] = last
				if _, err := tx.Exec(t.Context(), store.Q(`INSERT INTO scrubbed (a, b, x, y) VALUES (1, $1, $2, $3) ON CONFLICT (a, b) DO UPDATE SET x = excluded.x, y = excluded.y`),
					k, secret(last), make([]byte, r.IntN(900))); err != nil {
					return err
				}
			}
			return nil
		})
	}
	return gone
}

// traces counts in how many places of the database's files the secrets lie.
func traces(t *testing.T, s *store.Store, secrets []int) (n int) {
	t.Helper()
	files, err := filepath.Glob(s.Path() + "*")
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range files {
		b, err := os.ReadFile(f)
		if err != nil {
			t.Fatal(err)
		}
		for _, i := range secrets {
			n += bytes.Count(b, secret(i))
		}
	}
	return n
}
