package retention

import (
	"context"

	"sluss/internal/access"
	"sluss/internal/clock"
	"sluss/internal/fault"
	"sluss/internal/id"
	"sluss/internal/org"
	"sluss/internal/person"
	"sluss/internal/store"
)

// Desk holds the acts.
type Desk struct{ Store *store.Store }

// Deciders are the roles that decide on weeding. The head alone chooses whom, since nobody else may still see who they were.
var Deciders = []access.Role{access.Head, access.Coordinator}

// Person is one whose last note is so old that what is written must be destroyed.
type Person struct {
	ID     id.Person
	Name   string
	Last   clock.Date // the last note
	From   clock.Date // from when it must be destroyed
	Latest clock.Date // by when it must have been
}

// Due is who may be destroyed now, and how many are kept though their time has come.
type Due struct {
	People  []Person // those longest ago first
	Sample  int      // kept for research
	Unknown int      // kept since the day of birth is not known
	Joined  int      // kept since the record is joined with another, which may be in use
}

// gone is who is no concern of any unit any more, is in no round that goes on, and had a last note before $7.
const gone = ` AND (SELECT 1 FROM tie t WHERE t.area_id = $1 AND t.person_id = p.person_id AND t.to_on > $4 AND t.ended_at > $3 LIMIT 1) IS NULL
  AND (SELECT 1 FROM weeding w JOIN weeding_round r ON r.area_id = w.area_id AND r.round_id = w.round_id
   WHERE w.area_id = $1 AND w.person_id = p.person_id AND w.state = 'in' AND r.state <> 'dropped' LIMIT 1) IS NULL
  AND ` + lastNote + ` <= $7`

// lastNote is the day of the newest event on the person's way that is not still to come.
const lastNote = `coalesce((SELECT max(e.on_date) FROM thread_event e WHERE e.area_id = $1 AND e.person_id = p.person_id AND e.on_date <= $4), '9999-12-31')`

var selectDue = store.Q(`SELECT ` + access.Columns + `, p.identity, p.merged, ` + lastNote + ` FROM person p WHERE ` + access.Visible + gone + `
 ORDER BY ` + lastNote + `, p.person_id LIMIT 0 + $8`)

// mostDue is how many are shown at once; the rest come when these have been decided.
const mostDue = 200

// Due lists those whose time has come. It is empty for all but a head.
func (d *Desk) Due(ctx context.Context, actor *access.Actor) (due Due, err error) {
	if actor.Role() != access.Head {
		return due, nil
	}
	err = d.Store.Read(ctx, func(tx *store.Tx) error {
		s, err := access.Over(ctx, tx, actor, need, access.ForRetention)
		if err == nil {
			due, err = dueNow(ctx, tx, actor, s)
		}
		return err
	})
	return due, err
}

// need is what the list of those whose time has come is made from.
const need = access.Identity | access.Thread

func dueNow(ctx context.Context, tx *store.Tx, actor *access.Actor, s access.Scope) (due Due, err error) {
	rule, today := On(actor.Today()), actor.Today()
	area, err := org.GetArea(ctx, tx, actor.Area())
	if err != nil {
		return due, err
	}
	_, err = store.All(ctx, tx, selectDue, s.Args(string(today.AddMonths(-12*rule.Years)), mostDue), func(c *store.Cursor) (_ struct{}, err error) {
		var identity []byte
		var last clock.Date
		var merged int
		a, err := s.Row(c, &identity, &merged, &last)
		if err != nil {
			return struct{}{}, err
		}
		if merged != 0 {
			due.Joined++
			return struct{}{}, nil
		}
		who, err := person.IdentityOf(a, identity, today)
		if err == nil {
			due.add(rule, area.Municipality, Person{ID: a.Person(), Name: who.Name(), Last: last}, who)
		}
		return struct{}{}, err
	})
	return due, err
}

func (d *Due) add(rule Rule, municipality string, p Person, who person.Identity) {
	born := 0
	if !who.Number.IsZero() {
		born = who.Number.BirthDate().Time().Day()
	}
	switch {
	case born == 0:
		d.Unknown++
	case rule.Keep(municipality, born):
		d.Sample++
	default:
		p.From, p.Latest = rule.Dates(p.Last)
		d.People = append(d.People, p)
	}
}

// Year is how many records' time comes in a year.
type Year struct {
	Year   int
	People int
}

const yearsAhead = 6

// Ahead counts those who have been the concern of the actor's unit and are no longer, by the year their time comes; those of
// years gone by stand in this one. Whom research keeps is not taken away: that needs each one's day of birth.
func (d *Desk) Ahead(ctx context.Context, actor *access.Actor) (list []Year, err error) {
	if err := mayDecide(actor); err != nil {
		return nil, err
	}
	rule, this := On(actor.Today()), actor.Today().Time().Year()
	err = d.Store.Read(ctx, func(tx *store.Tx) error {
		list = make([]Year, yearsAhead)
		for i := range list {
			list[i].Year = this + i
		}
		_, err := store.All(ctx, tx, store.Q(`SELECT substr(q.last, 1, 4), count(*) FROM (SELECT `+lastNoteOf+` AS last FROM person p
		  WHERE p.area_id = $1 AND p.weeded_at = 0
		   AND (SELECT 1 FROM tie t WHERE t.area_id = $1 AND t.person_id = p.person_id AND t.unit_id = $2 LIMIT 1) = 1
		   AND (SELECT 1 FROM tie t WHERE t.area_id = $1 AND t.person_id = p.person_id AND t.to_on > $3 AND t.ended_at > $4 LIMIT 1) IS NULL) q
		 WHERE q.last < '9999' GROUP BY substr(q.last, 1, 4)`), []any{actor.Area(), actor.Unit(), string(actor.Today()), int64(actor.Now())},
			func(c *store.Cursor) (_ struct{}, err error) {
				var year string
				var n int
				if err = c.Scan(&year, &n); err != nil {
					return struct{}{}, err
				}
				y := max(clock.Date(year+"-01-01").Time().Year()+rule.Years, this)
				if y < this+yearsAhead {
					list[y-this].People += n
				}
				return struct{}{}, nil
			})
		return err
	})
	return list, err
}

// lastNoteOf is lastNote with the day in $3.
const lastNoteOf = `coalesce((SELECT max(e.on_date) FROM thread_event e WHERE e.area_id = $1 AND e.person_id = p.person_id AND e.on_date <= $3), '9999-12-31')`

func mayDecide(actor *access.Actor) error {
	for _, r := range Deciders {
		if actor.Role() == r {
			return nil
		}
	}
	return fault.New(fault.Forbidden, "fault.role")
}
