package document

import (
	"context"
	"strings"

	"sluss/internal/access"
	"sluss/internal/fault"
	"sluss/internal/id"
	"sluss/internal/person"
	"sluss/internal/store"
)

// One gives one of somebody's documents, for the page that asks why it is to be removed.
func (d *Desk) One(ctx context.Context, actor *access.Actor, who id.Person, which ID) (x Document, p person.Person, err error) {
	err = d.Store.Read(ctx, func(tx *store.Tx) error {
		var a access.Access
		if p, a, err = person.Open(ctx, tx, actor, who, Need, access.Read, access.ForContact); err != nil {
			return err
		}
		x, err = find(ctx, tx, actor, a, which)
		return err
	})
	return x, p, err
}

// Remove takes away what a document holds. That it was there, who removed it and why is kept, and the person sees it. A fault at why
// when no reason is given.
func (d *Desk) Remove(ctx context.Context, actor *access.Actor, who id.Person, which ID, version int, why string) error {
	return d.Store.Write(ctx, func(tx *store.Tx) error {
		a, err := access.Open(ctx, tx, actor, who, access.Documents, access.Write, access.ForContact)
		if err != nil {
			return err
		}
		if _, err := find(ctx, tx, actor, a, which); err != nil {
			return err
		}
		if why = strings.TrimSpace(why); why == "" {
			return fault.Form{{Kind: fault.Invalid, Key: "document.why.needed", Field: "why"}}
		}
		n, err := tx.Exec(ctx, store.Q(`UPDATE document SET state = $4, removed_at = $5, removed_by = $6, why = $7, version = version + 1
		 WHERE area_id = $1 AND document_id = $2 AND version = $3 AND state = 'kept'`), actor.Area(), which, version, removed, int64(actor.Now()), actor.Post(),
			a.Key(access.Documents).Seal(place("why", which), why))
		if err == nil && n == 0 {
			return fault.Stale
		}
		if err != nil {
			return err
		}
		_, err = tx.Exec(ctx, store.Q(`DELETE FROM document_piece WHERE area_id = $1 AND document_id = $2`), actor.Area(), which)
		return err
	})
}

// Destroy takes away what all of a person's documents hold. Their key is taken with it, so that nothing else of them can be read either.
// Package retention alone decides on it.
func Destroy(ctx context.Context, tx *store.Tx, area id.Area, who id.Person) error {
	_, err := tx.Exec(ctx, store.Q(`DELETE FROM document_piece WHERE area_id = $1 AND person_id = $2`), area, who)
	return err
}
