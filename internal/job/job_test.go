package job_test

import (
	"context"
	"errors"
	"os"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"sluss/internal/clock"
	"sluss/internal/fault"
	"sluss/internal/id"
	"sluss/internal/job"
	"sluss/internal/store"
	"sluss/internal/store/storetest"
)

func TestMain(m *testing.M) { os.Exit(storetest.Main(m)) }

const area id.Area = 1

// hand is a clock that the test moves.
type hand struct{ ms atomic.Int64 }

func newHand() *hand {
	h := &hand{}
	h.ms.Store(clock.Epoch)
	return h
}

func (h *hand) clock() clock.Clock   { return func() time.Time { return time.UnixMilli(h.ms.Load()) } }
func (h *hand) now() clock.Instant   { return clock.Instant(h.ms.Load()) }
func (h *hand) pass(d time.Duration) { h.ms.Add(d.Milliseconds()) }

func must(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

type payload struct{ N int }

func enqueue(t *testing.T, s *store.Store, kind string, at clock.Instant, ns ...int) {
	t.Helper()
	must(t, s.Write(t.Context(), func(tx *store.Tx) error {
		for _, n := range ns {
			if err := job.Enqueue(t.Context(), tx, area, kind, payload{n}, at); err != nil {
				return err
			}
		}
		return nil
	}))
}

// start runs r until stop, which waits for its end.
func start(t *testing.T, r job.Runner) (stop func()) {
	ctx, cancel := context.WithCancel(t.Context())
	var wg sync.WaitGroup
	wg.Go(func() {
		if err := r.Run(ctx); !errors.Is(err, context.Canceled) {
			t.Errorf("run: %v", err)
		}
	})
	return func() { cancel(); wg.Wait() }
}

type row struct {
	State, Tries int
	Fault        string
}

func theJob(t *testing.T, s *store.Store) (r row) {
	t.Helper()
	must(t, s.Read(t.Context(), func(tx *store.Tx) error {
		return tx.One(t.Context(), store.Q(`SELECT state, tries, coalesce(last_fault, '') FROM job WHERE area_id = $1`),
			[]any{area}, &r.State, &r.Tries, &r.Fault)
	}))
	return r
}

func TestEachOfAThousandJobsIsDoneOnceByFourWorkersInTwoRunners(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		const n = 1000
		h := newHand()
		numbers := make([]int, n)
		for i := range numbers {
			numbers[i] = i
		}
		enqueue(t, s, "count", h.now(), numbers...)
		var mu sync.Mutex
		times := map[int]int{}
		all := make(chan struct{})
		kinds := map[string]func(context.Context, job.Job) error{"count": func(_ context.Context, j job.Job) error {
			var p payload
			if err := j.Read(&p); err != nil {
				return err
			}
			mu.Lock()
			defer mu.Unlock()
			if times[p.N]++; len(times) == n && times[p.N] == 1 {
				close(all)
			}
			return nil
		}}
		began := time.Now()
		r := job.Runner{Store: s, Clock: h.clock(), Kinds: kinds, Workers: 2}
		stop1, stop2 := start(t, r), start(t, r)
		<-all
		stop1()
		stop2()
		t.Logf("%d jobs in %s", n, time.Since(began).Round(time.Millisecond))
		for i, k := range times {
			if k != 1 {
				t.Errorf("job %d ran %d times", i, k)
			}
		}
		var done int
		must(t, s.Read(t.Context(), func(tx *store.Tx) error {
			return tx.One(t.Context(), store.Q(`SELECT count(*) FROM job WHERE area_id = $1 AND state = 2 AND tries = 1`), []any{area}, &done)
		}))
		if done != n {
			t.Errorf("%d jobs are noted as done", done)
		}
	})
}

func TestAJobIsWokenAtItsCommitAndNotBefore(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		h := newHand()
		ran := make(chan struct{})
		stop := start(t, job.Runner{Store: s, Clock: h.clock(), Poll: time.Hour,
			Kinds: map[string]func(context.Context, job.Job) error{"k": func(context.Context, job.Job) error {
				close(ran)
				return nil
			}}})
		undone := errors.New("undone")
		err := s.Write(t.Context(), func(tx *store.Tx) error {
			must(t, job.Enqueue(t.Context(), tx, area, "k", payload{}, h.now()))
			return undone
		})
		if !errors.Is(err, undone) {
			t.Fatal(err)
		}
		enqueue(t, s, "k", h.now(), 1) // a second run would close ran twice
		<-ran
		stop()
		if got := theJob(t, s); got != (row{State: int(job.Done), Tries: 1}) {
			t.Errorf("job = %+v", got)
		}
	})
}

