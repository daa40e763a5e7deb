package person_test

import (
	"testing"

	"sluss/internal/access"
	"sluss/internal/demo/demotest"
	"sluss/internal/fault"
	"sluss/internal/id"
	"sluss/internal/org"
	"sluss/internal/person"
	"sluss/internal/pnr"
	"sluss/internal/pnr/testnumbers"
	"sluss/internal/referral"
	"sluss/internal/store"
	"sluss/internal/store/storetest"
)

// own is a worker at Vuxenslussen whose own number is known.
func own(t *testing.T, w *demotest.World, number string) (actor func() *access.Actor) {
	t.Helper()
	worker, post := id.NewWorker(w.Now()), id.NewPost(w.Now())
	ok := func(err error) {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
	}
	ok(w.Store.Write(t.Context(), func(tx *store.Tx) error {
		if err := w.Org.AddWorker(t.Context(), tx, w.Place.Area, worker, "Sara Lind", "sara@ekhamra.example", number); err != nil {
			return err
		}
		return org.AddPost(t.Context(), tx, w.Place.Area, org.Post{ID: post, Worker: worker, Unit: w.Place.Units["Vuxenslussen"], Role: access.Coordinator,
			From: w.Now().Date(), To: "9999-12-31"})
	}))
	w.Place.Posts["sara"] = post
	return func() *access.Actor { return w.Actor(t, "sara") }
}

func TestNobodyRegistersOrOpensThemselves(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		w := demotest.New(t, s)
		number := testnumbers.All()[0]
		sara := own(t, w, number)
		n, err := pnr.Parse(number, w.Now().Date())
		if err != nil {
			t.Fatal(err)
		}
		form := referral.Form{Person: person.Person{Identity: person.Identity{Given: "Sara", Family: "Lind", Number: n}, Contact: person.Contact{Phone: "070-174 06 21"}},
			Kind: referral.Own, Reason: "work", ReceivedOn: w.Now().Date()}
		refused := func(when string) {
			t.Helper()
			_, _, err := (&referral.Desk{Store: s}).Receive(t.Context(), sara(), form)
			if f := fault.Fields(err); len(f) != 1 || f[0].Key != "person.number.own" || f[0].Field != "number" {
				t.Errorf("%s: %v", when, err)
			}
		}
		refused("before anybody has")
		_, who := w.Queued(t, "karin", "Sara", "Lind", number)
		refused("known already")
		d := &person.Desk{Store: s}
		if _, err := d.Open(t.Context(), sara(), who, access.Identity, access.ForContact); !fault.Is(err, fault.NotFound) {
			t.Errorf("opened: %v", err)
		}
		if hits, _, err := d.Search(t.Context(), sara(), number); err != nil || len(hits) != 0 {
			t.Errorf("found: %v %v", hits, err)
		}
		_, other := w.Queued(t, "karin", "Roger", "Lindfors", "")
		p, err := d.Open(t.Context(), sara(), other, access.Identity|access.Contact|access.Health, access.ForContact)
		if err != nil {
			t.Fatal(err)
		}
		p.Number = n
		if f := fault.Fields(d.Change(t.Context(), sara(), p, p.Version)); len(f) != 1 || f[0].Key != "person.number.own" {
			t.Errorf("somebody else given one's own number: %v", f)
		}
	})
}
