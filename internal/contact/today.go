package contact

import (
	"cmp"
	"context"
	"slices"

	"sluss/internal/access"
	"sluss/internal/clock"
	"sluss/internal/id"
	"sluss/internal/person"
	"sluss/internal/store"
)

// Meeting is an appointment with the name of whom it is with.
type Meeting struct {
	Appointment
	Name string
}

// Listed is what the lists of meetings and of the silent tell.
const Listed = access.Identity | access.Contact

var meetingsOn = store.Q(`SELECT ` + access.Columns + `, p.identity, ` + appointmentColumns + ` FROM appointment m` + appointmentWorker + `
 JOIN person p ON p.area_id = m.area_id AND p.person_id = m.person_id
 WHERE m.area_id = $1 AND m.post_id = $2 AND m.on_date = $7 AND m.state <> 'moved' AND ` + access.Visible + ` ORDER BY m.at, m.appointment_id`)

// Today gives the actor's own meetings of a day in order, those held and those missed too.
func Today(ctx context.Context, tx *store.Tx, actor *access.Actor, day clock.Date) ([]Meeting, error) {
	s, err := access.Over(ctx, tx, actor, Listed, access.ForContact)
	if err != nil {
		return nil, err
	}
	rows, err := tx.Query(ctx, meetingsOn, s.Args(string(day))...)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var list []Meeting
	for rows.Next() {
		var m Meeting
		var identity, sealed []byte
		a, err := s.Row(rows, append([]any{&identity}, m.dest(&sealed)...)...)
		if err != nil {
			return nil, err
		}
		m.Person = a.Person()
		if m.Name, err = person.NameOf(a, identity); err != nil {
			return nil, err
		}
		if err := m.open(a, sealed); err != nil {
			return nil, err
		}
		list = append(list, m)
	}
	return list, rows.Err()
}

// Quiet is somebody whom nobody has met for a while.
type Quiet struct {
	Person      id.Person
	Name        string
	Phone       string
	Email       string
	Reach       string // how the person wants to be reached: one of person.Reaches
	When        string // and when, in words
	Language    string // in which language
	Interpreter bool
	LastOn      clock.Date // last met, or the individual start for one never met since
	NextOn      clock.Date // a meeting that is planned, "" for none
	Coach       id.Post    // 0 for none
}

var silentOf = store.Q(`SELECT ` + access.Columns + `, p.identity, p.contact, p.reach, p.language, p.interpreter, coalesce(x.post_id, 0), e.began_on,
 coalesce((SELECT max(m.on_date) FROM appointment m WHERE m.area_id = $1 AND m.person_id = p.person_id AND m.unit_id = $7 AND m.state = 'met'), ''),
 coalesce((SELECT max(n.on_date) FROM note n WHERE n.area_id = $1 AND n.person_id = p.person_id AND n.unit_id = $7 AND n.state = 'signed'
  AND n.kind IN ('meeting', 'phone', 'video')), ''),
 coalesce((SELECT min(m.on_date) FROM appointment m WHERE m.area_id = $1 AND m.person_id = p.person_id AND m.unit_id = $7 AND m.state = 'planned'
  AND m.on_date >= $4), '')
 FROM enrolment e JOIN person p ON p.area_id = e.area_id AND p.person_id = e.person_id
 LEFT JOIN assignment x ON x.area_id = p.area_id AND x.person_id = p.person_id AND x.from_on <= $4 AND x.to_on > $4 AND x.ended_at > $3
 WHERE e.area_id = $1 AND e.unit_id = $7 AND e.state = 'active' AND ` + access.Visible)

var silentMine = store.Q(` AND x.post_id = $8`)

// Silent gives the participants whom nobody has met or spoken with for more than so many days, the longest first: a coach's
// own, for other roles the whole unit's. One who rests is not among them.
func Silent(ctx context.Context, tx *store.Tx, actor *access.Actor, days int) ([]Quiet, error) {
	s, err := access.Over(ctx, tx, actor, Listed, access.ForContact)
	if err != nil {
		return nil, err
	}
	q, args := silentOf, s.Args(actor.Unit())
	if actor.Role() == access.Coach {
		q, args = store.Join(silentOf, silentMine), append(args, actor.Post())
	}
	rows, err := tx.Query(ctx, q, args...)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var list []Quiet
	for rows.Next() {
		n, ok, err := quiet(s, rows, actor.Today().Add(-days))
		if err != nil {
			return nil, err
		}
		if ok {
			list = append(list, n)
		}
	}
	slices.SortStableFunc(list, func(a, b Quiet) int { return cmp.Or(cmp.Compare(a.LastOn, b.LastOn), cmp.Compare(a.Person, b.Person)) })
	return list, rows.Err()
}

// quiet reads a row and keeps it when nobody has met the person on the day or later; only such a one counts as shown.
func quiet(s access.Scope, rows *store.Cursor, since clock.Date) (n Quiet, ok bool, err error) {
	var identity, sealed []byte
	var met, note clock.Date
	var interpreter int
	a, err := s.Peek(rows, &identity, &sealed, &n.Reach, &n.Language, &interpreter, &n.Coach, &n.LastOn, &met, &note, &n.NextOn)
	if n.LastOn = max(n.LastOn, met, note); err != nil || n.LastOn >= since {
		return n, false, err
	}
	a.Show()
	n.Interpreter = interpreter == 1
	return n, true, n.fill(a.Access, identity, sealed)
}

func (n *Quiet) fill(a access.Access, identity, sealed []byte) (err error) {
	n.Person = a.Person()
	if n.Name, err = person.NameOf(a, identity); err != nil {
		return err
	}
	c, err := person.ContactOf(a, sealed)
	n.Phone, n.Email, n.When = c.Phone, c.Email, c.ReachWhen
	return err
}
