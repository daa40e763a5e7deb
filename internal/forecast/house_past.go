package forecast

import (
	"slices"

	"sluss/internal/activity"
	"sluss/internal/clock"
)

// on is what was known of the activities on a day of the past: wishes made by then and places begun by then. The runs planned since are
// known, as the group starts are. Who has stopped waiting is left out, since it is not known when.
func (h house) on(day clock.Date) house {
	h.spells, h.types = before(h.spells, day), slices.Clone(h.types)
	for i, t := range h.types {
		if now, later := level(h.rounds, t.ID, day); now > 0 || len(later) > 0 {
			h.types[i].State = activity.Runs // it may rest by now
		}
	}
	all := map[activity.ID]*shared{}
	for a, s := range h.shared {
		then := *s
		then.spells = before(s.spells, day)
		all[a] = &then
	}
	h.shared = all
	return h
}

func before(list []spell, day clock.Date) (then []spell) {
	for _, s := range list {
		switch {
		case s.asked > day:
			continue
		case s.from > day:
			s.from, s.to, s.taken = "", "", false
		case s.to > day:
			s.to = ""
		}
		then = append(then, s)
	}
	return then
}

// taken is how many places were taken in all at each month.
func (h house) taken(months []clock.Date) []float64 {
	row := make([]float64, len(months))
	for _, s := range h.spells {
		for i, day := range months {
			if s.holds(day) {
				row[i]++
			}
		}
	}
	return row
}

// sum adds a line of the places taken in all activities together.
func (p played) sum(name string, places Places) {
	for r := range p[Inside] {
		var row []float64
		for _, a := range places.List {
			for i, n := range p[a.taken()][r] {
				if i == len(row) {
					row = append(row, 0)
				}
				row[i] += n
			}
		}
		p[name] = append(p[name], row)
	}
}
