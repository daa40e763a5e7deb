package consent

import (
	"context"

	"sluss/internal/access"
	"sluss/internal/clock"
	"sluss/internal/fault"
	"sluss/internal/id"
	"sluss/internal/org"
	"sluss/internal/store"
)

// Answer writes what the person answered. A yes takes the place of an earlier one to the same agency. A no is kept only as
// that it was asked: it is in no thread, no list and no count. Asked again too soon gives an Invalid fault, unless the person
// took it up; who works where people's money is decided on is refused (Forbidden), and so is everybody while the record is
// protected (Conflict).
func (d *Desk) Answer(ctx context.Context, actor *access.Actor, who id.Person, f Form) error {
	return d.Store.Write(ctx, func(tx *store.Tx) error {
		if err := access.Unit(ctx, tx, actor, access.Caseworkers...); err != nil {
			return err
		}
		if _, err := access.Open(ctx, tx, actor, who, access.Collaboration, access.Write, access.ForCollaboration); err != nil {
			return err
		}
		if err := mayAsk(ctx, tx, actor, who, f); err != nil {
			return err
		}
		if _, err := tx.Exec(ctx, store.Q(`INSERT INTO consent_asked (area_id, person_id, zone_id, asked_on) VALUES ($1, $2, $3, $4)
		 ON CONFLICT (area_id, person_id, zone_id, asked_on) DO NOTHING`), actor.Area(), who, f.Zone, string(actor.Today())); err != nil || !f.Yes {
			return err
		}
		if _, err := access.Withdraw(ctx, tx, actor.Area(), who, f.Zone, actor.Now(), false); err != nil {
			return err
		}
		if f.How == AtTable {
			f.Witness = 0
		}
		return access.Share(ctx, tx, actor.Area(), who, access.Consent{ID: access.NewConsentID(actor.Now()), Zone: f.Zone, Purpose: f.Purpose,
			Categories: f.Categories | access.Identity, Span: f.span(actor.Today()), GivenAt: actor.Now(), Post: actor.Post(), How: f.How, Witness: f.Witness,
			TextVersion: TextVersion, Lang: f.Lang})
	})
}

// mayAsk says why it may not be taken up, or what is wrong with the form.
func mayAsk(ctx context.Context, tx *store.Tx, actor *access.Actor, who id.Person, f Form) error {
	parties, err := org.Parties(ctx, tx, actor)
	if err != nil {
		return err
	}
	home, err := org.HomeZone(ctx, tx, actor)
	if err != nil {
		return err
	}
	for _, p := range parties {
		if p.ID == home && p.Money {
			return fault.New(fault.Forbidden, "consent.money")
		}
	}
	var protected int
	if err := tx.One(ctx, store.Q(`SELECT protected FROM person WHERE area_id = $1 AND person_id = $2`), []any{actor.Area(), who}, &protected); err != nil {
		return err
	}
	if protected != 0 {
		return fault.New(fault.Conflict, "consent.protected")
	}
	here, err := org.Colleagues(ctx, tx, actor.Area(), actor.Unit(), actor.Now())
	if err != nil {
		return err
	}
	if err := f.check(actor.Post(), home, parties, here); err != nil {
		return err
	}
	asked, err := askedOn(ctx, tx, actor, who)
	if err == nil && !f.Wish && asked[f.Zone].AddMonths(silence) > actor.Today() {
		err = fault.Form{{Kind: fault.Invalid, Key: "consent.soon", Field: "zone", Args: []any{asked[f.Zone].AddMonths(silence)}}}
	}
	return err
}

// askedOn tells on which day each zone was last asked about.
func askedOn(ctx context.Context, tx *store.Tx, actor *access.Actor, who id.Person) (map[access.Zone]clock.Date, error) {
	type asked struct {
		zone access.Zone
		on   clock.Date
	}
	list, err := store.All(ctx, tx, store.Q(`SELECT zone_id, max(asked_on) FROM consent_asked WHERE area_id = $1 AND person_id = $2 GROUP BY zone_id`),
		[]any{actor.Area(), who}, func(r *store.Cursor) (a asked, err error) {
			err = r.Scan(&a.zone, &a.on)
			return a, err
		})
	m := make(map[access.Zone]clock.Date, len(list))
	for _, a := range list {
		m[a.zone] = a.on
	}
	return m, err
}

// Withdraw takes the person's yes to an agency back, at once, and needs no reason. Conflict when there is none that holds.
func (d *Desk) Withdraw(ctx context.Context, actor *access.Actor, who id.Person, zone access.Zone, paper bool) error {
	return d.Store.Write(ctx, func(tx *store.Tx) error {
		if err := access.Unit(ctx, tx, actor, access.Caseworkers...); err != nil {
			return err
		}
		if _, err := access.Open(ctx, tx, actor, who, access.Collaboration, access.Write, access.ForCollaboration); err != nil {
			return err
		}
		n, err := access.Withdraw(ctx, tx, actor.Area(), who, zone, actor.Now(), paper)
		if err == nil && n == 0 {
			return fault.New(fault.Conflict, "consent.none")
		}
		return err
	})
}
