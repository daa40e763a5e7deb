package forecast

import (
	"context"
	"math"
	"testing"

	"sluss/internal/calendar"
	"sluss/internal/clock"
	"sluss/internal/flow"
	"sluss/internal/thread"
)

// comers is a gateway to which perMonth come all told, whoever they are: once twenty have left, every fifth who comes is one of them.
func comers(months, perMonth int) *ground {
	g := &ground{today: day0, names: []string{"a", "b", "c"}}
	g.plan = Plan{Rhythm: calendar.Default, Places: 10, Calls: 14, Leaders: 2, Hours: 2, Coaches: 3, Caseload: 100}
	first := day0.AddMonths(-months)
	for _, d := range calendar.Default.Dates(clock.Span{From: first.Add(15), To: day0.AddMonths(3)}) {
		g.starts = append(g.starts, Start{d, 10, 14})
	}
	type former struct {
		way int
		on  clock.Date
	}
	var left []former // who have left and not come back
	n := int64(0)
	for i := range months * perMonth {
		came := first.Add(int(float64(i) * Month / float64(perMonth)))
		at, code := len(g.ways), "egen"
		gone := 0
		for _, x := range left {
			if x.on < came {
				gone++
			}
		}
		if k := (i * 7) % max(1, len(left)); gone >= 20 && i%5 == 0 && left[k].on < came {
			at, code = left[k].way, "egen+return"
			left = append(left[:k], left[k+1:]...)
		} else {
			g.ways = append(g.ways, nil)
		}
		put := func(on clock.Date, kind thread.Kind, code string) {
			if on <= day0 {
				n++
				g.ways[at] = append(g.ways[at], flow.Event{ID: thread.ID(n), On: on, Kind: kind, Code: code, Ref: int64(i)})
			}
		}
		put(came, thread.Referred, code)
		start := firstStart(g.starts, came.Add(10+i%30))
		put(start, thread.Present, "")
		begun := start.Add(10 + i%9)
		put(begun, thread.Begun, "")
		put(begun.Add(40+(i*37)%70), thread.StepMoved, "2")
		on := begun.Add(120 + (i*53)%90)
		put(on, thread.Left, []string{"work", "studies", "other:moved", "work"}[i%4])
		left = append(left, former{at, on})
	}
	return g
}

// Those who come back are some of those who come: as many come as before, also when more and more of them have been here before.
func TestThoseWhoComeBackAreAPartOfThoseWhoCome(t *testing.T) {
	const perMonth = 20
	g := comers(30, perMonth)
	if back := len(g.tally(g.today).back); back < 40 {
		t.Fatalf("%d have come back", back)
	}
	tr, err := g.try(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	for _, s := range tr.Scores {
		if s.Line == Came && (math.Abs(s.Bias) > 1 || s.Within < s.N*8/10) {
			t.Errorf("of %d who come a month %.1f too many are foreseen, and %d of %d lie within the band", perMonth, s.Bias, s.Within, s.N)
		}
		if s.Line == Line && math.Abs(s.Bias) > perMonth/3 {
			t.Errorf("%.1f too many are foreseen in the queue", s.Bias)
		}
	}
}

// Where they come on top of as many who are new, too few are foreseen as long as few have come back, but within what is said.
func TestThoseWhoComeOnTopAreWithinTheBand(t *testing.T) {
	tr, err := invented(36, 20).try(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	for _, s := range tr.Scores {
		if s.Line == Came && (s.Within < s.N*9/10 || math.Abs(s.Bias) > 20./7) {
			t.Errorf("%.1f too many are foreseen, and %d of %d lie within the band", s.Bias, s.Within, s.N)
		}
	}
}

// More who come are more of all who come, and who comes back does so also when nobody else does.
func TestMoreWhoComeAreMoreOfAll(t *testing.T) {
	g := comers(30, 20)
	came := func(percent int) (n float64) {
		f := see(t, g, Ask{Seed: 1, Runs: 200, Scenario: Scenario{Arrivals: percent}})
		for _, x := range f.Lines[Came].Q50[1:] {
			n += x
		}
		return n
	}
	now, more, none := came(0), came(20), came(-100)
	if math.Abs(more/now-1.2) > 0.03 || none < 5 || none > now/2 {
		t.Errorf("%v come in a year; a fifth more: %v; nobody new: %v", now, more, none)
	}
}
