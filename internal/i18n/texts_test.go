package i18n

import (
	"io/fs"
	"maps"
	"regexp"
	"slices"
	"strings"
	"testing"

	"golang.org/x/text/feature/plural"

	"sluss/internal/clock"
)

var (
	hole = regexp.MustCompile(`\{[a-z0-9]*\}`)
	bare = regexp.MustCompile(`(^|[^\x{2066}\d])(\d{4}-\d\d-\d\d|\d\d:\d\d)`)
)

// sayings gives every wording of a text: itself, or its plural forms.
func (t text) sayings() map[string]string {
	if t.forms == nil {
		return map[string]string{"": t.one}
	}
	return t.forms
}

// holes are the placeholders of a wording, each once, sorted.
func holes(s string) []string {
	list := hole.FindAllString(s, -1)
	slices.Sort(list)
	return slices.Compact(list)
}

// whole is the wording that must hold every placeholder.
func (t text) whole() string {
	if t.forms == nil {
		return t.one
	}
	return t.forms["other"]
}

// formsOf are the plural forms that whole numbers take in a language.
func formsOf(l *Lang) map[string]bool {
	names := [...]string{plural.Other: "other", plural.Zero: "zero", plural.One: "one", plural.Two: "two", plural.Few: "few", plural.Many: "many"}
	m := map[string]bool{}
	for n := range 200 {
		m[names[plural.Cardinal.MatchPlural(l.tag, n, 0, 0, 0, 0)]] = true
	}
	return m
}

func TestEveryLanguageHasTheSameTexts(t *testing.T) {
	sv := Get("sv")
	for _, l := range All() {
		for k := range sv.texts {
			if _, ok := l.texts[k]; !ok {
				t.Errorf("%s lacks %s", l.Tag, k)
			}
		}
		for k := range l.texts {
			if !sv.Has(k) {
				t.Errorf("sv lacks %s, which %s has", k, l.Tag)
			}
		}
	}
}

// What a page asks before it says a coded value or that something was saved: easy Swedish, which has few texts of its own, knows all that
// Swedish knows.
func TestALanguageKnowsWhatItFallsBackTo(t *testing.T) {
	for _, l := range append(Public(), Core()...) {
		for k := range Get("sv").texts {
			if !l.Has(k) {
				t.Errorf("%s says that it has no %s, and then says it in Swedish", l.Tag, k)
			}
		}
		if l.Has("no.such.text") {
			t.Errorf("%s has a text that nobody has written", l.Tag)
		}
	}
}

func TestATextHasTheSamePlaceholdersInEveryLanguage(t *testing.T) {
	chosen := map[string]bool{"flow.month": true} // a month by name or by number, as the language keeps it short
	for k, sv := range Get("sv").texts {
		if chosen[k] {
			continue
		}
		want := holes(sv.whole())
		for _, l := range All() {
			if got := holes(l.texts[k].whole()); !slices.Equal(got, want) {
				t.Errorf("%s %s holds %v, the Swedish %v", l.Tag, k, got, want)
			}
		}
	}
}

func TestAPluralFormDropsAtMostTheNumber(t *testing.T) {
	for _, l := range All() {
		for k, x := range l.texts {
			want := holes(x.whole())
			for form, s := range x.forms {
				got := holes(s)
				for _, h := range got {
					if !slices.Contains(want, h) {
						t.Errorf("%s %s, %s holds %s, which other does not", l.Tag, k, form, h)
					}
				}
				if len(got) < len(want)-1 && form != "zero" {
					t.Errorf("%s %s, %s holds %v of %v", l.Tag, k, form, got, want)
				}
			}
		}
	}
}

func TestAPluralHasTheFormsOfItsLanguage(t *testing.T) {
	for _, l := range All() {
		want := slices.Sorted(maps.Keys(formsOf(l)))
		for k, x := range l.texts {
			if x.forms == nil {
				continue
			}
			if got := slices.Sorted(maps.Keys(x.forms)); !slices.Equal(got, want) {
				t.Errorf("%s %s has the forms %v, wants %v", l.Tag, k, got, want)
			}
		}
	}
}

