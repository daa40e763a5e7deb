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

// row is what a change of one on a list needs to know.
type row struct {
	start    Start
	referral referral.ID
	extra    int
	answer   Answer
	here     Here
	moved    int64
	version  int
}

// change opens one on a list for a change, and writes answer, here, and moved back with who did it.
func (d *Desk) change(ctx context.Context, actor *access.Actor, s StartID, who id.Person, f func(tx *store.Tx, a access.Access, r *row) error) error {
	return d.changeFrom(ctx, actor, s, who, onThis, f)
}

// changeFrom is change of one who stands as moved says: on the list, or struck from it.
func (d *Desk) changeFrom(ctx context.Context, actor *access.Actor, s StartID, who id.Person, moved int64, f func(tx *store.Tx, a access.Access, r *row) error) error {
	return d.Store.Write(ctx, func(tx *store.Tx) error {
		a, err := access.Open(ctx, tx, actor, who, access.Identity|access.Collaboration|access.Thread, access.Write, access.ForStart)
		if err != nil {
			return err
		}
		r := row{}
		if r.start, err = GetStart(ctx, tx, actor, s); err != nil {
			return err
		}
		err = tx.One(ctx, store.Q(`SELECT referral_id, extra, answer, here, moved_to, version FROM called WHERE area_id = $1 AND start_id = $2 AND person_id = $3`),
			[]any{actor.Area(), s, who}, &r.referral, &r.extra, &r.answer, &r.here, &r.moved, &r.version)
		if store.None(err) {
			return fault.Missing
		}
		if err != nil {
			return err
		}
		if r.moved != moved {
			return fault.New(fault.Conflict, "intake.moved.already")
		}
		if err := f(tx, a, &r); err != nil {
			return err
		}
		n, err := tx.Exec(ctx, store.Q(`UPDATE called SET answer = $5, answered_on = CASE WHEN answer = $5 THEN answered_on ELSE $6 END, here = $7, moved_to = $8,
		 version = version + 1 WHERE area_id = $1 AND start_id = $2 AND person_id = $3 AND version = $4`),
			actor.Area(), s, who, r.version, string(r.answer), string(actor.Today()), int(r.here), r.moved)
		if err == nil && n == 0 {
			return fault.Stale
		}
		return err
	})
}

// Answer writes what somebody said. Who says no waits in the queue again, at the same place; who wants another time stays
// called until moved. An answer can be changed; Silent takes it back. When the place has gone to somebody else meanwhile, a
// reason is asked for at "why", as in CallOne.
func (d *Desk) Answer(ctx context.Context, actor *access.Actor, s StartID, who id.Person, answer Answer) error {
	return d.AnswerBeyond(ctx, actor, s, who, answer, "")
}

// AnswerBeyond is Answer with the reason why somebody comes back to a list that is full.
func (d *Desk) AnswerBeyond(ctx context.Context, actor *access.Actor, s StartID, who id.Person, answer Answer, why string) error {
	return d.change(ctx, actor, s, who, func(tx *store.Tx, a access.Access, r *row) error {
		if r.answer == answer {
			return nil
		}
		if r.here == WasHere {
			return fault.New(fault.Conflict, "intake.here.already")
		}
		if !r.answer.counts() && answer.counts() {
			if err := r.putBack(ctx, tx, actor, a, why); err != nil {
				return err
			}
		}
		if r.answer == No {
			if err := referral.Call(ctx, tx, actor, a, r.referral); err != nil {
				return err
			}
		}
		if answer == No {
			if err := referral.Requeue(ctx, tx, actor, a, r.referral); err != nil {
				return err
			}
		}
		r.answer = answer
		code := string(answer)
		if answer == Silent {
			code = thread.Undone
		}
		return startEvent(ctx, tx, actor, who, r.start, thread.Answered, code)
	})
}

