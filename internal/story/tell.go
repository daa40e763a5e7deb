package story

import (
	"context"

	"sluss/internal/access"
	"sluss/internal/fault"
	"sluss/internal/id"
	"sluss/internal/person"
	"sluss/internal/store"
)

// WriteOwn writes the story of the person who acts for themself, in place of the one that is there: that is shown no more, and waits for
// a new yes. Stale when it was changed meanwhile; Conflict for somebody who is with no unit, or whose record is protected.
func (d *Desk) WriteOwn(ctx context.Context, actor *access.Actor, f Form) error {
	return d.Store.Write(ctx, func(tx *store.Tx) error {
		a, err := access.OpenOwn(ctx, tx, actor, Told, access.Write)
		if err != nil {
			return err
		}
		return write(ctx, tx, actor, a, Own, f)
	})
}

// Write is the same, together with the person at the table.
func (d *Desk) Write(ctx context.Context, actor *access.Actor, who id.Person, f Form) error {
	return d.Store.Write(ctx, func(tx *store.Tx) error {
		a, err := access.Open(ctx, tx, actor, who, Told, access.Write, access.ForPlan)
		if err != nil {
			return err
		}
		return write(ctx, tx, actor, a, AtTable, f)
	})
}

var errShielded = fault.New(fault.Conflict, "story.protected")

func write(ctx context.Context, tx *store.Tx, actor *access.Actor, a access.Access, how How, f Form) error {
	name, err := person.FullName(ctx, tx, actor, a)
	if err != nil {
		return err
	}
	if err := f.check(person.Identity{Given: name}); err != nil {
		return err
	}
	if actor.Unit() == 0 {
		return fault.New(fault.Conflict, "opinion.nowhere")
	}
	if err := unshielded(ctx, tx, actor, a); err != nil {
		return err
	}
	now, err := Of(ctx, tx, actor, a)
	if err != nil {
		return err
	}
	if now.Version != f.Seen {
		return fault.Stale
	}
	if now.ID == 0 {
		now.ID = id.New[tag](actor.Now())
	}
	if err := Destroy(ctx, tx, actor.Area(), a.Person()); err != nil {
		return err
	}
	n, err := tx.Exec(ctx, store.Q(`INSERT INTO story (area_id, story_id, person_id, unit_id, sealed, lang, how, on_date, yes_on, yes_how, version)
	 VALUES ($1, $2, $3, $4, $5, $6, $7, $8, '', '', 1)
	 ON CONFLICT (area_id, person_id) DO UPDATE SET unit_id = excluded.unit_id, sealed = excluded.sealed, lang = excluded.lang, how = excluded.how,
	  on_date = excluded.on_date, yes_on = '', yes_how = '', version = story.version + 1 WHERE story.version = $9`),
		actor.Area(), now.ID, a.Person(), actor.Unit(), a.Key(Need).Seal(sealedAt(now.ID), f.Words, f.Name), f.Lang, string(how), string(actor.Today()), f.Seen)
	if err == nil && n == 0 {
		err = fault.Stale
	}
	return err
}

// unshielded refuses whom nothing may be told of outside.
func unshielded(ctx context.Context, tx *store.Tx, actor *access.Actor, a access.Access) error {
	var ok int
	err := tx.One(ctx, store.Q(`SELECT 1 FROM person p WHERE p.area_id = $1 AND p.person_id = $2 AND `+access.Unshielded), []any{actor.Area(), a.Person()}, &ok)
	if store.None(err) {
		return errShielded
	}
	return err
}

// AgreeOwn is the yes of the person who acts for themself to the words of the version that they have read, and no others. Stale when
// there is another version.
func (d *Desk) AgreeOwn(ctx context.Context, actor *access.Actor, version int) error {
	return d.Store.Write(ctx, func(tx *store.Tx) error {
		a, err := access.OpenOwn(ctx, tx, actor, Need, access.Write)
		if err != nil {
			return err
		}
		return agree(ctx, tx, actor, a, Own, version)
	})
}

