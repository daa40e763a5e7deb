package person

import (
	"context"

	"sluss/internal/access"
	"sluss/internal/fault"
	"sluss/internal/id"
	"sluss/internal/store"
)

// Merge says that two records are the same person's. No row of either is rewritten: from the commit on each of them, and every
// record that was merged with either before, is seen only by those who may see them all. Only a head who may see both.
func (d *Desk) Merge(ctx context.Context, actor *access.Actor, one, two ID) error {
	return d.Store.Write(ctx, func(tx *store.Tx) error {
		if err := access.Unit(ctx, tx, actor, access.Head); err != nil {
			return err
		}
		for _, who := range []ID{one, two} {
			if _, err := access.Open(ctx, tx, actor, who, access.Identity, access.Decide, access.ForSearch); err != nil {
				return err
			}
		}
		if one == two {
			return fault.New(fault.Conflict, "merge.self")
		}
		first, err := recordsOf(ctx, tx, actor.Area(), one)
		if err != nil {
			return err
		}
		second, err := recordsOf(ctx, tx, actor.Area(), two)
		if err != nil {
			return err
		}
		for _, a := range first {
			for _, b := range second {
				if err := link(ctx, tx, actor, a, b); err != nil {
					return err
				}
			}
		}
		return access.Raise(ctx, tx, actor.Area(), actor.Now())
	})
}

// Part takes the record from those it was merged with: from the commit on each is seen by those who may see it alone. Only a head who
// may see them all; Conflict when it is merged with none.
func (d *Desk) Part(ctx context.Context, actor *access.Actor, who ID) error {
	return d.Store.Write(ctx, func(tx *store.Tx) error {
		if err := access.Unit(ctx, tx, actor, access.Head); err != nil {
			return err
		}
		if _, err := access.Open(ctx, tx, actor, who, access.Identity, access.Decide, access.ForSearch); err != nil {
			return err
		}
		list, err := recordsOf(ctx, tx, actor.Area(), who)
		if err != nil {
			return err
		}
		if len(list) == 1 {
			return fault.New(fault.Conflict, "merge.none")
		}
		if _, err := tx.Exec(ctx, store.Q(`DELETE FROM merged WHERE area_id = $1 AND (person_id = $2 OR other_id = $2)`), actor.Area(), who); err != nil {
			return err
		}
		for _, one := range list {
			if _, err := tx.Exec(ctx, store.Q(`UPDATE person SET merged = (SELECT count(*) FROM (SELECT 1 AS n FROM merged WHERE area_id = $1 AND person_id = $2 LIMIT 1) x)
			 WHERE area_id = $1 AND person_id = $2`), actor.Area(), one); err != nil {
				return err
			}
		}
		return nil
	})
}

// Records is what the page of somebody's records shows.
type Records struct {
	Person Person // the identity of the one that is open
	Others []Hit  // the other records of the same person
}

// Records gives the records that are one person's, for whoever may see them all.
func (d *Desk) Records(ctx context.Context, actor *access.Actor, who ID) (r Records, err error) {
	err = d.Store.Read(ctx, func(tx *store.Tx) error {
		r = Records{}
		if r.Person, _, err = Open(ctx, tx, actor, who, access.Identity, access.Read, access.ForSearch); err != nil {
			return err
		}
		list, err := recordsOf(ctx, tx, actor.Area(), who)
		if err != nil {
			return err
		}
		for _, one := range list[1:] {
			p, _, err := Open(ctx, tx, actor, one, access.Identity, access.Read, access.ForSearch)
			if err != nil {
				return err
			}
			r.Others = append(r.Others, Hit{p.ID, p.Name(), p.BirthYear})
		}
		return nil
	})
	return r, err
}

// recordsOf gives the records that are one person's, itself first.
func recordsOf(ctx context.Context, tx *store.Tx, area id.Area, who ID) ([]ID, error) {
	others, err := store.All(ctx, tx, store.Q(`SELECT other_id FROM merged WHERE area_id = $1 AND person_id = $2 ORDER BY other_id`), []any{area, who},
		func(r *store.Cursor) (p ID, err error) {
			err = r.Scan(&p)
			return p, err
		})
	return append([]ID{who}, others...), err
}

func link(ctx context.Context, tx *store.Tx, actor *access.Actor, a, b ID) error {
	if a == b {
		return nil
	}
	for _, pair := range [][2]ID{{a, b}, {b, a}} {
		if _, err := tx.Exec(ctx, store.Q(`INSERT INTO merged (area_id, person_id, other_id, at, post_id) VALUES ($1, $2, $3, $4, $5)
		 ON CONFLICT (area_id, person_id, other_id) DO NOTHING`), actor.Area(), pair[0], pair[1], int64(actor.Now()), actor.Post()); err != nil {
			return err
		}
		if _, err := tx.Exec(ctx, store.Q(`UPDATE person SET merged = 1 WHERE area_id = $1 AND person_id = $2`), actor.Area(), pair[0]); err != nil {
			return err
		}
	}
	return nil
}
