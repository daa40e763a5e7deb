package staff

import (
	"strings"
	"testing"

	"sluss/internal/i18n"
	"sluss/internal/plan"
	"sluss/internal/web/ui"
)

// TestNothingOnThePaperPlanIsAnEmptyPlace: what is not translated stands in its own language, marked as that, on both sides.
func TestNothingOnThePaperPlanIsAnEmptyPlace(t *testing.T) {
	sv, ar := i18n.Get("sv"), i18n.Get("ar")
	for _, c := range []struct {
		name  string
		other *i18n.Lang
		goal  plan.Goal
		times int // how often the words stand on the sheet
		notes int
	}{
		{"a goal in Swedish, for who reads Arabic", ar, plan.Goal{Words: "Laga mat åt många", Lang: "sv"}, 2, 1},
		{"a goal in Arabic without a translation", ar, plan.Goal{Words: "أريد أن أعمل", Lang: "ar"}, 2, 1},
		{"a goal in Somali, which there are no texts in", nil, plan.Goal{Words: "Waxaan rabaa shaqo", Lang: "so"}, 2, 1},
		{"a goal in English, for who reads Arabic", ar, plan.Goal{Words: "I want to bake", Lang: "en", Translation: "Jag vill baka", To: "sv"}, 1, 1},
		{"a goal in Arabic with its translation", ar, plan.Goal{Words: "أريد أن أعمل", Lang: "ar", Translation: "Jag vill arbeta", To: "sv"}, 1, 0},
		{"a goal in Swedish with its translation", ar, plan.Goal{Words: "Laga mat åt många", Lang: "sv", Translation: "أن أطبخ", To: "ar"}, 1, 0},
		{"a goal in Swedish with a translation into another language", ar, plan.Goal{Words: "Laga mat åt många", Lang: "sv", Translation: "Xidhiidh", To: "so"}, 2, 1},
		{"a goal in Swedish, for who reads Swedish", nil, plan.Goal{Words: "Laga mat åt många", Lang: "sv"}, 1, 0},
	} {
		c.goal.State = plan.Open
		page := paperPage{Page: ui.Page{L: sv}, Sv: sv, Other: c.other, View: plan.View{Plan: plan.Plan{Goals: []plan.Goal{c.goal}}}}
		var b strings.Builder
		if err := planPaper(page).Render(t.Context(), &b); err != nil {
			t.Fatal(err)
		}
		notes := strings.Count(b.String(), sv.T("plan.paper.untranslated")) + strings.Count(b.String(), ar.T("plan.paper.untranslated"))
		if n := strings.Count(b.String(), c.goal.Words); n != c.times || notes != c.notes {
			t.Errorf("%s: its words stand %d times and %d notes say that they are not translated; wanted %d and %d", c.name, n, notes, c.times, c.notes)
		}
	}
	page := paperPage{Page: ui.Page{L: sv}, Sv: sv, Other: ar, View: plan.View{Plan: plan.Plan{Tasks: []plan.Task{{Words: "Ringa vuxenutbildningen", State: plan.Open}}}}}
	var b strings.Builder
	if err := planPaper(page).Render(t.Context(), &b); err != nil {
		t.Fatal(err)
	}
	if s := b.String(); strings.Count(s, "Ringa vuxenutbildningen") != 2 || !strings.Contains(s, ar.T("plan.paper.untranslated")) {
		t.Error("a task without its words in the person's language leaves a hole")
	}
}
