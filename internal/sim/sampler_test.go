package sim

import (
	"math"
	"testing"
)

// Distributions with their mean and variance.
var laws = []struct {
	name           string
	d              *Dist
	mean, variance float64
}{
	{"constant", Constant(3), 3, 0},
	{"exponential", Exponential(2), 2, 4},
	{"uniform", Uniform(1, 4), 2.5, 0.75},
	{"triangular", Triangular(0, 1, 5), 2, 21.0 / 18},
	{"normal", Normal(10, 2), 10, 4},
	{"lognormal", LogNormal(4, 0.5), 4, 16 * (math.Exp(0.25) - 1)},
	{"lognormal by sd", dist("lognormal", []string{"mean", "sd"}, 11, 5), 11, 25},
	{"lognormal by median", dist("lognormal", []string{"median", "sigma"}, 1, 1), math.Exp(0.5), math.Exp(2) - math.Exp(1)},
	{"gamma", Gamma(6, 3), 6, 12},
	{"gamma of small shape", Gamma(1, 0.5), 1, 2},
	{"weibull", Weibull(2, 2), 2, 4 * (4/math.Pi - 1)},
	{"poisson", Poisson(40), 40, 40},
	{"geometric", Geometric(4), 4, 12},
	{"empirical", Empirical([]float64{1, 2, 4}, []float64{1, 2, 1}), 2.25, 1.1875},
	{"hazard", Hazard([]float64{0, 1}, []float64{0.5, 0.5}), 2, 4},
	{"mixture", Mixture([]float64{1, 3}, Constant(2), Constant(6)), 5, 3},
}

func TestDrawsHaveTheirMeanAndVariance(t *testing.T) {
	const n = 100_000
	for _, law := range laws {
		if err := law.d.check(); err != nil {
			t.Errorf("%s: %v", law.name, err)
			continue
		}
		s, m := law.d.sampler(), newMoments(1)
		for i := range n {
			r := stream(mix(uint64(i))) // each draw from a stream of its own, as in a model
			m.add([]float64{s.draw(&r)})
		}
		_, mean, _ := m.of(0)
		variance := m.square[0] / (n - 1)
		if math.Abs(mean-law.mean) > 4.5*math.Sqrt(law.variance/n)+1e-12 {
			t.Errorf("%s: mean %g, want %g", law.name, mean, law.mean)
		}
		if math.Abs(variance-law.variance) > 0.05*law.variance+1e-12 {
			t.Errorf("%s: variance %g, want %g", law.name, variance, law.variance)
		}
	}
}

// What is left of a time that has lasted for age is distributed as the time itself beyond age.
func TestRestIsTheTailOfTheWhole(t *testing.T) {
	const n, age = 200_000, 2.5
	for _, law := range laws {
		s := law.d.sampler()
		whole, rest := newMoments(1), newMoments(1)
		for i := range n {
			r := stream(mix(uint64(i)))
			if x := s.draw(&r); x > age {
				whole.add([]float64{x - age})
			}
			if i%8 == 0 && whole.n[0] > 0 {
				r = stream(mix(uint64(i + n)))
				rest.add([]float64{s.rest(&r, age)})
			}
		}
		_, want, se := whole.of(0)
		_, got, se2 := rest.of(0)
		if whole.n[0] > 100 && math.Abs(got-want) > 4.5*math.Hypot(se, se2)+1e-9 {
			t.Errorf("%s: rest %g, want %g", law.name, got, want)
		}
	}
}

func TestRestOfWhatIsOverIsNothing(t *testing.T) {
	for _, d := range []*Dist{Constant(1), Uniform(0, 1), Empirical([]float64{1}, nil), LogNormal(1, 0.1), Triangular(0, 0, 1)} {
		s, r := d.sampler(), stream(1)
		if x := s.rest(&r, 1e6); x != 0 || math.IsNaN(x) {
			t.Errorf("%s: %g is left", d.Kind, x)
		}
	}
}

func TestNormalTailsAreNormal(t *testing.T) {
	const n = 1_000_000
	over := map[float64]int{1: 0, 2: 0, 3: 0, zigguratEnd: 0}
	r := stream(5)
	for range n {
		x := math.Abs(r.normal())
		for z := range over {
			if x > z {
				over[z]++
			}
		}
	}
	for z, k := range over {
		p := math.Erfc(z / math.Sqrt2)
		if math.Abs(float64(k)-n*p) > 4.5*math.Sqrt(n*p) {
			t.Errorf("%d beyond %g, want %g", k, z, n*p)
		}
	}
}

// Streams of neighbouring persons and purposes are unrelated: pairs of first draws fill the square evenly.
func TestNeighbouringStreamsAreUnrelated(t *testing.T) {
	const n, side = 400_000, 20
	person := func(i int) uint64 { return mix(7 + uint64(i)*weyl) }
	for name, pair := range map[string]func(i int) (stream, stream){
		"persons": func(i int) (stream, stream) { return stream(person(i)), stream(person(i + 1)) },
		"purposes": func(i int) (stream, stream) {
			return stream(person(i) + salt("a", "stay")), stream(person(i) + salt("b", "stay"))
		},
		"rounds": func(i int) (stream, stream) { return stream(person(i)), stream(person(i) + roundKey) },
		"seeds":  func(i int) (stream, stream) { return stream(mix(mix(uint64(i)))), stream(mix(mix(uint64(i + 1)))) },
	} {
		var cells [side * side]float64
		for i := range n {
			a, b := pair(i)
			cells[int(a.unit()*side)*side+int(b.unit()*side)]++
		}
		chi := 0.0
		for _, k := range cells {
			chi += (k - n/side/side) * (k - n/side/side) / (n / side / side)
		}
		if df := float64(side*side - 1); math.Abs(chi-df) > 4.5*math.Sqrt(2*df) {
			t.Errorf("%s: chi-square %g with %g degrees of freedom", name, chi, df)
		}
	}
}
