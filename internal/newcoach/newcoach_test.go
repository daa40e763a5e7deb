package newcoach_test

import (
	"errors"
	"os"
	"testing"

	"sluss/internal/access"
	"sluss/internal/contact"
	"sluss/internal/demo/demotest"
	"sluss/internal/fault"
	"sluss/internal/id"
	"sluss/internal/intake"
	"sluss/internal/newcoach"
	"sluss/internal/org"
	"sluss/internal/outcome"
	"sluss/internal/store"
	"sluss/internal/store/storetest"
)

func TestMain(m *testing.M) { os.Exit(storetest.Main(m)) }

func must(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

type world struct {
	*demotest.World
	desk *newcoach.Desk
	who  id.Person
}

func each(t *testing.T, f func(t *testing.T, w world)) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		w := demotest.New(t, s)
		f(t, world{w, &newcoach.Desk{Store: s}, w.Participant(t, "karin", "lena", "Samira", "Haddad")})
	})
}

func (w world) self(t *testing.T) *access.Actor {
	t.Helper()
	me := w.Themself(t, w.who)
	me.Declare(access.OwnRecord, access.Read, access.Write)
	return me
}

func (w world) own(t *testing.T) (list []newcoach.Wish) {
	t.Helper()
	me := w.self(t)
	must(t, w.Store.Read(t.Context(), func(tx *store.Tx) error {
		a, err := access.OpenOwn(t.Context(), tx, me, newcoach.Need, access.Read)
		if err == nil {
			list, err = newcoach.OwnOf(t.Context(), tx, me, a)
		}
		return err
	}))
	return list
}

func (w world) due(t *testing.T, key string) (list []newcoach.Due) {
	t.Helper()
	must(t, w.Store.Read(t.Context(), func(tx *store.Tx) (err error) {
		list, err = newcoach.DueOf(t.Context(), tx, w.Actor(t, key), 12)
		return err
	}))
	return list
}

func TestTheWishGoesToTheUnitOfTheCoachAlsoWhereOneIsWithAnother(t *testing.T) {
	each(t, func(t *testing.T, w world) {
		w.Pass(1)
		must(t, w.Store.Write(t.Context(), func(tx *store.Tx) error {
			a := w.Actor(t, "ida")
			return access.Tie(t.Context(), tx, a.Area(), w.who, a.Unit(), a.Today(), a.Now())
		}))
		must(t, w.desk.AskOwn(t.Context(), w.self(t), ""))
		if len(w.due(t, "karin")) != 1 || len(w.due(t, "ida")) != 0 {
			t.Errorf("waits for %+v at the coach's unit, for %+v at the other", w.due(t, "karin"), w.due(t, "ida"))
		}
	})
}

func TestAnotherCoachIsAskedForPastTheCoach(t *testing.T) {
	each(t, func(t *testing.T, w world) {
		ctx := t.Context()
		must(t, w.desk.AskOwn(ctx, w.self(t), "Jag vill prata arabiska"))
		must(t, w.desk.AskOwn(ctx, w.self(t), "Jag vill prata arabiska"))
		if list := w.own(t); len(list) != 1 || list[0].Words != "Jag vill prata arabiska" || list[0].State != newcoach.Waiting {
			t.Fatalf("two presses of one button are %+v", list)
		}
		for _, key := range []string{"karin", "omar"} {
			if got := w.due(t, key); len(got) != 1 || got[0].Person != w.who {
				t.Errorf("for %s waits %+v", key, got)
			}
			if c, err := w.desk.Open(ctx, w.Actor(t, key), w.who); err != nil || c.Words != "Jag vill prata arabiska" {
				t.Errorf("%s reads %+v, %v", key, c, err)
			}
		}
		for _, key := range []string{"lena", "samar", "britt", "eva"} {
			if got := w.due(t, key); len(got) != 0 {
				t.Errorf("%s is told that somebody has asked: %+v", key, got)
			}
			if _, err := w.desk.Open(ctx, w.Actor(t, key), w.who); !fault.Is(err, fault.NotFound) {
				t.Errorf("%s opens it: %v", key, err)
			}
		}
	})
}

