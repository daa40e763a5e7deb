package sim

import (
	"context"
	"math"
	"os"
	"testing"
)

var proving = os.Getenv("SLUSS_PROVE") == "1"

func onto(to string) []Route { return []Route{{To: to}} }

func ptr[T any](v T) *T { return &v }

// oneStage is a source, a stage and an exit called done; lost is there for those who do not get in.
func oneStage(rate float64, s Stage) *Model {
	level := Level(rate)
	s.Name, s.Routes = "desk", onto("done")
	return &Model{
		Unit: "hour", Horizon: 2200, Warmup: 200, Stages: []Stage{s},
		Sources: []Source{{Name: "in", To: "desk", Rate: &level}}, Exits: []Exit{{Name: "done"}, {Name: "lost"}},
	}
}

// theory is a model with what its figures must be in the mean.
type theory struct {
	name  string
	model *Model
	want  map[string]float64
}

func theories() []theory {
	return []theory{mmc(), mmcFull(), mg1(), bulk(), gated(), impatient(), ranked(), hazards(), seasons()}
}

func mmc() theory {
	m := oneStage(1.4, Stage{Servers: ptr(Level(2)), Duration: Exponential(1)})
	waits, queue := erlangC(2, 1.4)
	return theory{"M/M/2", m, map[string]float64{
		"desk.waited": waits, "desk.queue_mean": queue, "desk.wait": queue / 1.4, "desk.number": 1.4, "all.number": queue + 1.4,
	}}
}

func mmcFull() theory {
	m := oneStage(3, Stage{Servers: ptr(Level(3)), Room: ptr(2), FullTo: "lost", Duration: Exponential(1)})
	p := birthDeath(5, func(int) float64 { return 3 }, func(k int) float64 { return math.Min(float64(k), 3) })
	return theory{"M/M/3/5", m, map[string]float64{
		"desk.lost": 2000 * 3 * p[5], "lost.count": 2000 * 3 * p[5], "desk.queue_mean": p[4] + 2*p[5],
		"desk.number": 3 * (1 - p[5]),
	}}
}

// mg1 is Pollaczek and Khinchine's formula: the mean wait is λ E[S²] / 2(1−ρ).
func mg1() theory {
	m := oneStage(0.6, Stage{Servers: ptr(Level(1)), Order: "lifo", Duration: LogNormal(1, 0.6)})
	wait := 0.6 * math.Exp(0.36) / (2 * 0.4)
	return theory{"M/G/1", m, map[string]float64{"desk.wait": wait, "desk.queue_mean": 0.6 * wait, "desk-servers.used": 0.6}}
}

func bulk() theory {
	m := oneStage(2.5, Stage{Servers: ptr(Level(1)), Batch: &Batch{Max: 4}, Duration: Exponential(1)})
	return theory{"M/M[1,4]/1", m, map[string]float64{"desk.queue_mean": bulkQueue(2.5, 1, 4), "desk.number": 2.5}}
}

func gated() theory {
	m := oneStage(4, Stage{Gate: &Gate{Calendar: "days", Takes: Level(5)}})
	m.Calendars = []Calendar{{Name: "days", Every: 1}}
	queue := gateQueue(4, 1, 5)
	return theory{"gate", m, map[string]float64{"desk.queue_mean": queue, "desk.wait": queue / 4}}
}

// impatient is M/M/2 with exponential patience (Erlang A).
func impatient() theory {
	m := oneStage(3, Stage{Servers: ptr(Level(2)), Patience: Exponential(2), LeaveTo: "lost", Duration: Exponential(1)})
	p := birthDeath(200, func(int) float64 { return 3 },
		func(k int) float64 { return math.Min(float64(k), 2) + math.Max(0, float64(k-2))/2 })
	queue := 0.0
	for k := 3; k < len(p); k++ {
		queue += float64(k-2) * p[k]
	}
	return theory{"M/M/2+M", m, map[string]float64{"desk.queue_mean": queue, "desk.reneged": 2000 * queue / 2}}
}

// ranked is two kinds of people before one server, the first kind always first (Cobham 1954).
func ranked() theory {
	m := oneStage(0.3, Stage{Needs: []Need{{Resource: "server"}}, Duration: Exponential(1)})
	m.Resources = []Resource{{"server", Level(1)}}
	second := m.Stages[0]
	second.Name, second.Rank = "back", 1
	m.Stages = append(m.Stages, second)
	m.Sources = append(m.Sources, Source{Name: "too", To: "back", Rate: ptr(Level(0.4))})
	return theory{"two ranks", m, map[string]float64{"desk.wait": 1, "back.wait": 0.7 / (0.7 * 0.3), "server.used": 0.7}}
}

