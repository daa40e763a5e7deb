package consent

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

// With is somebody who is shared with the actor's own agency.
type With struct {
	ID     id.Person
	Name   string
	Born   int             // the year, which tells namesakes apart; 0 when not known
	Parts  access.Category // in all
	Ground access.Ground
	Until  clock.Date // the last of them ends this day
	Units  []id.Unit  // whose concern they are today
}

// mostShared bounds the list, in rows of those that give something.
var mostShared = 1000

// SharedWithUs gives those who are shared with the zone that the actor works in, the newest first by when they were first shared of what
// holds now, and whether there may be more. What is never given to the actor's kind of agency is left out.
func (d *Desk) SharedWithUs(ctx context.Context, actor *access.Actor) (list []With, more bool, err error) {
	var rows []With
	err = d.Store.Read(ctx, func(tx *store.Tx) error {
		s, err := access.Over(ctx, tx, actor, access.Identity, access.ForCollaboration)
		if err != nil {
			return err
		}
		barred, err := access.BarredFrom(ctx, tx, actor)
		if err != nil {
			return err
		}
		rows, err = store.All(ctx, tx, selectShared, s.Args(actor.Unit(), mostShared), func(r *store.Cursor) (w With, err error) {
			var identity []byte
			var unit id.Unit
			a, err := s.Row(r, &identity, &w.Born, &w.Parts, &w.Until, &unit)
			if err != nil {
				return w, err
			}
			if unit != 0 {
				w.Units = []id.Unit{unit}
			}
			w.ID, w.Ground, w.Parts = a.Person(), a.Ground(), w.Parts&^barred
			w.Name, err = person.NameOf(a, identity)
			return w, err
		})
		return err
	})
	return merged(rows), len(rows) == mostShared, err
}

var selectShared = store.Q(`WITH s AS (SELECT x.person_id, x.at, x.categories, x.to_on FROM unit u
  JOIN (SELECT area_id, zone_id, person_id, consent_id AS at, categories, from_on, to_on, withdrawn_at AS ended_at FROM consent WHERE area_id = $1
    UNION ALL SELECT area_id, zone_id, person_id, legal_ground_id, categories, from_on, to_on, ended_at FROM legal_ground WHERE area_id = $1) x
    ON x.area_id = u.area_id AND x.zone_id = u.zone_id AND x.from_on <= $4 AND x.to_on > $4 AND x.ended_at > $3
 WHERE u.area_id = $1 AND u.unit_id = $7),
 f AS (SELECT person_id, min(at) AS since FROM s GROUP BY person_id)
 SELECT ` + access.Columns + `, p.identity, p.birth_year, s.categories, s.to_on, coalesce(t.unit_id, 0) FROM f JOIN s ON s.person_id = f.person_id
  JOIN person p ON p.area_id = $1 AND p.person_id = s.person_id
  LEFT JOIN tie t ON t.area_id = $1 AND t.person_id = p.person_id AND t.from_on <= $4 AND t.to_on > $4 AND t.ended_at > $3
 WHERE ` + access.Visible + ` ORDER BY f.since DESC, p.person_id, s.at, t.unit_id LIMIT 0 + $8`)

// UnitsOf gives each unit whose concern one of them is, once, in the order they were made.
func UnitsOf(list []With) (units []id.Unit) {
	for _, w := range list {
		units = append(units, w.Units...)
	}
	slices.Sort(units)
	return slices.Compact(units)
}

// merged puts the rows of one person together.
func merged(rows []With) []With {
	var list []With
	for _, w := range rows {
		if n := len(list); n > 0 && list[n-1].ID == w.ID {
			list[n-1].Parts |= w.Parts
			list[n-1].Until = max(list[n-1].Until, w.Until)
			list[n-1].Units = append(list[n-1].Units, w.Units...)
		} else {
			list = append(list, w)
		}
	}
	return list
}

// Part is one category of somebody, opened.
type Part struct {
	Category access.Category
	Access   access.Access
}

// Shown are the categories that have something of their own on an agency's page. The others are asked for at the gateway.
const Shown = access.Identity | access.Contact | access.Plan | access.Attendance | access.Health

// Parts opens what the actor is shown of a person, category by category, the identity first, and tells what else they may see: that is
// not opened, and stands in no log as if it were. Missing when the identity is not theirs to see.
func Parts(ctx context.Context, tx *store.Tx, actor *access.Actor, who id.Person) (list []Part, rest access.Category, err error) {
	for _, c := range append([]access.Category{access.Identity}, Categories...) {
		if Shown&c == 0 {
			v, err := access.Judge(ctx, tx, actor, actor.Post(), who, c, access.Read)
			if err != nil {
				return nil, 0, err
			}
			if v > 0 {
				rest |= c
			}
			continue
		}
		a, err := access.Open(ctx, tx, actor, who, c, access.Read, access.ForCollaboration)
		switch {
		case err == nil:
			list = append(list, Part{c, a})
		case c == access.Identity || !fault.Is(err, fault.NotFound):
			return nil, 0, err
		}
	}
	return list, rest, nil
}
