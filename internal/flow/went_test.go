package flow

import (
	"testing"

	"sluss/internal/clock"
	"sluss/internal/demo/demotest"
	"sluss/internal/store"
	"sluss/internal/store/storetest"
)

func TestHowItWentIsToldOfAWholeYearWhenThereAreEnough(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		w := demotest.New(t, s)
		unit := w.Place.Units["Vuxenslussen"]
		for _, x := range []struct {
			what                 string
			work, studies, other int
			on, today            clock.Date
			want                 Went
		}{
			{"enough", 23, 11, 8, "2025-03-10", "2026-11-22", Went{2025, 40, 5, 3, 2}},
			{"nobody to studies", 15, 0, 10, "2025-12-31", "2026-11-22", Went{2025, 20, 6, 0, 4}},
			{"too few", 9, 5, 5, "2025-03-10", "2026-11-22", Went{}},
			{"a group that is too small", 40, 4, 20, "2025-03-10", "2026-11-22", Went{}},
			{"the year that goes on", 23, 11, 8, "2026-01-01", "2026-11-22", Went{}},
			{"a year that has just ended", 23, 11, 8, "2026-03-10", "2027-01-15", Went{}},
			{"a year that has settled", 23, 11, 8, "2026-03-10", "2027-02-15", Went{2026, 40, 5, 3, 2}},
		} {
			n := counts{{Unit: unit, Kind: left, On: x.on, Code: "work-open", Sex: 1}: x.work, {Unit: unit, Kind: left, On: x.on, Code: "studies"}: x.studies,
				{Unit: unit, Kind: left, On: x.on, Code: "moved"}: x.other}
			var got Went
			var ok bool
			must(t, s.Write(t.Context(), func(tx *store.Tx) (err error) {
				if err = n.apply(t.Context(), tx, w.Place.Area); err != nil {
					return err
				}
				got, ok, err = WentOf(t.Context(), tx, w.Place.Area, unit, x.today)
				if err != nil {
					return err
				}
				return counts{}.minus(n).apply(t.Context(), tx, w.Place.Area)
			}))
			if got != x.want || ok != (x.want != Went{}) {
				t.Errorf("%s: %+v %v, wants %+v", x.what, got, ok, x.want)
			}
		}
	})
}

func TestTenthsAreTenTogether(t *testing.T) {
	for work := range 60 {
		for studies := range 60 {
			a, b, c := ofTen(work, studies, 7)
			if a+b+c != 10 || a < 0 || b < 0 || c < 0 {
				t.Fatalf("%d, %d and 7 are %d, %d and %d of ten", work, studies, a, b, c)
			}
		}
	}
}
