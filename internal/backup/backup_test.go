package backup_test

import (
	"bytes"
	"errors"
	"os"
	"path/filepath"
	"sync"
	"testing"

	"filippo.io/age"

	"sluss/internal/backup"
	"sluss/internal/clock"
	"sluss/internal/demo/demotest"
	"sluss/internal/store"
	"sluss/internal/store/storetest"
)

func TestMain(m *testing.M) { os.Exit(storetest.Main(m)) }

func identity(t *testing.T) *age.X25519Identity {
	t.Helper()
	id, err := age.GenerateX25519Identity()
	if err != nil {
		t.Fatal(err)
	}
	return id
}

func TestRestoredDatabaseIsTheOneBackedUp(t *testing.T) {
	w := demotest.New(t, storetest.Open(t, storetest.SQLite(t)))
	_, who := w.Queued(t, "karin", "Nour", "Darwish", "")
	dir, id := t.TempDir(), identity(t)
	file, db := filepath.Join(dir, "one.age"), filepath.Join(dir, "new.db")
	made, err := backup.Write(t.Context(), w.Store, file, "test", clock.System(), id.Recipient())
	if err != nil {
		t.Fatal(err)
	}
	read, err := backup.Read(t.Context(), file, db, id)
	if err != nil {
		t.Fatal(err)
	}
	if read.SHA256 != made.SHA256 || read.Rows["person"] != 1 {
		t.Errorf("made %+v, read %+v", made, read)
	}
	s := storetest.Open(t, db)
	err = s.Read(t.Context(), func(tx *store.Tx) error {
		var n int
		err := tx.One(t.Context(), store.Q(`SELECT count(*) FROM person WHERE area_id = $1 AND person_id = $2`), []any{w.Place.Area, who}, &n)
		if n != 1 {
			t.Error("the person is not in the restored database")
		}
		if err != nil {
			return err
		}
		_, err = w.Vault.Area(t.Context(), tx, w.Place.Area)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	left, _ := filepath.Glob(filepath.Join(filepath.Dir(w.Store.Path()), ".backup-*"))
	if len(left) > 0 {
		t.Errorf("a copy in clear was left behind: %v", left)
	}
}

func TestBackupWhileOthersWriteIsWhole(t *testing.T) {
	w := demotest.New(t, storetest.Open(t, storetest.SQLite(t)))
	id, dir := identity(t), t.TempDir()
	var done sync.WaitGroup
	for range 2 {
		done.Go(func() {
			for range 30 {
				w.Queued(t, "karin", "Nour", "Darwish", "")
			}
		})
	}
	for _, name := range []string{"a", "b", "c"} {
		file := filepath.Join(dir, name)
		if _, err := backup.Write(t.Context(), w.Store, file, "test", clock.System(), id.Recipient()); err != nil {
			t.Fatal(err)
		}
		if _, err := backup.Read(t.Context(), file, file+".db", id); err != nil {
			t.Error(err)
		}
	}
	done.Wait()
}

func TestRestoreRefusesWhatIsNotWhole(t *testing.T) {
	w := demotest.New(t, storetest.Open(t, storetest.SQLite(t)))
	dir, id := t.TempDir(), identity(t)
	file := filepath.Join(dir, "one.age")
	if _, err := backup.Write(t.Context(), w.Store, file, "test", clock.System(), id.Recipient()); err != nil {
		t.Fatal(err)
	}
	whole, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	flipped := bytes.Clone(whole)
	flipped[len(flipped)/2] ^= 1
	for what, b := range map[string][]byte{"cut": whole[:len(whole)-100], "flipped": flipped, "empty": nil, "longer": append(bytes.Clone(whole), 0)} {
		bad, db := filepath.Join(dir, what), filepath.Join(dir, what+".db")
		if err := os.WriteFile(bad, b, 0o600); err != nil {
			t.Fatal(err)
		}
		if _, err := backup.Read(t.Context(), bad, db, id); err == nil {
			t.Errorf("a %s backup was restored", what)
		}
		if _, err := os.Stat(db); !errors.Is(err, os.ErrNotExist) {
			t.Errorf("a %s backup left a database", what)
		}
	}
	if _, err := backup.Read(t.Context(), file, filepath.Join(dir, "x.db"), identity(t)); err == nil {
		t.Error("another identity opened the backup")
	}
	if _, err := backup.Read(t.Context(), file, w.Store.Path(), id); err == nil {
		t.Error("a backup was restored over a database")
	}
	if _, err := backup.Write(t.Context(), w.Store, file, "test", clock.System(), id.Recipient()); err == nil {
		t.Error("a backup was written over another")
	}
}
