package store_test

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"testing/fstest"

	"sluss/internal/store"
	"sluss/internal/store/storetest"
)

func TestTheSchemaIsTheSameOnBothEngines(t *testing.T) {
	dump := func(dsn string) string {
		text, err := storetest.Open(t, dsn).Schema(t.Context())
		must(t, err)
		return text
	}
	lite, post := dump(storetest.SQLite(t)), dump(storetest.Postgres(t))
	if !strings.Contains(lite, "table job primary key (area_id, job_id)") {
		t.Errorf("the job table is not in:\n%s", lite)
	}
	inPost := map[string]bool{}
	for line := range strings.Lines(post) {
		inPost[line] = true
	}
	for line := range strings.Lines(lite) {
		if !inPost[line] {
			t.Errorf("only SQLite: %s", line)
		}
		delete(inPost, line)
	}
	for line := range inPost {
		t.Errorf("only PostgreSQL: %s", line)
	}
}

// newer adds a migration with every word of the dialect to those of this release.
func newer() fstest.MapFS {
	texts := fstest.MapFS{"9998_words.sql": {Data: []byte(`-- +goose Up
CREATE TABLE words (a {int} NOT NULL, r {real} NOT NULL DEFAULT 0, b {blob}, c text NOT NULL DEFAULT 'x', d {int}, UNIQUE (d, a), PRIMARY KEY (a, c)) {strict};
CREATE TABLE refers (a {int} NOT NULL PRIMARY KEY, c text NOT NULL, FOREIGN KEY (a, c) REFERENCES words (a, c)) {strict};
CREATE INDEX refers_c ON refers (c) WHERE a > 0;
`)}}
	return texts
}

const newerSchema = `table refers column a integer not null
table refers column c text not null
table refers foreign key (a, c) references words (a, c)
table refers index (c) partial
table refers primary key (a)
table words column a integer not null
table words column b blob
table words column c text not null default 'x'
table words column d integer
table words column r real not null default 0
table words primary key (a, c)
table words unique (d, a)
`

func TestMigrationWordsBecomeEachEnginesTypes(t *testing.T) {
	for name, dsn := range emptyDatabases(t) {
		t.Run(name, func(t *testing.T) {
			s := storetest.Open(t, dsn)
			must(t, s.MigrateFrom(t.Context(), newer()))
			must(t, s.MigrateFrom(t.Context(), newer())) // again changes nothing
			got, err := s.Schema(t.Context())
			must(t, err)
			if got != newerSchema {
				t.Errorf("schema:\n%s\nwant:\n%s", got, newerSchema)
			}
			must(t, s.Write(t.Context(), func(tx *store.Tx) error {
				_, err := tx.Exec(t.Context(), store.Q(`INSERT INTO words (a, r, b) VALUES ($1, $2, $3)`), 1, 0.1, []byte{0, 255})
				return err
			}))
			var r float64
			var b []byte
			must(t, s.Read(t.Context(), func(tx *store.Tx) error {
				return tx.One(t.Context(), store.Q(`SELECT r, b FROM words WHERE a = $1`), []any{1}, &r, &b)
			}))
			if r != 0.1 || string(b) != "\x00\xff" {
				t.Errorf("r = %v, b = %x: a column is too narrow", r, b)
			}
		})
	}
}

func TestANewerSchemaIsRefused(t *testing.T) {
	for name, dsn := range emptyDatabases(t) {
		t.Run(name, func(t *testing.T) {
			s := storetest.Open(t, dsn)
			if v, err := s.Version(t.Context()); v != 0 || err != nil {
				t.Errorf("an empty database has version %d, %v", v, err)
			}
			must(t, s.MigrateFrom(t.Context(), newer()))
			if v, err := s.Version(t.Context()); v != 9998 || err != nil {
				t.Errorf("version %d, %v", v, err)
			}
			must(t, s.Close())
			if _, err := store.Open(t.Context(), dsn); !errors.Is(err, store.ErrNewer) {
				t.Errorf("open: %v", err)
			}
		})
	}
}

func TestAMigrationThatFailsLeavesTheVersionBefore(t *testing.T) {
	for name, dsn := range emptyDatabases(t) {
		t.Run(name, func(t *testing.T) {
			s := storetest.Open(t, dsn)
			texts := newer()
			texts["9999_bad.sql"] = &fstest.MapFile{Data: []byte("-- +goose Up\nCREATE TABLE half (a {int} NOT NULL PRIMARY KEY);\nCREATE NONSENSE;\n")}
			if s.MigrateFrom(t.Context(), texts) == nil {
				t.Fatal("nonsense was taken")
			}
			v, err := s.Version(t.Context())
			must(t, err)
			text, err := s.Schema(t.Context())
			must(t, err)
			if v != 9998 || strings.Contains(text, "half") {
				t.Errorf("version %d, schema:\n%s", v, text)
			}
		})
	}
}

// emptyDatabases gives one DSN per engine without a schema of ours; only SQLite with -short.
func emptyDatabases(t *testing.T) map[string]string {
	t.Helper()
	dsns := map[string]string{"sqlite": filepath.Join(t.TempDir(), "empty å?#%.db")}
	if !testing.Short() {
		dsns["postgres"] = storetest.PostgresEmpty(t)
	}
	return dsns
}

