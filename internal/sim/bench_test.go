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

// BenchmarkGatewayAnswer is a manager's question: 200 replications of twenty years with bands for all series by month.
func BenchmarkGatewayAnswer(b *testing.B) {
	p := load(b, "gateway")
	m := p.model
	m.Grid, m.Series = 1, nil
	p = mustProgram(b, &m)
	for b.Loop() {
		if r := mustRun(b, p, Options{Replications: 200, Workers: 1}); len(r.Series) < 10 {
			b.Fatal("no bands")
		}
	}
}

// BenchmarkMMC runs M/M/2 with load 0.9.
func BenchmarkMMC(b *testing.B) {
	p := load(b, "mmc")
	var events int64
	for b.Loop() {
		events += mustRun(b, p, Options{Replications: 10, Workers: 1}).Events
	}
	b.ReportMetric(b.Elapsed().Seconds()*1e9/float64(events), "ns/event")
}
