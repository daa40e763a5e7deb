package audit

import (
	"context"
	"log/slog"
	"time"

	"sluss/internal/id"
	"sluss/internal/store"
)

// Keeper keeps the tree over the log up to date while the gateway is served. Any number may run at once, in any processes.
type Keeper struct {
	Store *store.Store
}

// keepEvery is how often rows get their positions.
const keepEvery = time.Second

// Run keeps until ctx ends. What fails is logged and tried again.
func (k *Keeper) Run(ctx context.Context) {
	tick := time.NewTicker(keepEvery)
	defer tick.Stop()
	for {
		if err := k.Keep(ctx); err != nil && ctx.Err() == nil {
			slog.ErrorContext(ctx, "keep the log", "error", err)
		}
		select {
		case <-ctx.Done():
			return
		case <-tick.C:
		}
	}
}

// Keep gives every disclosure of every area its position.
func (k *Keeper) Keep(ctx context.Context) error {
	areas, err := areas(ctx, k.Store)
	for _, a := range areas {
		if err == nil {
			err = sequenceAll(ctx, k.Store, a)
		}
	}
	return err
}

func sequenceAll(ctx context.Context, s *store.Store, area id.Area) error {
	for {
		if n, err := Sequence(ctx, s, area); err != nil || n == 0 {
			return err
		}
	}
}

func areas(ctx context.Context, s *store.Store) (list []id.Area, err error) {
	err = s.Read(ctx, func(tx *store.Tx) error {
		list, err = store.All(ctx, tx, store.Q(`SELECT area_id FROM area ORDER BY area_id`), nil, func(c *store.Cursor) (a id.Area, err error) {
			err = c.Scan(&a)
			return a, err
		})
		return err
	})
	return list, err
}
