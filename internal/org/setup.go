package org

import (
	"context"
	"fmt"
	"slices"

	"sluss/internal/access"
	"sluss/internal/clock"
	"sluss/internal/fault"
	"sluss/internal/id"
	"sluss/internal/store"
)

// Setup is what a new installation begins with: one municipality, its own agency, one gateway and the head of it.
type Setup struct {
	Municipality string // the code of the official list, as 1415
	AreaName     string // "" is the municipality's own name
	Unit         string
	Phone        string // of the unit
	Street       string
	Head         Newcomer
}

// Begin makes everything of the setup in one go. Conflict when the area is there already.
func (d *Desk) Begin(ctx context.Context, s Setup, now clock.Instant) (Area, Post, error) {
	var area Area
	var post Post
	err := d.Store.Write(ctx, func(tx *store.Tx) (err error) {
		if area, err = d.OpenArea(ctx, tx, s.Municipality, s.AreaName, now); err != nil {
			return err
		}
		unit, err := AddNamedUnit(ctx, tx, area.ID, Unit{Kind: UnitGateway, Name: s.Unit, Phone: s.Phone, Street: s.Street}, KindMunicipality, now)
		if err != nil {
			return err
		}
		s.Head.Role = access.Head
		post, err = d.Employ(ctx, tx, area.ID, unit.ID, s.Head, now)
		return err
	})
	return area, post, err
}

// OpenArea makes the area of one municipality, with the agencies every area has. Conflict when the area is there
// already, Invalid when the code is not on the official list.
func (d *Desk) OpenArea(ctx context.Context, tx *store.Tx, code, name string, now clock.Instant) (Area, error) {
	list := Municipalities()
	i := slices.IndexFunc(list, func(m Municipality) bool { return m.Code == code })
	if i < 0 {
		return Area{}, fault.New(fault.Invalid, "org.area.municipality", code)
	}
	areas, err := Areas(ctx, tx)
	if err != nil {
		return Area{}, err
	}
	if slices.ContainsFunc(areas, func(a Area) bool { return a.Municipality == code || a.Demo }) {
		return Area{}, fault.New(fault.Conflict, "org.area.taken", list[i].Name)
	}
	if name == "" {
		name = list[i].Name
	}
	a := Area{ID: id.NewArea(now), Municipality: code, Name: name}
	if err := d.CreateArea(ctx, tx, a, now); err != nil {
		return Area{}, err
	}
	for _, g := range []Agency{{Kind: KindMunicipality, Name: name}, {Kind: KindEmployment, Name: "Arbetsförmedlingen"},
		{Kind: KindInsurance, Name: "Försäkringskassan"}, {Kind: KindRegion, Name: "Regionen"}} {
		g.ID = id.NewAgency(now)
		if err := AddAgency(ctx, tx, a.ID, g); err != nil {
			return Area{}, err
		}
	}
	return a, nil
}

// AddNamedUnit adds a unit to the first agency of the kind. A unit needs a name of its own within the area.
func AddNamedUnit(ctx context.Context, tx *store.Tx, area id.Area, u Unit, agency string, now clock.Instant) (Unit, error) {
	if u.Name = oneLine(u.Name); u.Name == "" {
		return Unit{}, fault.New(fault.Invalid, "org.unit.name")
	}
	units, err := Units(ctx, tx, area)
	if err != nil {
		return Unit{}, err
	}
	if slices.ContainsFunc(units, func(x Unit) bool { return x.Name == u.Name }) {
		return Unit{}, fault.New(fault.Conflict, "org.unit.taken", u.Name)
	}
	agencies, err := Agencies(ctx, tx, area)
	if err != nil {
		return Unit{}, err
	}
	i := slices.IndexFunc(agencies, func(a Agency) bool { return a.Kind == agency })
	if i < 0 {
		return Unit{}, fault.New(fault.Invalid, "org.unit.agency", agency)
	}
	u.ID, u.Agency, u.Version = id.NewUnit(now), agencies[i].ID, 1
	if err := AddUnit(ctx, tx, area, u); err != nil {
		return Unit{}, fmt.Errorf("add unit: %w", err)
	}
	return u, nil
}
