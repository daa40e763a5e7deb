package past

import (
	"context"

	"sluss/internal/access"
	"sluss/internal/fault"
	"sluss/internal/forecast"
	"sluss/internal/store"
)

// foreseen has the head show everybody how it may become, where the history is long enough to tell.
func (p *player) foreseen(ctx context.Context) error {
	var head *access.Actor
	err := p.Org.Store.Read(ctx, func(tx *store.Tx) (err error) {
		head, err = day{p, tx, p.Until.Date()}.as(ctx, "omar")
		return err
	})
	if err != nil {
		return err
	}
	if err := (&forecast.Desk{Store: p.Org.Store}).Show(ctx, head, 0); !fault.Is(err, fault.Conflict) {
		return err
	}
	return nil
}
