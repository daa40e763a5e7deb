package placement

import (
	"context"

	"sluss/internal/access"
	"sluss/internal/fault"
	"sluss/internal/id"
	"sluss/internal/store"
)

// WishOwn writes what the person who acts for themself would like to try at a workplace. Their coach is asked to talk with them about it.
func (d *Desk) WishOwn(ctx context.Context, actor *access.Actor, what, because string) (k ID, err error) {
	err = d.Store.Write(ctx, func(tx *store.Tx) error {
		a, err := access.OpenOwn(ctx, tx, actor, Need, access.Write)
		if err != nil {
			return err
		}
		k, err = wish(ctx, tx, actor, a, Placement{What: what, Because: because, OwnOn: actor.Today()})
		return err
	})
	return k, err
}

// WithdrawOwn takes a wish back, by the person who acts for themself.
func (d *Desk) WithdrawOwn(ctx context.Context, actor *access.Actor, k ID, version int) error {
	return d.Store.Write(ctx, func(tx *store.Tx) error {
		a, err := access.OpenOwn(ctx, tx, actor, Need, access.Write)
		if err != nil {
			return err
		}
		p, err := get(ctx, tx, actor, a, k, version)
		if err == nil && p.State != Wished {
			err = fault.Stale
		}
		if err != nil {
			return err
		}
		p.State = Withdrawn
		return update(ctx, tx, actor, a, p)
	})
}

// Talked notes that one has talked with the person about a wish that they made on their own page. The wish stands as before.
func (d *Desk) Talked(ctx context.Context, actor *access.Actor, who id.Person, k ID, version int) error {
	return d.change(ctx, actor, who, k, version, func(_ *store.Tx, _ access.Access, p *Placement) error {
		if p.State != Wished || p.OwnOn == "" {
			return fault.Stale
		}
		p.OwnOn = ""
		return nil
	})
}
