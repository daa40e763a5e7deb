package main

import (
	"math"
	"slices"
)

// The shape of the country: 290 areas whose sizes are log-normal as Sweden's municipalities are, no unit above 20,000.
const (
	areas     = 290
	sigma     = 1.2
	unitMost  = 20000
	perPost   = 100 // people to each worker
	startsAgo = 24  // group starts held per unit, two a month
	startsSet = 6   // and planned
	onStart   = 13  // called to each
)

// sizes gives the number of people in each area, largest last; together exactly people.
func sizes(people int) []int {
	weights, sum := make([]float64, areas), 0.0
	for i := range weights {
		p := (float64(i) + 0.5) / areas
		weights[i] = math.Exp(sigma * math.Sqrt2 * math.Erfinv(2*p-1))
		sum += weights[i]
	}
	list, given := make([]int, areas), 0
	for i, w := range weights {
		list[i] = max(1, int(float64(people)*w/sum))
		given += list[i]
	}
	list[areas-1] += people - given
	return list
}

// unitsOf splits an area into units of at most unitMost people.
func unitsOf(people int) []int {
	n := (people + unitMost - 1) / unitMost
	list := make([]int, n)
	for i := range list {
		list[i] = people / n
		if i < people%n {
			list[i]++
		}
	}
	return list
}

// stage is where a person stands.
type stage int

const (
	waiting stage = iota
	called
	booked
	active
	paused
	left
)

// shares of the stages, in hundredths of a unit's people.
var shares = []int{20, 2, 3, 35, 5, 35}

// stageOf spreads the stages evenly over the people of a unit.
func stageOf(n int) stage {
	x := n * 37 % 100
	for s, share := range shares {
		if x < share {
			return stage(s)
		}
		x -= share
	}
	return left
}

// quantile gives the value below which the share q of the values lies; the values are put in order.
func quantile(values []float64, q float64) float64 {
	if len(values) == 0 {
		return math.NaN()
	}
	slices.Sort(values)
	return values[min(len(values)-1, int(q*float64(len(values))))]
}
