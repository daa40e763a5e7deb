package place

import (
	"context"

	"sluss/internal/access"
	"sluss/internal/fault"
	"sluss/internal/id"
	"sluss/internal/schedule"
	"sluss/internal/store"
	"sluss/internal/thread"
)

// Answer writes what the person says to an offer, at the table or on the telephone. With a no the wish stands in its turn as before, and
// the place goes to the next.
func (d *Desk) Answer(ctx context.Context, actor *access.Actor, who id.Person, k ID, version int, yes bool) error {
	return d.answer(ctx, actor, k, version, yes, staff(ctx, actor, who))
}

// AnswerOwn is the same, said by the person who acts for themself.
func (d *Desk) AnswerOwn(ctx context.Context, actor *access.Actor, k ID, version int, yes bool) error {
	return d.answer(ctx, actor, k, version, yes, func(tx *store.Tx) (access.Access, error) {
		return access.OpenOwn(ctx, tx, actor, Need, access.Write)
	})
}

func (d *Desk) answer(ctx context.Context, actor *access.Actor, k ID, version int, yes bool, open func(*store.Tx) (access.Access, error)) error {
	return d.Store.Write(ctx, func(tx *store.Tx) error {
		a, err := open(tx)
		if err != nil {
			return err
		}
		p, err := get(ctx, tx, actor, a, k, version)
		if err != nil {
			return err
		}
		if p.State != Offered {
			return fault.Stale
		}
		r, err := schedule.GetRun(ctx, tx, actor, p.Run)
		if err != nil {
			return err
		}
		p.AnswerBy = ""
		if yes {
			return p.take(ctx, tx, actor, a, r)
		}
		p.State, p.Run, p.From, p.Goal, p.Why, p.Next = Wished, 0, "", 0, "", ""
		if err := update(ctx, tx, actor, a, p); err != nil {
			return err
		}
		_, err = pass(ctx, tx, actor.Area(), r.ID, p.freedAt, actor.Now())
		return err
	})
}

// take makes an offer the person's place: from the day that was offered, or when none was from today.
func (p Place) take(ctx context.Context, tx *store.Tx, actor *access.Actor, a access.Access, r schedule.Run) error {
	p.State = Held
	if p.From == "" {
		p.From = max(actor.Today(), r.From)
	}
	if err := p.event(ctx, tx, actor, thread.PlaceTaken, "", p.From); err != nil {
		return err
	}
	return update(ctx, tx, actor, a, p)
}
