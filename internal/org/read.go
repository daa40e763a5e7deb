package org

import (
	"context"
	"database/sql"
	"strings"

	"sluss/internal/clock"
	"sluss/internal/id"
	"sluss/internal/store"
)

// GetArea gives an area.
func GetArea(ctx context.Context, tx *store.Tx, area id.Area) (Area, error) {
	a := Area{ID: area}
	var demo int
	err := tx.One(ctx, store.Q(`SELECT municipality, name, demo FROM area WHERE area_id = $1`), []any{area}, &a.Municipality, &a.Name, &demo)
	a.Demo = demo == 1
	return a, err
}

// Areas gives every area, for work that goes through all of them.
func Areas(ctx context.Context, tx *store.Tx) ([]Area, error) {
	return store.All(ctx, tx, store.Q(`SELECT area_id, municipality, name, demo FROM area ORDER BY area_id`), nil,
		func(r *store.Cursor) (Area, error) {
			var a Area
			var demo int
			err := r.Scan(&a.ID, &a.Municipality, &a.Name, &demo)
			a.Demo = demo == 1
			return a, err
		})
}

// GetUnit gives a unit.
func GetUnit(ctx context.Context, tx *store.Tx, area id.Area, unit id.Unit) (Unit, error) {
	u := Unit{ID: unit}
	err := tx.One(ctx, store.Q(`SELECT agency_id, kind, name, phone, street, version FROM unit WHERE area_id = $1 AND unit_id = $2`),
		[]any{area, unit}, &u.Agency, &u.Kind, &u.Name, &u.Phone, &u.Street, &u.Version)
	return u, err
}

// Units gives the units of the area, in the order they were made.
func Units(ctx context.Context, tx *store.Tx, area id.Area) ([]Unit, error) {
	return store.All(ctx, tx, store.Q(`SELECT unit_id, agency_id, kind, name, phone, street, version FROM unit WHERE area_id = $1 ORDER BY unit_id`),
		[]any{area}, func(r *store.Cursor) (u Unit, err error) {
			err = r.Scan(&u.ID, &u.Agency, &u.Kind, &u.Name, &u.Phone, &u.Street, &u.Version)
			return u, err
		})
}

// Agencies gives the agencies of the area, in the order they were made.
func Agencies(ctx context.Context, tx *store.Tx, area id.Area) ([]Agency, error) {
	return store.All(ctx, tx, store.Q(`SELECT agency_id, kind, name FROM agency WHERE area_id = $1 ORDER BY agency_id`),
		[]any{area}, func(r *store.Cursor) (a Agency, err error) {
			err = r.Scan(&a.ID, &a.Kind, &a.Name)
			return a, err
		})
}

// Has tells whether the agency is in the area and the unit is the agency's; 0 is not asked about.
func Has(ctx context.Context, tx *store.Tx, area id.Area, agency id.Agency, unit id.Unit) (bool, error) {
	var n int
	err := tx.One(ctx, store.Q(`SELECT count(*) FROM area x WHERE x.area_id = $1
	 AND (EXISTS (SELECT 1 FROM agency g WHERE g.area_id = $1 AND g.agency_id = $2) OR $2 = 0)
	 AND (EXISTS (SELECT 1 FROM unit u WHERE u.area_id = $1 AND u.unit_id = $3 AND (u.agency_id = $2 OR $2 = 0)) OR $3 = 0)`),
		[]any{area, agency, unit}, &n)
	return n > 0, err
}

// Rooms gives the unit's rooms in use, in the order they were made.
func Rooms(ctx context.Context, tx *store.Tx, area id.Area, unit id.Unit, now clock.Instant) ([]Room, error) {
	return store.All(ctx, tx, store.Q(`SELECT room_id, name, seats, features, has, opens, closes, version FROM room
	 WHERE area_id = $1 AND unit_id = $2 AND ended_at > $3 ORDER BY room_id`),
		[]any{area, unit, int64(now)}, func(r *store.Cursor) (x Room, err error) {
			var has string
			err = r.Scan(&x.ID, &x.Name, &x.Seats, &x.Features, &has, &x.Opens, &x.Closes, &x.Version)
			x.Has = strings.Fields(has)
			return x, err
		})
}

// Closures gives the spans the unit itself is closed, from a day on.
func Closures(ctx context.Context, tx *store.Tx, area id.Area, unit id.Unit, from clock.Date) ([]clock.Span, error) {
	return store.All(ctx, tx, store.Q(`SELECT from_on, to_on FROM closed WHERE area_id = $1 AND unit_id = $2 AND to_on > $3 ORDER BY from_on`),
		[]any{area, unit, string(from)}, func(r *store.Cursor) (s clock.Span, err error) {
			err = r.Scan(&s.From, &s.To)
			return s, err
		})
}

const postColumns = `o.post_id, o.worker_id, o.unit_id, o.role, w.name, w.email, o.title, o.phone, o.languages, o.from_on, o.to_on,
 w.log_name_hidden, CASE WHEN o.from_on <= $2 AND o.to_on > $2 AND o.ended_at > $3 THEN 1 ELSE 0 END
 FROM post o JOIN worker w ON w.area_id = o.area_id AND w.worker_id = o.worker_id WHERE o.area_id = $1 `

func scanPost(r *store.Cursor) (Post, error) {
	var p Post
	var langs string
	var hidden, live int
	err := r.Scan(&p.ID, &p.Worker, &p.Unit, &p.Role, &p.Name, &p.Email, &p.Title, &p.Phone, &langs, &p.From, &p.To, &hidden, &live)
	p.Languages, p.NameHidden, p.Live = strings.Fields(langs), hidden == 1, live == 1
	return p, err
}

// GetPost gives a post, live or not.
func GetPost(ctx context.Context, tx *store.Tx, area id.Area, post id.Post, now clock.Instant) (Post, error) {
	list, err := store.All(ctx, tx, store.Q(`SELECT `+postColumns+`AND o.post_id = $4`), []any{area, string(now.Date()), int64(now), post}, scanPost)
	if err != nil {
		return Post{}, err
	}
	if len(list) == 0 {
		return Post{}, sql.ErrNoRows
	}
	return list[0], nil
}

// Colleagues gives the live posts of a unit, in the order they were made.
func Colleagues(ctx context.Context, tx *store.Tx, area id.Area, unit id.Unit, now clock.Instant) ([]Post, error) {
	return store.All(ctx, tx, store.Q(`SELECT `+postColumns+`AND o.unit_id = $4
	 AND o.from_on <= $2 AND o.to_on > $2 AND o.ended_at > $3 ORDER BY o.post_id`), []any{area, string(now.Date()), int64(now), unit}, scanPost)
}

// PostsOf gives the live posts of a worker.
func PostsOf(ctx context.Context, tx *store.Tx, area id.Area, worker id.Worker, now clock.Instant) ([]Post, error) {
	return store.All(ctx, tx, store.Q(`SELECT `+postColumns+`AND o.worker_id = $4
	 AND o.from_on <= $2 AND o.to_on > $2 AND o.ended_at > $3 ORDER BY o.post_id`), []any{area, string(now.Date()), int64(now), worker}, scanPost)
}

// AllPosts gives every live post of the area, in the order they were made.
func AllPosts(ctx context.Context, tx *store.Tx, area id.Area, now clock.Instant) ([]Post, error) {
	return store.All(ctx, tx, store.Q(`SELECT `+postColumns+`AND o.from_on <= $2 AND o.to_on > $2 AND o.ended_at > $3 ORDER BY o.post_id`),
		[]any{area, string(now.Date()), int64(now)}, scanPost)
}
