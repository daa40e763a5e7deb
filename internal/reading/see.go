package reading

import (
	"context"
	"slices"

	"sluss/internal/access"
	"sluss/internal/clock"
	"sluss/internal/id"
	"sluss/internal/store"
)

// Page is which page of the readings is asked for. The zero value is the first, of all units.
type Page struct {
	Before clock.Date // the days before this one; "" from the newest on
	Unit   id.Unit    // 0 for all
	Paper  bool       // as much as is printed
}

// How many days with readings a page shows, and a print. A day is never parted.
const daysAPage, daysPrinted = 10, 120

// Of gives who has read about the person of the access. What the person has looked at themself is for the person alone.
func Of(ctx context.Context, tx *store.Tx, actor *access.Actor, a access.Access, p Page) (l Log, err error) {
	a.Must(access.Identity)
	q := query{before: p.Before, unit: p.Unit, self: a.Ground() == access.Themself}
	if q.before == "" {
		q.before = clock.Forever
	}
	most := daysAPage
	if p.Paper {
		most = daysPrinted
	}
	days, err := selectDays(ctx, tx, actor, a, q, most+1)
	if err != nil {
		return l, err
	}
	if len(days) > most {
		days = days[:most]
		l.Older = days[most-1]
	}
	if len(days) > 0 {
		rows, err := selectRows(ctx, tx, actor, a, q, days[len(days)-1])
		if err != nil {
			return l, err
		}
		l.Days = group(rows)
	}
	if l.Recent, err = RecentOf(ctx, tx, actor, a); err != nil {
		return l, err
	}
	l.Units, err = selectUnits(ctx, tx, actor, a, whole(a))
	return l, err
}

// Acts gives what one post did with the record of the person of the access on a day, for who checks the log: also what is delayed for
// the person, and nothing of what the person wonders.
func Acts(ctx context.Context, tx *store.Tx, actor *access.Actor, a access.Access, on clock.Date, post id.Post) ([]Act, error) {
	a.Must(access.Identity)
	rows, err := logged(store.All(ctx, tx, store.Q(`SELECT i.on_date, i.opened_id, i.disclosure_id, d.at, i.post_id, d.action, d.purpose, d.ground, d.categories
	 FROM disclosure_person i JOIN disclosure d ON d.area_id = i.area_id AND d.disclosure_id = i.disclosure_id
	 WHERE i.area_id = $1 AND i.person_id = $2 AND i.on_date = $3 AND i.post_id = $4 AND d.purpose < 100 ORDER BY i.disclosure_id DESC`),
		[]any{actor.Area(), a.Person(), string(on), post}, func(r *store.Cursor) (s shown, err error) {
			err = r.Scan(&s.on, &s.opened, &s.id, &s.at, &s.post, &s.action, &s.purpose, &s.ground, &s.covers)
			return s, err
		}))
	if err != nil || len(rows) == 0 {
		return nil, err
	}
	return group(rows)[0].Lines[0].Acts, nil
}

// whole is all that whoever has the access is shown: the person themself more than staff at the table.
func whole(a access.Access) query {
	return query{before: clock.Forever, self: a.Ground() == access.Themself}
}

// RecentOf tells who has read about the person of the access the last days.
func RecentOf(ctx context.Context, tx *store.Tx, actor *access.Actor, a access.Access) (Recent, error) {
	a.Must(access.Identity)
	list, err := selectRecent(ctx, tx, actor, a, whole(a), actor.Today().Add(1-RecentDays))
	return recent(list), err
}

// recent counts readers: each once, and once at each unit.
func recent(list []reader) (r Recent) {
	var seen []id.Worker
	for _, x := range list {
		if !slices.Contains(seen, x.worker) {
			seen = append(seen, x.worker)
		}
		if n := len(r.Units); n == 0 || r.Units[n-1].Unit != x.unit {
			r.Units = append(r.Units, UnitPeople{Unit: x.unit})
		}
		r.Units[len(r.Units)-1].People++
	}
	r.People = len(seen)
	return r
}
