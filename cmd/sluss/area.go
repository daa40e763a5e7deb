package main

import (
	"fmt"

	"sluss/internal/org"
	"sluss/internal/store"
)

type areaCmd struct {
	Add  areaAddCmd  `cmd:"" help:"Add a municipality."`
	List areaListCmd `cmd:"" help:"List the areas."`
}

type areaAddCmd struct {
	Municipality string `required:"" help:"The code of four digits in the official list."`
	Name         string `help:"What the area is called; the municipality's name unless given."`
}

// Help gives the example.
func (areaAddCmd) Help() string { return "Example: sluss area add --municipality 1415" }

// areaRow is an area as commands answer with it.
type areaRow struct {
	ID           string `json:"id"`
	Municipality string `json:"municipality"`
	Name         string `json:"name"`
}

func (r areaRow) String() string { return r.Municipality + "\t" + r.Name }

// Run adds the area.
func (c areaAddCmd) Run(g *globals) error {
	h, err := g.open(g.ctx)
	if err != nil {
		return busy(err)
	}
	defer h.store.Close()
	var a org.Area
	err = h.store.Write(g.ctx, func(tx *store.Tx) (err error) {
		a, err = h.org.OpenArea(g.ctx, tx, c.Municipality, c.Name, h.clock.Now())
		return err
	})
	if err != nil {
		return said(err)
	}
	row := areaRow{a.ID.String(), a.Municipality, a.Name}
	return g.tell(row, row.String())
}

type areaListCmd struct{}

// Help gives the example.
func (areaListCmd) Help() string { return "Example: sluss area list --json" }

// Run lists the areas.
func (areaListCmd) Run(g *globals) error {
	h, err := g.look(g.ctx)
	if err != nil {
		return err
	}
	defer h.store.Close()
	rows := []areaRow{}
	for _, a := range h.areas {
		rows = append(rows, areaRow{a.ID.String(), a.Municipality, a.Name})
	}
	return list(g, rows)
}

// list writes rows: one JSON array, or a line each.
func list[T fmt.Stringer](g *globals, rows []T) error {
	if g.JSON {
		return g.tell(rows, "")
	}
	for _, r := range rows {
		if err := g.tell(nil, r.String()); err != nil {
			return err
		}
	}
	return nil
}
