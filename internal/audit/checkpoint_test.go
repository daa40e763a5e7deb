package audit_test

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"golang.org/x/mod/sumdb/note"

	"sluss/internal/audit"
	"sluss/internal/demo/demotest"
	"sluss/internal/id"
	"sluss/internal/store"
	"sluss/internal/store/storetest"
)

// site is a log that is kept, with its signing key and its file outside.
type site struct {
	*audit.Keeper
	world   *demotest.World
	area    id.Area
	people  []audit.Person
	file    string
	known   note.Verifiers
	keyFile string
}

func kept(t *testing.T, s *store.Store) *site {
	t.Helper()
	w := demotest.New(t, s)
	dir := t.TempDir()
	k := &site{world: w, area: w.Actor(t, "lena").Area(), file: filepath.Join(dir, "x.checkpoints"), keyFile: filepath.Join(dir, "x.key.log")}
	if err := audit.CreateSigner(k.keyFile); err != nil {
		t.Fatal(err)
	}
	signer, err := audit.OpenSigner(k.keyFile)
	if err != nil {
		t.Fatal(err)
	}
	if k.known, err = audit.OpenVerifiers(audit.PublicKey(k.keyFile)); err != nil {
		t.Fatal(err)
	}
	k.Keeper = &audit.Keeper{Store: s, Clock: func() time.Time { return w.Now().Time() }, Signer: signer}
	for _, family := range []string{"Haddad", "Lind", "Berg"} {
		w.Queued(t, "lena", "Samira", family, "")
	}
	k.people = everybody(t, s, k.area)
	k.reopen(t)
	return k
}

// everybody gives people of the area with their aliases.
func everybody(t *testing.T, s *store.Store, area id.Area) (list []audit.Person) {
	t.Helper()
	err := s.Read(t.Context(), func(tx *store.Tx) (err error) {
		list, err = store.All(t.Context(), tx, store.Q(`SELECT person_id, alias FROM person WHERE area_id = $1 ORDER BY person_id`), []any{area},
			func(c *store.Cursor) (p audit.Person, err error) {
				var b []byte
				err = c.Scan(&p.ID, &b)
				copy(p.Alias[:], b)
				return p, err
			})
		return err
	})
	if err != nil || len(list) < 3 {
		t.Fatalf("%d people: %v", len(list), err)
	}
	return list
}

// reopen reads the file outside anew, as a program that is started again does.
func (k *site) reopen(t *testing.T) {
	t.Helper()
	var err error
	if k.Outside, err = audit.OpenOutside(k.file, k.known); err != nil {
		t.Fatal(err)
	}
}

// grow adds disclosures, places them, and makes a checkpoint.
func (k *site) grow(t *testing.T, n int) {
	t.Helper()
	writtenOf(t, k.Store, k.world, n, k.people)
	if err := errors.Join(k.Keep(t.Context()), k.Sign(t.Context())); err != nil {
		t.Fatal(err)
	}
}

func (k *site) size(t *testing.T) int64 {
	return figure(t, k.Store, store.Q(`SELECT size FROM disclosure_tree WHERE area_id = $1`), k.area)
}

func TestACheckpointIsMadeOnlyWhenTheTreeHasGrown(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		k := kept(t, s)
		for i, n := range []int{3, 0, 10, 0} {
			k.grow(t, n)
			if last := k.Outside.Last(k.area); last.Size != k.size(t) {
				t.Errorf("after step %d the last checkpoint outside has size %d of %d", i, last.Size, k.size(t))
			}
			k.reopen(t)
		}
		b, err := os.ReadFile(k.file)
		if err != nil {
			t.Fatal(err)
		}
		outside := strings.Count(string(b), "sluss/log/")
		inside := figure(t, s, store.Q(`SELECT count(*) FROM disclosure_checkpoint WHERE area_id = $1`), k.area)
		if outside != 2 || inside != 2 {
			t.Errorf("%d checkpoints outside and %d inside; want 2", outside, inside)
		}
	})
}

func TestATreeThatDoesNotGoOnFromTheLastCheckpointIsNotSigned(t *testing.T) {
	for name, q := range map[string]store.SQL{
		"another root":   store.Q(`UPDATE disclosure_tree SET root = $2 WHERE area_id = $1`),
		"rolled back":    store.Q(`UPDATE disclosure_tree SET size = 2 WHERE area_id = $1 AND $2 IS NOT NULL`),
		"no tree at all": store.Q(`DELETE FROM disclosure_tree WHERE area_id = $1 AND $2 IS NOT NULL`),
	} {
		t.Run(name, func(t *testing.T) {
			s := storetest.Open(t, storetest.SQLite(t))
			k := kept(t, s)
			k.grow(t, 5)
			k.grow(t, 3)
			before := k.Outside.Last(k.area)
			tampered(t, s, q, k.area, make([]byte, 32))
			err := k.Sign(t.Context())
			if !errors.Is(err, audit.ErrTree) || k.Outside.Last(k.area) != before {
				t.Errorf("the answer is %v", err)
			}
		})
	}
}

func TestACheckpointThatWasCutOffTakesNoOtherWithIt(t *testing.T) {
	s := storetest.Open(t, storetest.SQLite(t))
	k := kept(t, s)
	k.grow(t, 5)
	whole, err := os.ReadFile(k.file)
	if err != nil {
		t.Fatal(err)
	}
	for cut := range len(whole) {
		if err := os.WriteFile(k.file, append(append([]byte{}, whole...), whole[:cut]...), 0o600); err != nil {
			t.Fatal(err)
		}
		k.reopen(t)
		if k.Outside.Last(k.area).Size != k.size(t) {
			t.Fatalf("with %d bytes of a second one, the last has size %d", cut, k.Outside.Last(k.area).Size)
		}
	}
	k.grow(t, 5)
	k.reopen(t)
	if k.Outside.Last(k.area).Size != k.size(t) {
		t.Error("the checkpoint after the one that was cut off is not found")
	}
}

func TestASigningKeyThatOthersCanReadIsRefused(t *testing.T) {
	path := filepath.Join(t.TempDir(), "key")
	if err := errors.Join(audit.CreateSigner(path), os.Chmod(path, 0o440)); err != nil {
		t.Fatal(err)
	}
	if _, err := audit.OpenSigner(path); err == nil {
		t.Error("it was opened")
	}
	if err := audit.CreateSigner(path); err == nil {
		t.Error("it was written over")
	}
}
