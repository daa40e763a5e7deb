package sim

import (
	"fmt"
	"math"
	"slices"
)

// Dist is a distribution of times (or of group sizes). Make one with the functions below, or read it from a file; which
// parameters a kind has is listed there and in docs/simulate.md. Times are never negative.
type Dist struct {
	Kind   string
	Params map[string]float64   // mean, sd, sigma, min, mode, max, shape, scale, rate, value, p
	Lists  map[string][]float64 // values, weights, from, rates
	Of     []Dist               // the parts of a mixture
}

func dist(kind string, names []string, values ...float64) *Dist {
	d := &Dist{Kind: kind, Params: map[string]float64{}}
	for i, n := range names {
		d.Params[n] = values[i]
	}
	return d
}

// Constant is always v.
func Constant(v float64) *Dist { return dist("constant", []string{"value"}, v) }

// Exponential has the mean given.
func Exponential(mean float64) *Dist { return dist("exponential", []string{"mean"}, mean) }

// Uniform lies evenly between low and high.
func Uniform(low, high float64) *Dist { return dist("uniform", []string{"min", "max"}, low, high) }

// Triangular lies between low and high, most often near mode.
func Triangular(low, mode, high float64) *Dist {
	return dist("triangular", []string{"min", "mode", "max"}, low, mode, high)
}

// Normal has mean and standard deviation as given, drawn anew when negative.
func Normal(mean, sd float64) *Dist { return dist("normal", []string{"mean", "sd"}, mean, sd) }

// LogNormal has the mean given (of the time itself), and sigma as the standard deviation of its logarithm.
func LogNormal(mean, sigma float64) *Dist {
	return dist("lognormal", []string{"mean", "sigma"}, mean, sigma)
}

// Gamma has the mean given; shape 1 is the exponential, larger shapes vary less. A whole shape is Erlang's distribution.
func Gamma(mean, shape float64) *Dist { return dist("gamma", []string{"mean", "shape"}, mean, shape) }

// Weibull has hazard growing (shape > 1) or falling (shape < 1) with time, and the mean given.
func Weibull(mean, shape float64) *Dist {
	return dist("weibull", []string{"mean", "shape"}, mean, shape)
}

// Poisson is a whole number with the mean given.
func Poisson(mean float64) *Dist { return dist("poisson", []string{"mean"}, mean) }

// Geometric is a whole number, 1 or more, with the mean given.
func Geometric(mean float64) *Dist { return dist("geometric", []string{"mean"}, mean) }

// Empirical draws one of the values, with chances as the weights (equal if nil).
func Empirical(values, weights []float64) *Dist {
	d := &Dist{Kind: "empirical", Lists: map[string][]float64{"values": values}}
	if weights != nil {
		d.Lists["weights"] = weights
	}
	return d
}

// Hazard has the risk rates[i] per unit of time from the age from[i] on (from[0] is 0). If the last rate is 0, some never end.
func Hazard(from, rates []float64) *Dist {
	return &Dist{Kind: "hazard", Lists: map[string][]float64{"from": from, "rates": rates}}
}

// Mixture draws one of the distributions, with chances as the weights.
func Mixture(weights []float64, of ...*Dist) *Dist {
	d := &Dist{Kind: "mixture", Lists: map[string][]float64{"weights": weights}}
	for _, x := range of {
		d.Of = append(d.Of, *x)
	}
	return d
}

// kind says what a kind of distribution is made of: sets of parameters, any one of which will do, and lists.
type kind struct {
	params   [][]string
	lists    []string
	optional string
	parts    bool
	compile  func(*Dist) sampler
}

// kinds are all kinds of distributions by name. They are filled as the program begins, since a mixture's compile asks for
// them in turn.
var kinds map[string]kind

func init() {
	kinds = map[string]kind{
		"constant":    {params: [][]string{{"value"}}, compile: compileConstant},
		"exponential": {params: [][]string{{"mean"}, {"rate"}}, compile: compileExponential},
		"uniform":     {params: [][]string{{"min", "max"}}, compile: compileUniform},
		"triangular":  {params: [][]string{{"min", "mode", "max"}}, compile: compileTriangular},
		"normal":      {params: [][]string{{"mean", "sd"}}, compile: compileNormal},
		"lognormal":   {params: [][]string{{"mean", "sigma"}, {"mean", "sd"}, {"median", "sigma"}}, compile: compileLogNormal},
		"gamma":       {params: [][]string{{"mean", "shape"}, {"mean", "sd"}}, compile: compileGamma},
		"erlang":      {params: [][]string{{"mean", "shape"}}, compile: compileGamma},
		"weibull":     {params: [][]string{{"mean", "shape"}, {"scale", "shape"}}, compile: compileWeibull},
		"poisson":     {params: [][]string{{"mean"}}, compile: compilePoisson},
		"geometric":   {params: [][]string{{"mean"}}, compile: compileGeometric},
		"empirical":   {lists: []string{"values"}, optional: "weights", compile: compileEmpirical},
		"hazard":      {lists: []string{"from", "rates"}, compile: compileHazard},
		"mixture":     {lists: []string{"weights"}, parts: true, compile: compileMixture},
	}
}

