// Package demotest gives tests the demo's world: the area with its units and workers on a fresh database, people in it,
// and a way to act as any of the workers.
package demotest

import (
	"path/filepath"
	"testing"
	"time"

	"sluss/internal/access"
	"sluss/internal/clock"
	"sluss/internal/demo"
	"sluss/internal/id"
	"sluss/internal/intake"
	"sluss/internal/org"
	"sluss/internal/person"
	"sluss/internal/pnr"
	"sluss/internal/referral"
	"sluss/internal/store"
	"sluss/internal/vault"
)

// Monday is the morning the world begins at: Monday 12 October 2026, 08:40.
var Monday = time.Date(2026, 10, 12, 8, 40, 0, 0, clock.Stockholm)

// World is the demo's area, empty of people.
type World struct {
	Store *store.Store
	Vault *vault.Vault
	Org   *org.Desk
	Place demo.Place
	// KeyFile is where the keys lie, for a process beside this one.
	KeyFile string
	now     time.Time
}

// New makes the world in a fresh database.
func New(t testing.TB, s *store.Store) *World {
	t.Helper()
	keys := filepath.Join(t.TempDir(), "keys")
	must(t, vault.Create(keys))
	must(t, vault.Create(vault.ProtectedBeside(keys)))
	v, err := vault.Open(keys, vault.ProtectedBeside(keys))
	must(t, err)
	w := &World{KeyFile: keys, Store: s, Vault: v, Org: &org.Desk{Store: s, Vault: v}, now: Monday}
	_, err = demo.Make(t.Context(), w.Org, w.Now())
	must(t, err)
	must(t, s.Read(t.Context(), func(tx *store.Tx) (err error) {
		w.Place, err = demo.Find(t.Context(), tx, w.Now())
		return err
	}))
	return w
}

// On is the same world on a copy of its database.
func (w *World) On(s *store.Store) *World {
	return &World{Store: s, Vault: w.Vault, Org: &org.Desk{Store: s, Vault: w.Vault}, Place: w.Place, now: w.now}
}

// Now is the world's instant; Pass moves it.
func (w *World) Now() clock.Instant { return clock.Instant(w.now.UnixMilli()) }

// Clock is the world's clock.
func (w *World) Clock() clock.Clock { return func() time.Time { return w.now } }

// Pass lets days go by.
func (w *World) Pass(days int) { w.now = w.now.AddDate(0, 0, days) }

// Actor acts as one of the demo's workers with everything declared.
func (w *World) Actor(t testing.TB, key string) *access.Actor {
	t.Helper()
	var a *access.Actor
	must(t, w.Store.Read(t.Context(), func(tx *store.Tx) error {
		keys, err := w.Vault.Area(t.Context(), tx, w.Place.Area)
		if err != nil {
			return err
		}
		a, err = access.Enter(t.Context(), tx, keys, w.Place.Area, w.Place.Posts[key], w.Now(), "test")
		return err
	}))
	a.Declare(access.Everything, access.Read, access.Write, access.Decide, access.Export)
	return a
}

// Themself acts as a person in their own session, with all that it may see declared.
func (w *World) Themself(t testing.TB, who id.Person) *access.Actor {
	t.Helper()
	var a *access.Actor
	must(t, w.Store.Read(t.Context(), func(tx *store.Tx) error {
		keys, err := w.Vault.Area(t.Context(), tx, w.Place.Area)
		if err != nil {
			return err
		}
		a, err = access.EnterOwn(t.Context(), tx, keys, w.Place.Area, who, w.Now(), "test")
		return err
	}))
	a.Declare(access.OwnView, access.Read, access.Write)
	return a
}

// Queued puts somebody new in the queue of the worker's unit. number may be "".
func (w *World) Queued(t testing.TB, worker, given, family, number string) (referral.ID, id.Person) {
	t.Helper()
	p := person.Person{Identity: person.Identity{Given: given, Family: family}, Contact: person.Contact{Phone: "070-174 06 21"}}
	if number != "" {
		n, err := pnr.Parse(number, w.Now().Date())
		must(t, err)
		p.Number = n
	}
	d := &referral.Desk{Store: w.Store}
	r, who, err := d.Receive(t.Context(), w.Actor(t, worker), referral.Form{Person: p, Kind: referral.Remiss, Reason: "work",
		ReceivedOn: w.Now().Date(), Agency: w.Place.Agencies[org.KindMunicipality], FromUnit: w.Place.Senders["Ekonomiskt bistånd"]})
	must(t, err)
	return r, who
}

// Participant makes somebody new a participant at the worker's unit, with the coach.
func (w *World) Participant(t testing.TB, worker, coach, given, family string) id.Person {
	t.Helper()
	r, who := w.Queued(t, worker, given, family, "")
	actor := w.Actor(t, worker)
	must(t, w.Store.Write(t.Context(), func(tx *store.Tx) error {
		a, err := access.Open(t.Context(), tx, actor, who, access.Everything, access.Write, access.ForStart)
		if err != nil {
			return err
		}
		if _, err := intake.Enrol(t.Context(), tx, actor, a, r, intake.Booking{On: actor.Today(), At: "10:00", Coach: w.Place.Posts[coach], WhyAlone: "test"}); err != nil {
			return err
		}
		e, _, err := intake.Current(t.Context(), tx, actor, a)
		if err != nil {
			return err
		}
		return intake.Hold(t.Context(), tx, actor, a, e, actor.Today())
	}))
	return who
}

func must(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}
