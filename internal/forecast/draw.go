package forecast

import (
	"math"
	"math/rand/v2"
)

// drawn is one way things may be: every number of a belief decided.
type drawn struct {
	risks    map[risk][]float64
	arrivals float64 // a day, all told
	show     float64
	calls    func(Start) float64 // how many are called to a start, for as many to come as that day had it
}

// draw decides every number by chance, in the same order whatever is planned, so that two plans meet the same world.
func (b *belief) draw(seed uint64, replication int) drawn {
	r := rand.New(rand.NewPCG(seed^0x51055, uint64(replication)+1))
	d := drawn{risks: make(map[risk][]float64, len(b.risks))}
	d.arrivals = b.arrivals.draw(r) * math.Exp(b.drift*r.NormFloat64())
	d.show = b.show.draw(r)
	pace := math.Exp(b.pace * r.NormFloat64())
	b.decide(d, pace, func(g gamma) float64 { return g.draw(r) })
	d.calls = func(s Start) float64 { return b.turnout(d.show, s, seed, replication) }
	return d
}

// middle is every number at its mean.
func (b *belief) middle() drawn {
	d := drawn{risks: map[risk][]float64{}, arrivals: b.arrivals.mean(), show: b.show.yes / (b.show.yes + b.show.no),
		calls: func(s Start) float64 { return float64(s.Calls) }}
	b.decide(d, 1, gamma.mean)
	return d
}

// decide takes a number from each belief: of a cause in all, then at each age, then in each step, each leaning on the one
// before it.
func (b *belief) decide(d drawn, pace float64, take func(gamma) float64) {
	ages := make([][]float64, len(b.pools))
	for i, p := range b.pools {
		all := take(p.all)
		for _, g := range p.byAge {
			ages[i] = append(ages[i], take(gamma{lean + g.shape, lean/all + g.time}))
		}
	}
	for _, k := range b.risks {
		rates := make([]float64, len(k.own))
		for age, g := range k.own {
			rates[age] = take(gamma{lean + g.shape, lean/(ages[k.pool][age]*shape(k.risk, age, b.steps)) + g.time})
			if k.place > pStep {
				rates[age] *= pace
			}
		}
		d.risks[k.risk] = rates
	}
}

func (g gamma) mean() float64 { return g.shape / g.time }

func (g gamma) draw(r *rand.Rand) float64 { return standardGamma(r, g.shape) / g.time }

func (b beta) draw(r *rand.Rand) float64 {
	x, y := standardGamma(r, b.yes), standardGamma(r, b.no)
	return x / (x + y)
}

// standardGamma is Marsaglia and Tsang's method (2000).
func standardGamma(r *rand.Rand, shape float64) float64 {
	if shape < 1 {
		return standardGamma(r, shape+1) * math.Pow(r.Float64(), 1/shape)
	}
	d := shape - 1./3
	c := 1 / math.Sqrt(9*d)
	for {
		x := r.NormFloat64()
		v := 1 + c*x
		if v <= 0 {
			continue
		}
		v = v * v * v
		if u := 1 - r.Float64(); math.Log(u) < 0.5*x*x+d-d*v+d*math.Log(v) {
			return d * v
		}
	}
}
