package audit_test

import (
	"errors"
	"io"
	"os"
	"path/filepath"
	"testing"

	"sluss/internal/audit"
	"sluss/internal/store"
	"sluss/internal/store/storetest"
)

// verdict looks through the log, against the file outside.
func (k *site) verdict(t *testing.T) audit.Verdict {
	t.Helper()
	list, err := audit.Verify(t.Context(), k.Store, k.known, func() (io.ReadCloser, error) { return os.Open(k.file) })
	if err != nil || len(list) != 1 {
		t.Fatal(len(list), err)
	}
	return list[0]
}

// do runs statements with the area as $1 and the position as $2.
func (k *site) do(t *testing.T, at int64, list ...store.SQL) {
	t.Helper()
	for _, q := range list {
		tampered(t, k.Store, q, k.area, at)
	}
}

var (
	editRow   = store.Q(`UPDATE disclosure SET purpose = purpose + 1 WHERE area_id = $1 AND position = $2`)
	deleteRow = store.Q(`DELETE FROM disclosure WHERE area_id = $1 AND position = $2`)
	lift      = store.Q(`UPDATE disclosure SET position = -1000 - position WHERE area_id = $1 AND position > $2`)
	closeGap  = store.Q(`UPDATE disclosure SET position = -1001 - position WHERE area_id = $1 AND position < 0 - $2`)
	openGap   = store.Q(`UPDATE disclosure SET position = -999 - position WHERE area_id = $1 AND position < 0 - $2`)
	forge     = store.Q(`INSERT INTO disclosure (area_id, disclosure_id, position, epoch, at, post_id, unit_id, action, purpose, ground, categories, route, listed, people)
	  SELECT area_id, disclosure_id + 100000, $2 + 1, epoch, at, post_id, unit_id, action, purpose, ground, categories, route, listed, people
	  FROM disclosure WHERE area_id = $1 AND position = $2`)
	forgeAtMinus = store.Q(`INSERT INTO disclosure (area_id, disclosure_id, position, epoch, at, post_id, unit_id, action, purpose, ground, categories, route, listed, people)
	  SELECT area_id, disclosure_id + 100000, -7, epoch, at, post_id, unit_id, action, purpose, ground, categories, route, listed, people
	  FROM disclosure WHERE area_id = $1 AND position = $2`)
	liftOne = store.Q(`UPDATE disclosure SET position = -9 WHERE area_id = $1 AND position = $2`)
	dropOne = store.Q(`UPDATE disclosure SET position = position - 1 WHERE area_id = $1 AND position = $2 + 1`)
	landOne = store.Q(`UPDATE disclosure SET position = $2 WHERE area_id = $1 AND position = -9`)
)

// cut leaves a log of the size, with all that belongs to it, as it was then.
func (k *site) cut(t *testing.T, size int64, root []byte) {
	t.Helper()
	for _, q := range []store.SQL{
		store.Q(`DELETE FROM disclosure_person WHERE area_id = $1 AND disclosure_id IN (SELECT disclosure_id FROM disclosure WHERE area_id = $1 AND position >= $2)`),
		store.Q(`DELETE FROM disclosure WHERE area_id = $1 AND position >= $2`),
		store.Q(`DELETE FROM disclosure_checkpoint WHERE area_id = $1 AND size > $2`),
	} {
		tampered(t, k.Store, q, k.area, size)
	}
	tampered(t, k.Store, store.Q(`DELETE FROM disclosure_hash WHERE area_id = $1 AND number >= $2`), k.area, 2*size-int64(ones(size)))
	tampered(t, k.Store, store.Q(`UPDATE disclosure_tree SET size = $2, root = $3 WHERE area_id = $1`), k.area, size, root)
}

// ones counts the subtrees of a tree of the size.
func ones(size int64) (n int) {
	for ; size > 0; size &= size - 1 {
		n++
	}
	return n
}

func (k *site) root(t *testing.T) []byte {
	t.Helper()
	last := k.Outside.Last(k.area)
	return last.Root[:]
}

