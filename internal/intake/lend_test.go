package intake_test

import (
	"testing"

	"sluss/internal/access"
	"sluss/internal/clock"
	"sluss/internal/demo/demotest"
	"sluss/internal/fault"
	"sluss/internal/intake"
	"sluss/internal/org"
	"sluss/internal/person"
	"sluss/internal/store"
	"sluss/internal/store/storetest"
)

func TestWhatIsLentEndsWithTheLendersOwnPost(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		w, d := demotest.New(t, s), &intake.Desk{Store: s}
		who := w.Participant(t, "ida", "petra", "Samira", "Haddad")
		petra, samar := w.Place.Posts["petra"], w.Place.Posts["samar"]
		today := w.Now().Date()
		must(t, s.Write(t.Context(), func(tx *store.Tx) error {
			return access.Lend(t.Context(), tx, w.Place.Area, petra, samar, clock.Span{From: today, To: today.Add(30)}, w.Now())
		}))
		sees := func() error {
			_, err := (&person.Desk{Store: s}).Open(t.Context(), w.Actor(t, "samar"), who, access.Identity, access.ForContact)
			return err
		}
		must(t, sees())
		must(t, s.Write(t.Context(), func(tx *store.Tx) error { return org.EndPost(t.Context(), tx, w.Place.Area, petra, w.Now()) }))
		if err := sees(); !fault.Is(err, fault.NotFound) {
			t.Errorf("the cover goes on: %v", err)
		}
		if err := d.Lend(t.Context(), w.Actor(t, "ida"), petra, w.Place.Posts["ida"], clock.Span{From: today, To: today.Add(30)}); !fault.Is(err, fault.Conflict) {
			t.Errorf("lent from a post that has ended: %v", err)
		}
	})
}
