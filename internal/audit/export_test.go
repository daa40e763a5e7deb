package audit

import (
	"context"

	"sluss/internal/id"
	"sluss/internal/store"
)

// Leaves gives the leaves of the rows that have a position, in its order.
func Leaves(ctx context.Context, tx *store.Tx, area id.Area) ([][]byte, error) {
	return store.All(ctx, tx, store.Q(`SELECT `+rowColumns+` FROM disclosure WHERE area_id = $1 AND position IS NOT NULL ORDER BY position`),
		[]any{area}, func(c *store.Cursor) ([]byte, error) {
			r, err := scanRow(c)
			return r.leaf(nil, area), err
		})
}

// Early has so few rows wait for one before them until back is called.
func Early(most int) (back func()) {
	was := mostEarly
	mostEarly = most
	return func() { mostEarly = was }
}
