package enquiry

import (
	"context"
	"slices"

	"sluss/internal/access"
	"sluss/internal/id"
	"sluss/internal/org"
	"sluss/internal/plan"
	"sluss/internal/store"
)

// abroad tells whether the access is that of another agency, which sees and asks no more than its own part.
func abroad(a access.Access) bool {
	return a.Ground() == access.ByConsent || a.Ground() == access.ByLaw
}

// queued, with $1 the area, $2 the person and $3 the unit, tells whether they are on their way in there, or in.
const queued = `SELECT 1 FROM referral r WHERE r.area_id = $1 AND r.person_id = $2 AND r.unit_id = $3 AND r.state IN ('waiting', 'called', 'present')
 UNION SELECT 1 FROM enrolment n WHERE n.area_id = $1 AND n.person_id = $2 AND n.unit_id = $3 AND n.state <> 'left'`

// worked gives the plan that is asked about; where none is worked in, one without an id at the unit that the person waits to begin at. With
// no unit there is nobody to ask.
func worked(ctx context.Context, tx *store.Tx, actor *access.Actor, a access.Access) (plan.Plan, error) {
	p, err := plan.Outside(ctx, tx, actor, a)
	if err != nil || p.Living() || abroad(a) {
		return p, err
	}
	units, _, err := access.Around(ctx, tx, actor, a)
	for _, u := range units {
		var yes int
		if err = tx.One(ctx, store.Q(queued+` LIMIT 1`), []any{actor.Area(), a.Person(), u}, &yes); err == nil {
			var none plan.Plan
			none.Enrolment.Unit = u
			return none, nil
		}
		if !store.None(err) {
			return p, err
		}
		err = nil
	}
	p.Enrolment.Unit = 0
	return p, err
}

// sides gives whom the actor may ask about the plan. Another agency may ask the gateway and the person, and is not told which
// others there are; the gateway and the person may ask every unit where somebody may answer. self is when the person acts.
func sides(ctx context.Context, tx *store.Tx, actor *access.Actor, a access.Access, p plan.Plan, self bool) ([]Side, error) {
	if p.Enrolment.Unit == 0 || !self && !p.Living() {
		return nil, nil
	}
	home, err := gateway(ctx, tx, actor, p)
	if err != nil {
		return nil, err
	}
	if abroad(a) {
		return []Side{home, {}}, nil
	}
	list, err := partners(ctx, tx, actor, a)
	if self {
		return append([]Side{home}, list...), err
	}
	return append([]Side{{}}, list...), err
}

// acting is the side that is acted for: the person, self, the actor's own unit at another agency, or the gateway that the plan is made at,
// also for who covers there.
func acting(ctx context.Context, tx *store.Tx, actor *access.Actor, a access.Access, p plan.Plan, self bool) (Side, error) {
	switch {
	case self:
		return Side{}, nil
	case abroad(a):
		u, err := org.GetUnit(ctx, tx, actor.Area(), actor.Unit())
		return Side{Unit: u.ID, Agency: u.Agency}, err
	default:
		return gateway(ctx, tx, actor, p)
	}
}

func gateway(ctx context.Context, tx *store.Tx, actor *access.Actor, p plan.Plan) (Side, error) {
	u, err := org.GetUnit(ctx, tx, actor.Area(), p.Enrolment.Unit)
	return Side{u.ID, u.Agency, true}, err
}

// partners gives the units of other agencies where some post may write in the person's plan today, by the rule itself.
func partners(ctx context.Context, tx *store.Tx, actor *access.Actor, a access.Access) (list []Side, err error) {
	type seat struct {
		Side
		post id.Post
	}
	seats, err := store.All(ctx, tx, store.Q(`SELECT DISTINCT u.unit_id, u.agency_id, o.post_id FROM consent s
	  JOIN unit u ON u.area_id = s.area_id AND u.zone_id = s.zone_id
	  JOIN post o ON o.area_id = u.area_id AND o.unit_id = u.unit_id AND o.role = $5 AND o.from_on <= $3 AND o.to_on > $3 AND o.ended_at > $4
	 WHERE s.area_id = $1 AND s.person_id = $2 AND s.from_on <= $3 AND s.to_on > $3 AND s.withdrawn_at > $4 ORDER BY u.unit_id, o.post_id`),
		[]any{actor.Area(), a.Person(), string(actor.Today()), int64(actor.Now()), int(access.Officer)}, func(r *store.Cursor) (x seat, err error) {
			err = r.Scan(&x.Unit, &x.Agency, &x.post)
			return x, err
		})
	for _, x := range seats {
		if err != nil || slices.Contains(list, x.Side) {
			continue
		}
		var v access.Verdict
		if v, err = access.Judge(ctx, tx, actor, x.post, a.Person(), Need, access.Write); v > 0 {
			list = append(list, x.Side)
		}
	}
	return list, err
}
