package sim

import (
	"math"
	"slices"
)

// law is the kind of a sampler. Few are needed: most distributions are one of these with other constants.
type law uint8

const (
	lawConstant law = iota
	lawExponential
	lawUniform
	lawTriangular
	lawNormal
	lawLogNormal
	lawGamma
	lawWeibull
	lawPoisson
	lawGeometric
	lawEmpirical
	lawHazard
	lawMixture
)

// sampler is a distribution made ready to draw from.
type sampler struct {
	law     law
	a, b, c float64
	xs, cum []float64
	parts   []sampler
}

func (d *Dist) sampler() sampler { return kinds[d.Kind].compile(d) }

func compileConstant(d *Dist) sampler { return sampler{law: lawConstant, a: d.Params["value"]} }

func compileExponential(d *Dist) sampler {
	if r, ok := d.Params["rate"]; ok {
		return sampler{law: lawExponential, a: 1 / r}
	}
	return sampler{law: lawExponential, a: d.Params["mean"]}
}

func compileUniform(d *Dist) sampler {
	return sampler{law: lawUniform, a: d.Params["min"], b: d.Params["max"] - d.Params["min"]}
}

func compileTriangular(d *Dist) sampler {
	return sampler{law: lawTriangular, a: d.Params["min"], b: d.Params["mode"], c: d.Params["max"]}
}

func compileNormal(d *Dist) sampler {
	return sampler{law: lawNormal, a: d.Params["mean"], b: d.Params["sd"]}
}

func compileLogNormal(d *Dist) sampler {
	if m, ok := d.Params["median"]; ok {
		return sampler{law: lawLogNormal, a: math.Log(m), b: d.Params["sigma"]}
	}
	m, s := d.Params["mean"], d.Params["sigma"]
	if sd, ok := d.Params["sd"]; ok {
		s = math.Sqrt(math.Log1p(sd / m * sd / m))
	}
	return sampler{law: lawLogNormal, a: math.Log(m) - s*s/2, b: s}
}

func compileGamma(d *Dist) sampler {
	m, k := d.Params["mean"], d.Params["shape"]
	if sd, ok := d.Params["sd"]; ok {
		k = m / sd * m / sd
	}
	return sampler{law: lawGamma, a: k, b: m / k}
}

func compileWeibull(d *Dist) sampler {
	k, scale := d.Params["shape"], d.Params["scale"]
	if m, ok := d.Params["mean"]; ok {
		scale = m / math.Gamma(1+1/k)
	}
	return sampler{law: lawWeibull, a: scale, b: 1 / k}
}

func compilePoisson(d *Dist) sampler { return sampler{law: lawPoisson, a: d.Params["mean"]} }

func compileGeometric(d *Dist) sampler {
	return sampler{law: lawGeometric, a: math.Log1p(-1 / d.Params["mean"])}
}

func compileEmpirical(d *Dist) sampler {
	w := d.Lists["weights"]
	if w == nil {
		w = slices.Repeat([]float64{1}, len(d.Lists["values"]))
	}
	return sampler{law: lawEmpirical, xs: d.Lists["values"], cum: cumulate(w)}
}

// compileHazard keeps for each piece its start, its rate (in cum) and, in c, nothing: the exposure is walked.
func compileHazard(d *Dist) sampler {
	return sampler{law: lawHazard, xs: d.Lists["from"], cum: d.Lists["rates"]}
}

func compileMixture(d *Dist) sampler {
	s := sampler{law: lawMixture, cum: cumulate(d.Lists["weights"])}
	for i := range d.Of {
		s.parts = append(s.parts, d.Of[i].sampler())
	}
	return s
}

// cumulate gives the running shares of the weights, the last exactly 1.
func cumulate(w []float64) []float64 {
	cum := make([]float64, len(w))
	sum := 0.0
	for i, x := range w {
		sum += x
		cum[i] = sum
	}
	for i := range cum {
		cum[i] /= sum
	}
	cum[len(cum)-1] = 1
	return cum
}

func choose(cum []float64, u float64) int {
	if len(cum) > 16 {
		i, _ := slices.BinarySearch(cum, math.Nextafter(u, 2))
		return i
	}
	i := 0
	for u >= cum[i] {
		i++
	}
	return i
}

