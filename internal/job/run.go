package job

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"log/slog"
	"maps"
	"runtime/debug"
	"slices"
	"sync"
	"time"

	"sluss/internal/clock"
	"sluss/internal/fault"
	"sluss/internal/id"
	"sluss/internal/store"
)

// Runner does the jobs of all areas. Any number of processes may run one on the same database.
type Runner struct {
	Store   *store.Store
	Clock   clock.Clock
	Kinds   map[string]func(context.Context, Job) error // jobs of other kinds wait for a release that knows them
	Workers int                                         // at once; 2 if zero

	Tries int           // until a job is dead; 8 if zero
	Limit time.Duration // of one try; 2 minutes if zero
	Lease time.Duration // until a claimed job may be taken again; Limit and a minute if zero
	Poll  time.Duration // between looks without a wake-up; 1 second if zero
}

func (r Runner) defaults() Runner {
	r.Workers = cmp.Or(r.Workers, 2)
	r.Tries = cmp.Or(r.Tries, 8)
	r.Limit = cmp.Or(r.Limit, 2*time.Minute)
	r.Lease = cmp.Or(r.Lease, r.Limit+time.Minute)
	r.Poll = cmp.Or(r.Poll, time.Second)
	return r
}

// Run does jobs until ctx ends, then lets those that are running come to their end. A fault of the database is
// logged and waited out. The answer is always ctx's error.
func (r Runner) Run(ctx context.Context) error {
	l := loop{Runner: r.defaults(), kinds: slices.Sorted(maps.Keys(r.Kinds))}
	l.free = make(chan struct{}, l.Workers)
	defer l.running.Wait()
	wake, stop := l.Store.Listen(topic)
	defer stop()
	tick := time.NewTicker(l.Poll)
	defer tick.Stop()
	for {
		if err := l.drain(ctx); err != nil && ctx.Err() == nil {
			slog.ErrorContext(ctx, "claim jobs", "error", err)
		}
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-wake:
		case <-tick.C:
		}
	}
}

type loop struct {
	Runner
	kinds   []string
	free    chan struct{} // holds one for each worker that is busy
	running sync.WaitGroup
}

const portion = 100 // jobs of one area before the next area's

// drain claims and starts jobs, area by area, until none is due that nobody else has taken.
func (l *loop) drain(ctx context.Context) error {
	for {
		areas, err := l.areas(ctx)
		if err != nil {
			return err
		}
		started := 0
		for _, area := range areas {
			n, err := l.serve(ctx, area)
			if err != nil {
				return err
			}
			started += n
		}
		if started == 0 {
			return nil
		}
	}
}

// areas are those with jobs due.
func (l *loop) areas(ctx context.Context) (areas []id.Area, err error) {
	err = l.Store.Read(ctx, func(tx *store.Tx) (err error) {
		areas, err = dueAreas(ctx, tx, l.Clock.Now(), l.kinds)
		return err
	})
	return areas, err
}

// serve starts a portion of an area's jobs as workers become free, and tells how many.
func (l *loop) serve(ctx context.Context, area id.Area) (started int, err error) {
	err = l.Store.Write(ctx, func(tx *store.Tx) error {
		_, err := bury(ctx, tx, area, l.Clock.Now(), l.Tries)
		return err
	})
	if err != nil {
		return 0, err
	}
	for started < portion {
		n, err := l.reserve(ctx)
		if err != nil {
			return started, err
		}
		jobs, err := l.claim(ctx, area, n)
		l.start(ctx, jobs)
		for range n - len(jobs) {
			<-l.free
		}
		started += len(jobs)
		if err != nil || len(jobs) < n {
			return started, err
		}
	}
	return started, nil
}

// claim takes at most n due jobs of the area.
func (l *loop) claim(ctx context.Context, area id.Area, n int) (jobs []Job, err error) {
	now := l.Clock.Now()
	err = l.Store.Write(ctx, func(tx *store.Tx) (err error) {
		jobs, err = claim(ctx, tx, area, now, now.Add(l.Lease), n, l.kinds)
		return err
	})
	if err != nil {
		return nil, err
	}
	return jobs, nil
}

// start gives each job to the worker reserved for it. What ends ctx does not end a job that is running.
func (l *loop) start(ctx context.Context, jobs []Job) {
	for _, j := range jobs {
		l.running.Go(func() {
			defer func() { <-l.free }()
			l.try(context.WithoutCancel(ctx), j)
		})
	}
}

// reserve waits for a free worker and takes all that are.
func (l *loop) reserve(ctx context.Context) (int, error) {
	select {
	case l.free <- struct{}{}:
	case <-ctx.Done():
		return 0, ctx.Err()
	}
	for n := 1; ; n++ {
		select {
		case l.free <- struct{}{}:
		default:
			return n, nil
		}
	}
}

// try runs a job once and notes how it went.
func (l *loop) try(ctx context.Context, j Job) {
	failed := l.handle(ctx, j)
	now := l.Clock.Now()
	to, runAt := outcome(failed, j.Tries, l.Tries, now)
	log := slog.With("kind", j.Kind, "area", j.Area, "job", j.ID, "tries", j.Tries)
	if failed != nil {
		log.ErrorContext(ctx, "job", "dead", to == Dead, "error", failed)
	}
	err := l.Store.Write(ctx, func(tx *store.Tx) error {
		_, err := settle(ctx, tx, j, to, runAt, now, code(failed))
		return err
	})
	if err != nil { // its lease runs out and it is tried again
		log.ErrorContext(ctx, "settle job", "error", err)
	}
}

// outcome tells where a job goes after a try, and when it runs next.
func outcome(failed error, tries, most int, now clock.Instant) (State, clock.Instant) {
	switch {
	case failed == nil:
		return Done, now
	case tries >= most:
		return Dead, now
	}
	return Waiting, now.Add(backOff(tries))
}

var errPanic = errors.New("panic")

// handle calls the handler within its time; a panic is an error like others.
func (l *loop) handle(ctx context.Context, j Job) (err error) {
	f := l.Kinds[j.Kind]
	ctx, cancel := context.WithTimeout(ctx, l.Limit)
	defer cancel()
	defer func() {
		if p := recover(); p != nil {
			err = fmt.Errorf("%w: %v\n%s", errPanic, p, debug.Stack())
		}
	}()
	return f(ctx, j)
}

// code is what is kept of an error: a word without any of its text, which might speak of a person.
func code(err error) string {
	switch f := fault.Of(err); {
	case err == nil:
		return ""
	case f != nil:
		return f.Key
	case errors.Is(err, errPanic):
		return "panic"
	case errors.Is(err, context.DeadlineExceeded):
		return "timeout"
	}
	return "error"
}

// backOff is the wait after a try that failed: 5 s, then three times as long each time, to 6 hours.
func backOff(tries int) time.Duration {
	d := 5 * time.Second
	for range tries - 1 {
		d = min(3*d, 6*time.Hour)
	}
	return d
}
