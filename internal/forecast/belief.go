package forecast

import (
	"math"
	"slices"

	"sluss/internal/clock"
)

// belief is what is thought about a gateway's ways before a future is played: for each number how large it is, and how
// sure that is. It is the tally leaned on what was stated beforehand.
type belief struct {
	steps    int
	pools    []pooled
	risks    []believed
	arrivals gamma   // people a day, all told: those who come back are some of them
	pace     float64 // how much exits may come to be faster or slower than they have been, as the sd of a logarithm
	drift    float64 // the same of how many come
	season   [12]float64
	show     beta    // of those called, who come
	uneven   float64 // how much more the starts differ in that than chance alone would make them
	borrowed int
	prior    bool
}

// pooled is what is seen of a cause everywhere, and at each age everywhere: what a risk with few events of its own leans on.
type pooled struct {
	cause string
	all   gamma
	byAge []gamma // events, and days by the shape; leaned on all
}

// believed is a risk: for each age the events seen and the days lived; leaned on its pool.
type believed struct {
	risk
	pool int
	own  []gamma
}

// gamma is a rate known from shape events in time days.
type gamma struct{ shape, time float64 }

// beta is a share known from yes and no.
type beta struct{ yes, no float64 }

// stated are the risks per day that are assumed where nothing has been seen: a fortnight to the individual start, steps of
// one to six months, four of ten leaving to something else, a quarter to studies, and one in five who come back in a year.
var stated = map[string]float64{
	cGone: 1. / 900, cAside: 1. / 3000, cBegin: 1. / 14, cAgain: 1. / 400,
	cOn: 1. / 110, cBehind: 1. / 2500, cWork: 0.35 / 330, cStudy: 0.12 / 330, cTerm: 0.13 / 330, cOther: 0.40 / 330,
	cPause: 1. / 3000, cResume: 1. / 45, cReturn: 0.2 / 365,
}

// shapes is how a risk is assumed to differ by age within a step: few leave or move on in the first weeks. Besides, more
// leave from the last step than from the first.
var shapes = map[string][]float64{
	cOn: {0.3, 1, 1.2, 1, 0.8}, cWork: {0.4, 0.8, 1.2, 1.5, 1.5}, cStudy: {0.4, 0.8, 1.2, 1.5, 1.5}, cTerm: {0.4, 0.8, 1.2, 1.5, 1.5}, cOther: {0.5, 0.8, 1.2, 1.5, 1.5},
}

func shape(k risk, age, steps int) float64 {
	s := shapes[k.cause]
	switch {
	case k.place <= pStep || s == nil:
		return 1
	case k.cause == cOn || steps < 2:
		return s[age]
	}
	return s[age] * (0.6 + 0.8*float64(k.place-pStep-1)/float64(steps-1))
}

const (
	statedShow     = 0.7
	statedArrivals = 20 / Month
	lean           = 3.0   // how many events the unit's all weighs against those of one age or step
	faint          = 1.5   // how many events what was stated weighs against the unit's all
	enough         = 10    // events of its own that a risk needs to stand by itself, in words
	restless       = 0.08  // how much a pace may come to differ from what it has been, when that is known over long
	young          = 100.0 // days by which a short history makes it differ more: so many through its length
)

// risksOf lists the risks of a gateway with so many steps.
func risksOf(steps int) []risk {
	list := []risk{{pQueue, cGone}, {pQueue, cAside}, {pOwn, cBegin}, {pOwn, cGone}, {pOwn, cAgain}}
	for i := 1; i <= steps; i++ {
		p := pStep + i
		if i < steps {
			list = append(list, risk{p, cOn})
		}
		if i > 1 {
			list = append(list, risk{p, cBehind})
		}
		list = append(list, risk{p, cWork}, risk{p, cStudy}, risk{p, cTerm}, risk{p, cOther}, risk{p, cPause})
	}
	return append(list, risk{pPause, cResume}, risk{pPause, cOther}, risk{pOut, cReturn})
}

