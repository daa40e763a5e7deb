package sim

import (
	"context"
	"os"
	"path/filepath"
	"testing"
)

// load reads one of the example models.
func load(t testing.TB, name string) *Program {
	t.Helper()
	text, err := os.ReadFile(filepath.Join("..", "..", "docs", "models", name+".toml"))
	if err != nil {
		t.Fatal(err)
	}
	m, err := ParseTOML(text)
	if err != nil {
		t.Fatal(err)
	}
	p, err := m.Program()
	if err != nil {
		t.Fatal(err)
	}
	return p
}

// BenchmarkGateway runs replications of the gateway model, twenty years each, on one core.
func BenchmarkGateway(b *testing.B) {
	p := load(b, "gateway")
	p.Run(context.Background(), Options{Replications: 1})
	b.ReportAllocs()
	b.ResetTimer()
	r, err := p.Run(context.Background(), Options{Replications: b.N, Workers: 1})
	if err != nil {
		b.Fatal(err)
	}
	b.ReportMetric(float64(b.N)/b.Elapsed().Seconds(), "replications/s")
	b.ReportMetric(float64(r.Events)/float64(b.N), "events/op")
	b.ReportMetric(b.Elapsed().Seconds()*1e9/float64(r.Events), "ns/event")
}
