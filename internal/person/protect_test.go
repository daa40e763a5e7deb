package person_test

import (
	"errors"
	"slices"
	"sync"
	"sync/atomic"
	"testing"

	"sluss/internal/access"
	"sluss/internal/audit"
	"sluss/internal/demo/demotest"
	"sluss/internal/fault"
	"sluss/internal/id"
	"sluss/internal/person"
	"sluss/internal/store"
	"sluss/internal/store/storetest"
	"sluss/internal/thread"
	"sluss/internal/vault"
)

// shielded is a participant of the coach Lena, to be protected by Karin with Omar, the head.
type shielded struct {
	*demotest.World
	t    *testing.T
	desk *person.Desk
	who  id.Person
}

func shielding(t *testing.T, f func(t *testing.T, x shielded)) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		w := demotest.New(t, s)
		f(t, shielded{w, t, &person.Desk{Store: s}, w.Participant(t, "karin", "lena", "Samira", "Haddad")})
	})
}

func (x shielded) ok(err error) {
	x.t.Helper()
	if err != nil {
		x.t.Fatal(err)
	}
}

func (x shielded) posts(keys ...string) (list []id.Post) {
	for _, k := range keys {
		list = append(list, x.Place.Posts[k])
	}
	return list
}

func (x shielded) version(key string) int {
	x.t.Helper()
	s, err := x.desk.Shield(x.t.Context(), x.Actor(x.t, key), x.who)
	x.ok(err)
	return s.Person.Version
}

func (x shielded) protect(keys ...string) {
	x.t.Helper()
	x.ok(x.desk.Protect(x.t.Context(), x.Actor(x.t, keys[0]), x.who, person.ProtectForm{Version: x.version(keys[0]), Kind: person.Marked, Posts: x.posts(keys...)}))
}

// sees reads the person as a request of its own would, up to the log; nil is that the page was answered.
func (x shielded) sees(log *audit.Log, key string) error {
	actor := x.Actor(x.t, key)
	if _, err := x.desk.Open(x.t.Context(), actor, x.who, access.Identity, access.ForContact); err != nil {
		return err
	}
	epoch, list := actor.Shown()
	return log.Append(x.t.Context(), actor.Area(), epoch, list)
}

func TestOnlyThoseNamedSeeOneWhoIsProtected(t *testing.T) {
	shielding(t, func(t *testing.T, x shielded) {
		log := audit.NewLog(t.Context(), x.Store)
		x.ok(x.sees(log, "lena"))
		answers := x.Actor(t, "samar")
		_, err := x.desk.Open(t.Context(), answers, x.who, access.Identity, access.ForContact)
		x.ok(err)
		e, shown := answers.Shown()
		for i := range shown {
			shown[i].Purpose = int(access.ForAnswer)
		}
		x.ok(log.Append(t.Context(), answers.Area(), e, shown))
		began := x.Actor(t, "lena")
		_, err = x.desk.Open(t.Context(), began, x.who, access.Identity, access.ForContact)
		x.ok(err)
		x.protect("karin", "omar")
		epoch, list := began.Shown()
		if err := log.Append(t.Context(), began.Area(), epoch, list); !errors.Is(err, audit.ErrEpoch) {
			t.Errorf("a page that was read before is answered after: %v", err)
		}
		for key, sees := range map[string]bool{"karin": true, "omar": true, "lena": false, "samar": false, "petra": false} {
			if err := x.sees(log, key); sees && err != nil || !sees && !fault.Is(err, fault.NotFound) {
				t.Errorf("%s: %v", key, err)
			}
		}
		if hits, _, err := x.desk.Search(t.Context(), x.Actor(t, "lena"), "Haddad"); err != nil || len(hits) != 0 {
			t.Errorf("found by name: %v %v", hits, err)
		}
		s, err := x.desk.Shield(t.Context(), x.Actor(t, "omar"), x.who)
		x.ok(err)
		if s.Person.Protection != person.Marked || len(s.Cleared) != 2 || len(s.History) != 1 || s.History[0].Post != x.Place.Posts["karin"] {
			t.Errorf("%+v", s)
		}
		if len(s.Readers) < 2 || !slices.Contains(s.Readers, x.Place.Posts["lena"]) {
			t.Errorf("who saw the person: %v", s.Readers)
		}
		if slices.Contains(s.Readers, x.Place.Posts["samar"]) {
			t.Error("it shows that the person has asked something")
		}
		x.ok(x.Store.Read(t.Context(), func(tx *store.Tx) error {
			marks, err := thread.Marks(t.Context(), tx, x.Place.Area, 100)
			if len(marks) != 1 || marks[0].Person != x.who {
				t.Errorf("to be counted anew: %v", marks)
			}
			return err
		}))
	})
}

