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
	return store.All(ctx, tx, store.Q(`SELECT x.placement_id, x.state, x.kind, x.workplace_id, x.from_on, x.to_on, x.days, x.at, x.until, x.ended_on, x.version FROM placement x
	 WHERE x.area_id = $1 AND x.person_id = $2 AND x.unit_id = $3 AND x.yes_on <> '' AND x.to_on >= $4 ORDER BY x.placement_id`),
		[]any{actor.Area(), a.Person(), actor.Unit(), string(day)}, func(r *store.Cursor) (p Placement, err error) {
			err = r.Scan(&p.ID, &p.State, &p.Kind, &p.Workplace, &p.From, &p.To, &p.Days, &p.Terms.At, &p.Until, &p.Ending.On, &p.Version)
			return p, err
		})
}

// TalkDay is a day when one talks about how a placement goes, without whose it is.
type TalkDay struct {
	ID      TalkID
	On      clock.Date
	Off     bool // the placement holds no longer, and it was not held
	Version int  // of the placement
}

// TalkDays gives the days in a span when the acting worker, as coach, talks with somebody about a placement that was agreed. Of nobody who
// is protected.
func TalkDays(ctx context.Context, tx *store.Tx, actor *access.Actor, span clock.Span) ([]TalkDay, error) {
	if err := access.Self(ctx, tx, actor); err != nil {
		return nil, err
	}
	return store.All(ctx, tx, store.Q(`SELECT t.talk_id, t.due_on, t.held_on, x.state, x.version FROM assignment g
	 JOIN placement x ON x.area_id = g.area_id AND x.person_id = g.person_id AND x.unit_id = $5 AND x.yes_on <> ''
	 JOIN placement_talk t ON t.area_id = x.area_id AND t.person_id = x.person_id AND t.placement_id = x.placement_id AND t.due_on >= $3 AND t.due_on < $4
	 JOIN person p ON p.area_id = x.area_id AND p.person_id = x.person_id AND p.weeded_at = 0 AND `+access.Unshielded+`
	 WHERE g.area_id = $1 AND g.post_id = $2 AND g.from_on <= $6 AND g.to_on > $6 AND g.ended_at > $7 ORDER BY t.due_on, t.talk_id`),
		[]any{actor.Area(), actor.Post(), string(span.From), string(span.To), actor.Unit(), string(actor.Today()), int64(actor.Now())},
		func(r *store.Cursor) (d TalkDay, err error) {
			var held clock.Date
			var state State
			err = r.Scan(&d.ID, &d.On, &held, &state, &d.Version)
			d.Off = held == "" && state != Agreed
			return d, err
		})
}
