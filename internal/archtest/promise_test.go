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

	"sluss/internal/thread"
)

// The promise: a place is not questioned because somebody feels unwell. The program keeps it by having no path from absence
// to a warning, an end or a proposal about money. The lists below are closed; the tests walk texts, code and tables.

// punishing are the beginnings of words that no text has.
var punishing = map[string][]string{
	"sv": {"varning", "varna", "sanktion", "skolk", "prickning", "ogiltig frånvaro", "giltig frånvaro", "otillåten", "olovlig", "frånvarogräns", "närvarokrav",
		"avstäng", "uteslut", "skrivs ut på grund", "förverka", "dra in", "indrag", "nedsätt", "sänkt bidrag", "sänka bidraget", "misskött"},
	"en": {"warning", "warned", "sanction", "truan", "unexcused", "valid absence", "attendance requirement", "absence limit", "expel", "expulsion",
		"forfeit", "penalt", "withhold", "reduce the support", "cut the support"},
}

// punishingNames are parts of names that no column, type, function or field has, as written without capitals and lines.
var punishingNames = []string{"warning", "sanction", "truan", "unexcused", "penalty", "expel", "forfeit", "absencelimit", "absencecount", "maxabsence",
	"validabsence", "noshow", "absences", "misconduct", "varning"}

// otherwise are those that hold such a word and are about something else, each by how a finding begins.
var otherwise = []string{
	"sv protect.kind.1.means", "en protect.kind.1.means", // the Tax Agency's own word for a mark in its register
	"CloneWarning",                  // of a copied key, in the library of passkeys
	"NoShow", "noShow", "sumNoShow", // of a queue, in the engine that plays on; it knows no person
}

// others leaves out what is meant otherwise.
func others(found []string) []string {
	return slices.DeleteFunc(found, func(x string) bool {
		return slices.ContainsFunc(otherwise, func(o string) bool { return strings.HasPrefix(x, o) })
	})
}

// absent are the names in the code by which something knows that somebody was not there.
var absent = []string{"Absent", "Missed", "Away", "Silent", "Quiet", "NotHere", "Untold", "Unheard", "Unmarked"}

// absentWords are the codes and columns by which a statement knows it.
var absentWords = []string{"'absent'", "'missed'", "'away'", "'start.absent'", "'not_here'", "'told'", "'untold'", "FROM attendance", "JOIN attendance"}

// ending are the functions that end a place, or write about money, and what they write.
var (
	ending       = []string{"Leave", "Redirect", "Withdraw", "EndMeasure", "Exit", "StepOut"}
	endingTables = []string{"exit", "enrolment", "plan_measure", "legal_ground", "place"}
)

// mayEnd are the places that end somebody's time here: the verb, the page on which a person decides it, and invented history.
var mayEnd = []string{"internal/outcome/leave.go", "internal/web/staff/exit.go", "internal/demo/past/leave.go"}

// wordsAgainst gives the texts that hold one of the words.
func wordsAgainst(lang string, texts map[string]string) []string {
	var parts, found []string
	for _, w := range punishing[lang] {
		parts = append(parts, regexp.QuoteMeta(w))
	}
	word := regexp.MustCompile(`(?:^|[^\pL])(` + strings.Join(parts, "|") + `)`)
	for key, text := range texts {
		if m := word.FindStringSubmatch(strings.ToLower(text)); m != nil {
			found = append(found, lang+" "+key+": "+m[1])
		}
	}
	return found
}

// namesAgainst gives the names that hold one of the parts.
func namesAgainst(names []string) []string {
	var found []string
	slices.Sort(names)
	for _, n := range slices.Compact(names) {
		plain := strings.ToLower(strings.NewReplacer("_", "", ".", "").Replace(n))
		for _, w := range punishingNames {
			if strings.Contains(plain, w) {
				found = append(found, n+": "+w)
			}
		}
	}
	return found
}

// pathsFrom gives the functions of a file that know of an absence and end something, and the statements that do both.
func pathsFrom(f *ast.File) []string {
	var found []string
	for _, d := range f.Decls {
		fn, ok := d.(*ast.FuncDecl)
		if !ok || fn.Body == nil {
			continue
		}
		knows, ends := "", ""
		ast.Inspect(fn, func(n ast.Node) bool {
			switch x := n.(type) {
			case *ast.Ident:
				if slices.Contains(absent, x.Name) {
					knows = x.Name
				}
			case *ast.CallExpr:
				if s, ok := x.Fun.(*ast.SelectorExpr); ok && slices.Contains(ending, s.Sel.Name) {
					ends = s.Sel.Name
				}
			}
			return true
		})
		if knows != "" && ends != "" {
			found = append(found, fmt.Sprintf("%s knows of %s and calls %s", fn.Name.Name, knows, ends))
		}
	}
	ast.Inspect(f, func(n ast.Node) bool {
		c, ok := n.(*ast.CallExpr)
		if !ok || len(c.Args) != 1 {
			return true
		}
		text := textOf(c.Args[0])
		for _, m := range writes.FindAllStringSubmatch(text, -1) {
			for _, w := range absentWords {
				if slices.Contains(endingTables, m[1]) && strings.Contains(text, w) {
					found = append(found, "a statement writes "+m[1]+" where "+w)
				}
			}
		}
		return true
	})
	return found
}

// leaves gives where a file calls the verb that ends somebody's time here.
func leaves(f *ast.File) bool {
	found := false
	ast.Inspect(f, func(n ast.Node) bool {
		c, ok := n.(*ast.CallExpr)
		if !ok {
			return true
		}
		s, ok := c.Fun.(*ast.SelectorExpr)
		if ok && s.Sel.Name == "Leave" {
			found = found || named(s.X, "intake") || named(s.X, "place") || endsIn(s.X, "Outcome") || calls(s.X, "outcome")
		}
		return true
	})
	return found
}

