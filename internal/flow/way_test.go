package flow

import (
	"fmt"
	"testing"

	"pgregory.net/rapid"

	"sluss/internal/clock"
	"sluss/internal/thread"
)

const first clock.Date = "2026-01-05"

// moves tells a way in short: "0 outside>waiting arrived".
func moves(events []Event) (list []string) {
	for _, c := range Follow(events) {
		list = append(list, fmt.Sprintf("%d %s>%s %s", c.On.Sub(first), c.From, c.To, c.What))
	}
	return list
}

func TestAWayIsFollowedStepByStep(t *testing.T) {
	at := func(day int, k thread.Kind, code string) Event {
		return Event{On: first.Add(day), Kind: k, Code: code, Ref: 1}
	}
	for _, c := range []struct {
		name   string
		events []Event
		want   []string
	}{
		{"the normal road", []Event{at(0, thread.Referred, "remiss"), at(9, thread.Called, ""), at(20, thread.Present, ""), at(21, thread.Booked, "group"),
			at(30, thread.Begun, ""), at(60, thread.StepMoved, "2"), at(90, thread.Left, "work")},
			[]string{"0 >waiting arrived", "9 waiting>called called", "20 called>present ", "21 present>booked ", "30 booked>step1 began", "60 step1>step2 moved", "90 step2> left"}},
		{"back in the queue after a call", []Event{at(0, thread.Referred, "egen"), at(3, thread.Called, ""), at(5, thread.Absent, ""), at(6, thread.Uncalled, ""), at(9, thread.Called, "")},
			[]string{"0 >waiting arrived", "3 waiting>called called", "6 called>waiting ", "9 waiting>called called"}},
		{"struck from the list by mistake", []Event{at(0, thread.Referred, "egen"), at(3, thread.Called, ""), at(5, thread.Uncalled, ""), at(6, thread.Called, thread.Undone)},
			[]string{"0 >waiting arrived", "3 waiting>called called", "5 called>waiting ", "6 waiting>called "}},
		{"a no waits again, until it is a yes", []Event{at(0, thread.Referred, "egen"), at(3, thread.Called, ""), at(5, thread.Answered, "no"), at(6, thread.Answered, "yes")},
			[]string{"0 >waiting arrived", "3 waiting>called called", "5 called>waiting ", "6 waiting>called "}},
		{"an exit in a pause taken back", []Event{at(0, thread.Begun, ""), at(2, thread.Paused, ""), at(4, thread.Left, "other:moved"), at(8, thread.ExitUndone, "")},
			[]string{"0 >waiting arrived", "0 waiting>step1 began", "2 step1>paused ", "8 paused>step1 "}},
		{"a pause keeps the step", []Event{at(0, thread.Begun, ""), at(4, thread.StepMoved, "2"), at(5, thread.Paused, ""), at(9, thread.Resumed, "")},
			[]string{"0 >waiting arrived", "0 waiting>step1 began", "4 step1>step2 moved", "5 step2>paused ", "9 paused>step2 "}},
		{"an exit taken back never was", []Event{at(0, thread.Begun, ""), at(4, thread.Left, "work"), at(8, thread.ExitUndone, ""), at(9, thread.StepMoved, "2"), at(20, thread.Left, "studies")},
			[]string{"0 >waiting arrived", "0 waiting>step1 began", "9 step1>step2 moved", "20 step2> left"}},
		{"what does not fit changes nothing", []Event{at(0, thread.StepMoved, "2"), at(1, thread.Left, "work"), at(2, thread.Referred, "egen"), at(3, thread.Referred, "egen"), at(4, thread.Paused, "")},
			[]string{"2 >waiting arrived"}},
		{"left the line", []Event{at(0, thread.Referred, "egen"), at(3, thread.Withdrawn, "")}, []string{"0 >waiting arrived", "3 waiting> gone"}},
	} {
		for i := range c.events {
			c.events[i].ID = thread.ID(i + 1)
		}
		if got := moves(c.events); fmt.Sprint(got) != fmt.Sprint(c.want) {
			t.Errorf("%s:\n got %q\nwant %q", c.name, got, c.want)
		}
	}
}

func TestAReturnWithinAYearIsANewArrival(t *testing.T) {
	for _, c := range []struct {
		days int
		back string
	}{{30, "work"}, {364, "work"}, {366, ""}} {
		w := Follow([]Event{{1, first, thread.Begun, "", 1}, {2, first.Add(50), thread.Left, "work", 1}, {3, first.Add(50 + c.days), thread.Referred, "remiss+return", 2}})
		last := w[len(w)-1]
		if last.What != arrived || last.Back != c.back || last.Arrived != first.Add(50+c.days) {
			t.Errorf("after %d days: %+v", c.days, last)
		}
	}
}

var anyKind = rapid.SampledFrom([]thread.Kind{thread.Referred, thread.Redirected, thread.Withdrawn, thread.Called, thread.Present, thread.Absent, thread.Uncalled,
	thread.Booked, thread.Begun, thread.StepMoved, thread.Paused, thread.Resumed, thread.Left, thread.ExitUndone, thread.Met, thread.Answered, thread.CallMoved})

var anyEvents = rapid.Custom(func(t *rapid.T) (list []Event) {
	for i := range rapid.IntRange(0, 25).Draw(t, "events") {
		list = append(list, Event{ID: thread.ID(i + 1), On: first.Add(rapid.IntRange(0, 400).Draw(t, "day")), Kind: anyKind.Draw(t, "kind"),
			Code: rapid.SampledFrom([]string{"", "1", "2", "3", "work", "no", "yes"}).Draw(t, "code"), Ref: int64(rapid.IntRange(1, 3).Draw(t, "ref"))})
	}
	return list
})

// Whatever is written on the threads, on every day as many have arrived as wait, are in and have left.
func TestPeopleAreConservedOnEveryDay(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		n := counts{}
		for i := range rapid.IntRange(1, 8).Draw(t, "people") {
			n.add(way{person: 1, sex: i % 3, birthYear: 1950 + 7*i, events: anyEvents.Draw(t, "events")}, func(clock.Date) bool { return true })
		}
		came, out := 0, 0
		stocks := map[cell]int{}
		for day := first; day <= first.Add(401); day = day.Add(1) {
			for c, v := range n {
				if c.On != day {
					continue
				}
				switch c.Kind {
				case arrived:
					came += v
				case left, gone:
					out += v
				case stock:
					stocks[cell{Code: c.Code, Sex: c.Sex, Age: c.Age}] += v
				}
			}
			in := 0
			for c, v := range stocks {
				if v < 0 {
					t.Fatalf("%s: %d in %+v", day, v, c)
				}
				in += v
			}
			if came != in+out {
				t.Fatalf("%s: %d came, %d are in or wait, %d left", day, came, in, out)
			}
		}
	})
}

func TestTheOrderOfWritingDoesNotMatterBetweenDays(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		list := anyEvents.Draw(t, "events")
		shuffled := rapid.Permutation(list).Draw(t, "shuffled")
		if a, b := fmt.Sprint(Follow(list)), fmt.Sprint(Follow(shuffled)); a != b {
			t.Fatalf("read in another order:\n%s\n%s", a, b)
		}
	})
}
