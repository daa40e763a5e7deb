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
	spells             spells // the waits that ended since that day, and those of today
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
func (f fresh) read(ctx context.Context, tx *store.Tx, area id.Area, from, since, today clock.Date) (*span, error) {
	s := &span{from: from, since: since, today: today, months: counts{}, groups: counts{}}
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

func (s *span) closed(ctx context.Context, tx *store.Tx, area id.Area, unit id.Unit) error {
	for _, x := range []struct {
		to   func(cell, int)
		q    store.SQL
		from clock.Date
	}{{s.months.plus, closedMonths, s.from}, {s.groups.plus, closedGroups, s.since}, {s.groups.plus, closedStocks, ""},
		{s.waiting, closedWaits, ""}, {s.ended, closedEnds, s.since}} {
		args := []any{area, unit}
		if x.from != "" {
			args = append(args, string(x.from))
		}
		if err := cells(ctx, tx, unit, x.q, args, x.to); err != nil {
			return err
		}
	}
	return nil
}

// take adds cells by day to the sums.
func (s *span) take(fresh counts) {
	for c, v := range fresh {
		if (c.Kind == began || c.Kind == gone) && c.On >= s.since {
			s.ended(c, v)
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
			s.waiting(x.cell, v)
		}
	}
}

func (s *span) ended(c cell, n int) { s.spells.add(c, s.spell(c.came(), c.On, c.Kind == began, n)) }

func (s *span) waiting(c cell, n int) { s.spells.add(c, s.spell(c.came(), s.today, false, n)) }

func (s *span) spell(came, to clock.Date, begun bool, n int) Spell {
	return Spell{Entry: max(0, s.since.Sub(came)), Days: max(0, to.Sub(came)), Begun: begun, N: n}
}

// spells are waits of all, by sex and by age group.
type spells struct {
	all   []Spell
	bySex [sexes][]Spell
	byAge [ageGroups][]Spell
}

func (x *spells) add(c cell, s Spell) {
	x.all = append(x.all, s)
	x.bySex[c.Sex] = append(x.bySex[c.Sex], s)
	x.byAge[c.Age] = append(x.byAge[c.Age], s)
}

func (x *spells) join(y spells) {
	x.all = append(x.all, y.all...)
	for i := range x.bySex {
		x.bySex[i] = append(x.bySex[i], y.bySex[i]...)
	}
	for i := range x.byAge {
		x.byAge[i] = append(x.byAge[i], y.byAge[i]...)
	}
}
