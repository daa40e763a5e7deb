package forecast_test

import (
	"fmt"
	"os"
	"testing"

	"sluss/internal/clock"
	"sluss/internal/demo/demotest"
	"sluss/internal/fault"
	"sluss/internal/forecast"
	"sluss/internal/id"
	"sluss/internal/person"
	"sluss/internal/store"
	"sluss/internal/store/storetest"
	"sluss/internal/thread"
)

func TestMain(m *testing.M) { os.Exit(storetest.Main(m)) }

// lived writes a way of everyone's for a year and a half: so many come a month, and go through the steps.
func lived(t *testing.T, w *demotest.World, perMonth int) {
	t.Helper()
	a := w.Actor(t, "karin")
	first := a.Today().AddMonths(-18)
	for i := range 18 * perMonth {
		_, who := w.Queued(t, "karin", "Person", fmt.Sprint("Nummer", i), "")
		came := first.Add(i * 30 / perMonth)
		if err := w.Store.Write(t.Context(), func(tx *store.Tx) error { return way(t, w, tx, who, came, i) }); err != nil {
			t.Fatal(err)
		}
	}
}

func way(t *testing.T, w *demotest.World, tx *store.Tx, who id.Person, came clock.Date, i int) error {
	a := w.Actor(t, "karin")
	for _, x := range []struct {
		after int
		kind  thread.Kind
		code  string
	}{{0, thread.Referred, "egen"}, {20, thread.Present, ""}, {25, thread.Booked, "group"}, {30 + i%9, thread.Begun, ""}, {80 + i%40, thread.StepMoved, "2"},
		{150 + i%50, thread.StepMoved, "3"}, {230 + i%60, thread.Left, []string{"work", "studies", "other:moved"}[i%3]}} {
		on := came.Add(x.after)
		if on > a.Today() {
			return nil
		}
		if err := thread.Write(t.Context(), tx, a.Area(), thread.Event{Person: who, On: on, At: on.At("10:00"), Kind: x.kind, Code: x.code, Unit: a.Unit(), Post: a.Post(), Ref: int64(i + 1)}); err != nil {
			return err
		}
	}
	return nil
}

func TestASavedFutureIsKeptChangedAndForgotten(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		w := demotest.New(t, s)
		d := &forecast.Desk{Store: s}
		unit := w.Place.Units["Vuxenslussen"]
		third := forecast.Scenario{Starts: 3, From: w.Now().Date().AddMonths(2), Arrivals: -10, Open: "1k", Led: "2k", Leaders: 2}
		made, err := d.Save(t.Context(), w.Actor(t, "karin"), "  En tredje  start ", third)
		if err != nil {
			t.Fatal(err)
		}
		list, err := d.Saved(t.Context(), w.Actor(t, "lena"), unit)
		if err != nil || len(list) != 1 || list[0].Scenario != third || list[0].Name != "En tredje start" {
			t.Fatalf("%+v %v", list, err)
		}
		again, err := d.Save(t.Context(), w.Actor(t, "lena"), "En tredje start", forecast.Scenario{Starts: 4})
		if err != nil || again != made {
			t.Fatal("the same name made another", err)
		}
		if err := d.Forget(t.Context(), w.Actor(t, "lena"), made, 1); !fault.Is(err, fault.Conflict) {
			t.Error("a stale one is forgotten:", err)
		}
		if err := d.Forget(t.Context(), w.Actor(t, "petra"), made, 2); !fault.Is(err, fault.Conflict) {
			t.Error("another unit forgets it:", err)
		}
		if _, err := d.Saved(t.Context(), w.Actor(t, "petra"), unit); !fault.Is(err, fault.NotFound) {
			t.Error("another unit reads it:", err)
		}
		if _, err := d.Save(t.Context(), w.Actor(t, "britt"), "x", third); !fault.Is(err, fault.Forbidden) {
			t.Error("the reception saves:", err)
		}
		if form := fault.Fields(errOf(d.Save(t.Context(), w.Actor(t, "karin"), "", forecast.Scenario{Places: -1}))); len(form) != 2 {
			t.Error("neither name nor number:", form)
		}
		if form := fault.Fields(errOf(d.Save(t.Context(), w.Actor(t, "karin"), "Utan 19751017-9281", third))); len(form) != 1 || form[0].Key != "form.personal" {
			t.Error("a name that everybody may read holds somebody's number:", form)
		}
		if err := d.Forget(t.Context(), w.Actor(t, "karin"), made, 2); err != nil {
			t.Error(err)
		}
	})
}

