package sim

import (
	"context"
	"encoding/json"
	"math"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

const small = `
unit = "month"
start = 2026-01-01
horizon = 24
[[source]]
name = "in"
to = "a"
rate = [[0, 2], [2026-07-01, 3], [2027-01-16, 0.5]]
[[stage]]
name = "a"
duration = { dist = "mixture", weights = [1, 2], of = [3, { dist = "gamma", mean = 2, sd = 1 }] }
route = [{ to = "out" }]
[[exit]]
name = "out"
`

func TestParseTOMLReadsDatesAsTimes(t *testing.T) {
	m, err := ParseTOML([]byte(small))
	if err != nil {
		t.Fatal(err)
	}
	at := m.Sources[0].Rate.At
	if len(at) != 3 || at[1] != (Step{6, 3}) || math.Abs(at[2].From-(12+15.0/31)) > 1e-12 {
		t.Errorf("steps are %v", at)
	}
	for unit, want := range map[string]float64{"day": 181, "week": 181.0 / 7, "year": 0.5, "hour": 181 * 24} {
		m, err := ParseTOML([]byte(strings.Replace(small, "month", unit, 1)))
		if err != nil || m.Sources[0].Rate.At[1].From != want {
			t.Errorf("%s: %v, %v; want %g", unit, m, err, want)
		}
	}
}

func TestParseTOMLReadsDistributions(t *testing.T) {
	m, err := ParseTOML([]byte(small))
	if err != nil {
		t.Fatal(err)
	}
	d := m.Stages[0].Duration
	if d.Kind != "mixture" || len(d.Of) != 2 || d.Of[0].Params["value"] != 3 || d.Of[1].Params["sd"] != 1 {
		t.Errorf("duration is %+v", d)
	}
}

func TestExampleModelsRun(t *testing.T) {
	files, _ := filepath.Glob("../../docs/models/*.toml")
	if len(files) < 8 {
		t.Fatalf("only %d models found", len(files))
	}
	for _, name := range files {
		f, err := os.Open(name)
		if err != nil {
			t.Fatal(err)
		}
		r, err := RunFile(context.Background(), f, Options{Replications: 2})
		f.Close()
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		if left, _ := r.Figure("all.left"); left.Mean < 100 {
			t.Errorf("%s: only %v people came through", name, left.Mean)
		}
		if _, err := json.Marshal(r); err != nil {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func TestMistakesAreToldInWords(t *testing.T) {
	edit := func(old, new string) string {
		if !strings.Contains(small, old) {
			t.Fatalf("%q is not in the model", old)
		}
		return strings.Replace(small, old, new, 1)
	}
	for _, c := range []struct{ text, says string }{
		{edit(`horizon = 24`, `horizon = "x`), "line 4"},
		{edit(`horizon = 24`, `horizont = 24`), `no "horizont"`},
		{edit(`horizon = 24`, `horizon = -1`), "horizon is -1"},
		{edit(`horizon = 24`, `horizon = nan`), "horizon is NaN"},
		{edit(`horizon = 24`, "horizon = 24\ngrid = 1e-9"), "at most 20000 points"},
		{edit(`start = 2026-01-01`, ``), "needs start"},
		{edit(`"month"`, `"fortnight"`), `unit is "fortnight"`},
		{edit(`2026-07-01`, `2025-07-01`), "steps whose times increase"},
		{edit(`to = "a"`, `to = "b"`), `source "in": to: there is no stage "b"`},
		{edit(`to = "out"`, `to = "oot"`), `stage "a": route: there is no stage or exit "oot"`},
		{edit(`to = "out"`, `to = "out", p = 0.5`), "add up to 0.5, not 1"},
		{edit(`sd = 1`, `sigma = 1`), "gamma has [mean sigma]; it needs"},
		{edit(`"gamma"`, `"gama"`), `no distribution "gama"; there are [constant`},
		{edit(`"gamma", mean = 2`, `"gamma", mean = -2`), "mean is -2"},
		{edit(`weights = [1, 2]`, `weights = [0, 0]`), "not all 0"},
		{edit(`duration =`, "room = 3\nduration ="), "need a queue"},
		{edit(`duration =`, "servers = 1000000000000\nduration ="), "not a possible value"},
		{edit(`[[exit]]`, "[[stock]]\nstage = \"a\"\ncount = 1000000000\n[[exit]]"), "between 0 and 1000000"},
		{edit(`[[exit]]`, "[[calendar]]\nname = \"c\"\nevery = 1e-9\n[[exit]]"), "more than 1000000 instants"},
		{edit(`name = "out"`, `name = "a"`), "taken"},
		{"", "horizon"},
	} {
		_, err := RunFile(context.Background(), strings.NewReader(c.text), Options{Replications: 1})
		if err == nil || !strings.Contains(err.Error(), c.says) {
			t.Errorf("error is %q; want %q in it", err, c.says)
		}
	}
}

func FuzzParseTOML(f *testing.F) {
	f.Add(small)
	files, _ := filepath.Glob("../../docs/models/*.toml")
	for _, name := range files {
		text, err := os.ReadFile(name)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(string(text))
	}
	f.Fuzz(func(t *testing.T, text string) {
		m, err := ParseTOML([]byte(text))
		if err != nil {
			return
		}
		if p, err := m.Program(); err == nil && p.model.Horizon <= 0 {
			t.Error("a program without time")
		}
	})
}
