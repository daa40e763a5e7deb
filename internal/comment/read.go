package comment

import (
	"cmp"
	"context"
	"slices"

	"sluss/internal/access"
	"sluss/internal/clock"
	"sluss/internal/fault"
	"sluss/internal/id"
	"sluss/internal/person"
	"sluss/internal/store"
)

// Of gives what the person of the access says of things of some kinds, in the order it was said.
func Of(ctx context.Context, tx *store.Tx, actor *access.Actor, a access.Access, of ...Kind) ([]Comment, error) {
	key := a.Key(Needs(of...))
	list, err := store.All(ctx, tx, store.Q(`SELECT comment_id, kind, ref_id, on_date, sealed, at, post_id, paper, seen_at, seen_post_id FROM comment
	 WHERE area_id = $1 AND person_id = $2 ORDER BY comment_id`), []any{actor.Area(), a.Person()}, func(r *store.Cursor) (c Comment, err error) {
		var sealed []byte
		if err = r.Scan(&c.ID, &c.Thing.Kind, &c.Thing.Ref, &c.On, &sealed, &c.At, &c.By, &c.Paper, &c.SeenAt, &c.SeenBy); err != nil || !slices.Contains(of, c.Thing.Kind) {
			return Comment{}, err
		}
		f, err := key.Open(sealedAt(c.ID), 1, sealed)
		if err == nil {
			c.Words = f[0]
		}
		return c, err
	})
	return slices.DeleteFunc(list, func(c Comment) bool { return c.ID == 0 }), err
}

// OfThing gives what the person says of one thing.
func OfThing(ctx context.Context, tx *store.Tx, actor *access.Actor, a access.Access, t Thing) ([]Comment, error) {
	list, err := Of(ctx, tx, actor, a, t.Kind)
	return About(list, t), err
}

// About are those of a list that are about one thing.
func About(list []Comment, t Thing) (about []Comment) {
	for _, c := range list {
		if c.Thing == t {
			about = append(about, c)
		}
	}
	return about
}

// View is what a person says of things of some kinds, as staff read it.
type View struct {
	List  []Comment
	Hears bool // the reader is whom it waits for
}

// Read gives what somebody says of things of some kinds.
func (d *Desk) Read(ctx context.Context, actor *access.Actor, who id.Person, of ...Kind) (v View, err error) {
	err = d.Store.Read(ctx, func(tx *store.Tx) error {
		a, err := access.Open(ctx, tx, actor, who, Needs(of...), access.Read, access.ForContact)
		if err != nil {
			return err
		}
		if v.List, err = Of(ctx, tx, actor, a, of...); err != nil {
			return err
		}
		v.Hears, err = Hears(ctx, tx, actor, who, of[0])
		return err
	})
	return v, err
}

// Unheard is a thing that the person has said something of which nobody who helps them has read, without what it says.
type Unheard struct {
	Thing  Thing
	Person id.Person
	Name   string
	Since  clock.Instant // of the first that is not read
}

// coach is the post that is the person's coach; what follows it narrows whom.
const coach = `SELECT a.post_id FROM assignment a JOIN post o ON o.area_id = a.area_id AND o.post_id = a.post_id WHERE a.area_id = $1 AND a.person_id = p.person_id
    AND a.from_on <= $4 AND a.to_on > $4 AND a.ended_at > $3 AND `

var unheard = store.Q(`SELECT ` + access.Columns + `, p.identity, c.kind, c.ref_id, c.at FROM comment c
  JOIN person p ON p.area_id = c.area_id AND p.person_id = c.person_id
 WHERE c.area_id = $1 AND c.seen_at = 0 AND c.comment_id = (SELECT min(d.comment_id) FROM comment d
    WHERE d.area_id = c.area_id AND d.person_id = c.person_id AND d.kind = c.kind AND d.ref_id = c.ref_id AND d.seen_at = 0 AND d.post_id <> $2)
  AND coalesce((` + coach + `(c.kind <> 'note' OR o.unit_id = c.unit_id) LIMIT 1), CASE WHEN c.unit_id = $7 THEN $2 ELSE 0 END) = $2 AND ` + access.Visible + ` ORDER BY c.at, c.comment_id LIMIT 0 + $8`)

// Listed is what the list of what is not read tells.
const Listed = access.Identity | access.Contact

// UnheardOf gives the things of which somebody has said what is not read, the longest first, at most so many: of those whose coach the
// actor is, whichever unit wrote, and at the actor's unit of those who have none. A note is read at its unit alone: by the coach there, else
// by anybody. What the actor wrote down themself they have read.
func UnheardOf(ctx context.Context, tx *store.Tx, actor *access.Actor, most int) ([]Unheard, error) {
	s, err := access.Over(ctx, tx, actor, Listed, access.ForContact)
	if err != nil {
		return nil, err
	}
	return store.All(ctx, tx, unheard, s.Args(actor.Unit(), most), func(r *store.Cursor) (u Unheard, err error) {
		var identity []byte
		a, err := s.Row(r, &identity, &u.Thing.Kind, &u.Thing.Ref, &u.Since)
		if err != nil {
			return u, err
		}
		u.Person = a.Person()
		u.Name, err = person.NameOf(a, identity)
		return u, err
	})
}

// Hears tells whether the actor is who reads what the person says of a kind: their coach, or anybody at the unit where they have none. Of
// notes it is a coach at the actor's unit that counts.
func Hears(ctx context.Context, tx *store.Tx, actor *access.Actor, who id.Person, k Kind) (yes bool, err error) {
	err = tx.One(ctx, store.Q(`SELECT coalesce((`+coach+`($6 <> 'note' OR o.unit_id = $7) LIMIT 1), $2) = $2 FROM person p WHERE p.area_id = $1 AND p.person_id = $5`),
		[]any{actor.Area(), actor.Post(), int64(actor.Now()), string(actor.Today()), who, string(k), actor.Unit()}, &yes)
	return yes, err
}

// Hear writes that the actor has read what the person says of a thing, up to the comment that they were shown. Missing when there is no such
// thing, or another is the person's coach; Stale when somebody has read it already.
func (d *Desk) Hear(ctx context.Context, actor *access.Actor, who id.Person, t Thing, last ID) error {
	return d.posted(ctx, actor, who, t.Kind, func(tx *store.Tx, a access.Access) error {
		if ok, err := Hears(ctx, tx, actor, who, t.Kind); err != nil || !ok {
			return cmp.Or(err, error(fault.Missing))
		}
		if _, _, err := find(ctx, tx, actor, a, t); err != nil {
			return err
		}
		rows, err := tx.Exec(ctx, store.Q(`UPDATE comment SET seen_at = $6, seen_post_id = $7 WHERE area_id = $1 AND person_id = $2 AND kind = $3 AND ref_id = $4
		  AND seen_at = 0 AND post_id <> $7 AND comment_id <= (SELECT l.comment_id FROM comment l WHERE l.area_id = $1 AND l.person_id = $2 AND l.kind = $3 AND l.ref_id = $4 AND l.comment_id = $5)`), actor.Area(), a.Person(), string(t.Kind), t.Ref, last, int64(actor.Now()), actor.Post())
		if err == nil && rows == 0 {
			return fault.Stale
		}
		return err
	})
}
