package place_test

import (
	"context"
	"errors"
	"fmt"
	"os"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"sluss/internal/activity"
	"sluss/internal/attendance"
	"sluss/internal/clock"
	"sluss/internal/demo/demotest"
	"sluss/internal/fault"
	"sluss/internal/id"
	"sluss/internal/outcome"
	"sluss/internal/person"
	"sluss/internal/place"
	"sluss/internal/plan"
	"sluss/internal/schedule"
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

// group is the demo's world with an activity in a run of so many places, and the desk.
type group struct {
	*demotest.World
	d   *place.Desk
	x   activity.ID
	run schedule.RunID
}

func grouped(t testing.TB, s *store.Store, entry schedule.Entry, places int) group {
	t.Helper()
	g := group{World: demotest.New(t, s), d: &place.Desk{Store: s}}
	karin, ctx := g.Actor(t, "karin"), t.Context()
	offer := &activity.Desk{Store: s}
	var err error
	g.x, err = offer.Add(ctx, karin, activity.Type{Together: 1, Size: 10, Words: map[string]activity.Words{"sv": {Name: "Samtalscirkeln", Purpose: "Att prata"}}}, "Den behövs")
	must(t, err)
	must(t, offer.Decide(ctx, karin, g.x, 1, activity.Runs, "Nu"))
	g.run, err = (&schedule.Desk{Store: s}).Plan(ctx, karin, schedule.Run{Activity: g.x, Entry: entry, From: karin.Today(), To: karin.Today().Add(42), Weeks: 6, Places: places},
		[]schedule.Turn{{Weekday: time.Tuesday, At: "09:00", Until: "11:00", Leaders: []id.Post{g.Place.Posts["lena"]}}})
	must(t, err)
	return g
}

// wishes lets somebody new wish for the activity.
func (g group) wishes(t testing.TB, name string) (id.Person, place.ID) {
	t.Helper()
	who := g.Participant(t, "karin", "lena", name, "Ek")
	k, err := g.d.Wish(t.Context(), g.Actor(t, "lena"), who, g.x, "Jag vill prata svenska")
	must(t, err)
	return who, k
}

// takes is wishes, offered from the day and accepted.
func (g group) takes(t testing.TB, name string, from clock.Date) (id.Person, place.ID) {
	t.Helper()
	who, k := g.wishes(t, name)
	must(t, g.d.Offer(t.Context(), g.Actor(t, "lena"), who, k, 1, place.Offer{Run: g.run, From: from}))
	must(t, g.d.Answer(t.Context(), g.Actor(t, "lena"), who, k, 2, true))
	return who, k
}

func (g group) one(t testing.TB, who id.Person) place.Place {
	t.Helper()
	return g.oneOf(t, "lena", who)
}

func (g group) oneOf(t testing.TB, key string, who id.Person) place.Place {
	t.Helper()
	v, err := g.d.Open(t.Context(), g.Actor(t, key), who)
	must(t, err)
	return v.Places[0]
}

// expected are the names of those expected on the n:th occasion, as a worker sees them; one who rests has a star.
func (g group) expected(t testing.TB, key string, n int) (names []string) {
	t.Helper()
	actor := g.Actor(t, key)
	must(t, g.Store.Read(t.Context(), func(tx *store.Tx) error {
		list, err := schedule.Occasions(t.Context(), tx, g.Actor(t, "karin"), clock.Span{From: clock.DateOf(demotest.Monday), To: clock.Forever})
		if err != nil {
			return err
		}
		l, err := attendance.Of(t.Context(), tx, actor, list[n])
		for _, x := range l.Guests {
			if x.Resting {
				x.Name += "*"
			}
			names = append(names, x.Name)
		}
		return err
	}))
	return names
}

func field(err error) string {
	if f := fault.Fields(err); len(f) > 0 {
		return f[0].Field + " " + f[0].Key
	}
	return fmt.Sprint(err)
}

func TestAWishBecomesAPlaceThatServesAGoal(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		g := grouped(t, s, schedule.Rolling, 4)
		lena, ctx := g.Actor(t, "lena"), t.Context()
		who, k := g.wishes(t, "Roger")
		goal, err := (&plan.Desk{Store: s}).WriteGoal(ctx, lena, who, plan.GoalForm{Words: "Ett jobb", Lang: "sv"})
		must(t, err)
		day := lena.Today().Add(9)
		for want, o := range map[string]place.Offer{
			"run place.run.needed":    {From: day},
			"from place.from.needed":  {Run: g.run},
			"from place.from.outside": {Run: g.run, From: lena.Today().Add(42)},
			"goal form.choose":        {Run: g.run, From: day, Thread: place.Thread{Goal: 7, Why: "nu", Next: "sedan"}},
			"why place.why.needed":    {Run: g.run, From: day, Thread: place.Thread{Goal: goal, Next: "sedan"}},
			"next place.next.needed":  {Run: g.run, From: day, Thread: place.Thread{Goal: goal, Why: "nu", Next: " "}},
		} {
			if got := field(g.d.Offer(ctx, lena, who, k, 1, o)); got != want {
				t.Errorf("%+v: %s, want %s", o, got, want)
			}
		}
		must(t, g.d.Offer(ctx, lena, who, k, 1, place.Offer{Run: g.run, From: day, Thread: place.Thread{Goal: goal, Why: "Nu vågar hon", Next: "Praktik"}}))
		if err := g.d.Answer(ctx, lena, who, k, 1, true); !errors.Is(err, fault.Stale) {
			t.Errorf("an answer to what was read before the offer: %v", err)
		}
		must(t, g.d.Answer(ctx, lena, who, k, 2, true))
		p := g.one(t, who)
		if p.State != place.Held || p.From != day || p.Goal != goal || p.Because != "Jag vill prata svenska" || p.Why != "Nu vågar hon" || p.Next != "Praktik" {
			t.Errorf("the place is %+v", p)
		}
		if v, err := g.d.Open(ctx, lena, who); err != nil || p.Loose(v.Plan) {
			t.Errorf("loose, %v", err)
		}
		if a, b := g.expected(t, "karin", 0), g.expected(t, "karin", 2); len(a) != 0 || !slices.Equal(b, []string{"Roger Ek"}) {
			t.Errorf("before the day %v are expected, after it %v", a, b)
		}
		must(t, g.d.Serve(ctx, lena, who, k, 3, place.Thread{}))
		if v, err := g.d.Open(ctx, lena, who); err != nil || !v.Places[0].Loose(v.Plan) {
			t.Errorf("not loose without a goal, %v", err)
		}
		if err := g.d.StepOut(ctx, lena, who, k, 4, day.Add(-1), ""); field(err) != "on place.out.early" {
			t.Errorf("out before in: %v", err)
		}
		must(t, g.d.StepOut(ctx, lena, who, k, 4, day.Add(10), "Jag har fått jobb"))
		if p := g.one(t, who); p.To != day.Add(10) || p.Leaving != "Jag har fått jobb" || p.Over(day.Add(9)) || !p.Over(day.Add(10)) {
			t.Errorf("out is %+v", p)
		}
		if got := g.kinds(t, who); !slices.Equal(got, []string{"place.wished", "place.offered", "place.taken", "place.left"}) {
			t.Errorf("the thread tells %v", got)
		}
	})
}

