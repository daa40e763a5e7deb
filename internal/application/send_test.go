package application

import (
	"sync"
	"testing"

	"sluss/internal/access"
	"sluss/internal/fault"
	"sluss/internal/id"
	"sluss/internal/person"
	"sluss/internal/referral"
	"sluss/internal/signin"
	"sluss/internal/store"
)

func (w world) signin() *signin.Desk {
	return &signin.Desk{Store: w.Store, Vault: w.Vault, Clock: w.desk.Clock}
}

// system has omar let a system of Ekonomiskt bistånd send, and gives its secret.
func (w world) system(t *testing.T, name string) signin.Secret {
	t.Helper()
	s, err := w.signin().AddSystem(t.Context(), w.Actor(t, "omar"), signin.NewSystem{Name: name, Unit: w.Place.Senders["Ekonomiskt bistånd"], Scopes: signin.Scopes})
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// as acts as a system.
func (w world) as(t *testing.T, s signin.Secret) *access.Actor {
	t.Helper()
	pass, _, err := w.signin().Pass(t.Context(), s)
	if err != nil {
		t.Fatal(err)
	}
	a, _, err := w.signin().FindSystem(t.Context(), pass, "test")
	if err != nil {
		t.Fatal(err)
	}
	a.Declare(access.Collaboration, access.Read)
	return a
}

func sending(key string) Sending {
	return Sending{Key: key, Body: []byte("body of " + key), Form: Form{Knows: true, Words: Words{Name: "Samira Haddad", Phone: "070-174 06 21", By: "Anna Berg", ByReach: "0300-55 03 01",
		Wish: "Jag vill arbeta i ett kök", Referral: Referral{Number: "19850709-9805", As: referral.Remiss, Reason: "work", Why: "Behöver ett första steg", ReplyBy: "2026-10-20"}}}}
}

func (w world) sent(t *testing.T, a *access.Actor, key string) ID {
	t.Helper()
	x, _, err := w.desk.Send(t.Context(), a, sending(key))
	if err != nil {
		t.Fatal(err)
	}
	return x
}

func (w world) told(t *testing.T, a *access.Actor, x ID) Told {
	t.Helper()
	told, err := w.desk.Told(t.Context(), a, x)
	if err != nil {
		t.Fatal(err)
	}
	return told
}

// accepted has karin put in the queue whom the system sent.
func (w world) accepted(t *testing.T, x ID) (who id.Person, r referral.Referral) {
	t.Helper()
	a, err := w.desk.Open(t.Context(), w.Actor(t, "karin"), x)
	if err != nil {
		t.Fatal(err)
	}
	if who, err = w.desk.Accept(t.Context(), w.Actor(t, "karin"), x, a.Version, referral.Form{Person: queued().Person, Kind: a.As, Reason: a.Reason,
		Words: referral.Words{Sender: a.By, Why: a.Why, Wish: a.Wish}}); err != nil {
		t.Fatal(err)
	}
	return who, w.referral(t, who)
}

func (w world) referral(t *testing.T, who id.Person) (r referral.Referral) {
	t.Helper()
	karin := w.Actor(t, "karin")
	if err := w.Store.Read(t.Context(), func(tx *store.Tx) error {
		a, err := access.Open(t.Context(), tx, karin, who, access.Everything, access.Read, access.ForQueue)
		if err == nil {
			r, _, err = referral.Newest(t.Context(), tx, karin, a)
		}
		return err
	}); err != nil {
		t.Fatal(err)
	}
	return r
}

func TestTheSystemIsToldWhatALetterToTheSenderWouldSay(t *testing.T) {
	each(t, func(t *testing.T, w world) {
		secret := w.system(t, "Handläggarstöd")
		x := w.sent(t, w.as(t, secret), "1")
		on := w.Now().Date()
		if got, want := w.told(t, w.as(t, secret), x), (Told{ID: x, Status: IsReceived, On: on, ReceivedOn: on}); got != want {
			t.Errorf("%+v", got)
		}
		w.Pass(2)
		who, r := w.accepted(t, x)
		if r.FromUnit != w.Place.Senders["Ekonomiskt bistånd"] || r.Agency == 0 || r.ReceivedOn != on || r.ReplyBy != "2026-10-20" {
			t.Errorf("in the queue as %+v", r)
		}
		desk := &referral.Desk{Store: w.Store}
		if got := w.told(t, w.as(t, secret), x); got.Status != IsReceived {
			t.Errorf("that she stands in the queue is told: %+v", got)
		}
		if err := desk.Reply(t.Context(), w.Actor(t, "karin"), who, r.ID, r.Version, "Vi har ringt och hon kommer."); err != nil {
			t.Fatal(err)
		}
		want := Told{ID: x, Status: IsAnswered, On: w.Now().Date(), ReceivedOn: on, AnsweredOn: w.Now().Date(), Answer: "Vi har ringt och hon kommer."}
		if got := w.told(t, w.as(t, secret), x); got != want {
			t.Errorf("%+v", got)
		}
		r = w.referral(t, who)
		if err := desk.Redirect(t.Context(), w.Actor(t, "karin"), who, r.ID, r.Version, "Vårdcentralen", true); err != nil {
			t.Fatal(err)
		}
		if want.Status = IsRedirected; w.told(t, w.as(t, secret), x) != want {
			t.Errorf("%+v", w.told(t, w.as(t, secret), x))
		}
	})
}

func TestThatSomebodyDoesNotWantToIsForThemToTell(t *testing.T) {
	each(t, func(t *testing.T, w world) {
		secret := w.system(t, "Handläggarstöd")
		x := w.sent(t, w.as(t, secret), "1")
		who, r := w.accepted(t, x)
		if err := (&referral.Desk{Store: w.Store}).Withdraw(t.Context(), w.Actor(t, "karin"), who, r.ID, r.Version); err != nil {
			t.Fatal(err)
		}
		if got := w.told(t, w.as(t, secret), x); got.Status != IsReceived {
			t.Errorf("%+v", got)
		}
	})
}

func TestOnlyTheSystemThatSentItIsToldOfAReferral(t *testing.T) {
	each(t, func(t *testing.T, w world) {
		mine, other := w.system(t, "Handläggarstöd"), w.system(t, "Handläggarstöd två")
		x := w.sent(t, w.as(t, mine), "1")
		who, _ := w.accepted(t, x)
		if _, err := w.desk.Told(t.Context(), w.as(t, other), x); err != fault.Missing {
			t.Error("another system of the same unit: ", err)
		}
		if _, err := w.desk.Told(t.Context(), w.as(t, mine), x+1); err != fault.Missing {
			t.Error("what is not there: ", err)
		}
		for _, worker := range []string{"karin", "omar", "amina"} {
			if _, err := w.desk.Told(t.Context(), w.Actor(t, worker), x); !fault.Is(err, fault.Forbidden) {
				t.Error(worker, err)
			}
			if _, _, err := w.desk.Send(t.Context(), w.Actor(t, worker), sending("2")); !fault.Is(err, fault.Forbidden) {
				t.Error(worker, "sends: ", err)
			}
		}
		for name, s := range map[string]signin.Secret{"the sender": mine, "another": other} {
			actor := w.as(t, s)
			actor.Declare(access.Everything, access.Read, access.Write)
			err := w.Store.Read(t.Context(), func(tx *store.Tx) error {
				for c := access.Identity; c <= access.Everything; c <<= 1 {
					if _, err := access.Open(t.Context(), tx, actor, who, c, access.Read, access.ForQueue); err != fault.Missing {
						t.Error(name, "opens", c, err)
					}
				}
				return nil
			})
			if err != nil {
				t.Fatal(err)
			}
		}
	})
}

func TestOfWhoIsProtectedNoSystemIsTold(t *testing.T) {
	each(t, func(t *testing.T, w world) {
		secret := w.system(t, "Handläggarstöd")
		f := sending("0")
		f.Protected = true
		if _, _, err := w.desk.Send(t.Context(), w.as(t, secret), f); len(fault.Fields(err)) != 1 || fault.Fields(err)[0].Field != "protected" {
			t.Error("a protected person is sent: ", err)
		}
		x := w.sent(t, w.as(t, secret), "1")
		who, r := w.accepted(t, x)
		if err := (&referral.Desk{Store: w.Store}).Reply(t.Context(), w.Actor(t, "karin"), who, r.ID, r.Version, "Hon kommer."); err != nil {
			t.Fatal(err)
		}
		if err := (&person.Desk{Store: w.Store}).Protect(t.Context(), w.Actor(t, "omar"), who, person.ProtectForm{Version: 1, Kind: person.Marked, Posts: []id.Post{w.Place.Posts["omar"], w.Place.Posts["karin"]}}); err != nil {
			t.Fatal(err)
		}
		on := w.Now().Date()
		if got := w.told(t, w.as(t, secret), x); got != (Told{ID: x, Status: IsReceived, On: on, ReceivedOn: on}) {
			t.Errorf("%+v", got)
		}
	})
}

func TestTheSameKeyIsTheSameReferralAndAnotherBodyUnderItIsRefused(t *testing.T) {
	each(t, func(t *testing.T, w world) {
		secret := w.system(t, "Handläggarstöd")
		actors := make([]*access.Actor, 64)
		for i := range actors {
			actors[i] = w.as(t, secret)
		}
		got, errs := make([]ID, len(actors)), make([]error, len(actors))
		var wait sync.WaitGroup
		for i := range actors {
			wait.Go(func() { got[i], _, errs[i] = w.desk.Send(t.Context(), actors[i], sending("1")) })
		}
		wait.Wait()
		for i := range got {
			if errs[i] != nil || got[i] != got[0] || got[i] == 0 {
				t.Errorf("%d: %v %v", i, got[i], errs[i])
			}
		}
		if n := len(w.waiting(t, "karin")); n != 1 {
			t.Errorf("%d wait", n)
		}
		if other := w.sent(t, w.as(t, w.system(t, "Ett annat")), "1"); other == got[0] {
			t.Error("another system's key is its own")
		}
		w.Pass(60)
		f := sending("1")
		if again, on, err := w.desk.Send(t.Context(), w.as(t, secret), f); err != nil || again != got[0] || on != "2026-10-12" {
			t.Error("two months later: ", again, on, err)
		}
		f.Body = []byte("another")
		if _, _, err := w.desk.Send(t.Context(), w.as(t, secret), f); err != ErrOtherKey {
			t.Error(err)
		}
	})
}

func TestASystemSendsSoManyADayAndTakesNoPlaceFromTheTown(t *testing.T) {
	each(t, func(t *testing.T, w world) {
		secret := w.system(t, "Handläggarstöd")
		actor := w.as(t, secret)
		for i := range MostSent {
			w.sent(t, actor, string(rune('a'+i)))
		}
		if _, _, err := w.desk.Send(t.Context(), actor, sending("more")); err != ErrMostSent {
			t.Error(err)
		}
		w.ask(t, samira("the town"))
		if again, _, err := w.desk.Send(t.Context(), actor, sending("a")); err != nil || again == 0 {
			t.Error("what was sent already is answered also then: ", err)
		}
	})
}
