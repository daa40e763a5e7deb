package attendance_test

import (
	"testing"

	"sluss/internal/attendance"
	"sluss/internal/fault"
	"sluss/internal/store"
	"sluss/internal/store/storetest"
)

func TestWhoAnswersTheTelephoneNotesThatSomebodyCannotComeAndLearnsNoMore(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		c := begin(t, s, 6)
		who := c.joins("Samira", c.Now().Date())
		k, ctx := c.occasions()[0].ID, t.Context()
		front := func() attendance.View {
			v, err := c.d.Front(ctx, c.Actor(t, "britt"), who)
			must(t, err)
			return v
		}
		v := front()
		if len(v.Times) != 2 || v.Person.Phone == "" || v.Types[c.x].In("sv").Name != "Samtalscirkeln" || v.Times[0].Resting {
			t.Fatalf("the entrance sees %+v", v)
		}
		if _, err := c.d.Open(ctx, c.Actor(t, "britt"), who); !fault.Is(err, fault.NotFound) {
			t.Errorf("the page of those who work with the person: %v", err)
		}
		for range 2 { // pressed twice
			must(t, c.d.Rang(ctx, c.Actor(t, "britt"), who, k, false))
		}
		if w := front().Times[0].Word; w == nil || !w.Ahead || w.By != c.Place.Posts["britt"] || w.Excuse != (attendance.Excuse{}) {
			t.Errorf("rung: %+v", w)
		}
		if w := c.mine(who).Times[0].Word; w == nil || w.Excuse != (attendance.Excuse{}) {
			t.Errorf("the person sees %+v", w)
		}
		must(t, c.d.Rang(ctx, c.Actor(t, "britt"), who, k, true))
		if w := front().Times[0].Word; w != nil {
			t.Errorf("comes after all: %+v", w)
		}
		me := c.Themself(t, who)
		must(t, c.d.TellOwn(ctx, me, k, attendance.Excuse{Ill: true, Why: "feber"}))
		must(t, c.d.Rang(ctx, c.Actor(t, "britt"), who, k, false))
		if w := front().Times[0].Word; w == nil || w.Ill || w.Why != "" {
			t.Errorf("why is seen in the entrance: %+v", w)
		}
		if w := c.mine(who).Times[0].Word; w == nil || w.Why != "feber" {
			t.Errorf("what the person told themself is gone: %+v", w)
		}
		if err := c.d.Rang(ctx, c.Actor(t, "petra"), who, k, false); !fault.Is(err, fault.NotFound) {
			t.Errorf("another unit's: %v", err)
		}
		other := c.Participant(t, "karin", "lena", "Nils", "Ek")
		if err := c.d.Rang(ctx, c.Actor(t, "britt"), other, k, false); !fault.Is(err, fault.NotFound) {
			t.Errorf("one who has no place there: %v", err)
		}
	})
}
