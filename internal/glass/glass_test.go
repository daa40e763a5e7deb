package glass_test

import (
	"os"
	"sync"
	"testing"
	"time"

	"sluss/internal/access"
	"sluss/internal/demo/demotest"
	"sluss/internal/fault"
	"sluss/internal/glass"
	"sluss/internal/id"
	"sluss/internal/org"
	"sluss/internal/person"
	"sluss/internal/pnr/testnumbers"
	"sluss/internal/reading"
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

// house is a world with people at the adults' unit, and the desk. Petra works at the other one, which Ida coordinates.
type house struct {
	*demotest.World
	*glass.Desk
	t   testing.TB
	who id.Person
}

func enter(t testing.TB, s *store.Store) *house {
	w := demotest.New(t, s)
	_, who := w.Queued(t, "karin", "Roger", "Lindfors", number(0))
	return &house{w, &glass.Desk{Store: s}, t, who}
}

func number(i int) string { return testnumbers.All()[i] }

func form(i int) glass.Form {
	return glass.Form{Number: number(i), Reason: "here", Words: "Han står i dörren och mår dåligt.", Fresh: true}
}

// sees tells whether a worker may do this with the person's plan.
func (x *house) sees(key string, act access.Action) bool {
	x.t.Helper()
	actor := x.Actor(x.t, key)
	err := x.Desk.Store.Read(x.t.Context(), func(tx *store.Tx) error {
		_, err := access.Open(x.t.Context(), tx, actor, x.who, access.Plan, act, access.ForContact)
		return err
	})
	if err != nil && !fault.Is(err, fault.NotFound) {
		x.t.Fatal(err)
	}
	return err == nil
}

// waits gives what waits for a worker's review.
func (x *house) waits(key string) (list []glass.Case) {
	x.t.Helper()
	all, err := x.Mine(x.t.Context(), x.Actor(x.t, key))
	must(x.t, err)
	for _, c := range all {
		if c.Waits() {
			list = append(list, c)
		}
	}
	return list
}

// count is how many glasses there are.
func (x *house) count() (n int) {
	x.t.Helper()
	must(x.t, x.Desk.Store.Read(x.t.Context(), func(tx *store.Tx) error {
		return tx.One(x.t.Context(), store.Q(`SELECT count(*) FROM glass WHERE area_id = $1`), []any{x.Place.Area}, &n)
	}))
	return n
}

func TestAGlassIsBrokenOnlyByWhoHasJustShownWhoTheyAre(t *testing.T) {
	x := enter(t, storetest.Open(t, storetest.SQLite(t)))
	late := form(0)
	late.Fresh = false
	if _, err := x.Break(t.Context(), x.Actor(t, "petra"), late); err != glass.ErrStale || x.count() != 0 {
		t.Errorf("broken by one who has sat there a while: %v, %d open", err, x.count())
	}
}

func TestABrokenGlassOpensOneRecordForReadingAndNoLonger(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		x := enter(t, s)
		if x.sees("petra", access.Read) {
			t.Fatal("Petra sees the person before")
		}
		who, err := x.Break(t.Context(), x.Actor(t, "petra"), form(0))
		if must(t, err); who != x.who {
			t.Errorf("opened %s", who)
		}
		if !x.sees("petra", access.Read) || x.sees("petra", access.Write) || x.sees("ida", access.Read) {
			t.Error("the glass opens other than reading for the one who broke it")
		}
		at, ok, err := x.Until(t.Context(), x.Actor(t, "petra"), x.who)
		if must(t, err); !ok || at != x.Now().Add(4*time.Hour) {
			t.Errorf("open until %v", at.Time())
		}
		must(t, x.End(t.Context(), x.Actor(t, "petra"), x.who))
		if x.sees("petra", access.Read) {
			t.Error("Petra sees the person after she ended it")
		}
		if err := x.End(t.Context(), x.Actor(t, "petra"), x.who); !fault.Is(err, fault.NotFound) {
			t.Errorf("ended twice: %v", err)
		}
		_, err = x.Break(t.Context(), x.Actor(t, "petra"), form(0))
		must(t, err)
		x.Pass(1)
		if x.sees("petra", access.Read) {
			t.Error("Petra sees the person the day after")
		}
	})
}

