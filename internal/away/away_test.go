package away_test

import (
	"errors"
	"os"
	"slices"
	"strings"
	"sync"
	"testing"

	"sluss/internal/access"
	"sluss/internal/away"
	"sluss/internal/clock"
	"sluss/internal/contact"
	"sluss/internal/demo/demotest"
	"sluss/internal/fault"
	"sluss/internal/id"
	"sluss/internal/intake"
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

// town is the demo's world with Samira, who is Lena's participant.
type town struct {
	*demotest.World
	d   *away.Desk
	who id.Person
}

func each(t *testing.T, f func(t *testing.T, x town)) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		w := demotest.New(t, s)
		f(t, town{w, &away.Desk{Store: s}, w.Participant(t, "karin", "lena", "Samira", "Haddad")})
	})
}

func (x town) me(t testing.TB) *access.Actor { return x.Themself(t, x.who) }

// meets agrees on a meeting with Lena so many days ahead.
func (x town) meets(t testing.TB, days int) away.Key {
	t.Helper()
	on := x.Now().Date().Add(days)
	k, err := (&contact.Desk{Store: x.Store}).Plan(t.Context(), x.Actor(t, "lena"), x.who, contact.Form{On: on, At: "10:00", How: "here", About: "Praktik"})
	must(t, err)
	return away.Key{Kind: away.Talk, Ref: int64(k), On: on}
}

// works gives Samira a placement on Mondays, Wednesdays and Fridays from today.
func (x town) works(t testing.TB) placement.ID {
	t.Helper()
	w, err := (&workplace.Desk{Store: x.Store}).Write(t.Context(), x.Actor(t, "karin"), workplace.Form{Words: workplace.Words{Name: "Skolköket", Does: "Laga mat",
		Contacts: []workplace.Contact{{Name: "Berit Ask", Phone: "070-174 06 05"}}}, Places: 1, Holder: x.Place.Posts["lena"]})
	must(t, err)
	today := x.Now().Date()
	k, err := (&placement.Desk{Store: x.Store}).Write(t.Context(), x.Actor(t, "lena"), x.who, placement.Form{Terms: placement.Terms{Kind: "praktik", Workplace: w, From: today,
		To: today.Add(27), Days: "135", At: "09:00", Until: "12:00", Safety: "host", Insurer: "municipality", Purpose: "Att prova", Supervisor: "Berit", MayKnow: "Inget", Why: "Nu", Next: "Mer"},
		Talks: []clock.Date{today.Add(7)}, Yes: placement.Yes{By: "self", How: plan.AtTable, On: today}})
	must(t, err)
	return k
}

func (x town) times(t testing.TB) (list []away.Time) {
	t.Helper()
	me := x.me(t)
	must(t, x.Store.Read(t.Context(), func(tx *store.Tx) error {
		a, err := access.OpenOwn(t.Context(), tx, me, away.Own, access.Read)
		if err == nil {
			list, err = away.Times(t.Context(), tx, me, a)
		}
		return err
	}))
	return list
}

func (x town) word(t testing.TB, k away.Key) *away.Word {
	t.Helper()
	found := away.Find(x.times(t), k)
	if found == nil {
		t.Fatalf("no time %v", k)
	}
	return found.Word
}

func (x town) unread(t testing.TB, key string) (list []away.Told) {
	t.Helper()
	must(t, x.Store.Read(t.Context(), func(tx *store.Tx) (err error) {
		list, err = away.UnreadOf(t.Context(), tx, x.Actor(t, key), 12)
		return err
	}))
	return list
}

func (x town) of(t testing.TB, key string) []away.Told {
	t.Helper()
	list, err := x.d.Of(t.Context(), x.Actor(t, key), x.who)
	must(t, err)
	return list
}

// rest is all that is kept of the person but what they have told.
func (x town) rest(t testing.TB) (all string) {
	t.Helper()
	must(t, x.Store.Read(t.Context(), func(tx *store.Tx) error {
		return tx.One(t.Context(), store.Q(`SELECT (SELECT count(*) FROM thread_event) || ' ' || (SELECT count(*) FROM job) || ' ' || (SELECT count(*) FROM attendance_word) || ' ' ||
		 (SELECT coalesce(sum(version), 0) FROM appointment) || ' ' || (SELECT coalesce(sum(version), 0) FROM enrolment) || ' ' || (SELECT coalesce(sum(version), 0) FROM placement) || ' ' ||
		 (SELECT coalesce(sum(version), 0) FROM called)`), nil, &all)
	}))
	return all
}

