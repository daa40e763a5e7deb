package forecast

import (
	"context"
	"fmt"
	"math"

	"sluss/internal/access"
	"sluss/internal/fault"
)

// Needed is the least that keeps the wait short.
type Needed struct {
	Weeks    int
	Starts   int     // group starts a month
	Coaches  int     // more coaches
	Wait     float64 // weeks, the middle of the futures, after a year
	Enough   bool    // false: not even this is
	TooFew   string
	Playings int
}

// The bounds of a question for what it would take.
const (
	LeastWeeks  = 1
	MostWeeks   = 104
	needMonths  = 12
	needRuns    = 60
	needCoaches = 6
)

// Need looks for the smallest number of group starts a month, and of more coaches, with which the median wait of one who
// comes in a year is at most so many weeks, all else as in the question's scenario. It looks through starts first, since
// they cost least.
func (d *Desk) Need(ctx context.Context, actor *access.Actor, q Ask, weeks int) (n Needed, err error) {
	q.Months, q.Runs, q.line = needMonths, needRuns, true
	form := fault.Fields(q.check(actor.Today()))
	if weeks < LeastWeeks || weeks > MostWeeks {
		form.Add("weeks", "form.number", LeastWeeks, MostWeeks)
	}
	if err := form.Err(); err != nil {
		return n, err
	}
	g, key, err := d.ground(ctx, actor, q.Unit)
	if err != nil {
		return n, err
	}
	v, err := d.keep(ctx, fmt.Sprint("need ", key, weeks, q.Seed, q.Scenario), func() (any, error) { return g.need(ctx, q, weeks) })
	if err != nil {
		return n, err
	}
	return v.(Needed), nil
}

func (g *ground) need(ctx context.Context, q Ask, weeks int) (Needed, error) {
	n := Needed{Weeks: weeks}
	base := q.Scenario
	first := g.plan.changed(base).Rhythm.PerMonth
	for more := 0; more <= needCoaches; more++ {
		for starts := max(1, first); starts <= MostStarts; starts++ {
			q.Scenario = base
			q.Scenario.Starts, q.Scenario.Coaches = starts, min(MostCoaches, base.Coaches+more)
			if starts == first && base.Starts == 0 {
				q.Scenario.Starts = 0
			}
			f, err := g.see(ctx, q)
			if err != nil || f.TooFew != "" {
				n.TooFew = f.TooFew
				return n, err
			}
			n.Playings++
			n.Starts, n.Coaches, n.Wait = starts, q.Scenario.Coaches, f.Lines[Wait].Q50[needMonths]
			if n.Wait <= float64(weeks) {
				n.Enough = true
				return n, nil
			}
			if held := f.Lines[Held].Q50[needMonths]; held > 5 && !math.IsInf(n.Wait, 0) || held > 20 {
				break // more starts only move the wait to the coaches
			}
		}
	}
	return n, nil
}
