package calendar

import (
	"cmp"
	"slices"
	"time"

	"sluss/internal/clock"
	"sluss/internal/fault"
)

// Rhythm is how often group starts come: so many a month, on a weekday in chosen weeks of the month. Week 1 is that of
// the month's first such weekday; week 5 means the last where there are only four. The zero Rhythm is Default.
type Rhythm struct {
	PerMonth int          // 1 to 5
	Weekday  time.Weekday // Monday to Friday
	Weeks    []int        // 1 to 5; the first PerMonth count, and lacking ones are filled in from the start of the month
}

// Default is a start on the first and on the third Tuesday of each month.
var Default = Rhythm{PerMonth: 2, Weekday: time.Tuesday, Weeks: []int{1, 3}}

// Check tells what is wrong with a rhythm, as a form's faults: its number, its weekday or its weeks.
func (r Rhythm) Check() error {
	var form fault.Form
	if r.PerMonth < 1 || r.PerMonth > 5 {
		form.Add("permonth", "calendar.rhythm.permonth")
	}
	if r.Weekday < time.Monday || r.Weekday > time.Friday {
		form.Add("weekday", "calendar.rhythm.weekday")
	}
	for i, w := range r.Weeks {
		if w < 1 || w > 5 || slices.Contains(r.Weeks[:i], w) {
			form.Add("weeks", "calendar.rhythm.weeks")
			break
		}
	}
	return form.Err()
}

// Dates gives the planned dates in the span, in order. Each month has PerMonth of them, or as many as it has open days
// when those are fewer: none only when a summer closing takes the whole month. No two are on the same day.
//
// A day is open when offices are open all day (so not on the eves that close at two) and no closed span holds it. A date
// that is not open moves to the next open day of its week or of the week after; if there is none left in the month, to
// the same weekday of another week without a start; if there is none, to the nearest open day of the month.
func (r Rhythm) Dates(span clock.Span, closed ...clock.Span) []clock.Date {
	if r.PerMonth == 0 {
		r = Default
	}
	var dates []clock.Date
	if span.From == "" || span.From >= span.To {
		return nil
	}
	for m := span.From.Month(); m < span.To; m = m.AddMonths(1) {
		for _, d := range r.month(m, closed) {
			if span.Holds(d) {
				dates = append(dates, d)
			}
		}
	}
	return dates
}

// month plans the month that begins on first.
func (r Rhythm) month(first clock.Date, closed []clock.Span) []clock.Date {
	open := openDays(first, closed)
	var taken, moved []clock.Date
	for _, d := range r.wanted(first) {
		if slices.Contains(open, d) {
			taken = append(taken, d)
		} else {
			moved = append(moved, d)
		}
	}
	for _, d := range moved {
		if to, ok := r.move(d, open, taken); ok {
			taken = append(taken, to)
		}
	}
	slices.Sort(taken)
	return taken
}

// wanted gives the dates of the rhythm before any is moved, at most five, all different.
func (r Rhythm) wanted(first clock.Date) []clock.Date {
	var all []clock.Date
	for d := first; d.Month() == first; d = d.Add(1) {
		if d.Weekday() == r.Weekday {
			all = append(all, d)
		}
	}
	var dates []clock.Date
	for _, w := range append(slices.Clone(r.Weeks), 1, 2, 3, 4, 5) {
		d := all[min(max(w, 1), len(all))-1]
		if len(dates) < r.PerMonth && !slices.Contains(dates, d) {
			dates = append(dates, d)
		}
	}
	// Five a month in a month of four such weekdays: the fifth is wanted on the month's last day, and moves from there.
	for d := first.AddMonths(1).Add(-1); len(dates) < min(r.PerMonth, 5); d = d.Add(-1) {
		if !slices.Contains(dates, d) {
			dates = append(dates, d)
		}
	}
	return dates
}

// openDays gives the days of the month that are open all day and in no closed span.
func openDays(first clock.Date, closed []clock.Span) []clock.Date {
	var days []clock.Date
	for d := first; d.Month() == first; d = d.Add(1) {
		if Full(d) && !slices.ContainsFunc(closed, func(s clock.Span) bool { return s.Holds(d) }) {
			days = append(days, d)
		}
	}
	return days
}

// move finds another day for d among the open days that no start has taken.
func (r Rhythm) move(d clock.Date, open, taken []clock.Date) (clock.Date, bool) {
	free := slices.DeleteFunc(slices.Clone(open), func(o clock.Date) bool { return slices.Contains(taken, o) })
	if len(free) == 0 {
		return "", false
	}
	end := monday(d).Add(14)
	for _, o := range free {
		if o > d && o < end {
			return o, true
		}
	}
	slices.SortStableFunc(free, func(a, b clock.Date) int { return cmp.Compare(distance(a, d), distance(b, d)) })
	for _, o := range free {
		if o.Weekday() == r.Weekday && !slices.ContainsFunc(taken, func(t clock.Date) bool { return monday(t) == monday(o) }) {
			return o, true
		}
	}
	return free[0], true
}

// monday is the Monday of the day's week.
func monday(d clock.Date) clock.Date { return d.Add(-(int(d.Weekday()) + 6) % 7) }

func distance(a, b clock.Date) int { return max(a.Sub(b), b.Sub(a)) }
