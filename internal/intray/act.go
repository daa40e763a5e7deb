package intray

import (
	"context"
	"slices"

	"sluss/internal/access"
	"sluss/internal/fault"
	"sluss/internal/job"
	"sluss/internal/referral"
	"sluss/internal/store"
)

// errState is the answer to an act that does not fit where the list stands.
var errState = fault.New(fault.Conflict, "intray.state")

// change runs an act on a list of the actor's unit.
func (d *Desk) change(ctx context.Context, actor *access.Actor, list ID, from []State, f func(*store.Tx, Import) error) error {
	return d.Store.Write(ctx, func(tx *store.Tx) error {
		if err := access.Unit(ctx, tx, actor, access.Caseworkers...); err != nil {
			return err
		}
		i, err := load(ctx, tx, actor.Keys(), actor.Area(), list)
		if err != nil {
			return err
		}
		if i.Unit != actor.Unit() {
			return fault.Missing
		}
		if !slices.Contains(from, i.State) {
			return errState
		}
		return f(tx, i)
	})
}

// Arrange says what each column is, and what kind of referral a row is that does not say. The unit's next list with the
// same headings is read in the same way. Rows are looked through anew. Faults stand at column-N, from 0, or at columns.
func (d *Desk) Arrange(ctx context.Context, actor *access.Actor, list ID, version int, columns []Column, kind referral.Kind) error {
	return d.change(ctx, actor, list, []State{Columns, Checking, Ready}, func(tx *store.Tx, i Import) error {
		if err := arrangement(i, actor, columns); err != nil {
			return err
		}
		if !slices.Contains(referral.Kinds, kind) {
			return fault.Form{{Kind: fault.Invalid, Key: "referral.kind.needed", Field: "kind"}}
		}
		head, err := headIndex(actor.Keys(), i.Headings)
		if err != nil {
			return err
		}
		if err := remember(ctx, tx, i, head, columns[:len(core(i.Headings))]); err != nil {
			return err
		}
		if err := step(ctx, tx, i, version, Checking, ""); err != nil {
			return err
		}
		if _, err := tx.Exec(ctx, store.Q(`UPDATE intray SET columns = $3, kind = $4, checked_to = 0 WHERE area_id = $1 AND intray_id = $2`),
			i.area, i.ID, columnText(columns), string(kind)); err != nil {
			return err
		}
		if _, err := tx.Exec(ctx, store.Q(`DELETE FROM intray_count WHERE area_id = $1 AND intray_id = $2`), i.area, i.ID); err != nil {
			return err
		}
		return job.Enqueue(ctx, tx, i.area, checkJob, payload{i.ID}, actor.Now())
	})
}

func arrangement(i Import, actor *access.Actor, columns []Column) error {
	if i.Post != actor.Post() {
		return fault.Missing
	}
	if len(columns) != len(i.Headings) {
		return fault.Missing
	}
	var form fault.Form
	for n, c := range columns {
		switch {
		case c == Undecided || c != Ignored && !slices.Contains(Choices, c):
			form.Add(Field(n), "intray.columns.choose", i.Headings[n])
		case c != Ignored && slices.Contains(columns[:n], c):
			form.Add(Field(n), "intray.columns.twice", i.Headings[n])
		}
	}
	if len(form) == 0 && !named(columns) {
		form.Add(Field(0), "intray.columns.name")
	}
	return form.Err()
}

// Confirm says yes: the good rows go to the queue, in the right of who handed the list over.
func (d *Desk) Confirm(ctx context.Context, actor *access.Actor, list ID, version int) error {
	return d.change(ctx, actor, list, []State{Ready}, func(tx *store.Tx, i Import) error {
		if i.Post != actor.Post() {
			return fault.Missing
		}
		return d.saving(ctx, tx, actor, i, version)
	})
}

// Stop stops the saving before its next piece; what is saved stays.
func (d *Desk) Stop(ctx context.Context, actor *access.Actor, list ID, version int) error {
	return d.change(ctx, actor, list, []State{Saving}, func(tx *store.Tx, i Import) error {
		return step(ctx, tx, i, version, Stopped, "")
	})
}

// Continue lets a stopped list go on.
func (d *Desk) Continue(ctx context.Context, actor *access.Actor, list ID, version int) error {
	return d.change(ctx, actor, list, []State{Stopped}, func(tx *store.Tx, i Import) error {
		return d.saving(ctx, tx, actor, i, version)
	})
}

func (d *Desk) saving(ctx context.Context, tx *store.Tx, actor *access.Actor, i Import, version int) error {
	if err := step(ctx, tx, i, version, Saving, ""); err != nil {
		return err
	}
	return job.Enqueue(ctx, tx, i.area, saveJob, payload{i.ID}, actor.Now())
}

// Throw destroys a list that is not being saved, or what is left of one that is done.
func (d *Desk) Throw(ctx context.Context, actor *access.Actor, list ID, version int) error {
	err := d.change(ctx, actor, list, []State{Staging, Columns, Checking, Ready, Stopped, Done}, func(tx *store.Tx, i Import) error {
		if version != i.Version {
			return fault.Stale
		}
		return forget(ctx, tx, i)
	})
	if err != nil {
		return err
	}
	return d.remove(ctx, actor.Area(), list)
}
