package access_test

import (
	"errors"
	"fmt"
	"testing"

	"sluss/internal/access"
	"sluss/internal/demo/demotest"
	"sluss/internal/fault"
	"sluss/internal/id"
	"sluss/internal/store"
	"sluss/internal/store/storetest"
)

// self is somebody in the small world of people who act for themselves.
type self struct {
	id     id.Person
	name   string
	weeded bool
}

// selves makes people with every kind of bar and ground that a post meets, and one of another area with the same ids around.
func selves(t *testing.T, w *demotest.World) []self {
	t.Helper()
	list := []self{{name: "plain"}, {name: "protected"}, {name: "nobody's concern any more"}, {name: "weeded", weeded: true}, {name: "at the other unit"}, {name: "a worker's own"}}
	for i := range list {
		key := "karin"
		if i == 4 {
			key = "ida"
		}
		_, list[i].id = w.Queued(t, key, fmt.Sprint("Given", i), "Family", "")
	}
	must(t, w.Store.Write(t.Context(), func(tx *store.Tx) error {
		area, now := w.Place.Area, w.Now()
		if _, err := tx.Exec(t.Context(), store.Q(`UPDATE person SET protected = 1 WHERE area_id = $1 AND person_id = $2`), area, list[1].id); err != nil {
			return err
		}
		if err := access.Untie(t.Context(), tx, area, list[2].id, w.Place.Units["Vuxenslussen"], now.Date(), now); err != nil {
			return err
		}
		if _, err := tx.Exec(t.Context(), store.Q(`UPDATE person SET weeded_at = 1 WHERE area_id = $1 AND person_id = $2`), area, list[3].id); err != nil {
			return err
		}
		if _, err := tx.Exec(t.Context(), store.Q(`UPDATE person SET number_index = $3 WHERE area_id = $1 AND person_id = $2`), area, list[5].id, []byte("own")); err != nil {
			return err
		}
		_, err := tx.Exec(t.Context(), store.Q(`UPDATE worker SET own_index = $2 WHERE area_id = $1`), area, []byte("own"))
		return err
	}))
	return list
}

// own enters as a person who acts for themselves, with everything declared.
func own(t *testing.T, w *demotest.World, p id.Person) (*access.Actor, error) {
	t.Helper()
	var a *access.Actor
	err := w.Store.Read(t.Context(), func(tx *store.Tx) error {
		keys, err := w.Vault.Area(t.Context(), tx, w.Place.Area)
		if err != nil {
			return err
		}
		a, err = access.EnterOwn(t.Context(), tx, keys, w.Place.Area, p, w.Now(), "test")
		return err
	})
	if err == nil {
		a.Declare(access.Everything, access.Read, access.Write, access.Decide, access.Export)
	}
	return a, err
}

// mayOwn is the oracle: the rule of the person themself said once more.
func mayOwn(s self, c access.Category, a access.Action) bool {
	const shown = access.Identity | access.Contact | access.Plan | access.Thread | access.Activities | access.Attendance | access.Health | access.Collaboration | access.Assessment | access.MyPlace | access.Documents
	return !s.weeded && c|shown == shown && (a == access.Read || a == access.Write)
}

func TestAPersonSeesTheirOwnRecordAndNobodyElses(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		w := demotest.New(t, s)
		people := selves(t, w)
		asked := 0
		for _, me := range people {
			a, err := own(t, w, me.id)
			if me.weeded {
				if !fault.Is(err, fault.Forbidden) {
					t.Errorf("%s enters: %v", me.name, err)
				}
				continue
			}
			must(t, err)
			for act := access.Read; act <= access.Export; act++ {
				for c := access.Category(1); c <= access.Everything; c += 1 + c/16 {
					asked++
					must(t, s.Read(t.Context(), func(tx *store.Tx) error {
						x, err := access.OpenOwn(t.Context(), tx, a, c, act)
						if may := mayOwn(me, c, act); may != (err == nil) || err == nil && (x.Person() != me.id || x.Ground() != access.Themself) {
							t.Errorf("%s, %s %s: %v, the oracle says %v", me.name, act, c, err, may)
						}
						return nil
					}))
				}
				for _, other := range people { // the rule of posts gives a person nothing, not even themself
					must(t, s.Read(t.Context(), func(tx *store.Tx) error {
						if _, err := access.Open(t.Context(), tx, a, other.id, access.Identity, act, access.ForContact); !errors.Is(err, fault.Missing) {
							t.Errorf("%s opens %s by the rule of posts: %v", me.name, other.name, err)
						}
						return nil
					}))
				}
			}
		}
		if asked < 500 {
			t.Errorf("only %d questions", asked)
		}
	})
}

func TestAPostHasNoOwnViewAndAPersonNoPost(t *testing.T) {
	w := demotest.New(t, storetest.Open(t, storetest.SQLite(t)))
	people := selves(t, w)
	for _, key := range []string{"lena", "karin", "omar", "britt", "ida"} {
		must(t, w.Store.Read(t.Context(), func(tx *store.Tx) error {
			if _, err := access.OpenOwn(t.Context(), tx, w.Actor(t, key), access.Identity, access.Read); !errors.Is(err, fault.Missing) {
				t.Errorf("%s has an own view: %v", key, err)
			}
			return nil
		}))
	}
	me, err := own(t, w, people[0].id)
	must(t, err)
	must(t, w.Store.Read(t.Context(), func(tx *store.Tx) error {
		s, err := access.Over(t.Context(), tx, me, access.Identity, access.ForSearch)
		must(t, err)
		rows, err := tx.Query(t.Context(), store.Q(`SELECT `+access.Columns+` FROM person p WHERE `+access.Visible), s.Args()...)
		must(t, err)
		defer rows.Close()
		if rows.Next() {
			t.Error("a person lists people")
		}
		return rows.Err()
	}))
	err = w.Store.Write(t.Context(), func(tx *store.Tx) error {
		return access.Unit(t.Context(), tx, me, access.Coach, access.Coordinator, access.Head, access.Reception)
	})
	if !fault.Is(err, fault.Forbidden) {
		t.Errorf("a person acts for a unit: %v", err)
	}
}

func TestWhatIsNotDeclaredIsRefusedAlsoToThePersonThemself(t *testing.T) {
	w := demotest.New(t, storetest.Open(t, storetest.SQLite(t)))
	me, err := own(t, w, selves(t, w)[0].id)
	must(t, err)
	me.Declare(access.Identity, access.Read)
	must(t, w.Store.Read(t.Context(), func(tx *store.Tx) error {
		if _, err := access.OpenOwn(t.Context(), tx, me, access.Contact, access.Read); err == nil || fault.Of(err) != nil {
			t.Errorf("a category that the route has not declared: %v", err)
		}
		if _, err := access.OpenOwn(t.Context(), tx, me, access.Identity, access.Write); err == nil {
			t.Error("an act that the route has not declared")
		}
		return nil
	}))
}
