package schedule

import (
	"context"

	"sluss/internal/access"
	"sluss/internal/clock"
	"sluss/internal/store"
)

// Spot is where an occasion could be put: a time of a day, and what stands in the way there.
type Spot struct {
	At, Until clock.LocalTime
	Clashes   []Clash // none where it is free
}

// Spots gives where an occasion could be put on each day of a span that has not been: in each part of the day its own time when that is
// free, else the first that is, and where none is the first of all with what stands in its way.
func Spots(ctx context.Context, tx *store.Tx, actor *access.Actor, o Occasion, span clock.Span, parts []Span) (map[clock.Date][]Spot, error) {
	span.From = max(span.From, actor.Today())
	h, err := Enter(ctx, tx, actor, span)
	if err != nil {
		return nil, err
	}
	h.free([]Occasion{o})
	all := map[clock.Date][]Spot{}
	for on := span.From; on < span.To; on = on.Add(1) {
		for _, part := range parts {
			all[on] = append(all[on], h.spot(o, on, part))
		}
	}
	return all, nil
}

// spot gives the best time for an occasion in a part of a day. Nothing begins outside the house's own hours but what did so before.
func (h *House) spot(o Occasion, on clock.Date, part Span) (best Spot) {
	length := o.Minutes()
	times := []clock.LocalTime{}
	if part.At <= o.At && o.At < part.Until {
		times = append(times, o.At)
	}
	for at := max(part.At, HouseHours.At); at < min(part.Until, HouseHours.Until); at = at.Add(30) {
		times = append(times, at)
	}
	for _, at := range times {
		x := o
		x.On, x.At, x.Until = on, at, at.Add(length)
		s := Spot{x.At, x.Until, h.clash(x)}
		if len(s.Clashes) == 0 {
			return s
		}
		if best.At == "" {
			best = s
		}
	}
	return best
}
