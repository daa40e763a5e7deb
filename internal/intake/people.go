package intake

import (
	"context"

	"sluss/internal/access"
	"sluss/internal/clock"
	"sluss/internal/id"
	"sluss/internal/person"
	"sluss/internal/store"
)

// Participant is one in a list of those at the gateway.
type Participant struct {
	Enrolment
	Name        string
	BirthYear   int
	Language    string
	Interpreter bool
	Reach       string
}

// PageSize is how many participants a page of the unit's list has.
const PageSize = 50

// Seen is what the lists of participants tell about each.
const Seen = access.Identity | access.Contact | access.Thread

const participantColumns = access.Columns + `, p.identity, p.birth_year, p.language, p.interpreter, p.reach, ` + enrolmentColumns

func scanParticipant(s access.Scope, rows *store.Cursor) (Participant, error) {
	var x Participant
	var identity []byte
	var interpreter int
	a, err := s.Row(rows, append([]any{&identity, &x.BirthYear, &x.Language, &interpreter, &x.Reach}, x.Enrolment.dest()...)...)
	if err != nil {
		return x, err
	}
	x.Interpreter = interpreter == 1
	x.Name, err = person.NameOf(a, identity)
	return x, err
}

func participants(ctx context.Context, tx *store.Tx, s access.Scope, q store.SQL, own ...any) ([]Participant, error) {
	rows, err := tx.Query(ctx, q, s.Args(own...)...)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var list []Participant
	for rows.Next() {
		x, err := scanParticipant(s, rows)
		if err != nil {
			return nil, err
		}
		list = append(list, x)
	}
	return list, rows.Err()
}

var caseload = store.Q(`SELECT ` + participantColumns + ` FROM enrolment e JOIN person p ON p.area_id = e.area_id AND p.person_id = e.person_id
 WHERE e.area_id = $1 AND e.coach_id = $7 AND e.state IN ('booked', 'active', 'paused') AND ` + access.Visible + ` LIMIT 500`)

// Caseload gives those a coach is coach for, by name.
func (d *Desk) Caseload(ctx context.Context, actor *access.Actor, coach id.Post) (list []Participant, err error) {
	err = d.Store.Read(ctx, func(tx *store.Tx) error {
		s, err := access.Over(ctx, tx, actor, Seen, access.ForContact)
		if err != nil {
			return err
		}
		list, err = participants(ctx, tx, s, caseload, coach)
		return err
	})
	person.SortByName(list, func(p Participant) string { return p.Name })
	return list, err
}

// Mark is where a page of participants begins: after the one with this day and id. Its zero value is the beginning.
type Mark struct {
	On clock.Date
	ID EnrolmentID
}

// A bare parameter after LIMIT would have SQLite plan the statement anew at each call, since it looks at the value.
var atUnit = store.Q(`SELECT ` + participantColumns + ` FROM enrolment e JOIN person p ON p.area_id = e.area_id AND p.person_id = e.person_id
 WHERE e.area_id = $1 AND e.unit_id = $7 AND e.state = $8 AND (e.state_on, e.enrolment_id) < ($9, $10) AND ` + access.Visible + `
 ORDER BY e.state_on DESC, e.enrolment_id DESC LIMIT 0 + $11`)

// AtUnit gives a page of those in a state at the actor's unit, newest in it first, and whether there may be more.
func (d *Desk) AtUnit(ctx context.Context, actor *access.Actor, state State, from Mark) (list []Participant, more bool, err error) {
	if from.On == "" {
		from = Mark{clock.Forever, 1<<63 - 1}
	}
	err = d.Store.Read(ctx, func(tx *store.Tx) error {
		s, err := access.Over(ctx, tx, actor, Seen, access.ForContact)
		if err != nil {
			return err
		}
		list, err = participants(ctx, tx, s, atUnit, actor.Unit(), string(state), string(from.On), from.ID, PageSize)
		return err
	})
	return list, len(list) == PageSize, err
}

var unbooked = store.Q(`SELECT ` + access.Columns + `, p.identity, c.start_id, s.on_date FROM called c
  JOIN start s ON s.area_id = c.area_id AND s.start_id = c.start_id
  JOIN referral r ON r.area_id = c.area_id AND r.referral_id = c.referral_id
  JOIN person p ON p.area_id = c.area_id AND p.person_id = +c.person_id
 WHERE c.area_id = $1 AND s.unit_id = $7 AND r.unit_id = $7 AND r.state = 'present' AND c.here = 1 AND c.moved_to = 0 AND ` + access.Visible + `
 ORDER BY s.on_date LIMIT 100`)

// Between is somebody who was at a group start and has no individual start booked.
type Between struct {
	Person id.Person
	Name   string
	Start  StartID
	On     clock.Date
}

// Unbooked gives those at the actor's unit who were at a group start and have no individual start, longest since first.
func Unbooked(ctx context.Context, tx *store.Tx, actor *access.Actor) ([]Between, error) {
	s, err := access.Over(ctx, tx, actor, access.Identity|access.Thread, access.ForStart)
	if err != nil {
		return nil, err
	}
	rows, err := tx.Query(ctx, unbooked, s.Args(actor.Unit())...)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var list []Between
	for rows.Next() {
		var b Between
		var identity []byte
		a, err := s.Row(rows, &identity, &b.Start, &b.On)
		if err != nil {
			return nil, err
		}
		b.Person = a.Person()
		if b.Name, err = person.NameOf(a, identity); err != nil {
			return nil, err
		}
		list = append(list, b)
	}
	return list, rows.Err()
}

var bookedMine = store.Q(`SELECT ` + participantColumns + ` FROM enrolment e JOIN person p ON p.area_id = e.area_id AND p.person_id = e.person_id
 WHERE e.area_id = $1 AND e.coach_id = $2 AND e.state = 'booked' AND e.meets_on <= $4 AND ` + access.Visible + ` ORDER BY e.meets_on, e.meets_at`)

// BookedUntilToday gives the actor's own individual starts of today and those before that nobody has told the outcome of.
func BookedUntilToday(ctx context.Context, tx *store.Tx, actor *access.Actor) ([]Participant, error) {
	s, err := access.Over(ctx, tx, actor, Seen, access.ForStart)
	if err != nil {
		return nil, err
	}
	return participants(ctx, tx, s, bookedMine)
}
