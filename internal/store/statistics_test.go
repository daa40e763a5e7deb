package store_test

import (
	"strings"
	"testing"

	"sluss/internal/store"
	"sluss/internal/store/storetest"
)

// A connection keeps its plans. Of two indexes that begin with the same column an empty table gives no reason to take
// the one that finds the row.
func TestAPlanMadeOnAnEmptyTableIsMadeAnewWhenTheTableHasGrown(t *testing.T) {
	s := storetest.Open(t, storetest.Postgres(t))
	ctx := t.Context()
	run := func(list ...store.SQL) {
		t.Helper()
		must(t, s.Write(ctx, func(tx *store.Tx) error {
			for _, q := range list {
				if _, err := tx.Exec(ctx, q); err != nil {
					return err
				}
			}
			return nil
		}))
	}
	plan := func() (text string) { // one connection is enough for what comes one after the other, so it is the same
		t.Helper()
		must(t, s.Read(ctx, func(tx *store.Tx) error {
			lines, err := store.All(ctx, tx, store.Q(`EXPLAIN EXECUTE one_test (1, 7)`), nil, func(r *store.Cursor) (line string, err error) {
				err = r.Scan(&line)
				return line, err
			})
			text = strings.Join(lines, "\n")
			return err
		}))
		return text
	}
	const byKey = "Index Cond: ((area_id = $1) AND (person_id = $2))"
	run(store.Q(`CREATE TABLE kept_test (area_id bigint NOT NULL, person_id bigint NOT NULL, number bytea, words text,
			a text, b text, c text, d text, e text, f text, g text, h text, PRIMARY KEY (area_id, person_id))`),
		store.Q(`CREATE UNIQUE INDEX kept_number ON kept_test (area_id, number)`),
		store.Q(`SET plan_cache_mode = force_generic_plan`),
		store.Q(`PREPARE one_test (bigint, bigint) AS SELECT words FROM kept_test WHERE area_id = $1 AND person_id = $2`))
	if p := plan(); strings.Contains(p, byKey) {
		t.Fatal("the plan is right from the beginning, so this test shows nothing: ", p)
	}
	run(store.Q(`INSERT INTO kept_test (area_id, person_id, words) SELECT 1, g, repeat('x', 300) FROM generate_series(1, 2000) g`))
	if p := plan(); !strings.Contains(p, byKey) {
		t.Error("everybody in the area is read to find one: ", p)
	}
}

func TestATableIsCountedAnewWhenItHasDoubled(t *testing.T) {
	s := storetest.Open(t, storetest.Postgres(t))
	ctx := t.Context()
	must(t, s.Write(ctx, tables))
	next := 0
	for _, c := range []struct{ more, known int }{{499, -1}, {1, 500}, {499, 500}, {1000, 1999}} {
		must(t, s.Write(ctx, func(tx *store.Tx) error {
			for range c.more {
				next++
				if _, err := tx.Exec(ctx, store.Q(`INSERT INTO group_test (group_id, places) VALUES ($1, 1)`), next); err != nil {
					return err
				}
			}
			return nil
		}))
		var known int
		must(t, s.Read(ctx, func(tx *store.Tx) error {
			return tx.One(ctx, store.Q(`SELECT reltuples::bigint FROM pg_class WHERE oid = 'group_test'::regclass`), nil, &known)
		}))
		if known != c.known {
			t.Errorf("with %d rows %d are known, want %d", next, known, c.known)
		}
	}
}