// remake throws the tree away, makes it anew, and signs it with the stolen key.
func (k *site) remake(t *testing.T) {
	t.Helper()
	for _, q := range []store.SQL{store.Q(`UPDATE disclosure SET position = NULL WHERE area_id = $1`), store.Q(`DELETE FROM disclosure_hash WHERE area_id = $1`),
		store.Q(`DELETE FROM disclosure_tree WHERE area_id = $1`), store.Q(`DELETE FROM disclosure_checkpoint WHERE area_id = $1`)} {
		tampered(t, k.Store, q, k.area)
	}
	elsewhere, err := audit.OpenOutside(filepath.Join(t.TempDir(), "other"), k.known)
	if err != nil {
		t.Fatal(err)
	}
	thief := *k.Keeper
	thief.Outside = elsewhere
	if err := errors.Join(thief.Keep(t.Context()), thief.Sign(t.Context())); err != nil {
		t.Fatal(err)
	}
}

// TestEachWayToTouchTheLogIsFound: the log has three checkpoints, at sizes a, b and c. Each case touches it from the row
// b+3 on, unless it says otherwise, and says between which positions the first bad row must be named.
func TestEachWayToTouchTheLogIsFound(t *testing.T) {
	var a, b, c int64
	var rootB []byte
	cases := []struct {
		name        string
		touch       func(t *testing.T, k *site)
		first, last func() int64
	}{
		{"edited", func(t *testing.T, k *site) { k.do(t, b+3, editRow) }, at(&b, 3), at(&b, 3)},
		{"first row edited", func(t *testing.T, k *site) { k.do(t, 0, editRow) }, func() int64 { return 0 }, func() int64 { return 0 }},
		{"last row edited", func(t *testing.T, k *site) { k.do(t, c-1, editRow) }, at(&c, -1), at(&c, -1)},
		{"deleted", func(t *testing.T, k *site) { k.do(t, b+3, deleteRow) }, at(&b, 3), at(&b, 3)},
		{"deleted and closed up", func(t *testing.T, k *site) { k.do(t, b+3, deleteRow, lift); k.do(t, 999, closeGap) }, at(&b, 3), at(&b, 3)},
		{"inserted", func(t *testing.T, k *site) { k.do(t, b+2, lift); k.do(t, 999, openGap); k.do(t, b+2, forge) }, at(&b, 3), at(&b, 3)},
		{"inserted at the end", func(t *testing.T, k *site) { k.do(t, c-1, forge) }, at(&c, 0), at(&c, 0)},
		{"inserted before the beginning", func(t *testing.T, k *site) {
			k.do(t, b+3, forgeAtMinus)
		}, func() int64 { return -7 }, func() int64 { return -7 }},
		{"reordered", func(t *testing.T, k *site) {
			k.do(t, b+3, liftOne)
			k.do(t, b+3, dropOne)
			k.do(t, b+4, landOne)
		}, at(&b, 3), at(&b, 3)},
		{"truncated", func(t *testing.T, k *site) { k.cut(t, b, rootB) }, at(&b, 0), at(&b, 0)},
		{"rolled back and gone on", func(t *testing.T, k *site) {
			k.cut(t, b, rootB)
			writtenOf(t, k.Store, k.world, 40, k.people)
			if err := k.Keep(t.Context()); err != nil {
				t.Fatal(err)
			}
		}, at(&b, 0), at(&c, -1)},
		{"edited, remade and signed with the stolen key", func(t *testing.T, k *site) { k.do(t, b+3, editRow); k.remake(t) }, at(&b, 0), at(&c, -1)},
		{"edited between a and b, remade and signed", func(t *testing.T, k *site) { k.do(t, a+3, editRow); k.remake(t) }, at(&a, 0), at(&b, -1)},
		{"signed with another key", func(t *testing.T, k *site) {
			k.do(t, c, store.Q(`DELETE FROM disclosure_checkpoint WHERE area_id = $1 AND size = $2`))
			k.signedBy(t, filepath.Join(t.TempDir(), "other.key"))
		}, func() int64 { return -1 }, func() int64 { return -1 }},
		{"a hash edited", func(t *testing.T, k *site) {
			tampered(t, k.Store, store.Q(`UPDATE disclosure_hash SET hash = $3 WHERE area_id = $1 AND number = $2`), k.area, 2*b-int64(ones(b)), make([]byte, 32))
		}, at(&b, 0), at(&b, 0)},
		{"rows gone, hashes left", func(t *testing.T, k *site) {
			tampered(t, k.Store, store.Q(`DELETE FROM disclosure WHERE area_id = $1 AND position >= $2`), k.area, b)
		}, at(&b, 0), at(&b, 0)},
		{"everything gone", func(t *testing.T, k *site) {
			for _, q := range []store.SQL{store.Q(`DELETE FROM disclosure WHERE area_id = $1`), store.Q(`DELETE FROM disclosure_person WHERE area_id = $1`),
				store.Q(`DELETE FROM disclosure_hash WHERE area_id = $1`), store.Q(`DELETE FROM disclosure_tree WHERE area_id = $1`),
				store.Q(`DELETE FROM disclosure_checkpoint WHERE area_id = $1`)} {
				tampered(t, k.Store, q, k.area)
			}
		}, func() int64 { return 0 }, func() int64 { return 0 }},
	}
	for _, x := range cases {
		t.Run(x.name, func(t *testing.T) {
			storetest.Each(t, func(t *testing.T, s *store.Store) {
				k := kept(t, s)
				k.grow(t, 20)
				a = k.size(t)
				k.grow(t, 20)
				b, rootB = k.size(t), k.root(t)
				k.grow(t, 20)
				c = k.size(t)
				if v := k.verdict(t); len(v.Findings) != 0 || v.Covered != c || v.Outside != 3 || v.Checkpoints != 3 {
					t.Fatalf("untouched: %+v", v)
				}
				x.touch(t, k)
				v := k.verdict(t)
				if len(v.Findings) == 0 {
					t.Fatal("nothing was found")
				}
				if f := v.Findings[0]; f.First != x.first() || f.Last != x.last() {
					t.Errorf("%+v; want %d to %d (sizes %d, %d, %d)", f, x.first(), x.last(), a, b, c)
				}
			})
		})
	}
}

