package audit

import (
	"context"
	"errors"
	"log/slog"
	"time"

	"golang.org/x/mod/sumdb/note"

	"sluss/internal/clock"
	"sluss/internal/id"
	"sluss/internal/store"
)

// Keeper keeps the tree over the log up to date while the gateway is served. Any number may run at once, in any processes.
type Keeper struct {
	Store   *store.Store
	Clock   clock.Clock
	Signer  note.Signer // nil when there is no signing key: then nothing is signed
	Outside *Outside
	Witness *Witness // nil when there is none
}

const (
	keepEvery = time.Second // how often rows get their positions
	signEvery = time.Minute // how often the tree is signed, when it has grown
)

// Run keeps until ctx ends. What fails is logged and tried again.
func (k *Keeper) Run(ctx context.Context) {
	tick := time.NewTicker(keepEvery)
	defer tick.Stop()
	var signed time.Time
	for {
		err := k.Keep(ctx)
		if err == nil && time.Since(signed) >= signEvery {
			signed = time.Now()
			err = k.Sign(ctx)
		}
		if err != nil && ctx.Err() == nil {
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

// Sign makes a checkpoint of each area whose tree has grown since the last one outside. ErrTree when the tree does not go on
// from that one.
func (k *Keeper) Sign(ctx context.Context) error {
	if k.Signer == nil {
		return errors.New("the log is not signed: there is no signing key")
	}
	areas, err := areas(ctx, k.Store)
	for _, a := range areas {
		if err == nil {
			err = sign(ctx, k.Store, a, k.Clock.Now(), k.Signer, k.Outside)
		}
		if err == nil && k.Witness != nil {
			err = k.Witness.Due(ctx, a)
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
