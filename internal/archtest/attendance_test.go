package archtest

import (
	"go/ast"
	"go/parser"
	"go/token"
	"os"
	"path"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
)

// Who was here is where a path to an end would begin, and so it is walled in: few know of it, none of them can end or send
// anything, its tables are read in one place, and what they hold is a closed list.

// mayKnow are the packages that know who was here: the pages that show it, what is stated of hours, what the person asks for about
// themself, what a fund is shown in numbers, the invented history, and the wiring.
var mayKnow = []string{"cmd/sluss", "internal/demo/past", "internal/extract", "internal/project", "internal/statement", "internal/web/acts", "internal/web/own", "internal/web/staff"}

// mayKnowAway are those that know who has told of not coming to a meeting, a start or a day at a workplace: the pages, what the person asks
// for about themself, and the wiring.
var mayKnowAway = []string{"cmd/sluss", "internal/extract", "internal/web/acts", "internal/web/own", "internal/web/staff"}

// stands are all that the packages of attendance, of what is told of other times, and of statements stand on: nothing that ends, counts, sends or decides.
var stands = map[string][]string{
	"internal/attendance": {"access", "activity", "clock", "fault", "id", "person", "schedule", "store", "vault"},
	"internal/away":       {"access", "clock", "fault", "id", "person", "placement", "store", "vault", "workplace"},
	"internal/statement":  {"access", "attendance", "clock", "comment", "fault", "id", "org", "person", "store", "vault"},
}

// keptColumns are all that is kept of attendance, and of what is stated of it: no number of times, no limit, no verdict, no proposal.
var keptColumns = map[string][]string{
	"0019_attendance.sql": {"area_id", "occasion_id", "person_id", "version", "latest", "unit_id", "mark", "list_no", "at", "post_id", "word_id", "stands", "ahead", "paper",
		"sealed", "done"},
	"0049_away.sql": {"area_id", "away_id", "person_id", "unit_id", "kind", "ref_id", "on_date", "begins", "paper", "sealed", "at", "post_id", "taken_at", "read_at", "read_post_id",
		"version"},
	"0027_statement.sql": {"area_id", "statement_id", "person_id", "unit_id", "from_on", "to_on", "sealed", "at", "post_id", "shown_how", "shown_at",
		"shown_post_id", "zone_id", "law", "ground_id", "handed_at", "handed_post_id", "version"},
}

var attendanceTable = regexp.MustCompile(`(?i)\b(?:FROM|JOIN|UPDATE|INTO)\s+(?:attendance(?:_[a-z]+)?|away)\b`)

// knows gives what a file does with attendance that it may not.
func knows(pkg string, f *ast.File) []string {
	var found []string
	attends := false
	within, imports := pkg == "internal/attendance" || pkg == "internal/away", false
	for _, s := range f.Imports {
		p, _ := strconv.Unquote(s.Path.Value)
		name, own := strings.CutPrefix(p, "sluss/internal/")
		imports, attends = imports || name == "attendance" || name == "away", attends || name == "attendance"
		if name == "away" && !slices.Contains(mayKnowAway, pkg) {
			found = append(found, pkg+" knows who has told of not coming")
		}
		if of := stands[pkg]; of != nil && own && !slices.Contains(of, name) {
			found = append(found, pkg+" stands on "+name)
		}
	}
	if attends && !within && !slices.Contains(mayKnow, pkg) {
		found = append(found, pkg+" knows who was here")
	}
	ast.Inspect(f, func(n ast.Node) bool {
		switch x := n.(type) {
		case *ast.BasicLit:
			if x.Kind == token.STRING && !within && attendanceTable.MatchString(x.Value) {
				found = append(found, "attendance is read by SQL outside its package")
			}
		case *ast.CallExpr:
			if s, ok := x.Fun.(*ast.SelectorExpr); ok && (imports || within) && pkg != "cmd/sluss" && slices.Contains(append([]string{"Enqueue", "Send"}, ending...), s.Sel.Name) {
				found = append(found, "a file that knows who was here calls "+s.Sel.Name)
			}
		}
		return true
	})
	return found
}

func TestFewKnowWhoWasHereAndNoneOfThemEndsOrSendsAnything(t *testing.T) {
	h := read(t)
	seen, told := map[string]bool{}, map[string]bool{}
	for _, f := range h.server() {
		for _, x := range knows(f.pkg, f.ast) {
			t.Errorf("%s: %s", f.path, x)
		}
		if f.imports()["sluss/internal/attendance"] != nil {
			seen[f.pkg] = true
		}
		if f.imports()["sluss/internal/away"] != nil {
			told[f.pkg] = true
		}
	}
	for _, p := range mayKnow {
		if !seen[p] {
			t.Errorf("%s is listed, and does not know of attendance", p)
		}
	}
	for _, p := range mayKnowAway {
		if !told[p] {
			t.Errorf("%s is listed, and does not know who has told of not coming", p)
		}
	}
}

func TestWhatIsKeptOfAttendanceIsAClosedList(t *testing.T) {
	h := read(t)
	for file, columns := range keptColumns {
		b, err := os.ReadFile(filepath.Join(h.root, "internal/store/migrations", file))
		if err != nil {
			t.Fatal(err)
		}
		var have []string
		for _, m := range regexp.MustCompile(`(?m)^  ([a-z_]+) (?:\{|text)`).FindAllStringSubmatch(string(b), -1) {
			have = append(have, m[1])
			if !slices.Contains(columns, m[1]) {
				t.Errorf("%s keeps %s: is it a fact, or does it lead somewhere?", file, m[1])
			}
		}
		for _, c := range columns {
			if !slices.Contains(have, c) {
				t.Errorf("%s has no column %s any more", file, c)
			}
		}
	}
}

func TestAWayOutOfAttendanceIsSeen(t *testing.T) {
	for pkg, body := range map[string]string{
		"internal/outcome":    "import _ \"sluss/internal/attendance\"",
		"internal/attendance": "import _ \"sluss/internal/job\"",
		"internal/statement":  "import _ \"sluss/internal/outcome\"",
		"internal/away":       "import _ \"sluss/internal/thread\"",
		"internal/feed":       "import _ \"sluss/internal/away\"",
		"internal/forecast":   "const q = `SELECT count(*) FROM away WHERE area_id = $1`",
		"internal/web/staff":  "import _ \"sluss/internal/attendance\"\nfunc f() { p.Outcome.Leave(ctx) }",
		"internal/flow":       "const q = `SELECT count(*) FROM attendance WHERE area_id = $1`",
	} {
		f, err := parser.ParseFile(token.NewFileSet(), "planted.go", "package "+path.Base(pkg)+"\n"+body, 0)
		if err != nil {
			t.Fatal(err)
		}
		if len(knows(pkg, f)) != 1 {
			t.Errorf("%s: not seen: %s", pkg, body)
		}
	}
}
