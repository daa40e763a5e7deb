package comment_test

import (
	"errors"
	"os"
	"testing"

	"sluss/internal/access"
	"sluss/internal/comment"
	"sluss/internal/consent"
	"sluss/internal/demo/demotest"
	"sluss/internal/fault"
	"sluss/internal/id"
	"sluss/internal/lawful"
	"sluss/internal/org"
	"sluss/internal/outcome"
	"sluss/internal/plan"
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

// world is Samira, with Lena for a coach, a task in her plan, who has left.
type world struct {
	*demotest.World
	desk       *comment.Desk
	who        id.Person
	task, exit comment.Thing
}

func each(t *testing.T, f func(t *testing.T, w world)) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		w := demotest.New(t, s)
		x := world{World: w, desk: &comment.Desk{Store: s}, who: w.Participant(t, "karin", "lena", "Samira", "Haddad")}
		lena := w.Actor(t, "lena")
		k, err := (&plan.Desk{Store: s}).WriteTask(t.Context(), lena, x.who, plan.TaskForm{Words: "Ringa skolan", Who: plan.Staff})
		must(t, err)
		x.task = comment.Thing{Kind: comment.Task, Ref: int64(k)}
		d := &outcome.Desk{Store: s}
		c, err := d.Open(t.Context(), lena, x.who)
		must(t, err)
		e, err := d.Leave(t.Context(), lena, x.who, outcome.Form{Version: c.Enrolment.Version, Reason: outcome.Work, Kind: "fixed", Subsidy: "none", Sector: "private",
			Municipal: outcome.No, On: lena.Today(), Before: "assistance", After: "wage", Words: outcome.Words{View: "Bra"}})
		must(t, err)
		x.exit = comment.Thing{Kind: comment.Exit, Ref: int64(e)}
		f(t, x)
	})
}

// self is Samira on her own pages.
func (w world) self(t *testing.T) *access.Actor {
	t.Helper()
	me := w.Themself(t, w.who)
	me.Declare(access.OwnRecord, access.Read, access.Write)
	return me
}

// own is what Samira sees that she has said of a thing.
func (w world) own(t *testing.T, x comment.Thing) (list []comment.Comment) {
	t.Helper()
	me := w.self(t)
	must(t, w.Store.Read(t.Context(), func(tx *store.Tx) error {
		a, err := access.OpenOwn(t.Context(), tx, me, access.OwnRecord, access.Read)
		if err == nil {
			list, err = comment.OfThing(t.Context(), tx, me, a, x)
		}
		return err
	}))
	return list
}

func (w world) unheard(t *testing.T, key string) (list []comment.Unheard) {
	t.Helper()
	must(t, w.Store.Read(t.Context(), func(tx *store.Tx) (err error) {
		list, err = comment.UnheardOf(t.Context(), tx, w.Actor(t, key), 12)
		return err
	}))
	return list
}

func TestWhatAPersonSaysOfAnythingWrittenAboutThemWaitsForTheirCoach(t *testing.T) {
	each(t, func(t *testing.T, w world) {
		ctx, me := t.Context(), w.self(t)
		must(t, w.desk.SayOwn(ctx, me, w.task, "Jag ringde redan"))
		must(t, w.desk.SayOwn(ctx, me, w.exit, "Det var ni som ville"))
		got := w.unheard(t, "lena")
		if len(got) != 2 || got[0].Thing != w.task || got[1].Thing != w.exit || got[0].Name == "" {
			t.Fatalf("waits for the coach: %+v", got)
		}
		if got := w.unheard(t, "samar"); len(got) != 0 {
			t.Errorf("waits for a colleague: %+v", got)
		}
		v, err := w.desk.Read(ctx, w.Actor(t, "lena"), w.who, comment.Task, comment.Measure)
		must(t, err)
		if len(v) != 1 || v[0].Words != "Jag ringde redan" || v[0].On == "" || !v[0].Waits {
			t.Errorf("beside the tasks stands %+v", v)
		}
		last := v[0].ID
		if err := w.desk.Hear(ctx, w.Actor(t, "samar"), w.who, w.task, last); err == nil {
			t.Error("a colleague reads it in the coach's stead")
		}
		must(t, w.desk.Hear(ctx, w.Actor(t, "lena"), w.who, w.task, last))
		if err := w.desk.Hear(ctx, w.Actor(t, "lena"), w.who, w.task, last); !errors.Is(err, fault.Stale) {
			t.Error("read twice:", err)
		}
		if c := w.own(t, w.task)[0]; c.SeenBy != w.Place.Posts["lena"] || c.SeenAt == 0 {
			t.Errorf("the person is not told who has read it: %+v", c)
		}
		if got := w.unheard(t, "lena"); len(got) != 1 || got[0].Thing != w.exit {
			t.Errorf("still waits: %+v", got)
		}
	})
}

