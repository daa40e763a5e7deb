package access_test

import (
	"testing"
	"time"

	"sluss/internal/access"
	"sluss/internal/clock"
	"sluss/internal/demo/demotest"
	"sluss/internal/fault"
	"sluss/internal/org"
	"sluss/internal/person"
	"sluss/internal/store"
	"sluss/internal/store/storetest"
)

// end ends lena's post a moment after the requests in these tests began.
func end(t *testing.T, w *demotest.World) {
	t.Helper()
	must(t, w.Store.Write(t.Context(), func(tx *store.Tx) error {
		return org.EndPost(t.Context(), tx, w.Place.Area, w.Place.Posts["lena"], w.Now().Add(40*time.Millisecond))
	}))
}

func TestARequestThatBeganBeforeThePostEndedChangesNothingAfter(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		w := demotest.New(t, s)
		_, who := w.Queued(t, "karin", "Roger", "Lindfors", "")
		lena := w.Actor(t, "lena")
		d := &person.Desk{Store: s}
		p, err := d.Open(t.Context(), lena, who, access.Identity|access.Contact|access.Health, access.ForContact)
		must(t, err)
		end(t, w)
		if err := d.Change(t.Context(), lena, p, p.Version); !fault.Is(err, fault.NotFound) {
			t.Errorf("a change after the end: %v", err)
		}
		err = s.Write(t.Context(), func(tx *store.Tx) error { return access.Unit(t.Context(), tx, lena, access.Coach) })
		if !fault.Is(err, fault.Forbidden) {
			t.Errorf("the unit's own matters after the end: %v", err)
		}
	})
}

func TestARequestThatBeganBeforeThePostEndedDoesNotEnterAfter(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		w := demotest.New(t, s)
		end(t, w)
		err := s.Read(t.Context(), func(tx *store.Tx) error {
			keys, err := w.Vault.Area(t.Context(), tx, w.Place.Area)
			must(t, err)
			_, err = access.Enter(t.Context(), tx, keys, w.Place.Area, w.Place.Posts["lena"], w.Now(), "test")
			return err
		})
		if !fault.Is(err, fault.Forbidden) {
			t.Errorf("entered: %v", err)
		}
	})
}

func TestWhoActsAtAnEarlierTimeActsThen(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		w := demotest.New(t, s)
		must(t, s.Write(t.Context(), func(tx *store.Tx) error {
			return access.Raise(t.Context(), tx, w.Place.Area, w.Now().Add(30*24*time.Hour))
		}))
		if got := w.Actor(t, "lena").Today(); got != clock.Date("2026-10-12") {
			t.Errorf("a history that is written afterwards is moved to %s", got)
		}
	})
}
