package calendar_test

import (
	"slices"
	"testing"
	"time"

	"pgregory.net/rapid"

	"sluss/internal/calendar"
	"sluss/internal/clock"
	"sluss/internal/fault"
	"sluss/internal/i18n"
)

func TestDefaultRhythmIsFirstAndThirdTuesday(t *testing.T) {
	got := calendar.Rhythm{}.Dates(clock.Span{From: "2026-09-01", To: "2027-02-01"})
	want := []clock.Date{"2026-09-01", "2026-09-15", "2026-10-06", "2026-10-20", "2026-11-03", "2026-11-17", "2026-12-01", "2026-12-15",
		"2027-01-07", "2027-01-19"} // the first Tuesday of 2027 is Twelfth Night, and the day after is Epiphany
	if !slices.Equal(got, want) {
		t.Errorf("got %v\nwant %v", got, want)
	}
}

func TestStartMovesOffAClosedDay(t *testing.T) {
	for _, c := range []struct {
		why    string
		rhythm calendar.Rhythm
		span   clock.Span
		closed []clock.Span
		want   []clock.Date
	}{
		{"to the next day", calendar.Default, september, []clock.Span{{From: "2026-09-01", To: "2026-09-02"}}, []clock.Date{"2026-09-02", "2026-09-15"}},
		{"to the week after", calendar.Default, september, []clock.Span{{From: "2026-09-01", To: "2026-09-07"}}, []clock.Date{"2026-09-07", "2026-09-15"}},
		{"to another Tuesday when two weeks are closed", calendar.Default, september, []clock.Span{{From: "2026-09-01", To: "2026-09-14"}}, []clock.Date{"2026-09-15", "2026-09-22"}},
		{"from a day already taken", calendar.Rhythm{PerMonth: 2, Weekday: time.Tuesday, Weeks: []int{1, 2}}, september, []clock.Span{{From: "2026-09-01", To: "2026-09-08"}}, []clock.Date{"2026-09-08", "2026-09-09"}},
		{"backwards at the end of a month", calendar.Rhythm{PerMonth: 1, Weekday: time.Thursday, Weeks: []int{5}}, clock.Span{From: "2026-12-01", To: "2027-01-01"}, nil, []clock.Date{"2026-12-17"}},
		{"to the only open day", calendar.Default, september, []clock.Span{{From: "2026-09-01", To: "2026-09-30"}}, []clock.Date{"2026-09-30"}},
		{"nowhere in a closed month", calendar.Default, clock.Span{From: "2026-07-01", To: "2026-08-01"}, []clock.Span{{From: "2026-06-22", To: "2026-08-10"}}, nil},
	} {
		if got := c.rhythm.Dates(c.span, c.closed...); !slices.Equal(got, c.want) {
			t.Errorf("%s: %v, want %v", c.why, got, c.want)
		}
	}
}

var september = clock.Span{From: "2026-09-01", To: "2026-10-01"}

func TestSpanWithoutDaysHasNoStarts(t *testing.T) {
	for _, s := range []clock.Span{{}, {From: "2026-09-01", To: "2026-09-01"}, {From: "2026-09-02", To: "2026-09-01"}, {From: "2026-09-02", To: "2026-09-15"}} {
		if got := calendar.Default.Dates(s); got != nil {
			t.Errorf("%v: %v", s, got)
		}
	}
}

// anyClosed draws up to four closings of up to two months near the day.
func anyClosed(t *rapid.T, near clock.Date) []clock.Span {
	var closed []clock.Span
	for range rapid.IntRange(0, 4).Draw(t, "closings") {
		from := near.Add(rapid.IntRange(-60, 200).Draw(t, "from"))
		closed = append(closed, clock.Span{From: from, To: from.Add(rapid.IntRange(0, 62).Draw(t, "days"))})
	}
	return closed
}

