package opinion

import (
	"bytes"
	"errors"
	"os"
	"slices"
	"strings"
	"testing"
	"time"

	"sluss/internal/access"
	"sluss/internal/clock"
	"sluss/internal/demo/demotest"
	"sluss/internal/fault"
	"sluss/internal/id"
	"sluss/internal/org"
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

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// praise is written on the pages for everybody.
func (w world) praise(t *testing.T, press string, about About) string {
	t.Helper()
	code, err := w.desk.Give(t.Context(), w.Place.Area, w.Place.Units["Vuxenslussen"], Form{Kind: Praise, About: about, Words: Words{Text: " Ni lyssnade. "}, Press: []byte(press)}, false)
	must(t, err)
	return code
}

func (w world) waits(t *testing.T, who string) (list []Line) {
	t.Helper()
	a := w.Actor(t, who)
	must(t, w.Store.Read(t.Context(), func(tx *store.Tx) (err error) {
		list, err = ToAnswer(t.Context(), tx, a)
		return err
	}))
	return list
}

func (w world) given(t *testing.T, who id.Person) (list []Opinion) {
	t.Helper()
	me := w.Themself(t, who)
	must(t, w.Store.Read(t.Context(), func(tx *store.Tx) error {
		a, err := access.OpenOwn(t.Context(), tx, me, access.Identity, access.Read)
		if err == nil {
			list, err = Given(t.Context(), tx, me, a)
		}
		return err
	}))
	return list
}

func TestTheAnswerIsReadByTheCodeAndByNothingElse(t *testing.T) {
	each(t, func(t *testing.T, w world) {
		ctx := t.Context()
		code := w.praise(t, "a", House)
		if len(code) != 24 || code != w.praise(t, "a", House) || len(w.waits(t, "omar")) != 1 {
			t.Errorf("pressed twice: %q and %d opinions", code, len(w.waits(t, "omar")))
		}
		if other := w.praise(t, "b", House); other == code {
			t.Error("two have one code")
		}
		told, err := w.desk.Look(ctx, w.Place.Area, strings.ToLower(Spell(code)))
		if err != nil || told.State != Waiting || told.Due != "2026-10-26" || told.Kind != Praise || told.Answer != "" {
			t.Errorf("%+v %v", told, err)
		}
		o := w.waits(t, "omar")[0]
		for _, key := range []string{"lena", "karin", "britt", "ida"} {
			if _, err := w.desk.Open(ctx, w.Actor(t, key), o.ID); !errors.Is(err, fault.Missing) {
				t.Errorf("%s opens it: %v", key, err)
			}
			if err := w.desk.Answer(ctx, w.Actor(t, key), o.ID, 1, Reply{Answer: "x"}); !errors.Is(err, fault.Missing) {
				t.Errorf("%s answers it: %v", key, err)
			}
		}
		omar := w.Actor(t, "omar")
		x, err := w.desk.Open(ctx, omar, o.ID)
		if err != nil || x.Text != "Ni lyssnade." || x.Who != 0 {
			t.Errorf("%+v %v", x, err)
		}
		if err := w.desk.Answer(ctx, omar, o.ID, 9, Reply{Answer: "Tack!"}); !errors.Is(err, fault.Stale) {
			t.Error("a stale answer: ", err)
		}
		must(t, w.desk.Answer(ctx, omar, o.ID, x.Version, Reply{Answer: "Tack!", Changed: "Vi ringer dagen före."}))
		if told, err = w.desk.Look(ctx, w.Place.Area, code); err != nil || told.State != Answered || told.Answer != "Tack!" {
			t.Errorf("%+v %v", told, err)
		}
		for _, wrong := range []string{"", code[:23], code[:23] + "*", strings.Repeat("0", 24)} {
			if _, err := w.desk.Look(ctx, w.Place.Area, wrong); !errors.Is(err, fault.Missing) {
				t.Errorf("%q tells: %v", wrong, err)
			}
		}
		if x, err = w.desk.Open(ctx, w.Actor(t, "omar"), o.ID); err != nil || x.Text != "" || x.Answer != "" || x.Changed == "" {
			t.Errorf("after the answer what was written is open: %+v %v", x, err)
		}
		must(t, w.desk.Change(ctx, w.Actor(t, "omar"), o.ID, x.Version, "Vi ringer alltid."))
		w.Pass(89)
		must(t, w.desk.Sweep(ctx, w.Place.Area, o.ID))
		if told, _ = w.desk.Look(ctx, w.Place.Area, code); told.Answer == "" {
			t.Error("destroyed too soon")
		}
		w.Pass(1)
		must(t, w.desk.Sweep(ctx, w.Place.Area, o.ID))
		if told, err = w.desk.Look(ctx, w.Place.Area, code); err != nil || told.Answer != "" || told.State != Answered {
			t.Errorf("kept for too long: %+v %v", told, err)
		}
	})
}

func TestWhatIsWrittenWithoutANameIsKeptAsWasDecidedWhenItWasAnswered(t *testing.T) {
	each(t, func(t *testing.T, w world) {
		ctx := t.Context()
		decide := func(days string) {
			omar := w.Actor(t, "omar")
			must(t, w.Store.Write(ctx, func(tx *store.Tx) error {
				return org.PutSetting(ctx, tx, w.Place.Area, omar.Unit(), org.SetOpinions, days, omar.Today(), "dokumenthanteringsplanen", omar.Post(), omar.Now())
			}))
		}
		answered := func(press string) (ID, string) {
			code := w.praise(t, press, House)
			o := w.waits(t, "omar")[0]
			must(t, w.desk.Answer(ctx, w.Actor(t, "omar"), o.ID, 1, Reply{Answer: "Tack!"}))
			return o.ID, code
		}
		left := func(o ID, code string) bool {
			must(t, w.desk.Sweep(ctx, w.Place.Area, o))
			told, err := w.desk.Look(ctx, w.Place.Area, code)
			must(t, err)
			return told.Answer != ""
		}
		decide("30")
		o, code := answered("a")
		w.Pass(1)
		decide("365")
		later, laterCode := answered("b")
		w.Pass(28)
		if !left(o, code) {
			t.Error("destroyed after 29 days")
		}
		w.Pass(1)
		if left(o, code) {
			t.Error("a decision made after the answer keeps it for longer")
		}
		if w.Pass(300); !left(later, laterCode) {
			t.Error("destroyed by the older decision")
		}
		if w.Pass(36); left(later, laterCode) {
			t.Error("kept for longer than was decided")
		}
	})
}

func TestAPersonsOpinionGoesPastTheCoachAndIsOpenUntilTheAnswer(t *testing.T) {
	each(t, func(t *testing.T, w world) {
		ctx := t.Context()
		who := w.Participant(t, "karin", "lena", "Given", "Family")
		must(t, w.desk.GiveOwn(ctx, w.Themself(t, who), Form{Kind: Complaint, About: Somebody, Post: w.Place.Posts["lena"], Words: Words{Text: "Hon lyssnar inte."}}))
		list := w.waits(t, "omar")
		if len(list) != 1 || list[0].Who != who || len(w.waits(t, "lena"))+len(w.waits(t, "karin")) != 0 {
			t.Fatalf("%+v", list)
		}
		o := list[0].ID
		for _, key := range []string{"lena", "karin", "ida", "britt"} {
			if _, err := w.desk.OpenOf(ctx, w.Actor(t, key), who, o); !errors.Is(err, fault.Missing) {
				t.Errorf("%s opens it: %v", key, err)
			}
		}
		if _, err := w.desk.Open(ctx, w.Actor(t, "omar"), o); !errors.Is(err, fault.Missing) {
			t.Error("it opens past the log: ", err)
		}
		c, err := w.desk.OpenOf(ctx, w.Actor(t, "omar"), who, o)
		if err != nil || c.Name != "Given Family" || c.Text != "Hon lyssnar inte." || c.Post != w.Place.Posts["lena"] {
			t.Errorf("%+v %v", c, err)
		}
		if err := w.desk.AnswerTo(ctx, w.Actor(t, "omar"), who, o, c.Version, Reply{Answer: " "}); len(fault.Fields(err)) != 1 {
			t.Error("an empty answer: ", err)
		}
		must(t, w.desk.AnswerTo(ctx, w.Actor(t, "omar"), who, o, c.Version, Reply{Answer: "Vi har talat om det."}))
		if _, err := w.desk.OpenOf(ctx, w.Actor(t, "omar"), who, o); !errors.Is(err, fault.Missing) {
			t.Error("it is open after the answer: ", err)
		}
		if got := w.given(t, who); len(got) != 1 || got[0].Answer != "Vi har talat om det." || got[0].Text != "Hon lyssnar inte." {
			t.Errorf("%+v", got)
		}
		y, err := w.desk.Year(ctx, w.Actor(t, "omar"))
		if err != nil || len(y.Done) != 1 || y.Done[0].Who != 0 || y.Done[0].Post != 0 || y.Done[0].Text != "" || y.Months[0].N[Complaint] != 1 {
			t.Errorf("the register: %+v %v", y, err)
		}
		if _, err := w.desk.Year(ctx, w.Actor(t, "karin")); !fault.Is(err, fault.Forbidden) {
			t.Error("the coordinator reads the register: ", err)
		}
	})
}

func TestWhatAPersonSaysAtTheTableGoesPastWhoTypesItAndSaysHowItCame(t *testing.T) {
	each(t, func(t *testing.T, w world) {
		ctx := t.Context()
		who := w.Participant(t, "karin", "lena", "Given", "Family")
		f := Form{Kind: Complaint, About: House, Words: Words{Text: "Det är för varmt."}}
		for _, how := range []How{Table, Paper} {
			must(t, w.desk.GiveWith(ctx, w.Actor(t, "lena"), who, how, f))
		}
		list := w.waits(t, "omar")
		if len(list) != 2 || len(w.waits(t, "lena")) != 0 {
			t.Fatalf("%+v", list)
		}
		if _, err := w.desk.OpenOf(ctx, w.Actor(t, "lena"), who, list[0].ID); !errors.Is(err, fault.Missing) {
			t.Error("who typed it opens it: ", err)
		}
		ways := map[How]bool{}
		for _, o := range w.given(t, who) {
			ways[o.How] = o.Text == f.Text
		}
		if !ways[Table] || !ways[Paper] {
			t.Errorf("the person reads %v", ways)
		}
		if err := w.desk.GiveWith(ctx, w.Actor(t, "britt"), who, Table, f); !errors.Is(err, fault.Missing) {
			t.Error("somebody at another agency gives it: ", err)
		}
	})
}

func TestTheHeadDoesNotAnswerWhatIsAboutTheHead(t *testing.T) {
	each(t, func(t *testing.T, w world) {
		w.praise(t, "a", Head)
		who := w.Participant(t, "karin", "lena", "Given", "Family")
		must(t, w.desk.GiveOwn(t.Context(), w.Themself(t, who), Form{Kind: Complaint, About: Somebody, Post: w.Place.Posts["omar"], Words: Words{Text: "x"}}))
		if list := w.waits(t, "omar"); len(list) != 0 {
			t.Errorf("the head answers about themself: %+v", list)
		}
		if list := w.waits(t, "ida"); len(list) != 2 {
			t.Errorf("%d wait elsewhere", len(list))
		}
	})
}

func TestReceiver(t *testing.T) {
	post := func(n, worker, unit int, role access.Role) org.Post {
		return org.Post{ID: id.Post(n), Worker: id.Worker(worker), Unit: id.Unit(unit), Role: role}
	}
	here := []org.Post{post(1, 1, 1, access.Head), post(2, 2, 1, access.Coordinator), post(3, 3, 1, access.Coach)}
	there := []org.Post{post(4, 4, 2, access.Head), post(5, 5, 2, access.Coordinator)}
	far := []org.Post{post(6, 6, 3, access.Head)}
	all := append(append(append([]org.Post(nil), here...), there...), far...)
	near := map[id.Unit]bool{1: true, 2: true}
	for _, c := range []struct {
		name string
		c    Concern
		p    Panel
		want id.Post
	}{
		{"the house: who leads it", Concern{About: House}, Panel{Posts: all}, 1},
		{"somebody: who leads", Concern{About: Somebody}, Panel{Posts: all}, 1},
		{"the head: another's head, not the named one below", Concern{About: Head}, Panel{Posts: all, Named: 3}, 4},
		{"the head by name", Concern{About: Somebody, Post: 1}, Panel{Posts: all, Named: 3}, 4},
		{"the head is the coach", Concern{About: House, Coach: 1}, Panel{Posts: all, Named: 2}, 2},
		{"in another post of theirs", Concern{About: House, Coach: 7}, Panel{Posts: append([]org.Post{post(7, 1, 2, access.Coach)}, all...)}, 4},
		{"no head: the named one", Concern{About: House}, Panel{Posts: all[1:], Named: 3}, 3},
		{"no head, somebody unnamed: never one of them", Concern{About: Somebody}, Panel{Posts: all[1:], Named: 3}, 4},
		{"nobody else, somebody unnamed", Concern{About: Somebody}, Panel{Posts: here[1:], Named: 3}, 0},
		{"nobody else, one named", Concern{About: Somebody, Post: 3}, Panel{Posts: here[1:], Named: 3}, 2},
		{"a prohibition", Concern{About: House}, Panel{Posts: all, Barred: map[id.Post]bool{1: true}}, 4},
		{"another secrecy zone answers nothing", Concern{About: Head}, Panel{Posts: append(here[:1:1], far...)}, 0},
	} {
		c.c.Unit, c.p.Near = 1, near
		if got, ok := Receiver(c.c, c.p); got != c.want || ok != (c.want != 0) {
			t.Errorf("%s: %d", c.name, got)
		}
	}
}

func TestAnotherAnswersWhenTheOneWhoWasToCanNot(t *testing.T) {
	each(t, func(t *testing.T, w world) {
		ctx := t.Context()
		w.praise(t, "a", House)
		who := w.Participant(t, "karin", "lena", "Given", "Family")
		must(t, w.desk.GiveOwn(ctx, w.Themself(t, who), Form{Kind: Wish, About: House, Words: Words{Text: "x"}}))
		must(t, w.Store.Write(ctx, func(tx *store.Tx) error { return org.EndPost(ctx, tx, w.Place.Area, w.Place.Posts["omar"], w.Now()) }))
		w.Pass(1)
		must(t, w.desk.HandOn(ctx, w.Place.Area, w.Now()))
		if list := w.waits(t, "ida"); len(list) != 2 || list[0].Due != "2026-10-26" {
			t.Errorf("%+v", list)
		}
	})
}

func TestWhatWasThrownAwayIsDestroyedAndCountedNowhere(t *testing.T) {
	each(t, func(t *testing.T, w world) {
		ctx := t.Context()
		code := w.praise(t, "a", House)
		o := w.waits(t, "omar")[0]
		must(t, w.desk.Discard(ctx, w.Actor(t, "omar"), o.ID, 1))
		y, err := w.desk.Year(ctx, w.Actor(t, "omar"))
		if err != nil || len(y.Months)+len(y.Done) != 0 {
			t.Errorf("%+v %v", y, err)
		}
		if told, err := w.desk.Look(ctx, w.Place.Area, code); err != nil || told.State != Spam {
			t.Errorf("%+v %v", told, err)
		}
		must(t, w.Store.Read(ctx, func(tx *store.Tx) error {
			var left int
			err := tx.One(ctx, store.Q(`SELECT length(key_wrapped) + length(sealed) FROM opinion WHERE area_id = $1`), []any{w.Place.Area}, &left)
			if left != 0 {
				t.Errorf("%d bytes are left", left)
			}
			return err
		}))
	})
}

func TestWhatIsToldAtTheDeskIsKeptSealedAndAnsweredToo(t *testing.T) {
	each(t, func(t *testing.T, w world) {
		code, err := w.desk.GiveFor(t.Context(), w.Actor(t, "britt"), Form{Kind: Complaint, About: House, Press: []byte("a"), Words: Words{Text: "Stolarna är hårda", Reach: "Nour, 070-174 06 21"}})
		must(t, err)
		if told, err := w.desk.Look(t.Context(), w.Place.Area, code); err != nil || told.Kind != Complaint {
			t.Errorf("%+v %v", told, err)
		}
		x, err := w.desk.Open(t.Context(), w.Actor(t, "omar"), w.waits(t, "omar")[0].ID)
		if err != nil || x.Reach != "Nour, 070-174 06 21" || x.How != Desked {
			t.Errorf("%+v %v", x, err)
		}
		must(t, w.Store.Read(t.Context(), func(tx *store.Tx) error {
			_, err := store.All(t.Context(), tx, store.Q(`SELECT key_wrapped, sealed, code, press FROM opinion WHERE area_id = $1`), []any{w.Place.Area}, func(r *store.Cursor) (struct{}, error) {
				var a, b, c, d []byte
				err := r.Scan(&a, &b, &c, &d)
				for _, secret := range []string{"Stolarna", "Nour", code} {
					if bytes.Contains(bytes.Join([][]byte{a, b, c, d}, nil), []byte(secret)) {
						t.Errorf("%s lies open", secret)
					}
				}
				return struct{}{}, err
			})
			return err
		}))
	})
}

func TestADayAndATextHaveAnEnd(t *testing.T) {
	w := demotest.New(t, storetest.Open(t, storetest.SQLite(t)))
	d := &Desk{Store: w.Store, Vault: w.Vault, Clock: w.Clock()}
	give := func(f Form, trapped bool) error {
		_, err := d.Give(t.Context(), w.Place.Area, w.Place.Units["Vuxenslussen"], f, trapped)
		return err
	}
	for _, f := range []Form{{Kind: Praise, About: House}, {About: House, Words: Words{Text: "x"}}, {Kind: Praise, Words: Words{Text: "x"}}, {Kind: Praise, About: House, Words: Words{Text: strings.Repeat("x", Longest+1)}}} {
		if len(fault.Fields(give(f, false))) != 1 {
			t.Errorf("%+v is taken", f.Kind)
		}
	}
	var err error
	n := 0
	for ; err == nil && n <= MostADay; n++ {
		must(t, give(Form{Kind: Praise, About: House, Words: Words{Text: "x"}, Press: []byte{9, byte(n)}}, true))
		err = give(Form{Kind: Praise, About: House, Words: Words{Text: "x"}, Press: []byte{byte(n)}}, false)
	}
	if err != ErrFull || n != MostADay+1 {
		t.Errorf("after %d: %v", n, err)
	}
}

func TestAUnitThatHasDecidedToAnswerSoonerIsHeldToIt(t *testing.T) {
	each(t, func(t *testing.T, w world) {
		omar := w.Actor(t, "omar")
		w.praise(t, "before", House)
		must(t, w.Store.Write(t.Context(), func(tx *store.Tx) error {
			return org.PutSetting(t.Context(), tx, w.Place.Area, omar.Unit(), org.SetAnswer, "3", omar.Today(), "snabbare svar", omar.Post(), omar.Now())
		}))
		w.praise(t, "after", House)
		var due []clock.Date
		for _, o := range w.waits(t, "omar") {
			due = append(due, o.Due)
		}
		slices.Sort(due)
		if !slices.Equal(due, []clock.Date{"2026-10-15", "2026-10-26"}) {
			t.Errorf("due on %v", due)
		}
	})
}
