package staff

import (
	"slices"
	"strings"
	"testing"

	"sluss/internal/i18n"
	"sluss/internal/web"
	"sluss/internal/web/ui"
)

func TestEveryFormOnPaperHasItsTextsAndAPageWhereItIsTypedIn(t *testing.T) {
	routes := (&Pages{}).Routes()
	for _, f := range paperForms {
		at := "/arbete/person/{person}" + f.Typed
		if !slices.ContainsFunc(routes, func(r web.Route) bool { return r.Method == "GET" && r.Pattern == at }) {
			t.Errorf("%s is typed in at %s, which is no page", f.Name, at)
		}
		keys := append([]string{"blank.form." + f.Name, "blank.lede." + f.Name}, f.Says...)
		for _, p := range f.Parts {
			keys = append(append(keys, p.Key), p.Choices...)
		}
		for _, l := range i18n.All() {
			for _, key := range keys {
				if !l.Has(key) {
					t.Errorf("%s: no %s in %s", f.Name, key, l.Tag)
				}
			}
		}
	}
}

func TestAFormThatBindsIsInSwedishUntilTheOtherLanguageIsReviewed(t *testing.T) {
	ar := *i18n.Get("ar")
	for _, reviewed := range []bool{false, true} {
		ar.Reviewed = reviewed
		for _, f := range paperForms {
			x := blankSheet{paperForm: f, Sv: i18n.Get("sv"), Other: &ar}
			if shown := x.beside("blank.name") != nil; shown != (reviewed || !f.Bound) {
				t.Errorf("%s, reviewed %v: shown %v", f.Name, reviewed, shown)
			}
		}
	}
}

func TestAFormOnPaperSaysWhoseChoiceItIsAndWhereToSignInBothLanguages(t *testing.T) {
	ar := i18n.Get("ar")
	for _, f := range paperForms {
		var b strings.Builder
		x := blankSheet{Page: ui.Page{L: i18n.Get("sv")}, paperForm: f, Sv: i18n.Get("sv"), Other: ar}
		if err := blankPaper(x).Render(t.Context(), &b); err != nil {
			t.Fatal(err)
		}
		for _, key := range []string{"ui.mark.own", "blank.name", "blank.typed"} {
			if !strings.Contains(b.String(), ar.T(key)) {
				t.Errorf("%s lacks %s in Arabic", f.Name, key)
			}
		}
	}
}
