package referral

import (
	"context"

	"sluss/internal/access"
	"sluss/internal/clock"
	"sluss/internal/id"
	"sluss/internal/person"
	"sluss/internal/store"
)

// Line is one in the queue as a list shows them.
type Line struct {
	Referral
	Name        string
	BirthYear   int
	Needs       string // what they need to come at all
	Language    string
	Interpreter bool
}

// Cursor is where a page of the queue begins: after the line with this day and id. Its zero value is the beginning.
type Cursor struct {
	On clock.Date
	ID ID
}

// PageSize is how many lines of the queue a page has.
const PageSize = 50

// Shown is what the queue's list tells about each.
const Shown = access.Identity | access.Contact | access.Health | access.Collaboration

const columns = `r.referral_id, r.person_id, r.unit_id, r.kind, r.agency_id, r.from_unit_id, r.reason, r.received_on, r.order_on, r.moved,
 r.reply_by, r.replied_on, r.again, r.asked_on, r.state, r.state_on, r.version`

func (r *Referral) dest(moved, returning *int) []any {
	return []any{&r.ID, &r.Person, &r.Unit, &r.Kind, &r.Agency, &r.FromUnit, &r.Reason, &r.ReceivedOn, &r.OrderOn, moved,
		&r.ReplyBy, &r.RepliedOn, returning, &r.AskedOn, &r.State, &r.StateOn, &r.Version}
}

// LineColumns are what ScanLine scans after access.Columns, for a noun's own list over referral r and person p.
const LineColumns = `p.identity, p.birth_year, p.needs, p.language, p.interpreter, r.sealed, ` + columns

// ScanLine scans a row that began with access.Columns and LineColumns; more goes on into rest.
func ScanLine(s access.Scope, rows *store.Cursor, rest ...any) (access.Access, Line, error) {
	var l Line
	var identity, needs, sealed []byte
	var interpreter, moved, returning int
	dest := append([]any{&identity, &l.BirthYear, &needs, &l.Language, &interpreter, &sealed}, l.Referral.dest(&moved, &returning)...)
	a, err := s.Row(rows, append(dest, rest...)...)
	if err != nil {
		return a, l, err
	}
	l.Interpreter, l.Moved, l.Returning = interpreter == 1, moved == 1, returning == 1
	if l.Name, err = person.NameOf(a, identity); err != nil {
		return a, l, err
	}
	if l.Needs, err = person.NeedsOf(a, needs); err != nil {
		return a, l, err
	}
	l.Words, err = WordsOf(a, l.ID, sealed)
	return a, l, err
}

// A bare parameter after LIMIT would have SQLite plan the statement anew at each call, since it looks at the value.
var queueList = store.Q(`SELECT ` + access.Columns + `, ` + LineColumns + ` FROM referral r
  JOIN person p ON p.area_id = r.area_id AND p.person_id = r.person_id
 WHERE r.area_id = $1 AND r.unit_id = $7 AND r.state = 'waiting' AND (r.order_on, r.referral_id) > ($8, $9) AND ` + access.Visible + `
 ORDER BY r.order_on, r.referral_id LIMIT 0 + $10`)

// Part is a page of the queue.
type Part struct {
	Lines []Line
	More  bool // the queue goes on after the lines
	Length
}

// Queue gives a page of the actor's unit's queue in its order, and how long the queue is.
func (d *Desk) Queue(ctx context.Context, actor *access.Actor, from Cursor) (q Part, err error) {
	err = d.Store.Read(ctx, func(tx *store.Tx) error {
		s, err := access.Over(ctx, tx, actor, Shown, access.ForQueue)
		if err != nil {
			return err
		}
		if q.Lines, err = next(ctx, tx, s, from, PageSize); err != nil {
			return err
		}
		if q.More, err = goesOn(ctx, tx, actor, q.Lines); err != nil {
			return err
		}
		q.Length, err = count(ctx, tx, actor)
		return err
	})
	return q, err
}

