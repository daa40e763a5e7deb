package placement_test

import (
	"context"
	"errors"
	"fmt"
	"os"
	"slices"
	"strings"
	"sync"
	"testing"

	"sluss/internal/access"
	"sluss/internal/clock"
	"sluss/internal/contact"
	"sluss/internal/demo/demotest"
	"sluss/internal/fault"
	"sluss/internal/id"
	"sluss/internal/outcome"
	"sluss/internal/placement"
	"sluss/internal/plan"
	"sluss/internal/store"
	"sluss/internal/store/storetest"
	"sluss/internal/workplace"
)

func TestMain(m *testing.M) { os.Exit(storetest.Main(m)) }

func must(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

func field(err error) string {
	if f := fault.Fields(err); len(f) > 0 {
		return f[0].Field + " " + f[0].Key
	}
	return fmt.Sprint(err)
}

// town is the demo's world with a workplace of so many places.
type town struct {
	*demotest.World
	d *placement.Desk
	r *workplace.Desk
	w workplace.ID
}

func inTown(t testing.TB, s *store.Store, places int) town {
	t.Helper()
	x := town{World: demotest.New(t, s), d: &placement.Desk{Store: s}, r: &workplace.Desk{Store: s}}
	var err error
	x.w, err = x.r.Write(t.Context(), x.Actor(t, "karin"), x.kitchen(places))
	must(t, err)
	return x
}

func (x town) kitchen(places int) workplace.Form {
	return workplace.Form{Words: workplace.Words{Name: "Skolköket i Norrby", Does: "Laga mat", Contacts: []workplace.Contact{{Name: "Berit Ask", Phone: "070-174 06 05"}}},
		Places: places, Holder: x.Place.Posts["lena"]}
}

// terms are such as hold from today for four weeks.
func (x town) terms() placement.Form {
	today := x.Now().Date()
	return placement.Form{Terms: placement.Terms{Kind: "praktik", Workplace: x.w, From: today, To: today.Add(27), Days: "135", At: "09:00", Until: "12:00", Safety: "host",
		Insurer: "municipality", Purpose: "Att prova", Supervisor: "Berit", MayKnow: "Jag behöver sitta ibland", Why: "Nu orkar jag", Next: "Fler timmar"},
		Talks: []clock.Date{today.Add(7), today.Add(20)}}
}

func (x town) yes() placement.Yes {
	return placement.Yes{By: "self", How: plan.AtTable, On: x.Now().Date()}
}

func (x town) one(t testing.TB, who id.Person) placement.Placement {
	t.Helper()
	v, err := x.d.Open(t.Context(), x.Actor(t, "lena"), who, access.Read)
	must(t, err)
	return v.List[0]
}

// begins gives somebody new a placement that they have said yes to.
func (x town) begins(t testing.TB, name string) (id.Person, placement.ID) {
	t.Helper()
	who := x.Participant(t, "karin", "lena", name, "Ek")
	f := x.terms()
	f.Yes = x.yes()
	k, err := x.d.Write(t.Context(), x.Actor(t, "lena"), who, f)
	must(t, err)
	return who, k
}

func (x town) due(t testing.TB, key string) (list []placement.Due) {
	t.Helper()
	must(t, x.Store.Read(t.Context(), func(tx *store.Tx) (err error) {
		list, err = placement.DueOf(t.Context(), tx, x.Actor(t, key), 12)
		return err
	}))
	return list
}

// kinds are the events about placements with their codes, in the order they were written.
func (x town) kinds(t testing.TB, who id.Person) (list []string) {
	t.Helper()
	must(t, x.Store.Read(t.Context(), func(tx *store.Tx) (err error) {
		list, err = store.All(t.Context(), tx, store.Q(`SELECT kind, code FROM thread_event WHERE area_id = $1 AND person_id = $2 AND kind LIKE 'placement.%' ORDER BY event_id`),
			[]any{x.Place.Area, who}, func(r *store.Cursor) (string, error) {
				var kind, code string
				err := r.Scan(&kind, &code)
				return strings.TrimSpace(strings.TrimPrefix(kind, "placement.") + " " + code), err
			})
		return err
	}))
	return list
}

func TestFromWishToEndBySomebodysOwnYes(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		x := inTown(t, s, 2)
		lena, ctx := x.Actor(t, "lena"), t.Context()
		who := x.Participant(t, "karin", "lena", "Roger", "Ek")
		goal, err := (&plan.Desk{Store: s}).WriteGoal(ctx, lena, who, plan.GoalForm{Words: "Ett jobb", Lang: "sv"})
		must(t, err)
		k, err := x.d.Wish(ctx, lena, who, "Laga mat", "Jag gjorde det hemma")
		must(t, err)
		f := x.terms()
		f.K, f.Version, f.Goal = k, 1, goal
		_, err = x.d.Write(ctx, lena, who, f)
		must(t, err)
		if p := x.one(t, who); p.State != placement.Proposed || p.Because != "Jag gjorde det hemma" || p.Due != "" || p.Goal != goal || len(p.Talks) != 2 {
			t.Errorf("proposed: %+v", p)
		}
		if err := x.d.Say(ctx, lena, who, k, 1, x.yes()); !errors.Is(err, fault.Stale) {
			t.Errorf("a yes to what was read before: %v", err)
		}
		must(t, x.d.Say(ctx, lena, who, k, 2, x.yes()))
		first := lena.Today().Add(7)
		if p := x.one(t, who); p.State != placement.Agreed || p.Yes != x.yes() || p.Due != first || p.MayKnow == "" {
			t.Errorf("agreed: %+v", p)
		}
		f.Version, f.Until = 3, "13:00"
		if _, err := x.d.Write(ctx, lena, who, f); field(err) != "by form.choose" {
			t.Errorf("changed without a new yes: %v", err)
		}
		f.Yes = x.yes()
		_, err = x.d.Write(ctx, lena, who, f)
		must(t, err)
		x.Pass(8)
		p := x.one(t, who)
		must(t, x.d.Talk(ctx, x.Actor(t, "lena"), who, k, 4, placement.TalkForm{ID: p.Talks[0].ID, On: first, Said: "Det går bra", Heard: "Han är noggrann", Again: first.Add(3)}))
		p = x.one(t, who)
		if p.Until != "13:00" || len(p.Talks) != 3 || p.Talks[0].Said != "Det går bra" || p.Talks[0].Due != first || p.Talks[0].HeldOn != first || p.Due != first.Add(3) || p.Talks[2].Due != first.Add(13) {
			t.Errorf("after the talk: %+v", p)
		}
		e := placement.Ending{On: first.Add(1), Next: "job", Words: "Timmar i köket", View: "Jag vill jobba där"}
		for want, spoil := range map[string]func(*placement.Ending){
			"view placement.view.needed": func(e *placement.Ending) { e.View = " " },
			"endnext form.choose":        func(e *placement.Ending) { e.Next = "" },
			"on placement.end.on":        func(e *placement.Ending) { e.On = first.Add(3) },
		} {
			bad := e
			spoil(&bad)
			if got := field(x.d.End(ctx, x.Actor(t, "lena"), who, k, 5, bad)); got != want {
				t.Errorf("%s, want %s", got, want)
			}
		}
		must(t, x.d.End(ctx, x.Actor(t, "lena"), who, k, 5, e))
		if p := x.one(t, who); p.State != placement.Ended || p.View != "Jag vill jobba där" || p.Ending.Next != "job" || p.Due != "" {
			t.Errorf("ended: %+v", p)
		}
		must(t, x.d.Undo(ctx, x.Actor(t, "lena"), who, k, 6))
		if p := x.one(t, who); p.State != placement.Agreed || p.View != "" {
			t.Errorf("the end taken back: %+v", p)
		}
		if got := x.kinds(t, who); !slices.Equal(got, []string{"wished", "agreed", "agreed anew", "followed", "ended job", "ended undone"}) {
			t.Errorf("the thread tells %v", got)
		}
	})
}