func TestAnAnswerIsAnotherCoachOrAReason(t *testing.T) {
	each(t, func(t *testing.T, w world) {
		ctx, karin := t.Context(), w.Actor(t, "karin")
		must(t, w.desk.AskOwn(ctx, w.self(t), ""))
		c, err := w.desk.Open(ctx, karin, w.who)
		must(t, err)
		if err := w.desk.Decline(ctx, karin, w.who, c.ID, c.Version, "  "); len(fault.Fields(err)) != 1 {
			t.Error("answered no without a reason:", err)
		}
		if err := w.desk.Decline(ctx, w.Actor(t, "lena"), w.who, c.ID, c.Version, "Nej"); !fault.Is(err, fault.NotFound) {
			t.Error("the coach answers:", err)
		}
		must(t, w.desk.Decline(ctx, karin, w.who, c.ID, c.Version, "Ingen har plats före mars"))
		if list := w.own(t); list[0].State != newcoach.Declined || list[0].Answer != "Ingen har plats före mars" || list[0].By != karin.Post() {
			t.Errorf("the person reads %+v", list)
		}
		if _, err := w.desk.Open(ctx, karin, w.who); !fault.Is(err, fault.NotFound) {
			t.Error("opened after the answer:", err)
		}
		must(t, w.desk.Ask(ctx, w.Actor(t, "samar"), w.who, newcoach.Paper, "Igen"))
		e, err := (&outcome.Desk{Store: w.Store}).Open(ctx, karin, w.who)
		must(t, err)
		must(t, (&contact.Desk{Store: w.Store}).NewCoach(ctx, karin, w.who, e.Enrolment.Version, w.Place.Posts["samar"], ""))
		if list := w.own(t); len(list) != 2 || list[0].State != newcoach.Given || list[0].By != karin.Post() || len(w.due(t, "karin")) != 0 {
			t.Errorf("with another coach: %+v", list)
		}
	})
}

func TestAWishForAnotherCoachIsTakenBackUntilItIsAnswered(t *testing.T) {
	each(t, func(t *testing.T, w world) {
		ctx := t.Context()
		must(t, w.desk.AskOwn(ctx, w.self(t), ""))
		x := w.own(t)[0]
		must(t, w.desk.TakeBackOwn(ctx, w.self(t), x.ID, x.Version))
		if err := w.desk.TakeBackOwn(ctx, w.self(t), x.ID, x.Version); !errors.Is(err, fault.Stale) {
			t.Error("taken back twice:", err)
		}
		must(t, w.desk.Ask(ctx, w.Actor(t, "lena"), w.who, newcoach.Table, ""))
		must(t, w.desk.TakeBack(ctx, w.Actor(t, "lena"), w.who))
		must(t, w.desk.TakeBack(ctx, w.Actor(t, "lena"), w.who))
		if list := w.own(t); len(list) != 2 || list[0].State != newcoach.Withdrawn || len(w.due(t, "karin")) != 0 {
			t.Errorf("taken back: %+v", list)
		}
	})
}

// leave lets the person leave the unit.
func (w world) leave(t *testing.T) {
	t.Helper()
	ctx, lena, d := t.Context(), w.Actor(t, "lena"), &outcome.Desk{Store: w.Store}
	c, err := d.Open(ctx, lena, w.who)
	must(t, err)
	_, err = d.Leave(ctx, lena, w.who, outcome.Form{Version: c.Enrolment.Version, Reason: outcome.Work, Kind: "fixed", Subsidy: "none", Sector: "private",
		Municipal: outcome.No, On: lena.Today(), Before: "assistance", After: "wage", Words: outcome.Words{View: "Bra"}})
	must(t, err)
}

