package enquiry_test

import (
	"errors"
	"os"
	"slices"
	"strings"
	"testing"

	"sluss/internal/access"
	"sluss/internal/clock"
	"sluss/internal/consent"
	"sluss/internal/demo/demotest"
	"sluss/internal/enquiry"
	"sluss/internal/fault"
	"sluss/internal/id"
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

// table is a world with one participant of lena's who has a goal and has said yes to the employment service.
type table struct {
	*demotest.World
	*enquiry.Desk
	t    testing.TB
	who  id.Person
	goal plan.GoalID
}

func (x *table) zone() access.Zone { return access.Zone(x.Place.Agencies[org.KindEmployment]) }

func (x *table) unit(key string) id.Unit { return x.Actor(x.t, key).Unit() }

func (x *table) yes(c access.Category) {
	x.t.Helper()
	must(x.t, (&consent.Desk{Store: x.World.Store}).Answer(x.t.Context(), x.Actor(x.t, "lena"), x.who, consent.Form{Zone: x.zone(), Purpose: "plan",
		Categories: c, Months: 6, How: consent.AtTable, Yes: true, Wish: true, Lang: "sv"}))
}

func (x *table) takenBack() {
	x.t.Helper()
	must(x.t, (&consent.Desk{Store: x.World.Store}).WithdrawOwn(x.t.Context(), x.me(), x.zone()))
}

func (x *table) me() *access.Actor { return x.Themself(x.t, x.who) }

func each(t *testing.T, f func(t *testing.T, x *table)) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		w := demotest.New(t, s)
		x := &table{World: w, Desk: &enquiry.Desk{Store: s}, t: t, who: w.Participant(t, "karin", "lena", "Samira", "Haddad")}
		var err error
		x.goal, err = (&plan.Desk{Store: s}).WriteGoal(t.Context(), x.Actor(t, "lena"), x.who, plan.GoalForm{Words: "Jag vill laga mat.", Lang: "sv"})
		must(t, err)
		x.yes(access.Plan)
		f(t, x)
	})
}

// view is what an actor sees; who has no right to the plan sees nothing.
func (x *table) view(a *access.Actor) (v enquiry.View) {
	x.t.Helper()
	must(x.t, x.World.Store.Read(x.t.Context(), func(tx *store.Tx) (err error) {
		var own access.Access
		if a.Themself() != 0 {
			own, err = access.OpenOwn(x.t.Context(), tx, a, enquiry.Need, access.Read)
		} else {
			own, err = access.Open(x.t.Context(), tx, a, x.who, enquiry.Need, access.Read, access.ForCollaboration)
		}
		if fault.Is(err, fault.NotFound) {
			return nil
		}
		if err == nil {
			v, err = enquiry.Of(x.t.Context(), tx, a, own)
		}
		return err
	}))
	return v
}

// open is what waits, as Today tells it.
func (x *table) open(key string) (list []enquiry.Waiting) {
	x.t.Helper()
	must(x.t, x.World.Store.Read(x.t.Context(), func(tx *store.Tx) (err error) {
		list, err = enquiry.Open(x.t.Context(), tx, x.Actor(x.t, key), access.ForCollaboration, 50)
		return err
	}))
	return list
}

// asked lets lena ask the employment service about the goal.
func (x *table) asked() enquiry.ID {
	x.t.Helper()
	e, err := x.Ask(x.t.Context(), x.Actor(x.t, "lena"), x.who, enquiry.Form{To: x.unit("amina"), Goal: x.goal, Words: "Finns det en plats i ett kök?"})
	must(x.t, err)
	return e
}

func TestBothSidesSeeWhoWaitsUntilTheAnswerAndThePersonSeesAllOfIt(t *testing.T) {
	each(t, func(t *testing.T, x *table) {
		e := x.asked()
		for _, key := range []string{"lena", "amina"} {
			list := x.open(key)
			if len(list) != 1 || list[0].ID != e || list[0].Person != x.who || list[0].Name != "Samira Haddad" || list[0].From != x.unit("lena") ||
				list[0].To != x.unit("amina") || list[0].Asked != x.Now() {
				t.Errorf("%s: %+v", key, list)
			}
		}
		if list := append(x.open("samar"), x.open("erik")...); len(list) != 0 {
			t.Errorf("it waits for those it does not concern: %+v", list)
		}
		must(t, x.Reply(t.Context(), x.Actor(t, "amina"), x.who, e, 1, " Ja, i Storköket. "))
		for _, a := range []*access.Actor{x.Actor(t, "lena"), x.Actor(t, "amina"), x.me()} {
			v := x.view(a)
			if len(v.List) != 1 {
				t.Fatalf("%d are seen", len(v.List))
			}
			got := v.List[0]
			if got.Words != "Finns det en plats i ett kök?" || got.Answer != "Ja, i Storköket." || got.Goal != x.goal || got.Answerer != x.Place.Posts["amina"] || got.Waits() {
				t.Errorf("%+v", got)
			}
		}
		if list := append(x.open("lena"), x.open("amina")...); len(list) != 0 {
			t.Errorf("it still waits: %+v", list)
		}
		if err := x.Reply(t.Context(), x.Actor(t, "amina"), x.who, e, 2, "En gång till"); !errors.Is(err, fault.Stale) {
			t.Errorf("answered twice: %v", err)
		}
		if got := x.events(); !slices.Equal(got, []string{"enquiry.answered agency", "enquiry.asked agency"}) {
			t.Errorf("the thread tells %v", got)
		}
	})
}

