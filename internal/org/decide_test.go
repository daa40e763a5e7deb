package org_test

import (
	"sync"
	"testing"
	"time"

	"sluss/internal/access"
	"sluss/internal/clock"
	"sluss/internal/demo/demotest"
	"sluss/internal/fault"
	"sluss/internal/org"
	"sluss/internal/store"
	"sluss/internal/store/storetest"
)

func TestSettingsAreChecked(t *testing.T) {
	for _, c := range []struct {
		field string
		spoil func(*org.Settings)
	}{
		{"permonth", func(s *org.Settings) { s.PerMonth = 6 }},
		{"weekday", func(s *org.Settings) { s.Weekday = time.Sunday }},
		{"weeks", func(s *org.Settings) { s.Weeks = []int{1, 1} }},
		{"at", func(s *org.Settings) { s.StartAt = "" }},
		{"until", func(s *org.Settings) { s.StartUntil = "09:30" }},
		{"places", func(s *org.Settings) { s.Places = 0 }},
		{"calls", func(s *org.Settings) { s.Calls = s.Places - 1 }},
		{"own", func(s *org.Settings) { s.OwnStartDays = 0 }},
		{"silence", func(s *org.Settings) { s.SilenceDays = 3 }},
		{"away", func(s *org.Settings) { s.AwayDays = 3 }},
		{"remind", func(s *org.Settings) { s.Remind = "always" }},
		{"offer", func(s *org.Settings) { s.OfferDays = 1 }},
		{"step1", func(s *org.Settings) { s.Steps = s.Steps[:1] }},
		{"step2", func(s *org.Settings) { s.Steps[1].Name = "" }},
	} {
		s := org.Defaults()
		if err := s.Check(); err != nil {
			t.Fatalf("the product's own settings: %v", err)
		}
		c.spoil(&s)
		if f := fault.Fields(s.Check()); len(f) == 0 || f[0].Field != c.field {
			t.Errorf("%s spoilt gives %v", c.field, f)
		}
	}
}

// now gives what the head's form would hold.
func now(t *testing.T, w *demotest.World, a *access.Actor) org.Decided {
	t.Helper()
	d := org.Decided{From: a.Today(), Why: "Fler vill börja"}
	err := w.Store.Read(t.Context(), func(tx *store.Tx) (err error) {
		if d.Seen, err = org.Seen(t.Context(), tx, a.Area(), a.Unit()); err != nil {
			return err
		}
		d.Settings, err = org.SettingsAt(t.Context(), tx, a.Area(), a.Unit(), a.Today())
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return d
}

func TestHeadDecidesFromADayOn(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		w := demotest.New(t, s)
		omar := w.Actor(t, "omar")
		d := now(t, w, omar)
		d.Places, d.Calls, d.From = 12, 15, omar.Today().Add(10)
		if err := w.Org.DecideAll(t.Context(), omar, d); err != nil {
			t.Fatal(err)
		}
		err := s.Read(t.Context(), func(tx *store.Tx) error {
			for day, want := range map[clock.Date]int{omar.Today(): 10, d.From: 12} {
				got, err := org.SettingsAt(t.Context(), tx, omar.Area(), omar.Unit(), day)
				if err != nil {
					return err
				}
				if got.Places != want {
					t.Errorf("%s has %d places, not %d", day, got.Places, want)
				}
			}
			list, err := org.Decisions(t.Context(), tx, omar.Area(), omar.Unit())
			if len(list) != 2 || list[0].By != "Omar Haddad" || list[0].Why != "Fler vill börja" {
				t.Errorf("the history tells %+v", list)
			}
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
	})
}

func TestDecisionIsRefused(t *testing.T) {
	w := demotest.New(t, storetest.Open(t, storetest.SQLite(t)))
	omar := w.Actor(t, "omar")
	d := now(t, w, omar)
	if err := w.Org.DecideAll(t.Context(), w.Actor(t, "karin"), d); !fault.Is(err, fault.Forbidden) {
		t.Errorf("a coordinator decided: %v", err)
	}
	past := d
	past.From, past.Why = omar.Today().Add(-1), " "
	if f := fault.Fields(w.Org.DecideAll(t.Context(), omar, past)); len(f) != 2 || f[0].Field != "from" || f[1].Field != "why" {
		t.Errorf("a decision for yesterday without a why gives %v", f)
	}
	d.Places, d.Calls = 9, 11
	if err := w.Org.DecideAll(t.Context(), omar, d); err != nil {
		t.Fatal(err)
	}
	d.Places = 8
	if err := w.Org.DecideAll(t.Context(), omar, d); err != fault.Stale {
		t.Errorf("a form made before another's decision: %v", err)
	}
}

func TestARoomThatSomebodyElseHasChangedIsStale(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		w := demotest.New(t, s)
		omar := w.Actor(t, "omar")
		rooms := func() (list []org.Room) {
			if err := s.Read(t.Context(), func(tx *store.Tx) (err error) {
				list, err = org.Rooms(t.Context(), tx, omar.Area(), omar.Unit(), omar.Now())
				return err
			}); err != nil {
				t.Fatal(err)
			}
			return list
		}
		read := rooms()[0]
		first, second := read, read
		first.Seats, second.Name = read.Seats+1, "Lilla salen"
		if err := w.Org.ChangeRoom(t.Context(), omar, first); err != nil {
			t.Fatal(err)
		}
		if err := w.Org.ChangeRoom(t.Context(), omar, second); err != fault.Stale {
			t.Error(err)
		}
		if now := rooms()[0]; now.Seats != first.Seats || now.Name != read.Name {
			t.Errorf("the room is %+v", now)
		}
		second.ID = 7
		if err := w.Org.ChangeRoom(t.Context(), omar, second); !fault.Is(err, fault.NotFound) {
			t.Errorf("a room that is not: %v", err)
		}
	})
}

