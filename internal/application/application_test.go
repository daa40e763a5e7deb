package application

import (
	"bytes"
	"os"
	"strings"
	"testing"
	"time"

	"sluss/internal/access"
	"sluss/internal/clock"
	"sluss/internal/course"
	"sluss/internal/demo/demotest"
	"sluss/internal/fault"
	"sluss/internal/id"
	"sluss/internal/person"
	"sluss/internal/pnr"
	"sluss/internal/referral"
	"sluss/internal/store"
	"sluss/internal/store/storetest"
)

func TestMain(m *testing.M) { os.Exit(storetest.Main(m)) }

// world is the demo's world with a desk whose clock is the world's.
type world struct {
	*demotest.World
	desk *Desk
}

func each(t *testing.T, f func(t *testing.T, w world)) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		w := demotest.New(t, s)
		f(t, world{w, &Desk{Store: s, Vault: w.Vault, Clock: func() time.Time { return w.Now().Time() }}})
	})
}

func (w world) ask(t *testing.T, f Form) {
	t.Helper()
	if err := w.desk.Ask(t.Context(), w.Place.Area, w.Place.Units["Vuxenslussen"], f); err != nil {
		t.Fatal(err)
	}
}

func (w world) waiting(t *testing.T, who string) []Application {
	t.Helper()
	list, _, err := w.desk.List(t.Context(), w.Actor(t, who))
	if err != nil {
		t.Fatal(err)
	}
	return list
}

// samira wants to start.
func samira(press string) Form {
	return Form{Kind: Start, Press: []byte(press), Words: Words{Name: "Samira Haddad", Phone: "070-174 06 21", Language: "ar", Interpreter: true,
		Wish: "أريد أن أعمل في مطبخ", Lang: "ar"}}
}

// queued is what is typed once somebody has spoken with Samira.
func queued() referral.Form {
	return referral.Form{Person: person.Person{Identity: person.Identity{Given: "Samira", Family: "Haddad"}, Contact: person.Contact{Phone: "070-174 06 21", Language: "ar"}},
		Kind: referral.Own, Reason: "work", Words: referral.Words{Wish: "أريد أن أعمل في مطبخ"}}
}

func TestWhoAsksWaitsUntilSomebodyPutsThemInTheQueueFromThatDay(t *testing.T) {
	each(t, func(t *testing.T, w world) {
		asked := w.Now().Date()
		w.ask(t, samira("a"))
		w.Pass(5)
		a := w.waiting(t, "lena")[0]
		if want := samira("").Words; a.Words != want || a.Kind != Start || a.On != asked {
			t.Errorf("%+v", a)
		}
		who, err := w.desk.Accept(t.Context(), w.Actor(t, "karin"), a.ID, a.Version, queued())
		if err != nil || who == 0 {
			t.Fatal(who, err)
		}
		q, err := (&referral.Desk{Store: w.Store}).Queue(t.Context(), w.Actor(t, "karin"), referral.Cursor{})
		if err != nil || len(q.Lines) != 1 || q.Lines[0].Person != who || q.Lines[0].ReceivedOn != asked || q.Lines[0].Kind != referral.Own {
			t.Errorf("%+v %v", q.Lines, err)
		}
		if left, err := w.desk.Open(t.Context(), w.Actor(t, "karin"), a.ID); err != nil || left.Here() || left.State != Accepted {
			t.Errorf("%+v %v", left, err)
		}
		if _, err := w.desk.Accept(t.Context(), w.Actor(t, "lena"), a.ID, a.Version, queued()); err != fault.Stale {
			t.Error("accepted twice: ", err)
		}
		if len(w.waiting(t, "lena")) != 0 {
			t.Error("still waits")
		}
	})
}