// draw gives one value, ≥ 0; +Inf for what never happens.
func (d *sampler) draw(s *stream) float64 {
	switch d.law {
	case lawConstant:
		return d.a
	case lawExponential:
		return d.a * s.exponential()
	case lawLogNormal:
		return exp(d.a + d.b*s.normal())
	case lawUniform:
		return d.a + d.b*s.unit()
	case lawWeibull:
		return d.a * math.Pow(s.exponential(), d.b)
	case lawGamma:
		return d.b * s.gamma(d.a)
	case lawHazard:
		return d.spend(s.exponential(), 0)
	default:
		return d.drawRare(s)
	}
}

func (d *sampler) drawRare(s *stream) float64 {
	switch d.law {
	case lawTriangular:
		return d.triangular(s.unit())
	case lawNormal:
		for {
			if x := d.a + d.b*s.normal(); x >= 0 {
				return x
			}
		}
	case lawPoisson:
		return s.poisson(d.a)
	case lawGeometric:
		return 1 + math.Floor(math.Log(s.open())/d.a)
	case lawEmpirical:
		return d.xs[choose(d.cum, s.unit())]
	default: // lawMixture
		return d.parts[choose(d.cum, s.unit())].draw(s)
	}
}

func (d *sampler) triangular(u float64) float64 {
	low, mode, high := d.a, d.b, d.c
	if high == low {
		return low
	}
	if cut := (mode - low) / (high - low); u < cut {
		return low + math.Sqrt(u*(high-low)*(mode-low))
	}
	return high - math.Sqrt((1-u)*(high-low)*(high-mode))
}

// spend walks the hazard from the age given until so much of it is used up.
func (d *sampler) spend(exposure, age float64) float64 {
	for i, rate := range d.cum {
		end := math.Inf(1)
		if i+1 < len(d.xs) {
			end = d.xs[i+1]
		}
		if age >= end {
			continue
		}
		if rate > 0 && age+exposure/rate <= end {
			return age + exposure/rate
		}
		exposure -= rate * (end - age)
		age = end
	}
	return math.Inf(1)
}

// gamma has shape k and scale 1 (Marsaglia and Tsang 2000).
func (s *stream) gamma(k float64) float64 {
	if k < 1 {
		return s.gamma(k+1) * math.Pow(s.open(), 1/k)
	}
	d := k - 1.0/3
	c := 1 / math.Sqrt(9*d)
	for {
		x := s.normal()
		v := 1 + c*x
		if v <= 0 {
			continue
		}
		v = v * v * v
		if math.Log(s.open()) < x*x/2+d-d*v+d*math.Log(v) {
			return d * v
		}
	}
}

// poisson multiplies uniform numbers (Knuth), at most a mean of 16 at a time.
func (s *stream) poisson(mean float64) float64 {
	n := 0.0
	for mean > 0 {
		m := min(mean, 16)
		mean -= m
		for p, low := s.open(), math.Exp(-m); p > low; p *= s.open() {
			n++
		}
	}
	return n
}

// rest draws what is left of a time that has already lasted age: the value given that it exceeds age, less age.
// A time that cannot exceed age is over: 0.
func (d *sampler) rest(s *stream, age float64) float64 {
	if age <= 0 {
		return d.draw(s)
	}
	switch d.law {
	case lawConstant:
		return max(0, d.a-age)
	case lawExponential:
		return d.draw(s)
	case lawUniform:
		low := max(d.a, age)
		return max(0, low+max(0, d.a+d.b-low)*s.unit()-age)
	case lawWeibull:
		return max(0, d.a*math.Pow(math.Pow(age/d.a, 1/d.b)+s.exponential(), d.b)-age)
	case lawHazard:
		return d.spend(s.exponential(), age) - age
	case lawLogNormal:
		return d.restLogNormal(s, age)
	}
	return d.restByTrial(s, age)
}

// restLogNormal inverts the survival function beyond age.
func (d *sampler) restLogNormal(s *stream, age float64) float64 {
	if d.b == 0 {
		return max(0, math.Exp(d.a)-age)
	}
	alive := math.Erfc((math.Log(age)-d.a)/(d.b*math.Sqrt2)) / 2
	z := math.Sqrt2 * math.Erfcinv(2*alive*s.open())
	if math.IsInf(z, 0) || math.IsNaN(z) {
		return 0
	}
	return max(0, math.Exp(d.a+d.b*z)-age)
}

func (d *sampler) restByTrial(s *stream, age float64) float64 {
	for range 10_000 {
		if x := d.draw(s); x > age {
			return x - age
		}
	}
	return 0
}
