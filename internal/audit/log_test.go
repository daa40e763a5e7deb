package audit_test

import (
	"errors"
	"os"
	"testing"

	"sluss/internal/access"
	"sluss/internal/audit"
	"sluss/internal/demo/demotest"
	"sluss/internal/id"
	"sluss/internal/store"
	"sluss/internal/store/storetest"
)

func TestMain(m *testing.M) { os.Exit(storetest.Main(m)) }

func rows(t *testing.T, s *store.Store, area any) (disclosures, lines int) {
	t.Helper()
	err := s.Read(t.Context(), func(tx *store.Tx) error {
		if err := tx.One(t.Context(), store.Q(`SELECT count(*) FROM disclosure WHERE area_id = $1`), []any{area}, &disclosures); err != nil {
			return err
		}
		return tx.One(t.Context(), store.Q(`SELECT count(*) FROM disclosure_person WHERE area_id = $1`), []any{area}, &lines)
	})
	if err != nil {
		t.Fatal(err)
	}
	return disclosures, lines
}

func shown(a *access.Actor, list bool, first, n int) audit.Disclosure {
	d := audit.Disclosure{Area: a.Area(), At: a.Now(), Post: a.Post(), Unit: a.Unit(), Action: 1, Purpose: 1, Ground: 1, Categories: 1, Route: "GET /x", List: list}
	for i := range n {
		d.People = append(d.People, audit.Person{ID: id.Person(1000 + first + i)})
	}
	return d
}

func TestEachAnsweredListHasItsRowAndEachPersonOneLineADay(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		w := demotest.New(t, s)
		l := audit.NewLog(t.Context(), s)
		add := func(d audit.Disclosure) {
			t.Helper()
			epoch, _ := w.Actor(t, "lena").Shown()
			if err := l.Append(t.Context(), d.Area, epoch, []audit.Disclosure{d}); err != nil {
				t.Fatal(err)
			}
		}
		d0, l0 := rows(t, s, w.Actor(t, "lena").Area())
		for _, step := range []struct {
			list         bool
			first, n     int
			post         string
			days         int
			rows, inLine int
		}{
			{true, 0, 70, "lena", 0, 1, 70},
			{true, 0, 70, "lena", 0, 2, 70},  // again the same day
			{true, 60, 20, "lena", 0, 3, 80}, // ten new ones among them
			{true, 0, 5, "karin", 0, 4, 85},  // another worker
			{false, 0, 2, "lena", 0, 5, 87},  // opened records are always findable
			{true, 0, 70, "lena", 1, 6, 157}, // the next day
		} {
			w.Pass(step.days)
			add(shown(w.Actor(t, step.post), step.list, step.first, step.n))
			if d, n := rows(t, s, w.Actor(t, "lena").Area()); d-d0 != step.rows || n-l0 != step.inLine {
				t.Errorf("after %+v: %d disclosures, %d lines", step, d-d0, n-l0)
			}
		}
	})
}

func TestNothingIsWrittenOfAPageReadBeforeARightEnded(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		w := demotest.New(t, s)
		l := audit.NewLog(t.Context(), s)
		a := w.Actor(t, "lena")
		epoch, _ := a.Shown()
		if err := s.Write(t.Context(), func(tx *store.Tx) error { return access.Raise(t.Context(), tx, a.Area(), w.Now()) }); err != nil {
			t.Fatal(err)
		}
		d0, l0 := rows(t, s, a.Area())
		err := l.Append(t.Context(), a.Area(), epoch, []audit.Disclosure{shown(a, true, 0, 3)})
		if !errors.Is(err, audit.ErrEpoch) {
			t.Errorf("the answer is %v", err)
		}
		if d, n := rows(t, s, a.Area()); d != d0 || n != l0 {
			t.Errorf("%d disclosures and %d lines were written", d-d0, n-l0)
		}
	})
}