func TestWhoCannotComeSaysSoOnceAndNothingElseChanges(t *testing.T) {
	each(t, func(t *testing.T, x town) {
		ctx, k := t.Context(), x.meets(t, 0)
		work := away.Key{Kind: away.Work, Ref: int64(x.works(t)), On: x.Now().Date().Add(2)}
		before := x.rest(t)
		must(t, x.d.TellOwn(ctx, x.me(t), k, away.Excuse{}))
		must(t, x.d.TellOwn(ctx, x.me(t), k, away.Excuse{}))
		must(t, x.d.TellOwn(ctx, x.me(t), k, away.Excuse{Ill: true, Why: "Feber", When: "På torsdag"}))
		must(t, x.d.TellOwn(ctx, x.me(t), k, away.Excuse{})) // says no less
		must(t, x.d.TellOwn(ctx, x.me(t), work, away.Excuse{}))
		if w := x.word(t, k); w == nil || !w.Ill || w.Why != "Feber" || w.When != "På torsdag" || w.By != 0 || w.Version != 2 {
			t.Errorf("%+v", w)
		}
		if w := x.word(t, work); w == nil || x.word(t, away.Key{Kind: away.Work, Ref: work.Ref, On: work.On.Add(2)}) != nil {
			t.Errorf("one day at the workplace: %+v", w)
		}
		if got := x.rest(t); got != before {
			t.Errorf("something else changed: %s, before %s", got, before)
		}
	})
}

func TestToldTwiceAtOnceIsToldOnce(t *testing.T) {
	each(t, func(t *testing.T, x town) {
		k := x.meets(t, 1)
		var all sync.WaitGroup
		for range 4 {
			me := x.me(t)
			all.Go(func() {
				if err := x.d.TellOwn(t.Context(), me, k, away.Excuse{Ill: true}); err != nil {
					t.Error(err)
				}
			})
		}
		all.Wait()
		if got := x.unread(t, "lena"); len(got) != 1 || x.word(t, k).Version != 1 {
			t.Errorf("%+v", got)
		}
	})
}

func TestItWaitsForWhomItConcernsUntilTheyHaveReadIt(t *testing.T) {
	each(t, func(t *testing.T, x town) {
		ctx, k := t.Context(), x.meets(t, 1)
		must(t, x.d.TellOwn(ctx, x.me(t), k, away.Excuse{Why: "Feber"}))
		got := x.unread(t, "lena")
		if len(got) != 1 || got[0].Key != k || got[0].Begins != "10:00" || got[0].Person != x.who || got[0].Name != "Samira Haddad" || got[0].Why != "" {
			t.Fatalf("waits for the coach: %+v", got)
		}
		for _, key := range []string{"samar", "karin", "omar", "petra"} {
			if list := x.unread(t, key); len(list) != 0 {
				t.Errorf("waits for %s: %+v", key, list)
			}
		}
		if list := x.of(t, "lena"); len(list) != 1 || list[0].Why != "Feber" || !list[0].Concerns {
			t.Errorf("the coach: %+v", list)
		}
		if list := x.of(t, "samar"); len(list) != 1 || list[0].Why != "" || list[0].Concerns {
			t.Errorf("a colleague sees why: %+v", list)
		}
		w := got[0].Word
		if err := x.d.Read(ctx, x.Actor(t, "samar"), x.who, w.ID, w.Version); !fault.Is(err, fault.NotFound) {
			t.Error("read in the coach's stead:", err)
		}
		must(t, x.d.TellOwn(ctx, x.me(t), k, away.Excuse{Why: "Feber", When: "Fredag"}))
		if err := x.d.Read(ctx, x.Actor(t, "lena"), x.who, w.ID, w.Version); !errors.Is(err, fault.Stale) {
			t.Error("more than was shown is taken for read:", err)
		}
		must(t, x.d.Read(ctx, x.Actor(t, "lena"), x.who, w.ID, w.Version+1))
		if err := x.d.Read(ctx, x.Actor(t, "lena"), x.who, w.ID, w.Version+1); !errors.Is(err, fault.Stale) {
			t.Error("read twice:", err)
		}
		if own := x.word(t, k); own.ReadAt == 0 || own.ReadBy != x.Place.Posts["lena"] || len(x.unread(t, "lena")) != 0 {
			t.Errorf("%+v", own)
		}
		for what, err := range map[string]error{"takes back": x.d.UntellOwn(ctx, x.me(t), k), "says more": x.d.TellOwn(ctx, x.me(t), k, away.Excuse{Why: "annat"})} {
			if !fault.Is(err, fault.Conflict) {
				t.Errorf("%s what is read: %v", what, err)
			}
		}
	})
}

