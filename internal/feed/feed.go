// Package feed is one's own times as a calendar program reads them: a worker's, or a person's own. Whoever sees the calendar on
// a telephone or a wall learns when, and nothing else.
package feed

import (
	"context"
	"slices"
	"time"

	"sluss/internal/access"
	"sluss/internal/activity"
	"sluss/internal/clock"
	"sluss/internal/id"
	"sluss/internal/placement"
	"sluss/internal/schedule"
	"sluss/internal/store"
)

// Need is what a feed is made from.
const Need = access.Activities | access.Contact

// The days around today that a calendar holds.
const (
	back  = 31
	ahead = 183
)

// meeting is how long one meets: nobody has said.
const meeting = time.Hour

// Titles are what things are called in a calendar that others may see. Activity is for an activity of a worker's, when it has no name; Talk
// for a day when a coach talks with somebody about their time at a workplace.
type Titles struct{ Time, Meeting, Activity, Talk string }

// Of gives the actor's own times: of a worker what they lead, when they meet somebody and when they talk of how it goes, of a person what they take part in, when
// they are at a workplace, and when they meet somebody. What is called off or moved stays, as called off.
func Of(ctx context.Context, tx *store.Tx, actor *access.Actor, t Titles, lang string) ([]Event, error) {
	span := clock.Span{From: actor.Today().Add(-back), To: actor.Today().Add(ahead)}
	if actor.Themself() != 0 {
		return own(ctx, tx, actor, t, span)
	}
	if err := access.Self(ctx, tx, actor); err != nil {
		return nil, err
	}
	list, err := led(ctx, tx, actor, t, lang, span)
	if err != nil {
		return nil, err
	}
	met, err := store.All(ctx, tx, store.Q(`SELECT m.appointment_id, m.on_date, m.at, m.state, m.version FROM appointment m
	 JOIN person p ON p.area_id = m.area_id AND p.person_id = m.person_id AND `+access.Unshielded+`
	 WHERE m.area_id = $1 AND m.post_id = $2 AND m.on_date >= $3 AND m.on_date < $4 ORDER BY m.on_date, m.at, m.appointment_id`),
		[]any{actor.Area(), actor.Post(), string(span.From), string(span.To)}, scanMeeting(actor, t.Meeting))
	if err != nil {
		return nil, err
	}
	talks, err := placement.TalkDays(ctx, tx, actor, span)
	for _, x := range talks {
		list = append(list, Event{UID: "f" + x.ID.String() + "@" + actor.Area().String() + ".sluss", On: x.On, Title: t.Talk, Cancelled: x.Off, Sequence: x.Version - 1})
	}
	return append(list, met...), err
}

// led are the occasions that a worker leads.
func led(ctx context.Context, tx *store.Tx, actor *access.Actor, t Titles, lang string, span clock.Span) (list []Event, err error) {
	types, err := activity.All(ctx, tx, actor)
	if err != nil {
		return nil, err
	}
	occasions, err := schedule.Occasions(ctx, tx, actor, span)
	for _, o := range occasions {
		if !slices.Contains(o.Leaders, actor.Post()) {
			continue
		}
		title := t.Activity
		if i := slices.IndexFunc(types, func(x activity.Type) bool { return x.ID == o.Activity }); i >= 0 {
			title = types[i].In(lang).Name
		}
		list = append(list, event(actor, "o", o.ID.String(), o, title))
	}
	return list, err
}

func event(actor *access.Actor, kind, k string, o schedule.Occasion, title string) Event {
	return Event{UID: kind + k + "@" + actor.Area().String() + ".sluss", On: o.On, At: o.At, Until: o.Until, Title: title,
		Cancelled: o.State == schedule.Cancelled, Sequence: o.Version - 1}
}

// own are the times of the person who acts for themself. What they are is not said.
func own(ctx context.Context, tx *store.Tx, actor *access.Actor, t Titles, span clock.Span) ([]Event, error) {
	a, err := access.OpenOwn(ctx, tx, actor, Need, access.Read)
	if err != nil {
		return nil, err
	}
	args := []any{actor.Area(), a.Person(), string(span.From), string(span.To), actor.Unit()}
	list, err := store.All(ctx, tx, store.Q(`SELECT o.occasion_id, o.on_date, o.at, o.until, o.state, o.version FROM place x
	 JOIN occasion o ON o.area_id = x.area_id AND o.run_id = x.run_id AND o.on_date >= x.from_on AND (x.to_on = '' OR o.on_date < x.to_on)
	 WHERE x.area_id = $1 AND x.person_id = $2 AND x.state = 'held' AND o.on_date >= $3 AND o.on_date < $4 AND x.unit_id = $5
	 ORDER BY o.on_date, o.at, o.occasion_id`), args, func(r *store.Cursor) (Event, error) {
		var o schedule.Occasion
		err := r.Scan(&o.ID, &o.On, &o.At, &o.Until, &o.State, &o.Version)
		return event(actor, "o", o.ID.String(), o, t.Time), err
	})
	if err != nil {
		return nil, err
	}
	met, err := store.All(ctx, tx, store.Q(`SELECT m.appointment_id, m.on_date, m.at, m.state, m.version FROM appointment m
	 WHERE m.area_id = $1 AND m.person_id = $2 AND m.on_date >= $3 AND m.on_date < $4 AND m.unit_id = $5 ORDER BY m.on_date, m.at, m.appointment_id`),
		args, scanMeeting(actor, t.Time))
	if err != nil {
		return nil, err
	}
	stays, err := placement.Stays(ctx, tx, actor, a, span.From)
	for _, x := range stays {
		list = append(list, stay(actor, x, t.Time))
	}
	return append(list, met...), err
}

// stay is a time at a workplace: one thing that comes back each week, so that what is agreed anew stands in place of what was. One that
// ended before its first day, or that holds no longer, is called off.
func stay(actor *access.Actor, x placement.Placement, title string) Event {
	e := Event{UID: "w" + x.ID.String() + "@" + actor.Area().String() + ".sluss", At: x.At, Until: x.Until, Title: title, Sequence: x.Version - 1, Days: x.Days, Last: x.Last()}
	if e.On = x.NextOn(x.From, ""); x.State != placement.Agreed && x.State != placement.Ended || e.On == "" {
		e.On, e.Days, e.Cancelled = x.From, "", true
	}
	return e
}

// scanMeeting reads when a meeting is; one that was moved is called off, and stands anew at its new time.
func scanMeeting(actor *access.Actor, title string) func(*store.Cursor) (Event, error) {
	return func(r *store.Cursor) (Event, error) {
		var k id.Of[struct{}]
		var o schedule.Occasion
		var state string
		err := r.Scan(&k, &o.On, &o.At, &state, &o.Version)
		if state == "moved" {
			o.State = schedule.Cancelled
		}
		o.Until = o.On.At(o.At).Add(meeting).LocalTime()
		if o.Until < o.At {
			o.Until = "23:59" // none goes past midnight
		}
		return event(actor, "m", k.String(), o, title), err
	}
}
