package referral

import (
	"context"

	"sluss/internal/access"
	"sluss/internal/fault"
	"sluss/internal/id"
	"sluss/internal/org"
	"sluss/internal/person"
	"sluss/internal/store"
	"sluss/internal/thread"
)

// Receive puts somebody in the queue of the actor's unit. The person is found by number or made new; one who has been
// here before comes as a return. A conflict when the person is in the queue already.
func (d *Desk) Receive(ctx context.Context, actor *access.Actor, f Form) (ID, id.Person, error) {
	var made ID
	var who id.Person
	err := d.Store.Write(ctx, func(tx *store.Tx) error {
		ok, err := org.Has(ctx, tx, actor.Area(), f.Agency, f.FromUnit)
		if err == nil && !ok {
			return fault.Form{{Kind: fault.Invalid, Key: "form.choose", Field: "sender"}}
		}
		if err == nil {
			made, who, err = Receive(ctx, tx, actor, f)
		}
		return err
	})
	return made, who, err
}

// Receive is the same in the caller's transaction, for an import that takes many.
func Receive(ctx context.Context, tx *store.Tx, actor *access.Actor, f Form) (ID, id.Person, error) {
	if err := access.Unit(ctx, tx, actor, access.Caseworkers...); err != nil {
		return 0, 0, err
	}
	var form fault.Form
	if err := f.check(actor.Today()); err != nil {
		form = append(form, fault.Fields(err)...)
	}
	a, known, err := person.Record(ctx, tx, actor, &f.Person)
	if err != nil {
		return 0, 0, joined(form, err)
	}
	if len(form) > 0 {
		return 0, 0, form
	}
	return insert(ctx, tx, actor, a, f, known)
}

// joined puts the form's own faults before those of the person.
func joined(form fault.Form, err error) error {
	if more := fault.Fields(err); more != nil {
		return append(form, more...)
	}
	if err == nil {
		return form.Err()
	}
	return err
}

func insert(ctx context.Context, tx *store.Tx, actor *access.Actor, a access.Access, f Form, known bool) (ID, id.Person, error) {
	returning := false
	if known {
		var open, before int
		if err := tx.One(ctx, store.Q(`SELECT coalesce(sum(CASE WHEN r.state IN ('waiting', 'called', 'present') OR e.state IN ('booked', 'active', 'paused') THEN 1 ELSE 0 END), 0),
		 count(*) FROM referral r LEFT JOIN enrolment e ON e.area_id = r.area_id AND e.referral_id = r.referral_id
		 WHERE r.area_id = $1 AND r.person_id = $2 AND r.unit_id = $3`), []any{actor.Area(), a.Person(), actor.Unit()}, &open, &before); err != nil {
			return 0, 0, err
		}
		if open > 0 {
			return 0, a.Person(), fault.New(fault.Conflict, "referral.already")
		}
		returning = before > 0
	}
	r := Referral{ID: id.New[referralTag](actor.Now()), Person: a.Person(), Unit: actor.Unit(), Kind: f.Kind, Agency: f.Agency, FromUnit: f.FromUnit,
		Reason: f.Reason, Words: f.Words, ReceivedOn: f.ReceivedOn, OrderOn: f.ReceivedOn, ReplyBy: f.ReplyBy, Returning: returning,
		State: Waiting, StateOn: actor.Today()}
	if err := write(ctx, tx, actor, a, r); err != nil {
		return 0, 0, err
	}
	if err := access.Tie(ctx, tx, actor.Area(), r.Person, r.Unit, actor.Today(), actor.Now()); err != nil {
		return 0, 0, err
	}
	code := string(f.Kind)
	if returning {
		code += "+return"
	}
	return r.ID, r.Person, thread.Write(ctx, tx, actor.Area(), thread.Event{Person: r.Person, On: f.ReceivedOn, At: actor.Now(), Kind: thread.Referred,
		Code: code, Unit: r.Unit, Post: actor.Post(), Agency: f.Agency, Ref: int64(r.ID)})
}

func write(ctx context.Context, tx *store.Tx, actor *access.Actor, a access.Access, r Referral) error {
	_, err := tx.Exec(ctx, store.Q(`INSERT INTO referral (area_id, referral_id, person_id, unit_id, kind, agency_id, from_unit_id, reason, sealed,
	 received_on, order_on, moved, reply_by, replied_on, again, asked_on, state, state_on, version)
	 VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, 0, $12, '', $13, '', $14, $15, 1)`),
		actor.Area(), r.ID, r.Person, r.Unit, string(r.Kind), r.Agency, r.FromUnit, r.Reason,
		a.Key(access.Collaboration).Seal(place(r.ID), r.Words.list()...), string(r.ReceivedOn), string(r.OrderOn), string(r.ReplyBy), store.Flag(r.Returning),
		string(r.State), string(r.StateOn))
	return err
}
