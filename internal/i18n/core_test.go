package i18n

import (
	"slices"
	"strings"
	"testing"
)

// A language of one page is looked up by the same keys as Swedish, so that what it lacks is found there.
func TestALanguageOfOnePageHasWhatTheOthersHaveAndSaysWhetherItIsReviewed(t *testing.T) {
	sv, first := Get("sv"), Core()[0]
	if len(Core()) != 5 {
		t.Errorf("%d languages have one page", len(Core()))
	}
	for _, l := range Core() {
		if own := l.Keys(); !own["lang.reviewed"] || !own["ui.unreviewed"] {
			t.Errorf("%s does not say whether it is reviewed", l.Tag)
		}
		for k := range first.texts {
			if _, ok := l.texts[k]; !ok {
				t.Errorf("%s lacks %s, which %s has", l.Tag, k, first.Tag)
			}
		}
		for k, x := range l.texts {
			if _, ok := first.texts[k]; !ok || !sv.Has(k) {
				t.Errorf("%s has %s, which Swedish or %s lacks", l.Tag, k, first.Tag)
			}
			if got, want := holes(x.whole()), holes(sv.texts[k].whole()); !slices.Equal(got, want) {
				t.Errorf("%s %s holds %v, the Swedish %v", l.Tag, k, got, want)
			}
			if s := x.one; s == "" || s != strings.TrimSpace(s) || strings.ContainsAny(s, "<>&\n") || strings.Contains(s, "  ") {
				t.Errorf("%s %s: %q", l.Tag, k, s)
			}
		}
	}
}

func TestALanguageOfOnePageCarriesNeitherConsentNorRightsNorMyPlace(t *testing.T) {
	for _, l := range Core() {
		for k := range l.texts {
			if !l.Reviewed && Binding(k) {
				t.Errorf("%s says %s, which nobody has reviewed", l.Tag, k)
			}
		}
	}
}

func TestWhatALanguageOfOnePageLacksIsInSwedish(t *testing.T) {
	for _, l := range Core() {
		if got, want := l.T("public.promise.text"), Get("sv").T("public.promise.text"); got != want {
			t.Errorf("%s says %q", l.Tag, got)
		}
	}
	for _, tag := range []string{"so", "prs"} {
		if Known(tag) || KnownPublic(tag) || !KnownCore(tag) || KnownCore("en") {
			t.Errorf("%s is known for more than one page", tag)
		}
	}
}