// Opened is somebody in the queue with the access to them.
type Opened struct {
	access.Access
	ID ID
}

// NextOpen gives the first n in the queue, in its order, to call.
func NextOpen(ctx context.Context, tx *store.Tx, s access.Scope, n int) ([]Opened, error) {
	rows, err := tx.Query(ctx, queueList, s.Args(s.Actor().Unit(), "", 0, n)...)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var list []Opened
	for rows.Next() {
		a, l, err := ScanLine(s, rows)
		if err != nil {
			return nil, err
		}
		list = append(list, Opened{a, l.ID})
	}
	return list, rows.Err()
}

// Next gives the first n in the queue to show, in its order.
func Next(ctx context.Context, tx *store.Tx, s access.Scope, n int) ([]Line, error) {
	return next(ctx, tx, s, Cursor{}, n)
}

func next(ctx context.Context, tx *store.Tx, s access.Scope, from Cursor, n int) ([]Line, error) {
	rows, err := tx.Query(ctx, queueList, s.Args(s.Actor().Unit(), string(from.On), from.ID, n)...)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var lines []Line
	for rows.Next() {
		_, l, err := ScanLine(s, rows)
		if err != nil {
			return nil, err
		}
		lines = append(lines, l)
	}
	return lines, rows.Err()
}

// goesOn tells whether the queue goes on after the lines.
func goesOn(ctx context.Context, tx *store.Tx, actor *access.Actor, lines []Line) (bool, error) {
	if len(lines) < PageSize {
		return false, nil
	}
	last := lines[len(lines)-1]
	var n int
	err := tx.One(ctx, store.Q(`SELECT count(*) FROM (SELECT 1 FROM referral r JOIN person p ON p.area_id = r.area_id AND p.person_id = r.person_id
	 WHERE r.area_id = $1 AND r.unit_id = $7 AND r.state = 'waiting' AND (r.order_on, r.referral_id) > ($8, $9) AND `+access.Visible+` LIMIT 1) AS q`),
		append(actor.Args(Shown, access.Read), actor.Unit(), string(last.OrderOn), last.ID), &n)
	return n > 0, err
}

// MostCounted is how many of those who wait are counted: each is asked the rule about, and beyond this the work would
// grow with the queue while the figure tells nobody more.
const MostCounted = 100

// Length is how many wait.
type Length struct {
	N     int        // at most MostCounted
	Above bool       // more than that wait
	First clock.Date // when the one who has waited longest came; "" when nobody waits, or more than are counted
}

var counted = store.Q(`SELECT count(*), coalesce(min(q.received_on), '') FROM (SELECT r.received_on FROM referral r
  JOIN person p ON p.area_id = r.area_id AND p.person_id = r.person_id
 WHERE r.area_id = $1 AND r.unit_id = $7 AND r.state = 'waiting' AND ` + access.Visible + ` ORDER BY r.order_on, r.referral_id LIMIT 0 + $8) AS q`)

// count is how many wait at the actor's unit of those the actor may see, in the queue's order.
func count(ctx context.Context, tx *store.Tx, actor *access.Actor) (l Length, err error) {
	err = tx.One(ctx, counted, append(actor.Args(Shown, access.Read), actor.Unit(), MostCounted+1), &l.N, &l.First)
	if l.N > MostCounted {
		l = Length{N: MostCounted, Above: true}
	}
	return l, err
}

// Before is how many wait in a unit's queue before one who comes today, of whom no more than MostCounted are counted. It tells of nobody.
func Before(ctx context.Context, tx *store.Tx, area id.Area, unit id.Unit) (n int, err error) {
	err = tx.One(ctx, store.Q(`SELECT count(*) FROM (SELECT 1 FROM referral r WHERE r.area_id = $1 AND r.unit_id = $2 AND r.state = 'waiting' LIMIT 0 + $3) AS q`),
		[]any{area, unit, MostCounted}, &n)
	return n, err
}