// events are what the thread tells of enquiries, in alphabetical order.
func (x *table) events() (list []string) {
	x.t.Helper()
	must(x.t, x.World.Store.Read(x.t.Context(), func(tx *store.Tx) (err error) {
		list, err = store.All(x.t.Context(), tx, store.Q(`SELECT kind, code FROM thread_event WHERE area_id = $1 AND person_id = $2 AND kind IN ('enquiry.asked', 'enquiry.answered', 'enquiry.taken')`),
			[]any{x.Place.Area, x.who}, func(r *store.Cursor) (string, error) {
				var kind, code string
				err := r.Scan(&kind, &code)
				return kind + " " + code, err
			})
		return err
	}))
	slices.Sort(list)
	return list
}

func TestFromTheMomentAYesIsTakenBackNothingReachesTheAgency(t *testing.T) {
	each(t, func(t *testing.T, x *table) {
		ctx, amina := t.Context(), x.Actor(t, "amina")
		e := x.asked()
		theirs, err := x.Ask(ctx, amina, x.who, enquiry.Form{To: enquiry.Themself, Words: "Vilka dagar kan du?"})
		must(t, err)
		x.takenBack()
		if v := x.view(x.Actor(t, "amina")); len(v.List)+len(v.Sides)+len(v.Plan.Goals) != 0 || len(x.open("amina")) != 0 {
			t.Errorf("the agency still sees %+v", v)
		}
		if err := x.Reply(ctx, amina, x.who, e, 1, "Ja"); !fault.Is(err, fault.NotFound) {
			t.Errorf("an answer that was being written: %v", err)
		}
		if _, err := x.Ask(ctx, amina, x.who, enquiry.Form{To: enquiry.Themself, Words: "Hör av dig"}); !fault.Is(err, fault.NotFound) {
			t.Errorf("a question: %v", err)
		}
		if _, err := x.Ask(ctx, x.Actor(t, "lena"), x.who, enquiry.Form{To: x.unit("amina"), Words: "Finns det en plats?"}); !at(err, "to") {
			t.Errorf("asked after the yes was taken back: %v", err)
		}
		if list := x.open("lena"); len(list) != 0 {
			t.Errorf("the coach waits for somebody who sees nothing: %+v", list)
		}
		for _, a := range []*access.Actor{x.Actor(t, "lena"), x.me()} {
			v := x.view(a)
			if len(v.List) != 2 || v.Enquiry(e).Waits() || v.Enquiry(theirs).Waits() || v.Enquiry(e).Words == "" {
				t.Errorf("those who stay see %+v", v.List)
			}
		}
		must(t, x.ReplyOwn(ctx, x.me(), theirs, 1, "Onsdagar"))
		if v := x.view(x.Actor(t, "amina")); len(v.List) != 0 {
			t.Errorf("the answer reaches the agency: %+v", v.List)
		}
		x.yes(access.Contact)
		if v := x.view(x.Actor(t, "amina")); len(v.List) != 0 {
			t.Errorf("a yes to something else opens them: %+v", v.List)
		}
	})
}

func at(err error, field string) bool {
	return slices.ContainsFunc(fault.Fields(err), func(f *fault.Fault) bool { return f.Field == field })
}

