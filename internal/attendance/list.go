package attendance

import (
	"context"

	"sluss/internal/access"
	"sluss/internal/clock"
	"sluss/internal/id"
	"sluss/internal/person"
	"sluss/internal/schedule"
	"sluss/internal/store"
)

// Guest is somebody with a place on a day of an activity.
type Guest struct {
	Person  id.Person
	Name    string
	Born    int  // the year, 0 when not known: two may have the same name
	Resting bool // has a pause: the place is kept
	Mark    Mark
	Was     Mark // before it was last put right
	Version int  // of the mark, 0 for none
	At      clock.Instant
	By      id.Post
	Told    clock.Instant // when it was told that they do not come, 0 for not
	Ahead   bool          // told before it began
	Self    bool          // and by themself
	list    int           // the marking of the whole list that the mark came with
}

// Usual is what a list begins with: what is marked; else here, or away for one who has told so. One who rests is left alone.
func (g Guest) Usual() Mark {
	switch {
	case g.Mark != Unmarked:
		return g.Mark
	case g.Told != 0:
		return Told
	case g.Resting:
		return Unmarked
	default:
		return Here
	}
}

// List is those who are expected at an occasion.
type List struct {
	Occasion schedule.Occasion
	Guests   []Guest // by name
	Version  int     // 0 when nobody has marked it
	Done     bool
	At       clock.Instant
	By       id.Post
}

var guests = store.Q(`SELECT ` + access.Columns + `, p.identity, p.birth_year, CASE WHEN EXISTS (SELECT 1 FROM pause z WHERE z.area_id = x.area_id
  AND z.person_id = x.person_id AND z.unit_id = x.unit_id AND z.began_on <= $9 AND (z.ended_on = '' OR z.ended_on > $9)) THEN 1 ELSE 0 END,
  coalesce(a.mark, ''), coalesce(b.mark, ''), coalesce(a.version, 0), coalesce(a.list_no, 0), coalesce(a.at, 0), coalesce(a.post_id, 0),
  coalesce(w.at, 0), coalesce(w.ahead, 0), coalesce(w.post_id, 0)
 FROM place x JOIN person p ON p.area_id = x.area_id AND p.person_id = x.person_id
 LEFT JOIN attendance a ON a.area_id = x.area_id AND a.occasion_id = $10 AND a.person_id = x.person_id AND a.latest = 1
 LEFT JOIN attendance b ON b.area_id = a.area_id AND b.occasion_id = a.occasion_id AND b.person_id = a.person_id AND b.version = a.version - 1
 LEFT JOIN attendance_word w ON w.area_id = x.area_id AND w.person_id = x.person_id AND w.occasion_id = $10 AND w.latest = 1 AND w.stands = 1
 WHERE x.area_id = $1 AND x.unit_id = $7 AND x.run_id = $8 AND x.state = 'held' AND x.from_on <= $9 AND (x.to_on = '' OR x.to_on > $9)
  AND ` + access.Unshielded + ` AND ` + access.Visible)

// Of gives the list of an occasion, for whoever leads it or plans. One who is protected stands in no list.
func Of(ctx context.Context, tx *store.Tx, actor *access.Actor, o schedule.Occasion) (l List, err error) {
	s, err := access.Over(ctx, tx, actor, Shown, access.ForPlan)
	if err != nil {
		return l, err
	}
	return read(ctx, tx, s, o)
}

func read(ctx context.Context, tx *store.Tx, s access.Scope, o schedule.Occasion) (List, error) {
	l := List{Occasion: o}
	actor := s.Actor()
	rows, err := tx.Query(ctx, guests, s.Args(actor.Unit(), o.Run, string(o.On), o.ID)...)
	if err != nil {
		return l, err
	}
	defer rows.Close()
	for rows.Next() {
		g, err := guest(s, rows)
		if err != nil {
			return l, err
		}
		l.Guests = append(l.Guests, g)
	}
	if err := rows.Err(); err != nil {
		return l, err
	}
	person.SortByName(l.Guests, func(g Guest) string { return g.Name })
	err = tx.One(ctx, store.Q(`SELECT version, done, at, post_id FROM attendance_list WHERE area_id = $1 AND occasion_id = $2`),
		[]any{actor.Area(), o.ID}, &l.Version, &l.Done, &l.At, &l.By)
	if store.None(err) {
		err = nil
	}
	return l, err
}

func guest(s access.Scope, rows *store.Cursor) (g Guest, err error) {
	var identity []byte
	var told id.Post
	a, err := s.Row(rows, &identity, &g.Born, &g.Resting, &g.Mark, &g.Was, &g.Version, &g.list, &g.At, &g.By, &g.Told, &g.Ahead, &told)
	if err != nil {
		return g, err
	}
	g.Person, g.Self = a.Person(), g.Told != 0 && told == 0
	g.Name, err = person.NameOf(a, identity)
	return g, err
}

// Lists tells of the unit's occasions in a span at which somebody is expected, whether their list is marked.
func Lists(ctx context.Context, tx *store.Tx, actor *access.Actor, span clock.Span) (map[schedule.OccasionID]bool, error) {
	type list struct {
		of   schedule.OccasionID
		done bool
	}
	lists, err := store.All(ctx, tx, store.Q(`SELECT o.occasion_id, coalesce(l.done, 0) FROM occasion o
	 LEFT JOIN attendance_list l ON l.area_id = o.area_id AND l.occasion_id = o.occasion_id
	 WHERE o.area_id = $1 AND o.unit_id = $2 AND o.on_date >= $3 AND o.on_date < $4 AND o.state = 'planned' AND EXISTS (SELECT 1 FROM place x
	  JOIN person p ON p.area_id = x.area_id AND p.person_id = x.person_id AND `+access.Unshielded+`
	  WHERE x.area_id = o.area_id AND x.run_id = o.run_id AND x.state = 'held' AND x.from_on <= o.on_date AND (x.to_on = '' OR x.to_on > o.on_date))`),
		[]any{actor.Area(), actor.Unit(), string(span.From), string(span.To)}, func(r *store.Cursor) (l list, err error) {
			err = r.Scan(&l.of, &l.done)
			return l, err
		})
	m := make(map[schedule.OccasionID]bool, len(lists))
	for _, l := range lists {
		m[l.of] = l.done
	}
	return m, err
}

// Begun tells whether the occasion has begun, so that its list can be marked.
func (l List) Begun(now clock.Instant) bool { return begun(l.Occasion, now) }
