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

// mayKnow are the packages that know who was here: the pages that show it, what the person asks for about themself, the invented
// history, and the wiring.
var mayKnow = []string{"cmd/sluss", "internal/demo/past", "internal/extract", "internal/web/own", "internal/web/staff"}

// stands are all that the package of attendance stands on: nothing that ends, counts, sends or decides.
var stands = []string{"access", "activity", "clock", "fault", "id", "person", "schedule", "store", "vault"}

// attendanceColumns are all that is kept: no number of times, no limit, no verdict.
var attendanceColumns = []string{"area_id", "occasion_id", "person_id", "version", "latest", "unit_id", "mark", "list_no", "at", "post_id",
	"word_id", "stands", "ahead", "sealed", "done"}

var attendanceTable = regexp.MustCompile(`(?i)\b(?:FROM|JOIN|UPDATE|INTO)\s+attendance(?:_[a-z]+)?\b`)

// knows gives what a file does with attendance that it may not.
func knows(pkg string, f *ast.File) []string {
	var found []string
	within, imports := pkg == "internal/attendance", false
	for _, s := range f.Imports {
		p, _ := strconv.Unquote(s.Path.Value)
		name, own := strings.CutPrefix(p, "sluss/internal/")
		imports = imports || name == "attendance"
		if within && own && !slices.Contains(stands, name) {
			found = append(found, "attendance stands on "+name)
		}
	}
	if imports && !within && !slices.Contains(mayKnow, pkg) {
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
	seen := map[string]bool{}
	for _, f := range h.server() {
		for _, x := range knows(f.pkg, f.ast) {
			t.Errorf("%s: %s", f.path, x)
		}
		if f.imports()["sluss/internal/attendance"] != nil {
			seen[f.pkg] = true
		}
	}
	for _, p := range mayKnow {
		if !seen[p] {
			t.Errorf("%s is listed, and does not know of attendance", p)
		}
	}
}

func TestWhatIsKeptOfAttendanceIsAClosedList(t *testing.T) {
	h := read(t)
	b, err := os.ReadFile(filepath.Join(h.root, "internal/store/migrations/0019_attendance.sql"))
	if err != nil {
		t.Fatal(err)
	}
	var have []string
	for _, m := range regexp.MustCompile(`(?m)^  ([a-z_]+) (?:\{|text)`).FindAllStringSubmatch(string(b), -1) {
		have = append(have, m[1])
		if !slices.Contains(attendanceColumns, m[1]) {
			t.Errorf("attendance keeps %s: is it a fact, or does it lead somewhere?", m[1])
		}
	}
	for _, c := range attendanceColumns {
		if !slices.Contains(have, c) {
			t.Errorf("attendance has no column %s any more", c)
		}
	}
}

func TestAWayOutOfAttendanceIsSeen(t *testing.T) {
	for pkg, body := range map[string]string{
		"internal/outcome":    "import _ \"sluss/internal/attendance\"",
		"internal/attendance": "import _ \"sluss/internal/job\"",
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
