package sim

import (
	"context"
	"fmt"
	"slices"
	"sync"
)

// How many replications are kept whole for the quantiles. When there are more, every second one is let go, again and again:
// what is left is still a plain sample of independent replications, and memory stays flat.
const (
	keptFigures = 4096
	keptSeries  = 1024
)

// table gathers the rows of all workers in the order of the replications, so that sums come out the same to the last bit
// whatever the number of workers.
type table struct {
	p *Program
	o Options

	mu      sync.Mutex
	turn    sync.Cond
	claimed int // the next replication to hand out
	folded  int // the next to add
	window  []slot

	figures, series moments
	keptF, keptS    sample
	events          int64
}

// slot holds a row that waits for those before it.
type slot struct {
	row  Row
	full bool
}

func newTable(p *Program, o Options) *table {
	t := &table{p: p, o: o, window: make([]slot, 4*o.Workers)}
	t.turn.L = &t.mu
	nf, ns := len(p.figures), len(p.series)*p.grid
	for i := range t.window {
		t.window[i].row = Row{Figures: make([]float64, nf), Series: make([]float64, ns)}
	}
	t.figures, t.series = newMoments(nf), newMoments(ns)
	t.keptF = sample{width: nf, most: keptFigures, stride: 1}
	t.keptS = sample{width: ns, most: keptSeries, stride: 1}
	return t
}

// claim hands out the next replication, once there is room in the window; false when there is none or the run has ended.
func (t *table) claim(ctx context.Context) (int, bool) {
	t.mu.Lock()
	defer t.mu.Unlock()
	for {
		if ctx.Err() != nil || t.claimed >= t.o.Replications {
			return 0, false
		}
		if t.claimed < t.folded+len(t.window) {
			t.claimed++
			return t.claimed - 1, true
		}
		t.turn.Wait()
	}
}

func (t *table) wakeAll() {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.turn.Broadcast()
}

// put takes a row and adds all that are next in order.
func (t *table) put(r *Row) {
	t.mu.Lock()
	defer t.mu.Unlock()
	s := &t.window[r.Replication%len(t.window)]
	copy(s.row.Figures, r.Figures)
	copy(s.row.Series, r.Series)
	s.row.Replication, s.row.Events, s.full = r.Replication, r.Events, true
	for s = &t.window[t.folded%len(t.window)]; s.full; s = &t.window[t.folded%len(t.window)] {
		t.fold(&s.row)
		s.full = false
		t.folded++
	}
	t.turn.Broadcast()
}

func (t *table) fold(r *Row) {
	t.figures.add(r.Figures)
	t.series.add(r.Series)
	t.keptF.add(r.Replication, r.Figures)
	t.keptS.add(r.Replication, r.Series)
	t.events += r.Events
	if t.o.Each != nil {
		t.o.Each(*r)
	}
	if t.o.Progress != nil {
		t.o.Progress(r.Replication+1, t.o.Replications)
	}
}

// vary sets the engine's program for a replication.
func (t *table) vary(e *engine, r int) error {
	if t.o.Vary == nil {
		return nil
	}
	p, err := t.o.Vary(r)
	if err != nil {
		return fmt.Errorf("replication %d: %w", r, err)
	}
	if !slices.Equal(p.Figures(), t.p.Figures()) || !slices.Equal(p.Series(), t.p.Series()) || p.grid != t.p.grid {
		return fmt.Errorf("replication %d: %w", r, ErrVary)
	}
	e.fit(p)
	return nil
}
