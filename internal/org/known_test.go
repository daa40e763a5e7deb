package org_test

import (
	"testing"

	"sluss/internal/demo/demotest"
	"sluss/internal/org"
	"sluss/internal/store"
	"sluss/internal/store/storetest"
)

func TestAChangeOfTheOrganisationShowsAtTheNextRequest(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		w := demotest.New(t, s)
		d := &org.Desk{Store: s}
		before, err := d.Names(t.Context(), w.Actor(t, "lena"))
		if err != nil {
			t.Fatal(err)
		}
		a := w.Actor(t, "lena")
		err = s.Write(t.Context(), func(tx *store.Tx) error {
			if err := org.AddRoom(t.Context(), tx, a.Area(), a.Unit(), org.Room{ID: 77, Name: "Ljusgården", Seats: 4}); err != nil {
				return err
			}
			return org.EndPost(t.Context(), tx, a.Area(), w.Actor(t, "samar").Post(), w.Now())
		})
		if err != nil {
			t.Fatal(err)
		}
		after, err := d.Names(t.Context(), w.Actor(t, "lena"))
		if err != nil {
			t.Fatal(err)
		}
		if before.Room(77) != "" || after.Room(77) != "Ljusgården" {
			t.Errorf("the room is called %q and then %q", before.Room(77), after.Room(77))
		}
		if len(after.Posts) != len(before.Posts)-1 {
			t.Errorf("%d live posts and then %d", len(before.Posts), len(after.Posts))
		}
	})
}
