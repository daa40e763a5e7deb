package sim

import (
	stdheap "container/heap"
	"context"
	"math"
	"math/rand/v2"
	"slices"
	"testing"
)

// plain is the gateway of docs/models/gateway.toml written straight down, knowing nothing of the engine: what is due next is taken
// from a heap, and who waits stands in a slice.
type plain struct {
	r       *rand.Rand
	due     agenda
	intake  []float64 // when they came, who came first first
	waits   int       // for Supported Employment
	free    int
	figures map[string]float64
}

// kind of what is due.
const (
	comes = iota
	opens
	ends1
	ends2
	ends3
	endsSE
	returns
)

type instant struct {
	at   float64
	kind int
}

type agenda []instant

func (m agenda) Len() int           { return len(m) }
func (m agenda) Less(i, k int) bool { return m[i].at < m[k].at }
func (m agenda) Swap(i, k int)      { m[i], m[k] = m[k], m[i] }
func (m *agenda) Push(x any)        { *m = append(*m, x.(instant)) }
func (m *agenda) Pop() any {
	x := (*m)[len(*m)-1]
	*m = (*m)[:len(*m)-1]
	return x
}

func (g *plain) later(now, after float64, kind int) { stdheap.Push(&g.due, instant{now + after, kind}) }

func (g *plain) lasts(mean float64) float64 {
	return math.Exp(math.Log(mean) - 0.125 + 0.5*g.r.NormFloat64())
}

// playPlain plays twenty years with so many places in Supported Employment.
func playPlain(seed uint64, places int) map[string]float64 {
	g := &plain{r: rand.New(rand.NewPCG(seed, 99)), free: places, figures: map[string]float64{}}
	f := g.figures
	g.later(0, g.r.ExpFloat64()/20, comes)
	g.later(0, 0.5, opens)
	waited := 0.0
	for g.due.Len() > 0 {
		e := stdheap.Pop(&g.due).(instant)
		if e.at > 240 {
			break
		}
		switch e.kind {
		case comes:
			g.intake = append(g.intake, e.at)
			g.later(e.at, g.r.ExpFloat64()/20, comes)
		case returns:
			g.intake = append(g.intake, e.at)
			f["all.returned"]++
		case opens:
			n := min(10, len(g.intake))
			for _, came := range g.intake[:n] {
				waited += e.at - came
				g.later(e.at, g.lasts(1), ends1)
			}
			g.intake = g.intake[n:]
			f["intake.began"] += float64(n)
			g.later(e.at, 0.5, opens)
		case ends1:
			g.later(e.at, g.lasts(4), ends2)
		case ends2:
			switch {
			case g.r.Float64() >= 0.15:
				g.later(e.at, g.lasts(6), ends3)
			case g.free > 0:
				g.free--
				g.later(e.at, g.lasts(6), endsSE)
			default:
				g.waits++
			}
		case ends3, endsSE:
			g.leaves(e)
		}
	}
	f["intake.queue"], f["intake.wait"], f["phase3-SE.queue"] = float64(len(g.intake)), waited/f["intake.began"], float64(g.waits)
	return f
}

// leaves counts an exit, gives the place to who waits for it, and lets one in five come back after a year.
func (g *plain) leaves(e instant) {
	g.figures["all.left"]++
	if e.kind == endsSE {
		if g.waits > 0 {
			g.waits--
			g.later(e.at, g.lasts(6), endsSE)
		} else {
			g.free++
		}
	}
	if g.r.Float64() < 0.2 {
		g.later(e.at, 12, returns)
	}
}

// apart is Kolmogorov and Smirnov's distance of two samples, as a multiple of what chance alone would exceed once in a thousand times.
func apart(a, b []float64) float64 {
	slices.Sort(a)
	slices.Sort(b)
	most, i, k := 0.0, 0, 0
	for i < len(a) && k < len(b) {
		x := min(a[i], b[k])
		for i < len(a) && a[i] == x {
			i++
		}
		for k < len(b) && b[k] == x {
			k++
		}
		most = max(most, math.Abs(float64(i)/float64(len(a))-float64(k)/float64(len(b))))
	}
	n, m := float64(len(a)), float64(len(b))
	return most / (1.949 * math.Sqrt((n+m)/(n*m)))
}

// Not only the means: admitted, exits, returns, those who wait at the end and how long one waited are distributed alike over the
// replications. The same comparison tells a gateway with two places fewer from this one.
func TestTheGatewayIsDistributedAsOneWrittenStraightDown(t *testing.T) {
	n := 120
	switch {
	case proving:
		n = 3000
	case testing.Short():
		n = 60
	}
	names := []string{"intake.began", "all.left", "all.returned", "intake.queue", "intake.wait", "phase3-SE.queue"}
	p := load(t, "gateway")
	engine, same, other := map[string][]float64{}, map[string][]float64{}, map[string][]float64{}
	_, err := p.Run(context.Background(), Options{Replications: n, Seed: 5, Each: func(r Row) {
		for _, name := range names {
			engine[name] = append(engine[name], r.figure(p)(name))
		}
	}})
	if err != nil {
		t.Fatal(err)
	}
	for seed := range n {
		a, b := playPlain(uint64(seed), 20), playPlain(uint64(seed), 18)
		for _, name := range names {
			same[name], other[name] = append(same[name], a[name]), append(other[name], b[name])
		}
	}
	for _, name := range names {
		d := apart(engine[name], same[name])
		t.Logf("%s: %.2f of the distance that chance exceeds once in a thousand", name, d)
		if d >= 1 {
			t.Errorf("%s is distributed otherwise", name)
		}
	}
	if apart(engine["phase3-SE.queue"], other["phase3-SE.queue"]) < 1 {
		t.Error("two places fewer are not told from none")
	}
}
