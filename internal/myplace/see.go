package myplace

import (
	"context"
	"slices"

	"sluss/internal/access"
	"sluss/internal/clock"
	"sluss/internal/id"
	"sluss/internal/intake"
	"sluss/internal/org"
	"sluss/internal/person"
	"sluss/internal/schedule"
	"sluss/internal/store"
)

// View is all that the pages of somebody's place show.
type View struct {
	Person    person.Person // identity and contact
	Enrolled  bool          // the person has a time at the unit, also one that has ended
	Enrolment intake.Enrolment
	Coach     org.Post   // zero when there is none
	Colleague []org.Post // who may be responsible
	Promise   string     // the unit's own words for the promise, "" for the product's
	Place     Place
	Earlier   []Place      // newest first
	Adapted   []Adaptation // as they stand now, in the order they were asked for
	before    []Adaptation // every version
}

// Before gives the earlier versions of an adaptation, newest first.
func (v View) Before(d AdaptationID) []Adaptation {
	var list []Adaptation
	for _, x := range v.before {
		if x.ID == d {
			list = append(list, x)
		}
	}
	return list[min(1, len(list)):]
}

// On tells whether something can be written: the person has begun or is about to, and has not left.
func (v View) On() bool { return v.Enrolled && v.Enrolment.State != intake.Left }

// Open reads somebody's place for a page; act is Read, or Export for a page that leaves the house.
func (d *Desk) Open(ctx context.Context, actor *access.Actor, who id.Person, act access.Action) (v View, err error) {
	err = d.Store.Read(ctx, func(tx *store.Tx) error {
		var a access.Access
		v = View{}
		if v.Person, a, err = person.Open(ctx, tx, actor, who, Seen, act, access.ForPlan); err != nil {
			return err
		}
		if v.Enrolment, v.Enrolled, err = intake.Current(ctx, tx, actor, a); err != nil {
			return err
		}
		if err := v.house(ctx, tx, actor); err != nil {
			return err
		}
		return v.said(ctx, tx, actor, a)
	})
	return v, err
}

func (v *View) said(ctx context.Context, tx *store.Tx, actor *access.Actor, a access.Access) error {
	list, err := places(ctx, tx, actor, a, v.Enrolment)
	if err != nil {
		return err
	}
	v.Place, v.Earlier = newest(list), list[min(1, len(list)):]
	v.before, err = adaptations(ctx, tx, actor, a, v.Enrolment)
	v.Adapted = latest(v.before)
	return err
}

func (v *View) house(ctx context.Context, tx *store.Tx, actor *access.Actor) error {
	s, err := org.SettingsAt(ctx, tx, actor.Area(), actor.Unit(), actor.Today())
	if err != nil {
		return err
	}
	v.Promise = s.Promise
	if v.Colleague, err = org.Colleagues(ctx, tx, actor.Area(), actor.Unit(), actor.Now()); err != nil {
		return err
	}
	if v.Enrolment.Coach != 0 {
		v.Coach, err = org.GetPost(ctx, tx, actor.Area(), v.Enrolment.Coach, actor.Now())
	}
	return err
}

// OwnPlace is what is agreed about the place of the person who reads it.
type OwnPlace struct {
	On      bool // something can be asked for: the person has begun or is about to, and has not left
	Place   Place
	Adapted []Adaptation // as they stand now, in the order they were asked for
}

// Own reads what is agreed about the place of the person of the access. It needs access to Need and Thread.
func Own(ctx context.Context, tx *store.Tx, actor *access.Actor, a access.Access) (o OwnPlace, err error) {
	e, ok, err := intake.Current(ctx, tx, actor, a)
	if err != nil || !ok {
		return o, err
	}
	list, err := places(ctx, tx, actor, a, e)
	if err != nil {
		return o, err
	}
	all, err := adaptations(ctx, tx, actor, a, e)
	return OwnPlace{e.State != intake.Left, newest(list), latest(all)}, err
}

func newest(list []Place) Place {
	if len(list) == 0 {
		return Place{}
	}
	return list[0]
}

// latest gives the newest version of each adaptation.
func latest(list []Adaptation) []Adaptation {
	var now []Adaptation
	for _, x := range list {
		if len(now) == 0 || now[len(now)-1].ID != x.ID {
			now = append(now, x)
		}
	}
	return now
}

// Told is one line that whoever leads an occasion needs to know.
type Told struct {
	What  string
	Lang  string
	Reply string // how it is done, when in another way than was asked for
}

