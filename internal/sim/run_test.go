package sim

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"math"
	"strings"
	"testing"
)

func mustRun(t testing.TB, p *Program, o Options) *Report {
	t.Helper()
	r, err := p.Run(context.Background(), o)
	if err != nil {
		t.Fatal(err)
	}
	return r
}

func mustProgram(t testing.TB, m *Model) *Program {
	t.Helper()
	p, err := m.Program()
	if err != nil {
		t.Fatal(err)
	}
	return p
}

func text(t testing.TB, r *Report) []byte {
	t.Helper()
	b, err := json.Marshal(r)
	if err != nil {
		t.Fatal(err)
	}
	return b
}

func TestResultIsTheSameForAnyNumberOfWorkers(t *testing.T) {
	for _, name := range []string{"gateway", "clinic"} {
		p := load(t, name)
		one := text(t, mustRun(t, p, Options{Replications: 20, Workers: 1}))
		for _, workers := range []int{2, 7} {
			if !bytes.Equal(one, text(t, mustRun(t, p, Options{Replications: 20, Workers: workers}))) {
				t.Errorf("%s: %d workers give another report than one", name, workers)
			}
		}
		if bytes.Equal(one, text(t, mustRun(t, p, Options{Replications: 20, Seed: 2}))) {
			t.Errorf("%s: another seed gives the same report", name)
		}
	}
}

func TestSteadyStateAllocatesNothing(t *testing.T) {
	for _, name := range []string{"gateway", "clinic", "mmck", "batch"} {
		p := load(t, name)
		e := newEngine(p)
		var events int64
		once := func() {
			e.reset(1, 0)
			if err := e.replicate(context.Background(), 1e9); err != nil {
				t.Fatal(err)
			}
			events = e.events
		}
		once()
		if n := testing.AllocsPerRun(3, once); n != 0 {
			t.Errorf("%s: %g allocations in %d events", name, n, events)
		}
	}
}

// A stage that draws one number more for everybody (a patience nobody reaches) changes no other draw.
func TestOneMoreDrawMovesNothingElse(t *testing.T) {
	m := oneStage(1.4, Stage{Servers: ptr(Level(2)), Duration: LogNormal(1, 1)})
	plain := mustRun(t, mustProgram(t, m), Options{Replications: 3})
	m.Stages[0].Patience, m.Stages[0].LeaveTo = Uniform(1e6, 2e6), "lost"
	patient := mustRun(t, mustProgram(t, m), Options{Replications: 3})
	for _, f := range plain.Figures {
		if g, _ := patient.Figure(f.Name); g.Mean != f.Mean && !math.IsNaN(float64(f.Mean)) {
			t.Errorf("%s: %v becomes %v", f.Name, f.Mean, g.Mean)
		}
	}
}

// More of the same people: the arrivals of one source do not move when another is added.
func TestSourcesAreIndependent(t *testing.T) {
	m := oneStage(1, Stage{Duration: Exponential(5)})
	m.Stages = append(m.Stages, Stage{Name: "other", Duration: Exponential(1), Routes: onto("lost")})
	alone := mustRun(t, mustProgram(t, m), Options{Replications: 2})
	m.Sources = append(m.Sources, Source{Name: "more", To: "other", Between: Gamma(1, 3)})
	both := mustRun(t, mustProgram(t, m), Options{Replications: 2})
	a, _ := alone.Figure("desk.number")
	b, _ := both.Figure("desk.number")
	if a.Mean != b.Mean {
		t.Errorf("desk.number %v becomes %v", a.Mean, b.Mean)
	}
}

func TestCancelStopsARun(t *testing.T) {
	ctx, cancel := context.WithCancel(context.Background())
	last := 0
	_, err := load(t, "gateway").Run(ctx, Options{Replications: 1e6, Progress: func(done, of int) {
		if done != last+1 || of != 1e6 {
			t.Errorf("progress %d of %d after %d", done, of, last)
		}
		if last = done; done == 5 {
			cancel()
		}
	}})
	if !errors.Is(err, context.Canceled) {
		t.Errorf("error is %v", err)
	}
	if last > 20 {
		t.Errorf("went on to %d", last)
	}
}

