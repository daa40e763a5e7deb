package flow

import (
	"context"
	"maps"
	"time"

	"sluss/internal/clock"
	"sluss/internal/id"
	"sluss/internal/store"
	"sluss/internal/thread"
)

// Desk is where counts are made and read.
type Desk struct {
	Store *store.Store
	made  made
}

// margin is how long after midnight a day is closed: longer than any write may take, so that what is written on a day
// is there when it is closed, and what comes later is marked as stale.
const margin = 10 * time.Minute

// pieceMoves is about how many moves one piece of the work sums: a few milliseconds.
const pieceMoves = 16

// Count closes the days up to yesterday and sums anew what has changed in the past, in pieces of a few milliseconds. It
// may be stopped at any time and run by several processes; the next one goes on where it was.
func (d *Desk) Count(ctx context.Context, area id.Area, now clock.Instant) error {
	return d.count(ctx, area, now, func(clock.Date) {})
}

// Rebuild throws all sums of the area away and makes them from the thread alone. What is read meanwhile is right, only
// slower. done is told each day that is closed.
func (d *Desk) Rebuild(ctx context.Context, area id.Area, now clock.Instant, done func(clock.Date)) error {
	for ok := false; !ok; {
		err := d.Store.Write(ctx, func(tx *store.Tx) error {
			s, err := readState(ctx, tx, area)
			if err != nil {
				return err
			}
			s.closed, s.clearing = "", true
			ok, err = s.advance(ctx, tx, area)
			return err
		})
		if err != nil {
			return err
		}
	}
	return d.count(ctx, area, now, done)
}

func (d *Desk) count(ctx context.Context, area id.Area, now clock.Instant, done func(clock.Date)) error {
	last := now.Add(-margin).Date().Add(-1)
	for {
		p := piece{}
		err := d.Store.Read(ctx, func(tx *store.Tx) (err error) {
			p, err = next(ctx, tx, area, last)
			return err
		})
		if err != nil || p.nothing {
			return err
		}
		if err := d.Store.Write(ctx, func(tx *store.Tx) error { return p.write(ctx, tx, area) }); err != nil {
			return err
		}
		done(p.state.closed)
	}
}

// piece is a part of the work, made ready by reading only.
type piece struct {
	nothing bool
	state   state // as it shall be, with the version it was read at
	clear   bool  // remove some of the old sums
	diff    counts
	marks   []thread.Mark
}

// next makes ready the next piece: first what changed in the past, then the next days.
func next(ctx context.Context, tx *store.Tx, area id.Area, last clock.Date) (piece, error) {
	s, err := readState(ctx, tx, area)
	if err != nil {
		return piece{}, err
	}
	if s.clearing {
		return piece{state: s, clear: true}, nil
	}
	marks, err := thread.Marks(ctx, tx, area, 8)
	if err != nil {
		return piece{}, err
	}
	if len(marks) > 0 {
		return again(ctx, tx, area, s, marks)
	}
	if s.closed >= last {
		return piece{nothing: true}, nil
	}
	return closing(ctx, tx, area, s, last)
}

// again sums anew the closed days of the first person marked.
func again(ctx context.Context, tx *store.Tx, area id.Area, s state, marks []thread.Mark) (piece, error) {
	p := piece{state: s}
	for _, m := range marks {
		if m.Person == marks[0].Person {
			p.marks = append(p.marks, m)
		}
	}
	var err error
	p.diff, err = changed(ctx, tx, area, marks[0].Person, s.closed)
	return p, err
}

// changed gives what must be added to the closed days that a person's way touches.
func changed(ctx context.Context, tx *store.Tx, area id.Area, person id.Person, closed clock.Date) (counts, error) {
	diff := counts{}
	if closed == "" {
		return diff, nil
	}
	byUnit, err := daysOf(ctx, tx, area, person, closed)
	if err != nil {
		return nil, err
	}
	for unit, days := range byUnit {
		d, err := changedOn(ctx, tx, area, unit, days)
		if err != nil {
			return nil, err
		}
		maps.Copy(diff, d)
	}
	return diff, nil
}

