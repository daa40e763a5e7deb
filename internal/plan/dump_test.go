package plan_test

import (
	"os"
	"testing"

	"sluss/internal/store"
	"sluss/internal/store/storetest"
)

// whole gives every row of every table on PostgreSQL.
var whole = store.Q(`SELECT c.relname || CAST(query_to_xml(format('SELECT * FROM %I t ORDER BY CAST(t AS text)', c.relname), true, false, '') AS text)
 FROM pg_class c WHERE c.relkind = 'r' AND c.relnamespace = current_schema()::regnamespace ORDER BY c.relname`)

// bases gives a database of each engine with a way to tell all that is stored in it: every row on PostgreSQL, every byte
// of its files on SQLite.
func bases(t *testing.T, f func(t *testing.T, s *store.Store, all func() string)) {
	t.Run("sqlite", func(t *testing.T) {
		path := storetest.SQLite(t)
		f(t, storetest.Open(t, path), func() string {
			base, err := os.ReadFile(path)
			if err != nil {
				t.Fatal(err)
			}
			log, err := os.ReadFile(path + "-wal")
			if err != nil && !os.IsNotExist(err) {
				t.Fatal(err)
			}
			return string(base) + string(log)
		})
	})
	if testing.Short() {
		return
	}
	t.Run("postgres", func(t *testing.T) {
		s := storetest.Open(t, storetest.Postgres(t))
		f(t, s, func() string { return rows(t, s) })
	})
}

func rows(t *testing.T, s *store.Store) (text string) {
	t.Helper()
	err := s.Read(t.Context(), func(tx *store.Tx) error {
		list, err := store.All(t.Context(), tx, whole, nil, func(r *store.Cursor) (s string, err error) {
			err = r.Scan(&s)
			return s, err
		})
		for _, l := range list {
			text += l
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return text
}
