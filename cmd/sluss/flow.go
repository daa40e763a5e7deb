package main

import (
	"context"
	"encoding/json"
	"fmt"
	"log/slog"
	"os"
	"time"

	"sluss/internal/clock"
	"sluss/internal/flow"
	"sluss/internal/glass"
	"sluss/internal/org"
	"sluss/internal/project"
	"sluss/internal/reading"
	"sluss/internal/sarah"
	"sluss/internal/signin"
	"sluss/internal/site"
	"sluss/internal/store"
)

type flowCmd struct {
	Count   flowCountCmd   `cmd:"" help:"Close the days up to yesterday and sum anew what has changed in the past; serve does so by itself."`
	Rebuild flowRebuildCmd `cmd:"" help:"Throw all sums away and make them from the thread alone. It may be stopped: flow count goes on where it was.\n\nExample: sluss --db gateway.db flow rebuild"`
}

type flowCountCmd struct{}

// Run brings the sums up to date.
func (flowCountCmd) Run(g *globals) error {
	return g.flow(func(d *flow.Desk, a org.Area, now clock.Instant) error { return d.Count(g.ctx, a.ID, now) })
}

type flowRebuildCmd struct{}

// Run makes all sums from nothing.
func (flowRebuildCmd) Run(g *globals) error {
	return g.flow(func(d *flow.Desk, a org.Area, now clock.Instant) error {
		shown := clock.Date("")
		return d.Rebuild(g.ctx, a.ID, now, func(day clock.Date) {
			if day != "" && (shown == "" || day.Month() != shown.Month()) {
				shown = day
				fmt.Fprintf(os.Stderr, "%s: %s\n", a.Name, day)
			}
		})
	})
}

// flow does something with the sums of each area and tells how many areas there were.
func (g *globals) flow(f func(*flow.Desk, org.Area, clock.Instant) error) error {
	db, err := store.Open(g.ctx, g.DB)
	if err != nil {
		return err
	}
	defer db.Close()
	areas, err := allAreas(g.ctx, db)
	if err != nil {
		return err
	}
	for _, a := range areas {
		if err := f(&flow.Desk{Store: db}, a, clock.Clock(clock.System).Now()); err != nil {
			return err
		}
	}
	if g.JSON {
		return json.NewEncoder(os.Stdout).Encode(map[string]int{"areas": len(areas)})
	}
	fmt.Printf("areas: %d\n", len(areas))
	return nil
}

func allAreas(ctx context.Context, db *store.Store) (areas []org.Area, err error) {
	err = db.Read(ctx, func(tx *store.Tx) (err error) {
		areas, err = org.Areas(ctx, tx)
		return err
	})
	return areas, err
}

// countEvery is how often the sums are brought up to date while serving. Pages are right in between, only slower.
const countEvery = 5 * time.Minute

// keepCounting brings the sums up to date until ctx ends, and sees to it that nothing waits for somebody who has left.
func (h *house) keepCounting(ctx context.Context) {
	tick := time.NewTicker(countEvery)
	defer tick.Stop()
	for {
		if err := h.countAll(ctx); err != nil && ctx.Err() == nil {
			slog.ErrorContext(ctx, "count the flow", "error", err)
		}
		if err := h.clearTyped(ctx); err != nil && ctx.Err() == nil {
			slog.ErrorContext(ctx, "clear what was typed and not saved", "error", err)
		}
		if err := h.handOn(ctx); err != nil && ctx.Err() == nil {
			slog.ErrorContext(ctx, "hand on what waits for an answer", "error", err)
		}
		select {
		case <-ctx.Done():
			return
		case <-tick.C:
		}
	}
}

// clearTyped takes away what was typed in sessions that ended, once nobody can come back to it.
func (h *house) clearTyped(ctx context.Context) error {
	areas, err := allAreas(ctx, h.store)
	for _, a := range areas {
		if err == nil {
			err = (&signin.Desk{Store: h.store, Clock: clock.System}).ClearTyped(ctx, a.ID)
		}
	}
	return err
}

// keepVisits saves each minute how many have read the pages for everybody, and once more when stop is called.
func (h *house) keepVisits(ctx context.Context, d *site.Desk) (stop func()) {
	ctx, cancel := context.WithCancel(ctx)
	done := make(chan struct{})
	save := func(ctx context.Context) {
		if err := d.Flush(ctx); err != nil {
			slog.ErrorContext(ctx, "save the visits", "error", err)
		}
	}
	go func() {
		defer close(done)
		tick := time.NewTicker(time.Minute)
		defer tick.Stop()
		for {
			select {
			case <-ctx.Done():
				save(context.WithoutCancel(ctx))
				return
			case <-tick.C:
				save(ctx)
			}
		}
	}()
	return func() {
		cancel()
		<-done
	}
}

func (h *house) countAll(ctx context.Context) error {
	areas, err := allAreas(ctx, h.store)
	for _, a := range areas {
		if err == nil {
			err = (&flow.Desk{Store: h.store}).Count(ctx, a.ID, h.clock.Now())
		}
	}
	return err
}

// handOn gives questions, opinions, reports and reviews whose answerer can answer no more to another, destroys reports kept
// long enough, and sets apart and destroys the evidence of projects.
func (h *house) handOn(ctx context.Context) error {
	areas, err := allAreas(ctx, h.store)
	for _, a := range areas {
		if err == nil {
			err = (&reading.Desk{Store: h.store}).HandOn(ctx, a.ID, h.clock.Now())
		}
		if err == nil {
			err = (&glass.Desk{Store: h.store}).HandOn(ctx, a.ID, h.clock.Now())
		}
		if err == nil {
			err = h.opinions().HandOn(ctx, a.ID, h.clock.Now())
		}
		if err == nil {
			err = (&sarah.Desk{Store: h.store}).HandOn(ctx, a.ID, h.clock.Now())
		}
		if err == nil {
			err = (&sarah.Desk{Store: h.store}).Sweep(ctx, a.ID, h.clock.Now())
		}
		if err == nil {
			err = (&project.Desk{Store: h.store}).Sweep(ctx, a.ID, h.clock.Now())
		}
	}
	return err
}
