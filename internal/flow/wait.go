package flow

import "math"

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

// Wait works it out. No spells give zeroes. Spells of fewer than nobody take others of the same days away.
func Wait(spells []Spell) Waits {
	last := -1
	for _, s := range spells {
		last = max(last, s.Days)
	}
	// by day of the wait: who began, whose wait is seen to end on it, and what the day adds to those at risk
	begun, ended, more := make([]int, last+1), make([]int, last+1), make([]int, last+2)
	w := Waits{}
	for _, s := range spells {
		w.People += s.N
		ended[s.Days] += s.N
		if s.Begun {
			begun[s.Days] += s.N
		}
		if first := s.firstSeen(); first <= s.Days {
			more[first] += s.N
			more[s.Days+1] -= s.N
		}
	}
	longest, left, atRisk := 0, 1.0, 0
	for d := range last + 1 {
		atRisk += more[d]
		if ended[d] > 0 {
			longest = d
		}
		if begun[d] > 0 {
			left *= 1 - float64(begun[d])/float64(max(1, atRisk))
			w.Curve = append(w.Curve, Point{d, 1 - left})
		}
	}
	w.Quarter, w.Half, w.Most = w.quantile(0.25, longest), w.quantile(0.5, longest), w.quantile(0.75, longest)
	return w
}

// firstSeen is the first day of the wait on which its end would have been seen.
func (s Spell) firstSeen() int {
	if s.Entry == 0 {
		return 0
	}
	return s.Entry + 1
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
