package flow

import (
	"context"
	"maps"
	"strings"
	"testing"

	"sluss/internal/clock"
	"sluss/internal/demo/demotest"
	"sluss/internal/id"
	"sluss/internal/store"
	"sluss/internal/store/storetest"
	"sluss/internal/thread"
)

// table reads a table of sums whole.
func table(t testing.TB, w *demotest.World, unit id.Unit, q store.SQL) counts {
	t.Helper()
	n := counts{}
	must(t, w.Store.Read(t.Context(), func(tx *store.Tx) error { return cells(t.Context(), tx, unit, q, []any{w.Place.Area, unit}, n.plus) }))
	maps.DeleteFunc(n, func(_ cell, v int) bool { return v == 0 })
	return n
}

var wholeDays = store.Q(`SELECT kind, on_date, code, sex, age, n FROM flow_day WHERE area_id = $1 AND unit_id = $2`)
var wholeSums = store.Q(`SELECT part || ' ' || kind, month, code, sex, age, n FROM flow_sum WHERE area_id = $1 AND unit_id = $2`)

// flat gives sums as the test reads them.
func flat(all map[sum]int) counts {
	n := counts{}
	for s, v := range all {
		s.cell.Kind = s.part + " " + s.Kind
		n[s.cell] = v
	}
	return n
}

// scratch counts the thread up to a day in one go, without the tables.
func scratch(t testing.TB, w *demotest.World, unit id.Unit, to clock.Date) counts {
	t.Helper()
	n := counts{}
	must(t, w.Store.Read(t.Context(), func(tx *store.Tx) error { return n.between(t.Context(), tx, w.Place.Area, unit, "0001-01-01", to) }))
	return n
}

// same fails unless the tables hold what the thread says up to yesterday.
func same(t testing.TB, w *demotest.World, when string) {
	t.Helper()
	for _, unit := range w.Place.Units {
		want := scratch(t, w, unit, w.Now().Date().Add(-1))
		if d := table(t, w, unit, wholeDays).minus(want); len(d) > 0 {
			t.Errorf("%s: the days differ from the thread: %v", when, d)
		}
		if d := table(t, w, unit, wholeSums).minus(flat(want.sums())); len(d) > 0 {
			t.Errorf("%s: the sums differ from the thread: %v", when, d)
		}
	}
}

func count(t testing.TB, w *demotest.World) *Desk {
	t.Helper()
	d := &Desk{Store: w.Store}
	must(t, d.Count(t.Context(), w.Place.Area, w.Now()))
	return d
}

func someone(t testing.TB, w *demotest.World, unit id.Unit, in Stock) (who id.Person, list []Event) {
	t.Helper()
	must(t, w.Store.Read(t.Context(), func(tx *store.Tx) error {
		all, err := waysBetween(t.Context(), tx, w.Place.Area, unit, "0001-01-01", w.Now().Date())
		for _, x := range all {
			if c := Follow(x.events); c[len(c)-1].To == in {
				who, list = x.person, x.events
			}
		}
		return err
	}))
	if who == 0 {
		t.Fatalf("nobody is in %q", in)
	}
	return who, list
}

func tell(t testing.TB, w *demotest.World, unit id.Unit, who id.Person, e planned) {
	t.Helper()
	must(t, w.Store.Write(t.Context(), func(tx *store.Tx) error {
		return thread.Write(t.Context(), tx, w.Place.Area, thread.Event{Person: who, On: e.On, At: w.Now(), Kind: e.Kind, Code: e.Code, Unit: unit, Ref: e.Ref})
	}))
}

func marks(t testing.TB, w *demotest.World) (n int) {
	t.Helper()
	must(t, w.Store.Read(t.Context(), func(tx *store.Tx) error {
		list, err := thread.Marks(t.Context(), tx, w.Place.Area, 100)
		n = len(list)
		return err
	}))
	return n
}