// kinds are the events about places with their codes, in the order they were written.
func (g group) kinds(t testing.TB, who id.Person) (list []string) {
	t.Helper()
	must(t, g.Store.Read(t.Context(), func(tx *store.Tx) (err error) {
		list, err = store.All(t.Context(), tx, store.Q(`SELECT kind, code FROM thread_event WHERE area_id = $1 AND person_id = $2 AND kind LIKE 'place.%' ORDER BY event_id`),
			[]any{g.Place.Area, who}, func(r *store.Cursor) (string, error) {
				var kind, code string
				err := r.Scan(&kind, &code)
				return strings.TrimSpace(kind + " " + code), err
			})
		return err
	}))
	return list
}

func TestAWishTypedInFromPaperSaysSo(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		g := grouped(t, s, schedule.Rolling, 1)
		who := g.Participant(t, "karin", "lena", "Roger", "Lindfors")
		_, err := g.d.WishOnPaper(t.Context(), g.Actor(t, "lena"), who, g.x, "Jag vill laga mat")
		must(t, err)
		var code string
		must(t, s.Read(t.Context(), func(tx *store.Tx) error {
			return tx.One(t.Context(), store.Q(`SELECT code FROM thread_event WHERE area_id = $1 AND person_id = $2 AND kind = 'place.wished'`), []any{g.Place.Area, who}, &code)
		}))
		if p := g.one(t, who); code != "paper" || p.State != place.Wished || p.Because != "Jag vill laga mat" {
			t.Errorf("%q %+v", code, p)
		}
	})
}

