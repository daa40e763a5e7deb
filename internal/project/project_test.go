package project_test

import (
	"os"
	"slices"
	"testing"
	"time"

	"sluss/internal/access"
	"sluss/internal/activity"
	"sluss/internal/attendance"
	"sluss/internal/clock"
	"sluss/internal/demo/demotest"
	"sluss/internal/fault"
	"sluss/internal/id"
	"sluss/internal/person"
	"sluss/internal/place"
	"sluss/internal/project"
	"sluss/internal/schedule"
	"sluss/internal/store"
	"sluss/internal/store/storetest"
)

func TestMain(m *testing.M) { os.Exit(storetest.Main(m)) }

func must(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// funded is a circle on Tuesdays that a fund pays for, with three people in it, in the demo's world of 12 October 2026.
type funded struct {
	*demotest.World
	t     testing.TB
	desk  *project.Desk
	x     activity.ID
	there []id.Person
}

func begin(t testing.TB, s *store.Store) funded {
	t.Helper()
	f := funded{World: demotest.New(t, s), t: t, desk: &project.Desk{Store: s}}
	karin, lena, ctx, offer, places := f.Actor(t, "karin"), f.Actor(t, "lena"), t.Context(), &activity.Desk{Store: s}, &place.Desk{Store: s}
	var err error
	f.x, err = offer.Add(ctx, karin, activity.Type{Together: 1, Size: 20, Words: map[string]activity.Words{"sv": {Name: "Samtalscirkeln", Purpose: "Att prata"}}}, "Den behövs")
	must(t, err)
	must(t, offer.Decide(ctx, karin, f.x, 1, activity.Runs, "Fonden betalar"))
	run, err := (&schedule.Desk{Store: s}).Plan(ctx, karin, schedule.Run{Activity: f.x, Entry: schedule.Rolling, From: karin.Today(), To: karin.Today().Add(21), Weeks: 1, Places: 20},
		[]schedule.Turn{{Weekday: time.Tuesday, At: "09:00", Until: "11:00", Leaders: []id.Post{f.Place.Posts["lena"]}}})
	must(t, err)
	for _, given := range []string{"Alva", "Bo", "Cleo"} {
		who := f.Participant(t, "karin", "lena", given, "Ek")
		k, err := places.Wish(ctx, lena, who, f.x, "")
		must(t, err)
		must(t, places.Offer(ctx, lena, who, k, 1, place.Offer{Run: run, From: lena.Today()}))
		must(t, places.Answer(ctx, lena, who, k, 2, true))
		f.there = append(f.there, who)
	}
	return f
}

// come marks who came to the circle's occasions, one list each.
func (f funded) come(lists ...[]attendance.Mark) {
	f.t.Helper()
	f.Pass(30)
	lena, d := f.Actor(f.t, "lena"), &attendance.Desk{Store: f.Store}
	var times []schedule.Occasion
	must(f.t, f.Store.Read(f.t.Context(), func(tx *store.Tx) (err error) {
		times, err = schedule.Occasions(f.t.Context(), tx, lena, clock.Span{From: "2026-10-12", To: clock.Forever})
		return err
	}))
	for i, marks := range lists {
		all := map[id.Person]attendance.Mark{}
		for j, m := range marks {
			all[f.there[j]] = m
		}
		must(f.t, d.Take(f.t.Context(), lena, times[i].ID, 0, all))
	}
}

func (f funded) adds(x project.Form) project.ID {
	f.t.Helper()
	p, err := f.desk.Add(f.t.Context(), f.Actor(f.t, "omar"), x)
	must(f.t, err)
	return p
}

func (f funded) sweeps() {
	f.t.Helper()
	must(f.t, f.desk.Sweep(f.t.Context(), f.Place.Area, f.Now()))
}

func (f funded) open(p project.ID) (project.Project, project.Evidence) {
	f.t.Helper()
	x, e, err := f.desk.Open(f.t.Context(), f.Actor(f.t, "karin"), p)
	must(f.t, err)
	return x, e
}

// bridge is the project: its last day is after the second Tuesday, and before the third.
func (f funded) bridge() project.Form {
	return project.Form{Name: "Bron", Funder: "ESF+", First: "2026-10-01", Last: "2026-10-25", Activities: []activity.ID{f.x}, Until: "2032-12-31", Why: "Sista utbetalningen 2027"}
}

func TestEvidenceIsSetApartThirtyDaysAfterTheLastDayAndDestroyedWhenItsOwnRuleSays(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		f := begin(t, s)
		p := f.adds(f.bridge())
		f.come([]attendance.Mark{attendance.Here, attendance.Part, attendance.Told}, []attendance.Mark{attendance.Here, attendance.Untold, attendance.Other}, []attendance.Mark{attendance.Here, attendance.Here, attendance.Here})
		f.Pass(13) // 24 November
		f.sweeps()
		if x, e := f.open(p); x.Taken != "" || len(e.Times) != 0 {
			t.Fatalf("set apart before it has settled: %+v %+v", x, e)
		}
		f.Pass(1)
		f.sweeps()
		x, e := f.open(p)
		want := []project.Time{{Activity: "Samtalscirkeln", On: "2026-10-13", At: "09:00", Until: "11:00", Came: 2}, {Activity: "Samtalscirkeln", On: "2026-10-20", At: "09:00", Until: "11:00", Came: 1}}
		if x.Taken != "2026-11-25" || e.People != 2 || !slices.Equal(e.Times, want) {
			t.Errorf("%+v %+v", x, e)
		}
		decided := []project.Decision{{Activity: "Samtalscirkeln", On: "2026-10-12", State: activity.Looked, Why: "Den behövs"}, {Activity: "Samtalscirkeln", On: "2026-10-12", State: activity.Runs, Why: "Fonden betalar"}}
		if !slices.Equal(e.Decisions, decided) {
			t.Errorf("%+v", e.Decisions)
		}
		if times, minutes := e.Came(); times != 3 || minutes != 360 {
			t.Errorf("%d times, %d minutes", times, minutes)
		}

		f.Pass(clock.Date("2032-12-31").Sub(f.Now().Date()))
		f.sweeps()
		if _, again := f.open(p); !slices.Equal(again.Times, want) {
			t.Errorf("on the last day it is kept: %+v", again)
		}
		f.Pass(1)
		f.sweeps()
		if x, e := f.open(p); x.Gone != "2033-01-01" || e.People != 0 || len(e.Times)+len(e.Decisions) != 0 {
			t.Errorf("the day after: %+v %+v", x, e)
		}
		if _, err := (&person.Desk{Store: s}).Open(t.Context(), f.Actor(t, "lena"), f.there[0], access.Identity, access.ForContact); err != nil {
			t.Errorf("a person went with the evidence: %v", err)
		}
	})
}

