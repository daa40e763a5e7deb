package person_test

import (
	"os"
	"testing"

	"sluss/internal/demo/demotest"
	"sluss/internal/fault"
	"sluss/internal/person"
	"sluss/internal/store"
	"sluss/internal/store/storetest"
)

func TestSomebodySpeaksForAPersonUntilItEnds(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		w := demotest.New(t, s)
		_, who := w.Queued(t, "karin", "Samira", "Haddad", "")
		d := &person.Desk{Store: s}
		r := person.Representative{Kind: "godman", Name: "Britta Ek", Phone: "070-174 06 30", Scope: "Ekonomi och kontakt med myndigheter"}
		if err := d.Represent(t.Context(), w.Actor(t, "ida"), who, r); !fault.Is(err, fault.NotFound) {
			t.Fatal("another unit may not: ", err)
		}
		if err := d.Represent(t.Context(), w.Actor(t, "lena"), who, person.Representative{Kind: "aunt"}); len(fault.Fields(err)) != 3 {
			t.Fatal(err)
		}
		if err := d.Represent(t.Context(), w.Actor(t, "lena"), who, r); err != nil {
			t.Fatal(err)
		}
		list, err := d.RepresentativesOf(t.Context(), w.Actor(t, "lena"), who)
		if err != nil || len(list) != 1 || list[0].Name != "Britta Ek" || list[0].Ended {
			t.Fatalf("%+v %v", list, err)
		}
		end := func() error { return d.EndRepresentative(t.Context(), w.Actor(t, "lena"), who, list[0].ID, 1) }
		if err := end(); err != nil {
			t.Fatal(err)
		}
		if err := end(); !fault.Is(err, fault.Conflict) {
			t.Fatal("ended twice: ", err)
		}
		list, err = d.RepresentativesOf(t.Context(), w.Actor(t, "lena"), who)
		if err != nil || !list[0].Ended {
			t.Fatalf("%+v %v", list, err)
		}
	})
}

func TestNamesakesAreThoseOneMaySeeWithTheSameNameAndYear(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		w := demotest.New(t, s)
		w.Queued(t, "karin", "Samira", "Haddad", "")
		d := &person.Desk{Store: s}
		for _, c := range []struct {
			worker, given string
			want          int
		}{{"karin", "Samira", 1}, {"karin", "Sam", 0}, {"ida", "Samira", 0}} {
			hits, err := d.Namesakes(t.Context(), w.Actor(t, c.worker), person.Identity{Given: c.given, Family: "Haddad"})
			if err != nil || len(hits) != c.want {
				t.Errorf("%s %s: %v %v", c.worker, c.given, hits, err)
			}
		}
	})
}

func TestMain(m *testing.M) { os.Exit(storetest.Main(m)) }
