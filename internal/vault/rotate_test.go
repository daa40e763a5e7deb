package vault_test

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"testing"

	"sluss/internal/access"
	"sluss/internal/demo/demotest"
	"sluss/internal/id"
	"sluss/internal/person"
	"sluss/internal/store"
	"sluss/internal/store/storetest"
	"sluss/internal/vault"
)

// kept is a world with people in it and a list on its way in, sealed by a key of its own, and what opens each.
type kept struct {
	*demotest.World
	people []id.Person
}

// protectedPeople is how many of the people, the first, have protected records.
const protectedPeople = 3

var listPlace = vault.Place{Table: "intray", Column: "sealed", Row: 7}

func world(t *testing.T, s *store.Store) *kept {
	w := &kept{World: demotest.New(t, s)}
	for i := range 12 {
		w.people = append(w.people, w.Participant(t, "lena", "karin", fmt.Sprint("Given", i), "Family"))
	}
	for _, p := range w.people[:protectedPeople] {
		must(t, (&person.Desk{Store: s}).Protect(t.Context(), w.Actor(t, "lena"), p,
			person.ProtectForm{Version: 1, Kind: person.Marked, Posts: []id.Post{w.Place.Posts["lena"], w.Place.Posts["omar"]}}))
	}
	must(t, s.Write(t.Context(), func(tx *store.Tx) error {
		keys, err := w.Vault.Area(t.Context(), tx, w.Place.Area)
		if err != nil {
			return err
		}
		wrapped, key, err := keys.NewOwn("intray", 7)
		if err != nil {
			return err
		}
		_, err = tx.Exec(t.Context(), store.Q(`INSERT INTO intray (area_id, intray_id, unit_id, post_id, key_wrapped, sealed, columns, kind, since_1904, state, why,
		  rows, checked_to, saved_to, at, ends_at, done_at, version) VALUES ($1, 7, $2, $3, $4, $5, '', 'csv', 0, 'stopped', '', 0, 0, 0, 1, 2, 0, 1)`),
			w.Place.Area, w.Place.Units["Vuxenslussen"], w.Place.Posts["lena"], wrapped, key.Seal(listPlace, "a list"))
		return err
	}))
	return w
}

// opens tells whether the key files open everything.
func (w *kept) opens(t *testing.T, file, protected string) error {
	v, err := vault.Open(file, protected)
	if err != nil {
		return err
	}
	return w.Store.Read(t.Context(), func(tx *store.Tx) error {
		keys, err := v.Area(t.Context(), tx, w.Place.Area)
		if err != nil {
			return err
		}
		actor, err := access.Enter(t.Context(), tx, keys, w.Place.Area, w.Place.Posts["lena"], w.Now(), "test")
		if err != nil {
			return err
		}
		actor.Declare(access.Everything, access.Read)
		for i, p := range w.people {
			x, _, err := person.Open(t.Context(), tx, actor, p, access.Identity, access.Read, access.ForContact)
			if err != nil {
				return err
			}
			if x.Given != fmt.Sprint("Given", i) {
				return fmt.Errorf("person %d is called %s", i, x.Given)
			}
		}
		var wrapped, list []byte
		if err := tx.One(t.Context(), store.Q(`SELECT key_wrapped, sealed FROM intray WHERE area_id = $1 AND intray_id = 7`), []any{w.Place.Area}, &wrapped, &list); err != nil {
			return err
		}
		key, err := keys.OpenOwn("intray", 7, wrapped)
		if err != nil {
			return err
		}
		_, err = key.Open(listPlace, 1, list)
		return err
	})
}

var errKilled = errors.New("killed")

// files are the key files, by whether they are of protected people.
func (w *kept) files() map[bool]string {
	return map[bool]string{false: w.KeyFile, true: vault.ProtectedBeside(w.KeyFile)}
}

func TestKeysAreRotatedAlsoWhenStoppedAtEachStep(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		w := world(t, s)
		for protected, steps := range map[bool]int{
			false: 6, // the old file kept, the new key, the area's, people's, the list's, the area's old one gone
			true:  5, // no list is of protected people
		} {
			w.rotates(t, protected, steps)
		}
	})
}

// rotates stops a rotation at each step, and goes on.
func (w *kept) rotates(t *testing.T, protected bool, want int) {
	t.Helper()
	old, file := filepath.Join(t.TempDir(), "old"), w.files()[protected]
	was, err := os.ReadFile(file)
	must(t, err)
	r := vault.Rotation{Store: w.Store, File: file, Protected: protected, Old: old}
	stops := 0
	for steps := 1; ; steps++ {
		r.After(func() error {
			stops++
			return errKilled
		})
		_, err := r.Run(t.Context())
		if opens := w.opens(t, w.KeyFile, w.files()[true]); opens != nil {
			t.Fatalf("after stop %d: %v", steps, opens)
		}
		if err == nil {
			break
		}
		if !errors.Is(err, errKilled) || steps > 40 {
			t.Fatal(err)
		}
	}
	if stops != want {
		t.Errorf("%d steps, protected: %v", stops, protected)
	}
	if kept, err := os.ReadFile(old); err != nil || !bytes.Equal(kept, was) {
		t.Errorf("the old file was not kept: %v", err)
	}
	with := w.files()
	with[protected] = old
	if w.opens(t, with[false], with[true]) == nil {
		t.Errorf("the old key still opens the database, protected: %v", protected)
	}
	v, err := vault.Open(w.KeyFile, w.files()[true])
	must(t, err)
	if len(v.Keys()) != 1 || len(v.ProtectedKeys()) != 1 {
		t.Errorf("%d and %d keys are left in the files", len(v.Keys()), len(v.ProtectedKeys()))
	}
}

