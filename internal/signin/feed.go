package signin

import (
	"context"
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"

	"sluss/internal/access"
	"sluss/internal/clock"
	"sluss/internal/fault"
	"sluss/internal/id"
	"sluss/internal/store"
)

// A calendar program has no session: it carries the secret address that its owner made for it, and reads one thing only.

const feedBytes = 16

// errFeed is the answer to every address that opens nothing: unknown, closed, or of somebody whose record is protected.
var errFeed = fault.New(fault.NotFound, "fault.missing")

// Origin is the address that browsers and calendar programs use.
func (d *Desk) Origin() string { return d.origin }

// FeedSince tells when the actor's calendar address was made; 0 when there is none.
func FeedSince(ctx context.Context, tx *store.Tx, actor *access.Actor) (at clock.Instant, err error) {
	err = tx.One(ctx, store.Q(`SELECT coalesce(max(created_at), 0) FROM feed WHERE area_id = $1 AND post_id = $2 AND person_id = $3 AND ended_at > $4`),
		[]any{actor.Area(), actor.Post(), actor.Themself(), int64(actor.Now())}, &at)
	return at, err
}

// RenewFeed makes the actor a calendar address and gives its token, which is not kept; the one before opens nothing from now
// on. A conflict for a person whose record is protected.
func (d *Desk) RenewFeed(ctx context.Context, actor *access.Actor) (string, error) {
	token := make([]byte, feedBytes)
	_, _ = rand.Read(token)
	hash := sha256.Sum256(token)
	err := d.Store.Write(ctx, func(tx *store.Tx) error {
		if err := owner(ctx, tx, actor); err != nil {
			return err
		}
		if err := closeFeed(ctx, tx, actor); err != nil {
			return err
		}
		_, err := tx.Exec(ctx, store.Q(`INSERT INTO feed (area_id, token_hash, post_id, person_id, created_at, ended_at) VALUES ($1, $2, $3, $4, $5, $6)`),
			actor.Area(), hash[:], actor.Post(), actor.Themself(), int64(actor.Now()), int64(access.Never))
		return err
	})
	return actor.Area().String() + "." + base64.RawURLEncoding.EncodeToString(token), err
}

// owner refuses a post that has ended, and a person whose record is protected, or another of theirs.
func owner(ctx context.Context, tx *store.Tx, actor *access.Actor) error {
	if actor.Themself() == 0 {
		return access.Self(ctx, tx, actor)
	}
	if _, err := access.OpenOwn(ctx, tx, actor, access.Activities, access.Read); err != nil { // which also sees to that one press is one address
		return err
	}
	var open int
	err := tx.One(ctx, store.Q(`SELECT count(*) FROM person p WHERE p.area_id = $1 AND p.person_id = $2 AND `+access.Unshielded), []any{actor.Area(), actor.Themself()}, &open)
	if err == nil && open == 0 {
		err = fault.New(fault.Conflict, "feed.protected")
	}
	return err
}

// CloseFeed closes the actor's calendar address.
func (d *Desk) CloseFeed(ctx context.Context, actor *access.Actor) error {
	return d.Store.Write(ctx, func(tx *store.Tx) error { return closeFeed(ctx, tx, actor) })
}

func closeFeed(ctx context.Context, tx *store.Tx, actor *access.Actor) error {
	_, err := tx.Exec(ctx, store.Q(`UPDATE feed SET ended_at = $4 WHERE area_id = $1 AND post_id = $2 AND person_id = $3 AND ended_at > $4`),
		actor.Area(), actor.Post(), actor.Themself(), int64(actor.Now()))
	return err
}

// FindFeed gives who acts by the token of a calendar address: its owner, who reads their own times.
func (d *Desk) FindFeed(ctx context.Context, token, route string) (actor *access.Actor, err error) {
	area, raw, ok := cutToken(token, feedBytes)
	if !ok {
		return nil, errFeed
	}
	now, hash := d.Clock.Now(), sha256.Sum256(raw)
	err = d.Store.Read(ctx, func(tx *store.Tx) error {
		var post id.Post
		var person id.Person
		err := tx.One(ctx, store.Q(`SELECT f.post_id, f.person_id FROM feed f LEFT JOIN person p ON p.area_id = f.area_id AND p.person_id = f.person_id
		 WHERE f.area_id = $1 AND f.token_hash = $2 AND f.ended_at > $3 AND (f.person_id = 0 OR `+access.Unshielded+`)`), []any{area, hash[:], int64(now)}, &post, &person)
		if store.None(err) {
			return errFeed
		}
		if err != nil {
			return err
		}
		keys, err := d.Vault.Area(ctx, tx, area)
		if err != nil {
			return err
		}
		if person != 0 {
			actor, err = access.EnterOwn(ctx, tx, keys, area, person, now, route)
		} else {
			actor, err = access.Enter(ctx, tx, keys, area, post, now, route)
		}
		if fault.Is(err, fault.Forbidden) {
			return errFeed
		}
		return err
	})
	return actor, err
}