func TestASavedFutureWhoseFirstDayHasBeenHoldsAtOnce(t *testing.T) {
	w := demotest.New(t, storetest.Open(t, storetest.SQLite(t)))
	d, unit := &forecast.Desk{Store: w.Store}, w.Place.Units["Vuxenslussen"]
	if _, err := d.Save(t.Context(), w.Actor(t, "karin"), "En tredje start", forecast.Scenario{Starts: 3, From: w.Now().Date().Add(1)}); err != nil {
		t.Fatal(err)
	}
	w.Pass(2)
	list, err := d.Saved(t.Context(), w.Actor(t, "karin"), unit)
	if err != nil || len(list) != 1 || list[0].Scenario != (forecast.Scenario{Starts: 3}) {
		t.Fatalf("%+v %v", list, err)
	}
	q := ask(unit)
	q.Scenario = list[0].Scenario
	if _, err := d.See(t.Context(), w.Actor(t, "karin"), q); err != nil {
		t.Error("compared with it:", err)
	}
}

func errOf(_ forecast.ScenarioID, err error) error { return err }

func ask(unit id.Unit) forecast.Ask { return forecast.Ask{Unit: unit, Months: 12, Runs: 20, Seed: 1} }

func TestAForecastIsMadeOfTheThreadOfThoseWhoCount(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		w := demotest.New(t, s)
		lived(t, w, 4)
		d := &forecast.Desk{Store: s}
		unit := w.Place.Units["Vuxenslussen"]
		f, err := d.See(t.Context(), w.Actor(t, "karin"), ask(unit))
		if err != nil || f.TooFew != "" {
			t.Fatalf("%q %v", f.TooFew, err)
		}
		if f.Basis.Arrived-f.Basis.Back != 72 || f.Basis.Back != f.Basis.Left || f.Lines[forecast.Inside].Q50[0] != float64(f.Basis.Inside) {
			t.Errorf("%+v", f.Basis)
		}
		if _, err := d.See(t.Context(), w.Actor(t, "petra"), ask(unit)); !fault.Is(err, fault.NotFound) {
			t.Error("another unit sees it:", err)
		}
		if _, err := d.See(t.Context(), w.Actor(t, "britt"), ask(unit)); err != nil {
			t.Error("the reception does not see it:", err)
		}
	})
}

func TestPeopleWithProtectedRecordsAreCountedNowhere(t *testing.T) {
	w := demotest.New(t, storetest.Open(t, storetest.SQLite(t)))
	lived(t, w, 4)
	d := &forecast.Desk{Store: w.Store}
	unit := w.Place.Units["Vuxenslussen"]
	before, err := d.See(t.Context(), w.Actor(t, "karin"), ask(unit))
	if err != nil {
		t.Fatal(err)
	}
	protect(t, w)
	after, err := d.See(t.Context(), w.Actor(t, "karin"), ask(unit))
	if err != nil {
		t.Fatal(err)
	}
	if after.Basis.Arrived >= before.Basis.Arrived || after.Basis.Line+after.Basis.Inside != before.Basis.Line+before.Basis.Inside-1 {
		t.Errorf("before %+v\nafter %+v", before.Basis, after.Basis)
	}
}

// protect protects the record of one who is in the queue.
func protect(t *testing.T, w *demotest.World) {
	t.Helper()
	a := w.Actor(t, "karin")
	var who id.Person
	err := w.Store.Read(t.Context(), func(tx *store.Tx) error {
		return tx.One(t.Context(), store.Q(`SELECT person_id FROM thread_event WHERE area_id = $1 AND unit_id = $2 ORDER BY on_date DESC, event_id DESC`),
			[]any{a.Area(), a.Unit()}, &who)
	})
	if err != nil {
		t.Fatal(err)
	}
	form := person.ProtectForm{Version: 1, Kind: person.Marked, Posts: []id.Post{w.Place.Posts["karin"], w.Place.Posts["omar"]}}
	if err := (&person.Desk{Store: w.Store}).Protect(t.Context(), a, who, form); err != nil {
		t.Fatal(err)
	}
}
