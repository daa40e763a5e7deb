// Package signin lets workers and participants in: sessions, one-time invitations, letters from the desk, passkeys and PINs.
package signin

import (
	"context"
	"crypto/hmac"
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"log/slog"
	"strings"
	"sync/atomic"
	"time"

	"github.com/go-webauthn/webauthn/webauthn"

	"sluss/internal/access"
	"sluss/internal/clock"
	"sluss/internal/fault"
	"sluss/internal/id"
	"sluss/internal/store"
	"sluss/internal/vault"
)

// Desk is where one signs in.
type Desk struct {
	Store *store.Store
	Vault *vault.Vault
	Clock clock.Clock
	// Providers are the OpenID providers of agencies, by which their staff sign in.
	Providers []Provider
	// EIDs are the brokers by which people sign in with an e-identification.
	EIDs []EID

	rp     *webauthn.WebAuthn // nil until At has told the address
	origin string
	guard  atomic.Int64 // until when each source may try less
}

const (
	idle    = 15 * time.Minute // a session unused for so long is over
	longest = 8 * time.Hour    // and none is longer than this
	seen    = time.Minute      // use is written down at most this often
)

// Session is a live sign-in.
type Session struct {
	Lang  string        // chosen language, or ""
	Since clock.Instant // when the worker or person showed who they are
	Idle  time.Duration // unused for so long it is over
	Sure  bool          // begun by a passkey, or at the agency: what binds may be decided in it
	Ends  clock.Instant // when it is over however it is used
	Typed bool          // something that was typed before it waits for its page
	token []byte
	past  []byte // hash of the form token of the session in whose place it was begun, in the same post; or nil
}

// fresh is for how long after somebody has shown who they are they may do what asks for that.
const fresh = 10 * time.Minute

// Fresh tells whether it was just now that somebody showed who they are.
func (s *Session) Fresh(now clock.Instant) bool { return now < s.Since.Add(fresh) }

// FormToken is what every form of the session must carry.
func (s *Session) FormToken() []byte {
	m := hmac.New(sha256.New, s.token)
	m.Write([]byte("form"))
	return m.Sum(nil)[:16]
}

// Stands tells whether a form's token is the session's, or that of the session in whose place it was begun: the form is then in a page
// that was open when one of the owner's keys was made or ended.
func (s *Session) Stands(token []byte) bool {
	if hmac.Equal(token, s.FormToken()) {
		return true
	}
	sum := sha256.Sum256(token)
	return s.past != nil && hmac.Equal(sum[:], s.past)
}

// Begin starts a session for a live post and gives its cookie.
func (d *Desk) Begin(ctx context.Context, area id.Area, post id.Post, lang string) (string, error) {
	var cookie string
	err := d.Store.Write(ctx, func(tx *store.Tx) (err error) {
		cookie, err = begin(ctx, tx, area, post, lang, d.Clock.Now())
		return err
	})
	return cookie, err
}

func begin(ctx context.Context, tx *store.Tx, area id.Area, post id.Post, lang string, now clock.Instant) (string, error) {
	token := make([]byte, 32)
	_, _ = rand.Read(token)
	return cookieOf(area, token), insert(ctx, tx, area, post, token, lang, now, now)
}

func cookieOf(area id.Area, token []byte) string {
	return area.String() + "." + base64.RawURLEncoding.EncodeToString(token)
}

// insert writes a session of a live post, of a worker who showed who they are at the instant since.
func insert(ctx context.Context, tx *store.Tx, area id.Area, post id.Post, token []byte, lang string, since, now clock.Instant) error {
	hash := sha256.Sum256(token)
	n, err := tx.Exec(ctx, store.Q(`INSERT INTO session (area_id, token_hash, post_id, lang, created_at, last_seen, idle, sure, ends_at, ended_at)
	 SELECT o.area_id, $3, o.post_id, $4, $9, $5, $10, 1, $6, $7 FROM post o
	  WHERE o.area_id = $1 AND o.post_id = $2 AND o.role <> $11 AND o.from_on <= $8 AND o.to_on > $8 AND o.ended_at > $5`),
		area, post, hash[:], lang, int64(now), int64(since.Add(longest)), int64(access.Never), string(now.Date()), int64(since), idle.Milliseconds(), int(access.System))
	if err == nil && n == 0 {
		return fault.New(fault.Forbidden, "fault.post.ended")
	}
	return err
}

