package schedule

import (
	"context"
	"slices"

	"sluss/internal/access"
	"sluss/internal/activity"
	"sluss/internal/clock"
	"sluss/internal/competence"
	"sluss/internal/id"
	"sluss/internal/org"
	"sluss/internal/store"
)

// meeting is how many minutes a meeting is reckoned to take, since it has no end of its own.
const meeting = 60

// Enter reads the house of the actor's unit, with everything taken in the span: a fixed number of statements, however
// much there is. Of meetings only the time, the room and the colleague are read, never who comes.
func Enter(ctx context.Context, tx *store.Tx, actor *access.Actor, span clock.Span) (h *House, err error) {
	h = &House{Types: map[activity.ID]activity.Type{}, taken: map[clock.Date][]block{}, was: map[OccasionID]Occasion{}}
	types, err := activity.All(ctx, tx, actor)
	if err != nil {
		return nil, err
	}
	for _, t := range types {
		h.Types[t.ID] = t
	}
	if h.Rooms, err = org.Rooms(ctx, tx, actor.Area(), actor.Unit(), actor.Now()); err != nil {
		return nil, err
	}
	if h.Posts, err = activity.Leading(ctx, tx, actor); err != nil {
		return nil, err
	}
	if h.Board, err = competence.Read(ctx, tx, actor); err != nil {
		return nil, err
	}
	if h.Hours, err = hours(ctx, tx, actor); err != nil {
		return nil, err
	}
	if h.closed, err = org.Closures(ctx, tx, actor.Area(), actor.Unit(), span.From); err != nil {
		return nil, err
	}
	if err := h.fill(ctx, tx, actor, span); err != nil {
		return nil, err
	}
	return h, h.share(ctx, tx, actor, span)
}

// fill reads what is taken: occasions, group starts, individual starts and meetings.
func (h *House) fill(ctx context.Context, tx *store.Tx, actor *access.Actor, span clock.Span) error {
	list, err := Occasions(ctx, tx, actor, span)
	if err != nil {
		return err
	}
	for _, o := range list {
		if o.State == Planned {
			h.held = append(h.held, o)
			h.was[o.ID] = o
			h.take(o)
		}
	}
	_, err = store.All(ctx, tx, store.Q(`SELECT on_date, at, until, room_id, leaders, 0 FROM start
	 WHERE area_id = $1 AND unit_id = $2 AND on_date >= $3 AND on_date < $4 AND state <> 'cancelled'
	 UNION ALL SELECT meets_on, meets_at, '', room_id, '', coach_id FROM enrolment
	 WHERE area_id = $1 AND unit_id = $2 AND meets_on >= $3 AND meets_on < $4 AND state = 'booked'
	 UNION ALL SELECT on_date, at, '', room_id, '', post_id FROM appointment
	 WHERE area_id = $1 AND unit_id = $2 AND on_date >= $3 AND on_date < $4 AND state = 'planned'`),
		[]any{actor.Area(), actor.Unit(), string(span.From), string(span.To)}, func(r *store.Cursor) (struct{}, error) {
			var b block
			var on clock.Date
			var leaders string
			var post id.Post
			err := r.Scan(&on, &b.at, &b.until, &b.room, &leaders, &post)
			if b.posts = leadersOf(leaders); post != 0 {
				b.posts = append(b.posts, post)
			}
			if b.until == "" {
				b.until = b.at.Add(meeting)
			}
			h.taken[on] = append(h.taken[on], b)
			return struct{}{}, err
		})
	return err
}

// Taken tells whether the schedule holds a room, or one of the posts, at a time. With until "" it is a meeting's hour.
func Taken(ctx context.Context, tx *store.Tx, actor *access.Actor, on clock.Date, at, until clock.LocalTime, room int64, posts ...id.Post) (roomTaken, postTaken bool, err error) {
	if until == "" {
		until = at.Add(meeting)
	}
	list, err := Occasions(ctx, tx, actor, clock.Span{From: on, To: on.Add(1)})
	for _, o := range list {
		if o.State != Planned || !o.meets(at, until) {
			continue
		}
		roomTaken = roomTaken || room != 0 && o.Room == room
		for _, p := range posts {
			for _, q := range o.Leaders {
				postTaken = postTaken || p == q
			}
		}
	}
	return roomTaken, postTaken, err
}

// led are the times that a colleague leads something.
type led []Occasion

// Meets tells whether a meeting that begins then would run into one of them.
func (l led) Meets(on clock.Date, at clock.LocalTime) bool {
	until := at.Add(meeting)
	return slices.ContainsFunc(l, func(o Occasion) bool { return o.On == on && o.meets(at, until) })
}

// Led gives the times in the span that a colleague at the actor's unit leads something.
func Led(ctx context.Context, tx *store.Tx, actor *access.Actor, p id.Post, span clock.Span) (led, error) {
	return store.All(ctx, tx, store.Q(`SELECT `+occasionColumns+occasionRows+` WHERE o.area_id = $1 AND o.unit_id = $2 AND o.on_date >= $3
	 AND o.on_date < $4 AND o.state = 'planned' AND ' ' || o.leaders || ' ' LIKE $5`),
		[]any{actor.Area(), actor.Unit(), string(span.From), string(span.To), "% " + p.String() + " %"}, scanOccasion)
}
