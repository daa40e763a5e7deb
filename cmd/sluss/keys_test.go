package main

import (
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"
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
