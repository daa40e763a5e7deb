package main

import (
	"encoding/json"
	"fmt"
	"os"

	"sluss/internal/sim"
	"sluss/internal/web/asset"
)

type simulateCmd struct {
	Model        string `arg:"" type:"existingfile" help:"The model, in TOML; docs/simulate.md tells how one is written."`
	Replications int    `help:"How many times it is played; the model's own number unless said." placeholder:"N"`
	Seed         uint64 `help:"The same seed gives the same answer; the model's own unless said." placeholder:"N"`
}

// Help gives an example.
func (simulateCmd) Help() string {
	return "Example: sluss simulate docs/models/mmc.toml --replications 200 --seed 7"
}

// Run plays a model and prints its report.
func (c simulateCmd) Run(g *globals) error {
	f, err := os.Open(c.Model)
	if err != nil {
		return err
	}
	defer f.Close()
	o := sim.Options{Replications: c.Replications, Seed: c.Seed}
	if terminal(os.Stderr) {
		o.Progress = func(done, of int) {
			fmt.Fprintf(os.Stderr, "\r%d of %d", done, of)
			if done == of {
				fmt.Fprintln(os.Stderr)
			}
		}
	}
	report, err := sim.RunFile(g.ctx, f, o)
	if err != nil {
		return err
	}
	e := json.NewEncoder(os.Stdout)
	e.SetIndent("", "  ")
	return e.Encode(report)
}

type licencesCmd struct{}

// Run prints the licences of what others have made and the program carries.
func (licencesCmd) Run() error {
	text, err := asset.Licences()
	if err != nil {
		return err
	}
	fmt.Println(text)
	return nil
}
