package forecast

import "math"

// again gives the chance of coming back within two years, and when: weights over the ages of pOut but the last.
func (d drawn) again() (share float64, weights []float64) {
	rates, bounds := d.risks[risk{pOut, cReturn}], agesOf(pOut)
	left := 1.0
	for i := 0; i+1 < len(bounds); i++ {
		on := left * math.Exp(-rates[i]*float64(bounds[i+1]-bounds[i]))
		weights = append(weights, left-on)
		left = on
	}
	return 1 - left, weights
}

// returnRate is how many of those who left before today come back a day, at a time ahead.
func (d drawn) returnRate(left []int, ahead float64) float64 {
	rates, bounds := d.risks[risk{pOut, cReturn}], agesOf(pOut)
	sum, last := 0.0, bounds[len(bounds)-1]
	for _, days := range left {
		at := days + int(ahead)
		if at >= last {
			continue
		}
		hazard := 0.0 // lived through between today and then
		for i := 0; i+1 < len(bounds); i++ {
			low, high := max(days, bounds[i]), min(at, bounds[i+1])
			if high > low {
				hazard += rates[i] * float64(high-low)
			}
		}
		sum += rates[ageAt(bounds, at)] * math.Exp(-hazard)
	}
	return sum
}

// cameBack is the share of those who leave today who have come back by a time ahead.
func (d drawn) cameBack(ahead float64) float64 {
	rates, bounds := d.risks[risk{pOut, cReturn}], agesOf(pOut)
	hazard := 0.0
	for i := 0; i+1 < len(bounds); i++ {
		hazard += rates[i] * max(0, min(ahead, float64(bounds[i+1]))-float64(bounds[i]))
	}
	return 1 - math.Exp(-hazard)
}

// leaving is how many leave a day of those who take part today.
func (d drawn) leaving(t *tally) float64 {
	sum := 0.0
	for place, list := range t.stock {
		if place <= pStep {
			continue
		}
		there := make([]float64, len(stepAges))
		for _, days := range list {
			there[ageAt(stepAges, days)]++
		}
		for _, cause := range []string{cWork, cStudy, cTerm, cOther} {
			for age, rate := range d.risks[risk{place, cause}] {
				sum += there[age] * rate
			}
		}
	}
	return sum
}