func TestAGroupStartIsToldToWhoRunsIt(t *testing.T) {
	each(t, func(t *testing.T, x town) {
		ctx, karin, d := t.Context(), x.Actor(t, "karin"), &intake.Desk{Store: x.Store}
		_, x.who = x.Queued(t, "karin", "Yonas", "Tesfay", "")
		_, err := d.Plan(ctx, karin, 2)
		must(t, err)
		var list []intake.Start
		must(t, x.Store.Read(ctx, func(tx *store.Tx) (err error) {
			list, err = intake.Starts(ctx, tx, karin, clock.Span{From: karin.Today(), To: karin.Today().AddMonths(2)})
			return err
		}))
		start := list[slices.IndexFunc(list, func(s intake.Start) bool { return s.On > karin.Today() })]
		must(t, d.CallOne(ctx, karin, start.ID, x.who, "brådskar"))
		k := away.Key{Kind: away.Start, Ref: int64(start.ID), On: start.On}
		must(t, x.d.TellOwn(ctx, x.me(t), k, away.Excuse{When: "Nästa start"}))
		for _, key := range []string{"karin", "lena", "ibrahim", "samar"} {
			want := key == "karin" || slices.Contains(start.Leaders, x.Place.Posts[key])
			if got := x.unread(t, key); (len(got) == 1) != want {
				t.Errorf("%s, of those who are told %v: %+v", key, want, got)
			}
		}
		if list := x.of(t, "karin"); len(list) != 1 || list[0].When != "Nästa start" {
			t.Errorf("%+v", list)
		}
		must(t, d.Answer(ctx, karin, start.ID, x.who, intake.Other))
		if err := x.d.UntellOwn(ctx, x.me(t), k); !fault.Is(err, fault.NotFound) {
			t.Error("of a start that one has said no to:", err)
		}
	})
}

func TestAListOfTimesTellsWhoDoesNotComeOfItsOwnTimesAlone(t *testing.T) {
	each(t, func(t *testing.T, x town) {
		ctx, lena, k, other := t.Context(), x.Actor(t, "lena"), x.meets(t, 1), x.meets(t, 2)
		out := func(key string, listed away.Key) (out away.Out) {
			t.Helper()
			must(t, x.Store.Read(ctx, func(tx *store.Tx) (err error) {
				out, err = away.OutOn(ctx, tx, x.Actor(t, key), k.On, func(k away.Key) bool { return k == listed })
				return err
			}))
			return out
		}
		if o := out("lena", k); o.Has(k, x.who) {
			t.Error("nothing has been told:", o)
		}
		must(t, x.d.TellOwn(ctx, x.me(t), k, away.Excuse{Ill: true}))
		if o := out("lena", k); !o.Has(k, x.who) || len(o) != 1 {
			t.Error("it has been told:", o)
		}
		if o := out("lena", other); len(o) != 0 {
			t.Error("of another time:", o)
		}
		if o := out("ida", k); len(o) != 0 {
			t.Error("at another unit:", o)
		}
		list, err := x.d.Of(ctx, lena, x.who)
		must(t, err)
		must(t, x.d.Read(ctx, lena, x.who, list[0].ID, list[0].Version))
		if !out("lena", k).Has(k, x.who) {
			t.Error("it is read, and still so")
		}
	})
}

