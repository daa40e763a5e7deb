package demand

import (
	"context"

	"sluss/internal/access"
	"sluss/internal/clock"
	"sluss/internal/fault"
	"sluss/internal/id"
	"sluss/internal/org"
	"sluss/internal/person"
	"sluss/internal/store"
	"sluss/internal/thread"
)

// Write writes down that something is required of the person. What is required by the same agency and law already, and is still open, is
// refused at its field.
func (d *Desk) Write(ctx context.Context, actor *access.Actor, who id.Person, f Form) (k ID, err error) {
	err = d.Store.Write(ctx, func(tx *store.Tx) error {
		a, err := open(ctx, tx, actor, who, access.Write)
		if err != nil {
			return err
		}
		things, err := ThingsOf(ctx, tx, actor, a)
		if err != nil {
			return err
		}
		agencies, err := org.Agencies(ctx, tx, actor.Area())
		if err != nil {
			return err
		}
		about, err := f.check(actor.Today(), things, agencies)
		if err != nil {
			return err
		}
		list, err := Of(ctx, tx, actor, a)
		if err != nil {
			return err
		}
		for _, x := range list {
			if x.State == Open && x.Kind == about.Kind && x.Ref == about.Ref && x.Words == f.Words && x.By() == (Demand{Form: f, Called: x.Called}).By() && x.Agency == f.Agency && x.Law == f.Law {
				return fault.Form{{Kind: fault.Invalid, Key: "demand.already", Field: "thing"}}
			}
		}
		k = id.New[tag](actor.Now())
		if _, err := tx.Exec(ctx, store.Q(`INSERT INTO demand (area_id, person_id, demand_id, unit_id, thing, ref_id, agency_id, law, sealed, since_on, appeal_on, at, post_id, state,
		 ended_on, ended_by, version) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, 'open', '', 0, 1)`), actor.Area(), who, k, actor.Unit(), string(about.Kind), about.Ref,
			f.Agency, f.Law, a.Key(Need).Seal(sealedAt(k), f.list()...), string(f.Since), string(f.AppealBy), int64(actor.Now()), actor.Post()); err != nil {
			return err
		}
		return event(ctx, tx, actor, a, thread.Event{Kind: thread.Demanded, Code: string(about.Kind), Agency: f.Agency, Ref: int64(k)})
	})
	return k, err
}

// End ends what is required, or takes back what was written down by mistake; on is the first day without it. Stale when it was ended
// meanwhile.
func (d *Desk) End(ctx context.Context, actor *access.Actor, who id.Person, k ID, version int, how State, on clock.Date) error {
	return d.Store.Write(ctx, func(tx *store.Tx) error {
		a, err := open(ctx, tx, actor, who, access.Write)
		if err != nil {
			return err
		}
		var since clock.Date
		var agency id.Agency
		err = tx.One(ctx, store.Q(`SELECT since_on, agency_id FROM demand WHERE area_id = $1 AND person_id = $2 AND demand_id = $3`), []any{actor.Area(), who, k}, &since, &agency)
		if store.None(err) {
			err = fault.Missing
		}
		if err != nil {
			return err
		}
		var form fault.Form
		if how != Ended && how != Wrong {
			form.Add("how", "form.choose")
		}
		if how == Wrong {
			on = actor.Today()
		}
		if on == "" || on > actor.Today() || on < since {
			form.Add("on", "demand.on.needed", since)
		}
		if err := form.Err(); err != nil {
			return err
		}
		n, err := tx.Exec(ctx, store.Q(`UPDATE demand SET state = $5, ended_on = $6, ended_by = $7, version = version + 1
		 WHERE area_id = $1 AND person_id = $2 AND demand_id = $3 AND version = $4 AND state = 'open'`), actor.Area(), who, k, version, string(how), string(on), actor.Post())
		if err == nil && n == 0 {
			err = fault.Stale
		}
		if err != nil {
			return err
		}
		return event(ctx, tx, actor, a, thread.Event{Kind: thread.DemandOver, Code: string(how), Agency: agency, Ref: int64(k)})
	})
}

// open opens the person for those who work with people at the unit.
func open(ctx context.Context, tx *store.Tx, actor *access.Actor, who id.Person, act access.Action) (access.Access, error) {
	if err := access.Unit(ctx, tx, actor, access.Caseworkers...); err != nil {
		return access.Access{}, err
	}
	return access.Open(ctx, tx, actor, who, Seen, act, access.ForPlan)
}

func event(ctx context.Context, tx *store.Tx, actor *access.Actor, a access.Access, e thread.Event) error {
	e.Person, e.At, e.Unit, e.Post = a.Person(), actor.Now(), actor.Unit(), actor.Post()
	if err := person.Touch(ctx, tx, actor, a); err != nil {
		return err
	}
	return thread.Write(ctx, tx, actor.Area(), e)
}
