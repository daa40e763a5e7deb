package referral_test

import (
	"fmt"
	"testing"

	"sluss/internal/access"
	"sluss/internal/clock"
	"sluss/internal/demo/demotest"
	"sluss/internal/id"
	"sluss/internal/referral"
	"sluss/internal/store"
	"sluss/internal/store/storetest"
)

// whole reads the queue page by page and gives how many lines it has and the length that the first page tells.
func whole(t *testing.T, w *demotest.World, worker string) (lines int, told referral.Length) {
	t.Helper()
	d := &referral.Desk{Store: w.Store}
	var from referral.Cursor
	for page := 0; ; page++ {
		q, err := d.Queue(t.Context(), w.Actor(t, worker), from)
		if err != nil {
			t.Fatal(err)
		}
		if page > 0 && q.Length != told {
			t.Errorf("page %d tells %+v, the first %+v", page+1, q.Length, told)
		}
		told, lines = q.Length, lines+len(q.Lines)
		if !q.More {
			return lines, told
		}
		last := q.Lines[len(q.Lines)-1]
		from = referral.Cursor{On: last.OrderOn, ID: last.ID}
	}
}

func TestTheQueueTellsHowManyOneMaySeeUpToSoMany(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		w := demotest.New(t, s)
		var people []id.Person
		add := func(n int) {
			for range n {
				_, who := w.Queued(t, "karin", "Sam", fmt.Sprint("Ek", len(people)), "")
				people = append(people, who)
			}
		}
		_, elsewhere := w.Queued(t, "ida", "Roger", "Lindfors", "")
		first := w.Now().Date()
		check := func(worker string, lines int, want referral.Length) {
			t.Helper()
			if n, told := whole(t, w, worker); n != lines || told != want {
				t.Errorf("%s: %d lines, told %+v; not %d, %+v", worker, n, told, lines, want)
			}
		}
		check("karin", 0, referral.Length{})
		add(referral.MostCounted)
		w.Pass(1)
		check("karin", referral.MostCounted, referral.Length{N: referral.MostCounted, First: first})
		add(1)
		check("karin", referral.MostCounted+1, referral.Length{N: referral.MostCounted, Above: true})
		protect(t, w, people[0], people[1])
		check("lena", referral.MostCounted-1, referral.Length{N: referral.MostCounted - 1, First: first})
		must(t, s.Write(t.Context(), func(tx *store.Tx) error {
			return access.Clear(t.Context(), tx, w.Place.Area, people[0], w.Place.Posts["karin"], clock.Span{From: first, To: clock.Forever})
		}))
		check("karin", referral.MostCounted, referral.Length{N: referral.MostCounted, First: first})
		check("lena", referral.MostCounted-1, referral.Length{N: referral.MostCounted - 1, First: first})
		protect(t, w, elsewhere)
		check("ida", 0, referral.Length{})
	})
}

func protect(t *testing.T, w *demotest.World, people ...id.Person) {
	t.Helper()
	must(t, w.Store.Write(t.Context(), func(tx *store.Tx) error {
		for _, who := range people {
			if _, err := tx.Exec(t.Context(), store.Q(`UPDATE person SET protected = 1 WHERE area_id = $1 AND person_id = $2`), w.Place.Area, who); err != nil {
				return err
			}
		}
		return nil
	}))
}

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}
