package intake

import (
	"context"
	"slices"
	"strings"

	"sluss/internal/access"
	"sluss/internal/calendar"
	"sluss/internal/clock"
	"sluss/internal/fault"
	"sluss/internal/id"
	"sluss/internal/org"
	"sluss/internal/schedule"
	"sluss/internal/store"
)

type startTag struct{}

// StartID is the id of a group start.
type StartID = id.Of[startTag]

// Desk is where group starts are kept.
type Desk struct{ Store *store.Store }

// StartState is where a group start stands.
type StartState string

// The states of a group start.
const (
	Planned   StartState = "planned"
	Held      StartState = "held"
	Cancelled StartState = "cancelled"
)

// Start is a group start. Places are about; Calls is how many are called, since not all come.
type Start struct {
	ID        StartID
	Unit      id.Unit
	On        clock.Date
	At, Until clock.LocalTime
	RoomID    int64
	Leaders   []id.Post
	Places    int
	Calls     int
	State     StartState
	Version   int
}

// Tally is how many stand where on a start list.
type Tally struct{ Called, Yes, No, Other, Silent, Here, Away int }

// Counts is how many count towards the number to call: a no leaves room for another.
func (t Tally) Counts() int { return t.Yes + t.Silent }

const startColumns = `s.start_id, s.unit_id, s.on_date, s.at, s.until, s.room_id, s.leaders, s.places, s.calls, s.state, s.version`

func (s *Start) dest(leaders *string) []any {
	return []any{&s.ID, &s.Unit, &s.On, &s.At, &s.Until, &s.RoomID, leaders, &s.Places, &s.Calls, &s.State, &s.Version}
}

func (s *Start) lead(text string) {
	s.Leaders = nil
	for _, w := range strings.Fields(text) {
		var p id.Post
		if p.UnmarshalText([]byte(w)) == nil {
			s.Leaders = append(s.Leaders, p)
		}
	}
}

func leaderText(posts []id.Post) string {
	words := make([]string, len(posts))
	for i, p := range posts {
		words[i] = p.String()
	}
	return strings.Join(words, " ")
}

// GetStart gives one group start of the actor's unit.
func GetStart(ctx context.Context, tx *store.Tx, actor *access.Actor, s StartID) (Start, error) {
	var x Start
	var leaders string
	err := tx.One(ctx, store.Q(`SELECT `+startColumns+` FROM start s WHERE s.area_id = $1 AND s.unit_id = $2 AND s.start_id = $3`),
		[]any{actor.Area(), actor.Unit(), s}, x.dest(&leaders)...)
	if store.None(err) {
		return x, fault.Missing
	}
	x.lead(leaders)
	return x, err
}

// Starts gives the unit's group starts in the span of days, oldest first.
func Starts(ctx context.Context, tx *store.Tx, actor *access.Actor, span clock.Span) ([]Start, error) {
	return store.All(ctx, tx, store.Q(`SELECT `+startColumns+` FROM start s WHERE s.area_id = $1 AND s.unit_id = $2 AND s.on_date >= $3 AND s.on_date < $4
	 ORDER BY s.on_date, s.at`), []any{actor.Area(), actor.Unit(), string(span.From), string(span.To)}, func(r *store.Cursor) (x Start, err error) {
		var leaders string
		err = r.Scan(x.dest(&leaders)...)
		x.lead(leaders)
		return x, err
	})
}

// Tallies gives the numbers of each start in the span: no person is shown.
func Tallies(ctx context.Context, tx *store.Tx, actor *access.Actor, span clock.Span) (map[StartID]Tally, error) {
	m := map[StartID]Tally{}
	_, err := store.All(ctx, tx, store.Q(`SELECT s.start_id, count(*),
	  sum(CASE WHEN c.answer = 'yes' THEN 1 ELSE 0 END), sum(CASE WHEN c.answer = 'no' THEN 1 ELSE 0 END),
	  sum(CASE WHEN c.answer = 'other' THEN 1 ELSE 0 END), sum(CASE WHEN c.answer = '' THEN 1 ELSE 0 END),
	  sum(CASE WHEN c.here = 1 THEN 1 ELSE 0 END), sum(CASE WHEN c.here = 0 THEN 1 ELSE 0 END)
	 FROM start s JOIN called c ON c.area_id = s.area_id AND c.start_id = s.start_id
	 WHERE s.area_id = $1 AND s.unit_id = $2 AND s.on_date >= $3 AND s.on_date < $4 AND (c.moved_to = 0 OR c.here >= 0) GROUP BY s.start_id`),
		[]any{actor.Area(), actor.Unit(), string(span.From), string(span.To)}, func(r *store.Cursor) (struct{}, error) {
			var k StartID
			var t Tally
			err := r.Scan(&k, &t.Called, &t.Yes, &t.No, &t.Other, &t.Silent, &t.Here, &t.Away)
			m[k] = t
			return struct{}{}, err
		})
	return m, err
}

// Plan makes the unit's group starts by its rhythm from today and some months on; starts that are there already are left
// as they are. It gives how many were made.
func (d *Desk) Plan(ctx context.Context, actor *access.Actor, months int) (made int, err error) {
	err = d.Store.Write(ctx, func(tx *store.Tx) error {
		made, err = PlanStarts(ctx, tx, actor, clock.Span{From: actor.Today(), To: actor.Today().AddMonths(months)})
		return err
	})
	return made, err
}

