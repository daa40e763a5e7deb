package intake_test

import (
	"os"
	"testing"

	"sluss/internal/access"
	"sluss/internal/clock"
	"sluss/internal/demo/demotest"
	"sluss/internal/fault"
	"sluss/internal/store"
	"sluss/internal/store/storetest"
)

func TestMain(m *testing.M) { os.Exit(storetest.Main(m)) }

func TestOnlyTheUnitSeesItsPeople(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		w := demotest.New(t, s)
		who := w.Participant(t, "karin", "lena", "Samira", "Haddad")
		for key, sees := range map[string]bool{"lena": true, "karin": true, "omar": true, "ida": false, "petra": false} {
			a := w.Actor(t, key)
			err := s.Read(t.Context(), func(tx *store.Tx) error {
				_, err := access.Open(t.Context(), tx, a, who, access.Identity, access.Read, access.ForContact)
				return err
			})
			if sees && err != nil || !sees && !fault.Is(err, fault.NotFound) {
				t.Errorf("%s: %v", key, err)
			}
		}
	})
}

func must(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// spanOf is the months ahead of the actor's day.
func spanOf(a *access.Actor) clock.Span {
	return clock.Span{From: a.Today(), To: a.Today().AddMonths(4)}
}
