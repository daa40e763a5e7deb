package sim

import (
	"context"
	"errors"
	"fmt"
	"math"
	"runtime"
	"sync"
)

// Options of a run. The zero value takes the model's own replications and seed, and all cores.
type Options struct {
	Replications int    // the model's if 0, and 100 if that is 0 too
	Seed         uint64 // the model's if 0
	Workers      int    // goroutines; the cores' number if 0. The result does not depend on it
	MaxEvents    int64  // of one replication; 1e9 if 0

	// Progress, if set, is told after each replication how many are done. Calls come one at a time, in order.
	Progress func(done, of int)
	// Each, if set, sees each replication, in order. The row is used again: copy what you keep.
	Each func(Row)
	// Vary, if set, gives the program of a replication, for parameters that are uncertain themselves. It is called by
	// several goroutines. The programs must give the same figures and series as the one that is run.
	Vary func(replication int) (*Program, error)
}

// Row is one replication's outcome.
type Row struct {
	Replication int
	Figures     []float64 // as Program.Figures; NaN where there is nothing to tell (a mean of nobody)
	Series      []float64 // series after series, each at the points of Program.Grid
	Events      int64
}

// Errors of a run, told apart from those of a model.
var (
	ErrEvents = errors.New("the replication has more events than allowed")
	ErrVary   = errors.New("the varied program does not give the same figures")
)

const eventsAtOnce = 1 << 16 // between looks at whether the run is cancelled

// Run simulates the program. It stops with the context's error when that ends, within some 65,000 events.
func (p *Program) Run(ctx context.Context, o Options) (*Report, error) {
	o = p.defaults(o)
	if o.Replications > 10_000_000 {
		return nil, fmt.Errorf("%d replications: at most 10 million", o.Replications)
	}
	t := newTable(p, o)
	ctx, cancel := context.WithCancelCause(ctx)
	defer cancel(nil)
	stop := context.AfterFunc(ctx, t.wakeAll)
	defer stop()
	var workers sync.WaitGroup
	for range o.Workers {
		workers.Go(func() {
			if err := p.work(ctx, t); err != nil {
				cancel(err)
			}
		})
	}
	workers.Wait()
	if err := context.Cause(ctx); err != nil {
		return nil, err
	}
	return t.report(), nil
}

func (p *Program) defaults(o Options) Options {
	if o.Replications <= 0 {
		o.Replications = p.model.Replications
	}
	if o.Replications <= 0 {
		o.Replications = 100
	}
	if o.Seed == 0 {
		o.Seed = p.model.Seed
	}
	if o.Workers <= 0 {
		o.Workers = runtime.GOMAXPROCS(0)
	}
	o.Workers = min(o.Workers, o.Replications)
	if o.MaxEvents <= 0 {
		o.MaxEvents = 1e9
	}
	return o
}

// work runs replications until there are no more.
func (p *Program) work(ctx context.Context, t *table) error {
	e := newEngine(p)
	for {
		r, ok := t.claim(ctx)
		if !ok {
			return nil
		}
		if err := t.vary(e, r); err != nil {
			return err
		}
		e.reset(t.o.Seed, r)
		if err := e.replicate(ctx, t.o.MaxEvents); err != nil {
			if ctx.Err() != nil {
				return nil // the reason is told by whoever ended it
			}
			return fmt.Errorf("replication %d: %w", r, err)
		}
		e.row.Replication, e.row.Events = r, e.events
		t.put(&e.row)
	}
}

// replicate runs one replication to the horizon, stopping at warmup and at each grid point to look.
func (e *engine) replicate(ctx context.Context, maxEvents int64) error {
	m := &e.p.model
	grid, warm := 0, m.Warmup
	for {
		next := m.Horizon
		if grid < e.p.grid {
			next = min(next, e.p.gridTime(grid))
		}
		next = min(next, warm)
		if err := e.runTo(ctx, next, maxEvents); err != nil {
			return err
		}
		if next == warm {
			e.startFigures()
			warm = math.Inf(1)
		}
		if grid < e.p.grid && next == e.p.gridTime(grid) {
			e.sample(grid)
			grid++
		}
		if next >= m.Horizon && grid >= e.p.grid {
			e.endFigures()
			return nil
		}
	}
}

// runTo runs to time t, looking at the context now and then.
func (e *engine) runTo(ctx context.Context, t float64, maxEvents int64) error {
	for {
		began := e.now
		done := e.runUntil(t, eventsAtOnce)
		switch {
		case e.err != nil:
			return e.err
		case done:
			return ctx.Err()
		case ctx.Err() != nil:
			return ctx.Err()
		case e.events > maxEvents || e.seq > math.MaxUint32-maxInstants*4:
			return fmt.Errorf("%w (%d by time %g)", ErrEvents, e.events, e.now)
		}
		if e.spins++; e.now > began {
			e.spins = 0
		}
		if e.spins*eventsAtOnce > 3_000_000+100*len(e.people) {
			return fmt.Errorf("time stands still at %g: people go round without time passing", e.now)
		}
	}
}