func TestAWishEndsWhenAnotherUnitGivesACoach(t *testing.T) {
	each(t, func(t *testing.T, w world) {
		ctx := t.Context()
		must(t, w.desk.AskOwn(ctx, w.self(t), "Nej tack"))
		w.leave(t)
		w.Pass(1)
		r, _ := w.Queued(t, "ida", "Samira", "Haddad", "")
		ida := w.Actor(t, "ida")
		must(t, w.Store.Write(ctx, func(tx *store.Tx) error {
			if err := access.Tie(ctx, tx, ida.Area(), w.who, ida.Unit(), ida.Today(), ida.Now()); err != nil {
				return err
			}
			a, err := access.Open(ctx, tx, ida, w.who, access.Everything, access.Write, access.ForStart)
			if err != nil {
				return err
			}
			// the other record's referral is this one's: two people are one
			if _, err := tx.Exec(ctx, store.Q(`UPDATE referral SET person_id = $3 WHERE area_id = $1 AND referral_id = $2`), ida.Area(), r, w.who); err != nil {
				return err
			}
			_, err = intake.Enrol(ctx, tx, ida, a, r, intake.Booking{On: ida.Today(), At: "11:00", Coach: w.Place.Posts["petra"], WhyAlone: "test"})
			return err
		}))
		if list := w.own(t); list[0].State != newcoach.Given {
			t.Errorf("with another coach it still says %+v", list)
		}
		if got := w.due(t, "karin"); len(got) != 0 {
			t.Errorf("karin is to answer: %+v", got)
		}
	})
}

func TestAnotherPostOfTheSameCoachIsNoOtherCoach(t *testing.T) {
	each(t, func(t *testing.T, w world) {
		ctx, karin := t.Context(), w.Actor(t, "karin")
		var other id.Post
		must(t, w.Store.Write(ctx, func(tx *store.Tx) error {
			posts, err := org.AllPosts(ctx, tx, karin.Area(), karin.Now())
			if err != nil {
				return err
			}
			for _, o := range posts {
				if o.ID == w.Place.Posts["lena"] {
					o.ID = o.ID + 1
					other = o.ID
					o.Role = access.Coordinator
					return org.AddPost(ctx, tx, karin.Area(), o)
				}
			}
			return nil
		}))
		must(t, w.desk.AskOwn(ctx, w.self(t), ""))
		e, err := (&outcome.Desk{Store: w.Store}).Open(ctx, karin, w.who)
		must(t, err)
		must(t, (&contact.Desk{Store: w.Store}).NewCoach(ctx, karin, w.who, e.Enrolment.Version, other, ""))
		if list := w.own(t); list[0].State != newcoach.Waiting {
			t.Errorf("the same worker is another coach: %+v", list)
		}
		w.Place.Posts["lena too"] = other
		if _, err := w.desk.Open(ctx, w.Actor(t, "lena too"), w.who); !fault.Is(err, fault.NotFound) || len(w.due(t, "lena too")) != 0 {
			t.Error("the coach is asked in another post:", err)
		}
	})
}

func TestTheCoachDoesNotTakeBackWhatIsAskedPastThem(t *testing.T) {
	each(t, func(t *testing.T, w world) {
		ctx := t.Context()
		must(t, w.desk.AskOwn(ctx, w.self(t), "Jag vill bort"))
		must(t, w.desk.TakeBack(ctx, w.Actor(t, "lena"), w.who))
		if list := w.own(t); list[0].State != newcoach.Waiting {
			t.Errorf("the coach has taken it away, by a press and without knowing: %+v", list)
		}
	})
}

func TestPressesAtOnceAreOneWish(t *testing.T) {
	each(t, func(t *testing.T, w world) {
		faults := make(chan error)
		for range 8 {
			me := w.self(t)
			go func() { faults <- w.desk.AskOwn(t.Context(), me, "") }()
		}
		for range 8 {
			must(t, <-faults)
		}
		if list := w.own(t); len(list) != 1 || list[0].Version != 1 {
			t.Errorf("presses at once are %+v", list)
		}
	})
}