func TestANoLeavesTheWishAndPassesThePlaceOn(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		g := grouped(t, s, schedule.Common, 1)
		lena, ctx := g.Actor(t, "lena"), t.Context()
		who, k := g.wishes(t, "Roger")
		if err := g.d.Offer(ctx, lena, who, k, 1, place.Offer{Run: g.run, From: lena.Today().Add(1)}); field(err) != "from place.from.common" {
			t.Errorf("into a common start later: %v", err)
		}
		must(t, g.d.Offer(ctx, lena, who, k, 1, place.Offer{Run: g.run, From: lena.Today()}))
		other, j := g.wishes(t, "Amal")
		if err := g.d.Offer(ctx, lena, other, j, 1, place.Offer{Run: g.run, From: lena.Today()}); field(err) != "run place.full" {
			t.Errorf("an offered place was offered again: %v", err)
		}
		must(t, g.d.Answer(ctx, lena, who, k, 2, false))
		if p := g.one(t, who); p.State != place.Wished || p.Run != 0 || p.Because == "" {
			t.Errorf("after a no: %+v", p)
		}
		if p := g.one(t, other); p.State != place.Offered || p.Run != g.run || p.From != lena.Today() {
			t.Errorf("whose turn it was: %+v", p)
		}
		must(t, g.d.Withdraw(ctx, lena, who, k, 3))
		if p := g.one(t, who); !p.Over(lena.Today()) {
			t.Errorf("after the wish was taken back: %+v", p)
		}
	})
}

func TestPlacesAreNeverAboveTheRunsAlsoWhenManyOfferAtOnce(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		const many, room = 64, 7
		g := grouped(t, s, schedule.Rolling, room)
		lena := g.Actor(t, "lena")
		var who [many]id.Person
		var ids [many]place.ID
		for i := range many {
			who[i], ids[i] = g.wishes(t, fmt.Sprint("Namn", i))
		}
		got, all := make([]error, many), sync.WaitGroup{}
		for i := range many {
			a := g.Actor(t, []string{"lena", "karin"}[i%2])
			all.Go(func() {
				got[i] = g.d.Offer(context.WithoutCancel(t.Context()), a, who[i], ids[i], 1, place.Offer{Run: g.run, From: lena.Today().Add(i % 9), Past: "De har sagt att de kan vänta"})
			})
		}
		all.Wait()
		n := 0
		for i, err := range got {
			if err == nil {
				n++
			} else if field(err) != "run place.full" {
				t.Errorf("offer %d: %v", i, err)
			}
		}
		must(t, s.Read(t.Context(), func(tx *store.Tx) error {
			m, err := place.Taken(t.Context(), tx, lena, lena.Today())
			if n != room || m[g.run] != room {
				t.Errorf("%d of %d places offered, %d stand", n, room, m[g.run])
			}
			return err
		}))
	})
}

func TestNobodyHasTwoPlacesInOneRun(t *testing.T) {
	g := grouped(t, storetest.Open(t, storetest.SQLite(t)), schedule.Rolling, 4)
	lena, ctx, day := g.Actor(t, "lena"), t.Context(), g.Actor(t, "lena").Today().Add(7)
	who, _ := g.takes(t, "Roger", day)
	again, err := g.d.Wish(ctx, lena, who, g.x, "En gång till")
	must(t, err)
	if err := g.d.Offer(ctx, lena, who, again, 1, place.Offer{Run: g.run, From: day}); field(err) != "run place.twice" {
		t.Errorf("offered a second place: %v", err)
	}
}