// changedOn gives what must be added to given closed days of a unit.
func changedOn(ctx context.Context, tx *store.Tx, area id.Area, unit id.Unit, days []string) (counts, error) {
	old, err := stored(ctx, tx, area, unit, days)
	if err != nil {
		return nil, err
	}
	list, err := waysOn(ctx, tx, area, unit, days)
	if err != nil {
		return nil, err
	}
	return on(list, days).minus(old), nil
}

// on counts what happened on given days.
func on(list []way, days []string) counts {
	wanted := map[clock.Date]bool{}
	for _, d := range days {
		wanted[clock.Date(d)] = true
	}
	n := counts{}
	for _, w := range list {
		n.add(w, func(d clock.Date) bool { return wanted[d] })
	}
	return n
}

// closing sums the next days of all gateways.
func closing(ctx context.Context, tx *store.Tx, area id.Area, s state, last clock.Date) (piece, error) {
	units, err := gateways(ctx, tx, area)
	if err != nil {
		return piece{}, err
	}
	byDay := map[clock.Date]int{}
	to := last
	for _, u := range units {
		days, err := loads(ctx, tx, area, u.ID, s.closed, to, pieceMoves)
		if err != nil {
			return piece{}, err
		}
		for _, d := range days {
			byDay[d.On] += d.N
		}
		if len(days) == pieceMoves {
			to = days[len(days)-1].On
		}
	}
	to = fit(byDay, to)
	p := piece{state: s, diff: counts{}}
	for _, u := range units {
		if err := p.diff.between(ctx, tx, area, u.ID, s.closed.Add(1), to); err != nil {
			return piece{}, err
		}
	}
	p.state.closed = to
	return p, nil
}

// fit gives the last day up to which the moves are about a piece, at least one day that has any.
func fit(byDay map[clock.Date]int, to clock.Date) clock.Date {
	first := to
	for d := range byDay {
		first = min(first, d)
	}
	sum := byDay[first]
	for d := first.Add(1); d <= to; d = d.Add(1) {
		if sum += byDay[d]; sum > pieceMoves {
			return d.Add(-1)
		}
	}
	return to
}

// between counts what happened at a unit between two days, both included.
func (n counts) between(ctx context.Context, tx *store.Tx, area id.Area, unit id.Unit, from, to clock.Date) error {
	list, err := waysBetween(ctx, tx, area, unit, from, to)
	for _, w := range list {
		n.add(w, func(d clock.Date) bool { return from <= d && d <= to })
	}
	return err
}

// write stores a piece. When somebody else did it meanwhile, nothing is written and the next piece is made from what is.
func (p piece) write(ctx context.Context, tx *store.Tx, area id.Area) error {
	if p.clear {
		return p.remove(ctx, tx, area)
	}
	if ok, err := p.state.advance(ctx, tx, area); err != nil || !ok {
		return err
	}
	if err := p.diff.apply(ctx, tx, area); err != nil {
		return err
	}
	return thread.Unmark(ctx, tx, area, p.marks)
}

// remove takes away one month of one unit's old sums with its days, and says so when none are left.
func (p piece) remove(ctx context.Context, tx *store.Tx, area id.Area) error {
	var unit id.Unit
	var part string
	var month clock.Date
	err := tx.One(ctx, store.Q(`SELECT unit_id, part, month FROM flow_sum WHERE area_id = $1 ORDER BY unit_id, part, month LIMIT 1`), []any{area}, &unit, &part, &month)
	if err != nil && !store.None(err) {
		return err
	}
	p.state.clearing = err == nil
	if ok, err := p.state.advance(ctx, tx, area); err != nil || !ok || !p.state.clearing {
		return err
	}
	if part == inTotal { // every day with a row has one in its month's total
		if _, err := tx.Exec(ctx, store.Q(`DELETE FROM flow_day WHERE area_id = $1 AND unit_id = $2 AND on_date >= $3 AND on_date < $4`),
			area, unit, string(month), string(month.AddMonths(1))); err != nil {
			return err
		}
	}
	_, err = tx.Exec(ctx, store.Q(`DELETE FROM flow_sum WHERE area_id = $1 AND unit_id = $2 AND part = $3 AND month = $4`), area, unit, part, string(month))
	return err
}
