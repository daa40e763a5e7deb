package signin_test

import (
	"bytes"
	"testing"
	"time"

	"sluss/internal/signin"
	"sluss/internal/store"
	"sluss/internal/store/storetest"
)

func TestWhatWasTypedComesBackToTheSamePersonOnce(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		w, d, _ := at(t, s)
		ctx, area := t.Context(), w.Place.Area
		now := w.Now().Time()
		d.Clock = func() time.Time { return now }
		begin := func(who string) string {
			c, err := d.Begin(ctx, area, w.Place.Posts[who], "sv")
			if err != nil {
				t.Fatal(err)
			}
			return c
		}
		keep := func(cookie string) {
			f, err := d.Former(ctx, cookie)
			if err == nil {
				err = d.KeepTyped(ctx, f, signin.Typed{Page: "/arbete/x", Action: "/arbete/x", Fields: map[string][]string{"text": {"zzcanaryzz"}}})
			}
			if err != nil {
				t.Fatal(err)
			}
		}
		rows := func() (list [][]byte) {
			read(t, s, func(tx *store.Tx) (err error) {
				list, err = store.All(ctx, tx, store.Q(`SELECT sealed FROM typed WHERE area_id = $1`), []any{area}, func(c *store.Cursor) (b []byte, err error) {
					return b, c.Scan(&b)
				})
				return err
			})
			return list
		}
		old := begin("lena")
		now = now.Add(20 * time.Minute)
		if f, err := d.Former(ctx, old); err != nil || f.Left != 0 {
			t.Fatalf("the session goes on: %+v %v", f, err)
		}
		keep(old)
		if list := rows(); len(list) != 1 || bytes.Contains(list[0], []byte("canary")) {
			t.Fatalf("kept: %q", list)
		}
		next := begin("lena")
		if page, err := d.Carry(ctx, old, next); err != nil || page != "/arbete/x" {
			t.Errorf("leads to %q %v", page, err)
		}
		if _, session, err := d.Find(ctx, next, "test"); err != nil || !session.Typed {
			t.Errorf("nothing waits: %v", err)
		}
		if got, err := d.TakeTyped(ctx, next, "/arbete/y"); err != nil || got != nil {
			t.Errorf("on another page: %v %v", got, err)
		}
		got, err := d.TakeTyped(ctx, next, "/arbete/x")
		if err != nil || got == nil || got.Fields["text"][0] != "zzcanaryzz" {
			t.Fatalf("%+v %v", got, err)
		}
		if got, err := d.TakeTyped(ctx, next, "/arbete/x"); err != nil || got != nil || len(rows()) != 0 {
			t.Errorf("a second time: %v %v, %d rows", got, err, len(rows()))
		}

		now = now.Add(20 * time.Minute)
		keep(next)
		other := begin("karin")
		if page, err := d.Carry(ctx, next, other); err != nil || page != "" || len(rows()) != 0 {
			t.Errorf("somebody else is led to %q %v, %d rows", page, err, len(rows()))
		}

		keep(next)
		now = now.Add(31 * time.Minute)
		if page, err := d.Carry(ctx, next, begin("lena")); err != nil || page != "" {
			t.Errorf("too late, to %q %v", page, err)
		}
		if err := d.ClearTyped(ctx, area); err != nil || len(rows()) != 0 {
			t.Errorf("%d rows are left: %v", len(rows()), err)
		}

		_, who := w.Queued(t, "karin", "Qz", "Qzson", "")
		mine, err := d.BeginOwn(ctx, area, who, "sv")
		if err != nil {
			t.Fatal(err)
		}
		keep(mine)
		if err := d.End(ctx, mine); err != nil || len(rows()) != 0 {
			t.Errorf("signed out, %d rows are left: %v", len(rows()), err)
		}
		if _, err := d.Former(ctx, area.String()+".AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"); err == nil {
			t.Error("a session that never was is told of")
		}
	})
}
