package statement_test

import (
	"errors"
	"fmt"
	"os"
	"reflect"
	"testing"
	"time"

	"sluss/internal/access"
	"sluss/internal/activity"
	"sluss/internal/attendance"
	"sluss/internal/clock"
	"sluss/internal/comment"
	"sluss/internal/consent"
	"sluss/internal/demo/demotest"
	"sluss/internal/fault"
	"sluss/internal/id"
	"sluss/internal/lawful"
	"sluss/internal/org"
	"sluss/internal/place"
	"sluss/internal/schedule"
	"sluss/internal/statement"
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

// desk is Samira, who has been in the kitchen every Tuesday from 13 to 15 for five weeks, with Lena for a coach.
type desk struct {
	*demotest.World
	d     *statement.Desk
	t     *testing.T
	who   id.Person
	times []schedule.Occasion
	first clock.Date
	zone  access.Zone // who decides on support
}

// said is the desk where what a person says is kept, and thing a statement as it knows it.
func (x desk) said() *comment.Desk { return &comment.Desk{Store: x.Store} }

func thing(k statement.ID) comment.Thing {
	return comment.Thing{Kind: comment.Statement, Ref: int64(k)}
}

func sit(t *testing.T, s *store.Store) desk {
	t.Helper()
	w := demotest.New(t, s)
	x := desk{World: w, d: &statement.Desk{Store: s}, t: t, who: w.Participant(t, "karin", "lena", "Samira", "Haddad"), first: w.Now().Date()}
	ctx, karin, offer, places := t.Context(), w.Actor(t, "karin"), &activity.Desk{Store: s}, &place.Desk{Store: s}
	kind, err := offer.Add(ctx, karin, activity.Type{Together: 1, Size: 10, Words: map[string]activity.Words{"sv": {Name: "Köket", Purpose: "Att laga mat"}}}, "Den behövs")
	must(t, err)
	must(t, offer.Decide(ctx, karin, kind, 1, activity.Runs, "Nu"))
	run, err := (&schedule.Desk{Store: s}).Plan(ctx, karin, schedule.Run{Activity: kind, Entry: schedule.Rolling, From: x.first, To: x.first.Add(42), Weeks: 1, Places: 10},
		[]schedule.Turn{{Weekday: time.Tuesday, At: "13:00", Until: "15:00", Leaders: []id.Post{w.Place.Posts["lena"]}}})
	must(t, err)
	k, err := places.Wish(ctx, karin, x.who, kind, "")
	must(t, err)
	must(t, places.Offer(ctx, karin, x.who, k, 1, place.Offer{Run: run, From: x.first}))
	must(t, places.Answer(ctx, karin, x.who, k, 2, true))
	must(t, s.Read(ctx, func(tx *store.Tx) error {
		x.times, err = schedule.Occasions(ctx, tx, karin, clock.Span{From: x.first, To: clock.Forever})
		if err != nil {
			return err
		}
		parties, err := org.Parties(ctx, tx, karin)
		for _, p := range parties {
			if p.Money {
				x.zone = p.ID
			}
		}
		return err
	}))
	x.Pass(35)
	for n, m := range []attendance.Mark{attendance.Here, attendance.Part, attendance.Told, attendance.Untold} {
		x.mark(n, m)
	}
	return x
}

func (x desk) lena() *access.Actor { return x.Actor(x.t, "lena") }

// mark marks Samira at the occasion of a week, from 0.
func (x desk) mark(week int, m attendance.Mark) {
	x.t.Helper()
	l, d := attendance.List{}, &attendance.Desk{Store: x.Store}
	must(x.t, x.Store.Read(x.t.Context(), func(tx *store.Tx) (err error) {
		l, err = attendance.Of(x.t.Context(), tx, x.lena(), x.times[week])
		return err
	}))
	must(x.t, d.Take(x.t.Context(), x.lena(), x.times[week].ID, l.Version, map[id.Person]attendance.Mark{x.who: m}))
}

// made makes a statement of the five weeks.
func (x desk) made() statement.ID {
	x.t.Helper()
	k, err := x.d.Make(x.t.Context(), x.lena(), x.who, statement.Form{From: x.first, To: x.first.Add(34)})
	must(x.t, err)
	return k
}

func (x desk) one(k statement.ID) statement.Statement {
	x.t.Helper()
	v, err := x.d.Open(x.t.Context(), x.lena(), x.who, access.Read)
	must(x.t, err)
	return *v.Get(k)
}

// agrees lets Samira say yes to that those who decide on support see who was here.
func (x desk) agrees() {
	x.t.Helper()
	must(x.t, (&consent.Desk{Store: x.Store}).Answer(x.t.Context(), x.lena(), x.who, consent.Form{Zone: x.zone, Purpose: "work", Categories: access.Attendance, Months: 6,
		How: consent.AtTable, Yes: true, Wish: true, Lang: "sv"}))
}

func (x desk) hand(k statement.ID) error {
	return x.d.Hand(x.t.Context(), x.lena(), x.who, k, x.one(k).Version, statement.HandForm{Zone: x.zone, Receiver: "Eva Ek"})
}

func key(err error) string {
	if f := fault.Fields(err); len(f) > 0 {
		return f[0].Field + " " + f[0].Key
	}
	if f := fault.Of(err); f != nil {
		return f.Key
	}
	return fmt.Sprint(err)
}

func TestHoursAreCountedByWeekAndMonthAsFacts(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		x := sit(t, s)
		must(t, (&attendance.Desk{Store: s}).Tell(t.Context(), x.lena(), x.who, x.times[3].ID, attendance.Excuse{Ill: true, Why: "Feber"}))
		got := x.one(x.made())
		week := func(month, from, to clock.Date, n int, m attendance.Mark) statement.Week {
			return statement.Week{Month: month, Number: n, From: from, To: to, Expected: 120, Of: map[attendance.Mark]int{m: 120}}
		}
		want := []statement.Week{
			week("2026-10-01", "2026-10-12", "2026-10-18", 42, attendance.Here),
			week("2026-10-01", "2026-10-19", "2026-10-25", 43, attendance.Part),
			week("2026-10-01", "2026-10-26", "2026-10-31", 44, attendance.Told),
			week("2026-11-01", "2026-11-02", "2026-11-08", 45, attendance.Told), // was away without a word, and has been in touch since
			week("2026-11-01", "2026-11-09", "2026-11-15", 46, attendance.Unmarked),
		}
		if !reflect.DeepEqual(got.Weeks, want) {
			t.Errorf("%+v", got.Weeks)
		}
		if months := got.Months(); len(months) != 2 || statement.Total(months[0]).Expected != 360 || statement.Total(got.Weeks).Of[attendance.Told] != 240 {
			t.Errorf("by month: %+v", months)
		}
	})
}

