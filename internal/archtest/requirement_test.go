package archtest

import (
	"go/ast"
	"go/parser"
	"go/token"
	"path"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
)

// The rules by which others decide on support stand beside hours as words. They are never held against hours: a rule has no number,
// one package shows it, no function there knows both a rule and an hour, and no text and no column says how the one stands to the other.

const (
	ruleHome  = "internal/requirement"
	ruleShown = "internal/web/hours"
)

// hoursKnown are the names by which a page knows how much somebody has been there.
var hoursKnown = []string{"Weeks", "Months", "Expected", "Total", "Of", "Minutes", "span", "table", "used", "row", "Extent", "Hours", "Percent"}

// ruleTypes are all that a rule is made of.
var ruleTypes = []string{"string", "clock.Date", "Source"}

// measured are words that say how hours stand to what is asked of somebody.
var measured = map[string][]string{
	"sv": {"uppfyll", "når upp till", "för få timmar", "timmar saknas", "timmar kvar", "timmar för lite", "under kravet", "kravet är nått"},
	"en": {"meets the requirement", "fulfil", "too few hours", "hours left", "hours missing", "hours short", "below the requirement"},
}

// measuredNames are parts of names that no name and no column has.
var measuredNames = []string{"requiredhours", "hoursrequired", "requirementhours", "hoursleft", "hoursshort", "hoursmissing", "quota", "shortfall", "fulfil"}

// rulesHeld gives what a file does with the rules that it may not.
func rulesHeld(pkg string, f *ast.File) []string {
	var found []string
	for _, s := range f.Imports {
		p, _ := strconv.Unquote(s.Path.Value)
		switch name, _ := strings.CutPrefix(p, "sluss/"); {
		case name == ruleHome && pkg != ruleShown:
			found = append(found, pkg+" knows the rules")
		case pkg == ruleHome && name != "internal/clock":
			found = append(found, "the rules stand on "+name)
		}
	}
	ast.Inspect(f, func(n ast.Node) bool {
		switch x := n.(type) {
		case *ast.BasicLit:
			if pkg == ruleHome && (x.Kind == token.INT || x.Kind == token.FLOAT) {
				found = append(found, "a rule with the number "+x.Value)
			}
			if x.Kind == token.STRING && pkg != ruleShown && strings.HasPrefix(strings.Trim(x.Value, "\"`"), "requirement.") {
				found = append(found, "the rule's text "+x.Value+" is shown by "+pkg)
			}
		case *ast.StructType:
			for _, field := range x.Fields.List {
				if kind := typeName(field.Type); pkg == ruleHome && !slices.Contains(ruleTypes, kind) {
					found = append(found, "a rule has a "+kind)
				}
			}
		case *ast.FuncDecl:
			if pkg == ruleShown {
				found = append(found, both(x)...)
			}
		}
		return true
	})
	return found
}

// both tells of a function that knows a rule and an hour.
func both(fn *ast.FuncDecl) []string {
	rule, hour := false, ""
	ast.Inspect(fn, func(n ast.Node) bool {
		if x, ok := n.(*ast.Ident); ok {
			rule = rule || x.Name == "requirement" || x.Name == "rules"
			if slices.Contains(hoursKnown, x.Name) {
				hour = x.Name
			}
		}
		return true
	})
	if rule && hour != "" && fn.Name.Name != "Show" { // which puts the one below the other
		return []string{fn.Name.Name + " knows a rule and " + hour}
	}
	return nil
}

func typeName(e ast.Expr) string {
	switch x := e.(type) {
	case *ast.Ident:
		return x.Name
	case *ast.SelectorExpr:
		return typeName(x.X) + "." + x.Sel.Name
	}
	return "thing"
}

// says gives which of the words a text has.
func says(words []string, text string) string {
	for _, w := range words {
		if regexp.MustCompile(`(?:^|[^\pL])` + regexp.QuoteMeta(w)).MatchString(strings.ToLower(text)) {
			return w
		}
	}
	return ""
}

// asMeasure gives which of the parts a name has.
func asMeasure(name string) string {
	plain := strings.ToLower(strings.ReplaceAll(name, "_", ""))
	if i := slices.IndexFunc(measuredNames, func(w string) bool { return strings.Contains(plain, w) }); i >= 0 {
		return measuredNames[i]
	}
	return ""
}

func TestNoRuleIsHeldAgainstHours(t *testing.T) {
	h := read(t)
	shown := 0
	names := columnsOf(t, h)
	for _, c := range names {
		if strings.Contains(c, "requirement") {
			t.Errorf("the column or table %s keeps a rule", c)
		}
	}
	for _, f := range h.server() {
		for _, x := range rulesHeld(f.pkg, f.ast) {
			t.Errorf("%s: %s", f.path, x)
		}
		if f.imports()["sluss/"+ruleHome] != nil {
			shown++
		}
		ast.Inspect(f.ast, func(n ast.Node) bool {
			if x, ok := n.(*ast.Ident); ok {
				names = append(names, x.Name)
			}
			return true
		})
	}
	if shown == 0 {
		t.Error("no page shows the rules")
	}
	slices.Sort(names)
	for _, n := range slices.Compact(names) {
		if w := asMeasure(n); w != "" {
			t.Errorf("the name %s: %s", n, w)
		}
	}
	for lang, words := range measured {
		for key, text := range linesOf(t, lang) {
			if w := says(words, text); w != "" {
				t.Errorf("%s %s: %s", lang, key, w)
			}
		}
	}
}

func TestARuleHeldAgainstHoursIsSeen(t *testing.T) {
	for _, x := range [][2]string{
		{"internal/statement", "import _ \"sluss/internal/requirement\""},
		{"internal/requirement", "import _ \"sluss/internal/statement\""},
		{"internal/requirement", "type Rule struct { Hours int }"},
		{"internal/requirement", "const most = 40"},
		{"internal/web/hours", "func (v View) f() bool { return requirement.On(v.From, v.To) != nil && v.Expected > 40 }"},
		{"internal/web/own", "const key = \"requirement.rule.extent\""},
	} {
		f, err := parser.ParseFile(token.NewFileSet(), "planted.go", "package "+path.Base(x[0])+"\n"+x[1], 0)
		if err != nil {
			t.Fatal(err)
		}
		if len(rulesHeld(x[0], f)) != 1 {
			t.Errorf("%s: not seen: %s", x[0], x[1])
		}
	}
	if says(measured["sv"], "Du uppfyller kravet.") == "" || says(measured["en"], "There are 3 hours left.") == "" {
		t.Error("a text that measures is not seen")
	}
	if asMeasure("hours_short") == "" || asMeasure("RequiredHours") == "" {
		t.Error("a name that measures is not seen")
	}
}