// at gives the size that was noted, and so many rows on.
func at(size *int64, plus int64) func() int64 { return func() int64 { return *size + plus } }

// signedBy signs the tree of now with a key of somebody else's.
func (k *site) signedBy(t *testing.T, key string) {
	t.Helper()
	if err := audit.CreateSigner(key); err != nil {
		t.Fatal(err)
	}
	var err error
	other := *k.Keeper
	if other.Signer, err = audit.OpenSigner(key); err != nil {
		t.Fatal(err)
	}
	if other.Outside, err = audit.OpenOutside(key+".checkpoints", k.known); err != nil {
		t.Fatal(err)
	}
	if err := other.Sign(t.Context()); err != nil {
		t.Fatal(err)
	}
}

func TestAFileOutsideThatIsSignedWithAnotherKeyIsNotBelieved(t *testing.T) {
	s := storetest.Open(t, storetest.SQLite(t))
	k := kept(t, s)
	k.grow(t, 5)
	key := filepath.Join(t.TempDir(), "other.key")
	k.signedBy(t, key)
	k.file = key + ".checkpoints"
	if v := k.verdict(t); len(v.Findings) != 1 || v.Covered != 0 {
		t.Errorf("%+v", v)
	}
}

// TestTheIndexOfPeopleIsHeldAgainstTheRows: a line taken away, added, or led astray is found, and names the row.
func TestTheIndexOfPeopleIsHeldAgainstTheRows(t *testing.T) {
	for name, q := range map[string]store.SQL{
		"a line of an opened record gone": store.Q(`DELETE FROM disclosure_person WHERE area_id = $1 AND disclosure_id = $2 AND person_id = $3`),
		"a line for somebody who was not shown": store.Q(`INSERT INTO disclosure_person (area_id, person_id, on_date, post_id, opened_id, disclosure_id)
		  SELECT area_id, $4, on_date, post_id, opened_id, disclosure_id FROM disclosure_person WHERE area_id = $1 AND disclosure_id = $2 AND person_id = $3`),
		"a line on another day":   store.Q(`UPDATE disclosure_person SET on_date = '2020-01-01' WHERE area_id = $1 AND disclosure_id = $2 AND person_id = $3`),
		"a line for another post": store.Q(`UPDATE disclosure_person SET post_id = post_id + 1 WHERE area_id = $1 AND disclosure_id = $2 AND person_id = $3`),
		"a line to another row":   store.Q(`UPDATE disclosure_person SET disclosure_id = disclosure_id + 1 WHERE area_id = $1 AND disclosure_id = $2 AND person_id = $3`),
	} {
		t.Run(name, func(t *testing.T) {
			storetest.Each(t, func(t *testing.T, s *store.Store) {
				k := kept(t, s)
				k.people = k.people[:2]
				k.grow(t, 20)
				at := k.size(t) - 3 // odd ones are opened records; see written
				if figure(t, s, store.Q(`SELECT listed FROM disclosure WHERE area_id = $1 AND position = $2`), k.area, at) == 1 {
					at++
				}
				row := figure(t, s, store.Q(`SELECT disclosure_id FROM disclosure WHERE area_id = $1 AND position = $2`), k.area, at)
				if v := k.verdict(t); len(v.Findings) != 0 {
					t.Fatalf("untouched: %+v", v)
				}
				args := []any{k.area, row, k.people[0].ID, everybody(t, s, k.area)[2].ID}
				if name != "a line for somebody who was not shown" {
					args = args[:3]
				}
				tampered(t, s, q, args...)
				v := k.verdict(t)
				if len(v.Findings) != 1 || name != "a line to another row" && (v.Findings[0].First != at || int64(v.Findings[0].Row) != row) {
					t.Errorf("%+v; want row %d", v.Findings, at)
				}
			})
		})
	}
}