func TestTheCourseSomebodyAskedAboutIsTheirInterestOnceTheyAreKnown(t *testing.T) {
	each(t, func(t *testing.T, w world) {
		courses := &course.Desk{Store: w.Store}
		add := func(title string) course.ID {
			t.Helper()
			c, err := courses.Add(t.Context(), w.Actor(t, "karin"), course.Course{Kind: course.Taster, Title: title, Giver: "Ekhamra vuxenutbildning"})
			if err != nil {
				t.Fatal(err)
			}
			return c
		}
		for i, who := range []string{"karin", "lena", "omar"} { // a coordinator, a coach, the head
			c := add("Prova på kök " + who)
			f := samira("a" + who)
			f.Course = c
			w.ask(t, f)
			a := w.waiting(t, who)[0]
			if a.Course != c {
				t.Errorf("%s reads of the course %v", who, a.Course)
			}
			q := queued()
			q.Person.Given = "Samira" + strings.Repeat("a", i)
			person, err := w.desk.Accept(t.Context(), w.Actor(t, who), a.ID, a.Version, q)
			if err != nil {
				t.Fatal(who, err)
			}
			if got := w.interests(t, who, person); len(got) != 1 || got[0].Course != c {
				t.Errorf("%s: %+v", who, got)
			}
		}
		gone := add("Slutar snart")
		f := samira("gone")
		f.Course = gone
		w.ask(t, f)
		if err := courses.Change(t.Context(), w.Actor(t, "karin"), course.Course{ID: gone, Version: 1, Kind: course.Taster, Title: "Slutar snart", Giver: "x", Ended: true}); err != nil {
			t.Fatal(err)
		}
		a := w.waiting(t, "karin")[0]
		q := queued()
		q.Person.Given = "Sam"
		person, err := w.desk.Accept(t.Context(), w.Actor(t, "karin"), a.ID, a.Version, q)
		if err != nil {
			t.Fatal("a course that has ended keeps somebody out of the queue: ", err)
		}
		if got := w.interests(t, "karin", person); len(got) != 0 {
			t.Errorf("%+v", got)
		}
	})
}

// interests are what a person is interested in, as a worker reads it.
func (w world) interests(t *testing.T, worker string, who id.Person) (list []course.Interest) {
	t.Helper()
	if err := w.Store.Read(t.Context(), func(tx *store.Tx) error {
		a, err := access.Open(t.Context(), tx, w.Actor(t, worker), who, course.Need, access.Read, access.ForPlan)
		if err == nil {
			list, err = course.InterestsOf(t.Context(), tx, w.Actor(t, worker), a)
		}
		return err
	}); err != nil {
		t.Fatal(err)
	}
	return list
}

func TestOnlyThoseWhoKeepTheQueueReadWhatWasWritten(t *testing.T) {
	each(t, func(t *testing.T, w world) {
		w.ask(t, samira("a"))
		a := w.waiting(t, "karin")[0]
		if _, _, err := w.desk.List(t.Context(), w.Actor(t, "britt")); !fault.Is(err, fault.Forbidden) {
			t.Error("the reception: ", err)
		}
		if list := w.waiting(t, "ida"); len(list) != 0 {
			t.Errorf("another gateway lists %v", list)
		}
		if _, err := w.desk.Open(t.Context(), w.Actor(t, "ida"), a.ID); err != fault.Missing {
			t.Error("another gateway: ", err)
		}
		if _, err := w.desk.Accept(t.Context(), w.Actor(t, "ida"), a.ID, a.Version, queued()); err != fault.Missing {
			t.Error("another gateway accepts: ", err)
		}
		if err := w.desk.Discard(t.Context(), w.Actor(t, "ida"), a.ID, a.Version); err != fault.Stale {
			t.Error("another gateway discards: ", err)
		}
	})
}

func TestWhatWasWrittenLiesSealed(t *testing.T) {
	each(t, func(t *testing.T, w world) {
		w.ask(t, samira("a"))
		var all []byte
		err := w.Store.Read(t.Context(), func(tx *store.Tx) error {
			_, err := store.All(t.Context(), tx, store.Q(`SELECT key_wrapped, sealed, press FROM application WHERE area_id = $1`), []any{w.Place.Area}, func(r *store.Cursor) (struct{}, error) {
				var key, sealed, press []byte
				err := r.Scan(&key, &sealed, &press)
				all = append(append(append(all, key...), sealed...), press...)
				return struct{}{}, err
			})
			return err
		})
		if err != nil || len(all) < 100 || bytes.Contains(all, []byte("Samira")) || bytes.Contains(all, []byte("174")) {
			t.Errorf("%q %v", all, err)
		}
	})
}

func TestTheSecondPressIsTheSameApplication(t *testing.T) {
	each(t, func(t *testing.T, w world) {
		w.ask(t, samira("a"))
		w.ask(t, samira("a"))
		w.ask(t, samira("b"))
		if n := len(w.waiting(t, "lena")); n != 2 {
			t.Errorf("%d wait", n)
		}
	})
}

