package signin

import (
	"context"

	"sluss/internal/id"
	"sluss/internal/store"
)

// Answered writes down where a saved form led, for a second press of its button.
func (d *Desk) Answered(ctx context.Context, area id.Area, once []byte, location string) error {
	return d.Store.Write(ctx, func(tx *store.Tx) error {
		_, err := tx.Exec(ctx, store.Q(`UPDATE submission SET location = $3 WHERE area_id = $1 AND once_hash = $2`), area, once, location)
		return err
	})
}

// Answer tells whether a form has been saved and where it led; "" while the first press is still being answered.
func (d *Desk) Answer(ctx context.Context, area id.Area, once []byte) (location string, saved bool, err error) {
	err = d.Store.Read(ctx, func(tx *store.Tx) error {
		return tx.One(ctx, store.Q(`SELECT location FROM submission WHERE area_id = $1 AND once_hash = $2`), []any{area, once}, &location)
	})
	if store.None(err) {
		return "", false, nil
	}
	return location, err == nil, err
}
