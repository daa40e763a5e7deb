package sim

import (
	"math"
	"testing"
)

func TestExpAgreesWithTheExactOne(t *testing.T) {
	for x := -745.0; x < 712; x += 0.00917 {
		got, want := exp(x), math.Exp(x)
		if math.Abs(got-want) > 1e-12*want {
			t.Fatalf("exp(%v) = %v, want %v", x, got, want)
		}
	}
	for _, x := range []float64{0, math.Inf(1), math.Inf(-1), 1e300, -1e300} {
		if got := exp(x); got != math.Exp(x) {
			t.Errorf("exp(%v) = %v", x, got)
		}
	}
	if !math.IsNaN(exp(math.NaN())) {
		t.Error("exp(NaN) is a number")
	}
}
