package past

import (
	"context"
	"fmt"

	"sluss/internal/access"
	"sluss/internal/comment"
	"sluss/internal/consent"
	"sluss/internal/fault"
	"sluss/internal/id"
	"sluss/internal/org"
	"sluss/internal/statement"
	"sluss/internal/store"
)

// states makes statements of the hours of whom one can be in the demo: one that was handed over, and one that waits for them.
func (p *player) states(ctx context.Context) error {
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
		return d.stated(ctx, coach, who)
	})
	if fault.Of(err) != nil || fault.Fields(err) != nil { // nothing to come to in those weeks
		return nil
	}
	if err != nil {
		return fmt.Errorf("a statement of hours: %w", err)
	}
	return nil
}

func (d day) stated(ctx context.Context, coach string, who id.Person) error {
	a, err := d.as(ctx, coach)
	if err != nil {
		return err
	}
	zone, err := d.money(ctx, a)
	if err != nil {
		return err
	}
	desk, last := &statement.Desk{Store: d.db()}, d.today.Add(-8)
	if err := d.consent().Answer(ctx, a, who, consent.Form{Zone: zone, Purpose: "work", Categories: access.Attendance, Months: consent.Longest,
		How: consent.AtTable, Yes: true, Wish: true, Lang: "sv"}); err != nil {
		return err
	}
	k, err := desk.Make(ctx, a, who, statement.Form{From: last.Add(-20), To: last})
	if err != nil {
		return err
	}
	said := comment.Thing{Kind: comment.Statement, Ref: int64(k)}
	if err := (&comment.Desk{Store: desk.Store}).Say(ctx, a, who, said, "En vecka stannade jag kvar och hjälpte till. Det syns inte här.", false); err != nil {
		return err
	}
	if err := desk.Show(ctx, a, who, k, 1, statement.AtTable); err != nil {
		return err
	}
	if err := desk.Hand(ctx, a, who, k, 2, statement.HandForm{Zone: zone, Receiver: "Eva Ek"}); err != nil {
		return err
	}
	_, err = desk.Make(ctx, a, who, statement.Form{From: last.Add(1), To: d.today.Add(-1)})
	return err
}

// money is the zone where support is decided on.
func (d day) money(ctx context.Context, a *access.Actor) (z access.Zone, err error) {
	list, err := org.Parties(ctx, d.tx, a)
	for _, p := range list {
		if p.Money {
			z = p.ID
		}
	}
	return z, err
}