func TestProtectingNamesTwoAndAHeadAndOneself(t *testing.T) {
	shielding(t, func(t *testing.T, x shielded) {
		for name, f := range map[string]struct {
			keys []string
			kind person.Protection
			key  string
		}{
			"alone": {[]string{"lena"}, person.Marked, "post"}, "no head": {[]string{"lena", "karin"}, person.Marked, "post"},
			"not oneself": {[]string{"omar", "karin"}, person.Marked, "post"}, "another unit": {[]string{"lena", "omar", "petra"}, person.Marked, "post"},
			"no kind": {[]string{"lena", "omar"}, person.Unprotected, "kind"},
		} {
			err := x.desk.Protect(t.Context(), x.Actor(t, "lena"), x.who, person.ProtectForm{Version: 1, Kind: f.kind, Posts: x.posts(f.keys...)})
			if g := fault.Fields(err); len(g) != 1 || g[0].Field != f.key {
				t.Errorf("%s: %v", name, err)
			}
		}
		if err := x.desk.Protect(t.Context(), x.Actor(t, "petra"), x.who, person.ProtectForm{Version: 1, Kind: person.Marked, Posts: x.posts("petra")}); !fault.Is(err, fault.NotFound) {
			t.Errorf("another unit: %v", err)
		}
		x.protect("lena", "omar")
		if err := x.desk.Protect(t.Context(), x.Actor(t, "omar"), x.who, person.ProtectForm{Version: 1, Kind: person.Marked, Posts: x.posts("omar", "karin")}); !fault.Is(err, fault.Conflict) {
			t.Errorf("an old version: %v", err)
		}
		if err := x.desk.Protect(t.Context(), x.Actor(t, "lena"), x.who, person.ProtectForm{Version: 2, Kind: person.Marked, Posts: x.posts("lena", "omar", "karin")}); !fault.Is(err, fault.Forbidden) {
			t.Errorf("a coach names others: %v", err)
		}
		x.ok(x.desk.Protect(t.Context(), x.Actor(t, "omar"), x.who, person.ProtectForm{Version: 2, Kind: person.Registered, Posts: x.posts("omar", "karin")}))
		log := audit.NewLog(t.Context(), x.Store)
		if err := x.sees(log, "lena"); !fault.Is(err, fault.NotFound) {
			t.Errorf("no longer named, and sees: %v", err)
		}
		x.ok(x.sees(log, "karin"))
	})
}

func TestTheProtectionIsLiftedByAHeadWhoIsNamedWithAReason(t *testing.T) {
	shielding(t, func(t *testing.T, x shielded) {
		ctx := t.Context()
		if err := x.desk.Lift(ctx, x.Actor(t, "omar"), x.who, 1, "x"); !fault.Is(err, fault.Conflict) {
			t.Errorf("not protected: %v", err)
		}
		x.protect("karin", "omar")
		if err := x.desk.Lift(ctx, x.Actor(t, "karin"), x.who, 2, "x"); !fault.Is(err, fault.Forbidden) {
			t.Errorf("a coordinator: %v", err)
		}
		if err := x.desk.Lift(ctx, x.Actor(t, "lena"), x.who, 2, "x"); !fault.Is(err, fault.NotFound) {
			t.Errorf("one who is not named: %v", err)
		}
		if f := fault.Fields(x.desk.Lift(ctx, x.Actor(t, "omar"), x.who, 2, " ")); len(f) != 1 || f[0].Field != "why" {
			t.Errorf("without a reason: %v", f)
		}
		x.Pass(1)
		x.ok(x.desk.Lift(ctx, x.Actor(t, "omar"), x.who, 2, "Skatteverket har hävt markeringen"))
		x.ok(x.sees(audit.NewLog(ctx, x.Store), "lena"))
		x.protect("lena", "omar")
		if err := x.sees(audit.NewLog(ctx, x.Store), "karin"); !fault.Is(err, fault.NotFound) {
			t.Errorf("a clearance outlived the protection: %v", err)
		}
		s, err := x.desk.Shield(ctx, x.Actor(t, "omar"), x.who)
		x.ok(err)
		if len(s.History) != 3 || s.History[1].Kind != person.Unprotected || s.History[1].Why != "Skatteverket har hävt markeringen" {
			t.Errorf("%+v", s.History)
		}
	})
}