// PlanStarts is Plan in the caller's transaction, for any span.
func PlanStarts(ctx context.Context, tx *store.Tx, actor *access.Actor, span clock.Span) (int, error) {
	if err := access.Unit(ctx, tx, actor, access.Caseworkers...); err != nil {
		return 0, err
	}
	s, err := org.SettingsAt(ctx, tx, actor.Area(), actor.Unit(), actor.Today())
	if err != nil {
		return 0, err
	}
	closed, err := org.Closures(ctx, tx, actor.Area(), actor.Unit(), span.From)
	if err != nil {
		return 0, err
	}
	rooms, err := org.Rooms(ctx, tx, actor.Area(), actor.Unit(), actor.Now())
	if err != nil {
		return 0, err
	}
	there, err := Starts(ctx, tx, actor, clock.Span{From: span.From.Month(), To: span.To.AddMonths(1).Month()})
	if err != nil {
		return 0, err
	}
	made := 0
	for _, on := range (calendar.Rhythm{PerMonth: s.PerMonth, Weekday: s.Weekday, Weeks: s.Weeks}).Dates(span, closed...) {
		if inMonth(there, on) >= s.PerMonth || has(there, on) {
			continue
		}
		x := Start{ID: id.New[startTag](actor.Now()), Unit: actor.Unit(), On: on, At: s.StartAt, Until: s.StartUntil, RoomID: largest(rooms),
			Places: s.Places, Calls: s.Calls, State: Planned}
		if taken, _, err := schedule.Taken(ctx, tx, actor, on, x.At, x.Until, x.RoomID); err != nil {
			return made, err
		} else if taken {
			x.RoomID = 0 // an activity is there; the start's own page asks for another room
		}
		if err := insertStart(ctx, tx, actor, x); err != nil {
			return made, err
		}
		there = append(there, x)
		made++
	}
	return made, nil
}

func inMonth(list []Start, on clock.Date) int {
	n := 0
	for _, s := range list {
		if s.On.Month() == on.Month() && s.State != Cancelled {
			n++
		}
	}
	return n
}

func has(list []Start, on clock.Date) bool {
	for _, s := range list {
		if s.On == on {
			return true
		}
	}
	return false
}

func largest(rooms []org.Room) int64 {
	best := org.Room{}
	for _, r := range rooms {
		if r.Seats > best.Seats {
			best = r
		}
	}
	return best.ID
}

func insertStart(ctx context.Context, tx *store.Tx, actor *access.Actor, s Start) error {
	_, err := tx.Exec(ctx, store.Q(`INSERT INTO start (area_id, start_id, unit_id, on_date, at, until, room_id, leaders, places, calls, state, version)
	 VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, 1)`),
		actor.Area(), s.ID, s.Unit, string(s.On), string(s.At), string(s.Until), s.RoomID, leaderText(s.Leaders), s.Places, s.Calls, string(s.State))
	return err
}

// Change sets when, where, by whom and for how many a start is. Stale when somebody changed it meanwhile.
func (d *Desk) Change(ctx context.Context, actor *access.Actor, s Start) error {
	return d.Store.Write(ctx, func(tx *store.Tx) error {
		if err := access.Unit(ctx, tx, actor, access.Caseworkers...); err != nil {
			return err
		}
		if err := s.check(actor.Today()); err != nil {
			return err
		}
		if err := s.here(ctx, tx, actor); err != nil {
			return err
		}
		n, err := tx.Exec(ctx, store.Q(`UPDATE start SET on_date = $5, at = $6, until = $7, room_id = $8, leaders = $9, places = $10, calls = $11, state = $12,
		 version = version + 1 WHERE area_id = $1 AND unit_id = $2 AND start_id = $3 AND version = $4`),
			actor.Area(), actor.Unit(), s.ID, s.Version, string(s.On), string(s.At), string(s.Until), s.RoomID, leaderText(s.Leaders), s.Places, s.Calls, string(s.State))
		if store.IsUnique(err) {
			return fault.Form{{Kind: fault.Invalid, Key: "intake.start.twice", Field: "on"}}
		}
		if err == nil && n == 0 {
			return fault.Stale
		}
		return err
	})
}

// here refuses a room that is not the unit's, a leader who does not work there, and what an activity has at the time. One
// who has left may still stand.
func (s Start) here(ctx context.Context, tx *store.Tx, actor *access.Actor) error {
	rooms, err := org.Rooms(ctx, tx, actor.Area(), actor.Unit(), 0)
	if err != nil {
		return err
	}
	var form fault.Form
	if s.RoomID != 0 && !slices.ContainsFunc(rooms, func(r org.Room) bool { return r.ID == s.RoomID }) {
		form.Add("room", "form.choose")
	}
	for _, p := range s.Leaders {
		if err := ofUnit(ctx, tx, actor, p); fault.Is(err, fault.NotFound) {
			form.Add("leader", "form.choose")
		} else if err != nil {
			return err
		}
	}
	if s.State != Planned {
		return form.Err()
	}
	room, leader, err := schedule.Taken(ctx, tx, actor, s.On, s.At, s.Until, s.RoomID, s.Leaders...)
	if err != nil {
		return err
	}
	if room {
		form.Add("room", "intake.room.taken")
	}
	if leader {
		form.Add("leader", "intake.leader.taken")
	}
	return form.Err()
}

func (s Start) check(today clock.Date) error {
	var form fault.Form
	if s.On == "" {
		form.Add("on", "intake.on.needed")
	} else if s.On < today && s.State == Planned {
		form.Add("on", "intake.on.past")
	}
	if s.At == "" {
		form.Add("at", "intake.at.needed")
	}
	if s.Until <= s.At {
		form.Add("until", "intake.until.before")
	}
	if s.Places < 1 || s.Places > 200 {
		form.Add("places", "form.number", 1, 200)
	}
	if s.Calls < s.Places || s.Calls > 400 {
		form.Add("calls", "intake.calls.few", s.Places)
	}
	return form.Err()
}
