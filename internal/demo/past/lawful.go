package past

import (
	"context"

	"sluss/internal/access"
	"sluss/internal/fault"
	"sluss/internal/lawful"
	"sluss/internal/org"
	"sluss/internal/store"
)

// byLaw lets the head write down what a law gives the employment service about one of lena's participants.
func (p *player) byLaw(ctx context.Context) error {
	who, err := p.caseload(ctx, "lena")
	if err != nil || len(who) == 0 {
		return err
	}
	err = p.Org.Store.Write(ctx, func(tx *store.Tx) error {
		d := day{p, tx, p.Until.Date().Add(-2)}
		omar, err := d.as(ctx, "omar")
		if err != nil {
			return err
		}
		return (&lawful.Desk{Store: d.db()}).Record(ctx, omar, who[len(who)-1], lawful.Form{Zone: access.Zone(d.place.Agencies[org.KindEmployment]), Law: "osl_10_2",
			Categories: access.Contact, From: omar.Today(), To: omar.Today().AddMonths(1), Decided: "Omar Haddad, enhetschef", Number: "AME 2026-118"})
	})
	if fault.Is(err, fault.NotFound) { // not here yet on that day
		err = nil
	}
	return err
}