func TestPeopleAreDestroyedAndTheEvidenceStandsAsItWas(t *testing.T) {
	f := begin(t, storetest.Open(t, storetest.SQLite(t)))
	p := f.adds(f.bridge())
	f.come([]attendance.Mark{attendance.Here, attendance.Here, attendance.Here})
	f.Pass(14)
	f.sweeps()
	_, before := f.open(p)
	must(t, f.Store.Write(t.Context(), func(tx *store.Tx) error {
		for _, who := range f.there {
			if err := person.Destroy(t.Context(), tx, f.Place.Area, who, f.Now()); err != nil {
				return err
			}
		}
		return nil
	}))
	f.sweeps()
	if _, after := f.open(p); after.People != 3 || after.People != before.People || !slices.Equal(after.Times, before.Times) {
		t.Errorf("%+v", after)
	}
}

func TestWhoIsProtectedIsNotCounted(t *testing.T) {
	f := begin(t, storetest.Open(t, storetest.SQLite(t)))
	p := f.adds(f.bridge())
	f.come([]attendance.Mark{attendance.Here, attendance.Here, attendance.Here})
	must(t, f.Store.Write(t.Context(), func(tx *store.Tx) error {
		_, err := tx.Exec(t.Context(), store.Q(`UPDATE person SET protected = 1 WHERE area_id = $1 AND person_id = $2`), f.Place.Area, f.there[0])
		return err
	}))
	f.Pass(14)
	f.sweeps()
	if _, e := f.open(p); e.People != 2 || e.Times[0].Came != 2 {
		t.Errorf("%+v", e)
	}
}

