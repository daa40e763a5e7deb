package main

import (
	"sluss/internal/org"
	"sluss/internal/store"
)

type unitCmd struct {
	Add  unitAddCmd  `cmd:"" help:"Add a gateway, or a unit that refers people to one."`
	List unitListCmd `cmd:"" help:"List the units."`
}

type unitAddCmd struct {
	Area   string `help:"The municipality's code, when there are several areas."`
	Name   string `required:"" help:"What the unit is called."`
	Kind   string `default:"sluss" enum:"sluss,enhet" help:"sluss is a gateway, enhet another unit."`
	Agency string `default:"kommun" enum:"kommun,arbetsformedlingen,forsakringskassan,region" help:"Whose unit it is."`
	Phone  string `help:"Its telephone number."`
	Street string `help:"Where it is."`
}

// Help gives the example.
func (unitAddCmd) Help() string {
	return `Example: sluss unit add --name "Ekonomiskt bistånd" --kind enhet`
}

// unitRow is a unit as commands answer with it.
type unitRow struct {
	ID   string `json:"id"`
	Kind string `json:"kind"`
	Name string `json:"name"`
}

func (r unitRow) String() string { return r.Kind + "\t" + r.Name }

// Run adds the unit.
func (c unitAddCmd) Run(g *globals) error {
	w, err := g.work(c.Area)
	if err != nil {
		return err
	}
	defer w.store.Close()
	var u org.Unit
	err = w.store.Write(g.ctx, func(tx *store.Tx) (err error) {
		u, err = org.AddNamedUnit(g.ctx, tx, w.area.ID, org.Unit{Kind: c.Kind, Name: c.Name, Phone: c.Phone, Street: c.Street}, c.Agency, w.clock.Now())
		return err
	})
	if err != nil {
		return said(err)
	}
	row := unitRow{u.ID.String(), u.Kind, u.Name}
	return g.tell(row, row.String())
}

type unitListCmd struct {
	Area string `help:"The municipality's code, when there are several areas."`
}

// Help gives the example.
func (unitListCmd) Help() string { return "Example: sluss unit list" }

// Run lists the units.
func (c unitListCmd) Run(g *globals) error {
	h, err := g.look(g.ctx)
	if err != nil {
		return err
	}
	defer h.store.Close()
	area, err := pick(h.areas, c.Area)
	if err != nil {
		return err
	}
	rows := []unitRow{}
	err = h.store.Read(g.ctx, func(tx *store.Tx) error {
		units, err := org.Units(g.ctx, tx, area.ID)
		for _, u := range units {
			rows = append(rows, unitRow{u.ID.String(), u.Kind, u.Name})
		}
		return err
	})
	if err != nil {
		return err
	}
	return list(g, rows)
}
