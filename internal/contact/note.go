package contact

import (
	"context"

	"sluss/internal/access"
	"sluss/internal/fault"
	"sluss/internal/id"
	"sluss/internal/store"
	"sluss/internal/thread"
)

// Save keeps a draft, which only its author sees. Stale when the author saved or signed it elsewhere meanwhile.
func (d *Desk) Save(ctx context.Context, actor *access.Actor, who id.Person, f NoteForm) (kept NoteID, err error) {
	err = d.Store.Write(ctx, func(tx *store.Tx) error {
		kept, err = write(ctx, tx, actor, who, f, false)
		return err
	})
	return kept, err
}

// Sign signs a note, from then on locked: what is wrong in it is set right by a new one that names it.
func (d *Desk) Sign(ctx context.Context, actor *access.Actor, who id.Person, f NoteForm) (signed NoteID, err error) {
	err = d.Store.Write(ctx, func(tx *store.Tx) error {
		signed, err = write(ctx, tx, actor, who, f, true)
		return err
	})
	return signed, err
}

func write(ctx context.Context, tx *store.Tx, actor *access.Actor, who id.Person, f NoteForm, sign bool) (NoteID, error) {
	a, err := access.Open(ctx, tx, actor, who, access.Documents, access.Write, access.ForContact)
	if err != nil {
		return 0, err
	}
	if err := f.check(actor.Today(), sign); err != nil {
		return 0, err
	}
	if f.Corrects != 0 {
		old, err := getNote(ctx, tx, actor, a, f.Corrects)
		if err != nil {
			return 0, err
		}
		if old.State != Signed {
			return 0, fault.Missing
		}
	}
	n := Note{ID: f.ID, Person: who, Post: actor.Post(), On: f.On, Kind: f.Kind, Corrects: f.Corrects, Text: f.Text, State: Draft, Held: f.Held, Version: f.Version}
	if f.Held != "" {
		n.HeldBy = actor.Post()
	}
	if sign {
		n.State, n.SignedAt = Signed, actor.Now()
	}
	if n.ID == 0 {
		n.ID = id.New[noteTag](actor.Now())
		err = insertNote(ctx, tx, actor, a, n)
	} else {
		err = updateNote(ctx, tx, actor, a, n)
	}
	if err != nil || !sign {
		return n.ID, err
	}
	return n.ID, thread.Write(ctx, tx, actor.Area(), thread.Event{Person: who, On: n.On, At: actor.Now(), Kind: thread.NoteSigned, Code: n.Kind,
		Unit: actor.Unit(), Post: actor.Post(), Ref: int64(n.ID)})
}

// Drop puts a draft away unsigned. Stale when it changed meanwhile or is not the actor's own.
func (d *Desk) Drop(ctx context.Context, actor *access.Actor, who id.Person, note NoteID, version int) error {
	return d.Store.Write(ctx, func(tx *store.Tx) error {
		if _, err := access.Open(ctx, tx, actor, who, access.Documents, access.Write, access.ForContact); err != nil {
			return err
		}
		return dropNote(ctx, tx, actor, who, note, version)
	})
}

// Copy gives one signed note to be printed or copied to the case system of record, as an export.
func (d *Desk) Copy(ctx context.Context, actor *access.Actor, who id.Person, note NoteID) (n Note, name string, err error) {
	err = d.Store.Read(ctx, func(tx *store.Tx) error {
		a, err := access.Open(ctx, tx, actor, who, access.Identity|access.Documents, access.Export, access.ForExport)
		if err != nil {
			return err
		}
		if n, err = getNote(ctx, tx, actor, a, note); err != nil {
			return err
		}
		if n.State != Signed {
			return fault.Missing
		}
		name, err = nameOf(ctx, tx, actor, a)
		return err
	})
	return n, name, err
}