func TestWhatIsWrongWithTheTermsIsSaidAtItsField(t *testing.T) {
	x := inTown(t, storetest.Open(t, storetest.SQLite(t)), 1)
	lena, today := x.Actor(t, "lena"), x.Now().Date()
	who := x.Participant(t, "karin", "lena", "Roger", "Ek")
	for want, spoil := range map[string]func(f *placement.Form){
		"kind form.choose":                       func(f *placement.Form) { f.Kind = "job" },
		"workplace placement.workplace.needed":   func(f *placement.Form) { f.Workplace = 7 },
		"purpose placement.purpose.needed":       func(f *placement.Form) { f.Purpose = " " },
		"from placement.from.needed":             func(f *placement.Form) { f.From = today.Add(-63) },
		"to placement.to.needed":                 func(f *placement.Form) { f.To = today.Add(-1) },
		"days placement.days.needed":             func(f *placement.Form) { f.Days = "18" },
		"at placement.at.needed":                 func(f *placement.Form) { f.Until = f.At },
		"supervisor placement.supervisor.needed": func(f *placement.Form) { f.Supervisor = "" },
		"safety form.choose":                     func(f *placement.Form) { f.Safety = "" },
		"insurer form.choose":                    func(f *placement.Form) { f.Insurer = "nobody" },
		"duties placement.duties.needed":         func(f *placement.Form) { f.Insurer = "none" },
		"goal form.choose":                       func(f *placement.Form) { f.Goal = 7 },
		"why place.why.needed":                   func(f *placement.Form) { f.Why = "" },
		"next place.next.needed":                 func(f *placement.Form) { f.Next = "" },
		"talk1 placement.talk.needed":            func(f *placement.Form) { f.Talks = nil },
		"talk1 placement.talk.outside":           func(f *placement.Form) { f.Talks[0] = f.To.Add(1) },
		"yeson placement.yes.on":                 func(f *placement.Form) { f.Yes = x.yes(); f.Yes.On = today.Add(1) },
	} {
		f := x.terms()
		spoil(&f)
		if _, err := x.d.Write(t.Context(), lena, who, f); field(err) != want {
			t.Errorf("%s, want %s", field(err), want)
		}
	}
}

