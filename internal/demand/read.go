package demand

import (
	"context"

	"sluss/internal/access"
	"sluss/internal/clock"
	"sluss/internal/id"
	"sluss/internal/org"
	"sluss/internal/person"
	"sluss/internal/referral"
	"sluss/internal/store"
)

// Of gives what has been required of the person of the access, the newest first, also what is no longer. It needs access to Need.
func Of(ctx context.Context, tx *store.Tx, actor *access.Actor, a access.Access) ([]Demand, error) {
	key := a.Key(Need)
	return store.All(ctx, tx, store.Q(`SELECT d.demand_id, d.thing, d.ref_id, d.agency_id, coalesce(g.name, ''), d.law, d.sealed, d.since_on, d.appeal_on, d.at, d.post_id, d.state, d.ended_on,
	 d.ended_by, d.version FROM demand d LEFT JOIN agency g ON g.area_id = d.area_id AND g.agency_id = d.agency_id
	 WHERE d.area_id = $1 AND d.person_id = $2 ORDER BY d.demand_id DESC`), []any{actor.Area(), a.Person()}, func(r *store.Cursor) (d Demand, err error) {
		var sealed []byte
		if err = r.Scan(&d.ID, &d.Kind, &d.Ref, &d.Agency, &d.Called, &d.Law, &sealed, &d.Since, &d.AppealBy, &d.At, &d.Post, &d.State, &d.EndedOn, &d.EndedBy, &d.Version); err != nil {
			return d, err
		}
		w, err := key.Open(sealedAt(d.ID), wordFields, sealed)
		if err == nil {
			d.take(w)
		}
		return d, err
	})
}

// Order is that somebody with the right to has sent the person here, where nobody has written down by what law.
type Order struct {
	Agency id.Agency // 0 for none that is known
	Unit   id.Unit   // likewise
	On     clock.Date
}

// OrderOf gives the order that the person of the access came by last; ok is false when they came in another way, or when what is required
// has been written down.
func OrderOf(ctx context.Context, tx *store.Tx, actor *access.Actor, a access.Access, list []Demand) (o Order, ok bool, err error) {
	r, ok, err := referral.Newest(ctx, tx, actor, a)
	if err != nil || !ok || r.Kind != referral.Anvisad {
		return o, false, err
	}
	for _, d := range list {
		if d.Kind == Referral && d.Ref == int64(r.ID) && d.State != Wrong {
			return o, false, nil
		}
	}
	return Order{r.Agency, r.FromUnit, r.ReceivedOn}, true, nil
}

// View is what is required of a person, with all that staff's page about it shows.
type View struct {
	Person   person.Person // the identity
	List     []Demand      // the newest first
	Things   []Thing       // that can be required
	Agencies []org.Agency
	Order    *Order // nil for none that waits for its law
}

// Open reads staff's page.
func (d *Desk) Open(ctx context.Context, actor *access.Actor, who id.Person) (v View, err error) {
	err = d.Store.Read(ctx, func(tx *store.Tx) error {
		v = View{}
		if err := access.Unit(ctx, tx, actor, access.Caseworkers...); err != nil {
			return err
		}
		var a access.Access
		if v.Person, a, err = person.Open(ctx, tx, actor, who, Seen, access.Read, access.ForPlan); err != nil {
			return err
		}
		if v.List, err = Of(ctx, tx, actor, a); err != nil {
			return err
		}
		o, ok, err := OrderOf(ctx, tx, actor, a, v.List)
		if err != nil {
			return err
		}
		if ok {
			v.Order = &o
		}
		if v.Agencies, err = org.Agencies(ctx, tx, actor.Area()); err != nil {
			return err
		}
		v.Things, err = ThingsOf(ctx, tx, actor, a)
		return err
	})
	return v, err
}
