package signin_test

import (
	"context"
	"testing"

	"sluss/internal/access"
	"sluss/internal/person"
	"sluss/internal/store"
	"sluss/internal/store/storetest"
)

func TestADrillSignsInAndReadsANameAndFailsWhereItDoesNotOpen(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		w, d, _ := at(t, s)
		var name string
		drill := func() (bool, error) {
			return d.Drill(t.Context(), w.Place.Area, func(ctx context.Context, tx *store.Tx, me *access.Actor, own access.Access) (err error) {
				name, err = person.GivenName(ctx, tx, me, own)
				return err
			})
		}
		if some, err := drill(); some || err != nil {
			t.Errorf("where nobody is: %v %v", some, err)
		}
		_, who := w.Queued(t, "karin", "Qz", "Qzson", "")
		if some, err := drill(); !some || err != nil || name != "Qz" {
			t.Errorf("%v %q %v", some, name, err)
		}
		write(t, s, func(tx *store.Tx) error {
			_, err := tx.Exec(t.Context(), store.Q(`UPDATE person SET identity = $3 WHERE area_id = $1 AND person_id = $2`), w.Place.Area, who, []byte("broken"))
			return err
		})
		if _, err := drill(); err == nil {
			t.Error("a name that does not open is no fault")
		}
	})
}
