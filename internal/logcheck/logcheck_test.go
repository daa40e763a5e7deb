package logcheck_test

import (
	"os"
	"slices"
	"sync"
	"testing"
	"time"

	"sluss/internal/access"
	"sluss/internal/audit"
	"sluss/internal/clock"
	"sluss/internal/demo/demotest"
	"sluss/internal/fault"
	"sluss/internal/id"
	"sluss/internal/logcheck"
	"sluss/internal/person"
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

// house is the demo's adults' unit: Omar leads it, Karin coordinates it, Lena and Ibrahim are coaches there.
type house struct {
	*demotest.World
	*logcheck.Desk
	t testing.TB
}

func enter(t testing.TB, s *store.Store) *house {
	return &house{demotest.New(t, s), &logcheck.Desk{Store: s}, t}
}

// opens lets a worker do something with somebody's record, so many times, each of its own.
func (x *house) opens(key string, who id.Person, act access.Action, times int) {
	x.t.Helper()
	for range times {
		a := x.Actor(x.t, key)
		must(x.t, x.Desk.Store.Write(x.t.Context(), func(tx *store.Tx) error {
			_, err := access.Open(x.t.Context(), tx, a, who, access.Identity|access.Plan, act, access.ForPlan)
			return err
		}))
	}
}

func (x *house) state(key string) logcheck.State {
	x.t.Helper()
	s, err := x.State(x.t.Context(), x.Actor(x.t, key))
	must(x.t, err)
	return s
}

// draw begins a round the day after.
func (x *house) draw(key string) logcheck.State {
	x.t.Helper()
	x.Pass(1)
	must(x.t, x.Draw(x.t.Context(), x.Actor(x.t, key)))
	return x.state(key)
}

func (x *house) judge(key string, r logcheck.Reading, finding, note string) error {
	return x.Judge(x.t.Context(), x.Actor(x.t, key), r.Who, r.ID, r.Version, finding, note)
}

// of gives the reading of a worker about somebody, if it is there.
func (x *house) of(list []logcheck.Reading, key string, who id.Person) *logcheck.Reading {
	for i := range list {
		if list[i].Post == x.Place.Posts[key] && list[i].Who == who {
			return &list[i]
		}
	}
	return nil
}

// due is what waits for a worker on Today.
func (x *house) due(key string) (w logcheck.Waiting) {
	x.t.Helper()
	must(x.t, x.Desk.Store.Read(x.t.Context(), func(tx *store.Tx) (err error) {
		w, err = logcheck.Due(x.t.Context(), tx, x.Actor(x.t, key))
		return err
	}))
	return w
}

func TestTheHeadLooksThroughARoundAndSignsItAndThenItOpensNobody(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		x := enter(t, s)
		who := x.Participant(t, "karin", "lena", "Mona", "Falk")
		x.opens("lena", who, access.Read, 2)
		if w := x.due("omar"); !w.Waits || w.Begun {
			t.Errorf("before: %+v", w)
		}
		state := x.draw("omar")
		r := x.of(state.List, "lena", who)
		if state.Open == nil || r == nil || r.Name != "Mona Falk" || len(r.Acts) == 0 || r.Why&logcheck.Chance == 0 {
			t.Fatalf("the round: %+v", state)
		}
		if w := x.due("omar"); !w.Waits || !w.Begun {
			t.Errorf("begun: %+v", w)
		}
		if err := x.Sign(t.Context(), x.Actor(t, "omar"), state.Open.ID); !fault.Is(err, fault.Conflict) {
			t.Errorf("signed unseen: %v", err)
		}
		if f := fault.Fields(x.judge("omar", *r, logcheck.Look, " ")); len(f) != 1 || f[0].Field != "note" {
			t.Errorf("nothing said: %v", f)
		}
		for _, l := range state.List {
			if l.ID != r.ID {
				must(t, x.judge("omar", l, logcheck.Order, ""))
			}
		}
		must(t, x.judge("omar", *r, logcheck.Look, "Jag frågar Lena på måndag."))
		if err := x.judge("omar", *r, logcheck.Order, ""); err != fault.Stale {
			t.Errorf("judged from an old page: %v", err)
		}
		must(t, x.Sign(t.Context(), x.Actor(t, "omar"), state.Open.ID))
		after := x.state("omar")
		if after.Open != nil || len(after.List) != 0 || len(after.Looking) != 1 || after.Looking[0].Note != "Jag frågar Lena på måndag." || after.Rounds[len(after.Rounds)-1].Looks != 1 {
			t.Errorf("after: %+v", after)
		}
		if w := x.due("omar"); w.Waits {
			t.Errorf("signed: %+v", w)
		}
		must(t, x.judge("omar", after.Looking[0], logcheck.Order, "Hon täckte."))
		if _, err := x.Reading(t.Context(), x.Actor(t, "omar"), who, r.ID); !fault.Is(err, fault.NotFound) {
			t.Errorf("cleared up, and opened: %v", err)
		}
		x.Pass(logcheck.Every + 1)
		if w := x.due("omar"); !w.Waits || w.Begun {
			t.Errorf("a month later: %+v", w)
		}
	})
}