var forLeader = store.Q(`SELECT ` + access.Columns + `, ` + adaptationColumns + ` FROM adaptation d
 JOIN enrolment e ON e.area_id = d.area_id AND e.enrolment_id = d.enrolment_id AND e.state <> 'left'
 JOIN place x ON x.area_id = d.area_id AND x.person_id = d.person_id AND x.unit_id = d.unit_id AND x.run_id = $8 AND x.state = 'held'
  AND x.from_on <= $9 AND (x.to_on = '' OR x.to_on > $9)
 JOIN person p ON p.area_id = d.area_id AND p.person_id = d.person_id
 WHERE d.area_id = $1 AND d.unit_id = $7 AND d.latest = 1 AND d.leader = 1 AND d.answer IN ('yes', 'instead') AND ` + access.Unshielded + `
  AND ` + access.Visible + ` ORDER BY d.adaptation_id`)

// ForLeader gives whoever leads an occasion what they need to know about those who come to it, and nothing else of their
// place: the adaptations marked so that the gateway has said yes to. To everybody else it gives nothing.
func ForLeader(ctx context.Context, tx *store.Tx, actor *access.Actor, o schedule.Occasion) (map[id.Person][]Told, error) {
	if !slices.Contains(o.Leaders, actor.Post()) {
		return nil, nil
	}
	s, err := access.Over(ctx, tx, actor, LeaderNeed, access.ForPlan)
	if err != nil {
		return nil, err
	}
	rows, err := tx.Query(ctx, forLeader, s.Args(actor.Unit(), o.Run, string(o.On))...)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	told := map[id.Person][]Told{}
	for rows.Next() {
		var n scanned
		a, err := s.Row(rows, n.dest()...)
		if err != nil {
			return nil, err
		}
		x, err := n.open(a.Key(access.MyPlace))
		if err != nil {
			return nil, err
		}
		told[a.Person()] = append(told[a.Person()], Told{x.What, x.Lang, x.Reply})
	}
	return told, rows.Err()
}

// Overdue is an adaptation whose day has passed while somebody still has something to do, or that the person has asked for alone and
// nobody has answered.
type Overdue struct {
	Person      id.Person
	Name        string
	ID          AdaptationID
	What        string
	DueOn       clock.Date
	Waits       bool // no answer has been given
	Responsible id.Post
}

var overdue = store.Q(`SELECT ` + access.Columns + `, p.identity, ` + adaptationColumns + ` FROM adaptation d
 JOIN enrolment e ON e.area_id = d.area_id AND e.enrolment_id = d.enrolment_id AND e.state <> 'left'
 JOIN person p ON p.area_id = d.area_id AND p.person_id = d.person_id
 WHERE d.area_id = $1 AND d.unit_id = $7 AND d.latest = 1 AND d.done_on = '' AND (d.due_on < $4 OR d.answer = '' AND d.how = 'own') AND d.answer <> 'no'
 AND (d.responsible_id = $2 OR $8 = 1) AND ` + access.Visible + ` ORDER BY d.due_on, d.adaptation_id LIMIT 0 + $9`)

// Late gives what the actor is responsible for that is late, or that nobody has answered yet, oldest first; to the head all that is late at the unit.
func Late(ctx context.Context, tx *store.Tx, actor *access.Actor, most int) ([]Overdue, error) {
	s, err := access.Over(ctx, tx, actor, Listed, access.ForPlan)
	if err != nil {
		return nil, err
	}
	all := 0
	if actor.Role() == access.Head {
		all = 1
	}
	rows, err := tx.Query(ctx, overdue, s.Args(actor.Unit(), all, most)...)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var list []Overdue
	for rows.Next() {
		x, err := lateOne(s, rows)
		if err != nil {
			return nil, err
		}
		list = append(list, x)
	}
	return list, rows.Err()
}

func lateOne(s access.Scope, rows *store.Cursor) (Overdue, error) {
	var n scanned
	var identity []byte
	a, err := s.Row(rows, append([]any{&identity}, n.dest()...)...)
	if err != nil {
		return Overdue{}, err
	}
	name, err := person.NameOf(a, identity)
	if err != nil {
		return Overdue{}, err
	}
	x, err := n.open(a.Key(Need))
	return Overdue{a.Person(), name, x.ID, x.What, x.DueOn, x.Answer == Waiting, x.Responsible}, err
}
