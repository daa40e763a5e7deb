package past

import (
	"context"
	"fmt"
	"slices"

	"sluss/internal/activity"
	"sluss/internal/clock"
	"sluss/internal/schedule"
)

// lesson is how one of the demo's activities comes back: how long, for how many, in which weeks of the cycle, and which
// of the free times it takes.
type lesson struct {
	name   string
	entry  schedule.Entry
	places int
	length int
	weeks  []int // of the cycle; 0 is every week
	pick   int
	by     string // who leads it, if they are free at any of the times
}

// The demo's cycle is of six weeks, and two of them are planned.
const cycle = 6

var lessons = []lesson{
	{"Samtalscirkeln", schedule.Rolling, 10, 90, []int{0}, 1, ""},
	{"Köket", schedule.Rolling, 8, 180, []int{0}, 4, ""},
	{"Jobbsök tillsammans", schedule.Rolling, 8, 120, []int{0}, 3, ""},
	{"Må bra i vardagen", schedule.Common, 6, 90, []int{1, 2, 3, 4}, 2, ""},
	{"Digital vardag", schedule.Rolling, 10, 120, []int{1, 3, 5}, 5, ""},
	{"Samtalscirkeln", schedule.Rolling, 10, 90, []int{2, 4, 6}, 0, ""},
	{"Stöd hela vägen till arbete", schedule.Rolling, 10, 60, []int{0}, 1, atBoth},
}

// weeksBack is how many weeks of the timetable lie behind.
const weeksBack = 3

// timetable plans two cycles ahead and some weeks back, on the day that those began.
func timetable(ctx context.Context, d day) error {
	a, err := d.as(ctx, d.leader)
	if err != nil {
		return err
	}
	types, err := activity.All(ctx, d.tx, a)
	if err != nil {
		return err
	}
	byName := map[string]activity.ID{}
	for _, t := range types {
		byName[t.In("sv").Name] = t.ID
	}
	desk, from := &schedule.Desk{Store: d.db()}, schedule.Week(d.today)
	for _, x := range lessons {
		r := schedule.Run{Activity: byName[x.name], Entry: x.entry, From: from, To: from.Add(7 * (2*cycle + weeksBack)), Weeks: cycle, Places: x.places}
		h, err := schedule.Enter(ctx, d.tx, a, clock.Span{From: r.From, To: r.To})
		if err != nil {
			return err
		}
		found := h.Find(r, x.length, 0)
		if len(found) == 0 {
			continue // nobody is free every week; the demo has one activity less in its schedule
		}
		var turns []schedule.Turn
		for _, w := range x.weeks {
			t := d.picked(x, found)
			t.Week = w
			turns = append(turns, t)
		}
		run, err := desk.Plan(ctx, a, r, turns)
		if err == nil && x.entry == schedule.Rolling { // one steps in at any time: everybody may know of it
			err = desk.Show(ctx, a, run, 1, true)
		}
		if err != nil {
			return fmt.Errorf("plan %s: %w", x.name, err)
		}
	}
	return nil
}

// picked is the time that a lesson takes of those that are free.
func (d day) picked(x lesson, found []schedule.Turn) schedule.Turn {
	led := func(t schedule.Turn) bool { return x.by == "" || slices.Contains(t.Leaders, d.place.Posts[x.by]) }
	if t := found[x.pick%len(found)]; led(t) {
		return t
	}
	return found[max(0, slices.IndexFunc(found, led))]
}

// disturb calls off one occasion of next week, and moves another's end.
func (d day) disturb(ctx context.Context) error {
	desk := &schedule.Desk{Store: d.db()}
	a, err := d.as(ctx, d.leader)
	if err != nil {
		return err
	}
	next := schedule.Week(d.today).Add(7)
	list, err := schedule.Occasions(ctx, d.tx, a, clock.Span{From: next, To: next.Add(7)})
	if err != nil || len(list) < 3 {
		return err
	}
	if err := desk.Cancel(ctx, a, list[2].ID, list[2].Version, false, "Vi är på studiebesök hos Återbruket."); err != nil {
		return err
	}
	o := list[0]
	m := schedule.Move{On: o.On, At: o.At, Until: clock.LocalTime(o.Until[:3] + "15"), Room: o.Room, Leaders: o.Leaders, Why: "Bussen går lite tidigare."}
	if m.Until <= m.At || m.Until >= o.Until {
		return nil
	}
	return desk.Move(ctx, a, o.ID, o.Version, m)
}