func TestWhoAskedTakesItBackAndItStaysWithItsTrace(t *testing.T) {
	each(t, func(t *testing.T, x *table) {
		ctx, lena, amina, e := t.Context(), x.Actor(t, "lena"), x.Actor(t, "amina"), x.asked()
		if err := x.TakeBack(ctx, amina, x.who, e, 1); !fault.Is(err, fault.NotFound) {
			t.Errorf("by who is asked: %v", err)
		}
		if err := x.TakeBackOwn(ctx, x.me(), e, 1); !fault.Is(err, fault.NotFound) {
			t.Errorf("by the person, who neither asks nor is asked: %v", err)
		}
		must(t, x.TakeBack(ctx, lena, x.who, e, 1))
		for _, a := range []*access.Actor{x.Actor(t, "lena"), x.Actor(t, "amina"), x.me()} {
			if got := x.view(a).Enquiry(e); got == nil || got.Waits() || got.Taken != x.Now() || got.Words == "" {
				t.Errorf("%+v", got)
			}
		}
		if list := append(x.open("lena"), x.open("amina")...); len(list) != 0 {
			t.Errorf("it still waits: %+v", list)
		}
		if err := x.Reply(ctx, amina, x.who, e, 2, "Ja"); !errors.Is(err, fault.Stale) {
			t.Errorf("answered after it was taken back: %v", err)
		}
		if err := x.TakeBack(ctx, x.Actor(t, "lena"), x.who, e, 2); !errors.Is(err, fault.Stale) {
			t.Errorf("taken back twice: %v", err)
		}
		mine, err := x.AskOwn(ctx, x.me(), enquiry.Form{To: x.unit("amina"), Words: "När får jag svar?"})
		must(t, err)
		must(t, x.TakeBackOwn(ctx, x.me(), mine, 1))
		answered := x.asked()
		must(t, x.Reply(ctx, x.Actor(t, "amina"), x.who, answered, 1, "Ja"))
		if err := x.TakeBack(ctx, x.Actor(t, "lena"), x.who, answered, 2); !errors.Is(err, fault.Stale) {
			t.Errorf("taken back after the answer: %v", err)
		}
		if got := x.events(); !slices.Equal(got, []string{"enquiry.answered agency", "enquiry.asked agency", "enquiry.asked agency", "enquiry.asked agency", "enquiry.taken gateway", "enquiry.taken person"}) {
			t.Errorf("the thread tells %v", got)
		}
	})
}

func TestSomethingToDoIsAskedAcrossAgenciesAndWaitsUntilItIsDone(t *testing.T) {
	each(t, func(t *testing.T, x *table) {
		e, err := x.Ask(t.Context(), x.Actor(t, "amina"), x.who, enquiry.Form{To: x.unit("lena"), Task: true, Words: "Skicka intyget till kursen."})
		must(t, err)
		if list := x.open("lena"); len(list) != 1 || !list[0].Task {
			t.Errorf("%+v", list)
		}
		must(t, x.Reply(t.Context(), x.Actor(t, "lena"), x.who, e, 1, "Det är skickat."))
		for _, a := range []*access.Actor{x.Actor(t, "amina"), x.me()} {
			if got := x.view(a).Enquiry(e); got == nil || !got.Task || got.Answer != "Det är skickat." {
				t.Errorf("%+v", got)
			}
		}
		if list := append(x.open("lena"), x.open("amina")...); len(list) != 0 {
			t.Errorf("it still waits: %+v", list)
		}
	})
}

func TestThePersonAsksAndAnswersAlone(t *testing.T) {
	each(t, func(t *testing.T, x *table) {
		ctx := t.Context()
		var to []id.Unit
		for _, s := range x.view(x.me()).Sides {
			to = append(to, s.Unit)
		}
		if !slices.Equal(to, []id.Unit{x.unit("lena"), x.unit("amina")}) {
			t.Errorf("the person may ask %v", to)
		}
		e, err := x.AskOwn(ctx, x.me(), enquiry.Form{To: x.unit("amina"), Words: "När får jag svar?"})
		must(t, err)
		if list := x.open("amina"); len(list) != 1 || list[0].From != enquiry.Themself {
			t.Errorf("%+v", list)
		}
		if err := x.Reply(ctx, x.Actor(t, "lena"), x.who, e, 1, "Snart"); !fault.Is(err, fault.NotFound) {
			t.Errorf("another than the one asked answers: %v", err)
		}
		must(t, x.Reply(ctx, x.Actor(t, "amina"), x.who, e, 1, "På fredag"))
		back, err := x.Ask(ctx, x.Actor(t, "lena"), x.who, enquiry.Form{To: enquiry.Themself, Goal: x.goal, Words: "Vill du prova?"})
		must(t, err)
		must(t, x.ReplyOwn(ctx, x.me(), back, 1, "Ja"))
		if got := x.view(x.Actor(t, "lena")).Enquiry(back); got.Answer != "Ja" || got.Answerer != 0 {
			t.Errorf("%+v", got)
		}
		if v := x.view(x.Actor(t, "amina")); len(v.List) != 1 || v.List[0].ID != e {
			t.Errorf("the agency sees what others have asked: %+v", v.List)
		}
		for _, f := range []enquiry.Form{{To: enquiry.Themself, Words: "Mig själv"}, {To: x.unit("erik"), Words: "En som inte är med"}, {To: -1, Words: "Ingen"},
			{To: x.unit("amina"), Goal: 4711, Words: "Ett annat mål"}, {To: x.unit("amina")}, {To: x.unit("amina"), Words: strings.Repeat("å", 4001)}} {
			if _, err := x.AskOwn(ctx, x.me(), f); fault.Fields(err) == nil {
				t.Errorf("%+v is asked: %v", f, err)
			}
		}
	})
}

