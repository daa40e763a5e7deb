package i18n

import (
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
)

// built are the beginnings of keys that code completes with a code, a number or another word.
var built = []string{"contact.how.", "contact.kind.", "contact.state.", "date.mon.", "date.months.", "date.weekday.", "date.weekdays.",
	"flow.group.", "flow.list.", "flow.plot.", "outcome.ask.1.", "outcome.confirm.", "outcome.due.", "outcome.goes.", "outcome.income.",
	"outcome.kind.", "outcome.noview.", "outcome.pause.", "outcome.reason.", "outcome.sector.", "outcome.subsidy.", "outcome.u40455.",
	"people.lede.", "people.state.", "person.lang.", "person.reach.", "person.sex.", "person.target.", "plan.agreed.lede.",
	"plan.goal.yes.", "plan.how.", "plan.item.", "plan.lang.", "plan.since.", "plan.standing.agreed.", "plan.step.", "plan.steps.moved.",
	"plan.word.", "referral.kind.", "referral.reason.", "sheet.", "start.tag.", "thread.kind.", "thread.more.", "today.duty.", "ui.gallery."}

// shaped is how a key looks; a file or a module with a point in its name does too, so only those where a key stands count.
var shaped = regexp.MustCompile(`^[a-z][a-z0-9]*(\.[a-z0-9]+)+$`)

// takers are the functions whose given argument is a key.
var takers = map[string]int{"T": 0, "Page": 0, "Saved": 1, "New": 1, "Add": 1, "Required": 1}

// source is what the code says of keys: every literal, and those that stand where only a key can.
type source struct {
	all  map[string]bool
	keys map[string]token.Position
}

func read(t *testing.T) source {
	t.Helper()
	s, set := source{map[string]bool{}, map[string]token.Position{}}, token.NewFileSet()
	for _, root := range []string{"../../internal", "../../cmd"} {
		err := filepath.WalkDir(root, func(path string, d fs.DirEntry, err error) error {
			if err != nil || d.IsDir() || !strings.HasSuffix(path, ".go") || strings.HasSuffix(path, "_test.go") {
				return err
			}
			src, err := os.ReadFile(path)
			if err != nil {
				return err
			}
			f, err := parser.ParseFile(set, path, src, parser.SkipObjectResolution)
			if err != nil {
				return err
			}
			ast.Inspect(f, func(n ast.Node) bool { s.note(set, n); return true })
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	return s
}

func (s source) note(set *token.FileSet, n ast.Node) {
	switch n := n.(type) {
	case *ast.BasicLit:
		if v, err := strconv.Unquote(n.Value); err == nil && n.Kind == token.STRING {
			s.all[v] = true
		}
	case *ast.KeyValueExpr:
		if k, ok := n.Key.(*ast.Ident); ok && k.Name == "Key" {
			s.key(set, n.Value)
		}
	case *ast.CallExpr:
		if f, ok := n.Fun.(*ast.SelectorExpr); ok {
			if i, ok := takers[f.Sel.Name]; ok && i < len(n.Args) {
				s.key(set, n.Args[i])
			}
		}
	}
}

func (s source) key(set *token.FileSet, e ast.Expr) {
	lit, ok := e.(*ast.BasicLit)
	if !ok || lit.Kind != token.STRING {
		return
	}
	if v, err := strconv.Unquote(lit.Value); err == nil && shaped.MatchString(v) {
		s.keys[v] = set.Position(lit.Pos())
	}
}

func TestEveryKeyInTheCodeHasAText(t *testing.T) {
	s := read(t)
	if len(s.keys) < 500 {
		t.Fatalf("only %d keys found; the reader misses them", len(s.keys))
	}
	for k, at := range s.keys {
		if !Get("sv").Has(k) {
			t.Errorf("%s: no text %s", at, k)
		}
	}
}

func TestNoTextIsUnused(t *testing.T) {
	s := read(t)
	for k := range Get("sv").texts {
		base := strings.TrimSuffix(strings.TrimSuffix(k, ".good"), ".means")
		if !s.all[k] && !s.all[base] && !slices.ContainsFunc(built, func(p string) bool { return strings.HasPrefix(k, p) }) && !whole(s, k) {
			t.Errorf("nothing says %s", k)
		}
	}
	for _, p := range built {
		if !s.all[p] && !slices.ContainsFunc(built, func(q string) bool { return q != p && strings.HasPrefix(p, q) && s.all[q] }) && !whole(s, p) {
			t.Errorf("nothing builds a key from %s", p)
		}
	}
}

// whole tells whether a key is made from the name of a form's field, as the exit page does, or of an answer.
func whole(s source, key string) bool {
	name, ok := strings.CutPrefix(key, "outcome.")
	return ok && s.all["outcome."] && s.all[strings.TrimSuffix(name, ".")]
}
