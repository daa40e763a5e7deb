package signin_test

import (
	"os"
	"sync"
	"testing"
	"time"

	"github.com/go-webauthn/webauthn/webauthn"

	"sluss/internal/access"
	"sluss/internal/demo/demotest"
	"sluss/internal/fault"
	"sluss/internal/id"
	"sluss/internal/org"
	"sluss/internal/signin"
	"sluss/internal/store"
	"sluss/internal/store/storetest"
)

func TestMain(m *testing.M) { os.Exit(storetest.Main(m)) }

// at gives a desk in a world, and Lena's worker id.
func at(t *testing.T, s *store.Store) (*demotest.World, *signin.Desk, id.Worker) {
	t.Helper()
	w := demotest.New(t, s)
	d := &signin.Desk{Store: s, Vault: w.Vault, Clock: w.Clock()}
	if err := d.At("http://localhost:8080"); err != nil {
		t.Fatal(err)
	}
	var lena id.Worker
	read(t, s, func(tx *store.Tx) (err error) {
		lena, err = signin.WorkerOf(t.Context(), tx, w.Actor(t, "lena"))
		return err
	})
	return w, d, lena
}

func read(t *testing.T, s *store.Store, f func(*store.Tx) error) {
	t.Helper()
	if err := s.Read(t.Context(), f); err != nil {
		t.Fatal(err)
	}
}

func write(t *testing.T, s *store.Store, f func(*store.Tx) error) {
	t.Helper()
	if err := s.Write(t.Context(), f); err != nil {
		t.Fatal(err)
	}
}

func invited(t *testing.T, w *demotest.World, d *signin.Desk, worker id.Worker) (token string) {
	t.Helper()
	write(t, d.Store, func(tx *store.Tx) (err error) {
		token, err = d.Invite(t.Context(), tx, w.Place.Area, worker, w.Now())
		return err
	})
	return token
}

func TestInvitationIsUsedOnceByOne(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		w, d, lena := at(t, s)
		v, err := d.Invited(t.Context(), invited(t, w, d, lena))
		if err != nil || v.Worker != lena || v.Name != "Lena Bergvall" || v.Again {
			t.Fatalf("invited %+v (%v)", v, err)
		}
		results := make([]error, 8)
		var all sync.WaitGroup
		for i := range results {
			all.Go(func() {
				results[i] = s.Write(t.Context(), func(tx *store.Tx) error { return v.Use(t.Context(), tx, w.Now()) })
			})
		}
		all.Wait()
		used := 0
		for _, err := range results {
			if err == nil {
				used++
			} else if err != signin.ErrInvite {
				t.Error(err)
			}
		}
		if used != 1 {
			t.Errorf("used %d times", used)
		}
		w.Pass(1)
		if _, err := d.Invited(t.Context(), v.Token()); err != signin.ErrInvite {
			t.Errorf("a used invitation: %v", err)
		}
	})
}

func TestInvitationEndsByTimeByANewerOneAndWithThePost(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		w, d, lena := at(t, s)
		first := invited(t, w, d, lena)
		second := invited(t, w, d, lena)
		if _, err := d.Invited(t.Context(), first); err != signin.ErrInvite {
			t.Errorf("the older of two: %v", err)
		}
		w.Pass(2)
		if _, err := d.Invited(t.Context(), second); err != nil {
			t.Errorf("after two days: %v", err)
		}
		w.Pass(1)
		if _, err := d.Invited(t.Context(), second); err != signin.ErrInvite {
			t.Errorf("after three days: %v", err)
		}
		third := invited(t, w, d, lena)
		write(t, s, func(tx *store.Tx) error {
			return org.EndPost(t.Context(), tx, w.Place.Area, w.Place.Posts["lena"], w.Now())
		})
		if _, err := d.Invited(t.Context(), third); err != signin.ErrInvite {
			t.Errorf("of one whose post has ended: %v", err)
		}
	})
}

func TestChallengeOpensOnlyForItsUseAndOnce(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		w, d, _ := at(t, s)
		c, err := d.AskIn()
		if err != nil {
			t.Fatal(err)
		}
		if _, err := signin.Opened(d, "more", c.Cookie); err != signin.ErrKey {
			t.Errorf("for another use: %v", err)
		}
		state, err := signin.Opened(d, "in", c.Cookie)
		if err != nil {
			t.Fatal(err)
		}
		spend := func() error {
			return s.Write(t.Context(), func(tx *store.Tx) error { return signin.Spend(t.Context(), tx, w.Place.Area, state, w.Now()) })
		}
		if err := spend(); err != nil {
			t.Error(err)
		}
		if err := spend(); err != signin.ErrKey {
			t.Errorf("twice: %v", err)
		}
	})
}

// kept gives the worker a passkey with an id.
func kept(t *testing.T, w *demotest.World, d *signin.Desk, worker id.Worker, raw string) {
	t.Helper()
	write(t, d.Store, func(tx *store.Tx) error {
		return signin.Keep(t.Context(), tx, w.Place.Area, worker, webauthn.SessionData{Challenge: raw}, &webauthn.Credential{ID: []byte(raw)}, " "+raw+" ", w.Now())
	})
}