func TestASecondWriterIsRefusedAndAReaderIsNot(t *testing.T) {
	path := storetest.SQLite(t)
	first, second := storetest.Open(t, path), storetest.Open(t, path)
	must(t, first.Write(t.Context(), tables))
	group(t, first, 1, 3)
	if n := seats(t, second, 1); n != 0 {
		t.Errorf("the reader sees %d seats", n)
	}
	if err := second.Write(t.Context(), tables); !errors.Is(err, store.ErrLocked) {
		t.Errorf("write: %v", err)
	}
	if err := second.Migrate(t.Context()); !errors.Is(err, store.ErrLocked) {
		t.Errorf("migrate: %v", err)
	}
	must(t, first.Close())
	if err := fill(t.Context(), second, 1, 1); err != nil {
		t.Errorf("when the first is gone: %v", err)
	}
}

func TestABackupWhileWritingIsWhole(t *testing.T) {
	s := storetest.Open(t, storetest.SQLite(t))
	must(t, s.Write(t.Context(), tables))
	group(t, s, 1, 1<<20)
	stop, path := make(chan struct{}), filepath.Join(t.TempDir(), "copy.db")
	var wg sync.WaitGroup
	wrote := make(chan struct{}, 1)
	wg.Go(func() {
		for p := 0; ; p += 2 {
			select {
			case <-stop:
				return
			default:
			}
			must(t, s.Write(t.Context(), func(tx *store.Tx) error {
				return errors.Join(seat(t.Context(), tx, 1, p), seat(t.Context(), tx, 1, p+1))
			}))
			select {
			case wrote <- struct{}{}:
			default:
			}
		}
	})
	for range 3 {
		<-wrote
		must(t, s.Backup(t.Context(), path)) // the later ones replace the earlier
	}
	close(stop)
	wg.Wait()
	c := storetest.Open(t, path)
	if n := seats(t, c, 1); n == 0 || n%2 != 0 {
		t.Errorf("%d seats in the copy, want whole pairs", n)
	}
	integrity(t, c)
	if left, _ := filepath.Glob(path + ".part*"); len(left) > 0 {
		t.Errorf("left behind: %v", left)
	}
	if err := s.Backup(t.Context(), filepath.Join(t.TempDir(), "missing", "copy.db")); err == nil {
		t.Error("a backup into a folder that is not there says it was made")
	}
	if _, err := os.Stat(path); err != nil {
		t.Error(err)
	}
}

func integrity(t testing.TB, s *store.Store) {
	t.Helper()
	var got string
	must(t, s.Read(t.Context(), func(tx *store.Tx) error {
		return tx.One(t.Context(), store.Q(`PRAGMA integrity_check`), nil, &got)
	}))
	if got != "ok" {
		t.Errorf("integrity: %s", got)
	}
}

func TestEveryConnectionHasTheSettings(t *testing.T) {
	s := storetest.Open(t, storetest.SQLite(t))
	cache, secure := "-4096", "1" // a reader writes over nothing
	look := func(tx *store.Tx) error {
		for _, c := range []struct {
			q    store.SQL
			want string
		}{
			{store.Q(`PRAGMA journal_mode`), "wal"}, {store.Q(`PRAGMA synchronous`), "2"},
			{store.Q(`PRAGMA foreign_keys`), "1"}, {store.Q(`PRAGMA cache_size`), cache}, {store.Q(`PRAGMA busy_timeout`), "5000"},
			{store.Q(`PRAGMA secure_delete`), secure},
		} {
			var got string
			if err := tx.One(t.Context(), c.q, nil, &got); err != nil || got != c.want {
				t.Errorf("%s = %s, %v", c.q, got, err)
			}
		}
		return nil
	}
	must(t, s.Write(t.Context(), look))
	cache, secure = "-1024", "0"
	var all func(n int)
	all = func(n int) { // holds each reading connection at once
		must(t, s.Read(t.Context(), func(tx *store.Tx) error {
			if n > 1 {
				all(n - 1)
			}
			return look(tx)
		}))
	}
	all(3)
}

// first is the oldest of this release's migrations alone, as an older release had it.
func first(t *testing.T) fstest.MapFS {
	t.Helper()
	b, err := fs.ReadFile(store.Migrations, "0001_ground.sql")
	must(t, err)
	return fstest.MapFS{"0001_ground.sql": {Data: b}}
}

func TestAnOlderDatabaseIsCopiedBeforeItIsMigrated(t *testing.T) {
	path := filepath.Join(t.TempDir(), "x.db")
	s := storetest.Open(t, path)
	must(t, s.MigrateFrom(t.Context(), first(t)))
	must(t, s.Migrate(t.Context()))
	if v, err := storetest.Open(t, path+".schema-1").Version(t.Context()); err != nil || v != 1 {
		t.Errorf("the copy has schema %d, %v", v, err)
	}
	if v, err := s.Version(t.Context()); err != nil || v != store.Newest() {
		t.Errorf("the database has schema %d, %v", v, err)
	}
	must(t, s.Migrate(t.Context()))
	if copies, err := filepath.Glob(path + ".schema-?"); err != nil || len(copies) != 1 {
		t.Errorf("%v, %v: what is new already was copied too", copies, err)
	}
}
