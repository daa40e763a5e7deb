package schedule_test

import (
	"testing"
	"time"

	"sluss/internal/clock"
	"sluss/internal/schedule"
	"sluss/internal/store"
	"sluss/internal/store/storetest"
)

// TestWhereItIsSaidToFitItCanBeMovedAndNowhereElse picks an occasion up in a week with something else in the way, and puts it down in every
// part of every day.
func TestWhereItIsSaidToFitItCanBeMovedAndNowhereElse(t *testing.T) {
	s := storetest.Open(t, storetest.SQLite(t))
	p := planted(t, s)
	ctx, karin := t.Context(), p.Actor(t, "karin")
	monday := karin.Today().Add(7)
	must(t, p.Org.Close(ctx, p.Actor(t, "omar"), monday.Add(4), monday.Add(4), "Planeringsdag"))
	for _, x := range []schedule.Turn{p.turn(time.Tuesday, "09:00", "11:00", "Sal Bryggan", "lena"), p.turn(time.Wednesday, "08:00", "09:30", "Sal Bryggan", "samar"),
		p.turn(time.Thursday, "12:00", "14:00", "Rum 4", "lena")} {
		r := p.six()
		if x.Room == p.rooms["Rum 4"] {
			r.Places = 4
		}
		_, err := p.d.Plan(ctx, karin, r, []schedule.Turn{x})
		must(t, err)
	}
	find := func() (o schedule.Occasion) {
		for _, x := range p.occasions(t, 14) {
			if x.On >= monday && x.On < monday.Add(7) && x.At == "09:00" && x.On.Weekday() == time.Tuesday {
				o = x
			}
		}
		return o
	}
	o := find()
	var all map[clock.Date][]schedule.Spot
	must(t, s.Read(ctx, func(tx *store.Tx) (err error) {
		all, err = schedule.Spots(ctx, tx, karin, o, clock.Span{From: monday, To: monday.Add(5)}, []schedule.Span{{At: "00:00", Until: "10:00"}, {At: "12:00", Until: "14:00"}})
		return err
	}))
	said := map[bool]int{}
	for on, spots := range all {
		for n, x := range spots {
			err := p.d.Move(ctx, karin, o.ID, find().Version, schedule.Move{On: on, At: x.At, Until: x.Until, Room: o.Room, Leaders: o.Leaders, Why: "Ett försök"})
			if got := kinds(err); (err == nil) != (len(x.Clashes) == 0) || len(x.Clashes) > 0 && got == nil {
				t.Errorf("%s part %d, %s: said %v, moving it gives %v", on, n, x.At, x.Clashes, err)
			}
			said[err == nil]++
			if err == nil {
				must(t, p.d.Undo(ctx, karin, last(t, p).ID))
			}
		}
	}
	if said[true] != 7 || said[false] != 3 { // shut on Friday; Lena leads something else on Thursday from twelve to two
		t.Errorf("free and taken: %v", said)
	}
	if got := all[monday.Add(2)][0]; got.At != "09:30" {
		t.Errorf("on Wednesday morning, when somebody else has the room until half past nine: %+v", got)
	}
	if got := all[monday][0]; got.At != o.At || got.Until != o.Until {
		t.Errorf("on a free morning its own time is said first: %+v", got)
	}
}

func last(t *testing.T, p plant) (c schedule.Change) {
	t.Helper()
	must(t, p.Store.Read(t.Context(), func(tx *store.Tx) error {
		list, err := schedule.Latest(t.Context(), tx, p.Actor(t, "karin"), 0, 1)
		c = list[0]
		return err
	}))
	return c
}