func TestNoRequestSentAfterTheAnswerShowsOneWhoIsProtected(t *testing.T) {
	shielding(t, func(t *testing.T, x shielded) {
		log := audit.NewLog(t.Context(), x.Store)
		var done atomic.Bool
		var before, after, shown atomic.Int64
		var wg sync.WaitGroup
		for i := range 16 {
			wg.Go(func() {
				for n := 0; n < 5; {
					late := done.Load() // the answer had come before this request was sent
					err := x.sees(log, []string{"lena", "ibrahim", "samar"}[i%3])
					switch {
					case late && err == nil:
						shown.Add(1)
					case err == nil:
						before.Add(1)
					case !fault.Is(err, fault.NotFound) && !errors.Is(err, audit.ErrEpoch):
						t.Error(err)
						return
					}
					if late {
						n++
						after.Add(1)
					}
				}
			})
		}
		for before.Load() < 16 && !t.Failed() {
		}
		x.protect("karin", "omar")
		done.Store(true)
		wg.Wait()
		if shown.Load() > 0 {
			t.Errorf("%d of %d requests sent after the answer showed the person", shown.Load(), after.Load())
		}
	})
}

// without is the world as the program finds it when the key file of protected people is not here.
func (x shielded) without() shielded {
	v, err := vault.Open(x.KeyFile, "")
	x.ok(err)
	w := *x.World
	w.Vault = v
	return shielded{&w, x.t, x.desk, x.who}
}

func TestTheOrdinaryKeyFileAloneOpensNobodyWhoIsProtected(t *testing.T) {
	shielding(t, func(t *testing.T, x shielded) {
		other := x.Participant(t, "karin", "lena", "Amal", "Ali")
		x.protect("karin", "omar")
		bare := x.without()
		open := func(who id.Person) error {
			_, err := bare.desk.Open(t.Context(), bare.Actor(t, "karin"), who, access.Identity, access.ForContact)
			return err
		}
		if err := open(x.who); !errors.Is(err, vault.ErrProtected) || !fault.Is(err, fault.Unavailable) {
			t.Errorf("who is protected: %v", err)
		}
		x.ok(open(other))
		if _, err := bare.desk.Open(t.Context(), bare.Actor(t, "lena"), x.who, access.Identity, access.ForContact); !fault.Is(err, fault.NotFound) {
			t.Errorf("one who is not named learns of it: %v", err)
		}
		if hits, _, err := bare.desk.Search(t.Context(), bare.Actor(t, "karin"), "Haddad"); err != nil || len(hits) != 0 {
			t.Errorf("found by a name that nobody can read: %v %v", hits, err)
		}
		if hits, _, err := bare.desk.Search(t.Context(), bare.Actor(t, "karin"), "Amal"); err != nil || len(hits) != 1 {
			t.Errorf("others are not found: %v %v", hits, err)
		}
		x.ok(x.desk.Lift(t.Context(), x.Actor(t, "omar"), x.who, 2, "the decision was changed"))
		x.ok(open(x.who))
	})
}

func TestWhoIsProtectedWhileTheKeyIsAwayComesUnderItWhenItIsBack(t *testing.T) {
	shielding(t, func(t *testing.T, x shielded) {
		bare := x.without()
		bare.protect("karin", "omar")
		if err := bare.sees(audit.NewLog(t.Context(), x.Store), "lena"); !fault.Is(err, fault.NotFound) {
			t.Errorf("not hidden at once: %v", err)
		}
		count := func() (wrapped, waiting int) {
			x.ok(x.Store.Read(t.Context(), func(tx *store.Tx) (err error) {
				wrapped, waiting, err = vault.Shielded(t.Context(), tx, x.Place.Area)
				return err
			}))
			return wrapped, waiting
		}
		if wrapped, waiting := count(); wrapped != 0 || waiting != 1 {
			t.Errorf("%d wrapped and %d waiting", wrapped, waiting)
		}
		for i := range 2 {
			if n, err := x.Vault.Settle(t.Context(), x.Store, x.Place.Area); err != nil || n != 1-i {
				t.Errorf("settled %d: %v", n, err)
			}
		}
		if wrapped, waiting := count(); wrapped != 1 || waiting != 0 {
			t.Errorf("%d wrapped and %d waiting", wrapped, waiting)
		}
		x.ok(x.sees(audit.NewLog(t.Context(), x.Store), "karin"))
		if _, err := bare.desk.Open(t.Context(), bare.Actor(t, "karin"), x.who, access.Identity, access.ForContact); !errors.Is(err, vault.ErrProtected) {
			t.Errorf("the ordinary key still opens: %v", err)
		}
	})
}
