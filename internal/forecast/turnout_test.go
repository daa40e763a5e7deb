package forecast

import (
	"math"
	"testing"
)

func TestStartsThatDifferMoreThanChanceWidenTheBands(t *testing.T) {
	even, wild := invented(24, 30), invented(24, 30)
	believed := func(g *ground, came ...int) belief {
		tally := g.tally(g.today)
		for i, s := range g.starts {
			if s.On <= g.today {
				tally.present[s.On] = came[i%len(came)]
			}
		}
		return believe(tally, g.starts)
	}
	a, b := believed(even, 10), believed(wild, 4, 14, 13, 9)
	if a.uneven != 1 || b.uneven < 2 {
		t.Fatalf("as many come each time: %v; now few, now many: %v", a.uneven, b.uneven)
	}
	width := func(g *ground, b belief) float64 {
		game := g.game(g.tally(g.today), Ask{Months: 12, Runs: 200, Seed: 1})
		b.show = beta{70, 30}
		game.belief = &b
		lines, err := game.play(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		x := lines.bands(12)[Began].At(6)
		return x[4] - x[0]
	}
	if narrow, wide := width(even, a), width(even, b); wide <= narrow {
		t.Errorf("nine futures in ten lie within %v and within %v", narrow, wide)
	}
}

// The starts differ, but no more come on the whole, and a day has the same luck whatever is planned on others.
func TestADayHasItsOwnTurnoutAndTheMeanIsKept(t *testing.T) {
	b := belief{uneven: 3}
	sum, same := 0.0, true
	for r := range 4000 {
		n := b.turnout(0.7, Start{On: day0, Calls: 14}, 1, r)
		sum += n / 4000
		same = same && n == b.turnout(0.7, Start{On: day0, Calls: 14, Places: 20}, 1, r)
	}
	if !same || math.Abs(sum-14) > 0.3 {
		t.Errorf("%v are called for as many to come as of 14", sum)
	}
	if n := (&belief{uneven: 1}).turnout(0.7, Start{On: day0, Calls: 14}, 1, 1); n != 14 {
		t.Errorf("%v are called where the starts do not differ", n)
	}
}
