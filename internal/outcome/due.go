package outcome

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

// Task is what is due.
type Task string

// The tasks; their names are texts outcome.due.*.
const (
	Confirm  Task = "confirm"  // one month has passed: do the work or the studies go on?
	Ask      Task = "followup" // how does it go?
	Expected Task = "pause"    // the person thought to be back by now
)

// Duty is one thing due about one person.
type Duty struct {
	Person id.Person
	Name   string
	Phone  string
	Email  string
	Reach  string // how the person wants to be reached: one of person.Reaches
	When   string // and when, in words
	Task   Task
	Months int        // of a follow-up
	Reason Reason     // of the exit
	On     clock.Date // due since
	Coach  id.Post    // 0 for none
}

// Shown is what the list of duties tells.
const Shown = access.Identity | access.Contact | access.Thread

// Due gives what is due until a day, oldest first: a coach's own people, for other roles the whole unit's.
func Due(ctx context.Context, tx *store.Tx, actor *access.Actor, until clock.Date) ([]Duty, error) {
	return due(ctx, tx, actor, until, actor.Role() == access.Coach)
}

// DueAtUnit gives what is due at the unit until a day, whoever the coach is, oldest first.
func (d *Desk) DueAtUnit(ctx context.Context, actor *access.Actor, until clock.Date) (list []Duty, err error) {
	err = d.Store.Read(ctx, func(tx *store.Tx) error {
		list, err = due(ctx, tx, actor, until, false)
		return err
	})
	return list, err
}

const (
	dueColumns = access.Columns + `, p.identity, p.contact, p.reach, coalesce(x.post_id, 0)`
	dueCoach   = ` LEFT JOIN assignment x ON x.area_id = p.area_id AND x.person_id = p.person_id
	  AND x.from_on <= $4 AND x.to_on > $4 AND x.ended_at > $3`
)

var (
	dueFollowUps = store.Q(`SELECT ` + dueColumns + `, f.due_on, f.months, e.reason FROM followup f
	 JOIN exit e ON e.area_id = f.area_id AND e.exit_id = f.exit_id
	 JOIN person p ON p.area_id = f.area_id AND p.person_id = f.person_id` + dueCoach + `
	 WHERE f.area_id = $1 AND f.unit_id = $7 AND f.state = 'open' AND f.due_on <= $8 AND ` + access.Visible)
	duePauses = store.Q(`SELECT ` + dueColumns + `, z.expected_on, 0, '' FROM pause z
	 JOIN person p ON p.area_id = z.area_id AND p.person_id = z.person_id` + dueCoach + `
	 WHERE z.area_id = $1 AND z.unit_id = $7 AND z.ended_on = '' AND z.expected_on <= $8 AND ` + access.Visible)
	dueMine = store.Q(` AND x.post_id = $9`)
)

func due(ctx context.Context, tx *store.Tx, actor *access.Actor, until clock.Date, mine bool) ([]Duty, error) {
	s, err := access.Over(ctx, tx, actor, Shown, access.ForFollowUp)
	if err != nil {
		return nil, err
	}
	args := s.Args(actor.Unit(), string(until))
	follows, pauses := dueFollowUps, duePauses
	if mine {
		args = append(args, actor.Post())
		follows, pauses = store.Join(follows, dueMine), store.Join(pauses, dueMine)
	}
	list, err := duties(ctx, tx, s, follows, args, nil)
	if err != nil {
		return nil, err
	}
	list, err = duties(ctx, tx, s, pauses, args, list)
	slices.SortStableFunc(list, func(a, b Duty) int {
		return cmp.Or(cmp.Compare(a.On, b.On), cmp.Compare(a.Person, b.Person), cmp.Compare(a.Months, b.Months))
	})
	return list, err
}

func duties(ctx context.Context, tx *store.Tx, s access.Scope, q store.SQL, args []any, list []Duty) ([]Duty, error) {
	rows, err := tx.Query(ctx, q, args...)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	for rows.Next() {
		var n Duty
		var identity, contact []byte
		a, err := s.Row(rows, &identity, &contact, &n.Reach, &n.Coach, &n.On, &n.Months, &n.Reason)
		if err != nil {
			return nil, err
		}
		if n.Name, err = person.NameOf(a, identity); err != nil {
			return nil, err
		}
		c, err := person.ContactOf(a, contact)
		if err != nil {
			return nil, err
		}
		n.Person, n.Phone, n.Email, n.When, n.Task = a.Person(), c.Phone, c.Email, c.ReachWhen, n.task()
		list = append(list, n)
	}
	return list, rows.Err()
}

func (n Duty) task() Task {
	switch n.Months {
	case 0:
		return Expected
	case confirmMonths:
		return Confirm
	default:
		return Ask
	}
}
