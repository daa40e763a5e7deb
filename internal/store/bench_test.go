package store_test

import (
	"testing"

	"sluss/internal/store"
	"sluss/internal/store/storetest"
)

func BenchmarkReadOneRow(b *testing.B) {
	ctx := b.Context()
	s := storetest.Open(b, storetest.SQLite(b))
	must(b, s.Write(ctx, tables))
	must(b, change(ctx, s, 1))
	q := store.Q(`SELECT places FROM group_test WHERE group_id = $1`)
	b.ReportAllocs()
	for b.Loop() {
		var n int
		must(b, s.Read(ctx, func(tx *store.Tx) error { return tx.One(ctx, q, []any{1}, &n) }))
	}
}

func BenchmarkOneRowInsideARead(b *testing.B) {
	ctx := b.Context()
	s := storetest.Open(b, storetest.SQLite(b))
	must(b, s.Write(ctx, tables))
	must(b, change(ctx, s, 1))
	q := store.Q(`SELECT places FROM group_test WHERE group_id = $1`)
	b.ReportAllocs()
	must(b, s.Read(ctx, func(tx *store.Tx) error {
		for b.Loop() {
			var n int
			must(b, tx.One(ctx, q, []any{1}, &n))
		}
		return nil
	}))
}

func BenchmarkWriteBySixteen(b *testing.B) {
	ctx := b.Context()
	s := storetest.Open(b, storetest.SQLite(b))
	must(b, s.Write(ctx, tables))
	must(b, change(ctx, s, 0))
	q := store.Q(`UPDATE group_test SET places = places + 1 WHERE group_id = $1`)
	b.SetParallelism(8) // times two processors
	b.ReportAllocs()
	b.RunParallel(func(pb *testing.PB) {
		for pb.Next() {
			must(b, s.Write(ctx, func(tx *store.Tx) error { _, err := tx.Exec(ctx, q, 0); return err }))
		}
	})
}

func BenchmarkFreshSQLite(b *testing.B) {
	for b.Loop() {
		must(b, storetest.Open(b, storetest.SQLite(b)).Close())
	}
}

func BenchmarkFreshPostgres(b *testing.B) {
	for b.Loop() {
		must(b, storetest.Open(b, storetest.Postgres(b)).Close())
	}
}