func TestAKilledWorkersJobIsTakenAgainAfterItsLeaseAndOnlyThen(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		h := newHand()
		enqueue(t, s, "k", h.now(), 1)
		claimed, hang := make(chan struct{}), make(chan struct{})
		killed := job.Runner{Store: s, Clock: h.clock(), Lease: time.Minute, Kinds: map[string]func(context.Context, job.Job) error{
			"k": func(context.Context, job.Job) error { close(claimed); <-hang; return nil }}}
		stopKilled := start(t, killed)
		<-claimed
		tries := make(chan int, 2)
		other := job.Runner{Store: s, Clock: h.clock(), Lease: time.Minute, Poll: time.Millisecond,
			Kinds: map[string]func(context.Context, job.Job) error{
				"k":     func(_ context.Context, j job.Job) error { tries <- j.Tries; return nil },
				"after": func(context.Context, job.Job) error { tries <- -1; return nil }}}
		h.pass(59 * time.Second)
		enqueue(t, s, "after", h.now(), 2)
		stopOther := start(t, other)
		if got := <-tries; got != -1 {
			t.Fatalf("the job was taken within its lease, try %d", got)
		}
		h.pass(2 * time.Second)
		if got := <-tries; got != 2 {
			t.Fatalf("try %d after the lease", got)
		}
		stopOther()
		close(hang) // the one thought dead comes back: its word no longer counts
		stopKilled()
		must(t, s.Write(t.Context(), func(tx *store.Tx) error {
			_, err := tx.Exec(t.Context(), store.Q(`DELETE FROM job WHERE area_id = $1 AND kind = 'after'`), area)
			return err
		}))
		if got := theJob(t, s); got != (row{State: int(job.Done), Tries: 2}) {
			t.Errorf("job = %+v", got)
		}
	})
}

func TestAJobThatAlwaysFailsEndsDeadWithItsTriesCounted(t *testing.T) {
	failures := map[string]struct {
		f    func(context.Context, job.Job) error
		code string
	}{
		"error":   {func(context.Context, job.Job) error { return errors.New("about Anna Andersson") }, "error"},
		"fault":   {func(context.Context, job.Job) error { return fault.Missing }, "fault.missing"},
		"panic":   {func(context.Context, job.Job) error { panic("about Anna Andersson") }, "panic"},
		"timeout": {func(ctx context.Context, _ job.Job) error { <-ctx.Done(); return ctx.Err() }, "timeout"},
	}
	for name, c := range failures {
		t.Run(name, func(t *testing.T) {
			storetest.Each(t, func(t *testing.T, s *store.Store) {
				h := newHand()
				enqueue(t, s, "k", h.now(), 1)
				tried := make(chan int, 10)
				r := job.Runner{Store: s, Clock: h.clock(), Poll: time.Millisecond, Tries: 3, Limit: 5 * time.Millisecond,
					Kinds: map[string]func(context.Context, job.Job) error{"k": func(ctx context.Context, j job.Job) error {
						tried <- j.Tries
						return c.f(ctx, j)
					}}}
				for want := 1; want <= 3; want++ {
					stop := start(t, r)
					if got := <-tried; got != want {
						t.Fatalf("try %d, want %d", got, want)
					}
					stop()
					h.pass(time.Hour)
				}
				if got := theJob(t, s); got != (row{int(job.Dead), 3, c.code}) {
					t.Errorf("job = %+v", got)
				}
			})
		})
	}
}

func TestAJobThatKillsItsProcessEndsDead(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		h := newHand()
		enqueue(t, s, "k", h.now(), 1)
		must(t, s.Write(t.Context(), func(tx *store.Tx) error { // as three processes left it
			_, err := tx.Exec(t.Context(), store.Q(`UPDATE job SET state = 1, tries = 3 WHERE area_id = $1`), area)
			return err
		}))
		enqueue(t, s, "after", h.now().Add(time.Millisecond), 2)
		h.pass(time.Second)
		ran := make(chan string, 2)
		note := func(_ context.Context, j job.Job) error { ran <- j.Kind; return nil }
		stop := start(t, job.Runner{Store: s, Clock: h.clock(), Tries: 3,
			Kinds: map[string]func(context.Context, job.Job) error{"k": note, "after": note}})
		if got := <-ran; got != "after" {
			t.Errorf("%s ran", got)
		}
		stop()
		var f job.Figures
		must(t, s.Read(t.Context(), func(tx *store.Tx) (err error) {
			f, err = job.Count(t.Context(), tx, area, h.now())
			return err
		}))
		if f != (job.Figures{Dead: 1}) {
			t.Errorf("figures = %+v", f)
		}
	})
}

func TestAKindThatThisReleaseDoesNotKnowWaits(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		h := newHand()
		enqueue(t, s, "tomorrows", h.now(), 1)
		enqueue(t, s, "known", h.now(), 2)
		ran := make(chan struct{})
		stop := start(t, job.Runner{Store: s, Clock: h.clock(), Kinds: map[string]func(context.Context, job.Job) error{
			"known": func(context.Context, job.Job) error { close(ran); return nil }}})
		<-ran
		stop()
		must(t, s.Write(t.Context(), func(tx *store.Tx) error {
			n, err := job.Sweep(t.Context(), tx, area, h.now().Add(time.Millisecond), 10)
			if n != 1 {
				t.Errorf("%d swept", n)
			}
			return err
		}))
		if got := theJob(t, s); got != (row{}) {
			t.Errorf("job = %+v", got)
		}
	})
}