// believe makes the belief. starts are the group starts held, with how many were called to each.
func believe(t *tally, starts []Start) belief {
	b := belief{steps: t.steps}
	at := map[string]int{}
	for _, k := range risksOf(t.steps) {
		name := poolOf(k)
		if _, ok := at[name]; !ok {
			at[name] = len(b.pools)
			p := pooled{cause: k.cause, all: gamma{faint, faint / stated[k.cause]}, byAge: make([]gamma, len(agesOf(k.place)))}
			b.pools = append(b.pools, p)
		}
		b.learn(t, k, at[name])
	}
	for _, p := range b.pools {
		b.prior = b.prior || p.all.shape-faint < enough
	}
	known := float64(max(1, t.to.Sub(t.first)))
	b.pace = math.Hypot(restless, young/known)
	b.drift = b.pace
	b.arrive(t)
	b.shows(t, starts)
	return b
}

// learn counts what is seen of a risk, for itself and for its pool.
func (b *belief) learn(t *tally, k risk, pool int) {
	p := &b.pools[pool]
	x := believed{risk: k, pool: pool}
	n := 0
	for age := range agesOf(k.place) {
		seen := gamma{float64(t.seen(k, age)), t.lived(k, age)}
		n += t.seen(k, age)
		x.own = append(x.own, seen)
		days := seen.time * shape(k, age, b.steps)
		p.byAge[age] = gamma{p.byAge[age].shape + seen.shape, p.byAge[age].time + days}
		p.all = gamma{p.all.shape + seen.shape, p.all.time + days}
	}
	if n < enough {
		b.borrowed++
	}
	b.risks = append(b.risks, x)
}

// poolOf names what a risk is leaned on: the same cause in every step, but the line's own.
func poolOf(k risk) string {
	if k.place >= pStep {
		return k.cause
	}
	return k.cause + string(rune('a'+k.place))
}

// arrive learns how many come, over the last two years or as long as there is, with the seasons when that is a year. Who comes back is
// counted with them: a gateway that is young has seen few come back yet, and were the new counted by themselves, as many of them would be
// foreseen beside ever more who come back.
func (b *belief) arrive(t *tally) {
	came := slices.Concat(t.came, t.back)
	from := max(t.first, t.to.AddMonths(-24))
	days := float64(t.to.Sub(from) + 1)
	var n, spanned [12]float64
	total := 0.0
	for _, d := range came {
		if d >= from {
			n[d.Time().Month()-1]++
			total++
		}
	}
	for d := from; d <= t.to; d = d.Add(1) {
		spanned[d.Time().Month()-1]++
	}
	rate := total / days
	for m := range b.season {
		b.season[m] = 1
		if expected := rate * spanned[m]; days >= 365 && rate > 0 {
			one := rate * Month
			b.season[m] = (n[m] + one) / (expected + one)
		}
	}
	spread := max(1, dispersion(came, from, t.to, rate, b.season))
	seen := lately(came, from, t.to, b.season)
	b.arrivals = gamma{(faint + seen.shape) / spread, (faint/statedArrivals + seen.time) / spread}
}

// lately is how many come and in how many days, the seasons taken away. What was a year ago weighs half as much as what is now:
// the level drifts, and the latest tells most of what comes next.
func lately(came []clock.Date, from, to clock.Date, season [12]float64) gamma {
	weight := func(d clock.Date) float64 { return math.Exp2(-float64(to.Sub(d)) / 365) }
	n, days, squares := 0.0, 0.0, 0.0
	for _, d := range came {
		if d >= from {
			n += weight(d)
			squares += weight(d) * weight(d)
		}
	}
	for d := from; d <= to; d = d.Add(1) {
		days += weight(d) * season[d.Time().Month()-1]
	}
	if n == 0 {
		return gamma{0, days}
	}
	sure := n / squares // so that the spread is that of as many as they are worth
	return gamma{n * sure, days * sure}
}

// dispersion is how much more the months vary than chance alone would make them.
func dispersion(came []clock.Date, from, to clock.Date, rate float64, season [12]float64) float64 {
	sum, months := 0.0, 0.0
	for m := from.Month().AddMonths(1); m.AddMonths(1) <= to; m = m.AddMonths(1) {
		next, n := m.AddMonths(1), 0.0
		for _, d := range came {
			if d >= m && d < next {
				n++
			}
		}
		if want := rate * float64(next.Sub(m)) * season[m.Time().Month()-1]; want > 0 {
			sum += (n - want) * (n - want) / want
			months++
		}
	}
	if months < 6 {
		return 1
	}
	return sum / months
}