func TestAPauseNeverLosesThePlace(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		g := grouped(t, s, schedule.Rolling, 1)
		lena, ctx := g.Actor(t, "lena"), t.Context()
		who, _ := g.takes(t, "Roger", lena.Today())
		before := g.one(t, who)
		must(t, (&outcome.Desk{Store: s}).Pause(ctx, lena, who, outcome.PauseForm{Version: 2, Reason: "sick", ExpectedOn: lena.Today().Add(20)}))
		if after := g.one(t, who); after != before {
			t.Errorf("the pause made %+v of %+v", after, before)
		}
		if got := g.expected(t, "lena", 1); !slices.Equal(got, []string{"Roger Ek*"}) {
			t.Errorf("expected: %v", got)
		}
		other, k := g.wishes(t, "Amal")
		if err := g.d.Offer(ctx, lena, other, k, 1, place.Offer{Run: g.run, From: lena.Today()}); field(err) != "run place.full" {
			t.Errorf("the place was given away: %v", err)
		}
	})
}

// leaves makes an exit today of somebody whose enrolment is untouched since it began.
func (g group) leaves(t testing.TB, who id.Person) outcome.ID {
	t.Helper()
	lena := g.Actor(t, "lena")
	x, err := (&outcome.Desk{Store: g.Store}).Leave(t.Context(), lena, who, outcome.Form{Version: 2, Reason: outcome.Work, Kind: outcome.Work.Kinds()[0],
		Subsidy: outcome.Subsidies[0], Sector: outcome.Sectors[0], Municipal: "no", On: lena.Today(), Before: "assistance", After: "wage",
		Words: outcome.Words{Where: "Köket", View: "Bra"}})
	must(t, err)
	return x
}

func TestWhoLeavesTheUnitLetsGoOfThePlace(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		g := grouped(t, s, schedule.Rolling, 1)
		lena, ctx := g.Actor(t, "lena"), t.Context()
		who, _ := g.takes(t, "Roger", lena.Today())
		g.leaves(t, who)
		if got := g.expected(t, "lena", 0); len(got) != 0 {
			t.Errorf("still expected: %v", got)
		}
		if got := g.kinds(t, who); got[len(got)-1] != "place.left" {
			t.Errorf("the thread tells %v", got)
		}
		g.takes(t, "Amal", lena.Today())
		if _, err := g.d.Wish(ctx, lena, who, g.x, ""); !fault.Is(err, fault.Conflict) {
			t.Errorf("a wish from somebody who has left: %v", err)
		}
	})
}

func TestAnExitTakenBackGivesThePlacesBack(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		g := grouped(t, s, schedule.Rolling, 4)
		lena, ctx := g.Actor(t, "lena"), t.Context()
		who, k := g.takes(t, "Roger", lena.Today())
		wish := func() place.ID {
			k, err := g.d.Wish(ctx, lena, who, g.x, "Mer")
			must(t, err)
			return k
		}
		unwished, wished := wish(), wish()
		must(t, g.d.Withdraw(ctx, lena, who, unwished, 1))
		must(t, g.d.StepOut(ctx, lena, who, k, 3, lena.Today().Add(20), "Då räcker det"))
		offered := wish()
		must(t, g.d.Offer(ctx, lena, who, offered, 1, place.Offer{Run: g.run, From: lena.Today().Add(20)}))
		exit := g.leaves(t, who)
		must(t, (&outcome.Desk{Store: s}).Undo(ctx, lena, who, exit, 1))
		v, err := g.d.Open(ctx, lena, who)
		must(t, err)
		if p := v.Get(k); p.State != place.Held || p.To != lena.Today().Add(20) || p.Leaving != "Då räcker det" {
			t.Errorf("held until a day, now %+v", p)
		}
		if p := v.Get(offered); p.State != place.Offered || p.Run != g.run || p.From != lena.Today().Add(20) {
			t.Errorf("offered, now %+v", p)
		}
		if a, b := v.Get(wished).State, v.Get(unwished).State; a != place.Wished || b != place.Withdrawn {
			t.Errorf("a wish is %s, and one taken back before %s", a, b)
		}
		if got := g.kinds(t, who); !slices.Equal(got[len(got)-2:], []string{"place.left", "place.left undone"}) {
			t.Errorf("the thread tells %v", got)
		}
	})
}

