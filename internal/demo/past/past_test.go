package past_test

import (
	"os"
	"testing"

	"sluss/internal/access"
	"sluss/internal/consent"
	"sluss/internal/demo/demotest"
	"sluss/internal/demo/past"
	"sluss/internal/forecast"
	"sluss/internal/statement"
	"sluss/internal/store"
	"sluss/internal/store/storetest"
)

func TestMain(m *testing.M) { os.Exit(storetest.Main(m)) }

// counts reads how the history ended, as one line.
func counts(t *testing.T, s *store.Store) (people, left, active, waiting, events int) {
	t.Helper()
	one := func(q store.SQL) (n int) {
		err := s.Read(t.Context(), func(tx *store.Tx) error { return tx.One(t.Context(), q, []any{int64(1) << 40}, &n) })
		if err != nil {
			t.Fatal(err)
		}
		return n
	}
	return one(store.Q(`SELECT count(*) FROM person WHERE area_id = $1`)), one(store.Q(`SELECT count(*) FROM enrolment WHERE area_id = $1 AND state = 'left'`)),
		one(store.Q(`SELECT count(*) FROM enrolment WHERE area_id = $1 AND state = 'active'`)), one(store.Q(`SELECT count(*) FROM referral WHERE area_id = $1 AND state = 'waiting'`)), one(store.Q(`SELECT count(*) FROM thread_event WHERE area_id = $1`))
}

func TestHistoryIsTheSameForTheSameSeedOnBothDatabases(t *testing.T) {
	months := 5
	var first [5]int
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		w := demotest.New(t, s)
		h := past.History{Org: w.Org, Seed: 3, People: 700, Months: months, Until: w.Now()}
		if err := h.Play(t.Context()); err != nil {
			t.Fatal(err)
		}
		p, l, a, q, e := counts(t, s)
		got := [5]int{p, l, a, q, e}
		if p < 50 || a < 20 {
			t.Fatalf("too little happened: %v", got)
		}
		if first == [5]int{} {
			first = got
		}
		if got != first {
			t.Errorf("another history: %v, not %v", got, first)
		}
		givenAlone(t, w)
		ledAtBoth(t, w)
	})
}

// givenAlone holds that who decides on support sees the hours that were handed over, of one person, and nothing else of anybody.
func givenAlone(t *testing.T, w *demotest.World) {
	t.Helper()
	eva := w.Actor(t, "eva")
	list, _, err := (&consent.Desk{Store: w.Store}).SharedWithUs(t.Context(), eva)
	if err != nil || len(list) != 1 || list[0].Parts != access.Identity|access.Attendance {
		t.Fatalf("they see %+v, %v", list, err)
	}
	var given []statement.Statement
	err = w.Store.Read(t.Context(), func(tx *store.Tx) error {
		a, err := access.Open(t.Context(), tx, eva, list[0].ID, access.Attendance, access.Read, access.ForCollaboration)
		if err == nil {
			given, err = statement.Given(t.Context(), tx, eva, a)
		}
		return err
	})
	if err != nil || len(given) != 1 || !given[0].Handed() {
		t.Errorf("they are given %+v, %v", given, err)
	}
}

// ledAtBoth holds that one who leads person by person is shared by the two gateways, as the forecast of each sees.
func ledAtBoth(t *testing.T, w *demotest.World) {
	t.Helper()
	d := &forecast.Desk{Store: w.Store}
	for key, other := range map[string]string{"karin": "Ungdomsslussen", "ida": "Vuxenslussen"} {
		a, shared := w.Actor(t, key), false
		f, err := d.See(t.Context(), a, forecast.Ask{Unit: a.Unit(), Months: 12, Runs: 20, Seed: 1})
		if err != nil {
			t.Fatal(err)
		}
		for _, x := range f.Places.List {
			shared = shared || len(x.Shared.Units) == 1 && x.Shared.Units[0].Name == other
		}
		if !shared {
			t.Errorf("%s shares nobody who leads with %s", key, other)
		}
	}
}
