package contact

import (
	"cmp"
	"context"

	"sluss/internal/access"
	"sluss/internal/clock"
	"sluss/internal/fault"
	"sluss/internal/id"
	"sluss/internal/person"
	"sluss/internal/store"
)

// Unheard is a note that the person has said something of which nobody who helps them has read, without what it says.
type Unheard struct {
	Note   NoteID
	Person id.Person
	Name   string
	Since  clock.Instant // of the first that is not read
}

// mine holds where the actor is the person's coach, or the person has none.
const mine = `coalesce((SELECT a.post_id FROM assignment a WHERE a.area_id = $1 AND a.person_id = p.person_id
    AND a.from_on <= $4 AND a.to_on > $4 AND a.ended_at > $3 LIMIT 1), $2) = $2`

var unheard = store.Q(`SELECT ` + access.Columns + `, p.identity, c.note_id, c.at FROM note_comment c
  JOIN note n ON n.area_id = c.area_id AND n.note_id = c.note_id
  JOIN person p ON p.area_id = c.area_id AND p.person_id = c.person_id
 WHERE c.area_id = $1 AND n.unit_id = $7 AND c.comment_id = (SELECT min(d.comment_id) FROM note_comment d
    WHERE d.area_id = c.area_id AND d.note_id = c.note_id AND d.seen_at = 0 AND d.post_id <> $2)
  AND ` + mine + ` AND ` + access.Visible + ` ORDER BY c.at, c.comment_id LIMIT 0 + $8`)

// UnheardOf gives the notes at the actor's unit of which somebody has said what is not read, the longest first, at most so many: of those
// whose coach the actor is, or who have none. What the actor wrote down themself they have read.
func UnheardOf(ctx context.Context, tx *store.Tx, actor *access.Actor, most int) ([]Unheard, error) {
	s, err := access.Over(ctx, tx, actor, Listed, access.ForContact)
	if err != nil {
		return nil, err
	}
	return store.All(ctx, tx, unheard, s.Args(actor.Unit(), most), func(r *store.Cursor) (u Unheard, err error) {
		var identity []byte
		a, err := s.Row(r, &identity, &u.Note, &u.Since)
		if err != nil {
			return u, err
		}
		u.Person = a.Person()
		u.Name, err = person.NameOf(a, identity)
		return u, err
	})
}

// hears tells whether the actor is who reads what the person says of a note: their coach, or anybody at the unit where they have none.
func hears(ctx context.Context, tx *store.Tx, actor *access.Actor, who id.Person) (yes bool, err error) {
	err = tx.One(ctx, store.Q(`SELECT `+mine+` FROM person p WHERE p.area_id = $1 AND p.person_id = $5`),
		[]any{actor.Area(), actor.Post(), int64(actor.Now()), string(actor.Today()), who}, &yes)
	return yes, err
}

// Hear writes that the actor has read what the person says of a note, up to the comment that they were shown. Missing when there is no such
// note, or another is the person's coach; Stale when somebody has read it already.
func (d *Desk) Hear(ctx context.Context, actor *access.Actor, who id.Person, note NoteID, last CommentID) error {
	return d.Store.Write(ctx, func(tx *store.Tx) error {
		a, err := access.Open(ctx, tx, actor, who, access.Documents, access.Write, access.ForContact)
		if err != nil {
			return err
		}
		if ok, err := hears(ctx, tx, actor, who); err != nil || !ok {
			return cmp.Or(err, error(fault.Missing))
		}
		if _, err := getNote(ctx, tx, actor, a, note); err != nil {
			return err
		}
		rows, err := tx.Exec(ctx, store.Q(`UPDATE note_comment SET seen_at = $5, seen_post_id = $6
		 WHERE area_id = $1 AND note_id = $2 AND person_id = $3 AND seen_at = 0 AND post_id <> $6
		  AND comment_id <= (SELECT l.comment_id FROM note_comment l WHERE l.area_id = $1 AND l.note_id = $2 AND l.comment_id = $4)`), actor.Area(), note, a.Person(), last, int64(actor.Now()), actor.Post())
		if err == nil && rows == 0 {
			return fault.Stale
		}
		return err
	})
}