func TestNobodyChecksTheirOwnReadings(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		x := enter(t, s)
		who := x.Participant(t, "karin", "lena", "Mona", "Falk")
		x.opens("omar", who, access.Read, 1)
		x.opens("karin", who, access.Read, 1)
		state := x.draw("omar")
		if x.of(state.List, "omar", who) != nil || x.of(state.List, "karin", who) == nil {
			t.Errorf("Omar checks %+v", state.List)
		}
		theirs := x.state("karin")
		r := x.of(theirs.List, "omar", who)
		if r == nil || x.of(theirs.List, "karin", who) != nil {
			t.Fatalf("Karin checks %+v", theirs.List)
		}
		for _, key := range []string{"omar", "lena"} {
			if _, err := x.Reading(t.Context(), x.Actor(t, key), who, r.ID); !fault.Is(err, fault.NotFound) {
				t.Errorf("%s opens what is not theirs to check: %v", key, err)
			}
			if err := x.judge(key, *r, logcheck.Order, ""); !fault.Is(err, fault.NotFound) {
				t.Errorf("%s judges what is not theirs to check: %v", key, err)
			}
		}
		for _, key := range []string{"lena", "britt"} {
			if _, err := x.State(t.Context(), x.Actor(t, key)); !fault.Is(err, fault.Forbidden) {
				t.Errorf("%s sees the log check: %v", key, err)
			}
		}
		if err := x.Draw(t.Context(), x.Actor(t, "karin")); !fault.Is(err, fault.Forbidden) {
			t.Errorf("the coordinator draws beside a head: %v", err)
		}
		if err := x.Sign(t.Context(), x.Actor(t, "omar"), theirs.Open.ID); err == nil {
			t.Error("Omar signs Karin's round")
		}
		if ida := x.state("ida"); len(ida.List) != 0 || len(ida.Rounds) != 0 {
			t.Errorf("another unit sees %+v", ida)
		}
	})
}

// protect lets only the workers named see somebody, and knows lets a worker say that they know them.
func (x *house) protect(who id.Person, keys ...string) {
	x.t.Helper()
	f := person.ProtectForm{Version: 1, Kind: person.Marked}
	for _, k := range keys {
		f.Posts = append(f.Posts, x.Place.Posts[k])
	}
	must(x.t, (&person.Desk{Store: x.Desk.Store}).Protect(x.t.Context(), x.Actor(x.t, keys[0]), who, f))
}

func (x *house) knows(key string, who id.Person) {
	x.t.Helper()
	a := x.Actor(x.t, key)
	must(x.t, x.Desk.Store.Write(x.t.Context(), func(tx *store.Tx) error {
		var worker id.Worker
		if err := tx.One(x.t.Context(), store.Q(`SELECT worker_id FROM post WHERE area_id = $1 AND post_id = $2`), []any{a.Area(), a.Post()}, &worker); err != nil {
			return err
		}
		return access.StandAside(x.t.Context(), tx, a.Area(), who, access.Aside{Worker: worker, Kind: "known", From: a.Today(), By: a.Post()}, a.Now())
	}))
}

func TestWhoIsProtectedIsCheckedByThoseNamedAlone(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		x := enter(t, s)
		named, unnamed := x.Participant(t, "karin", "lena", "Mona", "Falk"), x.Participant(t, "karin", "lena", "Ulf", "Ek")
		x.protect(named, "karin", "omar")
		x.protect(unnamed, "omar", "lena")
		for _, who := range []id.Person{named, unnamed} {
			x.opens("omar", who, access.Read, 1)
		}
		x.opens("lena", unnamed, access.Read, 1)
		if r := x.of(x.draw("omar").List, "lena", unnamed); r == nil || !slices.Contains(r.Why.Names(), "protected") {
			t.Errorf("Omar, who is named, checks %+v", r)
		}
		karin := x.state("karin")
		if x.of(karin.List, "omar", named) == nil || x.of(karin.List, "omar", unnamed) != nil {
			t.Errorf("Karin, who is named for one of them, checks %+v", karin.List)
		}
	})
}

func TestWhatTheHeadKnowsSomebodyAboutIsTheCoordinators(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		x := enter(t, s)
		who := x.Participant(t, "karin", "lena", "Mona", "Falk")
		x.opens("lena", who, access.Read, 1)
		x.knows("omar", who)
		if state := x.draw("omar"); x.of(state.List, "lena", who) != nil {
			t.Errorf("Omar checks %+v", state.List)
		}
		if karin := x.state("karin"); x.of(karin.List, "lena", who) == nil {
			t.Errorf("Karin checks %+v", karin.List)
		}
	})
}