func TestCancelStopsWithinAReplication(t *testing.T) {
	m := oneStage(1e6, Stage{Duration: Exponential(0.001)})
	m.Horizon = 1e9
	ctx, cancel := context.WithCancel(context.Background())
	e := newEngine(mustProgram(t, m))
	e.reset(1, 0)
	cancel()
	if err := e.replicate(ctx, 1e9); !errors.Is(err, context.Canceled) || e.events > 2*eventsAtOnce {
		t.Errorf("%v after %d events", err, e.events)
	}
}

func TestRunawayModelsEnd(t *testing.T) {
	round := oneStage(1, Stage{Duration: Constant(0)})
	round.Stages[0].Routes = onto("desk")
	instant := oneStage(1, Stage{Servers: ptr(Level(1))})
	instant.Stages[0].Routes = onto("desk")
	crowd := oneStage(1, Stage{Duration: Constant(1e9)})
	crowd.Sources[0].Group = Constant(1e9)
	for name, c := range map[string]struct {
		model *Model
		says  string
	}{
		"no time passes in a stay":    {round, "time stands still"},
		"no time passes in a passage": {instant, "without time passing"},
		"too many people":             {crowd, "more than 2000000 people"},
	} {
		if testing.Short() && c.model == crowd {
			continue // takes 200 MB
		}
		_, err := mustProgram(t, c.model).Run(context.Background(), Options{Replications: 1})
		if err == nil || !strings.Contains(err.Error(), c.says) {
			t.Errorf("%s: error is %v", name, err)
		}
	}
	long := oneStage(1000, Stage{Duration: Exponential(1)})
	_, err := mustProgram(t, long).Run(context.Background(), Options{Replications: 1, MaxEvents: 100_000})
	if !errors.Is(err, ErrEvents) {
		t.Errorf("too many events: error is %v", err)
	}
}

func TestMemoryIsFlatOverReplications(t *testing.T) {
	s := sample{width: 2, most: 8, stride: 1}
	for r := range 1000 {
		s.add(r, []float64{float64(r), 0})
		if len(s.rows) > 16 {
			t.Fatalf("%d numbers kept after %d rows", len(s.rows), r)
		}
	}
	for i, x := range s.column(0, nil) {
		if int(x) != i*s.stride {
			t.Errorf("row %d is replication %g; every %d-th is kept", i, x, s.stride)
		}
	}
}

func TestVaryGivesEachReplicationItsModel(t *testing.T) {
	programs := map[int]*Program{}
	for i := range 4 {
		programs[i] = mustProgram(t, oneStage(float64(i), Stage{Duration: Constant(1)}))
	}
	var arrived []float64
	_, err := programs[0].Run(context.Background(), Options{
		Replications: 4, Workers: 2,
		Vary: func(r int) (*Program, error) { return programs[r], nil },
		Each: func(r Row) { arrived = append(arrived, r.Figures[0]) },
	})
	if err != nil {
		t.Fatal(err)
	}
	for i, n := range arrived {
		if want := 2000 * float64(i); math.Abs(n-want) > 5*math.Sqrt(want) {
			t.Errorf("replication %d: %g arrived", i, n)
		}
	}
	other := mustProgram(t, oneStage(1, Stage{Servers: ptr(Level(1)), Duration: Constant(1)}))
	_, err = programs[0].Run(context.Background(), Options{Vary: func(int) (*Program, error) { return other, nil }})
	if !errors.Is(err, ErrVary) {
		t.Errorf("another shape: %v", err)
	}
}

func TestRareFiguresAreNull(t *testing.T) {
	m := oneStage(0, Stage{Servers: ptr(Level(1)), Duration: Constant(1)})
	r := mustRun(t, mustProgram(t, m), Options{Replications: 3})
	f, _ := r.Figure("desk.wait")
	if f.N != 0 || !strings.Contains(string(text(t, r)), `"name":"desk.wait","unit":"hour","about":"in the queue, mean of those who began","n":0,"mean":null`) {
		t.Errorf("the wait of nobody is %+v", f)
	}
}