func TestClosedDaysEqualTheThreadAlsoWhenThePastChanges(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		w := demotest.New(t, s)
		unit, other := w.Place.Units["Vuxenslussen"], w.Place.Units["Ungdomsslussen"]
		play(t, w, "karin", 60, 8, 8, 0)
		play(t, w, "ida", 25, 8, 4, 0)
		count(t, w)
		same(t, w, "closed")
		past := w.Now().Date().Add(-40)
		waits, _ := someone(t, w, unit, Waiting)
		tell(t, w, unit, waits, planned{past, thread.Begun, "", 0})
		tell(t, w, unit, waits, planned{past.Add(-100), thread.Referred, "egen", 0})
		out, list := someone(t, w, unit, Outside)
		tell(t, w, unit, out, planned{w.Now().Date(), thread.ExitUndone, "", list[len(list)-1].Ref})
		in, _ := someone(t, w, other, Step(2))
		tell(t, w, other, in, planned{past, thread.Left, "work", 7})
		tell(t, w, other, in, planned{past.Add(9), thread.Referred, "remiss+return", 8})
		if marks(t, w) != 5 {
			t.Errorf("%d marks, want 5", marks(t, w))
		}
		d := count(t, w)
		if marks(t, w) != 0 {
			t.Error("marks are left after counting")
		}
		same(t, w, "the past changed")
		w.Pass(3)
		count(t, w)
		same(t, w, "three days later")
		before := table(t, w, unit, wholeDays)
		must(t, d.Rebuild(t.Context(), w.Place.Area, w.Now(), func(clock.Date) {}))
		same(t, w, "made from nothing")
		if len(before.minus(table(t, w, unit, wholeDays))) > 0 {
			t.Error("made from nothing, the days are others")
		}
	})
}

func TestARebuildGoesOnWhereItWasStopped(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		w := demotest.New(t, s)
		play(t, w, "karin", 40, 6, 8, 0)
		d := count(t, w)
		ctx, stop := context.WithCancel(t.Context())
		pieces := 0
		err := d.Rebuild(ctx, w.Place.Area, w.Now(), func(clock.Date) {
			if pieces++; pieces == 9 {
				stop()
			}
		})
		if err == nil {
			t.Fatal("the rebuild was not stopped")
		}
		f, err := d.See(t.Context(), w.Actor(t, "karin"), w.Place.Units["Vuxenslussen"], 6)
		must(t, err)
		must(t, d.Count(t.Context(), w.Place.Area, w.Now()))
		same(t, w, "resumed")
		g, err := d.See(t.Context(), w.Actor(t, "karin"), w.Place.Units["Vuxenslussen"], 6)
		must(t, err)
		if f.Year.Arrived == 0 || f.Year.Arrived != g.Year.Arrived || f.Now().InLine() != g.Now().InLine() {
			t.Errorf("half built the figures are %+v, then %+v", f.Year, g.Year)
		}
	})
}

func TestOnlyMovesInThePastAreMarked(t *testing.T) {
	w := demotest.New(t, storetest.Open(t, storetest.SQLite(t)))
	_, who := w.Queued(t, "karin", "Anna", "Ek", "")
	unit, today := w.Place.Units["Vuxenslussen"], w.Now().Date()
	for _, e := range []planned{{today, thread.Called, "", 0}, {today.Add(-3), thread.Met, "", 0}, {today.Add(2), thread.Present, "", 0}} {
		tell(t, w, unit, who, e)
	}
	if n := marks(t, w); n != 0 {
		t.Errorf("%d marks without a change of the past", n)
	}
	tell(t, w, unit, who, planned{today.Add(-1), thread.Booked, "alone", 0})
	if n := marks(t, w); n != 1 {
		t.Errorf("%d marks, want 1", n)
	}
	for _, k := range thread.Kinds {
		if got := strings.Contains(thread.Moving, "'"+string(k)+"'"); got != k.Moves() {
			t.Errorf("Moves of %s is %v, Moving says %v", k, k.Moves(), got)
		}
	}
}

func TestTwoWhoCountAtOnceCountOnce(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		w := demotest.New(t, s)
		play(t, w, "karin", 40, 6, 8, 0)
		d := &Desk{Store: s}
		failed := make(chan error, 3)
		for range 3 {
			go func() { failed <- d.Count(t.Context(), w.Place.Area, w.Now()) }()
		}
		for range 3 {
			must(t, <-failed)
		}
		same(t, w, "counted by three")
	})
}
