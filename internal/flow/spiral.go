package flow

import (
	"context"

	"sluss/internal/access"
	"sluss/internal/clock"
	"sluss/internal/few"
	"sluss/internal/id"
	"sluss/internal/org"
	"sluss/internal/plan"
	"sluss/internal/store"
)

// Spiral is how what is decided for people goes round at a gateway: measures that serve no goal, and people who come back. It marks
// the measures, of all agencies, and nobody they were for.
type Spiral struct {
	Units    []org.Unit // those the reader may choose among
	Unit     id.Unit    // the one chosen; 0 is all of Units
	Today    clock.Date
	Quarters []Quarter // oldest first; the last is this one
	Agencies []ByAgency
}

// Since is the first day that is counted.
func (s Spiral) Since() clock.Date { return s.Quarters[0].From }

// Begun is how many measures began, and how many people came back, in all of it.
func (s Spiral) Begun() (measures, back int) {
	for _, q := range s.Quarters {
		measures, back = measures+q.Measures, back+q.Back
	}
	return measures, back
}

// Quarter is three months of a gateway.
type Quarter struct {
	From     clock.Date // its first day
	Measures int        // began
	Loose    int        // of them, as they stand today: serve no goal that is alive or reached; Hidden where it would tell of few
	Back     int        // people who came back within twelve months of leaving
}

// ByAgency is the measures that an agency has begun since Since, each number Hidden where it would tell of few. How many they are in all
// is not told: with it a hidden number could be worked out.
type ByAgency struct {
	Agency id.Agency
	Tied   int // serve a goal
	Loose  int
	After  int // of both, those in a time at the gateway that the person came back from
}

// quarters is how many the spiral tells of.
const quarters = 8

func quarter(d clock.Date) clock.Date {
	m := d.Month()
	return m.AddMonths(-(int(m.Time().Month()) - 1) % 3)
}

// Spiral gives how measures go round at a unit to who may see its flow.
func (d *Desk) Spiral(ctx context.Context, actor *access.Actor, unit id.Unit) (s Spiral, err error) {
	err = d.Store.Read(ctx, func(tx *store.Tx) error {
		s = Spiral{Unit: unit, Today: actor.Today()}
		for n := quarters - 1; n >= 0; n-- {
			s.Quarters = append(s.Quarters, Quarter{From: quarter(s.Today).AddMonths(-3 * n)})
		}
		var chosen []org.Unit
		if s.Units, chosen, err = Choose(ctx, tx, actor, unit); err != nil {
			return err
		}
		f, err := d.see(ctx, tx, actor, unit, 3*quarters)
		if err != nil {
			return err
		}
		for _, m := range f.Months {
			if q := s.at(m.Month); q >= 0 {
				s.Quarters[q].Back += m.Back
			}
		}
		agencies, err := org.Agencies(ctx, tx, actor.Area())
		if err != nil {
			return err
		}
		var units [][]measure
		for _, u := range chosen {
			list, err := measures(ctx, tx, actor.Area(), u.ID, s.Since(), s.Today)
			if err != nil {
				return err
			}
			units = append(units, list)
		}
		s.count(units, agencies)
		return nil
	})
	return s, err
}

// at is in which quarter a day is, -1 for none.
func (s Spiral) at(d clock.Date) int {
	for i := len(s.Quarters) - 1; i >= 0; i-- {
		if d >= s.Quarters[i].From {
			return i
		}
	}
	return -1
}

// measure is what is counted of one.
type measure struct {
	agency id.Agency
	from   clock.Date
	loose  bool
	after  bool // the person came back from the time it was in
}

// measures gives those that began at a unit between two days, both included, but of nobody with a protected record.
func measures(ctx context.Context, tx *store.Tx, area id.Area, unit id.Unit, from, to clock.Date) ([]measure, error) {
	return store.All(ctx, tx, store.Q(`SELECT m.agency_id, m.from_on, coalesce(g.state, $5), e.left_on, coalesce((SELECT min(r.received_on) FROM referral r
	   WHERE r.area_id = e.area_id AND r.person_id = e.person_id AND r.unit_id = e.unit_id AND r.referral_id > e.referral_id), '')
	  FROM plan l JOIN plan_measure m ON m.area_id = l.area_id AND m.plan_id = l.plan_id AND m.from_on >= $3 AND m.from_on <= $4
	  JOIN enrolment e ON e.area_id = l.area_id AND e.enrolment_id = l.enrolment_id
	  JOIN person p ON p.area_id = l.area_id AND p.person_id = l.person_id AND p.protected = 0
	  LEFT JOIN plan_goal g ON g.area_id = m.area_id AND g.goal_id = m.goal_id
	 WHERE l.area_id = $1 AND l.unit_id = $2`), []any{area, unit, string(from), string(to), string(plan.Dropped)}, func(r *store.Cursor) (m measure, err error) {
		var goal plan.Life
		var left, back clock.Date
		err = r.Scan(&m.agency, &m.from, &goal, &left, &back)
		m.loose, m.after = goal == plan.Dropped, left != "" && back != "" && back < left.AddMonths(plan.BackWithin)
		return m, err
	})
}

// count fills in the measures of the units, and hides what would tell of few. What is hidden for one unit is hidden in the sum.
func (s *Spiral) count(units [][]measure, agencies []org.Agency) {
	place := map[id.Agency]int{}
	for i, a := range agencies {
		place[a.ID] = i
		s.Agencies = append(s.Agencies, ByAgency{Agency: a.ID})
	}
	byQuarter := make([][][]int, len(s.Quarters)) // for each unit, those that are loose and those that are not
	for _, list := range units {
		tied, loose, after := make([]int, len(agencies)), make([]int, len(agencies)), make([]int, len(agencies))
		for i := range byQuarter {
			byQuarter[i] = append(byQuarter[i], make([]int, 2))
		}
		for _, m := range list {
			a, parts := place[m.agency], byQuarter[s.at(m.from)][len(byQuarter[0])-1]
			if m.after {
				after[a]++
			}
			if m.loose {
				loose[a]++
				parts[0]++
			} else {
				tied[a]++
				parts[1]++
			}
		}
		fewTied, fewLoose, fewAfter := few.Hide(tied), few.Hide(loose), few.Hide(after)
		for i := range s.Agencies {
			x := &s.Agencies[i]
			x.Tied, x.Loose, x.After = with(x.Tied, tied[i], fewTied[i]), with(x.Loose, loose[i], fewLoose[i]), with(x.After, after[i], fewAfter[i])
		}
	}
	for i, rows := range byQuarter {
		r := rowOf(rows)
		s.Quarters[i].Measures, s.Quarters[i].Loose = r.Total, r.Parts[0]
	}
}

// with adds to a number, which stays hidden once something of it is.
func with(n, more int, hidden bool) int {
	if hidden || n == Hidden {
		return Hidden
	}
	return n + more
}
