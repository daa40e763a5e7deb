package person_test

import (
	"testing"

	"sluss/internal/access"
	"sluss/internal/demo/demotest"
	"sluss/internal/fault"
	"sluss/internal/person"
	"sluss/internal/store"
	"sluss/internal/store/storetest"
)

func TestOfTwoRecordsThatAreOnePersonsOnlyWhoMaySeeBothSeesEither(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		w := demotest.New(t, s)
		_, one := w.Queued(t, "karin", "Roger", "Lindfors", "")
		_, two := w.Queued(t, "karin", "Roger", "Lindfors", "")
		_, third := w.Queued(t, "karin", "Rogge", "Lindfors", "")
		d := &person.Desk{Store: s}
		open := func(key string, who person.ID) error {
			_, err := d.Open(t.Context(), w.Actor(t, key), who, access.Identity, access.ForContact)
			return err
		}
		if err := d.Merge(t.Context(), w.Actor(t, "lena"), one, two); !fault.Is(err, fault.Forbidden) {
			t.Errorf("a coach merges: %v", err)
		}
		must(t, d.Merge(t.Context(), w.Actor(t, "omar"), one, two))
		must(t, d.Merge(t.Context(), w.Actor(t, "omar"), two, third))
		for _, who := range []person.ID{one, two, third} {
			must(t, open("lena", who))
		}
		must(t, s.Write(t.Context(), func(tx *store.Tx) error {
			return access.Untie(t.Context(), tx, w.Place.Area, third, w.Place.Units["Vuxenslussen"], w.Now().Date(), w.Now())
		}))
		for _, who := range []person.ID{one, two, third} {
			if err := open("lena", who); !fault.Is(err, fault.NotFound) {
				t.Errorf("the third record is no longer the unit's, and %s opens: %v", who, err)
			}
		}
	})
}

func TestRecordsThatArePartedAreSeenEachByItself(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		w := demotest.New(t, s)
		_, one := w.Queued(t, "karin", "Roger", "Lindfors", "")
		_, two := w.Queued(t, "karin", "Rogge", "Lindfors", "")
		_, third := w.Queued(t, "karin", "R", "Lindfors", "")
		d := &person.Desk{Store: s}
		for _, other := range []person.ID{two, third} {
			must(t, d.Merge(t.Context(), w.Actor(t, "omar"), one, other))
		}
		r, err := d.Records(t.Context(), w.Actor(t, "lena"), two)
		if must(t, err); len(r.Others) != 2 || !r.Person.Merged {
			t.Fatalf("the records of one are %+v", r)
		}
		if err := d.Part(t.Context(), w.Actor(t, "karin"), two); !fault.Is(err, fault.Forbidden) {
			t.Errorf("who coordinates parts: %v", err)
		}
		must(t, d.Part(t.Context(), w.Actor(t, "omar"), two))
		if err := d.Part(t.Context(), w.Actor(t, "omar"), two); !fault.Is(err, fault.Conflict) {
			t.Errorf("parted twice: %v", err)
		}
		must(t, s.Write(t.Context(), func(tx *store.Tx) error {
			return access.Untie(t.Context(), tx, w.Place.Area, third, w.Place.Units["Vuxenslussen"], w.Now().Date(), w.Now())
		}))
		if r, err = d.Records(t.Context(), w.Actor(t, "lena"), two); err != nil || len(r.Others) != 0 || r.Person.Merged {
			t.Errorf("the one that was parted: %+v, %v", r, err)
		}
		if _, err := d.Records(t.Context(), w.Actor(t, "lena"), one); !fault.Is(err, fault.NotFound) {
			t.Errorf("the one that is still merged with what may not be seen: %v", err)
		}
	})
}