// putBack makes sure that one who is to count again has room on the list; beyond the number it takes a reason, once.
func (r *row) putBack(ctx context.Context, tx *store.Tx, actor *access.Actor, a access.Access, why string) error {
	n, _, err := live(ctx, tx, actor, r.start.ID)
	if err != nil || n < r.start.Calls || r.extra == 1 {
		return err
	}
	if why == "" {
		return fault.Form{{Kind: fault.Invalid, Key: "intake.call.why", Field: "why", Args: []any{r.start.Calls}}}
	}
	_, err = tx.Exec(ctx, store.Q(`UPDATE called SET extra = 1, sealed = $4 WHERE area_id = $1 AND start_id = $2 AND person_id = $3`),
		actor.Area(), r.start.ID, a.Person(), a.Key(access.Collaboration).Seal(calledPlace(r.start.ID, a.Person()), why))
	return err
}

// Mark writes whether somebody was at the group start; Unmarked takes the mark back. Who was here waits for the
// individual start. Conflict before the day, and when the individual start is booked already.
func (d *Desk) Mark(ctx context.Context, actor *access.Actor, s StartID, who id.Person, here Here) error {
	return d.change(ctx, actor, s, who, func(tx *store.Tx, a access.Access, r *row) error {
		if r.here == here {
			return nil
		}
		if r.start.On > actor.Today() {
			return fault.New(fault.Conflict, "intake.mark.early", r.start.On)
		}
		if r.here == WasHere {
			if err := referral.UnmarkPresent(ctx, tx, actor, a, r.referral); err != nil {
				return fault.New(fault.Conflict, "intake.booked.already")
			}
		}
		if here == WasHere {
			if err := present(ctx, tx, actor, a, r); err != nil {
				return err
			}
		}
		if err := held(ctx, tx, actor, r.start); err != nil {
			return err
		}
		kind, code := thread.Absent, ""
		if here == WasHere {
			kind = thread.Present
		}
		if here == Unmarked {
			code = thread.Undone
		}
		r.here = here
		return startEvent(ctx, tx, actor, who, r.start, kind, code)
	})
}

// present makes one who came, whatever was answered before, somebody who was there.
func present(ctx context.Context, tx *store.Tx, actor *access.Actor, a access.Access, r *row) error {
	if r.answer == No {
		if err := referral.Call(ctx, tx, actor, a, r.referral); err != nil {
			return err
		}
	}
	r.answer = Yes
	return referral.MarkPresent(ctx, tx, actor, a, r.referral)
}

// held marks that a start has taken place, at the first mark of who was there.
func held(ctx context.Context, tx *store.Tx, actor *access.Actor, s Start) error {
	_, err := tx.Exec(ctx, store.Q(`UPDATE start SET state = 'held', version = version + 1 WHERE area_id = $1 AND start_id = $2 AND state = 'planned'`), actor.Area(), s.ID)
	return err
}

// MoveTo moves somebody to another start. When that start is full the person is called beyond its number, since one who
// has been called keeps being called.
func (d *Desk) MoveTo(ctx context.Context, actor *access.Actor, s StartID, who id.Person, to StartID) error {
	return d.change(ctx, actor, s, who, func(tx *store.Tx, a access.Access, r *row) error {
		if r.here == WasHere {
			return fault.New(fault.Conflict, "intake.here.already")
		}
		next, err := open(ctx, tx, actor, to)
		if err != nil {
			return err
		}
		if to == s {
			return fault.New(fault.Conflict, "intake.move.same")
		}
		n, last, err := live(ctx, tx, actor, to)
		if err != nil {
			return err
		}
		why := ""
		if n >= next.Calls {
			why = string(r.start.On)
		}
		if r.answer == No {
			if err := referral.Call(ctx, tx, actor, a, r.referral); err != nil {
				return err
			}
		}
		r.moved = int64(to)
		if err := startEvent(ctx, tx, actor, who, r.start, thread.CallMoved, ""); err != nil {
			return err
		}
		return put(ctx, tx, actor, a, next, r.referral, last+1, why)
	})
}
