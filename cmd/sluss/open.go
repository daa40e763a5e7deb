package main

import (
	"context"
	"fmt"
	"os"
	"strings"

	"sluss/internal/access"
	"sluss/internal/audit"
	"sluss/internal/clock"
	"sluss/internal/contact"
	"sluss/internal/export"
	"sluss/internal/flow"
	"sluss/internal/intake"
	"sluss/internal/intray"
	"sluss/internal/org"
	"sluss/internal/outcome"
	"sluss/internal/person"
	"sluss/internal/plan"
	"sluss/internal/referral"
	"sluss/internal/signin"
	"sluss/internal/store"
	"sluss/internal/vault"
	"sluss/internal/web/staff"
)

// house is everything that is open while a command runs.
type house struct {
	store *store.Store
	vault *vault.Vault
	log   *audit.Log
	clock clock.Clock
	org   *org.Desk
	in    *signin.Desk
}

// keyFile is where the keys lie: where the setting says, else beside the SQLite database.
func (g *globals) keyFile() (string, error) {
	if g.Keys != "" {
		return g.Keys, nil
	}
	if strings.HasPrefix(g.DB, "postgres://") {
		return "", fmt.Errorf("name the key file with --keys: a PostgreSQL database has no folder to keep it beside")
	}
	return strings.TrimPrefix(g.DB, "sqlite:") + ".key", nil
}

// open opens the database and the keys. A database without a key file gets one only when it is empty.
func (g *globals) open(ctx context.Context) (*house, error) {
	path, err := g.keyFile()
	if err != nil {
		return nil, err
	}
	db, err := store.Open(ctx, g.DB)
	if err != nil {
		return nil, err
	}
	h := &house{store: db, clock: clock.System}
	if err := h.ready(ctx, path); err != nil {
		db.Close()
		return nil, err
	}
	return h, nil
}

func (h *house) ready(ctx context.Context, keys string) error {
	if err := h.store.Migrate(ctx); err != nil {
		return err
	}
	var areas []org.Area
	err := h.store.Read(ctx, func(tx *store.Tx) (err error) {
		areas, err = org.Areas(ctx, tx)
		return err
	})
	if err != nil {
		return err
	}
	if _, missing := os.Stat(keys); os.IsNotExist(missing) {
		if len(areas) > 0 {
			return fmt.Errorf("the key file %s is missing; without it nothing about anybody can be read. Put it back, or name it with --keys", keys)
		}
		if err := vault.Create(keys); err != nil {
			return err
		}
	}
	if h.vault, err = vault.Open(keys); err != nil {
		return err
	}
	if err := h.store.Write(ctx, func(tx *store.Tx) error { return access.Seed(ctx, tx) }); err != nil {
		return err
	}
	h.log = audit.NewLog(ctx, h.store)
	h.org = &org.Desk{Store: h.store, Vault: h.vault}
	h.in = &signin.Desk{Store: h.store, Vault: h.vault, Clock: h.clock}
	return nil
}

// pages makes the staff's pages.
func (h *house) pages() *staff.Pages {
	return &staff.Pages{
		Clock:    h.clock,
		Org:      h.org,
		Person:   &person.Desk{Store: h.store},
		Referral: &referral.Desk{Store: h.store},
		Intake:   &intake.Desk{Store: h.store},
		Outcome:  &outcome.Desk{Store: h.store},
		Contact:  &contact.Desk{Store: h.store},
		Flow:     &flow.Desk{Store: h.store},
		Intray:   &intray.Desk{Store: h.store, Vault: h.vault, Clock: h.clock},
		Export:   &export.Desk{Store: h.store},
		Plan:     &plan.Desk{Store: h.store},
	}
}
