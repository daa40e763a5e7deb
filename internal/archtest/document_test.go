package archtest

import (
	"go/ast"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// machinery are the packages that have no word in the field; all others are nouns, and stand in docs/words.md.
var machinery = []string{"few", "archtest", "backup", "clock", "config", "eventlog", "fault", "i18n", "id", "job", "oidc", "mail", "sheet", "sim", "store",
	"survival", "tools", "tree", "vault", "watch", "web", "worker"}

// documents gives the text of every document, by path from the project's folder.
func documents(t *testing.T) map[string]string {
	t.Helper()
	root := read(t).root
	docs := map[string]string{}
	take := func(path string) error {
		b, err := os.ReadFile(path)
		rel, _ := filepath.Rel(root, path)
		docs[filepath.ToSlash(rel)] = string(b)
		return err
	}
	own, err := filepath.Glob(filepath.Join(root, "*.md"))
	for _, path := range own {
		if err == nil {
			err = take(path)
		}
	}
	if err != nil {
		t.Fatal(err)
	}
	err = filepath.WalkDir(filepath.Join(root, "docs"), func(path string, _ fs.DirEntry, err error) error {
		if err != nil || !strings.HasSuffix(path, ".md") {
			return err
		}
		return take(path)
	})
	if err != nil || len(docs) < 20 {
		t.Fatalf("only %d documents found: %v", len(docs), err)
	}
	return docs
}

// found gives the first group of each match.
func found(pattern, text string) (list []string) {
	for _, m := range regexp.MustCompile(pattern).FindAllStringSubmatch(text, -1) {
		list = append(list, m[1])
	}
	return list
}

func TestEveryMakeCommandInTheDocumentsExists(t *testing.T) {
	b, err := os.ReadFile(filepath.Join(read(t).root, "Makefile"))
	if err != nil {
		t.Fatal(err)
	}
	targets := found(`(?m)^([a-z]+):`, string(b))
	docs := documents(t)
	for path, text := range docs {
		for _, name := range found("(?m)(?:`|^)make ([a-z]+)\\b", text) {
			if !slices.Contains(targets, name) {
				t.Errorf("%s: make %s is not in the Makefile", path, name)
			}
		}
	}
	for _, name := range []string{"run", "test"} {
		if !strings.Contains(docs["README.md"], "\nmake "+name+"\n") {
			t.Errorf("README.md does not say make %s", name)
		}
	}
}

func TestTheReadmeNamesTheProgramsCommands(t *testing.T) {
	b, err := os.ReadFile(filepath.Join(read(t).root, "cmd/sluss/main.go"))
	if err != nil {
		t.Fatal(err)
	}
	var commands []string
	for _, name := range found(`(?m)^\t([A-Z][a-z]+) +[a-z]+Cmd +.cmd:`, string(b)) {
		commands = append(commands, strings.ToLower(name))
	}
	var named []string
	for _, line := range found("(?m)^\\| (`sluss .*?) \\|", documents(t)["README.md"]) {
		named = append(named, found("`sluss ([a-z]+)`", line)...)
	}
	for _, name := range commands {
		if !slices.Contains(named, name) {
			t.Errorf("README.md does not name sluss %s", name)
		}
	}
	for _, name := range named {
		if !slices.Contains(commands, name) {
			t.Errorf("README.md names sluss %s, which does not exist", name)
		}
	}
}

func TestEveryFileTheDocumentsLeadToExists(t *testing.T) {
	root, seen := read(t).root, 0
	there := func(path, to string) {
		seen++
		if _, err := os.Stat(filepath.Join(root, filepath.FromSlash(to))); err != nil {
			t.Errorf("%s leads to %s, which is not there", path, to)
		}
	}
	for path, text := range documents(t) {
		for _, to := range found(`\]\(([^)#\s]+)`, text) {
			if !strings.Contains(to, "://") {
				there(path, filepath.Join(filepath.Dir(path), to))
			}
		}
		for _, to := range found("`((?:cmd|docs|internal|tests)/[A-Za-z0-9_./-]+)`", text) {
			if !strings.Contains(to, "asset/dist/") && !strings.Contains(to, "...") {
				there(path, to)
			}
		}
	}
	if seen < 60 {
		t.Errorf("only %d paths found in the documents", seen)
	}
}

func TestEveryNounHasItsWord(t *testing.T) {
	dirs, err := os.ReadDir(filepath.Join(read(t).root, "internal"))
	if err != nil {
		t.Fatal(err)
	}
	words := documents(t)["docs/words.md"]
	for _, d := range dirs {
		if name := d.Name(); !slices.Contains(machinery, name) && !strings.Contains(words, "`"+name+"`") {
			t.Errorf("docs/words.md says nothing of %s; if it is no noun, write it into the list", name)
		}
	}
}

// declared gives the names that a declaration makes, those of methods left out.
func declared(d ast.Decl) (list []string) {
	switch x := d.(type) {
	case *ast.FuncDecl:
		if x.Recv == nil {
			list = append(list, x.Name.Name)
		}
	case *ast.GenDecl:
		for _, s := range x.Specs {
			switch y := s.(type) {
			case *ast.TypeSpec:
				list = append(list, y.Name.Name)
			case *ast.ValueSpec:
				for _, n := range y.Names {
					list = append(list, n.Name)
				}
			}
		}
	}
	return list
}

// What words.md says code calls a thing is what code calls it.
func TestTheWordsAreThoseOfTheCode(t *testing.T) {
	h := read(t)
	names := map[string]bool{}
	for _, f := range h.server() {
		for _, d := range f.ast.Decls {
			for _, name := range declared(d) {
				names[f.ast.Name.Name+"."+name] = true
			}
		}
	}
	list := found("`([a-z]+\\.[A-Z][A-Za-z]+)`", documents(t)["docs/words.md"])
	for _, name := range list {
		if !names[name] {
			t.Errorf("docs/words.md names %s, which code does not", name)
		}
	}
	if len(list) < 30 {
		t.Errorf("only %d names found", len(list))
	}
}
