package flow

import (
	"fmt"
	"testing"

	"sluss/internal/clock"
	"sluss/internal/demo/demotest"
	"sluss/internal/fault"
	"sluss/internal/id"
	"sluss/internal/intake"
	"sluss/internal/org"
	"sluss/internal/outcome"
	"sluss/internal/plan"
	"sluss/internal/pnr/testnumbers"
	"sluss/internal/store"
	"sluss/internal/store/storetest"
)

func TestAQuarterBeginsInJanuaryAprilJulyAndOctober(t *testing.T) {
	for day, want := range map[clock.Date]clock.Date{"2026-01-01": "2026-01-01", "2026-03-31": "2026-01-01", "2026-04-01": "2026-04-01", "2026-11-22": "2026-10-01", "2026-12-31": "2026-10-01"} {
		if got := quarter(day); got != want {
			t.Errorf("%s is in the quarter from %s, want %s", day, got, want)
		}
	}
}

// TestNoHiddenNumberOfAnAgencyCanBeWorkedOut tries every way to spread few measures over agencies, loose and not.
func TestNoHiddenNumberOfAnAgencyCanBeWorkedOut(t *testing.T) {
	for _, c := range []struct{ agencies, most int }{{2, 17}, {3, 11}} {
		s, checked := solver{}, 0
		var list []org.Agency
		for i := range c.agencies {
			list = append(list, org.Agency{ID: id.Agency(i + 1)})
		}
		each(2*c.agencies, c.most, func(parts []int) {
			var all []measure
			secret := make([]int, 0, 2*c.agencies)
			for i, n := range parts {
				for range n {
					all = append(all, measure{agency: id.Agency(i/2 + 1), loose: i%2 == 0, from: "2026-10-01"})
				}
				if i%2 == 0 {
					secret = append(secret, parts[i+1], n)
				}
			}
			x := Spiral{Quarters: []Quarter{{From: "2026-10-01"}}}
			x.count([][]measure{all}, list)
			s.see(fmt.Sprint(x.Quarters[0].Measures, x.Quarters[0].Loose, shownOf(x)), secret)
		})
		for shown, can := range s {
			for i := range can {
				if numbers(shown)[2+i] != Hidden {
					continue
				}
				checked++
				if len(can[i]) < 2 {
					t.Errorf("%s gives away %d", shown, i)
				}
			}
		}
		if checked == 0 {
			t.Error("nothing was hidden")
		}
	}
}

// shownOf is what is shown of each agency: how many serve a goal, and how many are loose.
func shownOf(s Spiral) (list []int) {
	for _, a := range s.Agencies {
		list = append(list, a.Tied, a.Loose)
	}
	return list
}

// tried begins so many measures of an agency for somebody, of no goal or of one.
func tried(t testing.TB, w *demotest.World, who id.Person, kind string, loose, tied int) plan.GoalID {
	t.Helper()
	d, lena := &plan.Desk{Store: w.Store}, w.Actor(t, "lena")
	g, err := d.WriteGoal(t.Context(), lena, who, plan.GoalForm{Words: "Jag vill laga mat.", Lang: "sv"})
	must(t, err)
	for i := range loose + tied {
		f := plan.MeasureForm{What: "Prova på", WhyNow: "Nu", WhatNext: "Sedan", Agency: w.Place.Agencies[kind], From: lena.Today()}
		if i >= loose {
			f.Goal = g
		}
		_, err := d.BeginMeasure(t.Context(), lena, who, f)
		must(t, err)
	}
	return g
}

