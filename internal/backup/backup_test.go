package backup_test

import (
	"bytes"
	"encoding/base64"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"sync"
	"testing"
	"time"

	"filippo.io/age"

	"sluss/internal/backup"
	"sluss/internal/clock"
	"sluss/internal/demo/demotest"
	"sluss/internal/store"
	"sluss/internal/store/storetest"
	"sluss/internal/vault"
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
	read, _, err := backup.Read(t.Context(), file, backup.KeysBeside(file), db, id)
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
		if _, _, err := backup.Read(t.Context(), file, backup.KeysBeside(file), file+".db", id); err != nil {
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
		if _, _, err := backup.Read(t.Context(), bad, backup.KeysBeside(bad), db, id); err == nil {
			t.Errorf("a %s backup was restored", what)
		}
		if _, err := os.Stat(db); !errors.Is(err, os.ErrNotExist) {
			t.Errorf("a %s backup left a database", what)
		}
	}
	if _, _, err := backup.Read(t.Context(), file, backup.KeysBeside(file), filepath.Join(dir, "x.db"), identity(t)); err == nil {
		t.Error("another identity opened the backup")
	}
	if _, _, err := backup.Read(t.Context(), file, backup.KeysBeside(file), w.Store.Path(), id); err == nil {
		t.Error("a backup was restored over a database")
	}
	if _, err := backup.Write(t.Context(), w.Store, file, "test", clock.System(), id.Recipient()); err == nil {
		t.Error("a backup was written over another")
	}
}

func TestADatabaseInABackupHoldsNoKeyAndTheFileBesideItHoldsThem(t *testing.T) {
	w := demotest.New(t, storetest.Open(t, storetest.SQLite(t)))
	for range 30 {
		w.Participant(t, "karin", "lena", "Nour", "Darwish")
	}
	list := keysOf(t, w)
	id, file := identity(t), filepath.Join(t.TempDir(), "one.age")
	if _, err := backup.Write(t.Context(), w.Store, file, "test", clock.System(), id.Recipient()); err != nil {
		t.Fatal(err)
	}
	opened := func(path string) []byte {
		f, err := os.Open(path)
		if err != nil {
			t.Fatal(err)
		}
		defer f.Close()
		r, err := age.Decrypt(f, id)
		if err != nil {
			t.Fatal(err)
		}
		b, err := io.ReadAll(r)
		if err != nil {
			t.Fatal(err)
		}
		return b
	}
	data, beside := opened(file), opened(backup.KeysBeside(file))
	for _, k := range list {
		if bytes.Contains(data, k) {
			t.Error("a key lies in the database")
		}
		if !bytes.Contains(beside, []byte(base64.StdEncoding.EncodeToString(k))) {
			t.Error("a key does not lie beside it")
		}
	}
}

// keysOf are all keys as they lie in the database.
func keysOf(t *testing.T, w *demotest.World) (list [][]byte) {
	t.Helper()
	err := w.Store.Read(t.Context(), func(tx *store.Tx) (err error) {
		list, err = store.All(t.Context(), tx, store.Q(`SELECT key_wrapped FROM person UNION ALL SELECT master FROM area_key UNION ALL SELECT protected FROM area_key UNION ALL SELECT indexing FROM area_key`), nil,
			func(c *store.Cursor) (b []byte, err error) { return b, c.Scan(&b) })
		return err
	})
	if err != nil || len(list) < 33 {
		t.Fatalf("%d keys, %v", len(list), err)
	}
	return list
}

func TestOldFilesOfKeysAreRemovedAndNothingElse(t *testing.T) {
	dir, now := t.TempDir(), clock.System()
	old := now.AddDate(0, 0, -36)
	for name, at := range map[string]time.Time{"a.age.keys": old, "a.age": old, "b.age.keys": now.AddDate(0, 0, -34), "last.age.keys": old, "sluss.db.key": old, "other.keys": old} {
		path := filepath.Join(dir, name)
		if err := errors.Join(os.WriteFile(path, nil, 0o600), os.Chtimes(path, at, at)); err != nil {
			t.Fatal(err)
		}
	}
	gone, err := backup.DropKeys(dir, filepath.Join(dir, "last.age.keys"), 35*24*time.Hour, now)
	if err != nil || len(gone) != 1 || filepath.Base(gone[0]) != "a.age.keys" {
		t.Errorf("%v %v", gone, err)
	}
	if left, _ := filepath.Glob(filepath.Join(dir, "*")); len(left) != 5 {
		t.Errorf("left: %v", left)
	}
}

func TestABackupFromBeforeARotationOpensByTheNewKeysAndFromBeforeARenewalByTheOldOnesAlone(t *testing.T) {
	w := demotest.New(t, storetest.Open(t, storetest.SQLite(t)))
	for range 3 {
		w.Participant(t, "karin", "lena", "Nour", "Darwish")
	}
	id, dir := identity(t), t.TempDir()
	copied := func(name string, at int) string {
		file := filepath.Join(dir, name+".age")
		if _, err := backup.Write(t.Context(), w.Store, file, "test", clock.System().Add(time.Duration(at)*time.Minute), id.Recipient()); err != nil {
			t.Fatal(err)
		}
		return file
	}
	rotate := func(old string, renew bool) string {
		old = filepath.Join(dir, old)
		if _, err := (&vault.Rotation{Store: w.Store, File: w.KeyFile, Old: old, Renew: renew}).Run(t.Context()); err != nil {
			t.Fatal(err)
		}
		return old
	}
	opens := func(name, data, keys, file string) error {
		db := filepath.Join(dir, name+".db")
		if _, _, err := backup.Read(t.Context(), data, backup.KeysBeside(keys), db, id); err != nil {
			return err
		}
		v, err := vault.Open(file, vault.ProtectedBeside(w.KeyFile))
		if err != nil {
			return err
		}
		n, err := v.Tries(t.Context(), storetest.Open(t, db), w.Place.Area)
		if err == nil && (n.People != 3 || n.Texts == 0) {
			err = fmt.Errorf("%+v opened", n)
		}
		return err
	}
	first := copied("first", 0)
	before := rotate("before", false)
	second := copied("second", 1)
	if err := opens("a", first, second, w.KeyFile); err != nil {
		t.Errorf("after a rotation, by the new keys: %v", err)
	}
	if err := opens("b", first, first, before); err != nil {
		t.Errorf("after a rotation, by the old keys: %v", err)
	}
	kept := rotate("kept", true)
	third := copied("third", 2)
	if err := opens("c", second, third, w.KeyFile); !errors.Is(err, vault.ErrSealed) {
		t.Errorf("after a renewal, by the new keys: %v", err)
	}
	if err := opens("d", second, second, kept); err != nil {
		t.Errorf("after a renewal, by the old keys: %v", err)
	}
	if err := opens("e", third, third, w.KeyFile); err != nil {
		t.Errorf("made after the renewal: %v", err)
	}
}
