package schedule

import (
	"context"
	"time"

	"sluss/internal/access"
	"sluss/internal/clock"
	"sluss/internal/fault"
	"sluss/internal/id"
	"sluss/internal/org"
	"sluss/internal/store"
)

// Span is from one time of a day to another; "" is not at all.
type Span struct{ At, Until clock.LocalTime }

// meets tells whether two spans of a day have some time in common.
func (s Span) meets(o Span) bool { return s.At < o.Until && o.At < s.Until }

// HouseHours are the hours of a colleague who has said nothing else.
var HouseHours = Span{"08:00", "17:00"}

// OwnHours are what a colleague has said of when they are there, Monday to Friday.
type OwnHours struct {
	Days    map[time.Weekday]Span
	Version int
}

// Hours are when colleagues are there, of those who have said anything.
type Hours map[id.Post]OwnHours

// Of gives when a colleague is there on a weekday.
func (h Hours) Of(p id.Post, day time.Weekday) Span {
	own, said := h[p]
	if !said {
		return HouseHours
	}
	return own.Days[day]
}

// There tells whether a colleague is there all the time between two times of a weekday.
func (h Hours) There(p id.Post, day time.Weekday, at, until clock.LocalTime) bool {
	s := h.Of(p, day)
	return s.At != "" && s.At <= at && until <= s.Until
}

// hours reads the hours of the unit's colleagues.
func hours(ctx context.Context, tx *store.Tx, actor *access.Actor) (Hours, error) {
	h := Hours{}
	_, err := store.All(ctx, tx, store.Q(`SELECT w.post_id, w.weekday, w.at, w.until, w.version FROM post o
	 JOIN work_hours w ON w.area_id = o.area_id AND w.post_id = o.post_id WHERE o.area_id = $1 AND o.unit_id = $2`),
		[]any{actor.Area(), actor.Unit()}, func(r *store.Cursor) (struct{}, error) {
			var p id.Post
			var day, version int
			var s Span
			err := r.Scan(&p, &day, &s.At, &s.Until, &version)
			if h[p].Days == nil {
				h[p] = OwnHours{map[time.Weekday]Span{}, version}
			}
			h[p].Days[time.Weekday(day)] = s
			return struct{}{}, err
		})
	return h, err
}

// ReadHours gives the hours of the colleagues of the actor's unit.
func ReadHours(ctx context.Context, tx *store.Tx, actor *access.Actor) (Hours, error) {
	return hours(ctx, tx, actor)
}

// SetHours says when a colleague is there. One's own anybody may set; another's the head and the coordinator. What is
// already planned stays, and shows as a clash. version is that of what they said before, 0 for nothing; Stale when it is another.
func (d *Desk) SetHours(ctx context.Context, actor *access.Actor, post id.Post, version int, week map[time.Weekday]Span) error {
	return d.Store.Write(ctx, func(tx *store.Tx) error {
		roles := []access.Role{access.Coordinator, access.Head}
		if post == actor.Post() {
			roles = access.Caseworkers
		}
		if err := access.Unit(ctx, tx, actor, roles...); err != nil {
			return err
		}
		p, err := org.GetPost(ctx, tx, actor.Area(), post, actor.Now())
		if store.None(err) || err == nil && (p.Unit != actor.Unit() || !p.Live) {
			return fault.Missing
		}
		if err != nil {
			return err
		}
		if err := checkHours(week); err != nil {
			return err
		}
		for day := time.Monday; day <= time.Friday; day++ {
			s := week[day]
			n, err := tx.Exec(ctx, store.Q(`INSERT INTO work_hours (area_id, post_id, weekday, at, until, version) VALUES ($1, $2, $3, $4, $5, $6 + 1)
			 ON CONFLICT (area_id, post_id, weekday) DO UPDATE SET at = excluded.at, until = excluded.until, version = excluded.version
			 WHERE work_hours.version = $6`), actor.Area(), post, int(day), string(s.At), string(s.Until), version)
			if err == nil && n == 0 {
				err = fault.Stale
			}
			if err != nil {
				return err
			}
		}
		return nil
	})
}

func checkHours(week map[time.Weekday]Span) error {
	var form fault.Form
	for day := time.Monday; day <= time.Friday; day++ {
		if s := week[day]; s != (Span{}) && (s.At == "" || s.Until <= s.At) {
			form.Add("until"+string(rune('0'+int(day))), "schedule.until.before")
		}
	}
	return form.Err()
}
