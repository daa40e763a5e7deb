package signin

import (
	"context"
	"crypto/rand"
	"crypto/sha256"
	"crypto/subtle"
	"encoding/base64"
	"slices"
	"strings"
	"time"

	"sluss/internal/access"
	"sluss/internal/clock"
	"sluss/internal/fault"
	"sluss/internal/id"
	"sluss/internal/store"
)

// A system has no session either: for its secret it gets a pass, which it carries for some minutes.

// PassLasts is for how long.
const PassLasts = 10 * time.Minute

// errSystem is the answer to every client that gets no pass, and to every pass that opens nothing; which of them is not told.
var errSystem = fault.New(fault.Forbidden, "system.refused")

// ErrScope is the answer to a system that asks for more than it may do.
var ErrScope = fault.New(fault.Invalid, "system.scope.more")

// Pass gives a system a pass for its secret, for what it asks for or else for all that it may do, and tells which. Forbidden for everybody
// else; ErrScope when it may not do all that it asks for.
func (d *Desk) Pass(ctx context.Context, s Secret, asked ...string) (pass string, scopes []string, err error) {
	var post id.Post
	in, name, ok := strings.Cut(s.Client, ".")
	var area id.Area
	secret, wrong := base64.RawURLEncoding.DecodeString(s.Secret)
	if !ok || wrong != nil || area.UnmarshalText([]byte(in)) != nil || post.UnmarshalText([]byte(name)) != nil {
		return "", nil, errSystem
	}
	now, token, shown := d.Clock.Now(), make([]byte, 32), sha256.Sum256(secret)
	_, _ = rand.Read(token)
	hash := sha256.Sum256(token)
	err = d.Store.Write(ctx, func(tx *store.Tx) error {
		var kept []byte
		var scope string
		if err := tx.One(ctx, store.Q(`SELECT secret_hash, scope FROM agency_system WHERE area_id = $1 AND post_id = $2`), []any{area, post}, &kept, &scope); store.None(err) {
			return errSystem
		} else if err != nil {
			return err
		}
		if subtle.ConstantTimeCompare(kept, shown[:]) != 1 {
			return errSystem
		}
		scopes = strings.Fields(scope)
		if slices.ContainsFunc(asked, func(s string) bool { return !slices.Contains(scopes, s) }) {
			return ErrScope
		}
		if len(asked) > 0 {
			scopes = slices.DeleteFunc(scopes, func(s string) bool { return !slices.Contains(asked, s) })
		}
		if _, err := d.system(ctx, tx, area, post, now, "pass"); err != nil {
			return err
		}
		if _, err := tx.Exec(ctx, store.Q(`DELETE FROM system_pass WHERE area_id = $1 AND post_id = $2 AND ends_at <= $3`), area, post, int64(now)); err != nil {
			return err
		}
		if _, err := tx.Exec(ctx, store.Q(`INSERT INTO system_pass (area_id, pass_hash, post_id, scope, ends_at) VALUES ($1, $2, $3, $4, $5)`), area, hash[:], post,
			strings.Join(scopes, " "), int64(now.Add(PassLasts))); err != nil {
			return err
		}
		_, err := tx.Exec(ctx, store.Q(`UPDATE agency_system SET used_at = $3 WHERE area_id = $1 AND post_id = $2`), area, post, int64(now))
		return err
	})
	if err != nil {
		return "", nil, err
	}
	return cookieOf(area, token), scopes, nil
}

// FindSystem gives which system acts by a pass, and what the pass is for. Forbidden when the pass is unknown or over, or the system or its
// agency's part here has ended.
func (d *Desk) FindSystem(ctx context.Context, pass, route string) (actor *access.Actor, scopes []string, err error) {
	area, token, ok := cut(pass)
	if !ok {
		return nil, nil, errSystem
	}
	now, hash := d.Clock.Now(), sha256.Sum256(token)
	err = d.Store.Read(ctx, func(tx *store.Tx) error {
		var post id.Post
		var scope string
		err := tx.One(ctx, store.Q(`SELECT t.post_id, t.scope FROM system_pass t WHERE t.area_id = $1 AND t.pass_hash = $2 AND t.ends_at > $3`), []any{area, hash[:], int64(now)}, &post, &scope)
		if store.None(err) {
			return errSystem
		}
		if err != nil {
			return err
		}
		scopes = strings.Fields(scope)
		actor, err = d.system(ctx, tx, area, post, now, route)
		return err
	})
	return actor, scopes, err
}

// system makes the actor of a system that may act now.
func (d *Desk) system(ctx context.Context, tx *store.Tx, area id.Area, post id.Post, now clock.Instant, route string) (*access.Actor, error) {
	keys, err := d.Vault.Area(ctx, tx, area)
	if err != nil {
		return nil, err
	}
	actor, err := access.Enter(ctx, tx, keys, area, post, now, route)
	if fault.Is(err, fault.Forbidden) {
		err = errSystem
	}
	return actor, err
}
