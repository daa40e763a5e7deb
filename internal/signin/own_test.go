package signin_test

import (
	"errors"
	"testing"
	"time"

	"sluss/internal/signin"
	"sluss/internal/store"
	"sluss/internal/store/storetest"
)

func TestAPersonsSessionIsTheirsAndShort(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		w, d, _ := at(t, s)
		ctx, area := t.Context(), w.Place.Area
		_, who := w.Queued(t, "karin", "Qz", "Qzson", "")
		now := w.Now().Time()
		d.Clock = func() time.Time { return now }
		began := d.Clock.Now()
		cookie, err := d.BeginOwn(ctx, area, who, "ar")
		if err != nil {
			t.Fatal(err)
		}
		find := func() error {
			a, session, err := d.FindOwn(ctx, cookie, "test")
			if err == nil && a.Themself() != who {
				t.Errorf("the session is %s's", a.Themself())
			}
			if err == nil && session.Since != began {
				t.Errorf("they showed who they are at %v, and it began at %v", session.Since.Time(), began.Time())
			}
			return err
		}
		if err := find(); err != nil {
			t.Fatal(err)
		}
		if _, _, err := d.Find(ctx, cookie, "test"); !errors.Is(err, signin.ErrNone) {
			t.Errorf("a person's cookie as a worker's: %v", err)
		}
		staff, err := d.Begin(ctx, area, w.Place.Posts["karin"], "sv")
		if err != nil {
			t.Fatal(err)
		}
		if _, _, err := d.FindOwn(ctx, staff, "test"); !errors.Is(err, signin.ErrNone) {
			t.Errorf("a worker's cookie as a person's: %v", err)
		}
		now = now.Add(9 * time.Minute)
		if err := find(); err != nil {
			t.Errorf("after nine minutes: %v", err)
		}
		now = now.Add(10 * time.Minute)
		if err := find(); !errors.Is(err, signin.ErrNone) {
			t.Errorf("unused for ten minutes: %v", err)
		}
		began = d.Clock.Now()
		cookie, err = d.BeginOwn(ctx, area, who, "ar")
		if err != nil {
			t.Fatal(err)
		}
		for range 6 {
			now = now.Add(9 * time.Minute)
			if err := find(); err != nil {
				t.Errorf("used all the time: %v", err)
			}
		}
		now = now.Add(7 * time.Minute)
		if err := find(); !errors.Is(err, signin.ErrNone) {
			t.Errorf("used for an hour: %v", err)
		}
	})
}

func TestAWeededPersonsSessionIsOver(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		w, d, _ := at(t, s)
		_, who := w.Queued(t, "karin", "Qz", "Qzson", "")
		cookie, err := d.BeginOwn(t.Context(), w.Place.Area, who, "sv")
		if err != nil {
			t.Fatal(err)
		}
		write(t, s, func(tx *store.Tx) error {
			_, err := tx.Exec(t.Context(), store.Q(`UPDATE person SET weeded_at = 1 WHERE area_id = $1 AND person_id = $2`), w.Place.Area, who)
			return err
		})
		if _, _, err := d.FindOwn(t.Context(), cookie, "test"); err == nil {
			t.Error("a session of nobody is open")
		}
		if _, err := d.BeginOwn(t.Context(), w.Place.Area, who, "sv"); err == nil {
			t.Error("a session of nobody begins")
		}
	})
}