// Agree is the same, said at the table.
func (d *Desk) Agree(ctx context.Context, actor *access.Actor, who id.Person, version int) error {
	return d.Store.Write(ctx, func(tx *store.Tx) error {
		a, err := access.Open(ctx, tx, actor, who, Need, access.Write, access.ForPlan)
		if err != nil {
			return err
		}
		return agree(ctx, tx, actor, a, AtTable, version)
	})
}

func agree(ctx context.Context, tx *store.Tx, actor *access.Actor, a access.Access, how How, version int) error {
	if err := unshielded(ctx, tx, actor, a); err != nil {
		return err
	}
	n, err := tx.Exec(ctx, store.Q(`UPDATE story SET yes_on = $4, yes_how = $5, version = version + 1
	 WHERE area_id = $1 AND person_id = $2 AND version = $3 AND yes_on = ''`), actor.Area(), a.Person(), version, string(actor.Today()), string(how))
	if err == nil && n == 0 {
		err = fault.Stale
	}
	return err
}

// TakeOwn takes back the yes of the person who acts for themself: nobody else can read the story from then on. With all, the story itself
// is gone too. It is never stale: what one has said yes to can always be taken back.
func (d *Desk) TakeOwn(ctx context.Context, actor *access.Actor, all bool) error {
	return d.Store.Write(ctx, func(tx *store.Tx) error {
		a, err := access.OpenOwn(ctx, tx, actor, Need, access.Write)
		if err != nil {
			return err
		}
		return take(ctx, tx, actor, a, all)
	})
}

// Take is the same, when the person has told somebody at the unit.
func (d *Desk) Take(ctx context.Context, actor *access.Actor, who id.Person, all bool) error {
	return d.Store.Write(ctx, func(tx *store.Tx) error {
		a, err := access.Open(ctx, tx, actor, who, Need, access.Write, access.ForPlan)
		if err != nil {
			return err
		}
		return take(ctx, tx, actor, a, all)
	})
}

func take(ctx context.Context, tx *store.Tx, actor *access.Actor, a access.Access, all bool) error {
	if err := Destroy(ctx, tx, actor.Area(), a.Person()); err != nil {
		return err
	}
	q := store.Q(`UPDATE story SET yes_on = '', yes_how = '', version = version + 1 WHERE area_id = $1 AND person_id = $2`)
	if all {
		q = store.Q(`DELETE FROM story WHERE area_id = $1 AND person_id = $2`)
	}
	_, err := tx.Exec(ctx, q, actor.Area(), a.Person())
	return err
}

// Destroy takes away what everybody reads of the person.
func Destroy(ctx context.Context, tx *store.Tx, area id.Area, who id.Person) error {
	_, err := tx.Exec(ctx, store.Q(`DELETE FROM story_shown WHERE area_id = $1 AND person_id = $2`), area, who)
	return err
}

// Of gives the story of the person of the access; a zero one for none.
func Of(ctx context.Context, tx *store.Tx, actor *access.Actor, a access.Access) (s Story, err error) {
	var sealed []byte
	err = tx.One(ctx, store.Q(`SELECT s.story_id, s.unit_id, s.sealed, s.lang, s.how, s.on_date, s.yes_on, s.yes_how, s.version, coalesce(w.on_date, '') FROM story s
	 LEFT JOIN story_shown w ON w.area_id = s.area_id AND w.story_id = s.story_id WHERE s.area_id = $1 AND s.person_id = $2`), []any{actor.Area(), a.Person()},
		&s.ID, &s.Unit, &sealed, &s.Lang, &s.How, &s.On, &s.YesOn, &s.YesHow, &s.Version, &s.ShownOn)
	if store.None(err) {
		return Story{}, nil
	}
	if err != nil {
		return s, err
	}
	return s, s.open(a, sealed)
}

func (s *Story) open(a access.Access, sealed []byte) error {
	f, err := a.Key(Need).Open(sealedAt(s.ID), 2, sealed)
	if err == nil {
		s.Words, s.Name = f[0], f[1]
	}
	return err
}
