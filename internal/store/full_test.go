package store_test

import (
	"errors"
	"testing"

	"sluss/internal/fault"
	"sluss/internal/store"
)

// TestAFullDiskIsToldApartOnBothEngines: SQLite is given no more pages; PostgreSQL says of itself what it says when its disk is
// full. Another failure is not taken for one.
func TestAFullDiskIsToldApartOnBothEngines(t *testing.T) {
	each(t, func(t *testing.T, s *store.Store) {
		ctx := t.Context()
		no, room := store.Q(`PRAGMA max_page_count = 1`), store.Q(`PRAGMA max_page_count = 1000000`)
		do := func(q store.SQL, args ...any) error {
			return s.Write(ctx, func(tx *store.Tx) error {
				_, err := tx.Exec(ctx, q, args...)
				return err
			})
		}
		write := func(id int) error {
			return do(store.Q(`INSERT INTO group_test (group_id, places) SELECT $1 * 100000 + a.n * 100 + b.n, 1 FROM
			  (SELECT 1 AS n UNION ALL SELECT 2 UNION ALL SELECT 3) a CROSS JOIN (SELECT 1 AS n UNION ALL SELECT 2 UNION ALL SELECT 3) b`), id)
		}
		var err error
		if s.Postgres() {
			err = do(store.Q(`DO $$ BEGIN RAISE EXCEPTION 'no space left on device' USING ERRCODE = '53100'; END $$`))
		} else {
			must(t, do(no))
			for id := 1; err == nil && id < 5000; id++ {
				err = write(id)
			}
			must(t, do(room))
		}
		if !errors.Is(err, store.ErrFull) || !fault.Is(err, fault.Unavailable) {
			t.Errorf("a full disk: %v", err)
		}
		must(t, write(6000))
		if err := write(6000); err == nil || errors.Is(err, store.ErrFull) {
			t.Errorf("the same rows twice: %v", err)
		}
	})
}
