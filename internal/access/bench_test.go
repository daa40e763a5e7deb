package access_test

import (
	"fmt"
	"slices"
	"testing"
	"time"

	"sluss/internal/access"
	"sluss/internal/demo/demotest"
	"sluss/internal/id"
	"sluss/internal/store"
	"sluss/internal/store/storetest"
)

// many is how many people the benchmarks are among, as in the demo.
const many = 700

func crowd(b *testing.B) (*demotest.World, []id.Person) {
	b.Helper()
	w := demotest.New(b, storetest.Open(b, storetest.SQLite(b)))
	var list []id.Person
	for i := range many {
		_, who := w.Queued(b, "lena", "Samira", fmt.Sprint("Haddad", i), "")
		list = append(list, who)
	}
	b.ResetTimer()
	return w, list
}

// BenchmarkCheck is the question that every page of one person begins with, and how long the slowest of a hundred takes.
func BenchmarkCheck(b *testing.B) {
	w, list := crowd(b)
	actor, took := w.Actor(b, "lena"), []time.Duration(nil)
	must(b, w.Store.Read(b.Context(), func(tx *store.Tx) error {
		for b.Loop() {
			began := time.Now()
			if _, err := access.Open(b.Context(), tx, actor, list[len(took)%many], access.Identity|access.Plan, access.Read, access.ForPlan); err != nil {
				return err
			}
			took = append(took, time.Since(began))
		}
		return nil
	}))
	slices.Sort(took)
	b.ReportMetric(float64(took[len(took)*99/100].Microseconds()), "p99-µs")
}

// BenchmarkList is a list of fifty people.
func BenchmarkList(b *testing.B) {
	w, _ := crowd(b)
	actor := w.Actor(b, "lena")
	text := store.Q(`SELECT ` + access.Columns + ` FROM referral r JOIN person p ON p.area_id = r.area_id AND p.person_id = r.person_id
	 WHERE r.area_id = $1 AND ` + access.Visible + ` ORDER BY r.referral_id LIMIT 0 + 50`)
	must(b, w.Store.Read(b.Context(), func(tx *store.Tx) error {
		for b.Loop() {
			s, err := access.Over(b.Context(), tx, actor, access.Identity, access.ForQueue)
			if err != nil {
				return err
			}
			people, err := store.All(b.Context(), tx, text, s.Args(), func(r *store.Cursor) (access.Access, error) { return s.Row(r) })
			if err != nil || len(people) != 50 {
				return fmt.Errorf("%d people: %w", len(people), err)
			}
		}
		return nil
	}))
}
