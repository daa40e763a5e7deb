package consent

import (
	"context"

	"sluss/internal/access"
	"sluss/internal/clock"
	"sluss/internal/fault"
	"sluss/internal/id"
	"sluss/internal/person"
	"sluss/internal/store"
)

// With is somebody who is shared with the actor's own agency.
type With struct {
	ID     id.Person
	Name   string
	Parts  access.Category // in all
	Ground access.Ground
	Until  clock.Date // the last of them ends this day
}

// mostShared bounds the list.
const mostShared = 500

// SharedWithUs gives those who are shared with the zone that the actor works in, in the order they said yes.
func (d *Desk) SharedWithUs(ctx context.Context, actor *access.Actor) (list []With, err error) {
	err = d.Store.Read(ctx, func(tx *store.Tx) error {
		s, err := access.Over(ctx, tx, actor, access.Identity, access.ForCollaboration)
		if err != nil {
			return err
		}
		list, err = store.All(ctx, tx, selectShared, s.Args(actor.Unit(), mostShared), func(r *store.Cursor) (w With, err error) {
			var identity []byte
			a, err := s.Row(r, &identity, &w.Parts, &w.Until)
			if err != nil {
				return w, err
			}
			w.ID, w.Ground = a.Person(), a.Ground()
			w.Name, err = person.NameOf(a, identity)
			return w, err
		})
		return err
	})
	return merged(list), err
}

var selectShared = store.Q(`SELECT ` + access.Columns + `, p.identity, s.categories, s.to_on FROM unit u
  JOIN (SELECT area_id, zone_id, person_id, consent_id AS at, categories, from_on, to_on, withdrawn_at AS ended_at FROM consent WHERE area_id = $1
    UNION ALL SELECT area_id, zone_id, person_id, legal_ground_id, categories, from_on, to_on, ended_at FROM legal_ground WHERE area_id = $1) s
    ON s.area_id = u.area_id AND s.zone_id = u.zone_id AND s.from_on <= $4 AND s.to_on > $4 AND s.ended_at > $3
  JOIN person p ON p.area_id = s.area_id AND p.person_id = s.person_id
 WHERE u.area_id = $1 AND u.unit_id = $7 AND ` + access.Visible + ` ORDER BY s.person_id, s.at LIMIT 0 + $8`)

// merged puts the rows of one person together.
func merged(rows []With) []With {
	var list []With
	for _, w := range rows {
		if n := len(list); n > 0 && list[n-1].ID == w.ID {
			list[n-1].Parts |= w.Parts
			list[n-1].Until = max(list[n-1].Until, w.Until)
		} else {
			list = append(list, w)
		}
	}
	return list
}

// Part is one category of somebody, opened, or why not.
type Part struct {
	Category access.Category
	Access   access.Access
}

// Parts opens what the actor may see of a person, category by category, the identity first. Missing when that is not theirs to
// see.
func Parts(ctx context.Context, tx *store.Tx, actor *access.Actor, who id.Person) ([]Part, error) {
	var list []Part
	for _, c := range append([]access.Category{access.Identity}, Categories...) {
		a, err := access.Open(ctx, tx, actor, who, c, access.Read, access.ForCollaboration)
		switch {
		case err == nil:
			list = append(list, Part{c, a})
		case c == access.Identity || !fault.Is(err, fault.NotFound):
			return nil, err
		}
	}
	return list, nil
}
