package main

import (
	"fmt"
	"log/slog"
	"os"
	"time"

	"sluss/internal/demo"
	"sluss/internal/demo/past"
	"sluss/internal/fault"
	"sluss/internal/i18n"
	"sluss/internal/web/asset"
)

type demoCmd struct {
	Listen  string `default:"localhost:8080" env:"SLUSS_LISTEN" help:"The address to serve at."`
	Seed    int64  `default:"1" help:"The history is the same for the same seed."`
	People  int    `default:"700" help:"How many adults there are on social assistance today."`
	Months  int    `default:"24" help:"How many months of history are played; 0 leaves the demo empty."`
	NoServe bool   `name:"no-serve" help:"Fill and stop."`
}

// Run fills an empty database with the demo and serves it.
func (d demoCmd) Run(g *globals) error {
	if err := asset.Missing(); err != nil && !d.NoServe {
		return err
	}
	h, err := g.open(g.ctx)
	if err != nil {
		return err
	}
	defer h.store.Close()
	made, err := demo.Make(g.ctx, h.org, h.clock.Now())
	if f := fault.Of(err); f != nil {
		return fmt.Errorf("%s", i18n.Get("en").T(f.Key))
	}
	if err != nil {
		return err
	}
	if made && d.Months > 0 {
		history := past.History{Org: h.org, Seed: d.Seed, People: d.People, Months: d.Months, Until: h.clock.Now(), Done: progress("playing two years of history")}
		quiet, longest := slog.Default(), h.store.Longest // a day of history may take longer than a person's write should
		h.store.Longest = time.Minute
		slog.SetDefault(slog.New(slog.NewJSONHandler(os.Stderr, &slog.HandlerOptions{Level: slog.LevelError})))
		if err := history.Play(g.ctx); err != nil {
			return fmt.Errorf("the demo's history: %w; remove %s and try again", err, g.DB)
		}
		slog.SetDefault(quiet)
		h.store.Longest = longest
	}
	if made {
		fmt.Fprintln(os.Stderr, "the demo is filled: Ekhamra, with Vuxenslussen and Ungdomsslussen; everybody in it is invented")
	}
	if d.NoServe {
		return nil
	}
	return h.serve(g, serving{Listen: d.Listen, Phone: "0300-55 01 00", demo: true})
}

// progress shows how far a long work has come, where somebody can see it.
func progress(what string) func(done, all int) {
	info, err := os.Stderr.Stat()
	if err != nil || info.Mode()&os.ModeCharDevice == 0 {
		return nil
	}
	return func(done, all int) {
		fmt.Fprintf(os.Stderr, "\r%s: %d of %d days", what, done, all)
		if done == all {
			fmt.Fprintln(os.Stderr)
		}
	}
}