func TestWorkerSeesAndEndsTheirOwnKeysAndSessions(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		w, d, lena := at(t, s)
		kept(t, w, d, lena, "key-one")
		kept(t, w, d, lena, "key-two")
		here, err := d.Begin(t.Context(), w.Place.Area, w.Place.Posts["lena"], "sv")
		if err != nil {
			t.Fatal(err)
		}
		other, err := d.Begin(t.Context(), w.Place.Area, w.Place.Posts["lena"], "sv")
		if err != nil {
			t.Fatal(err)
		}
		m, err := d.Mine(t.Context(), w.Actor(t, "lena"), here)
		if err != nil || len(m.Keys) != 2 || len(m.Sessions) != 2 || m.Keys[0].Name != "key-one" {
			t.Fatalf("mine is %+v (%v)", m, err)
		}
		elsewhere := m.Sessions[0]
		if elsewhere.Here {
			elsewhere = m.Sessions[1]
		}
		if err := d.EndOne(t.Context(), w.Actor(t, "karin"), elsewhere.ID); err != fault.Missing {
			t.Errorf("by a colleague: %v", err)
		}
		if err := d.EndOne(t.Context(), w.Actor(t, "lena"), elsewhere.ID); err != nil {
			t.Error(err)
		}
		if _, _, err := d.Find(t.Context(), other, "test"); !fault.Is(err, fault.Forbidden) {
			t.Errorf("an ended session: %v", err)
		}
		if _, err := d.EndKey(t.Context(), w.Actor(t, "karin"), here, m.Keys[0].ID, "sv"); err != fault.Missing {
			t.Errorf("a colleague's key: %v", err)
		}
		lost, err := d.Begin(t.Context(), w.Place.Area, w.Place.Posts["lena"], "sv")
		if err != nil {
			t.Fatal(err)
		}
		before := here
		if here, err = d.EndKey(t.Context(), w.Actor(t, "lena"), before, m.Keys[0].ID, "sv"); err != nil {
			t.Error(err)
		}
		if _, _, err := d.Find(t.Context(), before, "test"); !fault.Is(err, fault.Forbidden) {
			t.Errorf("the cookie by which a key was ended: %v", err)
		}
		if _, _, err := d.Find(t.Context(), lost, "test"); !fault.Is(err, fault.Forbidden) {
			t.Errorf("a session elsewhere when a key has ended: %v", err)
		}
		if _, _, err := d.Find(t.Context(), here, "test"); err != nil {
			t.Errorf("the session that goes on when a key was ended: %v", err)
		}
		if _, err := d.EndKey(t.Context(), w.Actor(t, "lena"), here, m.Keys[1].ID, "sv"); !fault.Is(err, fault.Conflict) {
			t.Errorf("the last key: %v", err)
		}
		if err := d.EndAll(t.Context(), w.Actor(t, "lena")); err != nil {
			t.Error(err)
		}
		if _, _, err := d.Find(t.Context(), here, "test"); !fault.Is(err, fault.Forbidden) {
			t.Errorf("after signing out everywhere: %v", err)
		}
	})
}

func TestSwitchIsOnlyToOnesOwnPost(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		w, d, lena := at(t, s)
		second := org.Post{ID: id.NewPost(w.Now()), Worker: lena, Unit: w.Place.Units["Ungdomsslussen"], Role: access.Coach, Title: "Coach", From: w.Now().Date()}
		write(t, s, func(tx *store.Tx) error { return org.AddPost(t.Context(), tx, w.Place.Area, second) })
		old, err := d.Begin(t.Context(), w.Place.Area, w.Place.Posts["lena"], "sv")
		if err != nil {
			t.Fatal(err)
		}
		if _, err := d.Switch(t.Context(), w.Actor(t, "lena"), old, w.Place.Posts["omar"], "sv"); err != fault.Missing {
			t.Errorf("to the head's post: %v", err)
		}
		fresh, err := d.Switch(t.Context(), w.Actor(t, "lena"), old, second.ID, "sv")
		if err != nil {
			t.Fatal(err)
		}
		actor, session, err := d.Find(t.Context(), fresh, "test")
		if err != nil || actor.Post() != second.ID {
			t.Fatalf("the new session: %v", err)
		}
		if !session.Fresh(w.Now()) || session.Fresh(w.Now().Add(11*time.Minute)) {
			t.Errorf("since %v it is fresh now: %v, and eleven minutes later: %v", session.Since, session.Fresh(w.Now()), session.Fresh(w.Now().Add(11*time.Minute)))
		}
		if _, _, err := d.Find(t.Context(), old, "test"); !fault.Is(err, fault.Forbidden) {
			t.Errorf("the old session: %v", err)
		}
		began := w.Now()
		d.Clock = func() time.Time { return began.Add(10 * time.Minute).Time() }
		later, _, err := d.Find(t.Context(), fresh, "test")
		if err != nil {
			t.Fatal(err)
		}
		if fresh, err = d.Switch(t.Context(), later, fresh, w.Place.Posts["lena"], "sv"); err != nil {
			t.Fatal(err)
		}
		if _, session, err = d.Find(t.Context(), fresh, "test"); err != nil || session.Ends != began.Add(8*time.Hour) {
			t.Errorf("a session that began at %v and changed post after ten minutes ends at %v: %v", began, session.Ends, err)
		}
	})
}

func TestHeadInvitesOnlyThoseOfTheUnit(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		w, d, _ := at(t, s)
		if _, err := d.InviteColleague(t.Context(), w.Actor(t, "karin"), w.Place.Posts["lena"]); !fault.Is(err, fault.Forbidden) {
			t.Errorf("by a coordinator: %v", err)
		}
		if _, err := d.InviteColleague(t.Context(), w.Actor(t, "omar"), w.Place.Posts["petra"]); err != fault.Missing {
			t.Errorf("of another unit: %v", err)
		}
		if link, err := d.InviteColleague(t.Context(), w.Actor(t, "omar"), w.Place.Posts["lena"]); err != nil || len(link) < len("http://localhost:8080/in/")+22 {
			t.Errorf("of the unit: %q (%v)", link, err)
		}
	})
}
