package statement

import (
	"context"
	"encoding/json"
	"fmt"

	"sluss/internal/access"
	"sluss/internal/comment"
	"sluss/internal/fault"
	"sluss/internal/store"
)

const columns = `s.statement_id, s.unit_id, s.from_on, s.to_on, s.sealed, s.at, s.post_id, s.shown_how, s.shown_at, s.shown_post_id, s.zone_id, s.law,
  s.ground_id, s.handed_at, s.handed_post_id, s.version`

func scan(r *store.Cursor, a access.Access) (s Statement, err error) {
	var sealed []byte
	if err = r.Scan(&s.ID, &s.Unit, &s.From, &s.To, &sealed, &s.At, &s.By, &s.ShownHow, &s.ShownAt, &s.ShownBy, &s.Zone, &s.Ground.Law,
		&s.Ground.ID, &s.HandedAt, &s.HandedBy, &s.Version); err != nil {
		return s, err
	}
	f, err := a.Key(access.Attendance).Open(placeOf(s.ID), 2, sealed)
	if err != nil {
		return s, err
	}
	s.Receiver = f[1]
	if err := json.Unmarshal([]byte(f[0]), &s.Weeks); err != nil {
		return s, fmt.Errorf("hours of statement %s: %w", s.ID, err)
	}
	return s, nil
}

// seal closes the hours and who took them.
func (s Statement) seal(a access.Access) ([]byte, error) {
	hours, err := json.Marshal(s.Weeks)
	return a.Key(access.Attendance).Seal(placeOf(s.ID), string(hours), s.Receiver), err
}

// of gives the person's statements, the latest first, with what they say of them.
func of(ctx context.Context, tx *store.Tx, actor *access.Actor, a access.Access) ([]Statement, error) {
	list, err := store.All(ctx, tx, store.Q(`SELECT `+columns+` FROM statement s WHERE s.area_id = $1 AND s.person_id = $2 ORDER BY s.statement_id DESC`),
		[]any{actor.Area(), a.Person()}, func(r *store.Cursor) (Statement, error) { return scan(r, a) })
	if err != nil || len(list) == 0 {
		return nil, err
	}
	at := make(map[ID]int, len(list))
	for i, s := range list {
		at[s.ID] = i
	}
	said, err := comment.Of(ctx, tx, actor, a, comment.Statement)
	for _, c := range said {
		if i, ours := at[ID(c.Thing.Ref)]; ours {
			list[i].Comments = append(list[i].Comments, c)
		}
	}
	return list, err
}

// get gives one of the person's statements as it was read. Missing when they have no such, Stale when it has changed since.
func get(ctx context.Context, tx *store.Tx, actor *access.Actor, a access.Access, k ID, version int) (Statement, error) {
	list, err := of(ctx, tx, actor, a)
	if err != nil {
		return Statement{}, err
	}
	for _, s := range list {
		switch {
		case s.ID != k:
		case version != 0 && s.Version != version:
			return s, fault.Stale
		default:
			return s, nil
		}
	}
	return Statement{}, fault.Missing
}

func insert(ctx context.Context, tx *store.Tx, actor *access.Actor, a access.Access, s Statement) error {
	sealed, err := s.seal(a)
	if err != nil {
		return err
	}
	_, err = tx.Exec(ctx, store.Q(`INSERT INTO statement (area_id, statement_id, person_id, unit_id, from_on, to_on, sealed, at, post_id, shown_how, shown_at,
	  shown_post_id, zone_id, law, ground_id, handed_at, handed_post_id, version) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, '', 0, 0, 0, '', 0, 0, 0, 1)`),
		actor.Area(), s.ID, a.Person(), s.Unit, string(s.From), string(s.To), sealed, int64(s.At), s.By)
	return err
}

// update writes a statement that has not gone. Stale when it has, or has changed since it was read.
func update(ctx context.Context, tx *store.Tx, actor *access.Actor, a access.Access, s Statement) error {
	sealed, err := s.seal(a)
	if err != nil {
		return err
	}
	n, err := tx.Exec(ctx, store.Q(`UPDATE statement SET sealed = $5, at = $6, post_id = $7, shown_how = $8, shown_at = $9, shown_post_id = $10, zone_id = $11,
	  law = $12, ground_id = $13, handed_at = $14, handed_post_id = $15, version = version + 1
	 WHERE area_id = $1 AND statement_id = $2 AND person_id = $3 AND version = $4 AND handed_at = 0`), actor.Area(), s.ID, a.Person(), s.Version,
		sealed, int64(s.At), s.By, string(s.ShownHow), int64(s.ShownAt), s.ShownBy, s.Zone, s.Ground.Law, s.Ground.ID, int64(s.HandedAt), s.HandedBy)
	if err == nil && n == 0 {
		return fault.Stale
	}
	return err
}

// remove takes a statement that has not gone away, with what was said of it.
func remove(ctx context.Context, tx *store.Tx, actor *access.Actor, a access.Access, s Statement) error {
	if err := comment.Remove(ctx, tx, actor, a, comment.Thing{Kind: comment.Statement, Ref: int64(s.ID)}); err != nil {
		return err
	}
	n, err := tx.Exec(ctx, store.Q(`DELETE FROM statement WHERE area_id = $1 AND statement_id = $2 AND person_id = $3 AND version = $4 AND handed_at = 0`),
		actor.Area(), s.ID, a.Person(), s.Version)
	if err == nil && n == 0 {
		return fault.Stale
	}
	return err
}
