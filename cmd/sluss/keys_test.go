package main

import (
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"sluss/internal/id"
	"sluss/internal/store"
)

func TestKeysAreRotatedByCommandAndTheOldFileNoLongerOpens(t *testing.T) {
	g := logged(t)
	old := filepath.Join(t.TempDir(), "old")
	list := func() string {
		out, err := printed(t, func() error { return keysListCmd{}.Run(g) })
		if err != nil {
			t.Fatal(err, out)
		}
		return out
	}
	before := list()
	g.JSON = true
	out, err := printed(t, func() error { return keysRotateCmd{Old: old}.Run(g) })
	var told struct{ Areas, Wrapped int }
	if bad := json.Unmarshal([]byte(out), &told); err != nil || bad != nil || told.Areas != 1 || told.Wrapped != 1 {
		t.Fatal(out, err, bad)
	}
	g.JSON = false
	if after := list(); strings.Split(after, "\n")[0] == strings.Split(before, "\n")[0] {
		t.Errorf("the same key is listed: %s", after)
	}
	if _, err := printed(t, func() error { return keysRotateCmd{Old: old}.Run(g) }); err == nil {
		t.Error("the kept file was written over")
	}
	keys, _ := g.keyFile()
	if err := os.Rename(old, keys); err != nil {
		t.Fatal(err)
	}
	if _, err := g.open(t.Context()); err == nil || !strings.Contains(err.Error(), "does not open area") {
		t.Errorf("with the old file: %v", err)
	}
}

func TestTheKeyOfProtectedPeopleIsRotatedByItselfAndMissedWhenItIsAway(t *testing.T) {
	g := logged(t)
	list := func() (string, error) { return printed(t, func() error { return keysListCmd{}.Run(g) }) }
	row := func(out, what string) string {
		for line := range strings.Lines(out) {
			if strings.HasPrefix(line, what+"\t") {
				return line
			}
		}
		t.Fatalf("no %s in %s", what, out)
		return ""
	}
	before, err := list()
	if err != nil || !strings.Contains(row(before, "area-protected"), "\topens\t") {
		t.Fatal(before, err)
	}
	old := filepath.Join(t.TempDir(), "old")
	if out, err := printed(t, func() error { return keysRotateCmd{Old: old, Protected: true}.Run(g) }); err != nil {
		t.Fatal(out, err)
	}
	after, err := list()
	if err != nil || row(after, "protected") == row(before, "protected") || row(after, "file") != row(before, "file") {
		t.Errorf("before:\n%s\nafter:\n%s %v", before, after, err)
	}
	keys, _ := g.keyFile()
	file := g.protectedFile(keys)
	if err := os.Rename(file, file+".away"); err != nil {
		t.Fatal(err)
	}
	if out, err := list(); err != errWrong || !strings.Contains(row(out, "area-protected"), "missing") {
		t.Errorf("without the file: %s %v", out, err)
	}
	r := &report{}
	r.files(g)
	missed := false
	for _, f := range r.Findings {
		missed = missed || f.What == "protected key file" && !f.OK && strings.Contains(f.Text, "is missing")
	}
	if !missed {
		t.Errorf("the doctor says nothing: %+v", r.Findings)
	}
	h, err := g.open(t.Context())
	if err != nil {
		t.Fatalf("the rest does not open without it: %v", err)
	}
	h.store.Close()
	if _, err := os.Stat(file); err == nil {
		t.Error("another key was made in its place")
	}
	if err := os.Rename(old, file); err != nil {
		t.Fatal(err)
	}
	if _, err := g.open(t.Context()); err == nil || !strings.Contains(err.Error(), "protected people does not open area") {
		t.Errorf("with the old file: %v", err)
	}
}

func TestAPersonIsGivenANewKeyByCommand(t *testing.T) {
	g := logged(t)
	who := somebody(t, g)
	for range 2 {
		out, err := printed(t, func() error { return keysRenewCmd{Person: who}.Run(g) })
		if err != nil || !strings.HasPrefix(out, "texts sealed anew: ") || strings.HasSuffix(strings.TrimSpace(out), " 0") {
			t.Fatal(out, err)
		}
	}
	for _, wrong := range []string{"", "nobody", "0000000000000"} {
		if out, err := printed(t, func() error { return keysRenewCmd{Person: wrong}.Run(g) }); err == nil {
			t.Errorf("%q: %s", wrong, out)
		}
	}
}

func TestKeysThatSomebodyMayHaveHadAreRenewedByCommand(t *testing.T) {
	g := logged(t)
	layers := func() string {
		out, err := printed(t, func() error { return keysListCmd{}.Run(g) })
		if err != nil {
			t.Fatal(out, err)
		}
		_, rest, _ := strings.Cut(out, "area-index\t")
		line, _, _ := strings.Cut(rest, "\n")
		return line
	}
	if l := layers(); !strings.HasSuffix(l, "1 keys, one over the other") {
		t.Fatal(l)
	}
	if out, err := printed(t, func() error { return keysRotateCmd{Old: filepath.Join(t.TempDir(), "old"), Renew: true}.Run(g) }); err != nil {
		t.Fatal(out, err)
	}
	if l := layers(); !strings.HasSuffix(l, "2 keys, one over the other") {
		t.Error(l)
	}
	if _, err := printed(t, func() error { return keysRenewCmd{Person: somebody(t, g)}.Run(g) }); err != nil {
		t.Error(err)
	}
}

// somebody is the one person there is, as the address of their page ends.
func somebody(t *testing.T, g *globals) string {
	t.Helper()
	h, err := g.open(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	defer h.store.Close()
	var who id.Person
	if err := h.store.Read(t.Context(), func(tx *store.Tx) error {
		return tx.One(t.Context(), store.Q(`SELECT person_id FROM person WHERE area_id > $1`), []any{0}, &who)
	}); err != nil {
		t.Fatal(err)
	}
	return who.String()
}