func TestWhatMayNotBeSeenAndWhoIsNotHereGiveTheSameAnswer(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		x := enter(t, s)
		petra := x.Actor(t, "petra")
		_, shielded := x.Queued(t, "karin", "Stina", "Ek", number(1))
		_, known := x.Queued(t, "karin", "Nils", "Granne", number(2))
		_, own := x.Queued(t, "karin", "Petra", "Vallin", number(3))
		d := &person.Desk{Store: s}
		must(t, d.Protect(t.Context(), x.Actor(t, "karin"), shielded, person.ProtectForm{Version: 1, Kind: person.Marked, Posts: []id.Post{x.Place.Posts["karin"], x.Place.Posts["omar"]}}))
		must(t, s.Write(t.Context(), func(tx *store.Tx) error {
			ctx, area := t.Context(), x.Place.Area
			var worker id.Worker
			if err := tx.One(ctx, store.Q(`SELECT worker_id FROM post WHERE area_id = $1 AND post_id = $2`), []any{area, petra.Post()}, &worker); err != nil {
				return err
			}
			if err := access.StandAside(ctx, tx, area, known, access.Aside{Worker: worker, Kind: "known", From: petra.Today(), By: petra.Post()}, petra.Now()); err != nil {
				return err
			}
			_, err := tx.Exec(ctx, store.Q(`UPDATE worker SET own_index = (SELECT number_index FROM person WHERE area_id = $1 AND person_id = $2)
			 WHERE area_id = $1 AND worker_id = $3`), area, own, worker)
			return err
		}))
		_, nobody := x.Break(t.Context(), x.Actor(t, "petra"), form(9))
		if f := fault.Fields(nobody); len(f) != 1 || f[0].Key != "glass.nobody" {
			t.Fatalf("nobody: %v", nobody)
		}
		for i, why := range map[int]string{1: "protected", 2: "known", 3: "their own"} {
			who, err := x.Break(t.Context(), x.Actor(t, "petra"), form(i))
			if who != 0 || err == nil || err.Error() != nobody.Error() {
				t.Errorf("%s: %v, %v", why, who, err)
			}
		}
		for _, key := range []string{"britt", "amina"} {
			if _, err := x.Break(t.Context(), x.Actor(t, key), form(0)); !fault.Is(err, fault.Forbidden) {
				t.Errorf("%s: %v", key, err)
			}
		}
		if n := x.count(); n != 0 {
			t.Errorf("%d glasses were written", n)
		}
		if who, err := x.Break(t.Context(), x.Actor(t, "lena"), form(0)); err != nil || who != x.who || x.count() != 0 {
			t.Errorf("one who may see the person anyway: %v, %v, %d glasses", who, err, x.count())
		}
	})
}

func TestTwoPressesAtOnceGiveOneGlass(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		x := enter(t, s)
		var all sync.WaitGroup
		for range 8 {
			actor := x.Actor(t, "petra")
			all.Go(func() {
				if who, err := x.Break(t.Context(), actor, form(0)); err != nil || who != x.who {
					t.Errorf("%v, %v", who, err)
				}
			})
		}
		all.Wait()
		if n := x.count(); n != 1 {
			t.Errorf("%d glasses", n)
		}
	})
}

func TestOthersAreToldAtOnceAndSayWhatTheyThink(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		x := enter(t, s)
		_, err := x.Break(t.Context(), x.Actor(t, "petra"), form(0))
		must(t, err)
		if n := len(x.waits("petra")) + len(x.waits("lena")); n != 0 {
			t.Errorf("%d wait for those who have nothing to do with it", n)
		}
		// The youths' unit has no head in the demo: the head of the other one is told.
		list := x.waits("omar")
		if len(list) != 1 || list[0].Post != x.Place.Posts["petra"] || list[0].Reason != "here" {
			t.Fatalf("Omar is told %+v", list)
		}
		c, err := x.Case(t.Context(), x.Actor(t, "omar"), x.who, list[0].ID)
		if must(t, err); c.Words != form(0).Words || c.Name != "Roger Lindfors" {
			t.Errorf("Omar reads %+v", c)
		}
		for _, key := range []string{"petra", "ida", "karin"} {
			if _, err := x.Case(t.Context(), x.Actor(t, key), x.who, list[0].ID); !fault.Is(err, fault.NotFound) {
				t.Errorf("%s opens the review: %v", key, err)
			}
		}
		judge := func(finding, note string, version int) error {
			return x.Judge(t.Context(), x.Actor(t, "omar"), x.who, list[0].ID, version, finding, note)
		}
		if f := fault.Fields(judge("", "", 1)); len(f) != 2 || f[0].Field != "finding" || f[1].Field != "note" {
			t.Errorf("nothing said: %v", f)
		}
		must(t, judge(glass.Asked, "Jag har frågat Petra.", 1))
		if list = x.waits("omar"); len(list) != 1 || list[0].Finding != glass.Asked {
			t.Errorf("after asking: %+v", list)
		}
		if err := judge("order", "Bra.", 1); err != fault.Stale {
			t.Errorf("judged from an old page: %v", err)
		}
		must(t, judge("order", "Det var rätt gjort.", 2))
		if err := judge("investigate", "Nej.", 3); !fault.Is(err, fault.NotFound) {
			t.Errorf("judged again: %v", err)
		}
		if n := len(x.waits("omar")); n != 0 {
			t.Errorf("%d still wait", n)
		}
	})
}

