package flow

import (
	"fmt"
	"math/rand/v2"
	"sync"
	"testing"

	"sluss/internal/access"
	"sluss/internal/demo/demotest"
	"sluss/internal/fault"
	"sluss/internal/id"
	"sluss/internal/person"
	"sluss/internal/store"
	"sluss/internal/store/storetest"
	"sluss/internal/thread"
)

func figures(t testing.TB, w *demotest.World, worker string, unit id.Unit) Figures {
	t.Helper()
	f, err := (&Desk{Store: w.Store}).See(t.Context(), w.Actor(t, worker), unit, 24)
	must(t, err)
	lasting, _ := served.LoadOrStore(w.Store, &Desk{Store: w.Store})
	for range 2 {
		kept, err := lasting.(*Desk).See(t.Context(), w.Actor(t, worker), unit, 24)
		must(t, err)
		if fmt.Sprint(kept) != fmt.Sprint(f) {
			t.Errorf("a desk that has served before shows\n%v\na new one\n%v", kept, f)
		}
	}
	return f
}

// served are desks that keep what they have made while a test goes on, by store.
var served sync.Map

func TestTheFiguresAreTheSameClosedOrNot(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		w := demotest.New(t, s)
		unit := w.Place.Units["Vuxenslussen"]
		play(t, w, "karin", 60, 8, 8, 0)
		open := figures(t, w, "karin", unit)
		count(t, w)
		if closed := figures(t, w, "karin", unit); fmt.Sprint(open) != fmt.Sprint(closed) {
			t.Errorf("open:\n%v\nclosed:\n%v", open, closed)
		}
		who, _ := someone(t, w, unit, Waiting)
		tell(t, w, unit, who, planned{w.Now().Date().Add(-20), thread.Begun, "", 0})
		marked := figures(t, w, "karin", unit)
		if marked.Now().Steps[0] != open.Now().Steps[0]+1 {
			t.Error("an event in the past does not show before it is summed anew")
		}
		count(t, w)
		if counted := figures(t, w, "karin", unit); fmt.Sprint(marked) != fmt.Sprint(counted) {
			t.Errorf("marked:\n%v\ncounted:\n%v", marked, counted)
		}
	})
}

func TestMonthsHoldTogether(t *testing.T) {
	w := demotest.New(t, storetest.Open(t, storetest.SQLite(t)))
	unit := w.Place.Units["Vuxenslussen"]
	play(t, w, "karin", 80, 12, 6, 0)
	count(t, w)
	list, err := (&Desk{Store: w.Store}).Months(t.Context(), w.Actor(t, "karin"), unit, 24)
	must(t, err)
	if len(list) < 12 {
		t.Fatalf("%d months", len(list))
	}
	in := 0
	for _, m := range list {
		in += m.Arrived - m.Gone - m.Left()
		if got := m.InLine() + m.Inside(); got != in {
			t.Errorf("%s: %d wait or are in, %d have come and not left", m.Month, got, in)
		}
	}
}

func TestOnlyOwnFiguresAndForAHeadThoseOfTheAgency(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		w := demotest.New(t, s)
		own, other := w.Place.Units["Vuxenslussen"], w.Place.Units["Ungdomsslussen"]
		d := &Desk{Store: s}
		if _, err := d.See(t.Context(), w.Actor(t, "britt"), own, 24); err != nil {
			t.Error("the reception reads no figures:", err)
		}
		if _, err := d.People(t.Context(), w.Actor(t, "britt"), Ask{Unit: own, What: InLine}); !fault.Is(err, fault.Forbidden) {
			t.Error("the reception reads who is behind them:", err)
		}
		for _, c := range []struct {
			worker string
			unit   id.Unit
			want   func(error) bool
		}{
			{"lena", own, func(err error) bool { return err == nil }},
			{"lena", other, func(err error) bool { return fault.Is(err, fault.NotFound) }},
			{"omar", other, func(err error) bool { return err == nil }},
			{"omar", AllUnits, func(err error) bool { return err == nil }},
			{"omar", w.Place.Senders["Ekonomiskt bistånd"], func(err error) bool { return fault.Is(err, fault.NotFound) }},
		} {
			_, err := d.See(t.Context(), w.Actor(t, c.worker), c.unit, 24)
			_, lerr := d.People(t.Context(), w.Actor(t, c.worker), Ask{Unit: c.unit, What: InLine})
			if !c.want(err) || !c.want(lerr) {
				t.Errorf("%s at %v: %v, %v", c.worker, c.unit, err, lerr)
			}
		}
		if f := figures(t, w, "lena", AllUnits); len(f.Units) != 1 || f.Units[0].ID != own {
			t.Errorf("a coach's all is %v", f.Units)
		}
	})
}

