package store_test

import (
	"context"
	"strings"
	"testing"

	"sluss/internal/store"
	"sluss/internal/store/storetest"
)

// plan is how SQLite would run a statement.
func plan(t *testing.T, s *store.Store, q store.SQL) string {
	t.Helper()
	var steps []string
	err := s.Read(context.Background(), func(tx *store.Tx) (err error) {
		steps, err = store.All(t.Context(), tx, store.Join(store.Q(`EXPLAIN QUERY PLAN `), q), []any{1, 2, 3, 4}, func(c *store.Cursor) (step string, err error) {
			var n int
			err = c.Scan(&n, &n, &n, &step)
			return step, err
		})
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return strings.Join(steps, "; ")
}

func TestNobodyReadsAWholeAreaForOnePerson(t *testing.T) {
	s := storetest.Open(t, storetest.SQLite(t))
	for text, want := range map[store.SQL]string{
		store.Q(`SELECT 1 FROM called c JOIN start s ON s.area_id = c.area_id AND s.start_id = c.start_id WHERE c.area_id = $1 AND c.referral_id = $2 AND c.person_id = $3`): "called_referral (area_id=? AND referral_id=?)",
		store.Q(`SELECT s.start_id, count(*) FROM start s JOIN called c ON c.area_id = s.area_id AND c.start_id = s.start_id
		  WHERE s.area_id = $1 AND s.unit_id = $2 AND s.on_date >= $3 AND s.on_date < $4 GROUP BY s.start_id`): "(area_id=? AND start_id=?)",
		store.Q(`SELECT meets_on FROM enrolment WHERE area_id = $1 AND coach_id = $2 AND state = 'booked'`):                         "enrolment_coach (area_id=? AND coach_id=? AND state=?)",
		store.Q(`SELECT sealed FROM appointment m WHERE m.area_id = $1 AND m.person_id = $2 AND m.unit_id = $3 ORDER BY m.on_date`): "appointment_person (area_id=? AND person_id=?)",
		store.Q(`SELECT sealed FROM followup f WHERE f.area_id = $1 AND f.person_id = $2 ORDER BY f.exit_id, f.months`):             "followup_person (area_id=? AND person_id=?)",
	} {
		if p := plan(t, s, text); !strings.Contains(p, want) {
			t.Errorf("%v\n is run so: %s", text, p)
		}
	}
}
