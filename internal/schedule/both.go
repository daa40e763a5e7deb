package schedule

import (
	"context"
	"strconv"

	"sluss/internal/access"
	"sluss/internal/clock"
	"sluss/internal/fault"
	"sluss/internal/id"
	"sluss/internal/store"
)

// pair are two runs that somebody has a place in, on the days that they have both.
type pair struct{ run, other RunID }

// share reads of those who have places in the runs only when they have something else: which other runs, and when they have a meeting.
// Who they are is not read.
func (h *House) share(ctx context.Context, tx *store.Tx, actor *access.Actor, span clock.Span) error {
	h.both, h.talks = map[pair][]clock.Span{}, map[RunID][]block{}
	on := []any{actor.Area(), actor.Unit(), string(span.From), string(span.To)}
	_, err := store.All(ctx, tx, store.Q(`SELECT x.run_id, y.run_id, x.from_on, x.to_on, y.from_on, y.to_on FROM place x
	  JOIN place y ON y.area_id = x.area_id AND y.person_id = x.person_id AND y.run_id <> x.run_id AND y.state IN ('offered', 'held')
	 WHERE x.area_id = $1 AND x.unit_id = $2 AND x.state IN ('offered', 'held') AND x.from_on < $4 AND y.from_on < $4
	  AND (x.to_on = '' OR x.to_on > $3) AND (y.to_on = '' OR y.to_on > $3)`), on, func(r *store.Cursor) (none struct{}, err error) {
		var p pair
		var x, y clock.Span
		err = r.Scan(&p.run, &p.other, &x.From, &x.To, &y.From, &y.To)
		h.both[p] = append(h.both[p], clock.Span{From: max(x.From, y.From), To: min(ends(x.To), ends(y.To))})
		return none, err
	})
	if err != nil {
		return err
	}
	_, err = store.All(ctx, tx, store.Q(`SELECT x.run_id, m.on_date, m.at FROM place x
	  JOIN appointment m ON m.area_id = x.area_id AND m.person_id = x.person_id AND m.unit_id = x.unit_id AND m.state = 'planned'
	   AND m.on_date >= x.from_on AND (x.to_on = '' OR m.on_date < x.to_on)
	 WHERE x.area_id = $1 AND x.unit_id = $2 AND x.state IN ('offered', 'held') AND m.on_date >= $3 AND m.on_date < $4`), on, func(r *store.Cursor) (none struct{}, err error) {
		var run RunID
		var b block
		err = r.Scan(&run, &b.on, &b.at)
		b.until = b.at.Add(meeting)
		h.talks[run] = append(h.talks[run], b)
		return none, err
	})
	return err
}

func ends(to clock.Date) clock.Date {
	if to == "" {
		return clock.Forever
	}
	return to
}

// engaged is what those who have a place in a run have at the same time as one of its occasions. What stood beside it before it was moved
// stands there by agreement, and so does what is planned anew in a run that people are in already.
func (h *House) engaged(o Occasion) (list []Clash) {
	if o.ID == 0 {
		return nil
	}
	was := h.was[o.ID]
	c := Clash{Kind: PersonTaken, On: o.On, At: o.At, Until: o.Until}
	for _, b := range h.taken[o.On] {
		if b.run == 0 || b.run == o.Run || !b.meets(o.At, o.Until) || was.On == o.On && b.meets(was.At, was.Until) {
			continue
		}
		c.People, c.Other = 0, b.activity
		for _, s := range h.both[pair{o.Run, b.run}] {
			if s.Holds(o.On) {
				c.People++
			}
		}
		if c.People > 0 {
			list = append(list, c)
		}
	}
	c.People, c.Other = 0, 0
	for _, b := range h.talks[o.Run] {
		if b.on == o.On && b.meets(o.At, o.Until) && !(was.On == o.On && b.meets(was.At, was.Until)) {
			c.People++
		}
	}
	if c.People > 0 {
		list = append(list, c)
	}
	return list
}