func anyRhythm(t *rapid.T) calendar.Rhythm {
	weeks := rapid.SliceOfNDistinct(rapid.IntRange(1, 5), 0, 5, rapid.ID[int]).Draw(t, "weeks")
	return calendar.Rhythm{PerMonth: rapid.IntRange(1, 5).Draw(t, "permonth"), Weekday: time.Weekday(rapid.IntRange(1, 5).Draw(t, "weekday")), Weeks: weeks}
}

func openIn(month clock.Date, closed []clock.Span) int {
	n := 0
	for d := month; d < month.AddMonths(1); d = d.Add(1) {
		if isOpen(d, closed) {
			n++
		}
	}
	return n
}

func isOpen(d clock.Date, closed []clock.Span) bool {
	_, _, named := calendar.Holiday(d)
	shut := slices.ContainsFunc(closed, func(s clock.Span) bool { return s.From <= d && d < s.To })
	return !shut && !named && d.Weekday() != time.Sunday && d.Weekday() != time.Saturday
}

func TestEveryMonthHasItsStartsOnDifferentOpenDays(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		r := anyRhythm(t)
		first := clock.Date("2024-01-01").AddMonths(rapid.IntRange(0, 200).Draw(t, "month"))
		closed := anyClosed(t, first)
		dates := r.Dates(clock.Span{From: first, To: first.AddMonths(6)}, closed...)
		if !slices.IsSorted(dates) || len(slices.Compact(slices.Clone(dates))) != len(dates) {
			t.Fatalf("not in order, or twice: %v", dates)
		}
		count := map[clock.Date]int{}
		for _, d := range dates {
			if !isOpen(d, closed) {
				t.Fatalf("%s is closed", d)
			}
			count[d.Month()]++
		}
		for m := first; m < first.AddMonths(6); m = m.AddMonths(1) {
			if want := min(r.PerMonth, openIn(m, closed)); count[m] != want {
				t.Fatalf("%s has %d starts, want %d: %v", m, count[m], want, dates)
			}
		}
	})
}

func TestPartOfASpanHasTheSameStarts(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		r := anyRhythm(t)
		closed := anyClosed(t, "2026-01-01")
		from := clock.Date("2026-01-01").Add(rapid.IntRange(0, 300).Draw(t, "from"))
		part := clock.Span{From: from, To: from.Add(rapid.IntRange(0, 120).Draw(t, "days"))}
		whole := r.Dates(clock.Span{From: "2026-01-01", To: "2028-01-01"}, closed...)
		want := slices.DeleteFunc(whole, func(d clock.Date) bool { return !part.Holds(d) })
		if got := r.Dates(part, closed...); !slices.Equal(got, want) {
			t.Fatalf("got %v, want %v", got, want)
		}
	})
}

func TestRhythmIsChecked(t *testing.T) {
	if err := calendar.Default.Check(); err != nil {
		t.Error(err)
	}
	bad := calendar.Rhythm{PerMonth: 6, Weekday: time.Sunday, Weeks: []int{1, 1}}
	form := fault.Fields(bad.Check())
	if len(form) != 3 {
		t.Fatalf("got %v", bad.Check())
	}
	for _, f := range form {
		if !i18n.Get("sv").Has(f.Key) {
			t.Errorf("no text for %s", f.Key)
		}
	}
}

func FuzzHoliday(f *testing.F) {
	f.Add("2026-06-19", 2, 2, 1, 3)
	f.Fuzz(func(t *testing.T, s string, n, weekday, w1, w2 int) {
		d, err := clock.ParseDate(s)
		if err != nil || d > "9990" {
			return
		}
		if key, kind, ok := calendar.Holiday(d); ok != (key != "") || ok != (kind != 0) {
			t.Fatalf("%s: %s %d %v", d, key, kind, ok)
		}
		r := calendar.Rhythm{PerMonth: n, Weekday: time.Weekday(weekday), Weeks: []int{w1, w2}}
		if r.Check() == nil && len(r.Dates(clock.Span{From: d.Month(), To: d.Month().AddMonths(1)})) != n {
			t.Fatalf("%s %v", d, r)
		}
	})
}
