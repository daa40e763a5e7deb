package audit_test

import (
	"testing"

	"sluss/internal/audit"
	"sluss/internal/store"
	"sluss/internal/store/storetest"
)

// TestRowsWhoseIDsRunAgainstTheirPositionsAreVerifiedAllTheSame: a clock that jumps, or a history that is written afterwards, gives
// ids in another order than the rows came in, whether all that wait for their turn fit into memory or not.
func TestRowsWhoseIDsRunAgainstTheirPositionsAreVerifiedAllTheSame(t *testing.T) {
	for name, most := range map[string]int{"in memory": 1000, "by position": 3} {
		t.Run(name, func(t *testing.T) {
			defer audit.Early(most)()
			storetest.Each(t, func(t *testing.T, s *store.Store) {
				k := kept(t, s)
				for range 3 {
					k.grow(t, 20)
					k.world.Pass(-2)
				}
				first := figure(t, s, store.Q(`SELECT disclosure_id FROM disclosure WHERE area_id = $1 AND position = $2`), k.area, int64(0))
				last := figure(t, s, store.Q(`SELECT disclosure_id FROM disclosure WHERE area_id = $1 AND position = $2`), k.area, k.size(t)-1)
				if first < last {
					t.Fatal("the ids run with the positions")
				}
				if v := k.verdict(t); len(v.Findings) != 0 || v.Rows != k.size(t) || v.Outside != 3 || v.Covered != k.size(t) {
					t.Fatalf("untouched: %+v", v)
				}
				k.do(t, k.size(t)-5, editRow)
				if v := k.verdict(t); len(v.Findings) == 0 || v.Findings[0].First != k.size(t)-5 {
					t.Errorf("edited at %d: %+v", k.size(t)-5, v.Findings)
				}
				k.do(t, 7, deleteRow)
				if v := k.verdict(t); len(v.Findings) == 0 || v.Findings[0].First != 7 {
					t.Errorf("deleted at 7: %+v", v.Findings)
				}
			})
		})
	}
}