func TestWhatIsToldIsTakenBackUntilItIsRead(t *testing.T) {
	each(t, func(t *testing.T, x town) {
		ctx, k := t.Context(), x.meets(t, 1)
		if err := x.d.UntellOwn(ctx, x.me(t), k); !errors.Is(err, fault.Stale) {
			t.Error("takes back what was not told:", err)
		}
		must(t, x.d.Tell(ctx, x.Actor(t, "samar"), x.who, k, away.Excuse{Ill: true}, true))
		if w := x.word(t, k); w == nil || !w.Paper || w.By != x.Place.Posts["samar"] || len(x.unread(t, "lena")) != 1 {
			t.Errorf("%+v", w)
		}
		must(t, x.d.UntellOwn(ctx, x.me(t), k))
		if x.word(t, k) != nil || len(x.unread(t, "lena")) != 0 || len(x.of(t, "lena")) != 0 {
			t.Error("what was taken back still stands")
		}
		must(t, x.d.TellOwn(ctx, x.me(t), k, away.Excuse{}))
		must(t, x.d.Untell(ctx, x.Actor(t, "lena"), x.who, k))
		must(t, x.d.Tell(ctx, x.Actor(t, "lena"), x.who, k, away.Excuse{}, false))
		if len(x.unread(t, "lena")) != 0 {
			t.Error("who wrote it down is asked to read it")
		}
	})
}

func TestOnlyOnesOwnTimesThatHoldAndAWeekBackAreToldOf(t *testing.T) {
	each(t, func(t *testing.T, x town) {
		ctx, k, work := t.Context(), x.meets(t, 0), x.works(t)
		other := x
		other.who = x.Participant(t, "karin", "lena", "Erik", "Ek")
		moved := x.meets(t, 3)
		_, err := (&contact.Desk{Store: x.Store}).Move(ctx, x.Actor(t, "lena"), x.who, contact.AppointmentID(moved.Ref), 1, contact.Form{On: moved.On, At: "14:00", How: "here"})
		must(t, err)
		refused := func(what string, k away.Key, kind fault.Kind) {
			t.Helper()
			if err := x.d.TellOwn(ctx, x.me(t), k, away.Excuse{}); !fault.Is(err, kind) {
				t.Errorf("%s: %v", what, err)
			}
		}
		refused("another's meeting", other.meets(t, 1), fault.NotFound)
		refused("a meeting that was moved", moved, fault.NotFound)
		refused("another day of the meeting", away.Key{Kind: away.Talk, Ref: k.Ref, On: k.On.Add(1)}, fault.NotFound)
		refused("another kind", away.Key{Kind: away.First, Ref: k.Ref, On: k.On}, fault.NotFound)
		refused("a day that one does not work", away.Key{Kind: away.Work, Ref: int64(work), On: k.On.Add(1)}, fault.NotFound)
		if err := x.d.Tell(ctx, x.Actor(t, "petra"), x.who, k, away.Excuse{}, false); !fault.Is(err, fault.NotFound) {
			t.Error("another unit:", err)
		}
		if err := x.d.TellOwn(ctx, x.me(t), k, away.Excuse{Why: strings.Repeat("ord ", 200)}); len(fault.Fields(err)) != 1 {
			t.Error("too long:", err)
		}
		x.Pass(7)
		must(t, x.d.TellOwn(ctx, x.me(t), k, away.Excuse{Ill: true}))
		x.Pass(1)
		refused("eight days after", k, fault.Conflict)
		d := &placement.Desk{Store: x.Store}
		v, err := d.Open(ctx, x.Actor(t, "lena"), x.who, access.Read)
		must(t, err)
		must(t, d.End(ctx, x.Actor(t, "lena"), x.who, work, v.Get(work).Version, placement.Ending{On: x.Now().Date(), Next: "rest", NoView: true}))
		for on := x.Now().Date(); on < x.Now().Date().Add(7); on = on.Add(1) {
			refused("a placement that has ended", away.Key{Kind: away.Work, Ref: int64(work), On: on}, fault.NotFound)
		}
	})
}

func TestTheAddressOfATimeIsReadAsItWasWritten(t *testing.T) {
	k := away.Key{Kind: away.Work, Ref: 1 << 60, On: "2026-11-23"}
	if got, err := away.ParseKey(k.String()); err != nil || got != k {
		t.Errorf("%v %v", got, err)
	}
	for _, s := range []string{"", "talk", "talk.x.2026-11-23", "talk." + id.Person(7).String() + ".igår", strings.ReplaceAll(k.String(), ".", "")} {
		if _, err := away.ParseKey(s); !fault.Is(err, fault.NotFound) {
			t.Errorf("%q: %v", s, err)
		}
	}
}
