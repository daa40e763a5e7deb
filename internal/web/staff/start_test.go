package staff

import (
	"testing"

	"sluss/internal/i18n"
	"sluss/internal/intake"
	"sluss/internal/org"
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

func TestAStartThatSomebodySaidNoToHasRoomForAnotherInEveryList(t *testing.T) {
	s := intake.Start{ID: 7, On: "2026-12-01", Calls: 13, State: intake.Planned}
	table, _ := aheadTable(i18n.Get("sv"), org.Names{}, []intake.Start{s}, map[intake.StartID]intake.Tally{7: {Called: 13, Yes: 2, No: 1, Other: 1, Silent: 9}}, "2026-11-22")
	if row := table.Rows[0]; row.Cells[2].Text != "11 av 13" || row.Kind != "turn" {
		t.Errorf("the list says %q, %q", row.Cells[2].Text, row.Kind)
	}
}