func TestWhomTheHeadComesToKnowLeavesTheRoundAndItCanBeSigned(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		x := enter(t, s)
		who := x.Participant(t, "karin", "lena", "Mona", "Falk")
		x.opens("lena", who, access.Read, 1)
		state := x.draw("omar")
		r := x.of(state.List, "lena", who)
		for _, l := range state.List {
			if l.Who != who {
				must(t, x.judge("omar", l, logcheck.Order, ""))
			}
		}
		x.knows("omar", who)
		if now := x.state("omar"); x.of(now.List, "lena", who) != nil {
			t.Errorf("still there: %+v", now.List)
		}
		if err := x.judge("omar", *r, logcheck.Order, ""); !fault.Is(err, fault.NotFound) {
			t.Errorf("judged: %v", err)
		}
		must(t, x.Sign(t.Context(), x.Actor(t, "omar"), state.Open.ID))
	})
}

func TestTheCheckIsInTheLogAndThePersonSeesIt(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		x := enter(t, s)
		who := x.Participant(t, "karin", "lena", "Mona", "Falk")
		x.opens("lena", who, access.Read, 1)
		state := x.draw("omar")
		must(t, x.judge("omar", *x.of(state.List, "lena", who), logcheck.Order, ""))
		karin := x.Actor(t, "karin")
		var log reading.Log
		must(t, s.Read(t.Context(), func(tx *store.Tx) error {
			a, err := access.Open(t.Context(), tx, karin, who, access.Identity, access.Read, access.ForTogether)
			if err == nil {
				log, err = reading.Of(t.Context(), tx, karin, a, reading.Page{})
			}
			return err
		}))
		found := false
		for _, l := range log.Days[0].Lines {
			for _, a := range l.Acts {
				found = found || l.Post == x.Place.Posts["omar"] && a.Ground == access.ByCheck && a.Purpose == access.ForCheck
			}
		}
		if !found {
			t.Errorf("the log tells %+v", log.Days[0])
		}
		for range logcheck.Every {
			x.Pass(1)
		}
		for _, l := range x.state("omar").List {
			must(t, x.judge("omar", l, logcheck.Order, ""))
		}
		must(t, x.Sign(t.Context(), x.Actor(t, "omar"), state.Open.ID))
		for _, r := range x.draw("omar").List {
			if r.Post == x.Place.Posts["omar"] {
				t.Errorf("the check is checked: %+v", r)
			}
		}
	})
}

func TestARoundTellsHowManyEachWorkerHasSeenInLists(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		x, people, log := enter(t, s), &person.Desk{Store: s}, audit.NewLog(t.Context(), s)
		who := x.Participant(t, "karin", "lena", "Mona", "Falk")
		x.Participant(t, "karin", "lena", "Mona", "Ek")
		x.draw("omar") // the days before are looked through
		for _, l := range x.state("omar").List {
			must(t, x.judge("omar", l, logcheck.Order, ""))
		}
		must(t, x.Sign(t.Context(), x.Actor(t, "omar"), x.state("omar").Open.ID))
		for _, key := range []string{"lena", "omar"} {
			for _, text := range []string{"mona", "mona falk", "ingen alls"} {
				actor := x.Actor(t, key)
				_, _, err := people.Search(t.Context(), actor, text)
				must(t, err)
				epoch, shown := actor.Shown()
				must(t, log.Append(t.Context(), actor.Area(), epoch, shown))
			}
		}
		x.opens("lena", who, access.Read, 3)
		state := x.draw("omar")
		want := logcheck.Listing{Post: x.Place.Posts["lena"], Searches: 2, People: 2, Opened: 1}
		if len(state.Lists) != 1 || state.Lists[0] != want {
			t.Errorf("%+v, not %+v alone", state.Lists, want)
		}
		if l := x.state("karin").Lists; len(l) > 0 && slices.ContainsFunc(l, func(l logcheck.Listing) bool { return l.Post == x.Place.Posts["karin"] }) {
			t.Errorf("the coordinator is told of their own: %+v", l)
		}
	})
}

func TestTwoPressesAtOnceDrawOneRound(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		x := enter(t, s)
		x.Participant(t, "karin", "lena", "Mona", "Falk")
		x.Pass(1)
		var all sync.WaitGroup
		errs := make([]error, 6)
		for i := range errs {
			actor := x.Actor(t, "omar")
			all.Go(func() { errs[i] = x.Draw(t.Context(), actor) })
		}
		all.Wait()
		drawn := 0
		for _, err := range errs {
			if err == nil {
				drawn++
			} else if !fault.Is(err, fault.Conflict) {
				t.Errorf("%v", err)
			}
		}
		heads := 0
		for _, r := range x.state("omar").Rounds {
			if r.Role == access.Head {
				heads++
			}
		}
		if drawn != 1 || heads != 1 {
			t.Errorf("%d drew, %d rounds", drawn, heads)
		}
	})
}