func TestKeepingIsPutOffAndNeverBroughtNearer(t *testing.T) {
	f := begin(t, storetest.Open(t, storetest.SQLite(t)))
	p, ctx, omar := f.adds(f.bridge()), t.Context(), f.Actor(t, "omar")
	for _, until := range []clock.Date{"", "2032-12-30", "2032-12-31"} {
		if err := f.desk.PutOff(ctx, omar, p, 1, until, "x"); len(fault.Fields(err)) != 1 {
			t.Errorf("until %q: %v", until, err)
		}
	}
	must(t, f.desk.PutOff(ctx, omar, p, 1, "2034-12-31", "Fonden betalade 2029"))
	if err := f.desk.PutOff(ctx, omar, p, 1, "2035-12-31", "x"); !fault.Is(err, fault.Conflict) {
		t.Errorf("from an old page: %v", err)
	}
	if x, _ := f.open(p); x.Keep.Until != "2034-12-31" || x.Keep.Why != "Fonden betalade 2029" {
		t.Errorf("%+v", x.Keep)
	}
	f.Pass(9 * 366)
	f.sweeps()
	if err := f.desk.PutOff(ctx, f.Actor(t, "omar"), p, 2, "2044-12-31", "x"); !fault.Is(err, fault.Conflict) {
		t.Errorf("when it is gone: %v", err)
	}
}

func TestOnlyTheHeadWritesAndAnotherUnitSeesNothing(t *testing.T) {
	f := begin(t, storetest.Open(t, storetest.SQLite(t)))
	p, ctx := f.adds(f.bridge()), t.Context()
	for _, key := range []string{"lena", "karin", "amina"} {
		if _, err := f.desk.Add(ctx, f.Actor(t, key), f.bridge()); !fault.Is(err, fault.Forbidden) {
			t.Errorf("%s adds: %v", key, err)
		}
		if err := f.desk.Drop(ctx, f.Actor(t, key), p, 1); !fault.Is(err, fault.Forbidden) {
			t.Errorf("%s drops: %v", key, err)
		}
	}
	if _, err := f.desk.List(ctx, f.Actor(t, "lena")); !fault.Is(err, fault.Forbidden) {
		t.Errorf("a coach reads: %v", err)
	}
	must(t, f.desk.Drop(ctx, f.Actor(t, "omar"), p, 1))
	if list, err := f.desk.List(ctx, f.Actor(t, "karin")); err != nil || len(list) != 0 {
		t.Errorf("%+v %v", list, err)
	}
}

func TestAFormIsChecked(t *testing.T) {
	f := begin(t, storetest.Open(t, storetest.SQLite(t)))
	for _, c := range []struct {
		change func(*project.Form)
		field  string
	}{
		{func(x *project.Form) { x.Name = "" }, "name"}, {func(x *project.Form) { x.Funder = "19121212-1212" }, "funder"},
		{func(x *project.Form) { x.First = "" }, "first"}, {func(x *project.Form) { x.Last = "2026-09-30" }, "last"},
		{func(x *project.Form) { x.Activities = []activity.ID{77} }, "activity"},
		{func(x *project.Form) { x.Until = "2026-11-24" }, "until"}, {func(x *project.Form) { x.Why = "" }, "why"},
	} {
		x := f.bridge()
		c.change(&x)
		if _, err := f.desk.Add(t.Context(), f.Actor(t, "omar"), x); len(fault.Fields(err)) != 1 || fault.Fields(err)[0].Field != c.field {
			t.Errorf("%s: %v", c.field, err)
		}
	}
}
