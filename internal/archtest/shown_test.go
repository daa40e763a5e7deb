package archtest

import (
	"go/ast"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// marked gives what of the kind stands in templates and in Go written by hand outside the parts' own package.
func marked(t *testing.T, what *regexp.Regexp, except string) {
	t.Helper()
	h := read(t)
	for path, text := range h.templ {
		if !in(path, except) {
			for _, m := range what.FindAllString(text, -1) {
				t.Errorf("%s has %q", path, m)
			}
		}
	}
	for _, f := range h.server() {
		if f.made || in(f.pkg, except) {
			continue
		}
		ast.Inspect(f.ast, func(n ast.Node) bool {
			switch x := n.(type) {
			case *ast.BasicLit:
				if m := what.FindString(x.Value); m != "" {
					t.Errorf("%s has %q", h.at(n), m)
				}
			case *ast.SelectorExpr:
				if named(x.X, "templ") && what.MatchString("templ."+x.Sel.Name) {
					t.Errorf("%s has templ.%s", h.at(n), x.Sel.Name)
				}
			}
			return true
		})
	}
}

func TestFormsAreMadeByUI(t *testing.T) {
	marked(t, regexp.MustCompile(`(?i)<form\b`), "internal/web/ui")
}

func TestNoRawMarkupOrScriptOutsideUI(t *testing.T) {
	marked(t, regexp.MustCompile(`templ\.Raw|(?i)<script\b|\bon(?:click|load|submit|change|input)=`), "internal/web/ui")
}

// TestFormsWithFilesAreReadByTheKitAlone: the standard library's own ways to read them put the files in the temporary
// folder in clear.
func TestFormsWithFilesAreReadByTheKitAlone(t *testing.T) {
	h := read(t)
	for _, f := range h.server() {
		ast.Inspect(f.ast, func(n ast.Node) bool {
			if x, ok := n.(*ast.SelectorExpr); ok && slices.Contains([]string{"ParseMultipartForm", "FormFile", "FormValue", "PostFormValue", "ReadForm"}, x.Sel.Name) {
				t.Errorf("%s reads a form by %s", h.at(n), x.Sel.Name)
			}
			return true
		})
	}
}

func TestNoStyleAttributeAnywhere(t *testing.T) {
	marked(t, regexp.MustCompile(`(?i)\sstyle=|<style\b|\sstyle=\{`), "nowhere")
}

// bearers are the types that carry participants' data out of a domain package: one that holds a name, words or contact.
// Lists come and go as tables.
var bearers = map[string][]string{
	"person":     {"Person", "Identity", "Contact", "Needs", "Hit"},
	"referral":   {"Referral", "Line", "Part", "Words", "Opened"},
	"intake":     {"Called", "List", "Participant", "Between", "Letter", "Letters", "Enrolment", "Desired", "Calling"},
	"plan":       {"Plan", "Goal", "Task", "Measure", "Inventory", "Agreement", "Frozen", "Former", "View", "Brief"},
	"outcome":    {"Case", "Exit", "FollowUp", "Pause", "Duty"},
	"flow":       {"Listed", "List"},
	"contact":    {"Note", "Appointment", "Record", "Meeting", "Quiet"},
	"thread":     {"Event"},
	"intray":     {"Import", "Line", "sheet.Table"},
	"export":     {"sheet.Table"},
	"place":      {"View", "Place", "Extent", "Talk", "Waiting"},
	"attendance": {"List", "Guest", "Time", "View", "Unheard"},
	"away":       {"Time", "Told", "Word"},
	"statement":  {"Statement", "View", "Mine"},
	"retention":  {"Person", "Due", "Round"},
	"myplace":    {"View", "Place", "Adaptation", "Told", "Overdue"},

	"placement":   {"View", "Placement", "Own", "Due"},
	"course":      {"Interest", "Curious"},
	"story":       {"Story", "Waiting"},
	"evaluation":  {"Mine", "View"},
	"enquiry":     {"Enquiry", "Waiting"},
	"proposal":    {"Proposal", "Thing", "Due"},
	"application": {"Application", "Words"},
	"opinion":     {"Opinion", "Case", "Year"},
	"newcoach":    {"Wish", "Due", "Case"},
	"comment":     {"Comment", "Unheard"},
	"demand":      {"Demand", "View", "Thing", "Order"},
}

// grants are the parameters that prove the right, or who acts: a function that takes only the actor opens or lists by
// access itself, which the tests over HTTP watch.
var grants = []string{"access.Access", "access.Scope", "access.Actor", "access.Peeked"}

func TestWhatShowsParticipantsAsksForAccess(t *testing.T) {
	h := read(t)
	found := map[string]bool{}
	for _, f := range h.server() {
		pkg := strings.TrimPrefix(f.pkg, "internal/")
		types := bearers[pkg]
		if types == nil {
			continue
		}
		for _, d := range f.ast.Decls {
			fn, ok := d.(*ast.FuncDecl)
			if !ok || !fn.Name.IsExported() || !gives(fn, types) || ofBearer(fn, types) || !reads(fn) {
				continue
			}
			found[pkg+"."+fn.Name.Name] = true
			if !takes(fn.Type.Params, grants) {
				t.Errorf("%s: %s.%s gives data about participants but takes neither access.Access, access.Scope nor access.Actor", h.at(fn), pkg, fn.Name.Name)
			}
		}
	}
	for _, name := range []string{"person.Open", "plan.Open", "intray.Open", "intray.Lines", "intray.Mend", "export.Take"} {
		if !found[name] {
			t.Errorf("%s is not among the %d functions found", name, len(found))
		}
	}
}

// reads tells whether the function can reach the database: it has a transaction or a desk.
func reads(fn *ast.FuncDecl) bool {
	return takes(fn.Type.Params, []string{"store.Tx", "store.Cursor"}) || fn.Recv != nil && strings.HasSuffix(spell(fn.Recv.List[0].Type), "Desk")
}

// gives tells whether the function hands out one of the types: as a result, or to a function that it is given.
func gives(fn *ast.FuncDecl, types []string) bool {
	if fn.Type.Results != nil && takes(fn.Type.Results, types) {
		return true
	}
	for _, p := range fn.Type.Params.List {
		if f, ok := p.Type.(*ast.FuncType); ok && takes(f.Params, types) {
			return true
		}
	}
	return false
}

// ofBearer is a method of the data itself.
func ofBearer(fn *ast.FuncDecl, types []string) bool {
	return fn.Recv != nil && slices.Contains(types, strings.TrimLeft(spell(fn.Recv.List[0].Type), "*"))
}

func takes(params *ast.FieldList, types []string) bool {
	for _, p := range params.List {
		if slices.Contains(types, strings.TrimLeft(spell(p.Type), "[]*.")) {
			return true
		}
	}
	return false
}

func spell(e ast.Expr) string {
	switch x := e.(type) {
	case *ast.Ident:
		return x.Name
	case *ast.StarExpr:
		return "*" + spell(x.X)
	case *ast.ArrayType:
		return "[]" + spell(x.Elt)
	case *ast.Ellipsis:
		return "..." + spell(x.Elt)
	case *ast.SelectorExpr:
		return spell(x.X) + "." + x.Sel.Name
	case *ast.IndexExpr:
		return spell(x.X)
	}
	return ""
}

// TestOnlyTheRosterReadsNamesByNobodysRight: whoever else opens a name does so by somebody's access.
func TestOnlyTheRosterReadsNamesByNobodysRight(t *testing.T) {
	h := read(t)
	n := 0
	for _, f := range h.server() {
		ast.Inspect(f.ast, func(node ast.Node) bool {
			s, ok := node.(*ast.SelectorExpr)
			if !ok || !named(s.X, "access") || s.Sel.Name != "SignOf" {
				return true
			}
			if n++; f.path != "internal/person/roster.go" {
				t.Errorf("%s: a name is read by nobody's right", h.at(node))
			}
			return true
		})
	}
	if n != 1 {
		t.Errorf("access.SignOf stands in %d places, not in the one that this test knows", n)
	}
}

// TestBearersAreThere keeps the list above true: a type that was renamed would make the test above blind.
func TestBearersAreThere(t *testing.T) {
	h := read(t)
	there := map[string]bool{}
	for _, f := range h.server() {
		ast.Inspect(f.ast, func(n ast.Node) bool {
			if s, ok := n.(*ast.TypeSpec); ok {
				there[strings.TrimPrefix(f.pkg, "internal/")+"."+s.Name.Name] = true
			}
			return true
		})
	}
	for pkg, types := range bearers {
		for _, name := range types {
			if !strings.Contains(name, ".") {
				name = pkg + "." + name
			}
			if !there[name] {
				t.Errorf("there is no %s", name)
			}
		}
	}
}
