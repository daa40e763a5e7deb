package place

import (
	"context"

	"sluss/internal/access"
	"sluss/internal/fault"
	"sluss/internal/id"
	"sluss/internal/store"
)

// Talked notes that one has talked with the person about a wish that they made on their own page. The wish stands as before.
func (d *Desk) Talked(ctx context.Context, actor *access.Actor, who id.Person, k ID, version int) error {
	return d.change(ctx, actor, who, k, version, func(_ *store.Tx, _ access.Access, p *Place) error {
		if p.State != Wished || p.OwnOn == "" {
			return fault.Stale
		}
		p.OwnOn = ""
		return nil
	})
}
