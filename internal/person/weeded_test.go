package person_test

import (
	"testing"

	"sluss/internal/demo/demotest"
	"sluss/internal/store"
	"sluss/internal/store/storetest"
)

func TestAWeededRecordGivesUpItsNumberAndWhoComesBackIsSomebodyNew(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		w := demotest.New(t, s)
		_, first := w.Queued(t, "karin", "Anna", "Andersson", "850709-9805")
		weed := func(q store.SQL) error {
			return s.Write(t.Context(), func(tx *store.Tx) error {
				_, err := tx.Exec(t.Context(), q, w.Place.Area, first, int64(w.Now()))
				return err
			})
		}
		if err := weed(store.Q(`UPDATE person SET weeded_at = $3 WHERE area_id = $1 AND person_id = $2`)); err == nil {
			t.Error("a weeded record may keep its number, and then nobody with that number can come again")
		}
		if err := weed(store.Q(`UPDATE person SET weeded_at = $3, number_index = NULL WHERE area_id = $1 AND person_id = $2`)); err != nil {
			t.Fatal(err)
		}
		if _, again := w.Queued(t, "karin", "Anna", "Andersson", "850709-9805"); again == first {
			t.Error("the weeded record came back")
		}
	})
}