func TestNothingThatTheOldMasterKeyWrappedIsLeft(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		w := world(t, s)
		before := w.prefixes(t)
		for protected, want := range map[bool]int{false: len(w.people) - protectedPeople + 1, true: protectedPeople} {
			r := vault.Rotation{Store: s, File: w.files()[protected], Protected: protected, Old: filepath.Join(t.TempDir(), "old")}
			n, err := r.Run(t.Context())
			must(t, err)
			if n != want {
				t.Errorf("%d keys were wrapped anew, protected: %v", n, protected)
			}
		}
		after := w.prefixes(t)
		for p := range after {
			if before[p] {
				t.Errorf("a key wrapped by the old master key is left")
			}
		}
		if len(after) != 2 {
			t.Errorf("%d master keys wrap something", len(after))
		}
	})
}

// prefixes are the marks of the master keys that wrap something.
func (w *kept) prefixes(t *testing.T) map[string]bool {
	found := map[string]bool{}
	must(t, w.Store.Read(t.Context(), func(tx *store.Tx) error {
		_, err := store.All(t.Context(), tx, store.Q(`SELECT substr(key_wrapped, 1, 5) FROM person UNION SELECT substr(key_wrapped, 1, 5) FROM intray`), nil,
			func(c *store.Cursor) (b []byte, err error) {
				err = c.Scan(&b)
				found[string(b)] = true
				return b, err
			})
		return err
	}))
	return found
}

func TestADrillOpensEverybodysKeyAndFindsOneThatDoesNotOpen(t *testing.T) {
	w := world(t, storetest.Open(t, storetest.SQLite(t)))
	tries := func(protected string) (int, error) {
		v, err := vault.Open(w.KeyFile, protected)
		must(t, err)
		n, err := v.Tries(t.Context(), w.Store, w.Place.Area)
		return n.People, err
	}
	if n, err := tries(w.files()[true]); err != nil || n != len(w.people) {
		t.Errorf("%d of %d open, %v", n, len(w.people), err)
	}
	if n, err := tries(filepath.Join(t.TempDir(), "nothing")); err != nil || n != len(w.people)-protectedPeople {
		t.Errorf("%d open without the key of protected people, %v", n, err)
	}
	must(t, w.Store.Write(t.Context(), func(tx *store.Tx) error {
		_, err := tx.Exec(t.Context(), store.Q(`UPDATE person SET key_wrapped = (SELECT key_wrapped FROM person WHERE person_id = $1) WHERE person_id = $2`), w.people[5], w.people[6])
		return err
	}))
	if _, err := tries(w.files()[true]); !errors.Is(err, vault.ErrSealed) {
		t.Errorf("another's key: %v", err)
	}
}

func TestAnOldKeyFileIsNeverWrittenOver(t *testing.T) {
	w := world(t, storetest.Open(t, storetest.SQLite(t)))
	old := filepath.Join(t.TempDir(), "old")
	must(t, os.WriteFile(old, []byte("another"), 0o400))
	r := vault.Rotation{Store: w.Store, File: w.KeyFile, Old: old}
	if _, err := r.Run(t.Context()); !vault.Exists(err) {
		t.Errorf("%v", err)
	}
	if b, _ := os.ReadFile(old); string(b) != "another" {
		t.Error("it was written over")
	}
	must(t, w.opens(t, w.KeyFile, w.files()[true]))
}

func TestEveryTableWithWrappedKeysIsRotated(t *testing.T) {
	s := storetest.Open(t, storetest.SQLite(t))
	var n int
	must(t, s.Read(t.Context(), func(tx *store.Tx) error {
		return tx.One(t.Context(), store.Q(`SELECT count(*) FROM sqlite_schema WHERE type = 'table' AND sql LIKE '%key_wrapped%'`), nil, &n)
	}))
	if n != vault.Tables {
		t.Errorf("%d tables have wrapped keys, %d are rotated", n, vault.Tables)
	}
}

func TestARotationThatIsGivenUpLeavesEverythingOpen(t *testing.T) {
	w := world(t, storetest.Open(t, storetest.SQLite(t)))
	ctx, cancel := context.WithCancel(t.Context())
	r := vault.Rotation{Store: w.Store, File: w.KeyFile, Old: filepath.Join(t.TempDir(), "old"), Told: func(int) { cancel() }}
	if _, err := r.Run(ctx); err == nil {
		t.Fatal("it went on")
	}
	must(t, w.opens(t, w.KeyFile, w.files()[true]))
	_, err := r.Run(t.Context())
	must(t, err)
	must(t, w.opens(t, w.KeyFile, w.files()[true]))
}

func must(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}