// check tells what is wrong with a distribution in words, or nil.
func (d *Dist) check() error {
	k, ok := kinds[d.Kind]
	if !ok {
		return fmt.Errorf("there is no distribution %q; there are %s", d.Kind, sortedKeys(kinds))
	}
	if err := d.checkNames(k); err != nil {
		return err
	}
	for name, v := range d.Params {
		if math.IsNaN(v) || v < 0 || v > maxNumber {
			return fmt.Errorf("%s: %s is %v; it must be a number between 0 and %g", d.Kind, name, v, maxNumber)
		}
		if v == 0 && slices.Contains([]string{"rate", "shape", "scale", "median"}, name) {
			return fmt.Errorf("%s: %s must be more than 0", d.Kind, name)
		}
	}
	return d.checkShape()
}

func (d *Dist) checkNames(k kind) error {
	given := sortedKeys(d.Params)
	fits := len(k.params) == 0 && len(given) == 0
	for _, set := range k.params {
		want := slices.Clone(set)
		slices.Sort(want)
		fits = fits || slices.Equal(want, given)
	}
	if !fits {
		return fmt.Errorf("%s has %v; it needs %v", d.Kind, given, k.params)
	}
	for _, name := range k.lists {
		if len(d.Lists[name]) == 0 {
			return fmt.Errorf("%s needs the list %q", d.Kind, name)
		}
	}
	for name, list := range d.Lists {
		if !slices.Contains(k.lists, name) && name != k.optional {
			return fmt.Errorf("%s has no list %q", d.Kind, name)
		}
		if len(list) > maxInstants || slices.ContainsFunc(list, badNumber) {
			return fmt.Errorf("%s: %q must be at most %d numbers between 0 and %g", d.Kind, name, maxInstants, maxNumber)
		}
	}
	if k.parts != (len(d.Of) > 0) {
		return fmt.Errorf("%s: parts (of = […]) belong to a mixture, and a mixture needs them", d.Kind)
	}
	return nil
}

func badNumber(v float64) bool { return math.IsNaN(v) || v < 0 || v > maxNumber }

func (d *Dist) checkShape() error {
	p := d.Params
	switch d.Kind {
	case "uniform", "triangular":
		if p["max"] < p["min"] || (d.Kind == "triangular" && (p["mode"] < p["min"] || p["mode"] > p["max"])) {
			return fmt.Errorf("%s: must have min ≤ mode ≤ max", d.Kind)
		}
	case "poisson", "geometric":
		if p["mean"] > 1e4 || (d.Kind == "geometric" && p["mean"] < 1) {
			return fmt.Errorf("%s: mean is %v; at most 10000, and for geometric at least 1", d.Kind, p["mean"])
		}
	case "lognormal", "gamma", "erlang", "weibull":
		if m, ok := p["mean"]; ok && m == 0 {
			return fmt.Errorf("%s: mean must be more than 0", d.Kind)
		}
		if sd, ok := p["sd"]; ok && sd == 0 {
			return fmt.Errorf("%s: sd must be more than 0", d.Kind)
		}
		if p["sigma"] > 10 || p["shape"] > 1e6 || (d.Kind == "weibull" && p["shape"] < 0.05) {
			return fmt.Errorf("%s: sigma at most 10, shape at most 1e6 (weibull: at least 0.05)", d.Kind)
		}
		if d.Kind == "erlang" && p["shape"] != math.Trunc(p["shape"]) {
			return fmt.Errorf("erlang: shape must be a whole number")
		}
	}
	return d.checkLists()
}

func (d *Dist) checkLists() error {
	switch d.Kind {
	case "empirical":
		if w, ok := d.Lists["weights"]; ok {
			return checkWeights(d.Kind, w, len(d.Lists["values"]))
		}
	case "hazard":
		from := d.Lists["from"]
		if from[0] != 0 || !increasing(from) || len(from) != len(d.Lists["rates"]) {
			return fmt.Errorf("hazard: from must begin with 0 and increase, with one rate each")
		}
	case "mixture":
		for i := range d.Of {
			if err := d.Of[i].check(); err != nil {
				return fmt.Errorf("mixture, part %d: %w", i+1, err)
			}
		}
		return checkWeights(d.Kind, d.Lists["weights"], len(d.Of))
	}
	return nil
}

func checkWeights(kind string, w []float64, n int) error {
	sum := 0.0
	for _, x := range w {
		sum += x
	}
	if len(w) != n || sum <= 0 {
		return fmt.Errorf("%s: needs %d weights that are not all 0", kind, n)
	}
	return nil
}

func increasing(x []float64) bool {
	for i := 1; i < len(x); i++ {
		if x[i] <= x[i-1] {
			return false
		}
	}
	return true
}
