package main

import (
	"context"
	"fmt"
	"strings"

	"sluss/internal/access"
	"sluss/internal/id"
	"sluss/internal/org"
	"sluss/internal/store"
)

type areaID = id.Area

// enter makes the actor of a command: the worker of the e-mail at the unit, or its head.
func (h *house) enter(ctx context.Context, unit, email, route string) (actor *access.Actor, err error) {
	err = h.store.Read(ctx, func(tx *store.Tx) error {
		area, u, err := findUnit(ctx, tx, unit)
		if err != nil {
			return err
		}
		post, err := findPost(ctx, tx, h, area, u, email)
		if err != nil {
			return err
		}
		keys, err := h.vault.Area(ctx, tx, area)
		if err != nil {
			return err
		}
		actor, err = access.Enter(ctx, tx, keys, area, post, h.clock.Now(), route)
		return err
	})
	return actor, err
}

// findUnit finds a gateway by name in any area.
func findUnit(ctx context.Context, tx *store.Tx, name string) (area id.Area, unit org.Unit, err error) {
	areas, err := org.Areas(ctx, tx)
	if err != nil {
		return 0, unit, err
	}
	var names []string
	found := 0
	for _, a := range areas {
		units, err := org.Units(ctx, tx, a.ID)
		if err != nil {
			return 0, unit, err
		}
		for _, u := range units {
			if u.Kind != org.UnitGateway {
				continue
			}
			names = append(names, u.Name)
			if strings.EqualFold(u.Name, name) {
				area, unit = a.ID, u
				found++
			}
		}
	}
	switch found {
	case 0:
		return 0, unit, fmt.Errorf("no gateway is called %q; there are: %s", name, strings.Join(names, ", "))
	case 1:
		return area, unit, nil
	}
	return 0, unit, fmt.Errorf("more than one gateway is called %q", name)
}

func findPost(ctx context.Context, tx *store.Tx, h *house, area id.Area, unit org.Unit, email string) (id.Post, error) {
	posts, err := org.Colleagues(ctx, tx, area, unit.ID, h.clock.Now())
	if err != nil {
		return 0, err
	}
	for _, p := range posts {
		if email == "" && p.Role == access.Head || email != "" && strings.EqualFold(p.Email, email) {
			return p.ID, nil
		}
	}
	if email == "" {
		return 0, fmt.Errorf("%s has no head; name a worker there with --as EMAIL", unit.Name)
	}
	return 0, fmt.Errorf("nobody at %s has the e-mail %s", unit.Name, email)
}