func calls(e ast.Expr, name string) bool {
	c, ok := e.(*ast.CallExpr)
	return ok && endsIn(c.Fun, name)
}

func TestNoTextThreatens(t *testing.T) {
	for lang := range punishing {
		texts := linesOf(t, lang)
		if len(texts) < 1000 {
			t.Errorf("only %d texts in %s", len(texts), lang)
		}
		for _, x := range others(wordsAgainst(lang, texts)) {
			t.Error(x)
		}
	}
}

func TestNothingIsNamedAsAPunishment(t *testing.T) {
	h := read(t)
	var names []string
	for _, f := range h.server() {
		ast.Inspect(f.ast, func(n ast.Node) bool {
			if x, ok := n.(*ast.Ident); ok {
				names = append(names, x.Name)
			}
			return true
		})
	}
	columns := columnsOf(t, h)
	if len(names) < 10000 || len(columns) < 300 {
		t.Errorf("only %d names and %d columns read", len(names), len(columns))
	}
	for _, k := range thread.Kinds {
		names = append(names, string(k))
	}
	for _, x := range others(namesAgainst(append(names, columns...))) {
		t.Error(x)
	}
}

func TestNoPathLeadsFromAbsenceToAnEnd(t *testing.T) {
	h := read(t)
	known, left := 0, 0
	for _, f := range h.server() {
		for _, x := range pathsFrom(f.ast) {
			t.Errorf("%s: %s", f.path, x)
		}
		ast.Inspect(f.ast, func(n ast.Node) bool {
			if x, ok := n.(*ast.Ident); ok && slices.Contains(absent, x.Name) {
				known++
			}
			return true
		})
		if leaves(f.ast) {
			if left++; !slices.Contains(mayEnd, f.path) {
				t.Errorf("%s ends somebody's time here: that is for a person to decide, on the page that shows the promise", f.path)
			}
		}
	}
	if known == 0 || left != len(mayEnd) {
		t.Errorf("absence is known in %d places, and %d files end somebody's time of the %d that this test knows", known, left, len(mayEnd))
	}
}

// TestThePromiseIsSeenToBeBroken plants what the tests above look for.
func TestThePromiseIsSeenToBeBroken(t *testing.T) {
	for lang, text := range map[string]string{"sv": "Du får en varning efter tre gånger.", "en": "After three times there is a warning."} {
		if len(wordsAgainst(lang, map[string]string{"planted": text})) != 1 {
			t.Errorf("%s: %q is not seen", lang, text)
		}
	}
	for _, name := range []string{"absence_count", "WarningLetter", "exit.sanctioned", "is_unexcused"} {
		if len(namesAgainst([]string{name})) == 0 {
			t.Errorf("the name %s is not seen", name)
		}
	}
	for _, body := range []string{
		`func f() { if g.Mark == attendance.Untold { d.StepOut(ctx) } }`,
		"func f() { store.Q(`UPDATE place SET to_on = $2 WHERE area_id = $1 AND 3 < (SELECT count(*) FROM attendance WHERE area_id = $1)`) }",
		`func f() { if x.Kind == thread.Absent { d.Leave(ctx) } }`,
		"func f() { store.Q(`UPDATE enrolment SET state = 'left' WHERE area_id = $1 AND (SELECT 1 FROM thread_event WHERE kind = 'start.absent') = 1`) }",
	} {
		f, err := parser.ParseFile(token.NewFileSet(), "planted.go", "package planted\n"+body, 0)
		if err != nil {
			t.Fatal(err)
		}
		if len(pathsFrom(f)) != 1 {
			t.Errorf("the path is not seen: %s", body)
		}
	}
	f, err := parser.ParseFile(token.NewFileSet(), "planted.go", "package planted\nfunc f() { intake.Leave(ctx); p.Outcome.Leave(ctx); d.outcome().Leave(ctx) }", 0)
	if err != nil || !leaves(f) {
		t.Errorf("an end that no person decides is not seen: %v", err)
	}
}

// linesOf gives the lines of a language's files of texts, plurals and all, by where they stand.
func linesOf(t *testing.T, lang string) map[string]string {
	t.Helper()
	paths, err := filepath.Glob("../i18n/" + lang + "/*.json")
	if err != nil {
		t.Fatal(err)
	}
	m := map[string]string{}
	for _, p := range paths {
		b, err := os.ReadFile(p)
		if err != nil {
			t.Fatal(err)
		}
		for i, line := range strings.Split(string(b), "\n") {
			if key, text, ok := strings.Cut(strings.TrimSpace(line), `": `); ok {
				m[fmt.Sprint(key[1:], " (", filepath.Base(p), ":", i+1, ")")] = text
			}
		}
	}
	return m
}

// columnsOf gives the names of every table and column.
func columnsOf(t *testing.T, h *house) []string {
	t.Helper()
	paths, err := filepath.Glob(filepath.Join(h.root, "internal/store/migrations/*.sql"))
	if err != nil {
		t.Fatal(err)
	}
	var list []string
	for _, p := range paths {
		b, err := os.ReadFile(p)
		if err != nil {
			t.Fatal(err)
		}
		for _, m := range regexp.MustCompile(`(?m)^(?:CREATE TABLE |  )([a-z_]+) `).FindAllStringSubmatch(string(b), -1) {
			list = append(list, m[1])
		}
	}
	return list
}