func TestTheSpiralCountsLooseMeasuresAndReturnsAndNobodyProtected(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		w, d := demotest.New(t, s), &Desk{Store: s}
		unit := w.Place.Units["Vuxenslussen"]
		see := func() Spiral {
			t.Helper()
			x, err := d.Spiral(t.Context(), w.Actor(t, "omar"), unit)
			must(t, err)
			return x
		}
		_, who := w.Queued(t, "karin", "Samira", "Haddad", testnumbers.All()[0])
		desk := &intake.Desk{Store: s}
		must(t, desk.Book(t.Context(), w.Actor(t, "karin"), who, intake.Booking{On: w.Now().Date(), At: "10:00", Coach: w.Place.Posts["lena"], WhyAlone: "Kan inte tisdagar"}))
		must(t, desk.Hold(t.Context(), w.Actor(t, "lena"), who, 1, w.Now().Date()))
		goal := tried(t, w, who, org.KindMunicipality, 6, 7)
		tried(t, w, w.Participant(t, "karin", "lena", "Roger", "Lindfors"), org.KindEmployment, 5, 8)
		secret := w.Participant(t, "karin", "lena", "Anna", "Ek")
		tried(t, w, secret, org.KindEmployment, 9, 9)
		protect(t, w, secret)
		of := func(x Spiral, kind string) (a ByAgency) {
			for _, a := range x.Agencies {
				if a.Agency == w.Place.Agencies[kind] {
					return a
				}
			}
			return a
		}
		x := see()
		if len(x.Quarters) != quarters || x.Quarters[quarters-1] != (Quarter{From: quarter(w.Now().Date()), Measures: 26, Loose: 11}) || x.Quarters[0].Measures != 0 {
			t.Errorf("%+v", x.Quarters)
		}
		if a, b := of(x, org.KindMunicipality), of(x, org.KindEmployment); a.Tied != 7 || a.Loose != 6 || a.After != 0 || b.Tied != 8 || b.Loose != 5 {
			t.Errorf("%+v %+v", a, b)
		}
		must(t, (&plan.Desk{Store: s}).EndGoal(t.Context(), w.Actor(t, "lena"), who, goal, 1, plan.Dropped))
		if x = see(); x.Quarters[quarters-1].Loose != 18 {
			t.Errorf("a goal that the person has dropped: %+v", x.Quarters[quarters-1])
		}
		returns(t, w, who)
		x = see()
		if _, back := x.Begun(); back != 1 {
			t.Errorf("%d came back", back)
		}
		if a, b := of(x, org.KindMunicipality), of(x, org.KindEmployment); a.After != 13 || b.After != 0 {
			t.Errorf("after: %+v %+v", a, b)
		}
		tried(t, w, w.Participant(t, "karin", "lena", "Eva", "Ek"), org.KindInsurance, 1, 0)
		x = see()
		for _, a := range x.Agencies {
			if a.Agency == w.Place.Agencies[org.KindInsurance] && a.Loose != Hidden {
				t.Errorf("few are shown: %+v", a)
			}
		}
		if _, err := d.Spiral(t.Context(), w.Actor(t, "petra"), unit); !fault.Is(err, fault.NotFound) {
			t.Errorf("another unit's: %v", err)
		}
		if _, err := d.Spiral(t.Context(), w.Actor(t, "amina"), unit); !fault.Is(err, fault.Forbidden) {
			t.Errorf("another agency: %v", err)
		}
	})
}

// returns lets somebody leave, and come back two months later.
func returns(t testing.TB, w *demotest.World, who id.Person) {
	t.Helper()
	d := &outcome.Desk{Store: w.Store}
	c, err := d.Open(t.Context(), w.Actor(t, "lena"), who)
	must(t, err)
	_, err = d.Leave(t.Context(), w.Actor(t, "lena"), who, outcome.Form{Version: c.Enrolment.Version, Reason: outcome.Redirected, On: w.Now().Date(),
		Before: "assistance", After: "assistance", Words: outcome.Words{To: "Vårdcentralen", View: "Bra"}})
	must(t, err)
	w.Pass(60)
	_, again := w.Queued(t, "karin", "Samira", "Haddad", testnumbers.All()[0])
	if again != who {
		t.Fatal("somebody else came back")
	}
}
