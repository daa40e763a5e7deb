package past

import (
	"context"

	"sluss/internal/clock"
	"sluss/internal/logcheck"
	"sluss/internal/store"
)

// checks lets the head check the log: a month ago, with one reading to look into, and now a round that is begun and not signed.
func (p *player) checks(ctx context.Context) error {
	for _, r := range []struct {
		on   clock.Date
		done bool
	}{{p.Until.Date().Add(-34), true}, {p.Until.Date().Add(-3), false}} {
		if err := p.Org.Store.Write(ctx, func(tx *store.Tx) error { return day{p, tx, r.on}.checked(ctx, r.done) }); err != nil {
			return err
		}
	}
	return nil
}

func (d day) checked(ctx context.Context, done bool) error {
	omar, err := d.as(ctx, "omar")
	if err != nil {
		return err
	}
	desk := &logcheck.Desk{Store: d.db()}
	if err := desk.Draw(ctx, omar); err != nil || !done {
		return err
	}
	state, err := desk.State(ctx, omar)
	if err != nil {
		return err
	}
	for i, r := range state.List {
		finding, note := logcheck.Order, ""
		if i == 0 {
			finding, note = logcheck.Look, "Jag frågar på måndagens möte varför det behövdes den dagen."
		}
		if err := desk.Judge(ctx, omar, r.Who, r.ID, r.Version, finding, note); err != nil {
			return err
		}
	}
	return desk.Sign(ctx, omar, state.Open.ID)
}
