package main

import (
	"bufio"
	"context"
	"encoding/csv"
	"encoding/json"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"sluss/internal/clock"
	"sluss/internal/demo"
	"sluss/internal/demo/past"
	"sluss/internal/store/storetest"
)

// grown is the demo with a little more than a year behind it.
func grown(t *testing.T) *globals {
	t.Helper()
	g := &globals{DB: storetest.SQLite(t), ctx: t.Context()}
	h, err := g.open(g.ctx)
	if err != nil {
		t.Fatal(err)
	}
	defer h.store.Close()
	if _, err = demo.Make(g.ctx, h.org, h.clock.Now()); err == nil {
		err = past.History{Org: h.org, Seed: 1, People: 700, Months: 14, Until: clock.Clock(clock.System).Now()}.Play(g.ctx)
	}
	if err != nil {
		t.Fatal(err)
	}
	return g
}

// heard runs a command and gives each line it writes on stderr to a function, in turn; then all that it wrote on stdout.
func heard(t *testing.T, line func(string), f func() error) (string, error) {
	t.Helper()
	r, w, err := os.Pipe()
	if err != nil {
		t.Fatal(err)
	}
	screen, done := os.Stderr, make(chan bool)
	os.Stderr = w
	go func() {
		for s := bufio.NewScanner(r); s.Scan(); {
			line(s.Text())
		}
		close(done)
	}()
	out, err := printed(t, f)
	os.Stderr = screen
	w.Close()
	<-done
	return out, err
}

func TestForecastIsTheSameAsCsvAndAsJSONAndNothingHalf(t *testing.T) {
	if testing.Short() {
		t.Skip("plays more than a year")
	}
	g := grown(t)
	c := forecastCmd{Unit: "Vuxenslussen", Months: 6, Replications: 50, Seed: 1}
	quiet := func(s string) { t.Errorf("it says %q on stderr", s) }
	out, err := heard(t, quiet, func() error { return c.Run(g) })
	if err != nil {
		t.Fatal(err)
	}
	rows, err := csv.NewReader(strings.NewReader(out)).ReadAll()
	if err != nil || strings.Join(rows[0], " ") != "line month q05 q25 q50 q75 q95" || len(rows) < 8*7 {
		t.Fatalf("%d rows, %v", len(rows), err)
	}
	g.JSON = true
	told, last := 0, ""
	c.Progress = true
	out, err = heard(t, func(s string) { told, last = told+1, s }, func() error { return c.Run(g) })
	var r struct {
		Replications int
		Lines        map[string]struct{ Q50 []float64 }
	}
	if bad := json.Unmarshal([]byte(out), &r); err != nil || bad != nil || r.Replications != 50 || len(r.Lines["inside"].Q50) != 7 {
		t.Fatalf("%v %v %.300s", err, bad, out)
	}
	if told == 0 || last != "50 of 50" {
		t.Errorf("%d lines tell how far it has come, the last %q", told, last)
	}
	g.JSON = false
	nothingHalf(t, g)
	silly(t, g)
}

// nothingHalf stops a long one as soon as it has come somewhere, as who presses Ctrl-C does.
func nothingHalf(t *testing.T, g *globals) {
	t.Helper()
	ctx, stop := context.WithCancel(t.Context())
	defer stop()
	long := *g
	long.ctx = ctx
	c := forecastCmd{Unit: "Vuxenslussen", Months: 24, Replications: 10_000, Seed: 2, Progress: true}
	out, err := heard(t, func(string) { stop() }, func() error { return c.Run(&long) })
	if !errors.Is(err, context.Canceled) || out != "" {
		t.Errorf("stopped it ends with %v and has written %.80q", err, out)
	}
}

// silly is what cannot be, each refused in words that name the field.
func silly(t *testing.T, g *globals) {
	t.Helper()
	file := filepath.Join(t.TempDir(), "s.toml")
	for _, x := range []struct {
		c        forecastCmd
		scenario string
		says     string
	}{
		{forecastCmd{Months: 0, Replications: 50}, "", "--months: "},
		{forecastCmd{Months: 9999, Replications: 50}, "", "--months: "},
		{forecastCmd{Months: 6, Replications: -1}, "", "--replications: "},
		{forecastCmd{Months: 6, Replications: 1_000_000_000}, "", "--replications: "},
		{forecastCmd{Months: 6, Replications: 50}, "places = 1000000000", "s.toml: places: "},
		{forecastCmd{Months: 6, Replications: 50}, "from = \"2001-01-01\"", "s.toml: from: "},
		{forecastCmd{Months: 6, Replications: 50}, "exits = 20", "the scenario has no exits"},
	} {
		x.c.Unit, x.c.Seed = "Vuxenslussen", 1
		if x.scenario != "" {
			x.c.Scenario = file
			if err := os.WriteFile(file, []byte(x.scenario), 0o600); err != nil {
				t.Fatal(err)
			}
		}
		said := ""
		out, err := heard(t, func(s string) { said += s + "\n" }, func() error { return x.c.Run(g) })
		if err == nil || out != "" || !strings.Contains(said+err.Error(), x.says) {
			t.Errorf("%+v %s: %v, stderr %q, stdout %.80q; wants %q", x.c, x.scenario, err, said, out, x.says)
		}
	}
}

func TestTooLittleToSayIsAnAnswerThatEndsAlikeInEveryForm(t *testing.T) {
	g := logged(t)
	for _, trial := range []bool{false, true} {
		for _, g.JSON = range []bool{false, true} {
			out, err := heard(t, func(string) {}, func() error {
				return forecastCmd{Unit: "Vuxenslussen", Months: 6, Replications: 50, Seed: 1, Trial: trial}.Run(g)
			})
			if err == nil || (out != "") != g.JSON {
				t.Errorf("trial %v, json %v: %v, %.200q", trial, g.JSON, err, out)
			}
		}
	}
}
