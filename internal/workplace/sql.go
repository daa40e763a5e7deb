package workplace

import (
	"context"
	"strings"

	"sluss/internal/access"
	"sluss/internal/fault"
	"sluss/internal/store"
)

const columns = `SELECT workplace_id, holder_id, places, features, ended_on, key_wrapped, sealed, at, post_id, version FROM workplace`

func scan(actor *access.Actor) func(r *store.Cursor) (Workplace, error) {
	return func(r *store.Cursor) (w Workplace, err error) {
		var features string
		var sealed []byte
		if err = r.Scan(&w.ID, &w.Holder, &w.Places, &features, &w.EndedOn, &w.wrapped, &sealed, &w.At, &w.By, &w.Version); err != nil {
			return w, err
		}
		for _, x := range strings.Fields(features) {
			w.Features = append(w.Features, Feature(x))
		}
		key, err := actor.Keys().OpenOwn("workplace", int64(w.ID), w.wrapped)
		if err != nil {
			return w, err
		}
		f, err := key.Open(placeOf(w.ID), wordFields, sealed)
		if err == nil {
			w.take(f)
		}
		return w, err
	}
}

func features(list []Feature) string {
	words := make([]string, len(list))
	for i, x := range list {
		words[i] = string(x)
	}
	return strings.Join(words, " ")
}

func insert(ctx context.Context, tx *store.Tx, actor *access.Actor, w Workplace) error {
	wrapped, key, err := actor.Keys().NewOwn("workplace", int64(w.ID))
	if err != nil {
		return err
	}
	_, err = tx.Exec(ctx, store.Q(`INSERT INTO workplace (area_id, workplace_id, unit_id, holder_id, places, features, ended_on, key_wrapped, sealed, at, post_id, version)
	 VALUES ($1, $2, $3, $4, $5, $6, '', $7, $8, $9, $10, 1)`), actor.Area(), w.ID, actor.Unit(), w.Holder, w.Places, features(w.Features), wrapped,
		key.Seal(placeOf(w.ID), w.list()...), int64(actor.Now()), actor.Post())
	return err
}

// update writes a workplace as it is now. Stale when it was changed since the version that was read.
func update(ctx context.Context, tx *store.Tx, actor *access.Actor, w Workplace) error {
	key, err := actor.Keys().OpenOwn("workplace", int64(w.ID), w.wrapped)
	if err != nil {
		return err
	}
	n, err := tx.Exec(ctx, store.Q(`UPDATE workplace SET holder_id = $4, places = $5, features = $6, ended_on = $7, sealed = $8, at = $9, post_id = $10, version = version + 1
	 WHERE area_id = $1 AND workplace_id = $2 AND version = $3`), actor.Area(), w.ID, w.Version, w.Holder, w.Places, features(w.Features), string(w.EndedOn),
		key.Seal(placeOf(w.ID), w.list()...), int64(actor.Now()), actor.Post())
	if err == nil && n == 0 {
		err = fault.Stale
	}
	return err
}