func TestNothingIsHandedOverThatThePersonHasNotSeenAsItStands(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		x := sit(t, s)
		x.agrees()
		k := x.made()
		if err := x.hand(k); key(err) != "statement.unseen" {
			t.Errorf("before it was seen: %v", err)
		}
		must(t, x.d.Show(t.Context(), x.lena(), x.who, k, 1, statement.AtTable))
		x.mark(4, attendance.Here)
		if err := x.hand(k); key(err) != "statement.changed" {
			t.Errorf("what is known has changed since it was seen: %v", err)
		}
		must(t, x.d.Recount(t.Context(), x.lena(), x.who, k, 2))
		if err := x.hand(k); key(err) != "statement.unseen" {
			t.Errorf("counted anew, and not seen: %v", err)
		}
		must(t, x.d.ShowOwn(t.Context(), x.Themself(t, x.who), k, 3))
		must(t, x.hand(k))
		got := x.one(k)
		if !got.Handed() || got.Zone != x.zone || got.Receiver != "Eva Ek" || got.Ground.Law != "" || got.Ground.ID == 0 || got.HandedAt != x.Now() || got.ShownHow != statement.Alone {
			t.Errorf("handed over as %+v", got)
		}
	})
}

func TestWhatHasGoneIsNeverChanged(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		x := sit(t, s)
		x.agrees()
		k, ctx := x.made(), t.Context()
		must(t, x.said().Say(ctx, x.lena(), x.who, thing(k), "Den tredje veckan var bussen inställd", true))
		must(t, x.d.Show(ctx, x.lena(), x.who, k, 1, statement.OnPaper))
		must(t, x.hand(k))
		before := x.one(k)
		if !before.Comments[0].Paper {
			t.Errorf("typed in from paper: %+v", before.Comments)
		}
		x.mark(0, attendance.Untold)
		for name, err := range map[string]error{
			"counted anew": x.d.Recount(ctx, x.lena(), x.who, k, 3),
			"shown":        x.d.Show(ctx, x.lena(), x.who, k, 3, statement.AtTable),
			"handed over":  x.hand(k),
			"taken away":   x.d.Drop(ctx, x.lena(), x.who, k, 3),
		} {
			if !errors.Is(err, fault.Stale) {
				t.Errorf("%s: %v", name, err)
			}
		}
		if after := x.one(k); !reflect.DeepEqual(after, before) {
			t.Errorf("it was %+v and is %+v", before, after)
		}
		must(t, x.said().SayOwn(ctx, x.Themself(t, x.who), thing(k), "Jag ringde faktiskt"))
		if got := x.one(k).Comments; len(got) != 2 || got[0].Words != "Den tredje veckan var bussen inställd" || got[1].Words != "Jag ringde faktiskt" || got[1].By != 0 || got[0].By == 0 {
			t.Errorf("comments: %+v", got)
		}
	})
}

