package contact

import (
	"context"

	"sluss/internal/access"
	"sluss/internal/fault"
	"sluss/internal/id"
	"sluss/internal/store"
)

// ToldNeed is what the notes as the person reads them are made from.
const ToldNeed = access.Documents

// Own gives the notes as the person who acts for themself reads them, of every unit, newest first.
func Own(ctx context.Context, tx *store.Tx, actor *access.Actor, a access.Access) ([]Note, error) {
	return told(ctx, tx, actor, a)
}

// Told gives the notes of the unit as the person reads them, to read together at the table.
func (d *Desk) Told(ctx context.Context, actor *access.Actor, who id.Person) (list []Note, err error) {
	err = d.Store.Read(ctx, func(tx *store.Tx) error {
		a, err := access.Open(ctx, tx, actor, who, ToldNeed, access.Read, access.ForTogether)
		if err != nil {
			return err
		}
		list, err = told(ctx, tx, actor, a)
		return err
	})
	return list, err
}

// Hold says why the person is not shown a signed note, or with no ground that they are. The note itself stays as it was signed.
func (d *Desk) Hold(ctx context.Context, actor *access.Actor, who id.Person, note NoteID, version int, why Held) error {
	return d.Store.Write(ctx, func(tx *store.Tx) error {
		a, err := access.Open(ctx, tx, actor, who, access.Documents, access.Write, access.ForContact)
		if err != nil {
			return err
		}
		if !why.known() {
			return fault.Form{{Kind: fault.Invalid, Key: "form.choose", Field: "held"}}
		}
		if _, err := getNote(ctx, tx, actor, a, note); err != nil {
			return err
		}
		return hold(ctx, tx, actor, a, note, version, why, actor.Post())
	})
}
