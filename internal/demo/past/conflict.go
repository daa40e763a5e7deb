package past

import (
	"context"

	"sluss/internal/conflict"
	"sluss/internal/fault"
	"sluss/internal/store"
)

// aside lets a coach come upon a neighbour among their own participants, yesterday: somebody waits for another coach.
func (p *player) aside(ctx context.Context) error {
	who, err := p.caseload(ctx, "ibrahim")
	if err != nil || len(who) == 0 {
		return err
	}
	err = p.Org.Store.Write(ctx, func(tx *store.Tx) error {
		d := day{p, tx, p.Until.Date().Add(-1)}
		ibrahim, err := d.as(ctx, "ibrahim")
		if err != nil {
			return err
		}
		return (&conflict.Desk{Store: d.db()}).Declare(ctx, ibrahim, who[len(who)-1], "known")
	})
	if fault.Is(err, fault.NotFound) { // not here yet on that day
		err = nil
	}
	return err
}
