package sim

import (
	"context"
	"math"
	"os"
	"strings"
	"testing"
)

// The manual's first model is run as it stands there, and gives what the manual says of it.
func TestManualsFirstModelGivesItsKnownAnswer(t *testing.T) {
	page, err := os.ReadFile("../../docs/simulate.md")
	if err != nil {
		t.Fatal(err)
	}
	_, rest, _ := strings.Cut(string(page), "```toml\n")
	model, _, found := strings.Cut(rest, "```")
	if !found {
		t.Fatal("no model in the manual")
	}
	r, err := RunFile(context.Background(), strings.NewReader(model), Options{Replications: 20})
	if err != nil {
		t.Fatal(err)
	}
	for name, want := range map[string]float64{"desk.wait": 4.263158, "desk.queue_mean": 7.673684, "desk.waited": 0.852632, "desk-servers.used": 0.9} {
		f, ok := r.Figure(name)
		if !ok || math.Abs(float64(f.Mean)-want) > 3*float64(f.SE) {
			t.Errorf("%s is %v ± %v, want %v", name, f.Mean, f.SE, want)
		}
	}
}

// Every figure that a model can give is in the manual, and so is every distribution.
func TestManualNamesEverything(t *testing.T) {
	page, err := os.ReadFile("../../docs/simulate.md")
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{"gateway", "gateway-terms", "clinic", "mmck"} {
		for _, f := range load(t, name).figures {
			_, kind, _ := strings.Cut(f.name, ".")
			if !strings.Contains(string(page), "."+kind+"`") {
				t.Errorf("the manual does not tell of %s", f.name)
			}
		}
	}
	for kind, k := range kinds {
		if !strings.Contains(string(page), "`"+kind+"`") {
			t.Errorf("the manual does not tell of %s", kind)
		}
		for _, set := range k.params {
			for _, p := range set {
				if !strings.Contains(string(page), "`"+p+"`") {
					t.Errorf("the manual does not tell of %s of %s", p, kind)
				}
			}
		}
	}
}
