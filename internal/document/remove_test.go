package document_test

import (
	"errors"
	"testing"

	"sluss/internal/access"
	"sluss/internal/document"
	"sluss/internal/fault"
	"sluss/internal/person"
	"sluss/internal/store"
)

func TestOnlyWhoMaySeeThePersonFetchesTheirDocuments(t *testing.T) {
	filing(t, func(t *testing.T, x drawer) {
		d := x.add("a.pdf", pdf(100))
		other := x.Participant(t, "karin", "lena", "Amal", "Ali")
		for key, refused := range map[string]fault.Kind{"petra": fault.NotFound, "britt": fault.NotFound} {
			if _, err := x.desk.Fetch(t.Context(), x.Actor(t, key), x.who, d); !fault.Is(err, refused) {
				t.Errorf("%s fetches: %v", key, err)
			}
			if _, err := x.desk.Of(t.Context(), x.Actor(t, key), x.who); !fault.Is(err, refused) {
				t.Errorf("%s sees the list: %v", key, err)
			}
			if _, err := x.desk.Add(t.Context(), x.Actor(t, key), x.who, form("a.pdf", pdf(100))); !fault.Is(err, refused) {
				t.Errorf("%s adds: %v", key, err)
			}
			if _, err := x.desk.Add(t.Context(), x.Actor(t, key), x.who, document.Form{}); !fault.Is(err, refused) {
				t.Errorf("%s learns what is wrong with a file: %v", key, err)
			}
			if err := x.desk.Remove(t.Context(), x.Actor(t, key), x.who, d, 1, ""); !fault.Is(err, refused) {
				t.Errorf("%s removes: %v", key, err)
			}
		}
		if _, err := x.desk.Fetch(t.Context(), x.Actor(t, "lena"), other, d); !fault.Is(err, fault.NotFound) {
			t.Errorf("under another person's address: %v", err)
		}
		them := x.Themself(t, other)
		them.Declare(access.Documents, access.Read)
		if _, err := x.desk.FetchOwn(t.Context(), them, d); !fault.Is(err, fault.NotFound) {
			t.Errorf("another person fetches: %v", err)
		}
		lena := x.Actor(t, "lena")
		_, err := x.desk.Fetch(t.Context(), lena, x.who, d)
		x.ok(err)
		if _, shown := lena.Shown(); len(shown) != 1 || shown[0].Categories != int(access.Documents) {
			t.Errorf("the log names %+v", shown)
		}
	})
}

func TestARemovedDocumentLeavesItsReasonAndNothingItHeld(t *testing.T) {
	filing(t, func(t *testing.T, x drawer) {
		d, stays := x.add("a.pdf", pdf(100)), x.add("b.pdf", pdf(200))
		lena := x.Actor(t, "lena")
		if f := fault.Fields(x.desk.Remove(t.Context(), lena, x.who, d, 1, " ")); len(f) != 1 || f[0].Field != "why" {
			t.Errorf("no reason: %v", f)
		}
		if err := x.desk.Remove(t.Context(), lena, x.who, d, 2, "wrong person"); !fault.Is(err, fault.Conflict) {
			t.Errorf("another version: %v", err)
		}
		x.ok(x.desk.Remove(t.Context(), lena, x.who, d, 1, "wrong person"))
		if err := x.desk.Remove(t.Context(), lena, x.who, d, 1, "again"); !fault.Is(err, fault.NotFound) {
			t.Errorf("removed twice: %v", err)
		}
		if _, _, err := x.fetch(d); !fault.Is(err, fault.NotFound) {
			t.Errorf("fetched: %v", err)
		}
		if _, _, err := x.fetch(stays); err != nil {
			t.Errorf("the other: %v", err)
		}
		f, err := x.desk.Own(t.Context(), x.themself())
		if x.ok(err); len(f.Kept) != 1 || len(f.Removed) != 1 || f.Removed[0].Removed.Why != "wrong person" || f.Removed[0].Removed.Post != x.Place.Posts["lena"] {
			t.Errorf("%+v", f)
		}
		if n := x.rows(); n != 3 {
			t.Errorf("%d rows", n)
		}
	})
}

func TestTheSameFormTwiceIsOneDocument(t *testing.T) {
	filing(t, func(t *testing.T, x drawer) {
		for i := range 2 {
			actor := x.Actor(t, "lena")
			actor.Once([]byte("the same press"))
			if _, err := x.desk.Add(t.Context(), actor, x.who, form("a.pdf", pdf(700<<10))); i == 0 && err != nil || i == 1 && !errors.Is(err, access.ErrRepeated) {
				t.Errorf("press %d: %v", i+1, err)
			}
		}
		if n := x.rows(); n != 4 {
			t.Errorf("%d rows", n)
		}
	})
}

func TestADestroyedPersonLeavesNothingOfTheirDocuments(t *testing.T) {
	filing(t, func(t *testing.T, x drawer) {
		x.add("a.pdf", pdf(100))
		x.ok(x.Store.Write(t.Context(), func(tx *store.Tx) error {
			if err := document.Destroy(t.Context(), tx, x.Place.Area, x.who); err != nil {
				return err
			}
			return person.Destroy(t.Context(), tx, x.Place.Area, x.who, x.Now())
		}))
		if n := x.rows(); n != 1 {
			t.Errorf("%d rows", n)
		}
		if _, err := x.desk.Of(t.Context(), x.Actor(t, "lena"), x.who); !fault.Is(err, fault.NotFound) {
			t.Errorf("%v", err)
		}
	})
}
