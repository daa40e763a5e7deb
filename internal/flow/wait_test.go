package flow

import (
	"math"
	"testing"
)

func days(n int, begun bool, list ...int) (s []Spell) {
	for _, d := range list {
		s = append(s, Spell{Days: d, Begun: begun, N: n})
	}
	return s
}

func TestWaitCountsThoseWhoStillWait(t *testing.T) {
	for _, c := range []struct {
		name          string
		spells        []Spell
		quarter, half Quantile
	}{
		{"all have begun", days(1, true, 10, 20, 30, 40), Quantile{10, false}, Quantile{20, false}},
		{"half still wait", append(days(1, true, 10, 20), days(1, false, 30, 40)...), Quantile{10, false}, Quantile{20, false}},
		{"most still wait", append(days(1, true, 10), days(1, false, 30, 40, 50)...), Quantile{10, false}, Quantile{50, true}},
		{"nobody has begun", days(2, false, 3, 9), Quantile{9, true}, Quantile{9, true}},
		// the one who waited less than 20 days says nothing of day 20: three were at risk, so a third of what was left
		{"a short wait still going on", append(days(1, true, 20, 30), days(1, false, 5, 40)...), Quantile{20, false}, Quantile{30, false}},
		{"in numbers", []Spell{{Days: 10, Begun: true, N: 3}, {Days: 20, Begun: true, N: 1}}, Quantile{10, false}, Quantile{10, false}},
		// seen only from day 15 on, the second could not have begun on day 10
		// counted as waiting still, and taken away again: the wait of one day less has ended
		{"taken away", append(days(1, true, 10, 20), Spell{Days: 40, N: 1}, Spell{Days: 40, N: -1}), Quantile{10, false}, Quantile{10, false}},
		{"seen late", []Spell{{Days: 10, Begun: true, N: 1}, {Entry: 15, Days: 20, Begun: true, N: 1}, {Days: 30, N: 1}}, Quantile{10, false}, Quantile{10, false}},
	} {
		w := Wait(c.spells)
		if w.Quarter != c.quarter || w.Half != c.half {
			t.Errorf("%s: a quarter %+v, half %+v; want %+v, %+v", c.name, w.Quarter, w.Half, c.quarter, c.half)
		}
	}
}

func TestTheShareThatHasBegunIsThatOfTheTextbook(t *testing.T) {
	// Freireich's 6-MP arm (Cox and Oakes 1984): remission in weeks, + censored
	w := Wait(append(days(1, true, 6, 6, 6, 7, 10, 13, 16, 22, 23), days(1, false, 6, 9, 10, 11, 17, 19, 20, 25, 32, 32, 34, 35)...))
	for week, surviving := range map[int]float64{6: 0.857, 7: 0.807, 10: 0.753, 13: 0.690, 16: 0.627, 22: 0.538, 23: 0.448} {
		if got := 1 - w.After(week)/100; math.Abs(got-surviving) > 0.0006 {
			t.Errorf("week %d: %.3f, the textbook says %.3f", week, got, surviving)
		}
	}
	if w.Half != (Quantile{23, false}) {
		t.Errorf("the median is %+v, the textbook says 23", w.Half)
	}
}
