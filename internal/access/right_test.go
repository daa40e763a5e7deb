package access_test

import (
	"testing"

	"sluss/internal/access"
	"sluss/internal/demo/demotest"
	"sluss/internal/store"
	"sluss/internal/store/storetest"
)

func TestTheSameCoachTwiceInOneMillisecondIsTheCoach(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		w := demotest.New(t, s)
		_, who := w.Queued(t, "karin", "Samira", "Haddad", "")
		for range 3 {
			must(t, s.Write(t.Context(), func(tx *store.Tx) error {
				return access.Assign(t.Context(), tx, w.Place.Area, who, w.Place.Posts["lena"], w.Now().Date(), w.Now())
			}))
		}
		var n int
		must(t, s.Read(t.Context(), func(tx *store.Tx) error {
			return tx.One(t.Context(), store.Q(`SELECT count(*) FROM assignment WHERE person_id = $1 AND ended_at = $2`), []any{who, int64(access.Never)}, &n)
		}))
		if n != 1 {
			t.Errorf("%d coaches", n)
		}
	})
}