// protect makes a record protected, as the register would tell, and marks the way.
func protect(t testing.TB, w *demotest.World, who id.Person) {
	t.Helper()
	must(t, w.Store.Write(t.Context(), func(tx *store.Tx) error {
		if _, err := tx.Exec(t.Context(), store.Q(`UPDATE person SET protected = 1 WHERE area_id = $1 AND person_id = $2`), w.Place.Area, who); err != nil {
			return err
		}
		return thread.Stale(t.Context(), tx, w.Place.Area, who, "", w.Now())
	}))
}

func TestProtectedPeopleAreNotCountedNorListed(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		w := demotest.New(t, s)
		unit := w.Place.Units["Vuxenslussen"]
		var people []id.Person
		for range 7 {
			people = append(people, w.Participant(t, "karin", "lena", "Anna", "Ek"))
		}
		w.Pass(40)
		count(t, w)
		if n := figures(t, w, "karin", unit).Now().Inside(); n != 7 {
			t.Fatalf("%d are in, want 7", n)
		}
		protect(t, w, people[3])
		for _, when := range []string{"marked", "counted"} {
			f := figures(t, w, "karin", unit)
			if f.Now().Inside() != 6 || f.Year.Arrived != 6 {
				t.Errorf("%s: %d are in and %d came, want 6", when, f.Now().Inside(), f.Year.Arrived)
			}
			count(t, w)
			same(t, w, when)
		}
		l, err := (&Desk{Store: s}).People(t.Context(), w.Actor(t, "karin"), Ask{Unit: unit, What: Inside})
		must(t, err)
		if l.Total != 6 || len(l.People) != 6 || l.Hidden {
			t.Errorf("the list holds %d of %d, hidden %v", len(l.People), l.Total, l.Hidden)
		}
	})
}

func TestAChangedSexIsCountedAnew(t *testing.T) {
	w := demotest.New(t, storetest.Open(t, storetest.SQLite(t)))
	unit := w.Place.Units["Vuxenslussen"]
	who := w.Participant(t, "karin", "lena", "Kim", "Ek")
	w.Pass(10)
	count(t, w)
	desk := &person.Desk{Store: w.Store}
	p, err := desk.Open(t.Context(), w.Actor(t, "lena"), who, access.Everything, access.ForContact)
	must(t, err)
	p.Sex = person.Woman
	must(t, desk.Change(t.Context(), w.Actor(t, "lena"), p, p.Version))
	if marks(t, w) != 1 {
		t.Error("the change is not marked")
	}
	count(t, w)
	same(t, w, "sex changed")
	for c := range table(t, w, unit, wholeDays) {
		if c.Sex != int(person.Woman) {
			t.Errorf("still counted as %d: %+v", c.Sex, c)
		}
	}
}

func TestTheListHoldsThoseBehindTheNumber(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		w := demotest.New(t, s)
		unit := w.Place.Units["Vuxenslussen"]
		play(t, w, "karin", 150, 9, 8, 0)
		f := figures(t, w, "karin", unit)
		m := f.Months[len(f.Months)-2]
		for _, c := range []struct {
			what  What
			month bool
			want  int
		}{{InQueue, false, f.Now().Waiting}, {OnWay, false, f.Now().OnWay}, {InLine, false, f.Now().InLine()}, {Inside, false, f.Now().Inside()},
			{InStep(2), false, f.Now().Steps[1]}, {InStep(2), true, m.Steps[1]}, {InQueue, true, m.Waiting}, {WhoCame, true, m.Arrived}, {WhoBegan, true, m.Began},
			{WhoCalled, true, m.Called}, {IntoStep(3), true, m.MovedOn[2]}, {ToWork, true, m.Work}, {ToWork, false, f.Year.Work}, {ToOther, false, f.Year.Other},
			{WhoBack, false, f.Year.Back}, {WhoGone, false, f.Year.Gone}, {WhoCame, false, f.Year.Arrived}} {
			q := Ask{Unit: unit, What: c.what}
			if c.month {
				q.Month = m.Month
			}
			if got := all(t, w, "karin", q); len(got) != c.want {
				t.Errorf("%s (by month %v): %d people, the number is %d", c.what, c.month, len(got), c.want)
			}
		}
	})
}

