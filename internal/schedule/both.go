package schedule

import (
	"context"

	"sluss/internal/access"
	"sluss/internal/clock"
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
