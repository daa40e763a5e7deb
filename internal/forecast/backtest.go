package forecast

import (
	"context"
	"fmt"

	"sluss/internal/access"
	"sluss/internal/clock"
	"sluss/internal/id"
)

// Tried is one number that was foreseen, and what it became.
type Tried struct {
	Made, Of       clock.Date
	Ahead          int // months
	Low, Mid, High float64
	Was            float64
}

// Held tells whether it lay where nine of ten would.
func (x Tried) Held() bool { return x.Was >= x.Low && x.Was <= x.High }

// Score is how a line was foreseen.
type Score struct {
	Line         string
	N, Within    int
	Bias         float64 // mean of what was foreseen less what was
	Off          float64 // mean distance between the two
	Naive        float64 // the same if it had been said to stay as it was on the day
	LastYear     []Tried // the forecast made a year ago, month by month
	Tried        []Tried
	ThreeMonths  int // of those three months ahead, how many
	ThreeWithin  int
	TwelveMonths int
	TwelveWithin int
}

// Trial is a back-test: standing at the end of each month of the past with only what had happened by then.
type Trial struct {
	From, To clock.Date // the days stood at
	Scores   []Score
	TooFew   string
}

const (
	trialMonths = 12
	trialRuns   = 100
)

// Try makes the back-test of a unit, once a day: what has happened since the morning changes little of it.
func (d *Desk) Try(ctx context.Context, actor *access.Actor, unit id.Unit) (Trial, error) {
	g, _, err := d.ground(ctx, actor, unit)
	if err != nil {
		return Trial{}, err
	}
	v, err := d.keep(ctx, "try "+g.day, func() (any, error) { return g.try(ctx) })
	if err != nil {
		return Trial{}, err
	}
	return v.(Trial), nil
}

func (g *ground) try(ctx context.Context) (Trial, error) {
	now := g.tally(g.today)
	months := 0
	for m := 1; m <= 36; m++ {
		if then := g.today.AddMonths(-m); now.first != "" && then.Sub(now.first) >= leastDays {
			months = m
		}
	}
	was := now.past(months)
	was.Lines[Taken] = g.house.taken(was.Months)
	t := Trial{Scores: []Score{{Line: Line}, {Line: Came}, {Line: Began}, {Line: Inside}, {Line: Left}, {Line: Taken}}, To: g.today.AddMonths(-1)}
	for back := months; back >= 1; back-- {
		day := g.today.AddMonths(-back)
		then := g.tally(day)
		if then.tooFew() != "" {
			continue
		}
		if t.From == "" {
			t.From = day
		}
		ahead := min(trialMonths, back)
		bands, err := g.look(ctx, then, ahead)
		if err != nil {
			return t, fmt.Errorf("stand at %s: %w", day, err)
		}
		for i := range t.Scores {
			if b, ok := bands[t.Scores[i].Line]; ok {
				t.Scores[i].try(b, was, len(was.Months)-1-back, ahead, back == trialMonths)
			}
		}
	}
	if t.From == "" {
		t.TooFew = "forecast.few.trial"
	}
	for i := range t.Scores {
		t.Scores[i].finish()
	}
	return t, nil
}

// look plays on from a day of the past: the gateway and, when enough had happened, the places of its activities.
func (g *ground) look(ctx context.Context, then *tally, ahead int) (map[string]Band, error) {
	x := g.stood(then, ahead)
	lines, err := x.play(ctx)
	if err != nil {
		return nil, err
	}
	halls, places := then.learnHouse(g.house.on(then.to))
	if len(places.List) > 0 && places.TooFew == "" {
		if err := x.way.hallway(halls, places, ahead).play(ctx, lines, x.runs, x.seed); err != nil {
			return nil, err
		}
		lines.sum(Taken, places)
	}
	return lines.bands(ahead), nil
}

// stood is the game as it would have been played on a day of the past. The starts held since are known, as they were
// planned; how many coaches there were is not, so that none has ever been full.
func (g *ground) stood(then *tally, months int) *game {
	x := g.game(then, Ask{Months: months, Runs: trialRuns, Seed: 1})
	x.way.days = float64(months)*Month + 1
	x.way.plan.Caseload = 1_000_000
	return x
}

// try compares a line with what it became. at is the day of the past it was foreseen on.
func (s *Score) try(b Band, was Past, at, ahead int, yearAgo bool) {
	row := was.Lines[s.Line]
	for i := 1; i <= ahead && at+i < len(row); i++ {
		x := Tried{Made: was.Months[at], Of: was.Months[at+i], Ahead: i, Low: b.Q05[i], Mid: b.Q50[i], High: b.Q95[i], Was: row[at+i]}
		s.Tried = append(s.Tried, x)
		if yearAgo {
			s.LastYear = append(s.LastYear, x)
		}
		s.Naive += abs(row[at] - x.Was)
	}
}

func (s *Score) finish() {
	for _, x := range s.Tried {
		s.N++
		s.Bias += x.Mid - x.Was
		s.Off += abs(x.Mid - x.Was)
		held := 0
		if x.Held() {
			held = 1
		}
		s.Within += held
		switch x.Ahead {
		case 3:
			s.ThreeMonths, s.ThreeWithin = s.ThreeMonths+1, s.ThreeWithin+held
		case 12:
			s.TwelveMonths, s.TwelveWithin = s.TwelveMonths+1, s.TwelveWithin+held
		}
	}
	if n := float64(s.N); n > 0 {
		s.Bias, s.Off, s.Naive = s.Bias/n, s.Off/n, s.Naive/n
	}
}

func abs(x float64) float64 {
	if x < 0 {
		return -x
	}
	return x
}
