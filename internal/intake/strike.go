package intake

import (
	"context"

	"sluss/internal/access"
	"sluss/internal/fault"
	"sluss/internal/id"
	"sluss/internal/referral"
	"sluss/internal/store"
	"sluss/internal/thread"
)

// Strike takes somebody off a start list; the person waits in the queue again, at the same place. A conflict for one who was
// here, and for one who has said no and waits already.
func (d *Desk) Strike(ctx context.Context, actor *access.Actor, s StartID, who id.Person) error {
	return d.change(ctx, actor, s, who, func(tx *store.Tx, a access.Access, r *row) error {
		switch {
		case r.here == WasHere:
			return fault.New(fault.Conflict, "intake.here.already")
		case r.answer == No:
			return fault.New(fault.Conflict, "intake.strike.no")
		}
		if err := referral.Requeue(ctx, tx, actor, a, r.referral); err != nil {
			return err
		}
		r.moved = struck
		return startEvent(ctx, tx, actor, who, r.start, thread.Uncalled, "")
	})
}

// Unstrike puts somebody who was struck back on the list, as they stood there. A conflict when the list is full meanwhile,
// or the person no longer waits.
func (d *Desk) Unstrike(ctx context.Context, actor *access.Actor, s StartID, who id.Person) error {
	return d.changeFrom(ctx, actor, s, who, struck, func(tx *store.Tx, a access.Access, r *row) error {
		if r.start.State == Cancelled {
			return fault.New(fault.Conflict, "intake.start.over")
		}
		n, _, err := live(ctx, tx, actor, s)
		if err != nil {
			return err
		}
		if n >= r.start.Calls && r.answer.counts() && r.start.On >= actor.Today() {
			return fault.New(fault.Conflict, "intake.strike.full", r.start.Calls)
		}
		if err := referral.Call(ctx, tx, actor, a, r.referral); err != nil {
			return err
		}
		r.moved = onThis
		return startEvent(ctx, tx, actor, who, r.start, thread.Called, thread.Undone)
	})
}

// StartOf gives the group start that a referral is called to, or was at; ok is false when there is none. It needs access to
// the thread.
func StartOf(ctx context.Context, tx *store.Tx, actor *access.Actor, a access.Access, r referral.ID) (s Start, ok bool, err error) {
	a.Must(access.Thread)
	var leaders string
	err = tx.One(ctx, store.Q(`SELECT `+startColumns+` FROM called c JOIN start s ON s.area_id = c.area_id AND s.start_id = c.start_id
	 WHERE c.area_id = $1 AND c.referral_id = $2 AND c.person_id = $3 AND c.moved_to = 0 AND c.answer <> 'no' AND +s.unit_id = $4
	 ORDER BY c.called_on DESC, c.start_id DESC LIMIT 1`), []any{actor.Area(), r, a.Person(), actor.Unit()}, s.dest(&leaders)...)
	if store.None(err) {
		return s, false, nil
	}
	s.lead(leaders)
	return s, err == nil, err
}

// Withdraw says that the person does not want to, now, also of one who is called: the call is then taken back with it and
// the place is free. It gives the start that the call was to; its id is 0 without one.
func (d *Desk) Withdraw(ctx context.Context, actor *access.Actor, who id.Person, r referral.ID, version int) (Start, error) {
	return d.uncalled(ctx, actor, who, r, version, func(q *referral.Desk, version int) error {
		return q.Withdraw(ctx, actor, who, r, version)
	})
}

// Redirect says that somebody else is right for the person, likewise also of one who is called.
func (d *Desk) Redirect(ctx context.Context, actor *access.Actor, who id.Person, r referral.ID, version int, to string, told bool) (Start, error) {
	return d.uncalled(ctx, actor, who, r, version, func(q *referral.Desk, version int) error {
		return q.Redirect(ctx, actor, who, r, version, to, told)
	})
}

// uncalled does something to a referral that waits, after taking back the call of one that is called, in one transaction.
func (d *Desk) uncalled(ctx context.Context, actor *access.Actor, who id.Person, r referral.ID, version int, f func(q *referral.Desk, version int) error) (was Start, err error) {
	err = d.Store.Write(ctx, func(tx *store.Tx) error {
		was = Start{}
		a, err := access.Open(ctx, tx, actor, who, access.Identity|access.Collaboration|access.Thread, access.Write, access.ForQueue)
		if err != nil {
			return err
		}
		x, err := referral.Get(ctx, tx, actor, a, r)
		if err != nil {
			return err
		}
		if x.Version != version {
			return fault.Stale
		}
		in := d.Store.In(tx)
		if x.State == referral.Called {
			if was, _, err = StartOf(ctx, tx, actor, a, r); err != nil {
				return err
			}
			if err := (&Desk{Store: in}).Strike(ctx, actor, was.ID, who); err != nil {
				return err
			}
			version = x.Version + 1
		}
		return f(&referral.Desk{Store: in}, version)
	})
	return was, err
}
