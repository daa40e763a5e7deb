package trusted

import (
	"context"
	"time"

	"sluss/internal/access"
	"sluss/internal/clock"
	"sluss/internal/store"
)

// Link is a link as the person sees it.
type Link struct {
	ID     ID
	Reader string
	Helps  bool
	Made   clock.Instant
	Ends   clock.Instant
	Ended  clock.Instant   // 0 while it has not been ended
	Wrong  bool            // it was ended by wrong codes
	Opened []clock.Instant // the newest first; for the person alone
}

// Live tells whether it opens anything.
func (l Link) Live(now clock.Instant) bool { return l.Ended == 0 && l.Ends > now }

// kept is how long a link that is over stands on the page; it stands in all that is kept for as long as that is.
const kept = 90

// Links gives the links of the person of the access that hold, or were over lately, the newest first. When they were opened is for
// the person alone: staff never see who reads what on their own.
func Links(ctx context.Context, tx *store.Tx, actor *access.Actor, a access.Access) ([]Link, error) {
	key := a.Key(access.Identity)
	list, err := store.All(ctx, tx, store.Q(`SELECT link_id, sealed, helps, made_at, ends_at, ended_at, tries FROM trusted_link
	 WHERE area_id = $1 AND person_id = $2 AND ends_at > $3 ORDER BY link_id DESC`), []any{actor.Area(), a.Person(), int64(actor.Now().Add(-days(kept)))}, func(r *store.Cursor) (l Link, err error) {
		var sealed []byte
		var helps, tries int
		if err := r.Scan(&l.ID, &sealed, &helps, &l.Made, &l.Ends, &l.Ended, &tries); err != nil {
			return l, err
		}
		f, err := key.Open(access.LinkPlace(l.ID), 1, sealed)
		if err != nil {
			return l, err
		}
		l.Reader, l.Helps, l.Wrong = f[0], helps == 1, tries >= FreeTries
		if l.Ended == access.Never {
			l.Ended = 0
		}
		return l, nil
	})
	if err != nil || a.Ground() != access.Themself {
		return list, err
	}
	return list, openings(ctx, tx, actor, a, list)
}

func openings(ctx context.Context, tx *store.Tx, actor *access.Actor, a access.Access, list []Link) error {
	_, err := store.All(ctx, tx, store.Q(`SELECT link_id, at FROM trusted_opening WHERE area_id = $1 AND person_id = $2 ORDER BY at DESC`),
		[]any{actor.Area(), a.Person()}, func(r *store.Cursor) (_ struct{}, err error) {
			var link ID
			var at clock.Instant
			err = r.Scan(&link, &at)
			for i := range list {
				if list[i].ID == link {
					list[i].Opened = append(list[i].Opened, at)
				}
			}
			return struct{}{}, err
		})
	return err
}

func days(n int) time.Duration { return time.Duration(n) * 24 * time.Hour }