func TestPlacesAtAWorkplaceAreNeverAboveItsNumberAlsoWhenManyAgreeAtOnce(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		const many, room = 24, 3
		x := inTown(t, s, room)
		var who [many]id.Person
		for i := range many {
			who[i] = x.Participant(t, "karin", "lena", fmt.Sprint("Namn", i), "Ek")
		}
		got, all := make([]error, many), sync.WaitGroup{}
		for i := range many {
			a, f := x.Actor(t, []string{"lena", "karin"}[i%2]), x.terms()
			f.From = f.From.Add(i % 5)
			if i%3 == 0 {
				f.Yes = x.yes()
			}
			all.Go(func() { _, got[i] = x.d.Write(context.WithoutCancel(t.Context()), a, who[i], f) })
		}
		all.Wait()
		n := 0
		for i, err := range got {
			if err == nil {
				n++
			} else if field(err) != "workplace placement.full" {
				t.Errorf("agreement %d: %v", i, err)
			}
		}
		v, err := x.r.Register(t.Context(), x.Actor(t, "lena"))
		must(t, err)
		if n != room {
			t.Errorf("%d of %d places were given", n, room)
		}
		f := x.kitchen(room - 1)
		f.ID, f.Version = x.w, v.List[0].Version
		if _, err := x.r.Write(t.Context(), x.Actor(t, "lena"), f); field(err) != "places workplace.places.taken" {
			t.Errorf("fewer places than people: %v", err)
		}
	})
}

func TestAPlaceIsFreeAgainWhenOneIsNotWantedOrHasEndedAndAfterTheAgreedTime(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		x := inTown(t, s, 1)
		lena, ctx := x.Actor(t, "lena"), t.Context()
		who, k := x.begins(t, "Roger")
		other := x.Participant(t, "karin", "lena", "Amal", "Ek")
		f := x.terms()
		if _, err := x.d.Write(ctx, lena, other, f); field(err) != "workplace placement.full" {
			t.Errorf("at the same time: %v", err)
		}
		f.From, f.To, f.Talks = f.To.Add(1), f.To.Add(20), []clock.Date{f.To.Add(9)}
		j, err := x.d.Write(ctx, lena, other, f)
		must(t, err)
		must(t, x.d.Withdraw(ctx, lena, other, j, 2))
		must(t, x.d.End(ctx, lena, who, k, 2, placement.Ending{On: lena.Today(), Next: "rest", NoView: true}))
		if _, err := x.d.Write(ctx, lena, other, x.terms()); err != nil {
			t.Errorf("after an end: %v", err)
		}
		if err := x.d.Undo(ctx, lena, who, k, 3); !fault.Is(err, fault.Conflict) {
			t.Errorf("somebody else has it: %v", err)
		}
	})
}

