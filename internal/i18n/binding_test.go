package i18n

import "testing"

func TestConsentRightsAndMyPlaceAreInSwedishUntilTheLanguageIsReviewed(t *testing.T) {
	const key = "own.consent.end.free"
	sv := Get("sv")
	for _, tag := range []string{"en", "ar", "fi", "so", "prs", "ti", "uk"} {
		l := *Get(tag)
		if got := l.T(key); got != sv.T(key) || l.Says(key) || l.Binds() != sv {
			t.Errorf("%s, which nobody has reviewed, says %q", tag, got)
		}
		if l.Reviewed = true; l.Binds() != &l || l.Keys()[key] && (l.T(key) == sv.T(key) || !l.Says(key)) {
			t.Errorf("%s, when it is reviewed, says %q", tag, l.T(key))
		}
	}
	if easy := Get(Easy); easy.Binds() != easy {
		t.Error("easy Swedish does not bind")
	}
}

// A number or a day within is written as in Swedish too.
func TestWhatBindsIsSwedishInEveryPartOfIt(t *testing.T) {
	for _, tag := range []string{"en", "ar"} {
		if got, want := Get(tag).T("own.consents.lede"), Get("sv").T("own.consents.lede"); got != want {
			t.Errorf("%q, wants %q", got, want)
		}
		if got, want := Get(tag).T("place.own.extent", "3", "2026-10-20"), Get("sv").T("place.own.extent", "3", "2026-10-20"); got != want {
			t.Errorf("%q, wants %q", got, want)
		}
	}
}

func TestEveryBeginningOfAKeyThatBindsIsOfSomeText(t *testing.T) {
	for _, b := range binding {
		found := false
		for k := range Get("sv").texts {
			found = found || len(k) >= len(b) && k[:len(b)] == b
		}
		if !found {
			t.Errorf("no text begins %s", b)
		}
	}
}
