package archtest

import (
	"go/ast"
	"go/token"
	"strings"
	"testing"
)

func TestEveryPackageSaysWhatItIs(t *testing.T) {
	h := read(t)
	said, all := map[string]string{}, map[string]bool{}
	for _, f := range h.files {
		if f.test || f.made || strings.HasPrefix(f.pkg, "tests") && !strings.HasSuffix(f.pkg, "harness") {
			continue
		}
		all[f.pkg] = true
		if f.ast.Doc != nil {
			said[f.pkg] = f.ast.Doc.Text()
		}
	}
	for pkg := range all {
		name := pkg[strings.LastIndex(pkg, "/")+1:]
		if s := said[pkg]; !strings.HasPrefix(s, "Package "+name+" ") && !strings.HasPrefix(s, "Command "+name+" ") {
			t.Errorf("%s: no comment that begins with Package %s", pkg, name)
		}
	}
}

func TestWhatIsExportedIsDocumented(t *testing.T) {
	h := read(t)
	for _, f := range h.files {
		if f.test || f.made {
			continue
		}
		for _, d := range f.ast.Decls {
			switch x := d.(type) {
			case *ast.FuncDecl:
				if x.Name.IsExported() && x.Doc == nil && (x.Recv == nil || exportedType(x.Recv.List[0].Type)) {
					t.Errorf("%s: %s is not documented", h.at(x), x.Name.Name)
				}
			case *ast.GenDecl:
				undocumented(t, h, x)
			}
		}
	}
}

func exportedType(e ast.Expr) bool { return ast.IsExported(strings.TrimLeft(spell(e), "*")) }

// undocumented reports what of a group has no comment: its own, one at the line's end, or the group's.
func undocumented(t *testing.T, h *house, d *ast.GenDecl) {
	if d.Tok == token.IMPORT {
		return
	}
	for _, s := range d.Specs {
		switch x := s.(type) {
		case *ast.TypeSpec:
			if x.Name.IsExported() && x.Doc == nil && d.Doc == nil && x.Comment == nil {
				t.Errorf("%s: %s is not documented", h.at(x), x.Name.Name)
			}
		case *ast.ValueSpec:
			for _, n := range x.Names {
				if n.IsExported() && x.Doc == nil && x.Comment == nil && d.Doc == nil {
					t.Errorf("%s: %s is not documented", h.at(x), n.Name)
				}
			}
		}
	}
}