// TestAListsLineThatIsRepointedIsFound: the line of a list leads to a list of that post, on that day, which shows the person;
// pointed at anything else of the same post it is found, and at another such list it is as true as it was.
func TestAListsLineThatIsRepointedIsFound(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		k := kept(t, s)
		k.grow(t, 20)
		one, two, three := k.people[0], k.people[1], k.people[2]
		both := func(a, b audit.Person) []byte { return append(a.Alias[:], b.Alias[:]...) }
		repoint := func(to int64) {
			tampered(t, s, store.Q(`UPDATE disclosure_person SET disclosure_id = $3 WHERE area_id = $1 AND person_id = $2 AND opened_id = 0`), k.area, one.ID, to)
		}
		was := figure(t, s, store.Q(`SELECT disclosure_id FROM disclosure_person WHERE area_id = $1 AND person_id = $2 AND opened_id = 0`), k.area, one.ID)
		for name, c := range map[string]struct {
			listed int
			people []byte
		}{"an opened record": {0, both(one, two)}, "a list of others": {1, both(two, three)}, "another list of the person": {1, both(one, two)}} {
			to := figure(t, s, store.Q(`SELECT max(disclosure_id) FROM disclosure WHERE area_id = $1 AND listed = $2 AND people = $3`), k.area, c.listed, c.people)
			if to == was {
				t.Fatalf("%s is the one that the line leads to already", name)
			}
			repoint(to)
			if v := k.verdict(t); (len(v.Findings) == 1) != (name != "another list of the person") {
				t.Errorf("%s: %+v", name, v.Findings)
			}
			repoint(was)
			if v := k.verdict(t); len(v.Findings) != 0 {
				t.Fatalf("put back after %s: %+v", name, v.Findings)
			}
		}
	})
}

func TestTheIndexOfSomebodyWhoseAliasIsDestroyedMeansNothing(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		k := kept(t, s)
		k.grow(t, 20)
		tampered(t, s, store.Q(`UPDATE person SET alias = $3 WHERE area_id = $1 AND person_id = $2`), k.area, k.people[0].ID, []byte{})
		tampered(t, s, store.Q(`DELETE FROM disclosure_person WHERE area_id = $1 AND person_id = $2`), k.area, k.people[0].ID)
		if v := k.verdict(t); len(v.Findings) != 0 {
			t.Errorf("%+v", v)
		}
	})
}

func TestAListThatIsShownOnTwoDaysIsFindableOnEach(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		k := kept(t, s)
		for range 3 {
			k.grow(t, 6)
			k.world.Pass(1)
		}
		if v := k.verdict(t); len(v.Findings) != 0 {
			t.Errorf("%+v", v)
		}
	})
}
