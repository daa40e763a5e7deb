package placement

import (
	"context"
	"strings"

	"sluss/internal/access"
	"sluss/internal/clock"
	"sluss/internal/store"
)

// Last is the last day at the workplace: of what has ended the day before one was there no longer.
func (p Placement) Last() clock.Date {
	if p.State == Ended {
		return min(p.To, p.Ending.On.Add(-1))
	}
	return p.To
}

// NextOn gives the first day at the workplace from a day on, on the day itself only if it begins after a time; "" when none is left.
func (p Placement) NextOn(day clock.Date, after clock.LocalTime) clock.Date {
	for on := max(day, p.From); on <= p.Last(); on = on.Add(1) {
		if strings.ContainsRune(p.Days, '1'+rune(on.Weekday()+6)%7) && (on > day || p.Terms.At > after) {
			return on
		}
	}
	return ""
}

// Stays gives what the person has said yes to and was not over before a day, also what holds no longer, without what is sealed. It needs
// access to the activities.
func Stays(ctx context.Context, tx *store.Tx, actor *access.Actor, a access.Access, day clock.Date) ([]Placement, error) {
	a.Must(access.Activities)
	return store.All(ctx, tx, store.Q(`SELECT x.placement_id, x.state, x.from_on, x.to_on, x.days, x.at, x.until, x.ended_on, x.version FROM placement x
	 WHERE x.area_id = $1 AND x.person_id = $2 AND x.unit_id = $3 AND x.yes_on <> '' AND x.to_on >= $4 ORDER BY x.placement_id`),
		[]any{actor.Area(), a.Person(), actor.Unit(), string(day)}, func(r *store.Cursor) (p Placement, err error) {
			err = r.Scan(&p.ID, &p.State, &p.From, &p.To, &p.Days, &p.Terms.At, &p.Until, &p.Ending.On, &p.Version)
			return p, err
		})
}
