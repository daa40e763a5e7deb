package reading

import (
	"context"

	"sluss/internal/access"
	"sluss/internal/audit"
	"sluss/internal/clock"
	"sluss/internal/id"
	"sluss/internal/store"
)

// query is which readings are asked for.
type query struct {
	before clock.Date // the days before this one
	unit   id.Unit    // of one unit, 0 for all
	self   bool       // with what is for the person alone
}

// read is what the person is shown of the log: $1 area, $2 person, $3 today. What a decision delays is shown on its day.
const read = sources + whose

const sources = ` FROM disclosure_person i
  JOIN disclosure d ON d.area_id = i.area_id AND d.disclosure_id = i.disclosure_id
  LEFT JOIN post o ON o.area_id = i.area_id AND o.post_id = i.post_id
  LEFT JOIN worker w ON w.area_id = i.area_id AND w.worker_id = o.worker_id
  LEFT JOIN unit u ON u.area_id = i.area_id AND u.unit_id = d.unit_id`

const whose = `
 WHERE i.area_id = $1 AND i.person_id = $2 AND NOT EXISTS (SELECT 1 FROM reading_delay y
   WHERE y.area_id = $1 AND y.person_id = $2 AND y.post_id = i.post_id AND y.from_on <= i.on_date AND y.to_on > i.on_date AND y.until_on > $3)`

// chosen narrows it: $4 before the day, $5 the unit or 0, $6 whether with what is for the person alone: what they have looked at
// themself, and that somebody answers what they wonder (access.ForAnswer), which would tell the reader that they asked.
const chosen = ` AND i.on_date < $4 AND (d.unit_id = $5 OR $5 = 0) AND ($6 = 1 OR i.post_id <> 0 AND d.purpose <> 102)`

func (q query) args(actor *access.Actor, a access.Access) []any {
	self := 0
	if q.self {
		self = 1
	}
	return []any{actor.Area(), a.Person(), string(actor.Today()), string(q.before), q.unit, self}
}

// selectDays gives the newest days on which something was read.
func selectDays(ctx context.Context, tx *store.Tx, actor *access.Actor, a access.Access, q query, most int) ([]clock.Date, error) {
	return logged(store.All(ctx, tx, store.Q(`SELECT DISTINCT i.on_date`+read+chosen+` ORDER BY i.on_date DESC LIMIT 0 + $7`), append(q.args(actor, a), most), scanOne[clock.Date]))
}

// selectRows gives the readings from the day on, the newest first.
func selectRows(ctx context.Context, tx *store.Tx, actor *access.Actor, a access.Access, q query, from clock.Date) ([]shown, error) {
	return logged(store.All(ctx, tx, store.Q(`SELECT i.on_date, i.opened_id, i.disclosure_id, d.at, i.post_id, d.action, d.purpose, d.ground, d.categories,
	 coalesce(w.name, ''), coalesce(w.log_name_hidden, 0), coalesce(o.role, 0), coalesce(u.name, ''),
	 coalesce(l.link_id, 0), l.sealed`+sources+trustedBy+whose+chosen+` AND i.on_date >= $7
	 ORDER BY i.on_date DESC, i.disclosure_id DESC`), append(q.args(actor, a), string(from)), func(r *store.Cursor) (s shown, err error) {
		var sealed []byte
		err = r.Scan(&s.on, &s.opened, &s.id, &s.at, &s.post, &s.action, &s.purpose, &s.ground, &s.covers, &s.name, &s.hidden, &s.role, &s.unitName, &s.link, &sealed)
		if err == nil && s.link != 0 {
			s.name, err = readerOf(a, s.link, sealed)
		}
		return s, err
	}))
}

// trustedBy finds the link by which the person showed something themself: its opening has the line's own instant.
const trustedBy = ` LEFT JOIN trusted_opening x ON x.area_id = i.area_id AND x.person_id = i.person_id AND x.at = d.at AND d.purpose = 106
  LEFT JOIN trusted_link l ON l.area_id = x.area_id AND l.link_id = x.link_id`

// readerOf is whom the person made a link for, in their own words.
func readerOf(a access.Access, link access.LinkID, sealed []byte) (string, error) {
	f, err := a.Key(access.Identity).Open(access.LinkPlace(link), 1, sealed)
	if err != nil {
		return "", err
	}
	return f[0], nil
}

// reader is one who has read, and where.
type reader struct {
	worker id.Worker
	unit   string
}

// selectRecent gives who has read since the day, once for each unit.
func selectRecent(ctx context.Context, tx *store.Tx, actor *access.Actor, a access.Access, q query, since clock.Date) ([]reader, error) {
	return logged(store.All(ctx, tx, store.Q(`SELECT DISTINCT o.worker_id, coalesce(u.name, '')`+read+chosen+` AND i.on_date >= $7 AND i.post_id <> 0 ORDER BY 2, 1`),
		append(q.args(actor, a), string(since)), func(r *store.Cursor) (x reader, err error) {
			err = r.Scan(&x.worker, &x.unit)
			return x, err
		}))
}

// selectUnits gives where they are who have read.
func selectUnits(ctx context.Context, tx *store.Tx, actor *access.Actor, a access.Access, q query) ([]Unit, error) {
	return logged(store.All(ctx, tx, store.Q(`SELECT DISTINCT u.unit_id, u.name`+read+chosen+` AND u.unit_id IS NOT NULL ORDER BY 1`),
		q.args(actor, a), func(r *store.Cursor) (u Unit, err error) {
			err = r.Scan(&u.ID, &u.Name)
			return u, err
		}))
}

func scanOne[T any](r *store.Cursor) (v T, err error) {
	err = r.Scan(&v)
	return v, err
}

// logged gives the list, or the fault of a log that cannot be read.
func logged[T any](list []T, err error) ([]T, error) { return list, audit.Unreadable(err) }
