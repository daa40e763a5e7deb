package forecast

import "sluss/internal/clock"

func ageAt(bounds []int, days int) int {
	i := len(bounds) - 1
	for i > 0 && days < bounds[i] {
		i--
	}
	return i
}

func (t *tally) hit(place int, cause string, since, on clock.Date) {
	if on < t.start() {
		return
	}
	k := risk{place, cause}
	if t.events[k] == nil {
		t.events[k] = make([]int, len(agesOf(place)))
	}
	t.events[k][ageAt(agesOf(place), on.Sub(since))]++
}

func (t *tally) start() clock.Date { return t.to.Add(-window) }

// stay counts the days lived in a place, as far as they lie within the window.
func (t *tally) stay(place int, since, to clock.Date) {
	if t.exposure[place] == nil {
		t.exposure[place] = make([]float64, len(agesOf(place)))
	}
	bounds := agesOf(place)
	low, high := max(0, t.start().Sub(since)), to.Sub(since)
	for i := range bounds {
		end := high
		if i+1 < len(bounds) {
			end = min(high, bounds[i+1])
		}
		if days := end - max(low, bounds[i]); days > 0 {
			t.exposure[place][i] += float64(days)
		}
	}
}

// spread gives the days from one to another by the age they were lived at.
func (t *tally) spread(since, from, to clock.Date, give func(age int, days float64)) {
	for d := max(from, t.start()); d < to; d = d.Add(1) {
		give(ageAt(stepAges, d.Sub(since)), 1)
	}
}

func (t *tally) fewer(k risk, age int, days float64) {
	if t.less[k] == nil {
		t.less[k] = make([]float64, len(agesOf(k.place)))
	}
	t.less[k][age] += days
}

// lived is the days that a risk was lived under.
func (t *tally) lived(k risk, age int) float64 {
	x := 0.0
	if e := t.exposure[k.place]; e != nil {
		x = e[age]
	}
	if l := t.less[k]; l != nil {
		x -= l[age]
	}
	return max(0, x)
}

func (t *tally) seen(k risk, age int) int {
	if e := t.events[k]; e != nil {
		return e[age]
	}
	return 0
}

// there is how many are in the line or take part.
func (t *tally) there() int {
	n := 0
	for _, list := range t.stock {
		n += len(list)
	}
	for _, list := range t.rests {
		n += len(list)
	}
	return n
}
