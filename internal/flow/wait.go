package flow

import (
	"math"
	"slices"
)

// Spell is the wait of N people, from day Entry of their wait (0 when all of it is seen) to day Days. Begun tells whether
// it ended with the individual start; if not, they still wait, or left the line: what would have come is not known.
type Spell struct {
	Entry, Days int
	Begun       bool
	N           int
}

// Waits is how long it takes from referral to individual start, with all who wait counted in (Kaplan and Meier).
type Waits struct {
	Quarter, Half, Most Quantile // days within which a quarter, half and three quarters have begun
	People              int      // how many waits it is made from
	Curve               []Point  // how many of 100 have begun, day by day where it changes
}

// Quantile is a number of days. AtLeast: it is not reached yet, and so is at least that long.
type Quantile struct {
	Days    int
	AtLeast bool
}

// Point says that up to and with the day this share had begun.
type Point struct {
	Day   int
	Share float64
}

// Wait works it out. No spells give zeroes.
func Wait(spells []Spell) Waits {
	ends := map[int]int{} // begun, by day
	longest := 0
	w := Waits{}
	for _, s := range spells {
		w.People += s.N
		longest = max(longest, s.Days)
		if s.Begun {
			ends[s.Days] += s.N
		}
	}
	days := make([]int, 0, len(ends))
	for d := range ends {
		days = append(days, d)
	}
	slices.Sort(days)
	left := 1.0
	for _, d := range days {
		left *= 1 - float64(ends[d])/float64(max(1, atRisk(spells, d)))
		w.Curve = append(w.Curve, Point{d, 1 - left})
	}
	w.Quarter, w.Half, w.Most = w.quantile(0.25, longest), w.quantile(0.5, longest), w.quantile(0.75, longest)
	return w
}

// atRisk is how many were seen waiting on the day, so that they could begin on it.
func atRisk(spells []Spell, day int) int {
	n := 0
	for _, s := range spells {
		if s.Days >= day && (s.Entry < day || s.Entry == 0) {
			n += s.N
		}
	}
	return n
}

func (w Waits) quantile(share float64, longest int) Quantile {
	for _, p := range w.Curve {
		if p.Share >= share-1e-9 {
			return Quantile{Days: p.Day}
		}
	}
	return Quantile{longest, true}
}

// After gives how many of 100 had begun after a number of days; not a number beyond what has been seen.
func (w Waits) After(day int) float64 {
	share := 0.0
	for _, p := range w.Curve {
		if p.Day > day {
			return 100 * share
		}
		share = p.Share
	}
	if len(w.Curve) == 0 {
		return math.NaN()
	}
	return 100 * share
}
