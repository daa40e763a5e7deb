package signin

import (
	"context"
	"crypto/sha256"
	"time"

	"sluss/internal/access"
	"sluss/internal/clock"
	"sluss/internal/fault"
	"sluss/internal/id"
	"sluss/internal/store"
	"sluss/internal/vault"
)

// Switch moves the session of a cookie to another live post of the same worker and gives the new cookie; the old one
// ends. Missing when the post is another's. Two presses of the button give the same cookie.
func (d *Desk) Switch(ctx context.Context, actor *access.Actor, cookie string, post id.Post, lang string) (session string, err error) {
	err = d.Store.Write(ctx, func(tx *store.Tx) error {
		if err := isOwn(ctx, tx, actor, post); err != nil {
			return err
		}
		session, err = instead(ctx, tx, actor, cookie, post, lang)
		return err
	})
	return session, err
}

// instead ends the actor's session of the cookie and begins one in its place, in a post of the same worker. It shows nothing more about
// who they are, and lasts no longer.
func instead(ctx context.Context, tx *store.Tx, actor *access.Actor, cookie string, post id.Post, lang string) (string, error) {
	_, old, ok := cut(cookie)
	if !ok {
		return "", errNone
	}
	token, err := next(actor.Keys(), old, post)
	if err != nil {
		return "", err
	}
	hash := sha256.Sum256(old)
	var since clock.Instant
	if err := tx.One(ctx, store.Q(`SELECT created_at FROM session WHERE area_id = $1 AND token_hash = $2`), []any{actor.Area(), hash[:]}, &since); store.None(err) {
		return "", errNone
	} else if err != nil {
		return "", err
	}
	n, err := tx.Exec(ctx, store.Q(`UPDATE session SET ended_at = $3 WHERE area_id = $1 AND token_hash = $2 AND ended_at > $3`),
		actor.Area(), hash[:], int64(actor.Now()))
	if err == nil && n > 0 { // else the other press has begun it
		err = insert(ctx, tx, actor.Area(), post, token, lang, since, actor.Now())
	}
	return cookieOf(actor.Area(), token), err
}

// next is the token of the session that is begun in a post in the place of that of the old token: two presses give the same.
func next(keys *vault.Area, old []byte, post id.Post) ([]byte, error) {
	mac, err := keys.Index("switch", string(old)+post.String())
	token := sha256.Sum256(mac)
	return token[:], err
}

func isOwn(ctx context.Context, tx *store.Tx, actor *access.Actor, post id.Post) error {
	worker, err := own(ctx, tx, actor)
	if err != nil {
		return err
	}
	var n int
	err = tx.One(ctx, store.Q(`SELECT count(*) FROM post WHERE area_id = $1 AND post_id = $2 AND worker_id = $3`), []any{actor.Area(), post, worker}, &n)
	if err == nil && n == 0 {
		return fault.Missing
	}
	return err
}

// alone ends every session of the actor's worker, and begins one in the place of the asking one.
func alone(ctx context.Context, tx *store.Tx, actor *access.Actor, worker id.Worker, here, lang string) (session string, err error) {
	if session, err = instead(ctx, tx, actor, here, actor.Post(), lang); err != nil {
		return "", err
	}
	_, token, _ := cut(session)
	_, old, _ := cut(here)
	hash, past := sha256.Sum256(token), sha256.Sum256((&Session{token: old}).FormToken())
	if _, err := tx.Exec(ctx, store.Q(`UPDATE session SET form_before = $3 WHERE area_id = $1 AND token_hash = $2`), actor.Area(), hash[:], past[:]); err != nil {
		return "", err
	}
	_, err = tx.Exec(ctx, store.Q(`UPDATE session SET ended_at = $3 WHERE area_id = $1 AND ended_at > $3 AND token_hash <> $4
	 AND post_id IN (SELECT post_id FROM post WHERE area_id = $1 AND worker_id = $2)`), actor.Area(), worker, int64(actor.Now()), hash[:])
	return session, err
}

// moments is for how long a press in a session that has been replaced is answered in the one that goes on.
const moments = time.Minute

// Pressed answers a press of a form, by its mark, that came with the cookie of a worker's session when an earlier press of the same button had
// put another in its place, moments ago: it gives the cookie of that one, and where the earlier press led, "" while that is being answered. What
// the browser was sent then it may not have got. Every other press gives no cookie: that the old one is held opens nothing.
func (d *Desk) Pressed(ctx context.Context, f *Former, once []byte) (cookie, location string, err error) {
	now := d.Clock.Now()
	err = d.Store.Read(ctx, func(tx *store.Tx) error {
		cookie = ""
		if err := tx.One(ctx, store.Q(`SELECT location FROM submission WHERE area_id = $1 AND once_hash = $2`), []any{f.area, once}, &location); err != nil {
			return err
		}
		keys, err := d.Vault.Area(ctx, tx, f.area)
		if err != nil {
			return err
		}
		posts, err := store.All(ctx, tx, store.Q(`SELECT o.post_id FROM session s JOIN post m ON m.area_id = s.area_id AND m.post_id = s.post_id
		 JOIN post o ON o.area_id = m.area_id AND o.worker_id = m.worker_id
		 WHERE s.area_id = $1 AND s.token_hash = $2 AND s.ended_at <= $3 AND s.ended_at > $4`), []any{f.area, f.hash, int64(now), int64(now.Add(-moments))},
			func(r *store.Cursor) (p id.Post, err error) {
				err = r.Scan(&p)
				return p, err
			})
		for _, post := range posts {
			token, err := next(keys, f.token, post)
			if err != nil {
				return err
			}
			hash, n := sha256.Sum256(token), 0
			if err := tx.One(ctx, store.Q(`SELECT count(*) FROM session WHERE area_id = $1 AND token_hash = $2 AND ended_at > $3`), []any{f.area, hash[:], int64(now)}, &n); err != nil {
				return err
			}
			if n > 0 {
				cookie = cookieOf(f.area, token)
			}
		}
		return err
	})
	if store.None(err) {
		return "", "", nil
	}
	return cookie, location, err
}
