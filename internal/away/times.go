package away

import (
	"cmp"
	"context"
	"slices"

	"sluss/internal/access"
	"sluss/internal/clock"
	"sluss/internal/placement"
	"sluss/internal/store"
	"sluss/internal/workplace"
)

// Times gives when the person of the access is expected at the actor's unit, and was the last days, in order, with what they have told.
// Why is given only when the access covers health.
func Times(ctx context.Context, tx *store.Tx, actor *access.Actor, a access.Access) ([]Time, error) {
	a.Must(Need)
	if actor.Unit() == 0 {
		return nil, nil
	}
	list, err := agreed(ctx, tx, actor, a)
	if err != nil {
		return nil, err
	}
	days, err := workdays(ctx, tx, actor, a)
	if err != nil {
		return nil, err
	}
	list = append(list, days...)
	slices.SortStableFunc(list, func(x, y Time) int { return cmp.Or(cmp.Compare(x.On, y.On), cmp.Compare(x.At, y.At)) })
	told, err := words(ctx, tx, actor, a)
	for i := range list {
		if w, ok := told[list[i].Key]; ok {
			list[i].Word = &w
		}
	}
	return list, err
}

// agreed are what one has been called to and has agreed on, also what one did not come to; what was held, moved or said no to is not.
func agreed(ctx context.Context, tx *store.Tx, actor *access.Actor, a access.Access) ([]Time, error) {
	return store.All(ctx, tx, store.Q(`SELECT 'talk', m.appointment_id, m.on_date, m.at, m.how, m.room_id, m.post_id FROM appointment m
	 WHERE m.area_id = $1 AND m.person_id = $2 AND m.unit_id = $3 AND m.state IN ('planned', 'absent') AND m.on_date >= $4
	 UNION ALL SELECT 'own', e.enrolment_id, e.meets_on, e.meets_at, 'here', e.room_id, e.coach_id FROM enrolment e
	 WHERE e.area_id = $1 AND e.person_id = $2 AND e.unit_id = $3 AND e.state = 'booked' AND e.meets_on >= $4
	 UNION ALL SELECT 'start', s.start_id, s.on_date, s.at, 'here', s.room_id, 0 FROM called c JOIN start s ON s.area_id = c.area_id AND s.start_id = c.start_id
	 WHERE c.area_id = $1 AND c.person_id = $2 AND s.unit_id = $3 AND s.state IN ('planned', 'held') AND s.on_date >= $4 AND c.moved_to = 0 AND c.here <> 1
	  AND c.answer NOT IN ('no', 'other')`),
		[]any{actor.Area(), a.Person(), actor.Unit(), string(actor.Today().Add(-late))}, func(r *store.Cursor) (t Time, err error) {
			err = r.Scan(&t.Kind, &t.Ref, &t.On, &t.At, &t.How, &t.Room, &t.Who)
			return t, err
		})
}

// workdays are the days at workplaces that the person has said yes to.
func workdays(ctx context.Context, tx *store.Tx, actor *access.Actor, a access.Access) (list []Time, err error) {
	first, last := actor.Today().Add(-late), actor.Today().Add(closer)
	stays, err := placement.Stays(ctx, tx, actor, a, first)
	if err != nil || len(stays) == 0 {
		return nil, err
	}
	names, err := workplace.Names(ctx, tx, actor)
	for _, p := range stays {
		if p.State != placement.Agreed {
			continue
		}
		for on := p.NextOn(first, ""); on != "" && on <= last; on = p.NextOn(on.Add(1), "") {
			list = append(list, Time{Key: Key{Work, int64(p.ID), on}, At: p.Terms.At, Until: p.Until, How: p.Kind, Place: names[p.Workplace]})
		}
	}
	return list, err
}

// words are what the person has told and not taken back, by the time.
func words(ctx context.Context, tx *store.Tx, actor *access.Actor, a access.Access) (map[Key]Word, error) {
	m := map[Key]Word{}
	_, err := store.All(ctx, tx, store.Q(`SELECT w.kind, w.ref_id, w.on_date, `+wordColumns+` FROM away w
	 WHERE w.area_id = $1 AND w.person_id = $2 AND w.unit_id = $3 AND w.taken_at = 0 AND w.on_date >= $4`),
		[]any{actor.Area(), a.Person(), actor.Unit(), string(actor.Today().Add(-late))}, func(r *store.Cursor) (w Word, err error) {
			var k Key
			var sealed []byte
			if err = r.Scan(append([]any{&k.Kind, &k.Ref, &k.On}, w.dest(&sealed)...)...); err == nil && a.May(access.Health) {
				err = w.open(a, sealed)
			}
			m[k] = w
			return w, err
		})
	return m, err
}

const wordColumns = `w.away_id, w.at, w.post_id, w.paper, w.read_at, w.read_post_id, w.version, w.sealed`

func (w *Word) dest(sealed *[]byte) []any {
	return []any{&w.ID, &w.At, &w.By, &w.Paper, &w.ReadAt, &w.ReadBy, &w.Version, sealed}
}

func (w *Word) open(a access.Access, sealed []byte) error {
	f, err := a.Key(access.Health).Open(placeOf(w.ID), 3, sealed)
	if err == nil {
		w.Excuse = Excuse{Ill: f[0] == "1", Why: f[1], When: f[2]}
	}
	return err
}

// Find gives the time of a key; nil when the person is not expected then.
func Find(list []Time, k Key) *Time {
	if i := slices.IndexFunc(list, func(t Time) bool { return t.Key == k }); i >= 0 {
		return &list[i]
	}
	return nil
}

// Coming gives the times from a day on, and those before it.
func Coming(list []Time, day clock.Date) (coming, been []Time) {
	for i, t := range list {
		if t.On >= day {
			return list[i:], list[:i]
		}
	}
	return nil, list
}
