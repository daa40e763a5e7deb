package reading_test

import (
	"errors"
	"testing"

	"sluss/internal/access"
	"sluss/internal/demo"
	"sluss/internal/demo/demotest"
	"sluss/internal/fault"
	"sluss/internal/org"
	"sluss/internal/reading"
	"sluss/internal/store"
	"sluss/internal/store/storetest"
)

func TestAQuestionWhoseAnswererLeavesGoesToAnotherAndItsDayStays(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		w := demotest.New(t, s)
		d := &reading.Desk{Store: s}
		who, q := asked(t, w, d)
		must(t, d.HandOn(t.Context(), w.Place.Area, w.Now()))
		if got := mine(t, w, who)[0]; got.To != w.Place.Posts["ida"] || got.Version != q.Version {
			t.Fatalf("while Ida is here: %+v", got)
		}
		w.Pass(3)
		must(t, s.Write(t.Context(), func(tx *store.Tx) error {
			return org.EndPost(t.Context(), tx, w.Place.Area, w.Place.Posts["ida"], w.Now())
		}))
		must(t, d.HandOn(t.Context(), w.Place.Area, w.Now()))
		got := mine(t, w, who)[0]
		if got.To != w.Place.Posts["karin"] || got.Due != q.Due || got.Words != q.Words {
			t.Fatalf("after Ida left: %+v", got)
		}
		must(t, d.Answer(t.Context(), w.Actor(t, "karin"), who, q.ID, got.Version, "Hon förberedde ert möte."))
		must(t, d.HandOn(t.Context(), w.Place.Area, w.Now()))
		if got := mine(t, w, who)[0]; got.To != w.Place.Posts["karin"] || got.Answer == "" {
			t.Errorf("after the answer: %+v", got)
		}
	})
}

func TestAQuestionGoesToAnotherWhenItsAnswererStandsAside(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		w := demotest.New(t, s)
		d := &reading.Desk{Store: s}
		who, q := asked(t, w, d)
		must(t, s.Write(t.Context(), func(tx *store.Tx) error {
			ida, err := org.GetPost(t.Context(), tx, w.Place.Area, w.Place.Posts["ida"], w.Now())
			if err != nil {
				return err
			}
			return access.StandAside(t.Context(), tx, w.Place.Area, who, access.Aside{Worker: ida.Worker, Kind: "known", From: w.Now().Date(), By: ida.ID}, w.Now())
		}))
		must(t, d.HandOn(t.Context(), w.Place.Area, w.Now()))
		got := mine(t, w, who)[0]
		if got.To != w.Place.Posts["karin"] || got.Due != q.Due {
			t.Fatalf("%+v", got)
		}
		if _, err := d.Case(t.Context(), w.Actor(t, "ida"), who, q.ID); !errors.Is(err, fault.Missing) {
			t.Errorf("Ida opens the question: %v", err)
		}
		if _, err := d.Case(t.Context(), w.Actor(t, "karin"), who, q.ID); err != nil {
			t.Errorf("Karin does not: %v", err)
		}
	})
}

func TestNobodyOfAnotherAgencyOrBranchAnswers(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		w := demotest.New(t, s)
		must(t, s.Write(t.Context(), func(tx *store.Tx) error { // the other unit is moved to a branch of its own
			zone := access.NewZone(w.Now())
			if err := org.AddZone(t.Context(), tx, w.Place.Area, org.Zone{ID: zone, Agency: w.Place.Agencies[org.KindMunicipality], Branch: "Ungdom"}); err != nil {
				return err
			}
			_, err := tx.Exec(t.Context(), store.Q(`UPDATE unit SET zone_id = $3 WHERE area_id = $1 AND unit_id = $2`), w.Place.Area, w.Place.Units["Ungdomsslussen"], zone)
			return err
		}))
		_, q := asked(t, w, &reading.Desk{Store: s})
		if q.To != w.Place.Posts["karin"] {
			t.Errorf("%s answers, who works in another secrecy zone", demo.Workers[6].Name)
		}
	})
}