func TestNothingEndsByItselfAndTheCoachIsToldUntilSomebodyDecides(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		x := inTown(t, s, 1)
		who, k := x.begins(t, "Roger")
		x.Pass(6)
		if list := x.due(t, "lena"); len(list) != 0 {
			t.Errorf("before the day: %+v", list)
		}
		x.Pass(1)
		if list := x.due(t, "lena"); len(list) != 1 || list[0].Name != "Roger Ek" || list[0].ID != k || list[0].Over {
			t.Errorf("on the day: %+v", list)
		}
		for _, key := range []string{"samar", "karin", "ida", "britt"} {
			if list := x.due(t, key); len(list) != 0 {
				t.Errorf("%s is told of %+v", key, list)
			}
		}
		for v := range 2 {
			must(t, x.d.Talk(t.Context(), x.Actor(t, "lena"), who, k, 2+v, placement.TalkForm{ID: x.one(t, who).NextTalk().ID, On: x.Now().Date(), Said: "Bra"}))
		}
		x.Pass(200)
		p := x.one(t, who)
		if list := x.due(t, "lena"); len(list) != 1 || !list[0].Over || p.State != placement.Agreed || !p.Over(x.Now().Date()) {
			t.Errorf("long after the last day: %+v and %+v", p, list)
		}
		other := x.Participant(t, "karin", "lena", "Amal", "Ek")
		if _, err := x.d.Write(t.Context(), x.Actor(t, "lena"), other, x.terms()); field(err) != "workplace placement.full" {
			t.Errorf("who has not ended has the place: %v", err)
		}
	})
}

// leaves makes an exit today of somebody whose enrolment is untouched since it began.
func (x town) leaves(t testing.TB, who id.Person) outcome.ID {
	t.Helper()
	lena := x.Actor(t, "lena")
	k, err := (&outcome.Desk{Store: x.Store}).Leave(t.Context(), lena, who, outcome.Form{Version: 2, Reason: outcome.Work, Kind: outcome.Work.Kinds()[0],
		Subsidy: outcome.Subsidies[0], Sector: outcome.Sectors[0], Municipal: "no", On: lena.Today(), Before: "assistance", After: "wage",
		Words: outcome.Words{Where: "Köket", View: "Bra"}})
	must(t, err)
	return k
}

func TestWhoLeavesTheUnitEndsItAndHasItBackWithTheExitUndone(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		x := inTown(t, s, 1)
		lena, ctx := x.Actor(t, "lena"), t.Context()
		who, k := x.begins(t, "Roger")
		out := x.leaves(t, who)
		p := x.one(t, who)
		if p.State != placement.Ended || p.Ending.Next != "left" || p.EndedWith == 0 {
			t.Errorf("left: %+v", p)
		}
		if err := x.d.Undo(ctx, lena, who, k, p.Version); !fault.Is(err, fault.Conflict) {
			t.Errorf("taken back alone: %v", err)
		}
		must(t, (&outcome.Desk{Store: s}).Undo(ctx, lena, who, out, 1))
		if p := x.one(t, who); p.State != placement.Agreed || p.EndedWith != 0 || p.Due == "" {
			t.Errorf("back: %+v", p)
		}
	})
}

func TestWhoseTheContactsAreAndThatOneTakenAwayIsGone(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		x := inTown(t, s, 2)
		ctx, lena := t.Context(), x.Actor(t, "lena")
		for _, key := range []string{"britt", "erik"} {
			if _, err := x.r.Register(ctx, x.Actor(t, key)); !fault.Is(err, fault.Forbidden) {
				t.Errorf("%s reads the register: %v", key, err)
			}
			if _, err := x.r.Write(ctx, x.Actor(t, key), x.kitchen(1)); !fault.Is(err, fault.Forbidden) {
				t.Errorf("%s writes in it: %v", key, err)
			}
		}
		if v, err := x.r.Register(ctx, x.Actor(t, "petra")); err != nil || len(v.List) != 0 {
			t.Errorf("another unit reads %+v, %v", v.List, err)
		}
		f := x.kitchen(2)
		f.ID, f.Version = x.w, 1
		f.Contacts = []workplace.Contact{{Name: "Omid Rad", Email: "omid@example.se"}, {}}
		_, err := x.r.Write(ctx, lena, f)
		must(t, err)
		v, err := x.r.Register(ctx, lena)
		must(t, err)
		if c := v.List[0].Contacts; len(c) != 1 || c[0].Name != "Omid Rad" || len(v.Find("berit")) != 0 || len(v.Find("OMID köket")) != 1 {
			t.Errorf("the contacts are %+v", c)
		}
		f.Contacts[0].Name = ""
		f.Version = 2
		if _, err := x.r.Write(ctx, lena, f); field(err) != "contact1 workplace.contact.needed" {
			t.Errorf("nobody's address: %v", err)
		}
		if err := x.r.End(ctx, lena, x.w, 2, " "); field(err) != "ending workplace.ending.needed" {
			t.Errorf("ended without why: %v", err)
		}
		must(t, x.r.End(ctx, lena, x.w, 2, "De flyttar"))
		who := x.Participant(t, "karin", "lena", "Roger", "Ek")
		if _, err := x.d.Write(ctx, lena, who, x.terms()); field(err) != "workplace placement.workplace.needed" {
			t.Errorf("at one that has ended: %v", err)
		}
		must(t, x.r.Reopen(ctx, lena, x.w, 3))
		if err := x.r.End(ctx, lena, x.w, 3, "Igen"); !errors.Is(err, fault.Stale) {
			t.Errorf("as it was read before: %v", err)
		}
	})
}