func TestAPlaceThatSomebodyElseHasMeanwhileIsWishedForAgain(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		g := grouped(t, s, schedule.Rolling, 1)
		lena, ctx := g.Actor(t, "lena"), t.Context()
		who, _ := g.takes(t, "Roger", lena.Today())
		exit := g.leaves(t, who)
		other, _ := g.takes(t, "Amal", lena.Today())
		must(t, (&outcome.Desk{Store: s}).Undo(ctx, lena, who, exit, 1))
		if p := g.one(t, who); p.State != place.Wished || p.Run != 0 || p.From != "" || p.To != "" || p.Because == "" {
			t.Errorf("taken meanwhile, and is %+v", p)
		}
		if p := g.one(t, other); p.State != place.Held {
			t.Errorf("who got it has %+v", p)
		}
	})
}

func TestSteppingOutIsTakenBackWhileThePlaceIsFree(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		g := grouped(t, s, schedule.Rolling, 1)
		lena, ctx := g.Actor(t, "lena"), t.Context()
		who, k := g.takes(t, "Roger", lena.Today())
		before := g.one(t, who)
		if err := g.d.Undo(ctx, lena, who, k, 3); !errors.Is(err, fault.Stale) {
			t.Errorf("nobody stepped out: %v", err)
		}
		must(t, g.d.StepOut(ctx, lena, who, k, 3, lena.Today(), "Orkar inte"))
		if err := g.d.Undo(ctx, lena, who, k, 3); !errors.Is(err, fault.Stale) {
			t.Errorf("as it was read before: %v", err)
		}
		must(t, g.d.Undo(ctx, lena, who, k, 4))
		before.Version = 5
		if after := g.one(t, who); after != before {
			t.Errorf("taken back to %+v, was %+v", after, before)
		}
		if got := g.kinds(t, who); !slices.Equal(got[len(got)-2:], []string{"place.left", "place.left undone"}) {
			t.Errorf("the thread tells %v", got)
		}
		must(t, g.d.StepOut(ctx, lena, who, k, 5, lena.Today(), ""))
		g.takes(t, "Amal", lena.Today())
		if err := g.d.Undo(ctx, lena, who, k, 6); field(err) != "on place.full.now" {
			t.Errorf("somebody else has it: %v", err)
		}
	})
}

func TestAPlaceThatWentWithTheUnitIsNotTakenBackAlone(t *testing.T) {
	g := grouped(t, storetest.Open(t, storetest.SQLite(t)), schedule.Rolling, 2)
	lena := g.Actor(t, "lena")
	who, k := g.takes(t, "Roger", lena.Today())
	g.leaves(t, who)
	if err := g.d.Undo(t.Context(), lena, who, k, 4); !fault.Is(err, fault.Conflict) {
		t.Error(err)
	}
}

func TestOnlyThoseWhoMaySeeThePersonSeeThePlace(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		g := grouped(t, s, schedule.Rolling, 4)
		lena, ctx := g.Actor(t, "lena"), t.Context()
		who, k := g.takes(t, "Roger", lena.Today())
		for _, key := range []string{"ida", "britt"} {
			if _, err := g.d.Open(ctx, g.Actor(t, key), who); !fault.Is(err, fault.NotFound) {
				t.Errorf("%s opens the places: %v", key, err)
			}
			if err := g.d.StepOut(ctx, g.Actor(t, key), who, k, 3, lena.Today(), ""); !fault.Is(err, fault.NotFound) {
				t.Errorf("%s lets somebody step out: %v", key, err)
			}
		}
		if got := g.expected(t, "ida", 0); len(got) != 0 {
			t.Errorf("another unit expects %v", got)
		}
		v, err := g.d.Open(ctx, lena, who)
		must(t, err)
		must(t, (&person.Desk{Store: s}).Protect(ctx, g.Actor(t, "omar"), who, person.ProtectForm{Version: v.Person.Version, Kind: person.Marked,
			Posts: []id.Post{g.Place.Posts["omar"], g.Place.Posts["lena"]}}))
		if got := g.expected(t, "lena", 0); len(got) != 0 {
			t.Errorf("protected, and in the list of somebody named: %v", got)
		}
		if p := g.one(t, who); p.State != place.Held {
			t.Errorf("protected, and the place is %+v", p)
		}
	})
}