func TestWhatIsSaidIsTakenBackUntilItIsReadAndNotAfter(t *testing.T) {
	each(t, func(t *testing.T, w world) {
		ctx, me, lena := t.Context(), w.self(t), w.Actor(t, "lena")
		must(t, w.desk.SayOwn(ctx, me, w.task, "Nej"))
		must(t, w.desk.SayOwn(ctx, me, w.task, "Nej"))
		if list := w.own(t, w.task); len(list) != 1 {
			t.Fatalf("two presses of one button are %d comments", len(list))
		}
		must(t, w.desk.TakeBackOwn(ctx, me, w.task, w.own(t, w.task)[0].ID))
		if list := w.own(t, w.task); len(list) != 0 || len(w.unheard(t, "lena")) != 0 {
			t.Errorf("taken back: %+v", list)
		}
		must(t, w.desk.Say(ctx, lena, w.who, w.task, "Ja", true))
		must(t, w.desk.TakeBack(ctx, lena, w.who, w.task, w.own(t, w.task)[0].ID))
		must(t, w.desk.SayOwn(ctx, me, w.task, "Kanske"))
		c := w.own(t, w.task)[0].ID
		if err := w.desk.TakeBackOwn(ctx, me, w.exit, c); !errors.Is(err, fault.Stale) {
			t.Error("taken back from another thing:", err)
		}
		must(t, w.desk.Hear(ctx, lena, w.who, w.task, c))
		if err := w.desk.TakeBackOwn(ctx, me, w.task, c); !errors.Is(err, fault.Stale) {
			t.Error("taken back when it was read:", err)
		}
	})
}

func TestWhatIsSaidOfAnotherUnitsWritingWaitsForTheCoachOneHasNow(t *testing.T) {
	each(t, func(t *testing.T, w world) {
		ctx := t.Context()
		must(t, w.desk.SayOwn(ctx, w.self(t), w.task, "Sagt medan jag var där"))
		w.Pass(1)
		must(t, w.Store.Write(ctx, func(tx *store.Tx) error {
			a := w.Actor(t, "ida")
			if err := access.Tie(ctx, tx, a.Area(), w.who, a.Unit(), a.Today(), a.Now()); err != nil {
				return err
			}
			return access.Assign(ctx, tx, a.Area(), w.who, w.Place.Posts["petra"], a.Today(), a.Now())
		}))
		me := w.self(t)
		must(t, w.desk.SayOwn(ctx, me, w.exit, "Det stämmer inte"))
		for _, x := range []comment.Thing{w.task, w.exit} {
			var last comment.ID
			if l := w.own(t, x); len(l) == 1 {
				last = l[0].ID
			}
			if got := w.unheard(t, "petra"); len(got) == 0 || got[0].Thing != x {
				t.Fatalf("waits for the coach at the other unit: %+v", got)
			}
			must(t, w.desk.Hear(ctx, w.Actor(t, "petra"), w.who, x, last))
		}
	})
}

func TestNothingIsSaidOfWhatIsNotThePersons(t *testing.T) {
	each(t, func(t *testing.T, w world) {
		ctx := t.Context()
		other := w.Participant(t, "karin", "lena", "Yonas", "Tesfay")
		theirs := w.Themself(t, other)
		theirs.Declare(access.OwnRecord, access.Read, access.Write)
		for name, err := range map[string]error{
			"another's task":       w.desk.SayOwn(ctx, theirs, w.task, "Jag"),
			"another's, by post":   w.desk.Say(ctx, w.Actor(t, "lena"), other, w.exit, "Jag", false),
			"a task as a document": w.desk.SayOwn(ctx, w.self(t), comment.Thing{Kind: comment.Document, Ref: w.task.Ref}, "Jag"),
			"by an officer":        w.desk.Say(ctx, w.Actor(t, "eva"), w.who, w.task, "Jag", false),
		} {
			if !fault.Is(err, fault.NotFound) && !fault.Is(err, fault.Forbidden) {
				t.Errorf("%s: %v", name, err)
			}
		}
	})
}

func TestAThingIsReadBackFromItsAddressAndNothingElseIs(t *testing.T) {
	x := comment.Thing{Kind: comment.Exit, Ref: 4711}
	var y comment.Thing
	must(t, y.UnmarshalText([]byte(x.String())))
	if y != x {
		t.Errorf("%s is read as %+v", x, y)
	}
	for _, s := range []string{"", "exit", "exit-", "secret-" + x.String()[5:], x.String() + "x"} {
		if y.UnmarshalText([]byte(s)) == nil {
			t.Errorf("%q is read as %+v", s, y)
		}
	}
}

