package i18n

import (
	"maps"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// portal are the packages of web whose texts a person reads about themselves.
var portal = []string{"own", "readlog", "everything", "calendar", "hours", "jobs", "together", "proposals"}

// given are beginnings of keys that a noun gives to those pages, which their own source does not name.
var given = []string{"own.", "door.in.", "door.choose.", "door.pin.", "door.eid.", "reading.ground.", "reading.kind.", "reading.purpose.", "reading.did.", "reading.recent.",
	"remind.own.", "attendance.own.", "opinion.own.", "statement.own.", "placement.own.", "document.own.", "course.own.", "myplace.own.", "ui.question.", "ui.mark.", "ui.who.", "demand.title", "demand.see", "demand.own.", "demand.means.", "demand.appeal."}

// named are texts that are the names of something: a law, an authority, what stands on the screen of a telephone. Nobody can
// say them in other words.
var named = regexp.MustCompile(`^lawful\.law\.|^demand\.law\.|^statement\.decides\.law$|^requirement\.source\.|^course\.source$|^feed\.how\.phone$`)

var asked = regexp.MustCompile(`"([a-z]+(?:\.[a-z0-9_]+)+\.?)"`)

// own gives the Swedish texts of a person's own pages: what their source names, whole or by its beginning, and what nouns give them.
func own(t *testing.T) map[string]text {
	t.Helper()
	sv, found := Get("sv").texts, map[string]text{}
	take := func(key string) {
		for k, x := range sv {
			if k == key || k == key+".good" || k == key+".means" || strings.HasSuffix(key, ".") && strings.HasPrefix(k, key) {
				found[k] = x
			}
		}
	}
	for _, dir := range portal {
		for _, kind := range []string{"*.templ", "*.go"} {
			files, err := filepath.Glob(filepath.Join("../web", dir, kind))
			if err != nil {
				t.Fatal(err)
			}
			for _, f := range files {
				src, err := os.ReadFile(f)
				if err != nil {
					t.Fatal(err)
				}
				for _, m := range asked.FindAllStringSubmatch(string(src), -1) {
					take(m[1])
				}
			}
		}
	}
	for _, g := range given {
		take(g)
	}
	maps.DeleteFunc(found, func(k string, _ text) bool { return named.MatchString(k) })
	if len(found) < 400 {
		t.Fatalf("only %d texts are found on a person's own pages", len(found))
	}
	return found
}

// easily tells whether Swedish words are easy as they stand (docs/decisions/0067): no sentence of more than twelve words, no
// word of more than fourteen letters, and a LIX under 30 where there are words enough to tell.
func easily(s string) bool {
	s = hole.ReplaceAllString(s, "Lena")
	for sentence := range strings.FieldsFuncSeq(s, func(r rune) bool { return strings.ContainsRune(".!?:", r) }) {
		words := strings.Fields(sentence)
		if len(words) > 12 || slices.ContainsFunc(words, func(w string) bool { return len([]rune(strings.Trim(w, ",()"))) > 14 }) {
			return false
		}
	}
	return len(strings.Fields(s)) < 8 || LIX(s) < 30
}

// What a person reads about themselves is easy in easy Swedish: in words of its own, or in ordinary ones that are easy already.
func TestAPersonsOwnPagesAreEasyInEasySwedish(t *testing.T) {
	easy := Get(Easy)
	for k, x := range own(t) {
		if e, ok := easy.texts[k]; ok {
			x = e
		}
		for form, s := range x.sayings() {
			if !easily(s) {
				t.Errorf("%s %s is hard and has no easy words: %s", k, form, s)
			}
		}
	}
}

func TestAPersonsOwnPagesArePlainInSwedish(t *testing.T) {
	var all []string
	for k, x := range own(t) {
		s := hole.ReplaceAllString(x.whole(), "Lena")
		all = append(all, strings.TrimRight(s, ".!?:")+".")
		if n := LIX(s); len(strings.Fields(s)) >= 8 && n >= 40 {
			t.Errorf("%s has LIX %.0f: %s", k, n, s)
		}
	}
	if n := LIX(strings.Join(all, " ")); n >= 40 {
		t.Errorf("all of it has LIX %.0f", n)
	}
}
