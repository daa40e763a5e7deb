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

func TestMinusLogAgreesWithTheExactOne(t *testing.T) {
	check := func(x float64) {
		if got, want := minusLog(x), -math.Log(x); got < 0 || math.Abs(got-want) > 1e-15+1e-15*want {
			t.Fatalf("minusLog(%v) = %v, want %v", x, got, want)
		}
	}
	r := stream(3)
	for range 1_000_000 {
		check(r.open())
	}
	for _, x := range []float64{0x1p-53, 1 - 0x1p-53, 0.5, math.Nextafter(0.5, 0), 0x1p-20} {
		check(x)
	}
}