func TestThePersonSeesThatTheirRecordWasOpenedInAnEmergency(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		x := enter(t, s)
		_, err := x.Break(t.Context(), x.Actor(t, "petra"), form(0))
		must(t, err)
		var log reading.Log
		karin := x.Actor(t, "karin")
		must(t, s.Read(t.Context(), func(tx *store.Tx) error {
			a, err := access.Open(t.Context(), tx, karin, x.who, access.Identity, access.Read, access.ForTogether)
			if err == nil {
				log, err = reading.Of(t.Context(), tx, karin, a, reading.Page{})
			}
			return err
		}))
		found := false
		for _, l := range log.Days[0].Lines {
			for _, a := range l.Acts {
				found = found || l.Name == "Petra Vallin" && a.Ground == access.ByGlass && a.Purpose == access.ForEmergency
			}
		}
		if !found {
			t.Errorf("the log tells %+v", log.Days[0])
		}
	})
}

func TestAPostHasThreeOpenAtMostAndNoneWhileOneWaitsTooLong(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		x := enter(t, s)
		for i := 1; i <= glass.MostOpen; i++ {
			x.Queued(t, "karin", "Person", string(rune('A'+i)), number(i))
		}
		for i := range glass.MostOpen {
			_, err := x.Break(t.Context(), x.Actor(t, "petra"), form(i))
			must(t, err)
		}
		if _, err := x.Break(t.Context(), x.Actor(t, "petra"), form(glass.MostOpen)); !fault.Is(err, fault.Conflict) || fault.Of(err).Key != "glass.most" {
			t.Errorf("a fourth: %v", err)
		}
		x.Pass(glass.ReviewDue)
		_, err := x.Break(t.Context(), x.Actor(t, "petra"), form(0))
		if !fault.Is(err, fault.Conflict) || fault.Of(err).Key != "glass.late" {
			t.Errorf("a week later, unreviewed: %v", err)
		}
		for _, c := range x.waits("omar") {
			must(t, x.Judge(t.Context(), x.Actor(t, "omar"), c.Who, c.ID, c.Version, "order", "Rätt."))
		}
		_, err = x.Break(t.Context(), x.Actor(t, "petra"), form(0))
		must(t, err)
	})
}

func TestTheHeadIsToldWhenItHappensOften(t *testing.T) {
	s := storetest.Open(t, storetest.SQLite(t))
	x := enter(t, s)
	for i := range glass.Often + 1 {
		who := []string{"lena", "ibrahim", "samar"}[i]
		x.Queued(t, "ida", "Ung", string(rune('A'+i)), number(10+i))
		_, err := x.Break(t.Context(), x.Actor(t, who), form(10+i))
		must(t, err)
	}
	often := func(key string) (n int) {
		actor := x.Actor(t, key)
		must(t, s.Read(t.Context(), func(tx *store.Tx) (err error) {
			n, err = glass.InMonth(t.Context(), tx, actor)
			return err
		}))
		return n
	}
	if often("omar") != glass.Often+1 || often("karin") != 0 {
		t.Errorf("the head counts %d, the coordinator %d", often("omar"), often("karin"))
	}
	if a, b := len(x.waits("omar")), len(x.waits("ida")); a != glass.Often+1 || b != glass.Often+1 {
		t.Errorf("%d wait for the head and %d for whoever is independent", a, b)
	}
	x.Pass(31)
	if often("omar") != 0 {
		t.Error("a month later it still counts")
	}
}

func TestANumberAReasonAndWordsAreNeeded(t *testing.T) {
	s := storetest.Open(t, storetest.SQLite(t))
	x := enter(t, s)
	for field, spoil := range map[string]func(*glass.Form){
		"number": func(f *glass.Form) { f.Number = "12" },
		"reason": func(f *glass.Form) { f.Reason = "curious" },
		"words":  func(f *glass.Form) { f.Words = "  " },
	} {
		f := form(0)
		spoil(&f)
		_, err := x.Break(t.Context(), x.Actor(t, "petra"), f)
		if got := fault.Fields(err); len(got) != 1 || got[0].Field != field {
			t.Errorf("%s: %v", field, got)
		}
	}
}

func TestAReviewWhoseReviewerLeavesGoesToAnother(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		x := enter(t, s)
		_, err := x.Break(t.Context(), x.Actor(t, "petra"), form(0))
		must(t, err)
		told := ""
		for _, key := range []string{"karin", "ida", "omar"} {
			if len(x.waits(key)) > 0 {
				told = key
				break
			}
		}
		if told == "" {
			t.Fatal("nobody was told")
		}
		x.Pass(1)
		must(t, s.Write(t.Context(), func(tx *store.Tx) error {
			return org.EndPost(t.Context(), tx, x.Place.Area, x.Place.Posts[told], x.Now())
		}))
		must(t, x.HandOn(t.Context(), x.Place.Area, x.Now()))
		n := 0
		for _, key := range []string{"karin", "ida", "omar"} {
			if key != told {
				n += len(x.waits(key))
			}
		}
		if n != 1 {
			t.Errorf("%d others have it to review", n)
		}
	})
}
