// Package org is the organisation: areas, agencies, units and the posts at them, rooms, closed days, dated settings.
package org

import (
	"context"
	_ "embed"
	"encoding/csv"
	"slices"
	"strings"
	"sync"

	"sluss/internal/access"
	"sluss/internal/clock"
	"sluss/internal/fault"
	"sluss/internal/id"
	"sluss/internal/store"
	"sluss/internal/vault"
)

// Desk is where the organisation is kept.
type Desk struct {
	Store *store.Store
	Vault *vault.Vault
	known known
}

// Municipality is a line of the official list.
type Municipality struct{ Code, Name, County string }

//go:embed municipalities.csv
var municipalityList string

// Municipalities is the official list of 290, in the order of their codes (Statistics Sweden; taken from
// okfse/sweden-geojson, free to reuse).
var Municipalities = sync.OnceValue(func() []Municipality {
	rows, err := csv.NewReader(strings.NewReader(municipalityList)).ReadAll()
	if err != nil {
		panic(err)
	}
	list := make([]Municipality, 0, len(rows)-1)
	for _, r := range rows[1:] {
		list = append(list, Municipality{r[0], r[1], r[2]})
	}
	return list
})

// Kinds of agencies and units, as stored; their names are texts.
const (
	KindMunicipality = "kommun"
	KindEmployment   = "arbetsformedlingen"
	KindInsurance    = "forsakringskassan"
	KindRegion       = "region"
	KindOther        = "annan"

	UnitGateway = "sluss" // a gateway: has a queue, group starts, participants
	UnitSender  = "enhet" // another unit that refers people and works with them
)

// Agency is an authority or a company within the area.
type Agency struct {
	ID   id.Agency
	Kind string
	Name string
}

// Unit is a gateway or another unit.
type Unit struct {
	ID      id.Unit
	Agency  id.Agency
	Zone    access.Zone
	Kind    string
	Name    string
	Phone   string
	Street  string
	Version int
}

// Post is a worker's employment at a unit.
type Post struct {
	ID        id.Post
	Worker    id.Worker
	Unit      id.Unit
	Role      access.Role
	Name      string // the worker's
	Email     string
	Title     string
	Phone     string
	Languages []string
	From, To  clock.Date
	Live      bool
	// NameHidden: it has been decided that people see the worker's role and not their name.
	NameHidden bool
}

// First is the first of the worker's names, as one says it.
func (p Post) First() string {
	first, _, _ := strings.Cut(p.Name, " ")
	return first
}

// Speaks tells whether the worker has said they speak the language.
func (p Post) Speaks(lang string) bool {
	for _, l := range p.Languages {
		if l == lang {
			return true
		}
	}
	return false
}

// Features are what a room can have and an activity can need, by code.
var Features = []string{"stepfree", "loop", "quiet", "screen", "computers", "kitchen", "workshop", "interpreter"}

// Room is a room of a unit. One without hours is open when the house is.
type Room struct {
	ID            int64
	Name          string
	Seats         int
	Features      string   // in the unit's own words
	Has           []string // of Features
	Opens, Closes clock.LocalTime
	Version       int
}

// Lacks gives those of the needs that the room does not have.
func (r Room) Lacks(needs []string) []string {
	var list []string
	for _, n := range needs {
		if !slices.Contains(r.Has, n) {
			list = append(list, n)
		}
	}
	return list
}

// Open tells whether the room is open all the time between two times of a day.
func (r Room) Open(at, until clock.LocalTime) bool {
	return (r.Opens == "" || r.Opens <= at) && (r.Closes == "" || until <= r.Closes)
}

// Area is the tenant.
type Area struct {
	ID           id.Area
	Municipality string
	Name         string
	Demo         bool
}

// CreateArea makes an area with its keys and epoch, and the right list if it is not there. A region never gets what is told
// of somebody's economy.
func (d *Desk) CreateArea(ctx context.Context, tx *store.Tx, a Area, now clock.Instant) error {
	if strings.TrimSpace(a.Name) == "" {
		return fault.New(fault.Invalid, "org.area.name")
	}
	demo := 0
	if a.Demo {
		demo = 1
	}
	if _, err := tx.Exec(ctx, store.Q(`INSERT INTO area (area_id, municipality, name, demo, created_at) VALUES ($1, $2, $3, $4, $5)`),
		a.ID, a.Municipality, a.Name, demo, int64(now)); err != nil {
		return err
	}
	if err := d.Vault.NewArea(ctx, tx, a.ID); err != nil {
		return err
	}
	if err := access.NewArea(ctx, tx, a.ID); err != nil {
		return err
	}
	if err := access.Bar(ctx, tx, a.ID, KindRegion, access.Economy, clock.Span{From: now.Date(), To: clock.Forever}, now); err != nil {
		return err
	}
	return access.Seed(ctx, tx)
}

// AddAgency adds an agency to the area, with its first secrecy zone.
func AddAgency(ctx context.Context, tx *store.Tx, area id.Area, a Agency) error {
	_, err := tx.Exec(ctx, store.Q(`INSERT INTO agency (area_id, agency_id, kind, name, ended_at, version) VALUES ($1, $2, $3, $4, $5, 1)`),
		area, a.ID, a.Kind, a.Name, int64(access.Never))
	if err != nil {
		return err
	}
	return AddZone(ctx, tx, area, Zone{ID: access.Zone(a.ID), Agency: a.ID})
}

