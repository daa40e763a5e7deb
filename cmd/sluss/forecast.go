package main

import (
	"encoding/csv"
	"encoding/json"
	"fmt"
	"os"

	"sluss/internal/fault"
	"sluss/internal/forecast"
)

type forecastCmd struct {
	Unit         string `required:"" help:"The gateway." placeholder:"NAME"`
	Months       int    `default:"24" help:"How many months ahead."`
	Scenario     string `type:"existingfile" help:"What is done otherwise, in TOML; docs/forecast.md tells how." placeholder:"FILE"`
	Replications int    `default:"400" help:"How many futures are played." placeholder:"N"`
	Seed         uint64 `default:"1" help:"The same seed gives the same futures." placeholder:"N"`
	Trial        bool   `help:"Tell how well earlier forecasts would have done, in place of a new one."`
	Progress     bool   `help:"Tell how far it has come, a line at a time, where no terminal is."`
	As           string `help:"The e-mail of the worker who asks; the unit's head unless named." placeholder:"EMAIL"`
}

// Help gives an example.
func (forecastCmd) Help() string {
	return `Lines with bands month by month, as csv, or with --json as JSON. It tells of everybody together, never of anyone.

Examples:
  sluss forecast --unit Vuxenslussen --months 24 > ahead.csv
  sluss --json forecast --unit Vuxenslussen --scenario third-start.toml
  sluss forecast --unit Vuxenslussen --trial`
}

// Run plays ahead and writes the lines.
func (c forecastCmd) Run(g *globals) error {
	q := forecast.Ask{Months: c.Months, Runs: c.Replications, Seed: c.Seed}
	switch {
	case terminal(os.Stderr):
		q.Done = func(done, of int) {
			fmt.Fprintf(os.Stderr, "\r%d of %d", done, of)
			if done == of {
				fmt.Fprintln(os.Stderr)
			}
		}
	case c.Progress:
		q.Done = func(done, of int) { fmt.Fprintf(os.Stderr, "%d of %d\n", done, of) }
	}
	if c.Scenario != "" {
		f, err := os.Open(c.Scenario)
		if err != nil {
			return err
		}
		defer f.Close()
		if q.Scenario, err = forecast.ReadScenario(f); err != nil {
			return err
		}
	}
	h, err := g.look(g.ctx)
	if err != nil {
		return err
	}
	defer h.store.Close()
	if h.vault == nil {
		return fmt.Errorf("the key file cannot be opened; name it with --keys")
	}
	actor, err := h.enter(g.ctx, c.Unit, c.As, "sluss forecast")
	if err != nil {
		return err
	}
	d := &forecast.Desk{Store: h.store}
	q.Unit = actor.Unit()
	if c.Trial {
		t, err := d.Try(g.ctx, actor, q.Unit)
		if err != nil {
			return said(err)
		}
		return g.writeTrial(t)
	}
	f, err := d.See(g.ctx, actor, q)
	if err != nil {
		return said(c.inFile(err))
	}
	return g.writeForecast(f)
}

// inFile names the scenario's file with what is wrong in it.
func (c forecastCmd) inFile(err error) error {
	form := fault.Fields(err)
	if len(form) == 0 {
		return err
	}
	named := make(fault.Form, len(form))
	for i, f := range form {
		x := *f
		if x.Field != "months" && x.Field != "replications" {
			x.Field = "scenario " + c.Scenario + ": " + x.Field
		}
		named[i] = &x
	}
	return named
}

// writeForecast writes the bands; too little to say is an answer too, and ends with exitWrong.
func (g *globals) writeForecast(f forecast.Forecast) error {
	if g.JSON {
		e := json.NewEncoder(os.Stdout)
		e.SetIndent("", "  ")
		if err := e.Encode(f.Report()); err != nil || f.TooFew == "" {
			return err
		}
		return errWrong
	}
	if f.TooFew != "" {
		return said(fault.New(fault.Conflict, f.TooFew))
	}
	w := csv.NewWriter(os.Stdout)
	for _, row := range f.Rows() {
		if err := w.Write(row); err != nil {
			return err
		}
	}
	w.Flush()
	return w.Error()
}

func (g *globals) writeTrial(t forecast.Trial) error {
	if g.JSON {
		e := json.NewEncoder(os.Stdout)
		e.SetIndent("", "  ")
		if err := e.Encode(t); err != nil || t.TooFew == "" {
			return err
		}
		return errWrong
	}
	if t.TooFew != "" {
		return said(fault.New(fault.Conflict, t.TooFew))
	}
	fmt.Printf("stood at the ends of months from %s to %s\n", t.From, t.To)
	for _, s := range t.Scores {
		fmt.Printf("%-7s %3d numbers, %3d of them (%.0f %%) within the band of 9 in 10; bias %+.1f; off by %.1f on average, had one said no change %.1f\n",
			s.Line, s.N, s.Within, 100*float64(s.Within)/float64(max(1, s.N)), s.Bias, s.Off, s.Naive)
	}
	return nil
}
