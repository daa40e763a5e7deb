package schedule

import (
	"context"
	"time"

	"sluss/internal/access"
	"sluss/internal/clock"
	"sluss/internal/store"
)

// Use is how much of the house a week takes: minutes of rooms and of colleagues, of what there is; and what is lacking.
type Use struct {
	Week               clock.Date // its Monday
	Rooms, OfRooms     int        // minutes
	Leaders, OfLeaders int        // minutes of all colleagues together
	Occasions, Places  int
	Broken             int // occasions that something stands in the way of: no leader, no room, a closed day
	Closed             int // days from Monday to Friday that the house is closed
}

// Ahead gives the use of some weeks from the day's on, in a fixed number of statements.
func Ahead(ctx context.Context, tx *store.Tx, actor *access.Actor, from clock.Date, weeks int) ([]Use, error) {
	span := clock.Span{From: Week(from), To: Week(from).Add(7 * weeks)}
	h, err := Enter(ctx, tx, actor, span)
	if err != nil {
		return nil, err
	}
	uses := make([]Use, weeks)
	for i := range uses {
		uses[i] = h.there(span.From.Add(7 * i))
	}
	for on, blocks := range h.taken {
		u := &uses[on.Sub(span.From)/7]
		for _, b := range blocks {
			length := b.until.Minutes() - b.at.Minutes()
			if b.room != 0 {
				u.Rooms += length
			}
			u.Leaders += length * len(b.posts)
		}
	}
	for _, o := range h.held {
		u := &uses[o.On.Sub(span.From)/7]
		u.Occasions++
		u.Places += o.Places
		if o.On >= actor.Today() && h.broken(o) {
			u.Broken++
		}
	}
	return uses, nil
}

// there is what the house has in a week.
func (h *House) there(monday clock.Date) Use {
	u := Use{Week: monday}
	for n := range 5 {
		day := monday.Add(n)
		if h.Closed(day, "12:00") {
			u.Closed++
			continue
		}
		for _, r := range h.Rooms {
			open := HouseHours
			if r.Opens != "" {
				open = Span{r.Opens, r.Closes}
			}
			u.OfRooms += open.Until.Minutes() - open.At.Minutes()
		}
		for _, p := range h.Posts {
			s := h.Hours.Of(p.ID, time.Weekday(n+1))
			u.OfLeaders += s.Until.Minutes() - s.At.Minutes()
		}
	}
	return u
}
