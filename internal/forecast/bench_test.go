package forecast

import (
	"context"
	"math"
	"syscall"
	"testing"
	"time"
)

// cpu is the processor seconds that the test has used: on a machine that others use too, the only time that says anything.
func cpu() float64 {
	var u syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &u); err != nil {
		panic(err)
	}
	return time.Duration(u.Utime.Nano() + u.Stime.Nano()).Seconds()
}

func perAnswer(b *testing.B, answer func()) {
	answer()
	began, n := cpu(), 0
	for b.Loop() {
		answer()
		n++
	}
	b.ReportMetric((cpu()-began)/float64(n), "cpu-s/op")
	b.ReportMetric(0, "ns/op")
}

// BenchmarkAnswer is a question of a page: 200 futures of twenty years, with bands for every line and activity.
func BenchmarkAnswer(b *testing.B) {
	g := housed(24, 20)
	perAnswer(b, func() {
		if f := see(b, g, Ask{Months: 240, Runs: 200, Seed: 1}); f.TooFew != "" || math.IsNaN(f.Lines[Line].Q50[240]) {
			b.Fatal("no answer")
		}
	})
}

// BenchmarkPage is the same for one year, as the page shows at first.
func BenchmarkPage(b *testing.B) {
	g := housed(24, 20)
	perAnswer(b, func() { see(b, g, Ask{Months: 12, Runs: 200, Seed: 1}) })
}

// BenchmarkTrial is the back-test: it stands at each month of a year of the past.
func BenchmarkTrial(b *testing.B) {
	g := invented(24, 20)
	perAnswer(b, func() {
		if _, err := g.try(context.Background()); err != nil {
			b.Fatal(err)
		}
	})
}