// AddUnit adds a unit to an agency; without a zone of its own it belongs to the agency's first.
func AddUnit(ctx context.Context, tx *store.Tx, area id.Area, u Unit) error {
	if u.Zone == 0 {
		u.Zone = access.Zone(u.Agency)
	}
	_, err := tx.Exec(ctx, store.Q(`INSERT INTO unit (area_id, unit_id, agency_id, zone_id, kind, name, phone, street, version)
	 VALUES ($1, $2, $3, $4, $5, $6, $7, $8, 1)`), area, u.ID, u.Agency, u.Zone, u.Kind, u.Name, u.Phone, u.Street)
	return changed(ctx, tx, area, err)
}

// AddWorker adds someone who works in the area. number is the worker's own personal number as 12 digits, or "": kept
// only as a blind index, so that nobody can open their own record.
func (d *Desk) AddWorker(ctx context.Context, tx *store.Tx, area id.Area, worker id.Worker, name, email, number string) error {
	var own any
	if number != "" {
		keys, err := d.Vault.Area(ctx, tx, area)
		if err != nil {
			return err
		}
		index, err := keys.Number(number)
		if err != nil {
			return err
		}
		own = index
	}
	_, err := tx.Exec(ctx, store.Q(`INSERT INTO worker (area_id, worker_id, name, email, own_index, version) VALUES ($1, $2, $3, $4, $5, 1)`),
		area, worker, name, email, own)
	return changed(ctx, tx, area, err)
}

// AddPost gives a worker a post at a unit. A gateway has no officers and no systems, and other units nothing else: by the role the
// program tells who works at another agency.
func AddPost(ctx context.Context, tx *store.Tx, area id.Area, p Post) error {
	unit, err := GetUnit(ctx, tx, area, p.Unit)
	if err != nil {
		return err
	}
	if (unit.Kind == UnitGateway) == (p.Role == access.Officer || p.Role == access.System) {
		return fault.Form{{Kind: fault.Invalid, Key: "org.staff.role", Field: "role"}}
	}
	if p.To == "" {
		p.To = clock.Forever
	}
	_, err = tx.Exec(ctx, store.Q(`INSERT INTO post
	 (area_id, post_id, worker_id, unit_id, role, title, phone, languages, from_on, to_on, ended_at, version)
	 VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, 1)`),
		area, p.ID, p.Worker, p.Unit, int(p.Role), p.Title, p.Phone, strings.Join(p.Languages, " "), string(p.From), string(p.To), int64(access.Never))
	return changed(ctx, tx, area, err)
}

// EndPost ends a post at the instant: its rights, its sessions.
func EndPost(ctx context.Context, tx *store.Tx, area id.Area, post id.Post, now clock.Instant) error {
	if _, err := tx.Exec(ctx, store.Q(`UPDATE post SET ended_at = $3, version = version + 1 WHERE area_id = $1 AND post_id = $2 AND ended_at > $3`),
		area, post, int64(now)); err != nil {
		return err
	}
	return changed(ctx, tx, area, access.Raise(ctx, tx, area, now))
}

// AddRoom adds a room to a unit.
func AddRoom(ctx context.Context, tx *store.Tx, area id.Area, unit id.Unit, r Room) error {
	_, err := tx.Exec(ctx, store.Q(`INSERT INTO room
	 (area_id, room_id, unit_id, name, seats, features, has, opens, closes, ended_at, version)
	 VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, 1)`), area, r.ID, unit, r.Name, r.Seats, r.Features, strings.Join(r.Has, " "),
		string(r.Opens), string(r.Closes), int64(access.Never))
	return changed(ctx, tx, area, err)
}

type closedTag struct{}

// AddClosed closes a unit for a span of days.
func AddClosed(ctx context.Context, tx *store.Tx, area id.Area, unit id.Unit, span clock.Span, name string, now clock.Instant) error {
	_, err := tx.Exec(ctx, store.Q(`INSERT INTO closed (area_id, closed_id, unit_id, from_on, to_on, name, version) VALUES ($1, $2, $3, $4, $5, $6, 1)`),
		area, id.New[closedTag](now), unit, string(span.From), string(span.To), name)
	return err
}

// PutPopulation writes how many adults the unit is for in a month, as the municipality tells it.
func PutPopulation(ctx context.Context, tx *store.Tx, area id.Area, unit id.Unit, month clock.Date, people int) error {
	_, err := tx.Exec(ctx, store.Q(`INSERT INTO population (area_id, unit_id, month, people) VALUES ($1, $2, $3, $4)
	 ON CONFLICT (area_id, unit_id, month) DO UPDATE SET people = excluded.people`), area, unit, string(month), people)
	return err
}

// changed counts the change of the organisation that has just been made, unless it failed.
func changed(ctx context.Context, tx *store.Tx, area id.Area, err error) error {
	if err != nil {
		return err
	}
	return access.Changed(ctx, tx, area)
}
