package watch_test

import (
	"os"
	"path/filepath"
	"testing"
	"time"

	"sluss/internal/clock"
	"sluss/internal/watch"
)

func TestBackupsAndDrillsAreToldWithWhatIsMissing(t *testing.T) {
	now := time.Date(2026, 11, 20, 8, 0, 0, 0, time.UTC)
	backup := func(hours int) watch.Note {
		return watch.Note{At: now.Add(-time.Duration(hours) * time.Hour), What: watch.Backup, File: "/b/a.age", Bytes: 9}
	}
	drill := func(hours int, fault string) watch.Note {
		n := backup(hours)
		n.What, n.Fault = watch.Drill, fault
		return n
	}
	type told struct{ noBackup, noDrill, broken bool }
	for name, c := range map[string]struct {
		notes []watch.Note
		want  told
	}{
		"nothing yet":                     {nil, told{true, true, false}},
		"all in time":                     {[]watch.Note{backup(30), drill(28, ""), backup(6)}, told{false, false, false}},
		"a night missed":                  {[]watch.Note{backup(37), drill(30, "")}, told{true, false, false}},
		"no drill for long":               {[]watch.Note{drill(8*24+1, ""), backup(6)}, told{false, true, false}},
		"the last drill failed":           {[]watch.Note{backup(30), drill(28, ""), backup(6), drill(5, "no identity matched")}, told{false, false, true}},
		"a drill failed and the next did": {[]watch.Note{backup(6), drill(5, "no identity matched"), drill(4, "")}, told{false, false, false}},
	} {
		file := filepath.Join(t.TempDir(), "notes")
		for _, n := range c.notes {
			if err := n.Add(file); err != nil {
				t.Fatal(err)
			}
		}
		w := &watch.Watch{Notes: file, Clock: clock.Fixed(now)}
		k, err := w.Keeping()
		if err != nil {
			t.Fatal(err)
		}
		if got := (told{k.NoBackup, k.NoDrill, k.Broken}); got != c.want {
			t.Errorf("%s: %+v, not %+v", name, got, c.want)
		}
		if len(k.Notes) != len(c.notes) || len(k.Notes) > 0 && k.Notes[0] != c.notes[len(c.notes)-1] {
			t.Errorf("%s: the notes are %v", name, k.Notes)
		}
		if last, _ := watch.Last(file); c.want.broken && last[watch.Drill].Fault != "" {
			t.Error("a drill that failed counts as the last that was read back")
		}
	}
}

func TestAHalfWrittenNoteHidesNoOther(t *testing.T) {
	file := filepath.Join(t.TempDir(), "notes")
	if err := os.WriteFile(file, []byte("{\"at\":\"2026-11-20T07:00:00Z\",\"what\":\"backup\"}\n{\"at\":\"2026"), 0o600); err != nil {
		t.Fatal(err)
	}
	if list, err := watch.Noted(file); err != nil || len(list) != 1 {
		t.Errorf("%v, %v", list, err)
	}
}

func TestADatabaseWithToolsOfItsOwnIsNotSaidToBeLost(t *testing.T) {
	if k, err := new(watch.Watch).Keeping(); err != nil || !k.Elsewhere || k.NoBackup {
		t.Errorf("%+v, %v", k, err)
	}
}