// Beside gives what a run has at the same time as another from a day on: the first such occasion of the other, ok false for none.
func Beside(ctx context.Context, tx *store.Tx, actor *access.Actor, run, other RunID, span clock.Span) (o Occasion, ok bool, err error) {
	list, err := store.All(ctx, tx, store.Q(`SELECT `+occasionColumns+occasionRows+` JOIN occasion n ON n.area_id = o.area_id AND n.run_id = $3 AND n.on_date = o.on_date
	  AND n.at < o.until AND o.at < n.until AND n.state = 'planned'
	 WHERE o.area_id = $1 AND o.run_id = $2 AND o.state = 'planned' AND o.on_date >= $4 AND o.on_date < $5 ORDER BY o.on_date, o.at LIMIT 1`),
		[]any{actor.Area(), other, run, string(span.From), string(ends(span.To))}, scanOccasion)
	if err != nil || len(list) == 0 {
		return o, false, err
	}
	return list[0], true, nil
}

// engaged gives when a person has something else at the time of a meeting: an activity that they have a place in or are offered one in, a day
// at a workplace, another meeting or an individual start. but is the individual start that is moved, 0 for none. It needs access to the activities.
func engaged(ctx context.Context, tx *store.Tx, actor *access.Actor, a access.Access, on clock.Date, at clock.LocalTime, but int64) (s Span, ok bool, err error) {
	a.Must(access.Activities)
	day := strconv.Itoa(int(on.Weekday()+6)%7 + 1)
	list, err := store.All(ctx, tx, store.Q(`SELECT o.at AS at, o.until AS until FROM place x
	  JOIN occasion o ON o.area_id = x.area_id AND o.run_id = x.run_id AND o.on_date = $3 AND o.state = 'planned'
	 WHERE x.area_id = $1 AND x.person_id = $2 AND x.state IN ('offered', 'held') AND x.from_on <= $3 AND (x.to_on = '' OR x.to_on > $3)
	 UNION ALL SELECT w.at, w.until FROM placement w
	 WHERE w.area_id = $1 AND w.person_id = $2 AND w.state = 'agreed' AND w.from_on <= $3 AND w.to_on >= $3 AND w.days LIKE $4
	 UNION ALL SELECT m.at, '' FROM appointment m
	 WHERE m.area_id = $1 AND m.person_id = $2 AND m.state = 'planned' AND m.on_date = $3
	 UNION ALL SELECT e.meets_at, '' FROM enrolment e
	 WHERE e.area_id = $1 AND e.person_id = $2 AND e.state = 'booked' AND e.meets_on = $3 AND e.enrolment_id <> $5 ORDER BY at`),
		[]any{actor.Area(), a.Person(), string(on), "%" + day + "%", but}, func(r *store.Cursor) (s Span, err error) {
			if err = r.Scan(&s.At, &s.Until); s.Until == "" {
				s.Until = s.At.Add(meeting)
			}
			return s, err
		})
	for _, x := range list {
		if x.meets(Span{at, at.Add(meeting)}) {
			return x, true, err
		}
	}
	return s, false, err
}

// Alone refuses a meeting at a time when the person has something else, until whoever books it has said that it is agreed all the same.
func Alone(ctx context.Context, tx *store.Tx, actor *access.Actor, who id.Person, why access.Purpose, m Meeting) error {
	if m.Both {
		return nil
	}
	a, err := access.Open(ctx, tx, actor, who, access.Activities, access.Read, why)
	if err != nil {
		return err
	}
	x, ok, err := engaged(ctx, tx, actor, a, m.On, m.At, m.But)
	if err == nil && ok {
		err = fault.Form{{Kind: fault.Conflict, Key: "schedule.person.taken", Field: "both", Args: []any{clock.Hours{At: x.At, Until: x.Until}}}}
	}
	return err
}

// Meeting is when somebody is to be met. But is the individual start that is moved, 0 for none; Both says that it is agreed, whatever else there is then.
type Meeting struct {
	On   clock.Date
	At   clock.LocalTime
	But  int64
	Both bool
}
