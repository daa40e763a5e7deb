package forecast

import (
	"context"
	"slices"
	"strings"

	"sluss/internal/activity"
	"sluss/internal/clock"
	"sluss/internal/id"
	"sluss/internal/org"
	"sluss/internal/store"
)

// shared is what an activity led person by person shares with other units: those who lead it have people of their own there too.
type shared struct {
	units   []org.Unit
	leaders int     // who lead it, here or there
	rounds  []round // there
	spells  []spell // there
}

// led is one activity led person by person at a unit of the agency, and who leads it.
type led struct {
	activity activity.ID
	unit     org.Unit
	leaders  []id.Worker
}

// sharedOf reads with whom the unit's activities led person by person are shared: the same people lead at another unit of the same
// agency. Of the people there it reads the kinds and days of their wishes and places, and of those with protected records nothing.
func sharedOf(ctx context.Context, tx *store.Tx, area id.Area, unit id.Unit, types []activity.Type, today clock.Date) (map[activity.ID]*shared, error) {
	if !slices.ContainsFunc(types, func(t activity.Type) bool { return t.Caseload > 0 }) {
		return nil, nil
	}
	list, err := ledOf(ctx, tx, area, unit, today)
	if err != nil {
		return nil, err
	}
	all := map[activity.ID]*shared{}
	for _, own := range list {
		if own.unit.ID != unit {
			continue
		}
		s, who := &shared{}, slices.Clone(own.leaders)
		for _, other := range list {
			if other.unit.ID == unit || !slices.ContainsFunc(other.leaders, func(w id.Worker) bool { return slices.Contains(own.leaders, w) }) {
				continue
			}
			who = append(who, other.leaders...)
			if err := s.read(ctx, tx, area, own.activity, other, today); err != nil {
				return nil, err
			}
		}
		slices.Sort(who)
		if s.leaders = len(slices.Compact(who)); len(s.units) > 0 {
			all[own.activity] = s
		}
	}
	return all, nil
}

// read adds what there is of the same leaders' activity at another unit, as if it were one activity.
func (s *shared) read(ctx context.Context, tx *store.Tx, area id.Area, own activity.ID, other led, today clock.Date) error {
	rounds, err := roundsOf(ctx, tx, area, other.unit.ID, today)
	if err != nil {
		return err
	}
	spells, err := spellsOf(ctx, tx, area, other.unit.ID, today.Add(-window))
	if err != nil {
		return err
	}
	for _, r := range rounds {
		if r.activity == other.activity {
			r.activity = own
			s.rounds = append(s.rounds, r)
		}
	}
	for _, x := range spells {
		if x.activity == other.activity {
			x.activity = own
			s.spells = append(s.spells, x)
		}
	}
	s.units = append(s.units, other.unit)
	return nil
}

// ledOf reads who leads the activities led person by person at the units of the unit's agency, in the runs of now.
func ledOf(ctx context.Context, tx *store.Tx, area id.Area, unit id.Unit, today clock.Date) (list []led, err error) {
	workers := map[id.Post]id.Worker{}
	_, err = store.All(ctx, tx, store.Q(`SELECT p.post_id, p.worker_id FROM unit me JOIN unit u ON u.area_id = me.area_id AND u.agency_id = me.agency_id
	  JOIN post p ON p.area_id = u.area_id AND p.unit_id = u.unit_id WHERE me.area_id = $1 AND me.unit_id = $2`), []any{area, unit},
		func(r *store.Cursor) (x struct{}, err error) {
			var post id.Post
			var worker id.Worker
			err = r.Scan(&post, &worker)
			workers[post] = worker
			return x, err
		})
	if err != nil {
		return nil, err
	}
	_, err = store.All(ctx, tx, store.Q(`SELECT DISTINCT a.activity_id, u.unit_id, u.name, o.leaders
	  FROM unit me JOIN unit u ON u.area_id = me.area_id AND u.agency_id = me.agency_id
	  JOIN activity a ON a.area_id = u.area_id AND a.unit_id = u.unit_id AND a.caseload > 0 AND a.state = 'runs'
	  JOIN run r ON r.area_id = a.area_id AND r.unit_id = a.unit_id AND r.activity_id = a.activity_id AND r.to_on > $3
	  JOIN occasion o ON o.area_id = r.area_id AND o.run_id = r.run_id AND o.state = 'planned'
	 WHERE me.area_id = $1 AND me.unit_id = $2 ORDER BY a.activity_id, o.leaders`), []any{area, unit, string(today.Add(-justBefore))},
		func(r *store.Cursor) (x struct{}, err error) {
			var one led
			var leaders string
			if err = r.Scan(&one.activity, &one.unit.ID, &one.unit.Name, &leaders); err != nil {
				return x, err
			}
			if n := len(list); n == 0 || list[n-1].activity != one.activity {
				list = append(list, one)
			}
			last := &list[len(list)-1]
			for _, word := range strings.Fields(leaders) {
				var p id.Post
				if p.UnmarshalText([]byte(word)) == nil && workers[p] != 0 {
					last.leaders = append(last.leaders, workers[p])
				}
			}
			return x, nil
		})
	return list, err
}

// places gives how many people the leaders can have in all on a day, and from when that changes: the places of all units together, but
// no more than each of them can have.
func (s *shared) places(own []round, a activity.Type, day clock.Date) (now int, later []change) {
	now, later = level(append(slices.Clone(own), s.rounds...), a.ID, day)
	most := s.leaders * a.Caseload
	for i := range later {
		later[i].n = min(later[i].n, most)
	}
	return min(now, most), later
}

// beside is what is learnt of the people of other units that the leaders have.
type beside struct {
	asks        gamma // wishes a day, of them all
	held, queue []int // days so far, of those who have a place, and of those who wait
}

// learn learns it. How long a place is had is learnt of all units together.
func (s *shared) learn(x *halls, t *tally) *beside {
	b, since := &beside{}, t.to
	for _, r := range s.rounds {
		since = min(since, r.from)
	}
	for _, p := range s.spells {
		since = min(since, p.asked)
	}
	since = max(since, t.from)
	for _, p := range s.spells {
		if p.asked >= since && !p.takenBack {
			b.asks.shape++
		}
		switch {
		case p.waits(t.to) && !p.taken:
			b.queue = append(b.queue, t.to.Sub(p.asked))
		case p.holds(t.to), p.kept(t.to):
			b.held = append(b.held, max(0, t.to.Sub(p.from)))
		}
		x.stay(p, t.to)
	}
	b.asks = gamma{b.asks.shape + 0.5, float64(max(1, t.to.Sub(since)))}
	return b
}

// past is how many the leaders have had in all at each month, of whom so many were the unit's own.
func (s *shared) past(months []clock.Date, own []float64) []float64 {
	all := slices.Clone(own)
	for _, p := range s.spells {
		for i, day := range months {
			if p.holds(day) || i == len(months)-1 && p.kept(day) {
				all[i]++
			}
		}
	}
	return all
}
