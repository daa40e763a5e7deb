package flow

import (
	"context"

	"sluss/internal/clock"
	"sluss/internal/id"
	"sluss/internal/store"
	"sluss/internal/thread"
)

// span is what is read for one unit: the months from a first one to today, the groups, and the waits.
type span struct {
	from, since, today clock.Date
	months             counts // everything by month from the first on, sexes and ages together
	groups             counts // by sex and age: the stocks of today, and all flows since a day; on the day ""
	waits              counts // those who wait today; the code is the day they came
	ends               counts // waits that ended since that day
}

// fresh is what a unit's closed sums do not hold yet: what has happened since, and what is marked and not summed anew.
type fresh struct {
	unit  id.Unit
	state state
	cells counts
}

func readFresh(ctx context.Context, tx *store.Tx, area id.Area, unit id.Unit, today clock.Date) (f fresh, err error) {
	f = fresh{unit: unit, cells: counts{}}
	if f.state, err = readState(ctx, tx, area); err != nil {
		return f, err
	}
	if err := f.cells.between(ctx, tx, area, unit, f.state.closed.Add(1), today); err != nil {
		return f, err
	}
	return f, f.cells.pending(ctx, tx, area, unit, f.state.closed)
}

// read adds the closed days' tables to what is fresh.
func (f fresh) read(ctx context.Context, tx *store.Tx, area id.Area, from, since, today clock.Date) (span, error) {
	s := span{from: from, since: since, today: today, months: counts{}, groups: counts{}, waits: counts{}, ends: counts{}}
	if f.state.closed != "" {
		if err := s.closed(ctx, tx, area, f.unit); err != nil {
			return s, err
		}
	}
	s.take(f.cells)
	return s, nil
}

// pending adds what the marks not yet worked off change in the closed days of a unit.
func (n counts) pending(ctx context.Context, tx *store.Tx, area id.Area, unit id.Unit, closed clock.Date) error {
	if closed == "" {
		return nil
	}
	marks, err := thread.Marks(ctx, tx, area, 1000)
	if err != nil || len(marks) == 0 {
		return err
	}
	seen := map[string]bool{}
	var days []string
	for i, m := range marks {
		if i > 0 && marks[i-1].Person == m.Person {
			continue
		}
		byUnit, err := daysOf(ctx, tx, area, m.Person, closed)
		if err != nil {
			return err
		}
		for _, d := range byUnit[unit] {
			if !seen[d] {
				seen[d] = true
				days = append(days, d)
			}
		}
	}
	diff, err := changedOn(ctx, tx, area, unit, days)
	for c, v := range diff {
		n[c] += v
	}
	return err
}

var closedMonths = store.Q(`SELECT kind, month, code, sex, age, n FROM flow_sum
 WHERE area_id = $1 AND unit_id = $2 AND part = '` + inTotal + `' AND month >= $3`)

var closedGroups = store.Q(`SELECT kind, '', code, sex, age, n FROM flow_sum
 WHERE area_id = $1 AND unit_id = $2 AND part = '` + inGroup + `' AND month >= $3`)

var closedStocks = store.Q(`SELECT kind, '', code, sex, age, n FROM flow_sum
 WHERE area_id = $1 AND unit_id = $2 AND part = '` + inNow + `' AND month = '' AND kind = '` + stock + `'`)

var closedWaits = store.Q(`SELECT kind, '', code, sex, age, n FROM flow_sum
 WHERE area_id = $1 AND unit_id = $2 AND part = '` + inNow + `' AND month = '' AND kind = '` + arrived + `'`)

var closedEnds = store.Q(`SELECT kind, on_date, code, sex, age, n FROM flow_day
 WHERE area_id = $1 AND unit_id = $2 AND kind IN ('` + began + `', '` + gone + `') AND on_date >= $3`)

func (s span) closed(ctx context.Context, tx *store.Tx, area id.Area, unit id.Unit) error {
	for _, x := range []struct {
		to   counts
		q    store.SQL
		from clock.Date
	}{{s.months, closedMonths, s.from}, {s.groups, closedGroups, s.since}, {s.groups, closedStocks, ""}, {s.waits, closedWaits, ""}, {s.ends, closedEnds, s.since}} {
		args := []any{area, unit}
		if x.from != "" {
			args = append(args, string(x.from))
		}
		if err := x.to.read(ctx, tx, unit, x.q, args); err != nil {
			return err
		}
	}
	return nil
}

// take adds cells by day to the sums.
func (s span) take(fresh counts) {
	for c, v := range fresh {
		if (c.Kind == began || c.Kind == gone) && c.On >= s.since {
			s.ends[c] += v
		}
	}
	for x, v := range fresh.sums() {
		switch {
		case x.part == inTotal && x.On >= s.from:
			s.months[x.cell] += v
		case x.part == inGroup && x.On >= s.since:
			x.On = ""
			s.groups[x.cell] += v
		case x.part == inNow && x.Kind == stock:
			s.groups[x.cell] += v
		case x.part == inNow:
			s.waits[x.cell] += v
		}
	}
}

// spells gives the waits that were seen since the day, of those in the groups that are wanted.
func (s span) spells(wanted func(cell) bool) []Spell {
	list := make([]Spell, 0, len(s.ends)+len(s.waits))
	for c, n := range s.ends {
		if wanted(c) {
			list = append(list, s.spell(c.came(), c.On, c.Kind == began, n))
		}
	}
	for c, n := range s.waits {
		if n > 0 && wanted(c) {
			list = append(list, s.spell(c.came(), s.today, false, n))
		}
	}
	return list
}

func (s span) spell(came, to clock.Date, begun bool, n int) Spell {
	return Spell{Entry: max(0, s.since.Sub(came)), Days: to.Sub(came), Begun: begun, N: n}
}
