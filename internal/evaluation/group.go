package evaluation

import (
	"context"
	"slices"

	"sluss/internal/access"
	"sluss/internal/activity"
	"sluss/internal/clock"
	"sluss/internal/few"
	"sluss/internal/schedule"
	"sluss/internal/store"
)

// Hidden stands for a part that is not shown.
const Hidden = -1

// Group is what those who answered over some whole months have answered together.
type Group struct {
	From, To clock.Date // the first day of the first month, and of the last
	People   int
	Parts    [3][4]int // by question: how many gave each of Words, and how many no answer; Hidden of what is not shown
}

// View is what those who lead an activity see of what is thought of it.
type View struct {
	May    bool    // the reader leads the activity, or answers for the unit
	Groups []Group // the latest first
	Lines  []string
}

// month is how many gave some answers in one month.
type month struct {
	on      clock.Date
	answers [3]string
	people  int
}

// groups puts months together, the oldest first, until so many have answered that something can be shown. No answer is in two groups and
// no group changes once it is whole, so that no two can be held against each other.
func groups(months []month) (list []Group) {
	var g Group
	for i, m := range months {
		if g.People == 0 {
			g.From = m.on
		}
		g.To, g.People = m.on, g.People+m.people
		for q, w := range m.answers {
			at := slices.Index(Words, w)
			if at < 0 {
				at = len(Words)
			}
			g.Parts[q][at] += m.people
		}
		if last := i+1 == len(months) || months[i+1].on != m.on; last && g.whole() {
			list = append(list, g.hidden())
			g = Group{}
		}
	}
	slices.Reverse(list)
	return list
}

// whole tells whether enough have answered for something to be shown.
func (g Group) whole() bool {
	if g.People < few.Fewest {
		return false
	}
	for _, parts := range g.hidden().Parts {
		if slices.Max(parts[:]) > 0 {
			return true
		}
	}
	return false
}

func (g Group) hidden() Group {
	for q := range g.Parts {
		for i, h := range few.Hide(g.Parts[q][:]) {
			if h {
				g.Parts[q][i] = Hidden
			}
		}
	}
	return g
}

// Of gives what is thought of an activity of the actor's unit, to those who lead it and those who answer for the unit; to others a View
// that they may not see. Of the month that goes on nothing is told.
func Of(ctx context.Context, tx *store.Tx, actor *access.Actor, x activity.ID) (v View, err error) {
	if err := access.Unit(ctx, tx, actor, access.Caseworkers...); err != nil {
		return v, err
	}
	if _, err := activity.Get(ctx, tx, actor, x); err != nil {
		return v, err
	}
	if v.May = actor.Role() != access.Coach; !v.May {
		if v.May, err = schedule.Leads(ctx, tx, actor, x); err != nil || !v.May {
			return v, err
		}
	}
	months, err := store.All(ctx, tx, store.Q(`SELECT substr(on_date, 1, 7), welcome, useful, fits, count(*) FROM evaluation
	 WHERE area_id = $1 AND activity_id = $2 AND on_date < $3 GROUP BY substr(on_date, 1, 7), welcome, useful, fits ORDER BY substr(on_date, 1, 7)`),
		[]any{actor.Area(), x, string(actor.Today().Month())}, func(r *store.Cursor) (m month, err error) {
			var on string
			err = r.Scan(&on, &m.answers[0], &m.answers[1], &m.answers[2], &m.people)
			m.on = clock.Date(on + "-01")
			return m, err
		})
	if v.Groups = groups(months); err != nil || len(v.Groups) == 0 {
		return v, err
	}
	v.Lines, err = lines(ctx, tx, actor, x, v.Groups[0].To.AddMonths(1))
	return v, err
}

// lines gives what people let those who lead the activity read, of those that are counted already; none when fewer than so many do. Their
// order is that of the alphabet, which tells nothing of when they were written.
func lines(ctx context.Context, tx *store.Tx, actor *access.Actor, x activity.ID, until clock.Date) ([]string, error) {
	list, err := store.All(ctx, tx, store.Q(`SELECT s.evaluation_id, s.key_wrapped, s.sealed FROM evaluation_said s JOIN person p ON p.area_id = s.area_id AND p.person_id = s.person_id
	 WHERE s.area_id = $1 AND s.activity_id = $2 AND s.on_date < $3 AND p.weeded_at = 0 AND `+access.Unshielded), []any{actor.Area(), x, string(until)},
		func(r *store.Cursor) (line string, err error) {
			var e ID
			var wrapped, sealed []byte
			if err := r.Scan(&e, &wrapped, &sealed); err != nil {
				return "", err
			}
			key, err := actor.Keys().OpenOwn("evaluation", int64(e), wrapped)
			if err != nil {
				return "", err
			}
			f, err := key.Open(saidAt(e), 1, sealed)
			if err != nil {
				return "", err
			}
			return f[0], nil
		})
	if err != nil || len(list) < few.Fewest {
		return nil, err
	}
	slices.Sort(list)
	return list, nil
}

// Hides tells whether something of a question is not shown.
func (g Group) Hides(q int) bool { return slices.Contains(g.Parts[q][:], Hidden) }
