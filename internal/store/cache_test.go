package store

import (
	"context"
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
