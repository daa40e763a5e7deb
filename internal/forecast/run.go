package forecast

import (
	"context"
	"fmt"
	"math"
	"runtime"
	"slices"

	"sluss/internal/sim"
)

// tail is how many months are played beyond the forecast, so that a wait that begins in it can end.
const tail = 12

// game is one plan played many times.
type game struct {
	way    *way
	tally  *tally
	belief *belief
	months int
	runs   int
	seed   uint64
	done   func(done, of int)
}

// columns are the series of the engine that lines are made of.
func columns(steps int) []string {
	list := []string{"line.queue", "alone.inside", "begin.queue", "begin.began", "seats.busy", "gone.count", "work.count", "studies.count",
		"term.count", "other.count", "all.arrived", "all.returned"}
	for i := 1; i <= steps; i++ {
		list = append(list, stepName(i)+".inside", pauseName(i)+".inside")
	}
	return list
}

// played is the lines of every future: for each name a row of points a future.
type played map[string][][]float64

// play plays the plan. Each future draws its own numbers from the belief before it draws what happens, so that the lines
// spread both by chance and by how little is known. The same seed gives the same futures on any number of cores.
func (g *game) play(ctx context.Context) (played, error) {
	g.way.lay()
	first, err := g.program(g.belief.middle())
	if err != nil {
		return nil, err
	}
	lines := played{}
	names, points := first.Series(), len(first.Grid())
	_, err = first.Run(ctx, sim.Options{Replications: g.runs, Seed: g.seed, Workers: max(1, runtime.GOMAXPROCS(0)/2), MaxEvents: 20_000_000, Progress: g.done,
		Vary: func(r int) (*sim.Program, error) { return g.program(g.belief.draw(g.seed, r)) },
		Each: func(r sim.Row) { g.read(lines, names, points, r.Series) }})
	if err != nil {
		return nil, err
	}
	return lines, nil
}

func (g *game) program(d drawn) (*sim.Program, error) {
	m := g.way.model(g.tally, g.belief, d)
	m.Series = columns(g.tally.steps)
	p, err := m.Program()
	if err != nil {
		return nil, fmt.Errorf("the gateway as a model: %w", err)
	}
	return p, nil
}

// read makes a future's lines of what the engine tells at each month.
func (g *game) read(lines played, names []string, points int, series []float64) {
	of := func(name string) []float64 {
		i := slices.Index(names, name)
		return series[i*points : (i+1)*points]
	}
	put := func(name string, parts ...string) []float64 {
		row := make([]float64, points)
		for _, p := range parts {
			for i, v := range of(p) {
				row[i] += v
			}
		}
		lines[name] = append(lines[name], row)
		return row
	}
	line := put(Line, "line.queue", "alone.inside", "begin.queue")
	put(Held, "begin.queue")
	began, gone := put(Began, "begin.began"), put(Gone, "gone.count")
	put(Work, "work.count")
	put(Studies, "studies.count", "term.count")
	put(Other, "other.count")
	put(Left, "work.count", "studies.count", "term.count", "other.count")
	put(Came, "all.arrived", "all.returned")
	put("queue", "line.queue")
	var pauses, all []string
	for i := 1; i <= g.tally.steps; i++ {
		put(InStep(i), stepName(i)+".inside")
		pauses, all = append(pauses, pauseName(i)+".inside"), append(all, stepName(i)+".inside", pauseName(i)+".inside")
	}
	put(Paused, pauses...)
	put(Inside, all...)
	load := put(Load, "seats.busy")
	for i := range load {
		load[i] /= g.way.coachesAt(float64(i) * Month)
	}
	lines[Wait] = append(lines[Wait], waits(line, began, gone))
}

// coachesAt gives how many coaches there are at a time.
func (w *way) coachesAt(days float64) float64 {
	level := w.laid.coaches.At[0]
	for _, s := range w.laid.coaches.At {
		if s.From <= days {
			level = s
		}
	}
	per := w.plan.Caseload
	if w.laid.then(days) {
		per = w.plan.changed(w.s).Caseload
	}
	return math.Max(1, level.Value/float64(per))
}

// then tells whether the scenario holds at a time.
func (l laid) then(days float64) bool { return days >= l.from }

// waits gives, for one who comes at each point, how many weeks it takes until as many as stood before them have left the
// line; infinite when that lies beyond what was played.
func waits(line, began, gone []float64) []float64 {
	out := make([]float64, len(line))
	for i := range line {
		left, weeks := line[i], math.Inf(1)
		for k := i + 1; k < len(line); k++ {
			step := began[k] + gone[k]
			if step >= left && step > 0 {
				weeks = (float64(k-i-1) + left/step) * Month / 7
				break
			}
			left -= step
		}
		out[i] = weeks
	}
	return out
}

// bands gives the five quantiles of each line at each month.
func (p played) bands(months int) map[string]Band {
	all := map[string]Band{}
	for name, rows := range p {
		var b Band
		column := make([]float64, len(rows))
		for i := 0; i <= months && len(rows) > 0 && i < len(rows[0]); i++ {
			for r, row := range rows {
				column[r] = row[i]
			}
			slices.Sort(column)
			b.Q05, b.Q25, b.Q50 = append(b.Q05, quantile(column, 0.05)), append(b.Q25, quantile(column, 0.25)), append(b.Q50, quantile(column, 0.5))
			b.Q75, b.Q95 = append(b.Q75, quantile(column, 0.75)), append(b.Q95, quantile(column, 0.95))
		}
		all[name] = b
	}
	return all
}

// quantile of a sorted list, between its numbers; one beside an infinite number is infinite only if it lies on it.
func quantile(x []float64, p float64) float64 {
	if len(x) == 0 {
		return math.NaN()
	}
	at := p * float64(len(x)-1)
	i := int(at)
	if i+1 >= len(x) || x[i] == x[i+1] {
		return x[i]
	}
	if math.IsInf(x[i+1], 1) {
		if at == float64(i) {
			return x[i]
		}
		return math.Inf(1)
	}
	return x[i] + (at-float64(i))*(x[i+1]-x[i])
}

// mean of a line's middle over the months from one to another.
func mean(b Band, from, to int) float64 {
	sum, n := 0.0, 0
	for i := from; i <= to && i < len(b.Q50); i++ {
		sum += b.Q50[i]
		n++
	}
	if n == 0 {
		return 0
	}
	return sum / float64(n)
}

// limits tells what will not be enough.
func (g *game) limits(lines map[string]Band) Limits {
	year := min(12, g.months)
	l := Limits{In: mean(lines[Came], 1, year), Begin: mean(lines[Began], 1, year), Exit: mean(lines[Left], 1, year), CoachFrom: -1, ThinFrom: -1, Fewer: g.way.fewer()}
	l.Out = l.Begin + mean(lines[Gone], 1, year)
	calls := float64(g.way.plan.changed(g.way.s).Calls)
	for i := 1; i <= g.months; i++ {
		if l.CoachFrom < 0 && lines[Held].Q50[i] >= 1 {
			l.CoachFrom = i
		}
		if l.ThinFrom < 0 && lines["queue"].Q50[i] < calls {
			l.ThinFrom = i
		}
	}
	return l
}
