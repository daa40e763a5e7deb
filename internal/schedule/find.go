package schedule

import (
	"cmp"
	"slices"
	"time"

	"sluss/internal/activity"
	"sluss/internal/clock"
	"sluss/internal/id"
	"sluss/internal/org"
)

// mostFound is how many suggestions are given.
const mostFound = 6

// Find suggests turns for a run where nothing stands in the way: a weekday and time, a room that fits and colleagues who
// can lead. It gives at most one for each morning and afternoon, in the order of the week, with the smallest room.
func (h *House) Find(r Run, length int, week int) []Turn {
	var found []Turn
	for day := time.Monday; day <= time.Friday; day++ {
		for _, half := range [][2]clock.LocalTime{{"08:30", "12:00"}, {"12:30", "17:00"}} {
			for at := half[0]; at.Add(length) <= half[1] && at < half[1]; at = at.Add(30) {
				t := Turn{Week: week, Weekday: day, At: at, Until: at.Add(length)}
				if h.settle(r, &t) {
					found = append(found, t)
					break
				}
			}
		}
		if len(found) >= mostFound {
			break
		}
	}
	return found[:min(len(found), mostFound)]
}

// settle gives a turn a room and leaders who are free every time; false when there are none.
func (h *House) settle(r Run, t *Turn) bool {
	dates, err := t.dates(r)
	dates = slices.DeleteFunc(dates, func(d clock.Date) bool { return h.Closed(d, t.Until) })
	if err != nil || len(dates) == 0 {
		return false
	}
	kind := h.Types[r.Activity]
	t.Leaders = h.leadersFor(kind, *t, dates)
	if len(t.Leaders) < kind.Together {
		return false
	}
	t.Leaders = t.Leaders[:kind.Together]
	t.Room = h.roomFor(kind, r.Places, *t, dates)
	return t.Room != 0
}

// leadersFor are those who can lead every time, they first who have least already.
func (h *House) leadersFor(kind activity.Type, t Turn, dates []clock.Date) (list []id.Post) {
	for _, p := range h.Posts {
		able := !slices.ContainsFunc(dates, func(d clock.Date) bool {
			return h.unable(kind, p.ID, d, t.At, t.Until) != "" || h.busy(d, t, func(b block) bool { return slices.Contains(b.posts, p.ID) })
		})
		if able {
			list = append(list, p.ID)
		}
	}
	has := map[id.Post]int{}
	for _, blocks := range h.taken {
		for _, b := range blocks {
			for _, p := range b.posts {
				has[p] += b.until.Minutes() - b.at.Minutes()
			}
		}
	}
	slices.SortStableFunc(list, func(a, b id.Post) int { return cmp.Compare(has[a], has[b]) })
	return list
}

func (h *House) roomFor(kind activity.Type, places int, t Turn, dates []clock.Date) int64 {
	rooms := slices.Clone(h.Rooms)
	slices.SortStableFunc(rooms, func(a, b org.Room) int { return cmp.Compare(a.Seats, b.Seats) })
	for _, r := range rooms {
		if r.Seats < places || !r.Open(t.At, t.Until) || len(r.Lacks(kind.Needs)) > 0 {
			continue
		}
		if !slices.ContainsFunc(dates, func(d clock.Date) bool { return h.busy(d, t, func(b block) bool { return b.room == r.ID }) }) {
			return r.ID
		}
	}
	return 0
}

// busy tells whether something of the kind is taken on the day while the turn goes on.
func (h *House) busy(on clock.Date, t Turn, of func(block) bool) bool {
	return slices.ContainsFunc(h.taken[on], func(b block) bool { return b.meets(t.At, t.Until) && of(b) })
}
