package past

import (
	"context"

	"sluss/internal/activity"
	"sluss/internal/project"
	"sluss/internal/store"
)

// funded has omar write down a project that is over, with its evidence set apart, and one that goes on.
func (p *player) funded(ctx context.Context) error {
	until, desk := p.Until.Date(), &project.Desk{Store: p.Org.Store}
	err := p.Org.Store.Write(ctx, func(tx *store.Tx) error {
		omar, err := day{p, tx, until}.as(ctx, "omar")
		if err != nil {
			return err
		}
		types, err := activity.All(ctx, tx, omar)
		if err != nil {
			return err
		}
		var runs []activity.ID
		for _, t := range types {
			if t.State == activity.Runs && len(runs) < 3 {
				runs = append(runs, t.ID)
			}
		}
		for _, f := range []project.Form{
			{Name: "Bron till arbete", Funder: "ESF+", First: until.Add(-400), Last: until.Add(-45), Activities: runs, Until: until.AddMonths(72)[:4] + "-12-31", Why: "ESF-rådets beslut 2025-114, punkt 9"},
			{Name: "Hela vägen", Funder: "Samordningsförbundet", First: until.Add(-44), Last: until.Add(320), Activities: runs[:1], Until: until.AddMonths(60)[:4] + "-12-31", Why: "Överenskommelsen, 7 §"},
		} {
			if _, err := (&project.Desk{Store: p.Org.Store.In(tx)}).Add(ctx, omar, f); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		return err
	}
	return desk.Sweep(ctx, p.place.Area, p.Until)
}