func TestItGoesOnlyToWhomThePersonsYesOrALawLetsSeeIt(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		x := sit(t, s)
		k, ctx := x.made(), t.Context()
		must(t, x.d.Show(ctx, x.lena(), x.who, k, 1, statement.AtTable))
		if err := x.hand(k); key(err) != "zone statement.zone.needed" {
			t.Errorf("without a ground: %v", err)
		}
		x.agrees()
		must(t, (&consent.Desk{Store: s}).Withdraw(ctx, x.lena(), x.who, x.zone, false))
		if err := x.hand(k); key(err) != "zone statement.zone.needed" {
			t.Errorf("after the yes was taken back: %v", err)
		}
		must(t, (&lawful.Desk{Store: s}).Record(ctx, x.Actor(t, "omar"), x.who, lawful.Form{Zone: x.zone, Law: "sol_15_9", Categories: access.Attendance,
			From: x.Now().Date(), To: x.Now().Date().Add(30), Decided: "Omar", Number: "7"}))
		must(t, x.hand(k))
		if got := x.one(k); got.Ground.Law != "sol_15_9" || got.Ground.ID == 0 {
			t.Errorf("the ground is %+v", got.Ground)
		}
	})
}

func TestTheOfficerReadsWhatWasHandedToThemAndNoLongerThanTheYes(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		x := sit(t, s)
		x.agrees()
		eva, ctx := x.Actor(t, "eva"), t.Context()
		given := func() (list []statement.Statement, err error) {
			err = s.Read(ctx, func(tx *store.Tx) error {
				a, err := access.Open(ctx, tx, eva, x.who, access.Attendance, access.Read, access.ForCollaboration)
				if err == nil {
					list, err = statement.Given(ctx, tx, eva, a)
				}
				return err
			})
			return list, err
		}
		k := x.made()
		must(t, x.d.Show(ctx, x.lena(), x.who, k, 1, statement.AtTable))
		if list, err := given(); err != nil || len(list) != 0 {
			t.Errorf("before it was handed over: %v, %v", list, err)
		}
		must(t, x.said().Say(ctx, x.lena(), x.who, thing(k), "Bussen", false))
		must(t, x.hand(k))
		if list, err := given(); err != nil || len(list) != 1 || list[0].Comments[0].Words != "Bussen" {
			t.Errorf("after: %+v, %v", list, err)
		}
		if _, err := x.d.Make(ctx, eva, x.who, statement.Form{From: x.first, To: x.first.Add(7)}); !fault.Is(err, fault.Forbidden) {
			t.Errorf("the officer makes one: %v", err)
		}
		must(t, (&consent.Desk{Store: s}).Withdraw(ctx, x.lena(), x.who, x.zone, false))
		eva = x.Actor(t, "eva")
		if _, err := given(); !fault.Is(err, fault.NotFound) {
			t.Errorf("after the yes was taken back: %v", err)
		}
	})
}

