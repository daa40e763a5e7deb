package store

import (
	"context"
	"os"
	"path/filepath"
	"testing"
)

func TestKeptStatementsAreBounded(t *testing.T) {
	ctx := context.Background()
	s, err := Open(ctx, filepath.Join(t.TempDir(), "x.db"))
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	err = s.Write(ctx, func(tx *Tx) error {
		for i := range 2 * keptTexts {
			var n int
			if err := tx.One(ctx, Join(Q(`SELECT count(*) FROM sqlite_master WHERE rootpage IN `), In(1, 1), Q(` LIMIT `), number(i+1)), []any{1}, &n); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	if n := len(s.writer.stmts); n > keptTexts || n < keptTexts/2 {
		t.Errorf("%d statements are kept", n)
	}
}

// number is n as a text of its own.
func number(n int) SQL {
	q := Q(`1`)
	for range n {
		q.text += " "
	}
	return q
}

func TestALostConnectionIsReplacedWhenItCanBe(t *testing.T) {
	ctx := context.Background()
	s, err := Open(ctx, filepath.Join(t.TempDir(), "x.db"))
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	table := func(tx *Tx) error { _, err := tx.Exec(ctx, Q(`CREATE TABLE x (a integer)`)); return err }
	count := func(tx *Tx) error { var n int; return tx.One(ctx, Q(`SELECT count(*) FROM x`), nil, &n) }
	good := s.writer.file
	s.writer.file = file{path: filepath.Join(t.TempDir(), "missing", "x.db")}
	if s.writer.reopen() == nil {
		t.Fatal("a file in a missing folder was opened")
	}
	for range 2 {
		if s.Write(ctx, table) == nil {
			t.Error("a write without a connection says it is kept")
		}
	}
	s.writer.file = good
	if err := s.Write(ctx, table); err != nil {
		t.Errorf("with the file there again: %v", err)
	}
	if err := s.Read(ctx, count); err != nil {
		t.Error(err)
	}
}

func TestFilesAreTheOwnersOnly(t *testing.T) {
	ctx := context.Background()
	dir := t.TempDir()
	s, err := Open(ctx, filepath.Join(dir, "x.db"))
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	if err := s.Migrate(ctx); err != nil {
		t.Fatal(err)
	}
	if err := s.Backup(ctx, filepath.Join(dir, "copy.db")); err != nil {
		t.Fatal(err)
	}
	names, err := filepath.Glob(filepath.Join(dir, "*"))
	if err != nil || len(names) < 4 { // the file, its log and index, the lock, the copy
		t.Fatalf("%v, %v", names, err)
	}
	for _, name := range names {
		if i, err := os.Stat(name); err != nil || i.Mode().Perm()&0o077 != 0 {
			t.Errorf("%s: %v, %v", name, i.Mode(), err)
		}
	}
}
