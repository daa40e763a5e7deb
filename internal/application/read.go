package application

import (
	"context"

	"sluss/internal/access"
	"sluss/internal/clock"
	"sluss/internal/fault"
	"sluss/internal/store"
)

const columns = `a.application_id, a.kind, a.key_wrapped, a.sealed, a.at, a.on_date, a.state, a.version`

func scan(actor *access.Actor, r *store.Cursor) (a Application, err error) {
	var wrapped, sealed []byte
	if err := r.Scan(&a.ID, &a.Kind, &wrapped, &sealed, &a.At, &a.On, &a.State, &a.Version); err != nil {
		return a, err
	}
	if len(wrapped) == 0 {
		return a, nil
	}
	key, err := actor.Keys().OpenOwn("application", int64(a.ID), wrapped)
	if err != nil {
		return a, err
	}
	f, err := key.Open(place(a.ID), wordFields, sealed)
	if err == nil {
		err = a.take(f)
	}
	return a, err
}

// mostListed is how many a page shows; the rest come when these are answered.
const mostListed = 100

// List gives those who wait at the actor's unit, who has waited longest first, and those answered in the last days. Only
// for those who put people in the queue.
func (d *Desk) List(ctx context.Context, actor *access.Actor) (waiting, done []Application, err error) {
	err = d.Store.Read(ctx, func(tx *store.Tx) error {
		if err := access.Unit(ctx, tx, actor, access.Caseworkers...); err != nil {
			return err
		}
		one := func(r *store.Cursor) (Application, error) { return scan(actor, r) }
		if waiting, err = store.All(ctx, tx, store.Q(`SELECT `+columns+` FROM application a WHERE a.area_id = $1 AND a.unit_id = $2 AND a.state = 'waiting'
		 ORDER BY a.application_id LIMIT 0 + $3`), []any{actor.Area(), actor.Unit(), mostListed}, one); err != nil {
			return err
		}
		done, err = store.All(ctx, tx, store.Q(`SELECT `+columns+` FROM application a WHERE a.area_id = $1 AND a.unit_id = $2 AND a.state IN ('answered', 'spam')
		 AND a.done_at > $3 ORDER BY a.done_at DESC LIMIT 0 + $4`), []any{actor.Area(), actor.Unit(), int64(actor.Now().Add(-Kept)), mostListed}, one)
		return err
	})
	return waiting, done, err
}

// Open gives one application of the actor's unit; Missing for any other.
func (d *Desk) Open(ctx context.Context, actor *access.Actor, a ID) (x Application, err error) {
	err = d.Store.Read(ctx, func(tx *store.Tx) error {
		if err := access.Unit(ctx, tx, actor, access.Caseworkers...); err != nil {
			return err
		}
		x, err = get(ctx, tx, actor, a)
		return err
	})
	return x, err
}

func get(ctx context.Context, tx *store.Tx, actor *access.Actor, a ID) (Application, error) {
	list, err := store.All(ctx, tx, store.Q(`SELECT `+columns+` FROM application a WHERE a.area_id = $1 AND a.unit_id = $2 AND a.application_id = $3`),
		[]any{actor.Area(), actor.Unit(), a}, func(r *store.Cursor) (Application, error) { return scan(actor, r) })
	if err == nil && len(list) == 0 {
		return Application{}, fault.Missing
	}
	if err != nil {
		return Application{}, err
	}
	return list[0], nil
}

// Length is how many wait at the actor's unit, and since when; First is "" when nobody does. It tells of nobody.
type Length struct {
	N     int
	First clock.Date
}

// Count counts those who wait at the actor's unit.
func Count(ctx context.Context, tx *store.Tx, actor *access.Actor) (l Length, err error) {
	err = tx.One(ctx, store.Q(`SELECT count(*), coalesce(min(on_date), '') FROM application WHERE area_id = $1 AND unit_id = $2 AND state = 'waiting'`),
		[]any{actor.Area(), actor.Unit()}, &l.N, &l.First)
	return l, err
}

// Asked is how many have asked for something in a span of days.
type Asked struct {
	Kind Kind
	N    int
}

// Counts gives how many have asked at the actor's unit, by kind; spam left out.
func Counts(ctx context.Context, tx *store.Tx, actor *access.Actor, span clock.Span) ([]Asked, error) {
	return store.All(ctx, tx, store.Q(`SELECT kind, count(*) FROM application WHERE area_id = $1 AND unit_id = $2 AND on_date >= $3 AND on_date < $4
	 AND state <> 'spam' GROUP BY kind ORDER BY kind`), []any{actor.Area(), actor.Unit(), string(span.From), string(span.To)},
		func(r *store.Cursor) (a Asked, err error) {
			err = r.Scan(&a.Kind, &a.N)
			return a, err
		})
}
