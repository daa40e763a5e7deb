package past

import (
	"context"
	"fmt"

	"sluss/internal/demand"
	"sluss/internal/fault"
	"sluss/internal/id"
	"sluss/internal/org"
	"sluss/internal/store"
)

// demands lets the municipality require two things of whom one can be in the demo: to hand in an application, and to take part in what
// they have a place in.
func (p *player) demands(ctx context.Context) error {
	who, err := p.first(ctx)
	if err != nil || who == 0 {
		return err
	}
	err = p.Org.Store.Write(ctx, func(tx *store.Tx) error {
		d := day{p, tx, p.Until.Date()}
		coach, err := d.coachOf(ctx, who)
		if err != nil || coach == "" {
			return err
		}
		return d.requires(ctx, coach, who)
	})
	if err != nil && fault.Of(err) == nil && fault.Fields(err) == nil {
		return fmt.Errorf("what is required: %w", err)
	}
	return nil
}

func (d day) requires(ctx context.Context, coach string, who id.Person) error {
	a, err := d.as(ctx, coach)
	if err != nil {
		return err
	}
	desk := &demand.Desk{Store: d.db()}
	v, err := desk.Open(ctx, a, who)
	if err != nil {
		return err
	}
	f := demand.Form{Thing: demand.Thing{Kind: demand.Words}.Key(), Words: "Lämna ansökan om försörjningsstöd senast den femte varje månad", Agency: d.place.Agencies[org.KindMunicipality],
		Office: "Ekonomiskt bistånd", Phone: "0501-55 20 10", Law: "sol_12_3", Otherwise: "Kommer ansökan senare kan pengarna dröja.", Since: d.today.Add(-60)}
	if _, err := desk.Write(ctx, a, who, f); err != nil {
		return err
	}
	for _, t := range v.Things {
		if t.Kind == demand.Place {
			f.Thing, f.Law, f.Since, f.AppealBy = t.Key(), "sol_12_4", d.today.Add(-9), d.today.Add(12)
			f.Otherwise = "Är du inte med och inte har ett skäl kan de ge mindre pengar den månaden. Prata med dem om du inte kan."
			_, err := desk.Write(ctx, a, who, f)
			return err
		}
	}
	return nil
}
