package schedule_test

import (
	"testing"
	"time"

	"sluss/internal/clock"
	"sluss/internal/fault"
	"sluss/internal/schedule"
	"sluss/internal/store"
	"sluss/internal/store/storetest"
)

// shuts are the closed spans that something is planned in.
func (p plant) shuts(t testing.TB) (list []schedule.Shut) {
	t.Helper()
	must(t, p.Store.Read(t.Context(), func(tx *store.Tx) (err error) {
		list, err = schedule.Shuts(t.Context(), tx, p.Actor(t, "karin"))
		return err
	}))
	return list
}

// off counts the occasions that are called off.
func (p plant) off(t testing.TB) (days []clock.Date) {
	t.Helper()
	for _, o := range p.occasions(t, 60) {
		if o.State == schedule.Cancelled {
			days = append(days, o.On)
		}
	}
	return days
}

// TestWhatWasPlannedBeforeAPeriodIsClosedIsCalledOffInOneActAndTakenBackInOne: seen as soon as it is closed, called off with the name of
// the period, once, told to each who leads once; nothing outside it is touched, and the run goes on after it as before.
func TestWhatWasPlannedBeforeAPeriodIsClosedIsCalledOffInOneActAndTakenBackInOne(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		p := planted(t, s)
		run, err := p.d.Plan(t.Context(), p.Actor(t, "karin"), p.six(), []schedule.Turn{p.turn(time.Tuesday, "13:00", "15:00", "Sal Bryggan", "lena"),
			p.turn(time.Thursday, "09:00", "11:00", "Sal Bryggan", "lena", "samar")})
		must(t, err)
		first := p.Now().Date().Add(7)
		must(t, p.Org.Close(t.Context(), p.Actor(t, "omar"), first, first.Add(11), "Höstlov"))
		list := p.shuts(t)
		if len(list) != 1 || list[0].Planned != 4 || list[0].Name != "Höstlov" {
			t.Fatalf("still planned in closed spans: %+v", list)
		}
		x := list[0]
		if err := p.d.CancelShut(t.Context(), p.Actor(t, "britt"), x.ID, x.Version); !fault.Is(err, fault.Forbidden) {
			t.Errorf("by the reception: %v", err)
		}
		if err := p.d.CancelShut(t.Context(), p.Actor(t, "karin"), x.ID, x.Version+1); !fault.Is(err, fault.Conflict) {
			t.Errorf("of a span that was changed: %v", err)
		}
		must(t, p.d.CancelShut(t.Context(), p.Actor(t, "karin"), x.ID, x.Version))
		if err := p.d.CancelShut(t.Context(), p.Actor(t, "karin"), x.ID, x.Version); !fault.Is(err, fault.Conflict) {
			t.Errorf("called off twice: %v", err)
		}
		if off := p.off(t); len(off) != 4 || off[0] != first.Add(1) || off[3] != first.Add(10) || len(p.shuts(t)) != 0 {
			t.Errorf("called off: %v; still planned: %v", off, p.shuts(t))
		}
		for _, who := range []string{"lena", "samar"} {
			c := p.unseen(t, who)
			if len(c) != 1 || c[0].Kind != schedule.ForClosed || c[0].Why != "Höstlov" || c[0].Of != 4 {
				t.Errorf("%s hears %+v", who, c)
			}
		}
		must(t, p.d.Undo(t.Context(), p.Actor(t, "karin"), p.unseen(t, "lena")[0].ID))
		if off, again := p.off(t), p.shuts(t); len(off) != 0 || len(again) != 1 || again[0].Planned != 4 {
			t.Errorf("taken back: %v are called off, planned %+v", off, again)
		}
		must(t, p.d.CancelShut(t.Context(), p.Actor(t, "karin"), x.ID, x.Version))
		must(t, p.d.Extend(t.Context(), p.Actor(t, "karin"), run, 1, p.six().To.Add(6)))
		if n := len(p.occasions(t, 49)); n != 14 {
			t.Errorf("%d occasions once the run goes on for a week", n)
		}
	})
}

func TestWhatHasBegunIsNotCalledOffWhenTheDayIsClosed(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		p := planted(t, s)
		_, err := p.d.Plan(t.Context(), p.Actor(t, "karin"), p.six(), []schedule.Turn{p.turn(time.Monday, "08:00", "08:30", "Sal Bryggan", "lena"),
			p.turn(time.Monday, "16:00", "16:30", "Sal Bryggan", "lena")})
		must(t, err)
		today := p.Now().Date()
		must(t, p.Org.Close(t.Context(), p.Actor(t, "omar"), today, today, "Vattenläcka"))
		x := p.shuts(t)[0]
		must(t, p.d.CancelShut(t.Context(), p.Actor(t, "karin"), x.ID, x.Version))
		for _, o := range p.occasions(t, 1) {
			if begun := o.At == "08:00"; (o.State == schedule.Planned) != begun {
				t.Errorf("at %s it is %s; it is %s now", o.At, o.State, p.Now().LocalTime())
			}
		}
	})
}
