package signin

import (
	"context"
	"crypto/rand"
	"crypto/sha256"
	"time"

	"sluss/internal/access"
	"sluss/internal/clock"
	"sluss/internal/id"
	"sluss/internal/store"
)

// A person's own session is shorter than a worker's: it may stand open on a computer that others use next. Where they say
// that others do, it is shorter still.
const (
	ownIdle    = 10 * time.Minute // unused for so long it is over
	sharedIdle = 3 * time.Minute  // on a computer that others use
	ownLongest = time.Hour        // and none is longer than this
)

// BeginOwn starts a session of a person who has shown who they are, and gives its cookie. A record that is destroyed or was
// never there gives Forbidden.
func (d *Desk) BeginOwn(ctx context.Context, area id.Area, person id.Person, lang string) (cookie string, err error) {
	err = d.Store.Write(ctx, func(tx *store.Tx) error {
		cookie, err = beginOwn(ctx, tx, area, person, lang, false, true, d.Clock.Now())
		return err
	})
	return cookie, err
}

// Shared tells that it is a person's on a computer that others use.
func (s *Session) Shared() bool { return s.Idle == sharedIdle }

func beginOwn(ctx context.Context, tx *store.Tx, area id.Area, person id.Person, lang string, shared, sure bool, now clock.Instant) (string, error) {
	token := make([]byte, 32)
	_, _ = rand.Read(token)
	hash, rests := sha256.Sum256(token), ownIdle
	if shared {
		rests = sharedIdle
	}
	n, err := tx.Exec(ctx, store.Q(`INSERT INTO session (area_id, token_hash, person_id, lang, created_at, last_seen, idle, sure, ends_at, ended_at)
	 SELECT p.area_id, $3, p.person_id, $4, $5, $5, $6, $9, $7, $8 FROM person p WHERE p.area_id = $1 AND p.person_id = $2 AND p.weeded_at = 0`),
		area, person, hash[:], lang, int64(now), rests.Milliseconds(), int64(now.Add(ownLongest)), int64(access.Never), store.Flag(sure))
	if err == nil && n == 0 {
		return "", errNone
	}
	return cookieOf(area, token), err
}

// FindOwn is Find for the cookie of a person's own session. That of a worker is unknown here, as a person's is to Find.
func (d *Desk) FindOwn(ctx context.Context, cookie, route string) (*access.Actor, *Session, error) {
	area, token, ok := cut(cookie)
	if !ok {
		return nil, nil, errNone
	}
	now := d.Clock.Now()
	hash := sha256.Sum256(token)
	s := &Session{token: token}
	var actor *access.Actor
	var lastSeen clock.Instant
	var rests int64
	err := d.Store.Read(ctx, func(tx *store.Tx) error {
		var person id.Person
		err := tx.One(ctx, store.Q(`SELECT s.person_id, s.lang, s.created_at, s.last_seen, s.idle, s.sure, s.ends_at, `+typedWaits+` FROM session s
		 WHERE s.area_id = $1 AND s.token_hash = $2 AND s.person_id IS NOT NULL AND s.ended_at > $3 AND s.ends_at > $3 AND s.last_seen + s.idle > $3`),
			[]any{area, hash[:], int64(now)}, &person, &s.Lang, &s.Since, &lastSeen, &rests, &s.Sure, &s.Ends, &s.Typed)
		if store.None(err) {
			return errNone
		}
		if err != nil {
			return err
		}
		keys, err := d.Vault.Area(ctx, tx, area)
		if err != nil {
			return err
		}
		actor, err = access.EnterOwn(ctx, tx, keys, area, person, now, route)
		return err
	})
	if err != nil {
		return nil, nil, err
	}
	s.Idle = time.Duration(rests) * time.Millisecond
	if now > lastSeen.Add(seen) {
		d.touch(ctx, area, hash[:], now)
	}
	return actor, s, nil
}