// typedWaits tells in a query whether something that was typed waits for session s at the instant $3.
const typedWaits = `(SELECT count(*) FROM typed t WHERE t.area_id = s.area_id AND t.token_hash = s.token_hash AND t.ends_at > $3)`

// errNone is the answer to every cookie that is not a live session's.
var errNone = fault.New(fault.Forbidden, "fault.session")

// Find gives the actor and session of a cookie. A cookie that is unknown, ended or too old, or whose post has ended,
// gives Forbidden.
func (d *Desk) Find(ctx context.Context, cookie, route string) (*access.Actor, *Session, error) {
	area, token, ok := cut(cookie)
	if !ok {
		return nil, nil, errNone
	}
	now := d.Clock.Now()
	hash := sha256.Sum256(token)
	s := &Session{token: token, Idle: idle}
	var actor *access.Actor
	var lastSeen int64
	var standing access.Standing
	err := d.Store.Read(ctx, func(tx *store.Tx) error {
		var post id.Post
		err := tx.One(ctx, store.Q(`SELECT s.post_id, s.lang, s.last_seen, s.created_at, s.ends_at, s.form_before, `+typedWaits+`, `+access.StandingColumns+` FROM session s
		 JOIN access_epoch e ON e.area_id = s.area_id JOIN post o ON o.area_id = s.area_id AND o.post_id = s.post_id
		 WHERE s.area_id = $1 AND s.token_hash = $2 AND s.ended_at > $3 AND s.ends_at > $3 AND s.last_seen + s.idle > $3`),
			[]any{area, hash[:], int64(now)}, append([]any{&post, &s.Lang, &lastSeen, &s.Since, &s.Ends, &s.past, &s.Typed}, standing.Dest()...)...)
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
		actor, err = standing.Actor(keys, area, post, now, route)
		return err
	})
	if err != nil {
		return nil, nil, err
	}
	if int64(now)-lastSeen > seen.Milliseconds() {
		d.touch(ctx, area, hash[:], now)
	}
	return actor, s, nil
}

// touch writes down that the session is used; that it fails is no reason to send anybody away.
func (d *Desk) touch(ctx context.Context, area id.Area, hash []byte, now clock.Instant) {
	err := d.Store.Write(ctx, func(tx *store.Tx) error {
		_, err := tx.Exec(ctx, store.Q(`UPDATE session SET last_seen = $3 WHERE area_id = $1 AND token_hash = $2`), area, hash, int64(now))
		return err
	})
	if err != nil {
		slog.WarnContext(ctx, "session use not written", "error", err)
	}
}

// SetLang remembers the language chosen in the session.
func (d *Desk) SetLang(ctx context.Context, cookie, lang string) error {
	area, token, ok := cut(cookie)
	if !ok {
		return nil
	}
	hash := sha256.Sum256(token)
	return d.Store.Write(ctx, func(tx *store.Tx) error {
		_, err := tx.Exec(ctx, store.Q(`UPDATE session SET lang = $3 WHERE area_id = $1 AND token_hash = $2`), area, hash[:], lang)
		return err
	})
}

// End ends the session of a cookie at once; an unknown cookie is no fault.
func (d *Desk) End(ctx context.Context, cookie string) error {
	area, token, ok := cut(cookie)
	if !ok {
		return nil
	}
	hash := sha256.Sum256(token)
	return d.Store.Write(ctx, func(tx *store.Tx) error {
		if _, err := tx.Exec(ctx, store.Q(`DELETE FROM typed WHERE area_id = $1 AND token_hash = $2`), area, hash[:]); err != nil {
			return err
		}
		_, err := tx.Exec(ctx, store.Q(`UPDATE session SET ended_at = $3 WHERE area_id = $1 AND token_hash = $2 AND ended_at > $3`),
			area, hash[:], int64(d.Clock.Now()))
		return err
	})
}

func cut(cookie string) (id.Area, []byte, bool) { return cutToken(cookie, 32) }

// cutToken parts an area from the random bytes after it.
func cutToken(text string, size int) (id.Area, []byte, bool) {
	a, t, ok := strings.Cut(text, ".")
	if !ok {
		return 0, nil, false
	}
	var area id.Area
	if area.UnmarshalText([]byte(a)) != nil {
		return 0, nil, false
	}
	token, err := base64.RawURLEncoding.DecodeString(t)
	return area, token, err == nil && len(token) == size
}
