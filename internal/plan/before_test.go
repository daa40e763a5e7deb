package plan_test

import (
	"slices"
	"testing"

	"sluss/internal/access"
	"sluss/internal/clock"
	"sluss/internal/demo/demotest"
	"sluss/internal/fault"
	"sluss/internal/intake"
	"sluss/internal/org"
	"sluss/internal/outcome"
	"sluss/internal/plan"
	"sluss/internal/pnr/testnumbers"
	"sluss/internal/referral"
	"sluss/internal/store"
	"sluss/internal/store/storetest"
)

// returning runs f with somebody who began with the coach Lena, and can leave and come back.
func returning(t *testing.T, f func(t *testing.T, x table)) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		w := demotest.New(t, s)
		_, who := w.Queued(t, "karin", "Samira", "Haddad", testnumbers.All()[0])
		x := table{w, &plan.Desk{Store: s}, who, t}
		x.begin()
		f(t, x)
	})
}

// begin books the individual start of today and holds it.
func (x table) begin() {
	x.t.Helper()
	desk, today := &intake.Desk{Store: x.Store}, x.Now().Date()
	x.ok(desk.Book(x.t.Context(), x.Actor(x.t, "karin"), x.who, intake.Booking{On: today, At: "10:00", Coach: x.Place.Posts["lena"], WhyAlone: "Kan inte tisdagar"}))
	x.ok(desk.Hold(x.t.Context(), x.lena(), x.who, 1, today))
}

// back lets the person leave, and two months later come back.
func (x table) back() referral.ID {
	x.t.Helper()
	_, err := (&outcome.Desk{Store: x.Store}).Leave(x.t.Context(), x.lena(), x.who, outcome.Form{Version: x.open().Enrolment.Version, Reason: outcome.Redirected,
		On: x.Now().Date(), Before: "assistance", After: "assistance", Words: outcome.Words{To: "Vårdcentralen", View: "Bra"}})
	x.ok(err)
	x.Pass(60)
	r, who := x.Queued(x.t, "karin", "Samira", "Haddad", testnumbers.All()[0])
	if who != x.who {
		x.t.Fatal("somebody else came back")
	}
	return r
}

func (x table) rounds(key string, before referral.ID) (list []plan.Round, err error) {
	actor := x.Actor(x.t, key)
	err = x.Store.Read(x.t.Context(), func(tx *store.Tx) error {
		a, err := access.Open(x.t.Context(), tx, actor, x.who, plan.Need, access.Read, access.ForQueue)
		if err == nil {
			list, err = plan.Rounds(x.t.Context(), tx, actor, a, before)
		}
		return err
	})
	return list, err
}

func (x table) measure(g plan.GoalID, what string) (plan.MeasureID, error) {
	return x.desk.BeginMeasure(x.t.Context(), x.lena(), x.who, plan.MeasureForm{What: what, Goal: g, WhyNow: "Nu", WhatNext: "Sedan",
		Agency: x.Place.Agencies[org.KindMunicipality], From: x.Now().Date()})
}

func TestARoundTellsWhatWasOfferedAndHowItWent(t *testing.T) {
	returning(t, func(t *testing.T, x table) {
		ctx, began := t.Context(), x.Now().Date()
		tried, left := x.goal(words), x.goal("Jag vill köra lastbil.")
		m, err := x.measure(tried, "Prova-på storkök")
		x.ok(err)
		x.Pass(30)
		_, err = x.measure(0, "Jobbsökarkurs")
		x.ok(err)
		x.ok(x.desk.EndMeasure(ctx, x.lena(), x.who, m, 1, x.Now().Date(), "Kortare pass hade varit bättre."))
		x.ok((&intake.Desk{Store: x.Store}).NewCoach(ctx, x.lena(), x.who, x.open().Enrolment.Version, x.Place.Posts["samar"], ""))
		list, err := x.rounds("karin", x.back())
		x.ok(err)
		if len(list) != 1 {
			t.Fatalf("%d rounds", len(list))
		}
		r := list[0]
		if r.From != began || r.Enrolment.BeganOn != began || r.Enrolment.LeftOn != began.Add(30) || r.Enrolment.Start != 0 || r.Coaches != 2 || r.Exit != string(outcome.Redirected) || r.BackOn != x.Now().Date() || !r.Back() {
			t.Errorf("%+v", r)
		}
		if len(r.Measures) != 2 || r.Measures[0].Went != "Kortare pass hade varit bättre." || r.Measures[0].Goal != tried || r.Measures[1].Goal != 0 || r.Measures[1].EndedOn != "" {
			t.Errorf("measures: %+v", r.Measures)
		}
		if u := r.Untried(); len(u) != 1 || u[0].ID != left {
			t.Errorf("untried: %+v", u)
		}
	})
}

