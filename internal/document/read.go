package document

import (
	"context"
	"fmt"
	"io"

	"sluss/internal/access"
	"sluss/internal/fault"
	"sluss/internal/id"
	"sluss/internal/person"
	"sluss/internal/store"
	"sluss/internal/vault"
)

// File is somebody's documents, the newest first, with those that were removed apart.
type File struct {
	Person  person.Person // the identity
	Kept    []Document
	Removed []Document
}

// Of gives somebody's documents, for a page.
func (d *Desk) Of(ctx context.Context, actor *access.Actor, who id.Person) (f File, err error) {
	err = d.Store.Read(ctx, func(tx *store.Tx) error {
		p, a, err := person.Open(ctx, tx, actor, who, Need, access.Read, access.ForContact)
		if err != nil {
			return err
		}
		f, err = fileOf(ctx, tx, actor, a)
		f.Person = p
		return err
	})
	return f, err
}

// Own gives the documents of the person who acts for themselves.
func (d *Desk) Own(ctx context.Context, actor *access.Actor) (f File, err error) {
	err = d.Store.Read(ctx, func(tx *store.Tx) error {
		a, err := access.OpenOwn(ctx, tx, actor, access.Documents, access.Read)
		if err != nil {
			return err
		}
		f, err = fileOf(ctx, tx, actor, a)
		return err
	})
	return f, err
}

const columns = `document_id, kind, sealed, size, pieces, post_id, at, removed_at, removed_by, why, version`

func fileOf(ctx context.Context, tx *store.Tx, actor *access.Actor, a access.Access) (f File, err error) {
	list, err := store.All(ctx, tx, store.Q(`SELECT `+columns+` FROM document WHERE area_id = $1 AND person_id = $2 AND state <> 'arriving'
	 ORDER BY document_id DESC`), []any{actor.Area(), a.Person()}, func(c *store.Cursor) (Document, error) { return scan(c, a) })
	for _, x := range list {
		if x.Removed.At == 0 {
			f.Kept = append(f.Kept, x)
		} else {
			f.Removed = append(f.Removed, x)
		}
	}
	return f, err
}

func scan(c *store.Cursor, a access.Access) (x Document, err error) {
	var sealed, why []byte
	if err := c.Scan(&x.ID, &x.Kind, &sealed, &x.Size, &x.pieces, &x.Post, &x.At, &x.Removed.At, &x.Removed.Post, &why, &x.Version); err != nil {
		return x, err
	}
	key := a.Key(access.Documents)
	words, err := key.Open(place("sealed", x.ID), 2, sealed)
	if err != nil {
		return x, err
	}
	x.Title, x.File = words[0], words[1]
	if x.Removed.At == 0 {
		return x, nil
	}
	if words, err = key.Open(place("why", x.ID), 1, why); err == nil {
		x.Removed.Why = words[0]
	}
	return x, err
}

// find gives one that is kept; Missing for another's, and for one that was removed.
func find(ctx context.Context, tx *store.Tx, actor *access.Actor, a access.Access, which ID) (Document, error) {
	list, err := store.All(ctx, tx, store.Q(`SELECT `+columns+` FROM document WHERE area_id = $1 AND person_id = $2 AND document_id = $3 AND state = 'kept'`),
		[]any{actor.Area(), a.Person(), which}, func(c *store.Cursor) (Document, error) { return scan(c, a) })
	if err == nil && len(list) == 0 {
		err = fault.Missing
	}
	if err != nil {
		return Document{}, err
	}
	return list[0], nil
}

// Content is a document that can be fetched.
type Content struct {
	Document
	store *store.Store
	area  id.Area
	key   vault.Person
}

// Fetch gives one of somebody's documents with what it holds.
func (d *Desk) Fetch(ctx context.Context, actor *access.Actor, who id.Person, which ID) (c Content, err error) {
	err = d.Store.Read(ctx, func(tx *store.Tx) error {
		a, err := access.Open(ctx, tx, actor, who, access.Documents, access.Read, access.ForContact)
		if err != nil {
			return err
		}
		c, err = d.content(ctx, tx, actor, a, which)
		return err
	})
	return c, err
}

// FetchOwn is Fetch for the person who acts for themselves.
func (d *Desk) FetchOwn(ctx context.Context, actor *access.Actor, which ID) (c Content, err error) {
	err = d.Store.Read(ctx, func(tx *store.Tx) error {
		a, err := access.OpenOwn(ctx, tx, actor, access.Documents, access.Read)
		if err != nil {
			return err
		}
		c, err = d.content(ctx, tx, actor, a, which)
		return err
	})
	return c, err
}

func (d *Desk) content(ctx context.Context, tx *store.Tx, actor *access.Actor, a access.Access, which ID) (c Content, err error) {
	c = Content{store: d.Store, area: actor.Area(), key: a.Key(access.Documents)}
	if c.Document, err = find(ctx, tx, actor, a, which); err != nil {
		return c, err
	}
	var there int
	err = tx.One(ctx, store.Q(`SELECT count(*) FROM document_piece WHERE area_id = $1 AND document_id = $2`), []any{c.area, which}, &there)
	if err == nil && there != c.pieces {
		err = fmt.Errorf("document %s has %d pieces of %d: %w", which, there, c.pieces, vault.ErrSealed)
	}
	return c, err
}

// Write writes what the document holds, one piece in memory at a time. No read is open while w is written to.
func (c Content) Write(ctx context.Context, w io.Writer) error {
	for i := range c.pieces {
		var sealed []byte
		err := c.store.Read(ctx, func(tx *store.Tx) error {
			return tx.One(ctx, store.Q(`SELECT sealed FROM document_piece WHERE area_id = $1 AND document_id = $2 AND piece = $3`), []any{c.area, c.ID, i}, &sealed)
		})
		if err != nil {
			return fmt.Errorf("piece %d of document %s: %w", i, c.ID, err)
		}
		part, err := c.key.Open(piecePlace(c.ID, i, c.pieces), 1, sealed)
		if err != nil {
			return fmt.Errorf("piece %d of document %s: %w", i, c.ID, err)
		}
		if _, err := io.WriteString(w, part[0]); err != nil {
			return err
		}
	}
	return nil
}
