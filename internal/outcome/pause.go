package outcome

import (
	"context"

	"sluss/internal/access"
	"sluss/internal/clock"
	"sluss/internal/fault"
	"sluss/internal/id"
	"sluss/internal/intake"
	"sluss/internal/store"
	"sluss/internal/vault"
)

// PauseReasons is the closed list of why somebody rests; their names are texts outcome.pause.*.
var PauseReasons = []string{"sick", "care", "parental", "away", "elsewhere", "else"}

// Pause is a rest. The place is kept, and it ends only when somebody ends it.
type Pause struct {
	ID         PauseID
	Enrolment  intake.EnrolmentID
	Reason     string // one of PauseReasons
	Words      string // sealed
	BeganOn    clock.Date
	ExpectedOn clock.Date // when the person thinks to be back
	Version    int
}

// PauseForm is what is written when somebody rests. Version is the enrolment's.
type PauseForm struct {
	Version    int
	Reason     string
	ExpectedOn clock.Date
	Words      string
}

func (f PauseForm) check(today clock.Date) error {
	var form fault.Form
	if f.Reason == "" {
		form.Add("pause", "outcome.pause.needed")
	}
	switch {
	case f.ExpectedOn == "":
		form.Add("expected", "outcome.expected.needed")
	case f.ExpectedOn <= today:
		form.Add("expected", "outcome.expected.past")
	}
	return form.Err()
}

func pausePlace(p PauseID) vault.Place {
	return vault.Place{Table: "pause", Column: "sealed", Row: int64(p)}
}

// Pause lets somebody rest. Stale when the enrolment changed meanwhile.
func (d *Desk) Pause(ctx context.Context, actor *access.Actor, who id.Person, f PauseForm) error {
	return d.Store.Write(ctx, func(tx *store.Tx) error {
		a, err := access.Open(ctx, tx, actor, who, Seen, access.Write, access.ForPlan)
		if err != nil {
			return err
		}
		e, err := begun(ctx, tx, actor, a, f.Version)
		if err != nil {
			return err
		}
		if e.State != intake.Active {
			return fault.New(fault.Conflict, "outcome.paused")
		}
		if err := f.check(actor.Today()); err != nil {
			return err
		}
		if err := intake.Pause(ctx, tx, actor, a, e); err != nil {
			return err
		}
		return insertPause(ctx, tx, actor, a, Pause{ID: id.New[pauseTag](actor.Now()), Enrolment: e.ID, Reason: f.Reason, Words: f.Words,
			BeganOn: actor.Today(), ExpectedOn: f.ExpectedOn}, e.Unit)
	})
}

// Resume takes up where the pause began. version is the enrolment's; Stale when it changed meanwhile.
func (d *Desk) Resume(ctx context.Context, actor *access.Actor, who id.Person, version int) error {
	return d.Store.Write(ctx, func(tx *store.Tx) error {
		a, err := access.Open(ctx, tx, actor, who, Seen, access.Write, access.ForPlan)
		if err != nil {
			return err
		}
		e, err := begun(ctx, tx, actor, a, version)
		if err != nil {
			return err
		}
		if e.State != intake.Paused {
			return fault.New(fault.Conflict, "outcome.notpaused")
		}
		if err := endPause(ctx, tx, actor, e.ID, actor.Today()); err != nil {
			return err
		}
		return intake.Resume(ctx, tx, actor, a, e)
	})
}
