// Package clock holds the four kinds of time: an instant, a date, a wall-clock time and a span of dates.
package clock

import (
	"errors"
	"time"
	_ "time/tzdata" // the zone must be known on a bare machine
)

// Epoch is 2020-01-01T00:00:00Z in milliseconds, where ids begin: early enough for a history of some years.
const Epoch = 1577836800000

// Forever is the last day of a span without an end.
const Forever Date = "9999-12-31"

// Stockholm is the zone of every wall-clock time.
var Stockholm = mustZone("Europe/Stockholm")

// Clock tells the time; tests and the demo's history bring their own.
type Clock func() time.Time

// System is the machine's clock.
func System() time.Time { return time.Now().Add(shift) }

// ahead is how far the machine's clock is put forward, as "48h". It is empty but where the program is linked to be tried as on another day.
var ahead string

var shift, _ = time.ParseDuration(ahead)

// Fixed is a clock that stands still.
func Fixed(t time.Time) Clock { return func() time.Time { return t } }

// Now is the instant of the clock.
func (c Clock) Now() Instant { return Instant(c().UnixMilli()) }

// Instant is milliseconds since 1970 in UTC.
type Instant int64

// Time is the instant in Stockholm.
func (i Instant) Time() time.Time { return time.UnixMilli(int64(i)).In(Stockholm) }

// Date is the day of the instant in Stockholm.
func (i Instant) Date() Date { return DateOf(i.Time()) }

// LocalTime is the wall-clock time of the instant in Stockholm.
func (i Instant) LocalTime() LocalTime { return LocalTime(i.Time().Format("15:04")) }

// Add gives the instant d later.
func (i Instant) Add(d time.Duration) Instant { return i + Instant(d.Milliseconds()) }

// Date is a day people mean, YYYY-MM-DD; it orders as text does, and "" is no date.
type Date string

// ErrDate tells that a text is not a date, or a date that is not in the calendar.
var ErrDate = errors.New("not a date")

// DateOf is the day of t in t's own zone.
func DateOf(t time.Time) Date { return Date(t.Format(time.DateOnly)) }

// ParseDate reads YYYY-MM-DD. ErrDate otherwise, also for 2026-02-30.
func ParseDate(s string) (Date, error) {
	if len(s) != len(time.DateOnly) {
		return "", ErrDate
	}
	if _, err := time.Parse(time.DateOnly, s); err != nil {
		return "", ErrDate
	}
	return Date(s), nil
}

// Time is midnight UTC of the day, for arithmetic on days; the zero time for "" and for what is no day. Pages ask for it
// thousands of times, so it is read without time.Parse.
func (d Date) Time() time.Time {
	if len(d) != len(time.DateOnly) || d[4] != '-' || d[7] != '-' {
		return time.Time{}
	}
	n := func(s Date) (n int) {
		for i := range len(s) {
			if s[i] < '0' || s[i] > '9' {
				return -1
			}
			n = 10*n + int(s[i]-'0')
		}
		return n
	}
	year, month, day := n(d[:4]), n(d[5:7]), n(d[8:])
	t := time.Date(year, time.Month(month), day, 0, 0, 0, 0, time.UTC)
	if year < 0 || t.Month() != time.Month(month) || t.Day() != day {
		return time.Time{}
	}
	return t
}

// Add gives the day n days later.
func (d Date) Add(days int) Date { return DateOf(d.Time().AddDate(0, 0, days)) }

// AddMonths gives the same day n months later, or the month's last day where it has no such day.
func (d Date) AddMonths(n int) Date {
	t := d.Time()
	first := time.Date(t.Year(), t.Month()+time.Month(n), 1, 0, 0, 0, 0, time.UTC)
	last := first.AddDate(0, 1, -1).Day()
	return DateOf(first.AddDate(0, 0, min(t.Day(), last)-1))
}

// Sub is the number of days from e to d.
func (d Date) Sub(e Date) int { return int(d.Time().Sub(e.Time()).Hours() / 24) }

// Weekday of the day.
func (d Date) Weekday() time.Weekday { return d.Time().Weekday() }

// Month is the first day of the date's month.
func (d Date) Month() Date { return d[:8] + "01" }

// At is the instant of the wall-clock time t on the day, in Stockholm.
func (d Date) At(t LocalTime) Instant {
	v, _ := time.ParseInLocation("2006-01-02 15:04", string(d)+" "+string(t), Stockholm)
	return Instant(v.UnixMilli())
}

// LocalTime is a wall-clock time, HH:MM; "" is no time.
type LocalTime string

// Hours are from when to when on a day.
type Hours struct{ At, Until LocalTime }

// ErrTime tells that a text is not a time of day.
var ErrTime = errors.New("not a time of day")

// ParseLocalTime reads HH:MM, also written HH.MM or H.MM. ErrTime otherwise.
func ParseLocalTime(s string) (LocalTime, error) {
	for _, layout := range []string{"15:04", "15.04"} {
		if t, err := time.Parse(layout, s); err == nil {
			return LocalTime(t.Format("15:04")), nil
		}
	}
	return "", ErrTime
}

// Minutes is how many minutes of the day have gone.
func (t LocalTime) Minutes() int {
	v, err := time.Parse("15:04", string(t))
	if err != nil {
		return 0
	}
	return v.Hour()*60 + v.Minute()
}

// Past tells whether a time of a day has come, of a clock that shows now. "" never comes.
func Past(on Date, at LocalTime, now Instant) bool {
	today := now.Date()
	return on < today || on == today && at != "" && at <= now.LocalTime()
}

// Add is the time so many minutes later, on the same clock face; "" stays "".
func (t LocalTime) Add(minutes int) LocalTime {
	v, err := time.Parse("15:04", string(t))
	if err != nil {
		return t
	}
	return LocalTime(v.Add(time.Duration(minutes) * time.Minute).Format("15:04"))
}

// Span is a half-open run of days: From is in it, To is not.
type Span struct{ From, To Date }

// Holds tells whether the day is in the span.
func (s Span) Holds(d Date) bool { return s.From <= d && d < s.To }

func mustZone(name string) *time.Location {
	l, err := time.LoadLocation(name)
	if err != nil {
		panic(err)
	}
	return l
}