// hazards end a stay by whichever comes first; the shares are as the rates.
func hazards() theory {
	m := oneStage(2, Stage{Endings: []Ending{
		{To: "done", After: *Exponential(4)},
		{To: "lost", After: *Hazard([]float64{0, 3}, []float64{0.75, 0.75})},
	}})
	return theory{"hazards", m, map[string]float64{"done.count": 1000, "lost.count": 3000, "desk.stay": 1}}
}

// seasons is a rate that changes, and one in four who returns after ten hours.
func seasons() theory {
	m := oneStage(1, Stage{Duration: Gamma(3, 2)})
	m.Sources[0].Rate = &Steps{Cycle: 10, At: []Step{{0, 1}, {2, 6}, {5, 0}}}
	m.Exits[0] = Exit{Name: "done", Return: 0.25, After: Constant(10), To: "desk"}
	return theory{"seasons", m, map[string]float64{
		"all.arrived": 4000, "all.returned": 4000.0 / 3, "desk.number": 2 * 3 / 0.75, "desk.stay": 3,
	}}
}

// within runs a theory with one seed and tells which figures lie within three standard errors.
func (th theory) within(t *testing.T, p *Program, seed uint64, hits map[string]int) {
	t.Helper()
	r, err := p.Run(context.Background(), Options{Replications: 40, Seed: seed, Workers: 2})
	if err != nil {
		t.Fatal(err)
	}
	for name, want := range th.want {
		f, ok := r.Figure(name)
		if !ok {
			t.Fatalf("no figure %s", name)
		}
		if math.Abs(float64(f.Mean)-want) <= 3*float64(f.SE) {
			hits[name]++
		}
	}
}

// manySeeds is how many seeds are tried: 100 for a proof.
func manySeeds() int {
	switch {
	case proving:
		return 100
	case testing.Short():
		return 3
	}
	return 20
}

// Three standard errors from forty replications hold the truth in 99.5 of 100 seeds. All seeds from 1 on count.
func TestFiguresAgreeWithTheory(t *testing.T) {
	seeds := manySeeds()
	for _, th := range theories() {
		t.Run(th.name, func(t *testing.T) {
			p, err := th.model.Program()
			if err != nil {
				t.Fatal(err)
			}
			hits := map[string]int{}
			for seed := range seeds {
				th.within(t, p, uint64(seed+1), hits)
			}
			for name, want := range th.want {
				t.Logf("%s = %.6g: within 3 standard errors in %d of %d seeds", name, want, hits[name], seeds)
				if hits[name] < seeds*97/100 {
					t.Errorf("%s: only %d of %d", name, hits[name], seeds)
				}
			}
		})
	}
}

// Little's law holds for whole system and for a queue: number = rate of leaving × time in it, but for the ends of the run.
func TestLittlesLaw(t *testing.T) {
	p, err := mmc().model.Program()
	if err != nil {
		t.Fatal(err)
	}
	seeds, hits := manySeeds(), 0
	for seed := range seeds {
		gap := newMoments(1)
		_, err := p.Run(context.Background(), Options{Replications: 40, Seed: uint64(seed + 1), Each: func(r Row) {
			f := r.figure(p)
			gap.add([]float64{f("all.number") - f("all.left")/2000*f("all.time")})
		}})
		if err != nil {
			t.Fatal(err)
		}
		if _, mean, se := gap.of(0); math.Abs(mean) <= 3*se {
			hits++
		}
	}
	t.Logf("within 3 standard errors in %d of %d seeds", hits, seeds)
	if hits < seeds*97/100 {
		t.Errorf("only %d of %d", hits, seeds)
	}
}

func (r Row) figure(p *Program) func(string) float64 {
	return func(name string) float64 {
		for i, n := range p.Figures() {
			if n == name {
				return r.Figures[i]
			}
		}
		panic(name)
	}
}

// The steady gateway's means are known by Little's law: 18.75 a month times the stay.
func TestSteadyGatewayHasItsKnownMeans(t *testing.T) {
	p := load(t, "gateway-steady")
	replications, bound := 100, 0.002
	switch {
	case proving:
		replications = 1000
	case testing.Short():
		replications, bound = 4, 0.02
	}
	r, err := p.Run(context.Background(), Options{Replications: replications})
	if err != nil {
		t.Fatal(err)
	}
	want := map[string]float64{"phase1.number": 18.75, "phase2.number": 75, "phase3.number": 95.625, "SE.number": 16.875}
	for name, w := range want {
		f, _ := r.Figure(name)
		t.Logf("%s = %.4f ± %.4f, known %.4f, off by %+.3f %%", name, f.Mean, f.SE, w, 100*(float64(f.Mean)/w-1))
		if math.Abs(float64(f.Mean)/w-1) > bound {
			t.Errorf("%s is off by more than %.1f %%", name, 100*bound)
		}
	}
}