func TestNoTextIsEmptyUntidyOrMarkedUp(t *testing.T) {
	for _, l := range All() {
		for k, x := range l.texts {
			for _, s := range x.sayings() {
				if s == "" || s != strings.TrimSpace(s) || strings.Contains(s, "  ") || strings.ContainsAny(s, "<>\n\t") || strings.Contains(s, "&") {
					t.Errorf("%s %s: %q", l.Tag, k, s)
				}
			}
		}
	}
}

// A date or a time of digits turns round in a sentence from right to left unless it is set apart.
func TestNoDateInDigitsStandsBareInArabic(t *testing.T) {
	for k, x := range Get("ar").texts {
		for _, s := range x.sayings() {
			if bare.MatchString(s) {
				t.Errorf("%s: %q", k, s)
			}
			if strings.Count(s, "\u2066") != strings.Count(s, "\u2069") {
				t.Errorf("%s opens what it does not close: %q", k, s)
			}
		}
	}
}

func TestWhatTurnsIsSetApartInArabicOnly(t *testing.T) {
	for _, s := range []string{"Samira", "070-174 06 21", "+46", "12/10", "a.b@c.se"} {
		if got := Get("ar").T("letter.hello", s); !strings.Contains(got, "\u2068"+s+"\u2069") {
			t.Errorf("%q", got)
		}
		if got := Get("sv").T("letter.hello", s); got != "Hej "+s+"!" {
			t.Errorf("%q", got)
		}
	}
	for _, s := range []string{"سميرة", "12"} {
		if got := Get("ar").T("letter.hello", s); strings.Contains(got, "\u2068") {
			t.Errorf("%q", got)
		}
	}
}

// A range of times or numbers is written by Span: a text that joins two of its holes with a dash would turn it round in Arabic. Two days
// with their months in words are read in the order of the page.
func TestNoTextJoinsTwoNumbersWithADash(t *testing.T) {
	joined := regexp.MustCompile(`\{\d\}–\{\d\}`)
	for _, l := range append(Public(), Core()...) {
		for k, x := range l.texts {
			for _, s := range x.sayings() {
				if joined.MatchString(s) {
					t.Errorf("%s %s: %q", l.Tag, k, s)
				}
			}
		}
	}
}

func TestARangeRunsFromLeftToRightAndDoesNotBreak(t *testing.T) {
	for tag, want := range map[string]string{"sv": "12.30\u2060–\u206014.00", "ar": "\u206612:30\u2060–\u206014:00\u2069"} {
		if got := Get(tag).Times("12:30", "14:00"); got != want {
			t.Errorf("%s: %q", tag, got)
		}
		if got := Get(tag).T("schedule.person.taken", clock.Hours{At: "12:30", Until: "14:00"}); !strings.Contains(got, want) {
			t.Errorf("%s: %q", tag, got)
		}
	}
}

func TestEveryWeekdayReadsAsItComesBack(t *testing.T) {
	want := map[string]string{"sv": "söndagar måndagar tisdagar onsdagar torsdagar fredagar lördagar",
		"en": "Sundays Mondays Tuesdays Wednesdays Thursdays Fridays Saturdays"}
	for tag, days := range want {
		for i, day := range strings.Fields(days) {
			if got := Get(tag).T("starts.rhythm", 1, Get(tag).Weekdays(i), 10, 13); !strings.Contains(got, day) {
				t.Errorf("%q, wants %s", got, day)
			}
		}
	}
}

func TestNoTextStandsTwiceInAFile(t *testing.T) {
	key := regexp.MustCompile(`(?m)^  "([^"]+)":`)
	names, err := fs.Glob(files, "*/*.json")
	if err != nil || len(names) < 100 {
		t.Fatal(len(names), err)
	}
	for _, name := range names {
		b, err := files.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		seen := map[string]bool{}
		for _, m := range key.FindAllStringSubmatch(string(b), -1) {
			if seen[m[1]] {
				t.Errorf("%s: %s stands twice", name, m[1])
			}
			seen[m[1]] = true
		}
	}
}
