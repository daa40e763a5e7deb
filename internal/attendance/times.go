package attendance

import (
	"context"

	"sluss/internal/access"
	"sluss/internal/activity"
	"sluss/internal/clock"
	"sluss/internal/fault"
	"sluss/internal/id"
	"sluss/internal/person"
	"sluss/internal/schedule"
	"sluss/internal/store"
)

// The days around today that a page about somebody's times shows.
const (
	back  = 92
	ahead = 43
)

const timeColumns = occasionColumns + `, ` + resting + `, ` + wordColumns

const occasionColumns = `o.occasion_id, o.run_id, o.turn_id, o.activity_id, o.on_date, o.at, o.until, o.room_id, o.state`

// resting tells whether the person rests that day, which is of the thread.
const resting = `CASE WHEN EXISTS (SELECT 1 FROM pause z WHERE z.area_id = x.area_id AND z.person_id = x.person_id AND z.unit_id = x.unit_id
   AND z.began_on <= o.on_date AND (z.ended_on = '' OR z.ended_on > o.on_date)) THEN 1 ELSE 0 END`

const wordColumns = `coalesce(a.mark, ''), coalesce(a.version, 0), coalesce(a.at, 0), coalesce(a.post_id, 0),
  coalesce(w.word_id, 0), w.sealed, coalesce(w.at, 0), coalesce(w.ahead, 0), coalesce(w.post_id, 0), coalesce(w.paper, 0)`

const timesOf = ` FROM place x
 JOIN occasion o ON o.area_id = x.area_id AND o.run_id = x.run_id AND o.on_date >= x.from_on AND (x.to_on = '' OR o.on_date < x.to_on)
 LEFT JOIN attendance a ON a.area_id = x.area_id AND a.occasion_id = o.occasion_id AND a.person_id = x.person_id AND a.latest = 1
 LEFT JOIN attendance_word w ON w.area_id = x.area_id AND w.person_id = x.person_id AND w.occasion_id = o.occasion_id AND w.latest = 1 AND w.stands = 1
 WHERE x.area_id = $1 AND x.person_id = $2 AND x.unit_id = $3 AND x.state = 'held'`

// Times gives the person's times at the actor's unit in a span, also those called off, in order. Why they did not come is
// given only when the access covers health.
func Times(ctx context.Context, tx *store.Tx, actor *access.Actor, a access.Access, span clock.Span) ([]Time, error) {
	a.Must(Need)
	return store.All(ctx, tx, store.Q(`SELECT `+timeColumns+timesOf+` AND o.on_date >= $4 AND o.on_date < $5 ORDER BY o.on_date, o.at, o.occasion_id`),
		[]any{actor.Area(), a.Person(), actor.Unit(), string(span.From), string(span.To)}, func(r *store.Cursor) (Time, error) { return scan(r, a) })
}

// one gives the person's time at an occasion. Missing when they have no place there.
func one(ctx context.Context, tx *store.Tx, actor *access.Actor, a access.Access, o schedule.Occasion) (Time, error) {
	a.Must(Need)
	list, err := store.All(ctx, tx, store.Q(`SELECT `+timeColumns+timesOf+` AND o.occasion_id = $4`),
		[]any{actor.Area(), a.Person(), actor.Unit(), o.ID}, func(r *store.Cursor) (Time, error) { return scan(r, a) })
	if err == nil && len(list) == 0 {
		err = fault.Missing
	}
	if err != nil {
		return Time{}, err
	}
	return list[0], nil
}

func scan(r *store.Cursor, a access.Access) (t Time, err error) {
	var w Word
	var row id.Of[wordTag]
	var sealed []byte
	err = r.Scan(&t.ID, &t.Run, &t.Turn, &t.Activity, &t.On, &t.At, &t.Until, &t.Room, &t.State, &t.Resting,
		&t.Mark, &t.Marking, &t.MarkedAt, &t.MarkedBy, &row, &sealed, &w.At, &w.Ahead, &w.By, &w.Paper)
	if err != nil || row == 0 {
		return t, err
	}
	t.Word = &w
	if a.May(access.Health) && len(sealed) > 0 {
		f, err := a.Key(access.Health).Open(wordPlace(row), 2, sealed)
		if err != nil {
			return t, err
		}
		w.Excuse = Excuse{Ill: f[0] == "1", Why: f[1]}
	}
	return t, nil
}

// View is all that a page about somebody's times shows.
type View struct {
	Person person.Person
	Times  []Time
	Types  map[activity.ID]activity.Type
	Coach  bool // the reader is the person's coach, and sees why
}

// Get gives one of the times; nil when the person has no such.
func (v View) Get(k schedule.OccasionID) *Time {
	for i := range v.Times {
		if v.Times[i].ID == k {
			return &v.Times[i]
		}
	}
	return nil
}

// Open reads a person's times for a page.
func (d *Desk) Open(ctx context.Context, actor *access.Actor, who id.Person) (v View, err error) {
	err = d.Store.Read(ctx, func(tx *store.Tx) error {
		v = View{}
		a, err := access.Open(ctx, tx, actor, who, Shown, access.Read, access.ForPlan)
		if err != nil {
			return err
		}
		if v.Person, err = person.Get(ctx, tx, actor, a); err != nil {
			return err
		}
		_, coach, err := access.Around(ctx, tx, actor, a)
		if err != nil {
			return err
		}
		if v.Coach = coach == actor.Post(); v.Coach {
			if a, err = access.Open(ctx, tx, actor, who, Seen, access.Read, access.ForPlan); err != nil {
				return err
			}
		}
		return v.read(ctx, tx, actor, a)
	})
	return v, err
}

// Mine reads the times of the person who acts for themself.
func Mine(ctx context.Context, tx *store.Tx, actor *access.Actor, a access.Access) (v View, err error) {
	return v, v.read(ctx, tx, actor, a)
}

func (v *View) read(ctx context.Context, tx *store.Tx, actor *access.Actor, a access.Access) (err error) {
	if actor.Unit() == 0 {
		return nil
	}
	if v.Times, err = Times(ctx, tx, actor, a, clock.Span{From: actor.Today().Add(-back), To: actor.Today().Add(ahead)}); err != nil || len(v.Times) == 0 {
		return err
	}
	return v.name(ctx, tx, actor)
}

// name reads what the activities are called.
func (v *View) name(ctx context.Context, tx *store.Tx, actor *access.Actor) error {
	types, err := activity.All(ctx, tx, actor)
	v.Types = map[activity.ID]activity.Type{}
	for _, t := range types {
		v.Types[t.ID] = t
	}
	return err
}
