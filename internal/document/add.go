package document

import (
	"cmp"
	"context"
	"errors"
	"io"
	"strings"
	"time"

	"sluss/internal/access"
	"sluss/internal/clock"
	"sluss/internal/fault"
	"sluss/internal/id"
	"sluss/internal/store"
	"sluss/internal/vault"
)

// Form is a file as it comes.
type Form struct {
	Title   string
	Name    string // what the file is called where it came from
	Content io.ReaderAt
	Size    int64
}

// check says what is wrong with the form, by its fields, title and file; it reads the file to its end where the kind asks for it. A picture
// is from then on one that tells nothing of where and when it was taken.
func (f *Form) check() (k Kind, err error) {
	var form fault.Form
	if f.Title == "" {
		form.Add("title", "document.title.needed")
	}
	switch {
	case f.Content == nil:
		form.Add("file", "document.file.needed")
	case f.Size == 0:
		form.Add("file", "document.empty")
	case f.Size > Most:
		form.Add("file", "document.large", Most>>20)
	}
	if err := form.Err(); err != nil {
		return "", err
	}
	if k, err = kindOf(f.Content, f.Size); err != nil {
		return "", err
	}
	f.Content, f.Size, err = clean(k, f.Content, f.Size)
	return k, err
}

// together is how many pieces are written in one transaction, so that a large file keeps nobody waiting.
const together = 4

// stale is after how long a file that never came whole is cleared away.
const stale = time.Hour

// Add keeps a file with the person. It is there for others once all of it is; one that is cut off leaves nothing that is shown. A
// fault at file says why it is not taken.
func (d *Desk) Add(ctx context.Context, actor *access.Actor, who id.Person, f Form) (ID, error) {
	f.Title = strings.TrimSpace(f.Title)
	kind, err := f.check()
	if err != nil {
		return 0, cmp.Or(d.may(ctx, actor, who), err)
	}
	x := Document{ID: id.New[tag](actor.Now()), Title: f.Title, File: fileName(f.Name, kind), Kind: kind, Size: f.Size, Post: actor.Post(), At: actor.Now(),
		pieces: piecesOf(f.Size)}
	var key vault.Person
	err = d.Store.Write(ctx, func(tx *store.Tx) error {
		a, err := access.Open(ctx, tx, actor, who, access.Documents, access.Write, access.ForContact)
		if err != nil {
			return err
		}
		key = a.Key(access.Documents)
		if err := clear(ctx, tx, actor.Area(), actor.Now().Add(-stale)); err != nil {
			return err
		}
		return begin(ctx, tx, actor, a, x)
	})
	if err != nil {
		return 0, err
	}
	if err := d.fill(ctx, actor.Area(), who, key, x, f.Content); err != nil {
		return 0, errors.Join(err, d.drop(context.WithoutCancel(ctx), actor.Area(), x.ID))
	}
	return x.ID, nil
}

// may refuses who may not add: they are not told what is wrong with the file either.
func (d *Desk) may(ctx context.Context, actor *access.Actor, who id.Person) error {
	return d.Store.Read(ctx, func(tx *store.Tx) error {
		_, err := access.Open(ctx, tx, actor, who, access.Documents, access.Write, access.ForContact)
		return err
	})
}

func begin(ctx context.Context, tx *store.Tx, actor *access.Actor, a access.Access, x Document) error {
	var n int
	if err := tx.One(ctx, store.Q(`SELECT count(*) FROM document WHERE area_id = $1 AND person_id = $2 AND state = $3`), []any{actor.Area(), a.Person(), kept}, &n); err != nil {
		return err
	}
	if n >= mostKept {
		return fault.Form{{Kind: fault.Invalid, Key: "document.many", Field: "file", Args: []any{mostKept}}}
	}
	_, err := tx.Exec(ctx, store.Q(`INSERT INTO document (area_id, document_id, person_id, unit_id, post_id, at, kind, sealed, size, pieces, state,
	  removed_at, removed_by, why, version) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, 0, 0, $12, 1)`),
		actor.Area(), x.ID, a.Person(), actor.Unit(), x.Post, int64(x.At), string(x.Kind), a.Key(access.Documents).Seal(place("sealed", x.ID), x.Title, x.File),
		x.Size, x.pieces, arriving, []byte{})
	return err
}

// fill writes the pieces, some at a time, and then tells that the file is whole.
func (d *Desk) fill(ctx context.Context, area id.Area, who id.Person, key vault.Person, x Document, content io.ReaderAt) error {
	raw := make([]byte, pieceBytes)
	for first := 0; first < x.pieces; first += together {
		var sealed [][]byte
		for i := first; i < min(first+together, x.pieces); i++ {
			part := raw[:min(pieceBytes, x.Size-int64(i)*pieceBytes)]
			if _, err := content.ReadAt(part, int64(i)*pieceBytes); err != nil && !errors.Is(err, io.EOF) {
				return err
			}
			sealed = append(sealed, key.Seal(piecePlace(x.ID, i, x.pieces), string(part)))
		}
		err := d.Store.Write(ctx, func(tx *store.Tx) error {
			for i, b := range sealed {
				if _, err := tx.Exec(ctx, store.Q(`INSERT INTO document_piece (area_id, person_id, document_id, piece, sealed) VALUES ($1, $2, $3, $4, $5)`),
					area, who, x.ID, first+i, b); err != nil {
					return err
				}
			}
			return nil
		})
		if err != nil {
			return err
		}
	}
	return d.Store.Write(ctx, func(tx *store.Tx) error {
		n, err := tx.Exec(ctx, store.Q(`UPDATE document SET state = $3 WHERE area_id = $1 AND document_id = $2 AND state = $4`), area, x.ID, kept, arriving)
		if err == nil && n == 0 {
			return fault.Stale
		}
		return err
	})
}

// drop takes away a file that did not come whole.
func (d *Desk) drop(ctx context.Context, area id.Area, x ID) error {
	return d.Store.Write(ctx, func(tx *store.Tx) error {
		if _, err := tx.Exec(ctx, store.Q(`DELETE FROM document_piece WHERE area_id = $1 AND document_id = $2`), area, x); err != nil {
			return err
		}
		_, err := tx.Exec(ctx, store.Q(`DELETE FROM document WHERE area_id = $1 AND document_id = $2 AND state = $3`), area, x, arriving)
		return err
	})
}

// clear takes away the files that began to come before an instant and never came whole, as when the power went.
func clear(ctx context.Context, tx *store.Tx, area id.Area, before clock.Instant) error {
	if _, err := tx.Exec(ctx, store.Q(`DELETE FROM document_piece WHERE area_id = $1 AND document_id IN (
	  SELECT document_id FROM document WHERE area_id = $1 AND state = 'arriving' AND at < $2)`), area, int64(before)); err != nil {
		return err
	}
	_, err := tx.Exec(ctx, store.Q(`DELETE FROM document WHERE area_id = $1 AND state = 'arriving' AND at < $2`), area, int64(before))
	return err
}
