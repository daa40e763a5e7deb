package archtest

import (
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// Groups are mixed on purpose, never by diagnosis: what an activity is, when it is held and who is given a place know nothing of what kind
// of person somebody is. An activity says what is easier in it (small, quiet), and the person chooses.

// mixing are the packages that decide of activities, times and places.
var mixing = []string{"internal/activity", "internal/schedule", "internal/place"}

// mixedTables begin the names of their tables.
var mixedTables = regexp.MustCompile(`(?s)CREATE TABLE ((?:activity|run|turn|occasion|place|work_hours)(?:_[a-z_]+)?) \((.*?)\n\)`)

// kinds are parts of names by which somebody would be sorted.
var kinds = regexp.MustCompile(`(?i)diagnos|disord|disab|handicap|illness|disease|psych|adhd|autis|npf|addict|gender|birth|ethnic|nationality|citizen|religio|target_?group|number_index`)

// placesKnow are the columns of a person that their statements name: whose a row is, the name to show, and that nobody hidden is shown.
var placesKnow = []string{"area_id", "person_id", "identity", "protected", "weeded_at", "merged"}

var ofPerson = regexp.MustCompile(`\bp\.([a-z_]+)`)

// sorts gives what in a file knows of kinds of people.
func sorts(f *ast.File) (found []string) {
	people := false // a statement of the file reads people, as p
	ast.Inspect(f, func(n ast.Node) bool {
		x, ok := n.(*ast.BasicLit)
		people = people || ok && strings.Contains(x.Value, "person p")
		return true
	})
	ast.Inspect(f, func(n ast.Node) bool {
		switch x := n.(type) {
		case *ast.Ident:
			if kinds.MatchString(x.Name) {
				found = append(found, "the name "+x.Name)
			}
		case *ast.BasicLit:
			if x.Kind != token.STRING {
				return true
			}
			if m := kinds.FindString(x.Value); m != "" {
				found = append(found, fmt.Sprintf("%q in a text or a statement", m))
			}
			for _, m := range ofPerson.FindAllStringSubmatch(x.Value, -1) {
				if people && !slices.Contains(placesKnow, m[1]) {
					found = append(found, "a statement that reads p."+m[1])
				}
			}
		}
		return true
	})
	return found
}

func TestNoActivityTimeOrPlaceIsByWhatKindOfPersonSomebodyIs(t *testing.T) {
	h := read(t)
	files, tables := 0, 0
	for _, f := range h.server() {
		if !slices.Contains(mixing, f.pkg) {
			continue
		}
		files++
		for _, x := range sorts(f.ast) {
			t.Errorf("%s: %s: groups are mixed, never by diagnosis", f.path, x)
		}
	}
	paths, err := filepath.Glob(filepath.Join(h.root, "internal/store/migrations/*.sql"))
	if err != nil {
		t.Fatal(err)
	}
	for _, p := range paths {
		b, err := os.ReadFile(p)
		if err != nil {
			t.Fatal(err)
		}
		for _, m := range mixedTables.FindAllStringSubmatch(string(b), -1) {
			tables++
			if x := kinds.FindString(m[2]); x != "" {
				t.Errorf("the table %s has %q", m[1], x)
			}
		}
	}
	if files < 25 || tables < 10 {
		t.Errorf("only %d files and %d tables read", files, tables)
	}
}

// TestSortingPeopleIsSeen plants what the test above looks for.
func TestSortingPeopleIsSeen(t *testing.T) {
	for _, body := range []string{"type Type struct { Diagnoses []string }", "const q = `SELECT 1 FROM person p WHERE p.language = 'sv'`", "const q = `JOIN person p ON p.person_id = x.person_id`\nconst r = `AND p.language = $3`"} {
		f, err := parser.ParseFile(token.NewFileSet(), "planted.go", "package planted\n"+body, 0)
		if err != nil {
			t.Fatal(err)
		}
		if len(sorts(f)) == 0 {
			t.Errorf("not seen: %s", body)
		}
	}
	if !strings.Contains(strings.Join(mixing, " "), "internal/place") || mixedTables.FindString("CREATE TABLE place (\n  area_id {int} NOT NULL,\n)") == "" {
		t.Error("places are not looked at")
	}
}
