package contact

import (
	"context"
	"slices"
	"strings"
	"unicode/utf8"

	"sluss/internal/access"
	"sluss/internal/fault"
	"sluss/internal/id"
	"sluss/internal/store"
)

// ToldNeed is what the notes as the person reads them are made from.
const ToldNeed = access.Documents

// Limits of what the person says of a note.
const (
	mostWords    = 2000
	mostComments = 20
)

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

// Comment writes down what the person says of a note. Nothing that was said before is changed.
func (d *Desk) Comment(ctx context.Context, actor *access.Actor, who id.Person, note NoteID, words string, paper bool) error {
	return d.Store.Write(ctx, func(tx *store.Tx) error {
		a, err := access.Open(ctx, tx, actor, who, access.Documents, access.Write, access.ForContact)
		if err != nil {
			return err
		}
		return comment(ctx, tx, actor, a, note, words, paper)
	})
}

// CommentOwn is what the person writes by themself. One may say something of a note that one is not shown, too.
func (d *Desk) CommentOwn(ctx context.Context, actor *access.Actor, note NoteID, words string) error {
	return d.Store.Write(ctx, func(tx *store.Tx) error {
		a, err := access.OpenOwn(ctx, tx, actor, access.Documents, access.Write)
		if err != nil {
			return err
		}
		return comment(ctx, tx, actor, a, note, words, false)
	})
}

func comment(ctx context.Context, tx *store.Tx, actor *access.Actor, a access.Access, note NoteID, words string, paper bool) error {
	words, err := wordsOf(words)
	if err != nil {
		return err
	}
	list, err := told(ctx, tx, actor, a)
	if err != nil {
		return err
	}
	i := slices.IndexFunc(list, func(n Note) bool { return n.ID == note })
	switch {
	case i < 0:
		return fault.Missing
	case len(list[i].Comments) >= mostComments:
		return fault.Form{{Kind: fault.Invalid, Key: "contact.comment.many", Args: []any{mostComments}, Field: "words"}}
	}
	return insertComment(ctx, tx, actor, a, note, words, paper)
}

func wordsOf(words string) (string, error) {
	var form fault.Form
	words = strings.TrimSpace(words)
	if words == "" {
		form.Add("words", "contact.comment.needed")
	}
	if utf8.RuneCountInString(words) > mostWords {
		form.Add("words", "form.long", mostWords)
	}
	return words, form.Err()
}
