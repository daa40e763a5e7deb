package remind

import (
	"context"
	"slices"
	"time"

	"sluss/internal/access"
	"sluss/internal/clock"
	"sluss/internal/id"
	"sluss/internal/org"
	"sluss/internal/store"
)

// What a notice is of, beside times to be reminded of: a change of the schedule, and that it was taken back after somebody had heard of it.
const (
	changed = "changed"
	undone  = "undone"
)

// A change is told of when it has stood for a while, since most that is taken back is taken back at once; and after some days no more.
const (
	settles = 10 * time.Minute
	old     = 48 * time.Hour
)

// changes are the changes of occasions that somebody is concerned by who has a place in them: one row for each occasion, as it was. One that
// was taken back is told of to those alone who have heard of it.
const changes = `SELECT CASE WHEN c.undone_at = 0 THEN 'changed' ELSE 'undone' END, c.change_id, x.person_id, x.unit_id, c.was_on, c.was_at,
 coalesce((SELECT max(g.post_id) FROM assignment g JOIN post q ON q.area_id = g.area_id AND q.post_id = g.post_id AND q.unit_id = x.unit_id
  WHERE g.area_id = x.area_id AND g.person_id = x.person_id AND g.from_on <= $4 AND g.to_on > $4 AND g.ended_at > $2), 0), coalesce(k.choice, '')
 FROM occasion_change c JOIN occasion o ON o.area_id = c.area_id AND o.occasion_id = c.occasion_id
 JOIN place x ON x.area_id = o.area_id AND x.run_id = o.run_id AND x.state = 'held'
  AND (x.from_on <= c.was_on AND (x.to_on = '' OR x.to_on > c.was_on) OR x.from_on <= o.on_date AND (x.to_on = '' OR x.to_on > o.on_date))
 JOIN person p ON p.area_id = x.area_id AND p.person_id = x.person_id AND ` + access.Unshielded + ` AND p.weeded_at = 0 AND p.reach IN ('email', 'sms')
 LEFT JOIN reminder_choice k ON k.area_id = x.area_id AND k.person_id = x.person_id
 LEFT JOIN reminder n ON n.area_id = x.area_id AND n.person_id = x.person_id AND n.what = 'changed' AND n.ref_id = c.change_id
 WHERE c.area_id = $1 AND (c.was_on || c.was_at > $4 || $5 OR o.on_date || o.at > $4 || $5)
  AND (c.undone_at = 0 AND c.at > $3 AND (o.state <> 'planned' OR o.on_date <> c.was_on OR o.at <> c.was_at OR o.until <> c.was_until OR o.room_id <> c.was_room_id)
   OR c.undone_at > $3 AND n.sent_at > 0)
  AND NOT EXISTS (SELECT 1 FROM pause z WHERE z.area_id = c.area_id AND z.person_id = x.person_id AND z.unit_id = x.unit_id AND z.began_on <= c.was_on
   AND (z.ended_on = '' OR z.ended_on > c.was_on))`

// news gives what somebody is to be told of changes and has not been, once for each change.
func news(ctx context.Context, tx *store.Tx, area id.Area, now clock.Instant) ([]planned, error) {
	list, err := store.All(ctx, tx, store.Q(changes+` AND CASE WHEN c.undone_at = 0 THEN c.at ELSE c.undone_at END <= $6 AND NOT EXISTS (SELECT 1 FROM reminder r
	 WHERE r.area_id = c.area_id AND r.person_id = x.person_id AND r.ref_id = c.change_id AND r.what = CASE WHEN c.undone_at = 0 THEN 'changed' ELSE 'undone' END)
	 ORDER BY c.change_id, x.person_id, c.was_on, c.was_at`), append(since(area, now), int64(now.Add(-settles))), scan)
	list = slices.CompactFunc(list, func(a, b planned) bool { return a.What == b.What && a.Ref == b.Ref && a.Person == b.Person })
	return slices.DeleteFunc(list, planned.unwanted), err
}

// still gives a notice that has not gone, if what it tells of still holds; else nil.
func still(ctx context.Context, tx *store.Tx, area id.Area, was planned, now clock.Instant) (*planned, error) {
	list, err := store.All(ctx, tx, store.Q(changes+` AND c.change_id = $6 AND x.person_id = $7`), append(since(area, now), was.Ref, was.Person), scan)
	if err != nil || len(list) == 0 || list[0].What != was.What || list[0].unwanted() {
		return nil, err
	}
	return &list[0], nil
}

func since(area id.Area, now clock.Instant) []any {
	return []any{area, int64(now), int64(now.Add(-old)), string(now.Date()), string(now.LocalTime())}
}

// unwanted tells whether the person has chosen themself to get no messages of their times.
func (x planned) unwanted() bool { return x.chosen == org.RemindNever }