func TestNobodyElseMakesOrSeesAStatement(t *testing.T) {
	x := sit(t, storetest.Open(t, storetest.SQLite(t)))
	k, ctx := x.made(), t.Context()
	for _, key := range []string{"petra", "britt", "amina"} {
		if _, err := x.d.Open(ctx, x.Actor(t, key), x.who, access.Read); fault.Of(err) == nil {
			t.Errorf("%s reads it: %v", key, err)
		}
		if err := x.d.Show(ctx, x.Actor(t, key), x.who, k, 1, statement.AtTable); fault.Of(err) == nil {
			t.Errorf("%s says it was seen: %v", key, err)
		}
	}
	other := x.Participant(t, "karin", "lena", "Roger", "Ek")
	if err := x.d.ShowOwn(ctx, x.Themself(t, other), k, 1); !fault.Is(err, fault.NotFound) {
		t.Errorf("somebody else says they have seen it: %v", err)
	}
	if err := x.d.Drop(ctx, x.lena(), other, k, 1); !fault.Is(err, fault.NotFound) {
		t.Errorf("by way of somebody else: %v", err)
	}
}

func TestWhatIsWrongIsSaidAtItsField(t *testing.T) {
	x := sit(t, storetest.Open(t, storetest.SQLite(t)))
	ctx, today := t.Context(), x.Now().Date()
	for want, f := range map[string]statement.Form{
		"from statement.from.needed": {To: today.Add(-1)},
		"to statement.to.needed":     {From: x.first, To: today},
		"from statement.nothing":     {From: x.first.Add(-40), To: x.first.Add(-30)},
	} {
		if _, err := x.d.Make(ctx, x.lena(), x.who, f); key(err) != want {
			t.Errorf("%+v: %v, want %s", f, err, want)
		}
	}
	if _, err := x.d.Make(ctx, x.lena(), x.who, statement.Form{From: today.AddMonths(-7), To: today.Add(-1)}); key(err) != "to statement.to.needed" {
		t.Errorf("seven months: %v", err)
	}
	k := x.made()
	if err := x.said().Say(ctx, x.lena(), x.who, thing(k), "  ", false); key(err) != "words comment.needed" {
		t.Errorf("no words: %v", err)
	}
	if err := x.d.Show(ctx, x.lena(), x.who, k, 1, "seen"); key(err) != "how form.choose" {
		t.Errorf("seen in some other way: %v", err)
	}
	x.agrees()
	must(t, x.d.Show(ctx, x.lena(), x.who, k, 1, statement.AtTable))
	if err := x.d.Hand(ctx, x.lena(), x.who, k, 2, statement.HandForm{Zone: x.zone}); key(err) != "receiver statement.receiver.needed" {
		t.Errorf("to nobody: %v", err)
	}
	must(t, x.d.Drop(ctx, x.lena(), x.who, k, 2))
	if v, err := x.d.Open(ctx, x.lena(), x.who, access.Read); err != nil || len(v.List) != 0 {
		t.Errorf("taken away, and there is %v, %v", v.List, err)
	}
}
