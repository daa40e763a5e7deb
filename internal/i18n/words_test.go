package i18n

import (
	"os"
	"slices"
	"strings"
	"testing"
)

// oneWord gives the table of docs/words.md that says what a thing is called in each language: a row a thing, first the words in use and
// then those that are not.
func oneWord(t *testing.T) (rows [][]string) {
	t.Helper()
	b, err := os.ReadFile("../../docs/words.md")
	if err != nil {
		t.Fatal(err)
	}
	_, part, _ := strings.Cut(string(b), "## One word in each language")
	for line := range strings.Lines(part) {
		cells := strings.Split(strings.Trim(line, "| \n"), "|")
		if len(cells) != 6 || strings.Contains(cells[0], "---") {
			continue
		}
		for i := range cells {
			cells[i] = strings.TrimSpace(cells[i])
		}
		rows = append(rows, cells)
	}
	if len(rows) < 6 {
		t.Fatalf("only %d rows", len(rows))
	}
	return rows[1:]
}

func TestAThingHasOneWordInEachLanguage(t *testing.T) {
	for i, tag := range []string{"sv", "en", "ar"} {
		var all []string
		for k, x := range Get(tag).texts {
			for _, s := range x.sayings() {
				all = append(all, strings.ToLower(s))
				for _, row := range oneWord(t) {
					for _, other := range strings.Split(row[3+i], ", ") {
						if strings.Contains(all[len(all)-1], other) {
							t.Errorf("%s %s says %q, the word is %q: %s", tag, k, other, row[i], s)
						}
					}
				}
			}
		}
		for _, row := range oneWord(t) {
			if !slices.ContainsFunc(all, func(s string) bool { return strings.Contains(s, row[i]) }) {
				t.Errorf("no text in %s says %q", tag, row[i])
			}
		}
	}
}

// Western digits stand in every text, as in dates, times and telephone numbers.
func TestNoTextHasOtherDigits(t *testing.T) {
	for _, l := range append(Public(), Core()...) {
		for k, x := range l.texts {
			for _, s := range x.sayings() {
				if strings.ContainsAny(s, "٠١٢٣٤٥٦٧٨٩۰۱۲۳۴۵۶۷۸۹") {
					t.Errorf("%s %s: %s", l.Tag, k, s)
				}
			}
		}
	}
}

// Two numbers in one sentence are two texts: the first whole number alone chooses the form.
func TestUnitsAreInflectedByTheirOwnNumber(t *testing.T) {
	ar := Get("ar")
	for n, want := range map[int]string{1: "في وحدة واحدة", 2: "في وحدتين", 3: "في 3 وحدات", 11: "في 11 وحدة"} {
		if got := ar.T("reading.recent.units", 1, 30, ar.T("reading.recent.in", n)); !strings.Contains(got, want) {
			t.Errorf("%d: %s", n, got)
		}
	}
}
