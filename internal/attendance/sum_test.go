package attendance_test

import (
	"slices"
	"testing"
	"time"

	"pgregory.net/rapid"

	"sluss/internal/attendance"
	"sluss/internal/clock"
	"sluss/internal/id"
	"sluss/internal/intake"
	"sluss/internal/outcome"
	"sluss/internal/place"
	"sluss/internal/schedule"
	"sluss/internal/store/storetest"
)

// TestTheSumIsTheOccasionsExpected lets weeks go by at random: people step in and out, rest and come back, lists are marked,
// put right and taken back, occasions are called off. At the end each person's facts add up to the occasions that they were
// expected at, counted from the lists alone.
func TestTheSumIsTheOccasionsExpected(t *testing.T) {
	const weeks = 5
	c := begin(t, storetest.Open(t, storetest.SQLite(t)), weeks)
	ends := c.Now().Date().Add(7 * weeks)
	rapid.Check(t, func(r *rapid.T) {
		for c.Now().Date() < ends || c.Now().Date().Weekday() != time.Monday {
			c.Pass(1)
		}
		c.rolls(weeks)
		ends = c.Now().Date().Add(7 * weeks)
		people, expected := []id.Person{c.joins("Anna", c.Now().Date()), c.joins("Bo", c.Now().Date().Add(8)), c.joins("Ceder", c.Now().Date())}, map[id.Person]int{}
		for range weeks {
			c.Pass(2) // the day after the occasion
			who := people[rapid.IntRange(0, len(people)-1).Draw(r, "who")]
			if rapid.IntRange(0, 5).Draw(r, "out") == 0 {
				c.stepsOut(who, c.Now().Date().Add(-rapid.IntRange(0, 1).Draw(r, "as of")))
			}
			if n := c.lately(); n >= 0 && rapid.IntRange(0, 5).Draw(r, "called off") > 0 {
				c.marks(r, n, expected)
			} else if n >= 0 {
				c.callsOff(n)
			}
			if rapid.IntRange(0, 5).Draw(r, "rest") == 0 {
				c.rests(who)
			}
			c.Pass(5)
		}
		for _, who := range people {
			sum, n := attendance.Add(c.view("lena", who).Times, c.Now()), 0
			for _, of := range sum.Of {
				n += of
			}
			if n != sum.Expected || sum.Expected != expected[who] {
				r.Fatalf("facts %d, expected %d, by the lists %d: %v", n, sum.Expected, expected[who], sum.Of)
			}
		}
	})
}

// lately is the occasion of yesterday; -1 for none, since the house was closed.
func (c circle) lately() int {
	return slices.IndexFunc(c.occasions(), func(o schedule.Occasion) bool { return o.On == c.Now().Date().Add(-1) })
}

// callsOff calls an occasion off as one could on its own day.
func (c circle) callsOff(n int) {
	o := c.occasions()[n]
	c.Pass(-1)
	must(c.t, (&schedule.Desk{Store: c.Store}).Cancel(c.t.Context(), c.Actor(c.t, "karin"), o.ID, o.Version, false, "Studiebesök"))
	c.Pass(1)
}

// marks marks the n:th list by chance, perhaps twice, perhaps taken back, and counts who was expected.
func (c circle) marks(r *rapid.T, n int, expected map[id.Person]int) {
	for range rapid.IntRange(0, 2).Draw(r, "markings") {
		marks := map[id.Person]attendance.Mark{}
		for _, g := range c.list("lena", n).Guests {
			marks[g.Person] = rapid.SampledFrom(append([]attendance.Mark{attendance.Unmarked}, attendance.Marks...)).Draw(r, "mark")
		}
		c.take(n, marks)
		if l := c.list("lena", n); l.Done && rapid.IntRange(0, 3).Draw(r, "undo") == 0 {
			must(c.t, c.d.Undo(c.t.Context(), c.Actor(c.t, "lena"), l.Occasion.ID, l.Version))
		}
	}
	for _, g := range c.list("lena", n).Guests {
		if !g.Resting || g.Mark != attendance.Unmarked {
			expected[g.Person]++
		}
	}
}

func (c circle) stepsOut(who id.Person, on clock.Date) {
	d := &place.Desk{Store: c.Store}
	v, err := d.Open(c.t.Context(), c.Actor(c.t, "lena"), who)
	must(c.t, err)
	if p := v.Places[0]; p.To == "" && p.From <= on {
		must(c.t, d.StepOut(c.t.Context(), c.Actor(c.t, "lena"), who, p.ID, p.Version, on, ""))
	}
}

// rests begins a pause, or ends one.
func (c circle) rests(who id.Person) {
	d, lena, ctx := &outcome.Desk{Store: c.Store}, c.Actor(c.t, "lena"), c.t.Context()
	x, err := d.Open(ctx, lena, who)
	must(c.t, err)
	if x.Enrolment.State == intake.Paused {
		must(c.t, d.Resume(ctx, lena, who, x.Enrolment.Version))
		return
	}
	must(c.t, d.Pause(ctx, lena, who, outcome.PauseForm{Version: x.Enrolment.Version, Reason: "sick", ExpectedOn: lena.Today().Add(20)}))
}
