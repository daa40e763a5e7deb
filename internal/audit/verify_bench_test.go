package audit_test

import (
	"syscall"
	"testing"
	"time"

	"sluss/internal/audit"
	"sluss/internal/demo/demotest"
	"sluss/internal/store"
	"sluss/internal/store/storetest"
)

// BenchmarkVerify tells how many rows are looked through in a second, and in a second of one core, which says the same on a machine
// that has others to serve.
func BenchmarkVerify(b *testing.B) {
	s := storetest.Open(b, storetest.SQLite(b))
	w := demotest.New(b, s)
	a := w.Actor(b, "lena")
	epoch, _ := a.Shown()
	const rows = 100_000
	for range rows / 500 {
		err := s.Write(b.Context(), func(tx *store.Tx) error {
			for i := range 500 {
				if err := audit.Write(b.Context(), tx, epoch, []audit.Disclosure{shown(a, i%2 == 0, i%50, 1)}); err != nil {
					return err
				}
			}
			return nil
		})
		if err != nil {
			b.Fatal(err)
		}
	}
	if err := (&audit.Keeper{Store: s}).Keep(b.Context()); err != nil {
		b.Fatal(err)
	}
	from := cpu(b)
	for b.Loop() {
		if _, err := audit.Verify(b.Context(), s, nil, nil); err != nil {
			b.Fatal(err)
		}
	}
	b.ReportMetric(rows*float64(b.N)/b.Elapsed().Seconds(), "rows/s")
	b.ReportMetric(rows*float64(b.N)/(cpu(b)-from).Seconds(), "rows/CPU-s")
}

// cpu is the time that the process has had of the processors.
func cpu(b *testing.B) time.Duration {
	var u syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &u); err != nil {
		b.Fatal(err)
	}
	return time.Duration(u.Utime.Nano() + u.Stime.Nano())
}