func TestOnlyThoseWhoMaySeeThePersonSeeThePlacement(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		x := inTown(t, s, 2)
		who, k := x.begins(t, "Roger")
		for _, key := range []string{"ida", "britt", "erik"} { // of another unit, in the reception, at another agency
			if _, err := x.d.Open(t.Context(), x.Actor(t, key), who, access.Read); !fault.Is(err, fault.NotFound) {
				t.Errorf("%s opens it: %v", key, err)
			}
			if err := x.d.End(t.Context(), x.Actor(t, key), who, k, 2, placement.Ending{}); !fault.Is(err, fault.NotFound) {
				t.Errorf("%s ends it: %v", key, err)
			}
		}
		me := x.Themself(t, who)
		must(t, s.Read(t.Context(), func(tx *store.Tx) error {
			a, err := access.OpenOwn(t.Context(), tx, me, placement.Need, access.Read)
			if err != nil {
				return err
			}
			list, err := placement.Mine(t.Context(), tx, me, a)
			if len(list) != 1 || list[0].At != "Skolköket i Norrby" || list[0].Purpose != "Att prova" {
				t.Errorf("the person sees %+v", list)
			}
			return err
		}))
	})
}

func TestPeakIsTheMostAtOnce(t *testing.T) {
	list := []workplace.Stay{{From: "2026-03-02", To: "2026-03-20"}, {From: "2026-03-10", To: "2026-03-12"}, {From: "2026-03-12", To: "2026-03-30"}}
	for _, c := range []struct {
		from, to, today clock.Date
		want            int
	}{{"2026-03-01", "2026-03-31", "2026-03-01", 3}, {"2026-03-13", "2026-03-20", "2026-03-01", 2}, {"2026-03-13", "2026-03-13", "2026-03-13", 3},
		{"2026-03-31", "2026-04-30", "2026-03-01", 0}, {"2026-02-01", "2026-03-01", "2026-02-01", 0}, {"2026-03-05", "2026-03-09", "2026-03-05", 1}} {
		if got := workplace.Peak(list, c.from, c.to, c.today); got != c.want {
			t.Errorf("%+v: %d", c, got)
		}
	}
}

func TestAMeetingDuringADayAtAWorkplaceIsAgreedKnowingly(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		x := inTown(t, s, 2)
		who, _ := x.begins(t, "Roger")
		for _, c := range []struct {
			days int // from a Monday; one is there Mondays, Wednesdays and Fridays, 9 to 12
			at   clock.LocalTime
			both bool
			want string
		}{{7, "11:30", false, "both schedule.person.taken"}, {7, "12:00", false, "<nil>"}, {8, "10:00", false, "<nil>"}, {9, "10:00", true, "<nil>"}, {28, "10:00", false, "<nil>"}} {
			_, err := (&contact.Desk{Store: s}).Plan(t.Context(), x.Actor(t, "lena"), who, contact.Form{On: x.Now().Date().Add(c.days), At: c.at, How: "here", Both: c.both})
			if got := field(err); got != c.want {
				t.Errorf("day %d at %s: %s, want %s", c.days, c.at, got, c.want)
			}
		}
	})
}
