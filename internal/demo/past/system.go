package past

import (
	"context"

	"sluss/internal/clock"
	"sluss/internal/demo"
	"sluss/internal/org"
	"sluss/internal/signin"
	"sluss/internal/store"
)

// connected has omar let the system of those who decide on income support send referrals, a month ago; it has come in today.
func (p *player) connected(ctx context.Context) error {
	return p.Org.Store.Write(ctx, func(tx *store.Tx) error {
		d := day{p, tx, p.Until.Date().Add(-30)}
		omar, err := d.as(ctx, "omar")
		if err != nil {
			return err
		}
		units, err := org.Units(ctx, tx, demo.AreaID)
		if err != nil {
			return err
		}
		in := &signin.Desk{Store: d.db(), Vault: p.Org.Vault, Clock: clock.Fixed(p.Until.Time())}
		for _, u := range units {
			if u.Name != "Ekonomiskt bistånd" {
				continue
			}
			secret, err := in.AddSystem(ctx, omar, signin.NewSystem{Name: "Handläggarstödet", Unit: u.ID, Scopes: signin.Scopes})
			if err != nil {
				return err
			}
			if _, _, err := in.Pass(ctx, secret); err != nil {
				return err
			}
		}
		return nil
	})
}
