package myplace

import (
	"context"

	"sluss/internal/access"
	"sluss/internal/store"
)

// Helps gives what the person of the access has said helps on a bad day, and its language; "" for nothing, and after they have left.
func Helps(ctx context.Context, tx *store.Tx, actor *access.Actor, a access.Access) (words, lang string, err error) {
	var row int64
	var sealed []byte
	err = tx.One(ctx, store.Q(`SELECT m.place_id, m.lang, m.sealed FROM my_place m
	 JOIN enrolment e ON e.area_id = m.area_id AND e.enrolment_id = m.enrolment_id
	 WHERE m.area_id = $1 AND m.person_id = $2 AND e.state <> 'left' ORDER BY m.place_id DESC LIMIT 1`), []any{actor.Area(), a.Person()}, &row, &lang, &sealed)
	if store.None(err) {
		return "", "", nil
	}
	if err != nil {
		return "", "", err
	}
	f, err := a.Key(Need).Open(wordsPlace(row), 3, sealed)
	if err != nil {
		return "", "", err
	}
	return f[0], lang, nil
}