func TestARuleFindsWhatItSays(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		x := enter(t, s)
		mine := x.Participant(t, "karin", "lena", "Mona", "Falk")
		worked := x.Participant(t, "karin", "lena", "Ulf", "Ek")
		x.opens("ibrahim", mine, access.Read, 1)
		x.opens("ibrahim", worked, access.Write, 1)
		x.opens("lena", mine, access.Read, logcheck.ManyOpened)
		x.opens("lena", worked, access.Read, 1)
		list := x.draw("omar").List
		for _, c := range []struct {
			key  string
			who  id.Person
			rule string
			is   bool
		}{
			{"ibrahim", mine, "anothers", true}, {"ibrahim", worked, "anothers", false}, {"lena", mine, "anothers", false},
			{"lena", mine, "many", true}, {"lena", worked, "many", false}, {"ibrahim", mine, "many", false},
		} {
			r := x.of(list, c.key, c.who)
			if r == nil {
				if c.is {
					t.Errorf("%s: %s is not there", c.rule, c.key)
				}
				continue
			}
			if slices.Contains(r.Why.Names(), c.rule) != c.is {
				t.Errorf("%s about %s: %v", c.key, r.Name, r.Why.Names())
			}
		}
	})
}

func TestTheSampleIsAsLargeAsTheHeadHasDecided(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		x := enter(t, s)
		for _, name := range []string{"Ek", "Al", "Asp", "Lind", "Björk", "Rönn", "Hägg", "Sälg", "Ask", "Alm", "Bok", "En"} {
			x.Participant(t, "karin", "lena", "Mona", name)
		}
		state := x.draw("omar")
		n := 0
		for _, r := range state.List {
			if r.Why&logcheck.Chance != 0 {
				n++
			}
		}
		if n != 10 || state.Open.Among <= 10 {
			t.Errorf("%d drawn of %d", n, state.Open.Among)
		}
	})
}

func TestHoursAndDaysOff(t *testing.T) {
	monday := clock.Date("2026-03-02")
	for _, c := range []struct {
		on   clock.Date
		at   clock.LocalTime
		rule bool
	}{
		{monday, "07:00", false}, {monday, "06:59", true}, {monday, "18:00", false}, {monday, "18:01", true}, {monday, "23:30", true},
		{"2026-03-07", "10:00", true}, {"2026-12-25", "10:00", true},
	} {
		if got := slices.Contains(logcheck.Points(c.on, c.on.At(c.at)).Names(), "hours"); got != c.rule {
			t.Errorf("%s %s: %v", c.on, c.at, got)
		}
	}
	// The night to summer time has no hour to be an hour before.
	if !slices.Contains(logcheck.Points("2026-03-29", clock.Date("2026-03-29").At("03:30")).Names(), "hours") {
		t.Error("a Sunday night is no working time")
	}
}

func TestThirtyWithinAnHourAreManyAndThirtyOverAnHourAreNot(t *testing.T) {
	from := clock.Date("2026-03-02").At("09:00")
	spread := func(every time.Duration) (at []clock.Instant) {
		for i := range logcheck.ManyOpened {
			at = append(at, from.Add(time.Duration(logcheck.ManyOpened-1-i)*every))
		}
		return at
	}
	if !slices.Contains(logcheck.Points("2026-03-02", spread(2*time.Minute)...).Names(), "many") {
		t.Error("thirty in 58 minutes are not many")
	}
	if slices.Contains(logcheck.Points("2026-03-02", spread(3*time.Minute)...).Names(), "many") {
		t.Error("thirty in 87 minutes are many")
	}
}

func TestADrawIsMadeAgainByItsSeedAndAnotherSeedDrawsOthers(t *testing.T) {
	a, b, c := logcheck.Sample([]byte("one"), 1000, 20), logcheck.Sample([]byte("one"), 1000, 20), logcheck.Sample([]byte("two"), 1000, 20)
	if !slices.Equal(a, b) {
		t.Error("the same seed draws others")
	}
	if slices.Equal(a, c) {
		t.Error("another seed draws the same")
	}
	// Over many draws each of a hundred is drawn about as often: 1,000 draws of 20 give 200 each, and six deviations are 76.
	often := make([]int, 100)
	for i := range 1000 {
		for _, n := range logcheck.Sample([]byte{byte(i), byte(i >> 8)}, 100, 20) {
			often[n]++
		}
	}
	for n, times := range often {
		if times < 124 || times > 276 {
			t.Errorf("%d was drawn %d times", n, times)
		}
	}
}