// law has omar decide that the employment service is given the plan.
func (w world) law(t *testing.T) comment.Thing {
	t.Helper()
	omar := w.Actor(t, "omar")
	must(t, (&lawful.Desk{Store: w.Store}).Record(t.Context(), omar, w.who, lawful.Form{Zone: access.Zone(w.Place.Agencies[org.KindEmployment]), Law: "osl_10_2", Categories: access.Contact,
		From: omar.Today(), To: omar.Today().Add(30), Decided: "Omar", Number: "1"}))
	x := comment.Thing{Kind: comment.Law}
	must(t, w.Store.Read(t.Context(), func(tx *store.Tx) error {
		return tx.One(t.Context(), store.Q(`SELECT legal_ground_id FROM legal_ground WHERE area_id = $1 AND person_id = $2`), []any{omar.Area(), w.who}, &x.Ref)
	}))
	return x
}

// alone takes the coach away.
func (w world) alone(t *testing.T) {
	t.Helper()
	must(t, w.Store.Write(t.Context(), func(tx *store.Tx) error {
		return access.Unassign(t.Context(), tx, w.Place.Area, w.who, w.Now())
	}))
	w.Pass(1)
}

func TestSomethingCanBeSaidOfADecisionByLawWhenOneIsWithNoUnit(t *testing.T) {
	each(t, func(t *testing.T, w world) {
		x := w.law(t)
		w.Pass(800)
		if me := w.self(t); me.Unit() != 0 {
			t.Fatal("still with", me.Unit())
		}
		must(t, w.desk.SayOwn(t.Context(), w.self(t), x, "Det visste jag inte"))
		if len(w.own(t, x)) != 1 {
			t.Error("not kept")
		}
	})
}

func TestWhatIsSaidIsReadByWhoMayDoSoAtTheUnitOfTheThing(t *testing.T) {
	each(t, func(t *testing.T, w world) {
		ctx := t.Context()
		lena := w.Actor(t, "lena")
		must(t, (&consent.Desk{Store: w.Store}).Answer(ctx, lena, w.who, consent.Form{Zone: access.Zone(w.Place.Agencies[org.KindEmployment]), Purpose: "plan",
			Categories: access.Plan, Months: 6, How: consent.AtTable, Yes: true, Lang: "sv"}))
		must(t, w.Store.Write(ctx, func(tx *store.Tx) error {
			a := w.Actor(t, "ida")
			return access.Tie(ctx, tx, a.Area(), w.who, a.Unit(), a.Today(), a.Now())
		}))
		must(t, w.desk.SayOwn(ctx, w.self(t), w.task, "Nej"))
		w.Pass(1)
		w.alone(t)
		last := w.own(t, w.task)[0].ID
		for _, key := range []string{"ida", "amina", "britt"} {
			v, err := w.desk.Read(ctx, w.Actor(t, key), w.who, comment.Task)
			if err != nil && !fault.Is(err, fault.NotFound) {
				t.Error(key, err)
			}
			if len(v) > 0 && v[0].Waits {
				t.Errorf("%s is asked to say that they have read what was said of another unit's task", key)
			}
			if err := w.desk.Hear(ctx, w.Actor(t, key), w.who, w.task, last); err == nil {
				t.Errorf("%s reads it in the unit's stead", key)
			}
			if got := w.unheard(t, key); len(got) != 0 {
				t.Errorf("waits for %s: %+v", key, got)
			}
		}
		if len(w.unheard(t, "samar")) != 1 {
			t.Error("waits for nobody at the unit")
		}
		must(t, w.desk.Hear(ctx, w.Actor(t, "samar"), w.who, w.task, last))
	})
}

func TestWhatThePersonWroteByThemselfIsTakenBackByThemselfAlone(t *testing.T) {
	each(t, func(t *testing.T, w world) {
		ctx, lena := t.Context(), w.Actor(t, "lena")
		must(t, w.desk.SayOwn(ctx, w.self(t), w.task, "Lena ljuger"))
		if err := w.desk.TakeBack(ctx, lena, w.who, w.task, w.own(t, w.task)[0].ID); !errors.Is(err, fault.Stale) || len(w.own(t, w.task)) != 1 {
			t.Error("the coach takes away what is said of them before it is read:", err)
		}
	})
}

func TestPressesAtOnceAreOneComment(t *testing.T) {
	each(t, func(t *testing.T, w world) {
		faults := make(chan error)
		for range 8 {
			me := w.self(t)
			go func() { faults <- w.desk.SayOwn(t.Context(), me, w.task, "Jag ringde redan") }()
		}
		for range 8 {
			must(t, <-faults)
		}
		if list := w.own(t, w.task); len(list) != 1 {
			t.Errorf("presses at once are %d comments", len(list))
		}
	})
}
