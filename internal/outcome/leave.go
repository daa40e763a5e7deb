package outcome

import (
	"context"

	"sluss/internal/access"
	"sluss/internal/clock"
	"sluss/internal/fault"
	"sluss/internal/id"
	"sluss/internal/intake"
	"sluss/internal/place"
	"sluss/internal/placement"
	"sluss/internal/store"
	"sluss/internal/thread"
)

// Leave ends somebody's time at the actor's unit. The person stays the unit's concern, with the same coach, until the last
// follow-up can have been done. Stale when the enrolment changed meanwhile; a conflict when there is nothing to leave.
func (d *Desk) Leave(ctx context.Context, actor *access.Actor, who id.Person, f Form) (made ID, err error) {
	err = d.Store.Write(ctx, func(tx *store.Tx) error {
		a, err := access.Open(ctx, tx, actor, who, Seen, access.Write, access.ForFollowUp)
		if err != nil {
			return err
		}
		e, err := begun(ctx, tx, actor, a, f.Version)
		if err != nil {
			return err
		}
		if err := f.check(actor.Today(), e.BeganOn); err != nil {
			return err
		}
		made, err = leave(ctx, tx, actor, a, e, f.exit())
		return err
	})
	return made, err
}

// begun gives the enrolment in the version that was read, when the person is a participant.
func begun(ctx context.Context, tx *store.Tx, actor *access.Actor, a access.Access, version int) (intake.Enrolment, error) {
	e, ok, err := intake.Current(ctx, tx, actor, a)
	switch {
	case err != nil:
		return e, err
	case !ok:
		return e, fault.New(fault.Conflict, "outcome.notin")
	case e.Version != version:
		return e, fault.Stale
	case e.State == intake.Booked:
		return e, fault.New(fault.Conflict, "outcome.booked")
	case e.State == intake.Left:
		return e, fault.New(fault.Conflict, "outcome.left")
	}
	return e, nil
}

func leave(ctx context.Context, tx *store.Tx, actor *access.Actor, a access.Access, e intake.Enrolment, x Exit) (ID, error) {
	x.ID, x.Person, x.Unit, x.Enrolment = id.New[exitTag](actor.Now()), a.Person(), e.Unit, e.ID
	if err := intake.Leave(ctx, tx, actor, a, e, x.LeftOn); err != nil {
		return 0, err
	}
	if err := endPause(ctx, tx, actor, e.ID, x.LeftOn); err != nil {
		return 0, err
	}
	if err := place.Leave(ctx, tx, actor, a, e.ID, x.LeftOn); err != nil {
		return 0, err
	}
	if err := placement.Leave(ctx, tx, actor, a, e.ID, x.LeftOn); err != nil {
		return 0, err
	}
	if err := insertExit(ctx, tx, actor, a, x); err != nil {
		return 0, err
	}
	for _, months := range schedule(x) {
		if err := insertFollowUp(ctx, tx, actor, a, x, months); err != nil {
			return 0, err
		}
	}
	if err := access.Untie(ctx, tx, actor.Area(), x.Person, x.Unit, x.LeftOn.AddMonths(tieMonths), actor.Now()); err != nil {
		return 0, err
	}
	return x.ID, x.event(ctx, tx, actor, thread.Left, x.code(), x.LeftOn, int64(x.ID))
}

// Undo takes an exit back that was made by mistake: the person is a participant again, with the places they had. version
// is the exit's. A conflict when the person has come back since through a new referral.
func (d *Desk) Undo(ctx context.Context, actor *access.Actor, who id.Person, exit ID, version int) error {
	return d.Store.Write(ctx, func(tx *store.Tx) error {
		a, err := access.Open(ctx, tx, actor, who, Seen, access.Write, access.ForFollowUp)
		if err != nil {
			return err
		}
		x, err := getExit(ctx, tx, actor, a, exit)
		if err != nil {
			return err
		}
		if x.Undone || x.Version != version {
			return fault.Stale
		}
		e, ok, err := intake.Current(ctx, tx, actor, a)
		if err != nil {
			return err
		}
		if !ok || e.ID != x.Enrolment || e.State != intake.Left {
			return fault.New(fault.Conflict, "outcome.undo.again")
		}
		return undo(ctx, tx, actor, a, e, x)
	})
}

func undo(ctx context.Context, tx *store.Tx, actor *access.Actor, a access.Access, e intake.Enrolment, x Exit) error {
	if err := markUndone(ctx, tx, actor, x); err != nil {
		return err
	}
	if err := intake.Return(ctx, tx, actor, a, e); err != nil {
		return err
	}
	if err := place.Return(ctx, tx, actor, a, e.ID); err != nil {
		return err
	}
	if err := placement.Return(ctx, tx, actor, a, e.ID); err != nil {
		return err
	}
	if err := access.Tie(ctx, tx, actor.Area(), x.Person, x.Unit, actor.Today(), actor.Now()); err != nil {
		return err
	}
	return x.event(ctx, tx, actor, thread.ExitUndone, x.code(), actor.Today(), int64(x.ID))
}

func (e Exit) event(ctx context.Context, tx *store.Tx, actor *access.Actor, k thread.Kind, code string, on clock.Date, ref int64) error {
	return thread.Write(ctx, tx, actor.Area(), thread.Event{Person: e.Person, On: on, At: actor.Now(), Kind: k, Code: code, Unit: e.Unit, Post: actor.Post(), Ref: ref})
}
