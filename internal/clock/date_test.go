package clock

import (
	"testing"
	"time"
)

func TestTimeOfADayIsWhatTheCalendarSays(t *testing.T) {
	for _, s := range []string{"2024-02-29", "2023-02-29", "2026-11-22", "9999-12-31", "0001-01-01", "0000-01-01", "2026-13-01", "2026-00-10", "2026-01-00", "2026-1-011",
		"2026-01-32", "-026-01-01", "2026-0a-01", "2026/01/01", "", "2026-01-01 "} {
		want, _ := time.Parse(time.DateOnly, s)
		if got := Date(s).Time(); !got.Equal(want) || got.Location() != want.Location() {
			t.Errorf("%q is %v, not %v", s, got, want)
		}
	}
}

func TestATimeOfDayIsCountedAndAddedTo(t *testing.T) {
	for _, x := range []struct {
		at, later LocalTime
		minutes   int
	}{{"00:00", "00:30", 0}, {"09:45", "10:15", 585}, {"23:40", "00:10", 1420}, {"", "", 0}} {
		if got, n := x.at.Add(30), x.at.Minutes(); got != x.later || n != x.minutes {
			t.Errorf("%q is minute %d, and half an hour later %q", x.at, n, got)
		}
	}
}
