package place

import (
	"context"
	"strings"

	"sluss/internal/access"
	"sluss/internal/activity"
	"sluss/internal/clock"
	"sluss/internal/fault"
	"sluss/internal/id"
	"sluss/internal/person"
	"sluss/internal/schedule"
	"sluss/internal/store"
)

// Next offers a free place in a run of the activity to the one whose turn it is, also when the actor may not see who that is. A
// conflict when none is free, or when nobody waits.
func (d *Desk) Next(ctx context.Context, actor *access.Actor, x activity.ID, k schedule.RunID) error {
	return d.Store.Write(ctx, func(tx *store.Tx) error {
		if err := access.Unit(ctx, tx, actor, access.Caseworkers...); err != nil {
			return err
		}
		r, err := schedule.GetRun(ctx, tx, actor, k)
		if err == nil && r.Activity != x {
			err = fault.Missing
		}
		if err != nil {
			return err
		}
		taken, err := Taken(ctx, tx, actor, actor.Today())
		if err != nil {
			return err
		}
		if taken[k] >= r.Places {
			return fault.New(fault.Conflict, "place.full", r.Places)
		}
		// whoever was asked before may be asked again: a free place that is offered anew is a new one
		who, err := pass(ctx, tx, actor.Area(), k, actor.Now(), actor.Now())
		if err != nil {
			return err
		}
		if who == 0 {
			return fault.New(fault.Conflict, "place.wait.nobody")
		}
		_, err = access.Open(ctx, tx, actor, who, Listed, access.Write, access.ForPlan)
		if fault.Is(err, fault.NotFound) {
			err = nil // nothing of them is shown
		}
		return err
	})
}

// Move moves a wish before the others, with the reason; before it stands only who was moved there earlier.
func (d *Desk) Move(ctx context.Context, actor *access.Actor, who id.Person, k ID, version int, why string) error {
	return d.change(ctx, actor, who, k, version, func(_ *store.Tx, _ access.Access, p *Place) error {
		if p.State != Wished || p.MovedAt != 0 {
			return fault.Stale
		}
		if why = strings.TrimSpace(why); why == "" {
			return fault.Form{{Kind: fault.Invalid, Key: "place.move.needed", Field: "moved"}}
		}
		p.moved(actor, why)
		return nil
	})
}

func (p *Place) moved(actor *access.Actor, why string) {
	p.Moved, p.MovedAt, p.MovedBy = why, actor.Now(), actor.Post()
}

// Unmove lets a wish stand by its date again.
func (d *Desk) Unmove(ctx context.Context, actor *access.Actor, who id.Person, k ID, version int) error {
	return d.change(ctx, actor, who, k, version, func(_ *store.Tx, _ access.Access, p *Place) error {
		if p.State != Wished || p.MovedAt == 0 {
			return fault.Stale
		}
		p.Moved, p.MovedAt, p.MovedBy = "", 0, 0
		return nil
	})
}

// Waiting is somebody who would like to take part in an activity, or is offered a place in it.
type Waiting struct {
	Person   id.Person
	Name     string
	ID       ID
	Activity activity.ID
	State    State
	WishedOn clock.Date
	AnswerBy clock.Date    // of one who is offered a place
	AskedAt  clock.Instant // when they were last offered one
	MovedAt  clock.Instant
	MovedBy  id.Post
	Moved    string // why they were moved before the others
	Beside   *Both  // what is at the same time as what they are offered; nil for nothing
}

const waitColumns = `SELECT ` + access.Columns + `, p.identity, x.place_id, x.activity_id, x.state, x.wished_on, x.answer_by, x.asked_at, x.moved_at, x.moved_by, x.sealed FROM `

var (
	waitOf = store.Q(waitColumns + `place x JOIN person p ON p.area_id = x.area_id AND p.person_id = x.person_id
 WHERE x.area_id = $1 AND x.unit_id = $7 AND x.activity_id = $8 AND x.state IN ('wished', 'offered') AND ` + access.Unshielded + ` AND ` + access.Visible + inTurn)
	offersOf = store.Q(waitColumns + `assignment g
 JOIN place x ON x.area_id = g.area_id AND x.person_id = g.person_id AND x.unit_id = $7 AND x.state = 'offered'
 JOIN person p ON p.area_id = g.area_id AND p.person_id = g.person_id
 WHERE g.area_id = $1 AND g.post_id = $2 AND g.from_on <= $4 AND g.to_on > $4 AND g.ended_at > $3 AND ` + access.Visible + `
 ORDER BY x.answer_by, x.place_id LIMIT 0 + $8`)
)

// Waits gives those who wait for an activity or are offered it, in their turn. One who is protected stands in no list.
func Waits(ctx context.Context, tx *store.Tx, actor *access.Actor, x activity.ID) ([]Waiting, error) {
	return waits(ctx, tx, actor, waitOf, x)
}

// OffersOf gives the open offers to the coach's own, the one with the nearest last day first.
func OffersOf(ctx context.Context, tx *store.Tx, actor *access.Actor, most int) ([]Waiting, error) {
	return waits(ctx, tx, actor, offersOf, most)
}

func waits(ctx context.Context, tx *store.Tx, actor *access.Actor, q store.SQL, arg any) ([]Waiting, error) {
	s, err := access.Over(ctx, tx, actor, Listed, access.ForPlan)
	if err != nil {
		return nil, err
	}
	var shown []access.Access
	list, err := store.All(ctx, tx, q, s.Args(actor.Unit(), arg), func(r *store.Cursor) (w Waiting, err error) {
		var identity, sealed []byte
		a, err := s.Row(r, &identity, &w.ID, &w.Activity, &w.State, &w.WishedOn, &w.AnswerBy, &w.AskedAt, &w.MovedAt, &w.MovedBy, &sealed)
		if err != nil {
			return w, err
		}
		f, err := a.Key(access.Activities).Open(placeOf(w.ID), wordFields, sealed)
		if err != nil {
			return w, err
		}
		w.Person, w.Moved, shown = a.Person(), f[4], append(shown, a)
		w.Name, err = person.NameOf(a, identity)
		return w, err
	})
	if err != nil {
		return nil, err
	}
	return list, besides(ctx, tx, actor, list, shown)
}
