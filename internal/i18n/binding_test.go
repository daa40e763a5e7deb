package i18n

import (
	"maps"
	"slices"
	"strings"
	"testing"
)

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

// A native speaker reads file by file: what binds is told in the language when each file with such texts is read, and the note on the pages
// goes when all are.
func TestALanguageIsReadFileByFile(t *testing.T) {
	l := *Get("ar")
	l.texts, l.files = maps.Clone(l.texts), slices.Clone(l.files)
	names := func(keep func(File) bool) string {
		var list []string
		for _, f := range l.files {
			if keep(f) {
				list = append(list, f.Noun)
			}
		}
		return strings.Join(list, " ")
	}
	all := names(func(File) bool { return true })
	binds := names(func(f File) bool { return f.Binds() > 0 })
	for _, c := range []struct {
		read        string
		bound, done bool
	}{{"no", false, false}, {"own", false, false}, {binds, true, false}, {all, true, true}} {
		l.texts["lang.reviewed"] = text{one: c.read}
		l.reviewed()
		if bound := l.Binds() == &l; bound != c.bound || l.Reviewed != c.done {
			t.Errorf("read %q: binds %v, reviewed %v", c.read, bound, l.Reviewed)
		}
		for _, f := range l.Files() {
			if f.Read != slices.Contains(strings.Fields(c.read), f.Noun) {
				t.Errorf("read %q: %s is marked %v", c.read, f.Noun, f.Read)
			}
		}
	}
}

func TestWhatIsMarkedAsReadIsAFile(t *testing.T) {
	for _, l := range slices.Concat(All(), Core()) {
		for _, noun := range strings.Fields(l.texts["lang.reviewed"].one) {
			if noun != "no" && !slices.ContainsFunc(l.files, func(f File) bool { return f.Noun == noun }) {
				t.Errorf("%s marks %s as read, which is no file", l.Tag, noun)
			}
		}
	}
}
