package past

import (
	"context"

	"sluss/internal/access"
	"sluss/internal/fault"
	"sluss/internal/glass"
	"sluss/internal/id"
	"sluss/internal/person"
	"sluss/internal/store"
)

// breaks lets a coach at the grown-ups' unit open the record of one of the young in an emergency, yesterday: it waits for
// review. young are those whose coach Petra is.
func (p *player) breaks(ctx context.Context, young []id.Person) error {
	for _, who := range young {
		err := p.Org.Store.Write(ctx, func(tx *store.Tx) error { return day{p, tx, p.Until.Date().Add(-1)}.broken(ctx, who) })
		if err == nil || !fault.Is(err, fault.NotFound) && fault.Fields(err) == nil {
			return err
		}
	}
	return nil
}

func (d day) broken(ctx context.Context, who id.Person) error {
	petra, err := d.as(ctx, "petra")
	if err != nil {
		return err
	}
	x, _, err := person.Open(ctx, d.tx, petra, who, access.Identity, access.Read, access.ForContact)
	if err != nil {
		return err
	}
	if x.Number.IsZero() {
		return fault.Missing // one without a number cannot be found so
	}
	ibrahim, err := d.as(ctx, "ibrahim")
	if err != nil {
		return err
	}
	_, err = (&glass.Desk{Store: d.db()}).Break(ctx, ibrahim, glass.Form{Number: x.Number.Reveal(), Reason: "here",
		Words: x.Given + " kom till receptionen och mådde dåligt. Ungdomsslussen svarade inte, och jag behövde veta vem vi kunde ringa.", Fresh: true})
	return err
}
