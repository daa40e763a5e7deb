package store

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
)

// ErrDamaged tells that the database is not whole: a page, an index or a bond between rows is wrong.
var ErrDamaged = errors.New("the database is damaged")

// Verify reads the whole SQLite file and checks pages, indexes and foreign keys; ErrDamaged tells the first faults.
// PostgreSQL keeps its bonds itself and is not read through.
func (s *Store) Verify(ctx context.Context) error {
	if s.pg != nil {
		return nil
	}
	var faults []string
	err := s.Read(ctx, func(tx *Tx) (err error) {
		one := func(r *Cursor) (line string, err error) { return line, r.Scan(&line) }
		if faults, err = All(ctx, tx, SQL{"PRAGMA integrity_check(10)"}, nil, one); err != nil {
			return err
		}
		faults = slices.DeleteFunc(faults, func(line string) bool { return line == "ok" })
		bonds, err := All(ctx, tx, SQL{`SELECT 'a row in ' || "table" || ' points at nothing in ' || parent FROM pragma_foreign_key_check LIMIT 10`}, nil, one)
		faults = append(faults, bonds...)
		return err
	})
	if err == nil && len(faults) > 0 {
		err = fmt.Errorf("%w: %s", ErrDamaged, strings.Join(faults, "; "))
	}
	return err
}

// Rows counts the rows of every table, by the table's name.
func (s *Store) Rows(ctx context.Context) (map[string]int64, error) {
	q := SQL{`SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'`}
	if s.pg != nil {
		q = SQL{`SELECT tablename FROM pg_tables WHERE schemaname = current_schema()`}
	}
	rows := map[string]int64{}
	err := s.Read(ctx, func(tx *Tx) error {
		names, err := All(ctx, tx, q, nil, func(r *Cursor) (name string, err error) { return name, r.Scan(&name) })
		if err != nil {
			return err
		}
		for _, name := range names {
			var n int64
			if err := tx.One(ctx, SQL{`SELECT count(*) FROM "` + name + `"`}, nil, &n); err != nil {
				return err
			}
			rows[name] = n
		}
		return nil
	})
	return rows, err
}

// Path is the SQLite file; "" on PostgreSQL.
func (s *Store) Path() string { return s.path }
