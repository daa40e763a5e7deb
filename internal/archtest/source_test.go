package archtest

import (
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"sync"
	"testing"
)

// file is one parsed Go file of the project.
type file struct {
	path string // from the root, with slashes
	pkg  string // its folder from the root
	ast  *ast.File
	test bool
	made bool // by templ
}

type house struct {
	root  string
	fset  *token.FileSet
	files []*file
	templ map[string]string // path → text
}

// source reads the whole project once.
var source = sync.OnceValues(func() (*house, error) {
	root, err := filepath.Abs("../..")
	if err != nil {
		return nil, err
	}
	h := &house{root: root, fset: token.NewFileSet(), templ: map[string]string{}}
	for _, top := range []string{"cmd", "internal", "tests"} {
		if err := filepath.WalkDir(filepath.Join(root, top), h.take); err != nil {
			return nil, err
		}
	}
	return h, nil
})

func (h *house) take(path string, d fs.DirEntry, err error) error {
	if err != nil {
		return err
	}
	if d.IsDir() && (d.Name() == "testdata" || d.Name() == "node_modules") {
		return filepath.SkipDir
	}
	rel, err := filepath.Rel(h.root, path)
	if err != nil {
		return err
	}
	rel = filepath.ToSlash(rel)
	switch {
	case strings.HasSuffix(rel, ".templ"):
		b, err := os.ReadFile(path)
		h.templ[rel] = string(b)
		return err
	case !strings.HasSuffix(rel, ".go"):
		return nil
	}
	f, err := parser.ParseFile(h.fset, path, nil, parser.ParseComments)
	if err != nil {
		return err
	}
	h.files = append(h.files, &file{path: rel, pkg: filepath.ToSlash(filepath.Dir(rel)), ast: f, test: strings.HasSuffix(rel, "_test.go"), made: strings.HasSuffix(rel, "_templ.go")})
	return nil
}

// read gives the project, or fails the test.
func read(t *testing.T) *house {
	t.Helper()
	h, err := source()
	if err != nil {
		t.Fatal(err)
	}
	if len(h.files) < 100 || len(h.templ) < 5 {
		t.Fatalf("only %d Go files and %d templates found: the project is not where it was", len(h.files), len(h.templ))
	}
	return h
}

// server gives the files of the program itself: no tests, nothing that only tests or the build use.
func (h *house) server() []*file {
	var list []*file
	for _, f := range h.files {
		if !f.test && !forTests(f.pkg) && !strings.HasPrefix(f.pkg, "internal/tools") {
			list = append(list, f)
		}
	}
	return list
}

func forTests(pkg string) bool {
	return strings.HasSuffix(pkg, "test") || strings.HasPrefix(pkg, "tests/")
}

// at is where a node stands, for the failure's text.
func (h *house) at(n ast.Node) string {
	p := h.fset.Position(n.Pos())
	rel, _ := filepath.Rel(h.root, p.Filename)
	return filepath.ToSlash(rel) + ":" + strconv.Itoa(p.Line)
}

// imports gives the paths that a file imports.
func (f *file) imports() map[string]ast.Node {
	m := map[string]ast.Node{}
	for _, s := range f.ast.Imports {
		p, _ := strconv.Unquote(s.Path.Value)
		m[p] = s
	}
	return m
}

// in tells whether the package is the folder or lies in it.
func in(pkg, folder string) bool { return pkg == folder || strings.HasPrefix(pkg, folder+"/") }