func TestARoundWithoutAnIndividualStartTellsOfTheGroupStartOffered(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		w, d := demotest.New(t, s), &intake.Desk{Store: s}
		first, who := w.Queued(t, "karin", "Samira", "Haddad", testnumbers.All()[0])
		x := table{w, &plan.Desk{Store: s}, who, t}
		karin := w.Actor(t, "karin")
		_, err := d.Plan(t.Context(), karin, 3)
		x.ok(err)
		var starts []intake.Start
		x.ok(s.Read(t.Context(), func(tx *store.Tx) (err error) {
			starts, err = intake.Starts(t.Context(), tx, karin, clock.Span{From: karin.Today(), To: karin.Today().AddMonths(3)})
			return err
		}))
		x.ok(d.CallOne(t.Context(), karin, starts[0].ID, who, ""))
		x.ok(d.Answer(t.Context(), karin, starts[0].ID, who, intake.No))
		x.ok((&referral.Desk{Store: s}).Withdraw(t.Context(), karin, who, first, 3))
		w.Pass(10)
		again, _ := w.Queued(t, "karin", "Samira", "Haddad", testnumbers.All()[0])
		list, err := x.rounds("lena", again)
		x.ok(err)
		if len(list) != 1 || list[0].Enrolment.ID != 0 || list[0].State != referral.Withdrawn || !slices.Equal(list[0].Calls, []clock.Date{starts[0].On}) || len(list[0].Measures) != 0 {
			t.Errorf("%+v", list)
		}
		if list, err = x.rounds("lena", first); err != nil || len(list) != 0 {
			t.Errorf("before the first referral: %+v %v", list, err)
		}
	})
}

func TestRoundsAreReadThroughAccess(t *testing.T) {
	returning(t, func(t *testing.T, x table) {
		r := x.back()
		if _, err := x.rounds("petra", r); !fault.Is(err, fault.NotFound) {
			t.Errorf("another unit reads them: %v", err)
		}
		defer func() {
			if recover() == nil {
				t.Error("read without access to the plan")
			}
		}()
		actor := x.lena()
		x.ok(x.Store.Read(t.Context(), func(tx *store.Tx) error {
			a, err := access.Open(t.Context(), tx, actor, x.who, access.Thread, access.Read, access.ForQueue)
			if err == nil {
				_, err = plan.Rounds(t.Context(), tx, actor, a, r)
			}
			return err
		}))
	})
}

func TestNoNewMeasureBeforeAReturningPersonIsAsked(t *testing.T) {
	returning(t, func(t *testing.T, x table) {
		r := x.back()
		x.begin()
		if _, err := x.measure(0, "Jobbsökarkurs"); !fault.Is(err, fault.Conflict) {
			t.Fatalf("before asking: %v", err)
		}
		if v := x.open(); !v.Return || !v.Unheard {
			t.Errorf("the plan does not say so: %+v", v.Plan)
		}
		x.ok((&referral.Desk{Store: x.Store}).AskReturn(t.Context(), x.lena(), x.who, r, 2, "Att någon ringde.", "", ""))
		_, err := x.measure(0, "Jobbsökarkurs")
		x.ok(err)
		if v := x.open(); !v.Return || v.Unheard {
			t.Errorf("asked, but the plan says: %+v", v.Plan)
		}
	})
}

func TestWhoComesBackAYearLaterHasNotComeBackAfterTheMeasure(t *testing.T) {
	left := plan.Round{Enrolment: intake.Enrolment{LeftOn: "2025-03-10"}}
	for back, want := range map[clock.Date]bool{"2025-03-11": true, "2026-03-09": true, "2026-03-10": false, "2027-01-01": false} {
		left.BackOn = back
		if left.Back() != want {
			t.Errorf("back on %s: %v", back, !want)
		}
	}
	if (plan.Round{BackOn: "2025-03-11"}).Back() {
		t.Error("back without having left")
	}
}
