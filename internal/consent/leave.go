package consent

import (
	"context"

	"sluss/internal/access"
	"sluss/internal/fault"
	"sluss/internal/id"
	"sluss/internal/org"
	"sluss/internal/store"
)

// Leaving is an agency that may leave, and what goes with it.
type Leaving struct {
	Agency org.Agency
	Live   bool
	Posts  int // live ones
	People int // of whom it may see something
}

// Leaving tells what an agency's leaving would end. Only the head; Missing for the actor's own agency and for one that is not.
func (d *Desk) Leaving(ctx context.Context, actor *access.Actor, agency id.Agency) (l Leaving, err error) {
	err = d.Store.Read(ctx, func(tx *store.Tx) error {
		l = Leaving{}
		if err := access.Unit(ctx, tx, actor, access.Head); err != nil {
			return err
		}
		if l.Agency, l.Live, err = mayLeave(ctx, tx, actor, agency); err != nil {
			return err
		}
		return tx.One(ctx, store.Q(`SELECT (SELECT count(*) FROM post o JOIN unit u ON u.area_id = o.area_id AND u.unit_id = o.unit_id
		   WHERE u.area_id = $1 AND u.agency_id = $2 AND o.from_on <= $3 AND o.to_on > $3 AND o.ended_at > $4),
		  (SELECT count(*) FROM (SELECT s.person_id FROM consent s JOIN zone z ON z.area_id = s.area_id AND z.zone_id = s.zone_id
		    WHERE z.area_id = $1 AND z.agency_id = $2 AND s.from_on <= $3 AND s.to_on > $3 AND s.withdrawn_at > $4
		   UNION SELECT n.person_id FROM legal_ground n JOIN zone z ON z.area_id = n.area_id AND z.zone_id = n.zone_id
		    WHERE z.area_id = $1 AND z.agency_id = $2 AND n.from_on <= $3 AND n.to_on > $3 AND n.ended_at > $4) x)`),
			[]any{actor.Area(), agency, string(actor.Today()), int64(actor.Now())}, &l.Posts, &l.People)
	})
	return l, err
}

// Leave ends an agency's part in the area: from the commit on nobody who works there sees anything. Only the head.
func (d *Desk) Leave(ctx context.Context, actor *access.Actor, agency id.Agency) error {
	return d.Store.Write(ctx, func(tx *store.Tx) error {
		if err := access.Unit(ctx, tx, actor, access.Head); err != nil {
			return err
		}
		if _, _, err := mayLeave(ctx, tx, actor, agency); err != nil {
			return err
		}
		left, err := org.EndAgency(ctx, tx, actor.Area(), agency, actor.Now())
		if err == nil && !left {
			return fault.Stale
		}
		return err
	})
}

// mayLeave finds an agency other than the actor's own.
func mayLeave(ctx context.Context, tx *store.Tx, actor *access.Actor, agency id.Agency) (org.Agency, bool, error) {
	own, err := org.GetUnit(ctx, tx, actor.Area(), actor.Unit())
	if err != nil {
		return org.Agency{}, false, err
	}
	parties, err := org.Parties(ctx, tx, actor)
	for _, p := range parties {
		if p.Agency == agency && agency != own.Agency {
			return org.Agency{ID: p.Agency, Kind: p.Kind, Name: p.Name}, p.Live, err
		}
	}
	if err == nil {
		err = fault.Missing
	}
	return org.Agency{}, false, err
}