func TestAnotherPersonsAnEndedPostsAndASecondPressChangeNothing(t *testing.T) {
	each(t, func(t *testing.T, x *table) {
		ctx, e := t.Context(), x.asked()
		other := x.Participant(t, "karin", "lena", "Roger", "Lindfors")
		if err := x.Reply(ctx, x.Actor(t, "amina"), other, e, 1, "Ja"); !fault.Is(err, fault.NotFound) {
			t.Errorf("one who shares nothing: %v", err)
		}
		if err := x.Reply(ctx, x.Actor(t, "lena"), other, e, 1, "Ja"); !fault.Is(err, fault.NotFound) {
			t.Errorf("by another's address: %v", err)
		}
		if err := x.Reply(ctx, x.Actor(t, "erik"), x.who, e, 1, "Ja"); !fault.Is(err, fault.NotFound) {
			t.Errorf("another agency: %v", err)
		}
		if err := x.Reply(ctx, x.Actor(t, "britt"), x.who, e, 1, "Ja"); !fault.Is(err, fault.Forbidden) {
			t.Errorf("the reception: %v", err)
		}
		twice := x.Actor(t, "lena")
		twice.Once([]byte("press"))
		f := enquiry.Form{To: x.unit("amina"), Words: "Samma knapp"}
		_, err := x.Ask(ctx, twice, x.who, f)
		must(t, err)
		again := x.Actor(t, "lena")
		again.Once([]byte("press"))
		if _, err := x.Ask(ctx, again, x.who, f); !errors.Is(err, access.ErrRepeated) {
			t.Errorf("the same press twice: %v", err)
		}
		amina := x.Actor(t, "amina")
		must(t, x.World.Store.Write(ctx, func(tx *store.Tx) error { return org.EndPost(ctx, tx, x.Place.Area, amina.Post(), x.Now()) }))
		if err := x.Reply(ctx, amina, x.who, e, 1, "Ja"); err == nil {
			t.Error("a post that has ended answers")
		}
		v := x.view(x.Actor(t, "lena"))
		if len(v.List) != 2 || v.Enquiry(e).Answered != 0 || v.Enquiry(e).Waits() {
			t.Errorf("%+v", v.List)
		}
	})
}

func TestWhatALawGivesIsReadAloneAndAPlanThatIsOverIsAskedNothing(t *testing.T) {
	each(t, func(t *testing.T, x *table) {
		ctx := t.Context()
		x.asked()
		x.takenBack()
		must(t, x.World.Store.Write(ctx, func(tx *store.Tx) error {
			return access.GiveByLaw(ctx, tx, x.Place.Area, x.who, access.Lawful{ID: access.NewLawfulID(x.Now()), Zone: x.zone(), Categories: access.Identity | access.Plan,
				Law: "osl_10_2", Span: clock.Span{From: x.Now().Date(), To: x.Now().Date().Add(30)}, Post: x.Place.Posts["omar"], Sealed: []byte("x")})
		}))
		if v := x.view(x.Actor(t, "amina")); len(v.List) != 1 || len(v.Sides) != 0 {
			t.Errorf("by law: %+v", v)
		}
		if _, err := x.Ask(ctx, x.Actor(t, "amina"), x.who, enquiry.Form{To: enquiry.Themself, Words: "Kom"}); !fault.Is(err, fault.NotFound) {
			t.Errorf("asked by law: %v", err)
		}
		x.yes(access.Plan)
		if len(x.open("lena")) != 1 {
			t.Error("with a new yes the agency is waited for again")
		}
		left := &outcome.Desk{Store: x.World.Store}
		c, err := left.Open(ctx, x.Actor(t, "lena"), x.who)
		must(t, err)
		_, err = left.Leave(ctx, x.Actor(t, "lena"), x.who, outcome.Form{Version: c.Enrolment.Version, Reason: outcome.Work, Kind: outcome.Work.Kinds()[0], Subsidy: outcome.Subsidies[0],
			Sector: outcome.Sectors[0], Municipal: "no", On: x.Now().Date(), Before: "assistance", After: "wage", Words: outcome.Words{View: "Bra"}})
		must(t, err)
		if list := append(x.open("lena"), x.open("amina")...); len(list) != 0 {
			t.Errorf("it waits after the plan is over: %+v", list)
		}
		if _, err := x.AskOwn(ctx, x.me(), enquiry.Form{To: x.unit("lena"), Words: "Hej"}); !fault.Is(err, fault.Conflict) {
			t.Errorf("asked about a plan that is over: %v", err)
		}
	})
}

