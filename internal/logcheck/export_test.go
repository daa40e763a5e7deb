package logcheck

import (
	"sluss/internal/clock"
	"sluss/internal/id"
	"sluss/internal/schedule"
)

// Points says which rules point at readings at the instants of a day, by somebody with the house's hours.
func Points(on clock.Date, at ...clock.Instant) Why {
	return (&read{on: on, at: at}).points(schedule.Hours{})
}

// Sample draws n of so many readings, and gives their numbers.
func Sample(seed []byte, among, n int) (drawn []int) {
	list := make([]*read, among)
	for i := range list {
		list[i] = &read{person: id.Person(i + 1), on: "2026-03-02"}
	}
	shuffle(list, seed)
	for _, r := range list[:n] {
		drawn = append(drawn, int(r.person)-1)
	}
	return drawn
}
