package flow

import (
	"math/rand/v2"
	"os"
	"testing"

	"sluss/internal/access"
	"sluss/internal/clock"
	"sluss/internal/demo/demotest"
	"sluss/internal/id"
	"sluss/internal/org"
	"sluss/internal/person"
	"sluss/internal/referral"
	"sluss/internal/store"
	"sluss/internal/store/storetest"
	"sluss/internal/thread"
)

func TestMain(m *testing.M) { os.Exit(storetest.Main(m)) }

// planned is an event of an invented way.
type planned struct {
	On   clock.Date
	Kind thread.Kind
	Code string
	Ref  int64
}

// player invents ways: a queue that is called in order to two starts a month, three steps, ways out and returns.
type player struct {
	r      *rand.Rand
	today  clock.Date
	starts []clock.Date
	free   []int
	busy   int // events that move nobody, for each month in a step
}

func newPlayer(today clock.Date, months, calls, busy int) *player {
	p := &player{r: rand.New(rand.NewPCG(1, 2)), today: today, busy: busy}
	for d := today.AddMonths(-months); d <= today.Add(30); d = d.Add(15) {
		p.starts, p.free = append(p.starts, d), append(p.free, calls)
	}
	return p
}

func (p *player) days(mean int) int { return 1 + int(p.r.ExpFloat64()*float64(mean)) }

// way gives the events of somebody who came on a day, without the referral itself; again adds those of a return.
func (p *player) way(came clock.Date, ref int64) (list []planned, back clock.Date) {
	if p.r.IntN(100) < 7 {
		return p.until([]planned{{came.Add(p.days(30)), thread.Withdrawn, "", ref}}), ""
	}
	at := p.seat(came)
	if at == "" {
		return nil, ""
	}
	list = append(list, planned{at.Add(-10), thread.Called, "", ref}, planned{at, thread.Present, "", ref},
		planned{at.Add(1), thread.Booked, "group", ref})
	on := at.Add(4 + p.r.IntN(14))
	list = append(list, planned{on, thread.Begun, "", ref})
	for step, mean := range []int{40, 70, 45} {
		to := on.Add(10 + p.days(mean))
		for d := on.Add(3); d < to && p.busy > 0; d = d.Add(30 / p.busy) {
			list = append(list, planned{d, thread.Met, "", 0})
		}
		on = to
		if p.r.IntN(100) < 9 {
			break
		}
		if step < 2 {
			list = append(list, planned{on, thread.StepMoved, string(rune('2' + step)), 0})
		}
		if p.r.IntN(100) < 10 {
			list = append(list, planned{on.Add(2), thread.Paused, "", 0}, planned{on.Add(20), thread.Resumed, "", 0})
			on = on.Add(20)
		}
	}
	reason := []string{"work", "work", "work", "work", "work", "studies", "studies", "studies", "moved", "health"}[p.r.IntN(10)]
	list = append(list, planned{on, thread.Left, reason, ref})
	if p.r.IntN(100) < 14 {
		back = on.Add(40 + p.r.IntN(250))
	}
	return p.until(list), back
}

// seat takes the next start with room.
func (p *player) seat(came clock.Date) clock.Date {
	for i, d := range p.starts {
		if d >= came.Add(12) && p.free[i] > 0 {
			p.free[i]--
			return d
		}
	}
	return ""
}

func (p *player) until(list []planned) []planned {
	for i, e := range list {
		if e.On > p.today {
			return list[:i]
		}
	}
	return list
}

// play fills the worker's unit with invented people over months up to today and gives how many events were written.
func play(t testing.TB, w *demotest.World, worker string, people, months, calls, busy int) (events int) {
	t.Helper()
	today := w.Now().Date()
	p := newPlayer(today, months, calls, busy)
	first := today.AddMonths(-months)
	total := today.Sub(first)
	w.Pass(-total)
	at := 0
	actor := w.Actor(t, worker)
	for i := range people {
		day := i * total / people
		if day > at {
			w.Pass(day - at)
			at = day
			actor = w.Actor(t, worker)
		}
		events += p.one(t, w, actor, i)
	}
	w.Pass(total - at)
	return events
}

func (p *player) one(t testing.TB, w *demotest.World, actor *access.Actor, i int) (events int) {
	t.Helper()
	came := actor.Today()
	must(t, w.Store.Write(t.Context(), func(tx *store.Tx) error {
		ref, who, err := referral.Receive(t.Context(), tx, actor, referral.Form{Person: person.Person{
			Identity: person.Identity{Given: "Person", Family: "Nummer", BirthYear: 1962 + p.r.IntN(44), Sex: person.Sex(1 + p.r.IntN(2))},
			Contact:  person.Contact{Phone: "070-174 06 21"}}, Kind: referral.Kinds[p.r.IntN(4)], Reason: "work",
			ReceivedOn: came, Agency: w.Place.Agencies[org.KindMunicipality]})
		if err != nil {
			return err
		}
		list, back := p.way(came, int64(ref))
		if back != "" && back <= p.today {
			more, _ := p.way(back, int64(ref)+1)
			list = append(append(list, planned{back, thread.Referred, "remiss+return", int64(ref) + 1}), more...)
		}
		events = 1 + len(list)
		return write(t, tx, actor, who, list)
	}))
	return events
}

func write(t testing.TB, tx *store.Tx, actor *access.Actor, who id.Person, list []planned) error {
	for _, e := range list {
		if err := thread.Write(t.Context(), tx, actor.Area(), thread.Event{Person: who, On: e.On, At: e.On.At("12:00"), Kind: e.Kind, Code: e.Code,
			Unit: actor.Unit(), Post: actor.Post(), Ref: e.Ref}); err != nil {
			return err
		}
	}
	return nil
}

func must(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}
