package consent

import (
	"context"

	"sluss/internal/access"
	"sluss/internal/fault"
	"sluss/internal/store"
)

// Own gives what other agencies may see of the person who acts for themselves, or have seen. Those who never had anything are
// left out. It needs access to Collaboration.
func Own(ctx context.Context, tx *store.Tx, actor *access.Actor, a access.Access) ([]Shared, error) {
	var v View
	if err := v.parties(ctx, tx, actor, a); err != nil {
		return nil, err
	}
	return v.Known(), nil
}

// Known are those who may see something or have been let to, as the person is shown them.
func (v View) Known() (list []Shared) {
	for _, s := range v.Parties {
		if s.Yes.ID != 0 || len(s.Laws) > 0 || len(s.Earlier) > 0 {
			list = append(list, s)
		}
	}
	return list
}

// WithdrawOwn takes the person's yes to an agency back by themselves, at once. Conflict when there is none that holds.
func (d *Desk) WithdrawOwn(ctx context.Context, actor *access.Actor, zone access.Zone) error {
	return d.Store.Write(ctx, func(tx *store.Tx) error {
		a, err := access.OpenOwn(ctx, tx, actor, access.Collaboration, access.Write)
		if err != nil {
			return err
		}
		if zone == 0 {
			return fault.Missing
		}
		n, err := access.Withdraw(ctx, tx, actor.Area(), a.Person(), zone, actor.Now(), false)
		if err == nil && n == 0 {
			return fault.New(fault.Conflict, "consent.none")
		}
		return err
	})
}
