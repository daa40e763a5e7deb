package staff

import (
	"testing"

	"sluss/internal/i18n"
	"sluss/internal/intake"
	"sluss/internal/web/ui"
)

func TestAStartThatIsShownAgainListsEachPersonOnce(t *testing.T) {
	p := startPage{Page: ui.Page{L: i18n.Get("sv")}, List: intake.List{Called: []intake.Called{{Place: 1, Here: intake.Unmarked}, {Place: 2, Here: intake.Unmarked, Answer: intake.No}}}}
	for range 2 { // the second time with what was typed
		p.words()
		n := 0
		for _, g := range p.Groups {
			n += len(g.List)
		}
		if n != 2 {
			t.Errorf("%d lines for two people", n)
		}
	}
}
