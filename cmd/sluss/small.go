package main

import (
	"fmt"
	"slices"

	"sluss/internal/store"
	"sluss/internal/web"
	"sluss/internal/web/api"
	"sluss/internal/web/own"
	"sluss/internal/web/public"
	"sluss/internal/web/staff"
)

type migrateCmd struct{}

// Run brings the schema to the newest.
func (migrateCmd) Run(g *globals) error {
	db, err := store.Open(g.ctx, g.DB)
	if err != nil {
		return err
	}
	defer db.Close()
	if err := db.Migrate(g.ctx); err != nil {
		return err
	}
	v, err := db.Version(g.ctx)
	fmt.Printf("schema %d\n", v)
	return err
}

type routesCmd struct{}

// Run lists the routes.
func (routesCmd) Run() error {
	for _, r := range slices.Concat((&public.Pages{}).Routes(), (&staff.Pages{}).Routes(), (&own.Pages{}).Routes(), (&api.Pages{}).Routes(), []web.Route{web.KeepingRoute()}) {
		fmt.Println(r)
	}
	return nil
}