func TestAnAnswerCanBeTakenBackUntilTheWordsAreRemoved(t *testing.T) {
	each(t, func(t *testing.T, w world) {
		w.ask(t, samira("a"))
		a := w.waiting(t, "lena")[0]
		actor := func() *access.Actor { return w.Actor(t, "lena") }
		steps := []error{w.desk.Discard(t.Context(), actor(), a.ID, a.Version), w.desk.Reopen(t.Context(), actor(), a.ID, a.Version+1),
			w.desk.Answer(t.Context(), actor(), a.ID, a.Version+2)}
		for i, err := range steps {
			if err != nil {
				t.Fatal(i, err)
			}
		}
		sweep := func() Application {
			t.Helper()
			if err := w.desk.Sweep(t.Context(), w.Place.Area, a.ID); err != nil {
				t.Fatal(err)
			}
			x, err := w.desk.Open(t.Context(), actor(), a.ID)
			if err != nil {
				t.Fatal(err)
			}
			return x
		}
		if w.Pass(13); !sweep().Here() {
			t.Error("removed too early")
		}
		w.Pass(2)
		x := sweep()
		if x.Here() {
			t.Error("kept too long")
		}
		if err := w.desk.Reopen(t.Context(), actor(), a.ID, x.Version); err != fault.Stale {
			t.Error("taken back without words: ", err)
		}
	})
}

func TestADayHasAMost(t *testing.T) {
	each(t, func(t *testing.T, w world) {
		for i := range MostADay {
			w.ask(t, samira(strings.Repeat("x", i+1)))
		}
		unit := w.Place.Units["Ungdomsslussen"]
		if err := w.desk.Ask(t.Context(), w.Place.Area, unit, samira("one more")); err != ErrFull {
			t.Error(err)
		}
		if err := w.desk.Ask(t.Context(), w.Place.Area, w.Place.Units["Vuxenslussen"], samira("x")); err != nil {
			t.Error("the second press of one that was taken:", err)
		}
		w.Pass(1)
		if err := w.desk.Ask(t.Context(), w.Place.Area, unit, samira("tomorrow")); err != nil {
			t.Error(err)
		}
		if err := w.Store.Read(t.Context(), func(tx *store.Tx) error {
			l, err := Count(t.Context(), tx, w.Actor(t, "karin"))
			if l.N != MostADay || l.First != clock.Date("2026-10-12") {
				t.Errorf("%+v", l)
			}
			return err
		}); err != nil {
			t.Error(err)
		}
	})
}

func TestWhoIsInTheQueueAlreadyIsFoundAndTheApplicationStays(t *testing.T) {
	each(t, func(t *testing.T, w world) {
		const number = "19850709-9805"
		_, who := w.Queued(t, "karin", "Samira", "Haddad", number)
		w.ask(t, samira("a"))
		a, f := w.waiting(t, "lena")[0], queued()
		var err error
		if f.Person.Number, err = pnr.Parse(number, w.Now().Date()); err != nil {
			t.Fatal(err)
		}
		got, err := w.desk.Accept(t.Context(), w.Actor(t, "lena"), a.ID, a.Version, f)
		if !fault.Is(err, fault.Conflict) || got != who {
			t.Errorf("%v %v, wants %v", got, err, who)
		}
		if len(w.waiting(t, "lena")) != 1 {
			t.Error("it is gone")
		}
	})
}

func TestAFormSaysWhatIsMissing(t *testing.T) {
	reach := Words{Name: "A", Phone: "070"}
	for name, c := range map[string]struct {
		f    Form
		want string
	}{
		"all is there":           {Form{Kind: Start, Words: reach}, ""},
		"an e-mail is enough":    {Form{Kind: Start, Words: Words{Name: "A", Email: "a@b.se"}}, ""},
		"nothing":                {Form{Kind: Start}, "name phone"},
		"a phone with letters":   {Form{Kind: Call, Words: Words{Name: "A", Phone: "ring mig"}}, "phone"},
		"an odd e-mail":          {Form{Kind: Start, Words: Words{Name: "A", Email: "a b@c"}}, "email"},
		"for somebody else":      {Form{Kind: Refer, Words: Words{Name: "A", By: "B", ByReach: "c@d.se"}, Knows: true}, ""},
		"behind their back":      {Form{Kind: Refer, Words: Words{Name: "A", By: "B", ByReach: "c@d.se"}}, "knows"},
		"by nobody":              {Form{Kind: Refer, Words: reach, Knows: true}, "by byreach"},
		"an empty report":        {Form{Kind: Report}, "wish"},
		"a report needs no name": {Form{Kind: Report, Words: Words{Wish: "x"}}, ""},
		"too much":               {Form{Kind: Report, Words: Words{Wish: strings.Repeat("x", Longest+1)}}, "wish"},
	} {
		var got []string
		for _, f := range fault.Fields(c.f.Check()) {
			got = append(got, f.Field)
		}
		if s := strings.Join(got, " "); s != c.want {
			t.Errorf("%s: faults at %q, wants %q", name, s, c.want)
		}
	}
}
