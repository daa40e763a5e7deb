package schedule

import (
	"cmp"
	"slices"

	"sluss/internal/activity"
	"sluss/internal/calendar"
	"sluss/internal/clock"
	"sluss/internal/competence"
	"sluss/internal/id"
	"sluss/internal/org"
)

// Kind is what stands in the way of an occasion.
type Kind string

// The kinds.
const (
	RoomTaken   Kind = "room"       // something else is in the room
	RoomGone    Kind = "gone"       // the room is not in use
	RoomShut    Kind = "shut"       // it is not open at that time
	RoomSmall   Kind = "small"      // it has too few seats
	RoomLacks   Kind = "lacks"      // it lacks what the activity needs
	LeaderTaken Kind = "leader"     // the leader has something else
	LeaderAway  Kind = "away"       // it is outside the leader's hours
	LeaderGone  Kind = "left"       // the leader does not work here
	Untrained   Kind = "competence" // the leader has no competence in the method that holds on the day
	TooFew      Kind = "few"        // fewer leaders than it takes
	HouseClosed Kind = "closed"
	PersonTaken Kind = "person" // those who have a place have something else
)

// Clash is one thing that stands in the way.
type Clash struct {
	Kind      Kind
	On        clock.Date
	At, Until clock.LocalTime
	Room      int64
	Post      id.Post
	Other     activity.ID // what is there already; 0 when it is a meeting or a group start
	People    int         // how many have something else, of PersonTaken
}

// block is a time that rooms and leaders are not free.
type block struct {
	on        clock.Date // of a meeting that somebody with a place has
	run       RunID      // as occasion
	occasion  OccasionID // 0 for what is not of the schedule
	activity  activity.ID
	at, until clock.LocalTime
	room      int64
	posts     []id.Post
}

func (b block) meets(at, until clock.LocalTime) bool {
	return Span{b.at, b.until}.meets(Span{at, until})
}

// House is a unit as one plans in it: its rooms, colleagues and their competence, and what is taken in a span of days.
type House struct {
	Types  map[activity.ID]activity.Type
	Rooms  []org.Room
	Posts  []org.Post
	Board  competence.Board
	Hours  Hours
	closed []clock.Span
	held   []Occasion // those planned in the span
	taken  map[clock.Date][]block
	both   map[pair][]clock.Span   // when somebody has a place in both
	talks  map[RunID][]block       // meetings of those who have a place
	was    map[OccasionID]Occasion // as they are planned
}

// Closed tells whether the house is closed on the day before something is over: a holiday, a day the unit has closed, or
// an afternoon of an eve.
func (h *House) Closed(on clock.Date, until clock.LocalTime) bool {
	if !calendar.Working(on) || !calendar.Full(on) && until > "14:00" {
		return true
	}
	return slices.ContainsFunc(h.closed, func(s clock.Span) bool { return s.Holds(on) })
}

func (h *House) room(r int64) (org.Room, bool) {
	i := slices.IndexFunc(h.Rooms, func(x org.Room) bool { return x.ID == r })
	if i < 0 {
		return org.Room{}, false
	}
	return h.Rooms[i], true
}

func (h *House) here(p id.Post) bool {
	return slices.ContainsFunc(h.Posts, func(x org.Post) bool { return x.ID == p })
}

// Clashes is everything that stands in the way of the occasions; those among the occasions themselves too. They are put in the house as they are asked about, so that none takes another's room.
func (h *House) Clashes(list []Occasion) []Clash {
	h.free(list)
	var all []Clash
	for _, o := range list {
		all = append(all, h.clash(o)...)
		h.take(o)
	}
	slices.SortStableFunc(all, func(a, b Clash) int { return cmp.Or(cmp.Compare(a.On, b.On), cmp.Compare(a.At, b.At)) })
	return all
}

// free takes occasions out of what is taken.
func (h *House) free(list []Occasion) {
	ids := map[OccasionID]bool{}
	for _, o := range list {
		ids[o.ID] = o.ID != 0
	}
	for on, blocks := range h.taken {
		h.taken[on] = slices.DeleteFunc(blocks, func(b block) bool { return ids[b.occasion] })
	}
}

func (h *House) take(o Occasion) {
	h.taken[o.On] = append(h.taken[o.On], block{occasion: o.ID, run: o.Run, activity: o.Activity, at: o.At, until: o.Until, room: o.Room, posts: o.Leaders})
}

// clash is what stands in the way of one occasion.
func (h *House) clash(o Occasion) []Clash {
	c := Clash{On: o.On, At: o.At, Until: o.Until, Room: o.Room}
	var list []Clash
	add := func(k Kind, p id.Post, other activity.ID) {
		c.Kind, c.Post, c.Other = k, p, other
		list = append(list, c)
	}
	if h.Closed(o.On, o.Until) {
		add(HouseClosed, 0, 0)
	}
	for _, k := range h.unfit(o) {
		add(k, 0, 0)
	}
	t := h.Types[o.Activity]
	if len(o.Leaders) < t.Together {
		add(TooFew, 0, 0)
	}
	for _, p := range o.Leaders {
		if k := h.unable(t, p, o.On, o.At, o.Until); k != "" {
			add(k, p, 0)
		}
	}
	for _, b := range h.taken[o.On] {
		if !b.meets(o.At, o.Until) {
			continue
		}
		if o.Room != 0 && b.room == o.Room {
			add(RoomTaken, 0, b.activity)
		}
		for _, p := range o.Leaders {
			if slices.Contains(b.posts, p) {
				add(LeaderTaken, p, b.activity)
			}
		}
	}
	return append(list, h.engaged(o)...)
}

// broken tells whether something stands in the way of an occasion that is planned: the house is closed, or its room or
// leaders are no longer what it takes. What is planned has no clash with what else is planned.
func (h *House) broken(o Occasion) bool {
	t := h.Types[o.Activity]
	return h.Closed(o.On, o.Until) || len(h.unfit(o)) > 0 || len(o.Leaders) < t.Together ||
		slices.ContainsFunc(o.Leaders, func(p id.Post) bool { return h.unable(t, p, o.On, o.At, o.Until) != "" })
}

// unfit is what is wrong with the room of an occasion. One without a room is somewhere else.
func (h *House) unfit(o Occasion) (list []Kind) {
	if o.Room == 0 {
		return nil
	}
	r, ok := h.room(o.Room)
	if !ok {
		return []Kind{RoomGone}
	}
	if !r.Open(o.At, o.Until) {
		list = append(list, RoomShut)
	}
	if r.Seats < o.Places {
		list = append(list, RoomSmall)
	}
	if len(r.Lacks(h.Types[o.Activity].Needs)) > 0 {
		list = append(list, RoomLacks)
	}
	return list
}

// unable is why a colleague cannot lead an activity at a time, what else they have apart; "" when they can.
func (h *House) unable(t activity.Type, p id.Post, on clock.Date, at, until clock.LocalTime) Kind {
	switch {
	case !h.here(p):
		return LeaderGone
	case !h.Hours.There(p, on.Weekday(), at, until):
		return LeaderAway
	case !t.Leader(h.Board, p, on):
		return Untrained
	}
	return ""
}
