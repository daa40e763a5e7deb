package flow

import (
	"context"

	"sluss/internal/clock"
	"sluss/internal/id"
	"sluss/internal/store"
	"sluss/internal/thread"
)

// span is what is read for one unit: everything by month from a first month to today, with the stocks before it, and the
// days of the line.
type span struct {
	from, today clock.Date
	before      counts // stocks at the beginning of from, on the day ""
	months      counts // from the first month on
	line        counts // arrivals and ends of waiting by day, from lineFrom on
	lineFrom    clock.Date
}

// lineMonths is how far back arrivals are looked for among those who wait. Nobody who came earlier can change how long it
// takes for most.
const lineMonths = 36

// read sums the closed days' tables, what has happened since, and what is marked and not yet summed anew.
func read(ctx context.Context, tx *store.Tx, area id.Area, unit id.Unit, from, today clock.Date) (span, error) {
	s := span{from: from, today: today, before: counts{}, months: counts{}, line: counts{}, lineFrom: today.AddMonths(-lineMonths).Month()}
	st, err := readState(ctx, tx, area)
	if err != nil {
		return s, err
	}
	fresh := counts{}
	if err := fresh.between(ctx, tx, area, unit, st.closed.Add(1), today); err != nil {
		return s, err
	}
	if err := fresh.pending(ctx, tx, area, unit, st.closed); err != nil {
		return s, err
	}
	if st.closed != "" {
		if err := s.closed(ctx, tx, area, unit); err != nil {
			return s, err
		}
	}
	s.take(fresh)
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

func (s span) closed(ctx context.Context, tx *store.Tx, area id.Area, unit id.Unit) error {
	if err := s.before.read(ctx, tx, unit, store.Q(`SELECT kind, '', code, sex, age, sum(n) FROM flow_month
	 WHERE area_id = $1 AND unit_id = $2 AND month < $3 AND kind = '`+stock+`' GROUP BY kind, code, sex, age`), []any{area, unit, string(s.from)}); err != nil {
		return err
	}
	if err := s.months.read(ctx, tx, unit, store.Q(`SELECT kind, month, code, sex, age, n FROM flow_month
	 WHERE area_id = $1 AND unit_id = $2 AND month >= $3`), []any{area, unit, string(s.from)}); err != nil {
		return err
	}
	return s.line.read(ctx, tx, unit, store.Q(`SELECT kind, on_date, code, sex, age, n FROM flow_day
	 WHERE area_id = $1 AND unit_id = $2 AND kind IN ('`+arrived+`', '`+began+`', '`+gone+`') AND on_date >= $3`), []any{area, unit, string(s.lineFrom)})
}

// take adds cells by day to the sums.
func (s span) take(fresh counts) {
	for c, v := range fresh {
		if (c.Kind == arrived || c.Kind == began || c.Kind == gone) && c.On >= s.lineFrom {
			s.line[c] += v
		}
		m := c.month()
		if m.On >= s.from {
			s.months[m] += v
		} else if m.Kind == stock {
			m.On = ""
			s.before[m] += v
		}
	}
}

// spells gives the waits that were seen from a day on, of those in the groups that are wanted.
func (s span) spells(since clock.Date, wanted func(cell) bool) []Spell {
	var list []Spell
	waits := map[clock.Date]int{}
	for c, v := range s.line {
		if !wanted(c) {
			continue
		}
		if c.Kind == arrived {
			waits[c.On] += v
			continue
		}
		came := clock.Date(c.Code[:len("2006-01-02")])
		if came >= s.lineFrom {
			waits[came] -= v
		}
		if c.On >= since {
			list = append(list, spell(came, c.On, since, c.Kind == began, v))
		}
	}
	for came, n := range waits {
		if n > 0 {
			list = append(list, spell(came, s.today, since, false, n))
		}
	}
	return list
}

func spell(came, to, since clock.Date, begun bool, n int) Spell {
	return Spell{Entry: max(0, since.Sub(came)), Days: to.Sub(came), Begun: begun, N: n}
}