func TestThePersonAsksAndAnswersAtTheTableWithStaffOfTheGatewayAlone(t *testing.T) {
	each(t, func(t *testing.T, x *table) {
		lena, amina := x.Actor(t, "lena"), x.Actor(t, "amina")
		e, err := x.Ask(t.Context(), amina, x.who, enquiry.Form{To: enquiry.Themself, Words: "Passar måndagar?"})
		must(t, err)
		if err := x.Reply(t.Context(), lena, x.who, e, 1, "Ja"); !errors.Is(err, fault.Missing) {
			t.Errorf("the gateway answers as itself what the person is asked: %v", err)
		}
		for _, key := range []string{"amina", "erik"} {
			if x.ReplyTogether(t.Context(), x.Actor(t, key), x.who, e, 1, "Ja") == nil {
				t.Errorf("%s answers for the person", key)
			}
		}
		must(t, x.ReplyTogether(t.Context(), lena, x.who, e, 1, "Ja, det passar."))
		asked, err := x.AskTogether(t.Context(), lena, x.who, enquiry.Form{To: x.unit("lena"), Words: "När är det provlagning?"})
		must(t, err)
		v := x.view(x.me())
		got := v.Enquiry(e)
		if got == nil || got.Answer != "Ja, det passar." || got.Answerer != lena.Post() {
			t.Errorf("the answer is not the person's, with who wrote it: %+v", got)
		}
		if got := v.Enquiry(asked); got == nil || got.From != enquiry.Themself || got.To != x.unit("lena") || got.By != lena.Post() {
			t.Errorf("the question is not the person's, with who wrote it: %+v", got)
		}
		must(t, x.TakeBackTogether(t.Context(), lena, x.who, asked, 1))
		if got := x.view(x.me()).Enquiry(asked); got.Waits() {
			t.Error("it still waits")
		}
		must(t, x.World.Store.Read(t.Context(), func(tx *store.Tx) error {
			a, err := access.Open(t.Context(), tx, amina, x.who, enquiry.Need, access.Read, access.ForCollaboration)
			must(t, err)
			if v, err := enquiry.Together(t.Context(), tx, amina, a); err == nil {
				t.Errorf("another agency sees %d as the person does", len(v.List))
			}
			return nil
		}))
	})
}

func TestWhoIsInTheQueueWritesToTheUnitAndIsAnsweredBeforeThereIsAPlan(t *testing.T) {
	each(t, func(t *testing.T, x *table) {
		ctx := t.Context()
		_, x.who = x.Queued(t, "karin", "Yonas", "Tesfay", "811218-9876")
		home := x.unit("lena")
		e, err := x.AskOwn(ctx, x.me(), enquiry.Form{To: home, Words: "När får jag komma?"})
		must(t, err)
		list := x.open("karin")
		if len(list) != 1 || list[0].ID != e || list[0].Person != x.who || list[0].To != home {
			t.Fatalf("who coordinates sees %+v", list)
		}
		if len(x.open("amina"))+len(x.view(x.Actor(t, "amina")).List) != 0 {
			t.Error("another agency sees it")
		}
		if _, err := x.Ask(ctx, x.Actor(t, "karin"), x.who, enquiry.Form{To: enquiry.Themself, Words: "Hej"}); !fault.Is(err, fault.Conflict) {
			t.Errorf("the gateway asks about a plan that is not: %v", err)
		}
		again, err := x.AskTogether(ctx, x.Actor(t, "karin"), x.who, enquiry.Form{To: home, Words: "Ring mig"})
		must(t, err)
		must(t, x.TakeBackOwn(ctx, x.me(), again, 1))
		must(t, x.Reply(ctx, x.Actor(t, "karin"), x.who, e, 1, "I januari"))
		if got := x.view(x.me()).Enquiry(e); got == nil || got.Answer != "I januari" || got.Waits() {
			t.Errorf("the person sees %+v", got)
		}
		if len(x.open("karin")) != 0 {
			t.Error("it still waits")
		}
	})
}
