package main

import (
	"fmt"
	"os"

	"sluss/internal/demo"
	"sluss/internal/fault"
	"sluss/internal/i18n"
	"sluss/internal/web/asset"
)

type demoCmd struct {
	Listen  string `default:"localhost:8080" env:"SLUSS_LISTEN" help:"The address to serve at."`
	Seed    int64  `default:"1" help:"The history is the same for the same seed."`
	People  int    `default:"700" help:"How many adults there are on social assistance today."`
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
	if made {
		fmt.Fprintln(os.Stderr, "the demo is filled: Ekhamra, with Vuxenslussen and Ungdomsslussen; everybody in it is invented")
	}
	if d.NoServe {
		return nil
	}
	return h.serve(g, serving{Listen: d.Listen, Phone: "0300-55 01 00", demo: true})
}
