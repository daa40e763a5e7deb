package org

import (
	"context"

	"sluss/internal/access"
	"sluss/internal/clock"
	"sluss/internal/id"
	"sluss/internal/store"
)

// Zone is a secrecy zone: one branch of an agency. Between two of them secrecy holds, also within one agency.
type Zone struct {
	ID     access.Zone
	Agency id.Agency
	Branch string // in words; "" is the agency as a whole
	Money  bool   // decides on people's money, and therefore asks nobody for consent
}

// AddZone adds a secrecy zone to an agency.
func AddZone(ctx context.Context, tx *store.Tx, area id.Area, z Zone) error {
	money := 0
	if z.Money {
		money = 1
	}
	_, err := tx.Exec(ctx, store.Q(`INSERT INTO zone (area_id, zone_id, agency_id, branch, money) VALUES ($1, $2, $3, $4, $5)`),
		area, z.ID, z.Agency, z.Branch, money)
	return changed(ctx, tx, area, err)
}

// Party is a zone with the agency it belongs to, as somebody whom a person may share with.
type Party struct {
	Zone
	Name string // of the agency
	Kind string // of the agency
	Live bool
}

// Called names the agency, with its branch where it has several.
func (p Party) Called() string {
	if p.Branch == "" {
		return p.Name
	}
	return p.Name + ", " + p.Branch
}

// Parties gives every zone of an area, in the order they were added.
func Parties(ctx context.Context, tx *store.Tx, actor *access.Actor) ([]Party, error) {
	return store.All(ctx, tx, store.Q(`SELECT z.zone_id, z.agency_id, z.branch, z.money, g.name, g.kind, g.ended_at FROM zone z
	  JOIN agency g ON g.area_id = z.area_id AND g.agency_id = z.agency_id
	 WHERE z.area_id = $1 ORDER BY z.zone_id`), []any{actor.Area()}, func(r *store.Cursor) (p Party, err error) {
		var money int
		var ended int64
		err = r.Scan(&p.ID, &p.Agency, &p.Branch, &money, &p.Name, &p.Kind, &ended)
		p.Money, p.Live = money != 0, ended > int64(actor.Now())
		return p, err
	})
}

// HomeZone gives the zone of the actor's unit.
func HomeZone(ctx context.Context, tx *store.Tx, actor *access.Actor) (z access.Zone, err error) {
	err = tx.One(ctx, store.Q(`SELECT zone_id FROM unit WHERE area_id = $1 AND unit_id = $2`), []any{actor.Area(), actor.Unit()}, &z)
	return z, err
}

// EndAgency ends an agency's part in the area at the instant: from it none of its posts opens anything. It tells whether it
// was live.
func EndAgency(ctx context.Context, tx *store.Tx, area id.Area, agency id.Agency, now clock.Instant) (bool, error) {
	n, err := tx.Exec(ctx, store.Q(`UPDATE agency SET ended_at = $3, version = version + 1 WHERE area_id = $1 AND agency_id = $2 AND ended_at > $3`),
		area, agency, int64(now))
	if err != nil || n == 0 {
		return false, err
	}
	return true, changed(ctx, tx, area, access.Raise(ctx, tx, area, now))
}
