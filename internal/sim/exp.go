package sim

import "math"

// The exponential function for sampling: 2^(k/128) from a table and a short series for the rest, with a relative error
// below 1e-13. A time is drawn, not computed, so that is far below what anyone can see, and it costs a third of math.Exp.
const (
	expSteps = 128
	expScale = expSteps / math.Ln2
	expHigh  = 0x1.62e42fefap-1 / expSteps // the leading bits of ln 2, so that k×expHigh is exact
	expLow   = 0x1.cf79abc9e3b39p-40 / expSteps
	expRound = 0x1.8p52
)

var expTable = func() (t [expSteps]float64) {
	for i := range t {
		t[i] = math.Exp2(float64(i) / expSteps)
	}
	return t
}()

func exp(x float64) float64 {
	if !(x > -690 && x < 690) {
		return math.Exp(x)
	}
	rounded := x*expScale + expRound
	n := int64(math.Float64bits(rounded)) << 12 >> 12 // the low bits of the sum are the whole number nearest
	k := rounded - expRound
	r := x - k*expHigh - k*expLow
	series := r + r*r*(0.5+r*(1.0/6+r*(1.0/24)))
	t := expTable[n&(expSteps-1)]
	scale := math.Float64frombits(uint64(n>>7+1023) << 52)
	return scale * (t + t*series)
}

// The natural logarithm of a number in (0, 1), to within 1e-15 (absolute), by the same means.
const logSteps = 128

type logStep struct{ inverse, log float64 }

var logTable = func() (t [logSteps]logStep) {
	for i := range t {
		middle := 1 + (float64(i)+0.5)/logSteps
		t[i] = logStep{1 / middle, math.Log(middle)}
	}
	return t
}()

// minusLog is -ln x for x in (0, 1), never negative.
func minusLog(x float64) float64 {
	b := math.Float64bits(x)
	step := &logTable[b>>45&(logSteps-1)]
	r := math.Float64frombits(b&(1<<52-1)|1023<<52)*step.inverse - 1
	series := r - r*r*(1.0/2-r*(1.0/3-r*(1.0/4-r*(1.0/5-r*(1.0/6)))))
	y := float64(1023-int(b>>52))*math.Ln2 - step.log - series
	if y < 0 {
		return 0
	}
	return y
}
