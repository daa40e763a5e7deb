package logcheck

import (
	"cmp"
	"context"
	"slices"
	"time"

	"sluss/internal/access"
	"sluss/internal/audit"
	"sluss/internal/clock"
	"sluss/internal/id"
	"sluss/internal/store"
)

// margin is how far a clock may have gone back for what was written then to be found.
const margin = 24 * time.Hour

// Listing is how one post has looked through lists in a round's days. Whom it has seen there is not told: who checks would learn of
// people by it, and one name among hundreds says little.
type Listing struct {
	Post     id.Post
	Lists    int // how many times a list was shown, searches and files not counted
	Searches int // by name or number, that found somebody
	Files    int // lists taken out
	People   int // different people whose names were shown in any of them
	Opened   int // of those, how many were also opened
}

// listings gives those of the actor's unit, whoever has seen most people first. Nobody checks their own.
func listings(ctx context.Context, tx *store.Tx, actor *access.Actor, span clock.Span) ([]Listing, error) {
	list, err := store.All(ctx, tx, store.Q(`SELECT i.post_id, count(DISTINCT CASE WHEN i.opened_id = 0 THEN i.person_id END),
	  count(DISTINCT CASE WHEN i.opened_id = 0 AND EXISTS (SELECT 1 FROM disclosure_person y WHERE y.area_id = i.area_id AND y.person_id = i.person_id
	   AND y.on_date >= $4 AND y.on_date < $5 AND y.post_id = i.post_id AND y.opened_id <> 0) THEN i.person_id END)
	 FROM person p
	  JOIN disclosure_person i ON i.area_id = p.area_id AND i.person_id = p.person_id AND i.on_date >= $4 AND i.on_date < $5
	  JOIN post o ON o.area_id = i.area_id AND o.post_id = i.post_id AND o.unit_id = $2
	  JOIN post m ON m.area_id = i.area_id AND m.post_id = $3 AND m.worker_id <> o.worker_id
	 WHERE p.area_id = $1 GROUP BY i.post_id`), []any{actor.Area(), actor.Unit(), actor.Post(), string(span.From), string(span.To)},
		func(c *store.Cursor) (l Listing, err error) {
			err = c.Scan(&l.Post, &l.People, &l.Opened)
			return l, err
		})
	if err != nil {
		return nil, audit.Unreadable(err)
	}
	from, to := span.From.At("00:00"), span.To.At("00:00")
	_, err = store.All(ctx, tx, store.Q(`SELECT post_id, sum(CASE WHEN action = $5 THEN 1 ELSE 0 END), sum(CASE WHEN purpose = $6 AND action <> $5 THEN 1 ELSE 0 END), count(*)
	 FROM disclosure WHERE area_id = $1 AND disclosure_id >= $2 AND at >= $3 AND at < $4 AND unit_id = $7 AND listed = 1 GROUP BY post_id`),
		[]any{actor.Area(), id.First[struct{}](from.Add(-margin)), int64(from), int64(to), int(access.Export), int(access.ForSearch), actor.Unit()},
		func(c *store.Cursor) (_ struct{}, err error) {
			var l Listing
			var all int
			if err = c.Scan(&l.Post, &l.Files, &l.Searches, &all); err != nil {
				return struct{}{}, err
			}
			if i := slices.IndexFunc(list, func(x Listing) bool { return x.Post == l.Post }); i >= 0 {
				list[i].Files, list[i].Searches, list[i].Lists = l.Files, l.Searches, all-l.Files-l.Searches
			}
			return struct{}{}, nil
		})
	list = slices.DeleteFunc(list, func(l Listing) bool { return l.People == 0 })
	slices.SortStableFunc(list, func(a, b Listing) int { return cmp.Compare(b.People, a.People) })
	if err != nil {
		return nil, audit.Unreadable(err)
	}
	return list, nil
}
