package application

import (
	"context"

	"sluss/internal/clock"
	"sluss/internal/fault"
	"sluss/internal/id"
	"sluss/internal/store"
	"sluss/internal/vault"
)

// MostADay is how many applications an area takes in one day, those that staff threw away apart. A town's own people are far
// fewer.
const MostADay = 200

// ErrFull tells that no more are taken today, from anybody.
var ErrFull = fault.New(fault.Unavailable, "public.full")

// Ask takes what somebody has written to a gateway. It looks nobody up, so that the answer is the same whoever it is about.
// The second press of the same button changes nothing. ErrFull when the area has had as many as it takes in a day.
func (d *Desk) Ask(ctx context.Context, area id.Area, unit id.Unit, f Form) error {
	if err := f.Check(); err != nil {
		return err
	}
	now := d.Clock.Now()
	a := id.New[tag](now)
	return d.Store.Write(ctx, func(tx *store.Tx) error {
		keys, err := d.Vault.Area(ctx, tx, area)
		if err != nil {
			return err
		}
		n, err := insert(ctx, tx, keys, area, unit, a, f, now)
		if err != nil || n == 0 {
			return err
		}
		var today int
		err = tx.One(ctx, store.Q(`SELECT count(*) FROM application WHERE area_id = $1 AND on_date = $2 AND state <> 'spam' AND kind <> 'sent'`),
			[]any{area, string(now.Date())}, &today)
		if err == nil && today > MostADay {
			err = ErrFull
		}
		return err
	})
}

// insert seals what was written by a key of its own; n is 0 for a second press.
func insert(ctx context.Context, tx *store.Tx, keys *vault.Area, area id.Area, unit id.Unit, a ID, f Form, now clock.Instant) (n int64, err error) {
	wrapped, key, err := keys.NewOwn("application", int64(a))
	if err != nil {
		return 0, err
	}
	return tx.Exec(ctx, store.Q(`INSERT INTO application (area_id, application_id, unit_id, kind, key_wrapped, sealed, press, at, on_date, state, post_id, done_at, version)
	 VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, 'waiting', 0, 0, 1) ON CONFLICT (area_id, press) DO NOTHING`),
		area, a, unit, string(f.Kind), wrapped, key.Seal(place(a), f.Words.list()...), f.Press, int64(now), string(now.Date()))
}
