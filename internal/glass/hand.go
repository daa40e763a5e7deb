package glass

import (
	"context"

	"sluss/internal/access"
	"sluss/internal/clock"
	"sluss/internal/id"
	"sluss/internal/reading"
	"sluss/internal/store"
)

// HandOn gives each broken glass that waits for its review, and whose reviewer can look into it no more, to another. The head of the unit
// reviews besides; the days that a review may take count from when the glass was broken.
func (d *Desk) HandOn(ctx context.Context, area id.Area, now clock.Instant) error {
	return d.Store.Write(ctx, func(tx *store.Tx) error {
		list, err := store.All(ctx, tx, store.Q(`SELECT glass_id, post_id, person_id, told_post_id FROM glass WHERE area_id = $1 AND reviewed_at = 0`), []any{area},
			func(r *store.Cursor) (x access.Broken, err error) {
				err = r.Scan(&x.ID, &x.Post, &x.Person, &x.Told)
				return x, err
			})
		if err != nil {
			return err
		}
		for _, x := range list {
			_, to, ok, err := reading.Instead(ctx, tx, area, x.Person, x.Post, x.Told, now)
			if err == nil && ok {
				err = access.RetellGlass(ctx, tx, area, x.Person, x.ID, to, now)
			}
			if err != nil {
				return err
			}
		}
		return nil
	})
}
