package workplace

import (
	"context"
	"slices"

	"sluss/internal/access"
	"sluss/internal/clock"
	"sluss/internal/store"
)

// Stay is the time that somebody has at a workplace, or has been proposed. It names nobody.
type Stay struct {
	Workplace ID
	Row       int64 // of the placement
	From, To  clock.Date
}

// Peak is how many of the stays are there at once, at most, on the days from one to another. Who has not ended is there also
// after the day that was agreed, until today.
func Peak(list []Stay, from, to, today clock.Date) int {
	most := 0
	for _, x := range append([]Stay{{From: from}}, list...) { // there are never more than on a day when somebody begins
		day := max(x.From, from)
		if day > to {
			continue
		}
		n := 0
		for _, s := range list {
			if s.From <= day && day <= max(s.To, today) {
				n++
			}
		}
		most = max(most, n)
	}
	return most
}

// Free tells how many places there are for who comes on some days, besides those of one stay.
func (w Workplace) Free(list []Stay, from, to, today clock.Date, but int64) int {
	mine := slices.DeleteFunc(slices.Clone(list), func(s Stay) bool { return s.Workplace != w.ID || s.Row == but })
	return w.Places - Peak(mine, from, to, today)
}

// Stays gives those at the unit's workplaces, whoever they are.
func Stays(ctx context.Context, tx *store.Tx, actor *access.Actor) ([]Stay, error) {
	return store.All(ctx, tx, store.Q(`SELECT workplace_id, placement_id, from_on, to_on FROM placement
	 WHERE area_id = $1 AND unit_id = $2 AND state IN ('proposed', 'agreed')`), []any{actor.Area(), actor.Unit()}, func(r *store.Cursor) (s Stay, err error) {
		err = r.Scan(&s.Workplace, &s.Row, &s.From, &s.To)
		return s, err
	})
}