// all turns the pages of a list.
func all(t *testing.T, w *demotest.World, worker string, q Ask) (list []Listed) {
	t.Helper()
	for {
		l, err := (&Desk{Store: w.Store}).People(t.Context(), w.Actor(t, worker), q)
		must(t, err)
		list = append(list, l.People...)
		if !l.More {
			return list
		}
		q.After = l.Next
	}
}

func TestTheListShowsOnlyThoseOneMaySeeAndSaysSo(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		w := demotest.New(t, s)
		unit := w.Place.Units["Vuxenslussen"]
		var who []id.Person
		for range 5 {
			who = append(who, w.Participant(t, "karin", "lena", "Anna", "Ek"))
		}
		w.Pass(1) // what is taken back the day it began has never been
		must(t, s.Write(t.Context(), func(tx *store.Tx) error {
			return access.Untie(t.Context(), tx, w.Place.Area, who[2], unit, w.Now().Date(), w.Now())
		}))
		for worker, want := range map[string]int{"lena": 4, "omar": 5} {
			actor := w.Actor(t, worker)
			l, err := (&Desk{Store: s}).People(t.Context(), actor, Ask{Unit: unit, What: Inside})
			must(t, err)
			if len(l.People) != want || l.Total != 5 || l.Hidden != (want < 5) || l.People[0].Name != "Anna Ek" {
				t.Errorf("%s sees %d of %d, hidden %v", worker, len(l.People), l.Total, l.Hidden)
			}
			logged := 0
			_, shown := actor.Shown()
			for _, d := range shown {
				logged += len(d.People)
			}
			if logged != want {
				t.Errorf("%s was shown %d people, the log holds %d", worker, want, logged)
			}
		}
		if _, err := (&Desk{Store: s}).People(t.Context(), w.Actor(t, "lena"), Ask{Unit: unit, What: "stock"}); !fault.Is(err, fault.NotFound) {
			t.Errorf("an unknown number gives %v", err)
		}
	})
}

// The page's figures of 24 months, 1,000 people and 20,000 events, when all days are closed.
// BenchmarkSee is the figures of a unit with 20,000 people, the first time they are asked for and again.
func BenchmarkSee(b *testing.B) {
	w := demotest.New(b, storetest.Open(b, storetest.SQLite(b)))
	play(b, w, "karin", 200, 24, 22, 2)
	count(b, w)
	actor := w.Actor(b, "karin")
	crowd(b, w, actor.Unit(), 20_000)
	see := func(b *testing.B, d *Desk) {
		if _, err := d.See(b.Context(), actor, actor.Unit(), 24); err != nil {
			b.Fatal(err)
		}
	}
	b.Run("first", func(b *testing.B) {
		for b.Loop() {
			see(b, &Desk{Store: w.Store})
		}
	})
	b.Run("again", func(b *testing.B) {
		d := &Desk{Store: w.Store}
		for b.Loop() {
			see(b, d)
		}
	})
}

// crowd adds the sums of people who came over two years and waited some months, a fifth of them still.
func crowd(b *testing.B, w *demotest.World, unit id.Unit, people int) {
	b.Helper()
	r, today, n := rand.New(rand.NewPCG(1, 2)), w.Now().Date(), counts{}
	for range people {
		came := today.Add(-2 - r.IntN(728))
		c := cell{Unit: unit, Sex: r.IntN(sexes), Age: r.IntN(ageGroups), Kind: arrived, On: came, Code: "remiss"}
		n[c]++
		on := came.Add(30 + r.IntN(120))
		if c.On = on; on < today && r.IntN(5) > 0 {
			c.Kind, c.Code = began, string(came)
			n[c]++
		}
	}
	must(b, w.Store.Write(b.Context(), func(tx *store.Tx) error { return n.apply(b.Context(), tx, w.Place.Area) }))
}
