package comment

import (
	"context"
	"slices"

	"sluss/internal/access"
	"sluss/internal/clock"
	"sluss/internal/fault"
	"sluss/internal/id"
	"sluss/internal/person"
	"sluss/internal/store"
)

// ear is that the acting post ($2) is whom a comment c waits for: the person's coach, whichever unit wrote, and where they have none whoever
// works with people at the unit. A note is read at its unit alone: by the coach there, else by any of them.
const ear = `((coalesce((SELECT a.post_id FROM assignment a JOIN post o ON o.area_id = a.area_id AND o.post_id = a.post_id
    WHERE a.area_id = c.area_id AND a.person_id = c.person_id AND a.from_on <= $4 AND a.to_on > $4 AND a.ended_at > $3 AND (c.kind <> 'note' OR o.unit_id = c.unit_id) LIMIT 1),
   (SELECT o.post_id FROM post o WHERE o.area_id = $1 AND o.post_id = $2 AND o.unit_id = c.unit_id AND o.role IN (1, 2, 3))) = $2) IS TRUE)`

// Of gives what the person of the access says of things of some kinds, in the order it was said.
func Of(ctx context.Context, tx *store.Tx, actor *access.Actor, a access.Access, of ...Kind) ([]Comment, error) {
	key := a.Key(Needs(of...))
	list, err := store.All(ctx, tx, store.Q(`SELECT c.comment_id, c.kind, c.ref_id, c.on_date, c.sealed, c.at, c.post_id, c.paper, c.seen_at, c.seen_post_id, `+ear+` FROM comment c
	 WHERE c.area_id = $1 AND c.person_id = $5 ORDER BY c.comment_id`), []any{actor.Area(), actor.Post(), int64(actor.Now()), string(actor.Today()), a.Person()}, func(r *store.Cursor) (c Comment, err error) {
		var sealed []byte
		if err = r.Scan(&c.ID, &c.Thing.Kind, &c.Thing.Ref, &c.On, &sealed, &c.At, &c.By, &c.Paper, &c.SeenAt, &c.SeenBy, &c.hears); err != nil || !slices.Contains(of, c.Thing.Kind) {
			return Comment{}, err
		}
		c.Waits = c.hears && c.SeenAt == 0 && c.By != actor.Post()
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

// Read gives what somebody says of things of some kinds.
func (d *Desk) Read(ctx context.Context, actor *access.Actor, who id.Person, of ...Kind) (list []Comment, err error) {
	err = d.Store.Read(ctx, func(tx *store.Tx) error {
		a, err := access.Open(ctx, tx, actor, who, Needs(of...), access.Read, access.ForContact)
		if err == nil {
			list, err = Of(ctx, tx, actor, a, of...)
		}
		return err
	})
	return list, err
}

// Unheard is a thing that the person has said something of which nobody who helps them has read, without what it says.
type Unheard struct {
	Thing  Thing
	Person id.Person
	Name   string
	Since  clock.Instant // of the first that is not read
}

var unheard = store.Q(`SELECT ` + access.Columns + `, p.identity, c.kind, c.ref_id, c.at FROM comment c
  JOIN person p ON p.area_id = c.area_id AND p.person_id = c.person_id
 WHERE c.area_id = $1 AND c.seen_at = 0 AND c.comment_id = (SELECT min(d.comment_id) FROM comment d
    WHERE d.area_id = c.area_id AND d.person_id = c.person_id AND d.kind = c.kind AND d.ref_id = c.ref_id AND d.seen_at = 0 AND d.post_id <> $2)
  AND ` + ear + ` AND ` + access.Visible + ` ORDER BY c.at, c.comment_id LIMIT 0 + $7`)

// Listed is what the list of what is not read tells.
const Listed = access.Identity | access.Contact

// UnheardOf gives the things of which somebody has said what waits for the actor, the longest first, at most so many. What the actor wrote down
// themself they have read.
func UnheardOf(ctx context.Context, tx *store.Tx, actor *access.Actor, most int) ([]Unheard, error) {
	s, err := access.Over(ctx, tx, actor, Listed, access.ForContact)
	if err != nil {
		return nil, err
	}
	return store.All(ctx, tx, unheard, s.Args(most), func(r *store.Cursor) (u Unheard, err error) {
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

// Hear writes that the actor has read what the person says of a thing, up to the comment that they were shown. Missing when there is no such
// thing, or it waits for another; Stale when somebody has read it already.
func (d *Desk) Hear(ctx context.Context, actor *access.Actor, who id.Person, t Thing, last ID) error {
	return d.posted(ctx, actor, who, t.Kind, func(tx *store.Tx, a access.Access) error {
		if _, _, err := find(ctx, tx, actor, a, t); err != nil {
			return err
		}
		list, err := OfThing(ctx, tx, actor, a, t)
		if err != nil {
			return err
		}
		i := slices.IndexFunc(list, func(c Comment) bool { return c.ID == last && c.hears })
		if i < 0 {
			return fault.Missing
		}
		if !slices.ContainsFunc(list[:i+1], func(c Comment) bool { return c.Waits }) {
			return fault.Stale
		}
		_, err = tx.Exec(ctx, store.Q(`UPDATE comment SET seen_at = $6, seen_post_id = $7 WHERE area_id = $1 AND person_id = $2 AND kind = $3 AND ref_id = $4
		  AND seen_at = 0 AND post_id <> $7 AND comment_id <= $5`), actor.Area(), a.Person(), string(t.Kind), t.Ref, last, int64(actor.Now()), actor.Post())
		return err
	})
}