func TestRoomsAndClosedDaysComeAndGo(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		w := demotest.New(t, s)
		omar := w.Actor(t, "omar")
		if err := w.Org.OpenRoom(t.Context(), omar, org.Room{Name: "Rum 9", Seats: 6}); err != nil {
			t.Fatal(err)
		}
		if f := fault.Fields(w.Org.OpenRoom(t.Context(), omar, org.Room{Name: "Rum  9", Seats: 0})); len(f) != 2 {
			t.Errorf("a second Rum 9 without seats gives %v", f)
		}
		first := omar.Today().Add(30)
		if err := w.Org.Close(t.Context(), omar, first, first.Add(4), "Sommarstängt"); err != nil {
			t.Fatal(err)
		}
		var room org.Room
		var closed []org.Closed
		err := s.Read(t.Context(), func(tx *store.Tx) error {
			rooms, err := org.Rooms(t.Context(), tx, omar.Area(), omar.Unit(), omar.Now())
			if err != nil {
				return err
			}
			room = rooms[len(rooms)-1]
			closed, err = org.ClosedFrom(t.Context(), tx, omar.Area(), omar.Unit(), omar.Today())
			return err
		})
		if err != nil || len(closed) != 1 || closed[0].To != first.Add(5) {
			t.Fatalf("closed %+v (%v)", closed, err)
		}
		petra := w.Actor(t, "petra")
		if err := w.Org.CloseRoom(t.Context(), petra, room.ID); !fault.Is(err, fault.Forbidden) {
			t.Errorf("a coach took a room out of use: %v", err)
		}
		results := make([]error, 2)
		var both sync.WaitGroup
		for i := range results {
			both.Go(func() { results[i] = w.Org.CloseRoom(t.Context(), omar, room.ID) })
		}
		both.Wait()
		if (results[0] == nil) == (results[1] == nil) {
			t.Errorf("twice at once: %v", results)
		}
		if err := w.Org.Reopen(t.Context(), omar, closed[0].ID, closed[0].Version); err != nil {
			t.Error(err)
		}
		if err := w.Org.Reopen(t.Context(), omar, closed[0].ID, closed[0].Version); err != fault.Stale {
			t.Errorf("opened twice: %v", err)
		}
	})
}

func TestEndedColleagueIsOutAtOnce(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		w := demotest.New(t, s)
		omar, lena := w.Actor(t, "omar"), w.Place.Posts["lena"]
		w.Participant(t, "karin", "lena", "Nour", "Darwish")
		c, err := w.Org.Colleague(t.Context(), omar, lena)
		if err != nil || c.Cases != 1 {
			t.Errorf("lena has %d participants (%v)", c.Cases, err)
		}
		if err := w.Org.EndColleague(t.Context(), omar, w.Place.Posts["petra"]); err != fault.Missing {
			t.Errorf("a post at another unit: %v", err)
		}
		if err := w.Org.EndColleague(t.Context(), omar, w.Place.Posts["omar"]); !fault.Is(err, fault.Conflict) {
			t.Errorf("the head's own post: %v", err)
		}
		if err := w.Org.EndColleague(t.Context(), w.Actor(t, "karin"), lena); !fault.Is(err, fault.Forbidden) {
			t.Errorf("by a coordinator: %v", err)
		}
		if err := w.Org.EndColleague(t.Context(), omar, lena); err != nil {
			t.Fatal(err)
		}
		err = s.Read(t.Context(), func(tx *store.Tx) error {
			keys, err := w.Vault.Area(t.Context(), tx, w.Place.Area)
			if err != nil {
				return err
			}
			_, err = access.Enter(t.Context(), tx, keys, w.Place.Area, lena, w.Now(), "test")
			return err
		})
		if !fault.Is(err, fault.Forbidden) {
			t.Errorf("an ended post still lets in: %v", err)
		}
		if err := w.Org.EndColleague(t.Context(), omar, lena); err != fault.Missing {
			t.Errorf("ended twice: %v", err)
		}
	})
}
