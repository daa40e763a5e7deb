package org_test

import (
	"testing"

	"sluss/internal/access"
	"sluss/internal/clock"
	"sluss/internal/demo/demotest"
	"sluss/internal/fault"
	"sluss/internal/id"
	"sluss/internal/org"
	"sluss/internal/store"
	"sluss/internal/store/storetest"
)

func TestARoleIsForItsKindOfUnit(t *testing.T) {
	w := demotest.New(t, storetest.Open(t, storetest.SQLite(t)))
	gateway, sender := w.Place.Units["Vuxenslussen"], w.Place.Senders["Ekonomiskt bistånd"]
	for _, c := range []struct {
		unit id.Unit
		role access.Role
		ok   bool
	}{{gateway, access.Coach, true}, {gateway, access.Officer, false}, {sender, access.Officer, true}, {sender, access.Head, false}, {sender, access.Coach, false}} {
		err := w.Store.Write(t.Context(), func(tx *store.Tx) error {
			worker := id.NewWorker(w.Now())
			if err := w.Org.AddWorker(t.Context(), tx, w.Place.Area, worker, "Ny Person", "ny@ekhamra.example", ""); err != nil {
				return err
			}
			return org.AddPost(t.Context(), tx, w.Place.Area, org.Post{ID: id.NewPost(w.Now()), Worker: worker, Unit: c.unit, Role: c.role, From: w.Now().Date(), To: clock.Forever})
		})
		if (err == nil) != c.ok || err != nil && fault.Fields(err) == nil {
			t.Errorf("role %d at unit %v: %v", c.role, c.unit, err)
		}
	}
}
