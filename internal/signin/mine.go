package signin

import (
	"context"
	"crypto/sha256"
	"encoding/base64"

	"sluss/internal/access"
	"sluss/internal/clock"
	"sluss/internal/fault"
	"sluss/internal/id"
	"sluss/internal/store"
)

// Mine is what a worker can sign in with and where they are signed in.
type Mine struct {
	Worker   id.Worker
	Keys     []Key
	Sessions []Open
}

// Key is one passkey.
type Key struct {
	ID      string // an address, worthless to others
	Name    string // "" when the worker gave it none
	Created clock.Instant
	Used    clock.Instant
}

// Open is one live session.
type Open struct {
	ID    string // of its cookie's hash; it lets nobody in
	Begun clock.Instant
	Seen  clock.Instant
	Here  bool // the one that asks
}

// Mine lists the actor's own live passkeys and sessions, in all their posts. cookie is that of the asking session.
func (d *Desk) Mine(ctx context.Context, actor *access.Actor, cookie string) (Mine, error) {
	_, token, _ := cut(cookie)
	here := sha256.Sum256(token)
	var m Mine
	err := d.Store.Read(ctx, func(tx *store.Tx) (err error) {
		if m.Worker, err = workerOf(ctx, tx, actor); err != nil {
			return err
		}
		if m.Keys, err = keysOf(ctx, tx, actor.Area(), m.Worker, actor.Now()); err != nil {
			return err
		}
		m.Sessions, err = sessionsOf(ctx, tx, actor.Area(), m.Worker, here[:], actor.Now())
		return err
	})
	return m, err
}

func workerOf(ctx context.Context, tx *store.Tx, actor *access.Actor) (w id.Worker, err error) {
	err = tx.One(ctx, store.Q(`SELECT worker_id FROM post WHERE area_id = $1 AND post_id = $2`), []any{actor.Area(), actor.Post()}, &w)
	return w, err
}

// own is workerOf for a change of what is the worker's own, which happens once however often its button is pressed.
func own(ctx context.Context, tx *store.Tx, actor *access.Actor) (id.Worker, error) {
	if err := access.Self(ctx, tx, actor); err != nil {
		return 0, err
	}
	return workerOf(ctx, tx, actor)
}

func keysOf(ctx context.Context, tx *store.Tx, area id.Area, worker id.Worker, now clock.Instant) ([]Key, error) {
	return store.All(ctx, tx, store.Q(`SELECT credential_id, name, created_at, used_at FROM passkey
	 WHERE area_id = $1 AND worker_id = $2 AND ended_at > $3 ORDER BY created_at`), []any{area, worker, int64(now)},
		func(r *store.Cursor) (k Key, err error) {
			var raw []byte
			err = r.Scan(&raw, &k.Name, &k.Created, &k.Used)
			k.ID = base64.RawURLEncoding.EncodeToString(raw)
			return k, err
		})
}

func sessionsOf(ctx context.Context, tx *store.Tx, area id.Area, worker id.Worker, here []byte, now clock.Instant) ([]Open, error) {
	return store.All(ctx, tx, store.Q(`SELECT s.token_hash, s.created_at, s.last_seen FROM session s
	 JOIN post o ON o.area_id = s.area_id AND o.post_id = s.post_id
	 WHERE s.area_id = $1 AND o.worker_id = $2 AND s.ended_at > $3 AND s.ends_at > $3 AND s.last_seen + s.idle > $3 ORDER BY s.created_at DESC`),
		[]any{area, worker, int64(now)}, func(r *store.Cursor) (o Open, err error) {
			var raw []byte
			err = r.Scan(&raw, &o.Begun, &o.Seen)
			o.ID, o.Here = base64.RawURLEncoding.EncodeToString(raw), string(raw) == string(here)
			return o, err
		})
}

// AskMore begins the making of one more passkey for the actor.
func (d *Desk) AskMore(ctx context.Context, actor *access.Actor, worker id.Worker) (Challenge, error) {
	return d.askNew(ctx, actor.Area(), worker, "more "+worker.String())
}

// More keeps one more passkey for the actor, ends every session of theirs, and gives the cookie of the one that goes on in the place of the
// asking one, whose cookie is here: whoever else was signed in as them is not, from then on.
func (d *Desk) More(ctx context.Context, actor *access.Actor, here, cookie, answer, name, lang string) (session string, err error) {
	var worker id.Worker
	err = d.Store.Read(ctx, func(tx *store.Tx) (err error) {
		worker, err = workerOf(ctx, tx, actor)
		return err
	})
	if err != nil {
		return "", err
	}
	key, s, err := d.made(ctx, actor.Area(), worker, "more "+worker.String(), cookie, answer)
	if err != nil {
		return "", err
	}
	err = d.Store.Write(ctx, func(tx *store.Tx) error {
		if _, err := own(ctx, tx, actor); err != nil {
			return err
		}
		if err := keep(ctx, tx, actor.Area(), worker, s, key, name, actor.Now()); err != nil {
			return err
		}
		session, err = alone(ctx, tx, actor, worker, here, lang)
		return err
	})
	return session, err
}

// EndKey ends one of the actor's passkeys and, as More does, every session of theirs: a key that is lost may have begun one. The last key
// is kept (Conflict): without it only a new invitation lets them in. One that has ended already ends nothing more, and gives no session.
func (d *Desk) EndKey(ctx context.Context, actor *access.Actor, here, key, lang string) (session string, err error) {
	raw, err := base64.RawURLEncoding.DecodeString(key)
	if err != nil {
		return "", fault.Missing
	}
	err = d.Store.Write(ctx, func(tx *store.Tx) error {
		worker, err := own(ctx, tx, actor)
		if err != nil {
			return err
		}
		keys, err := keysOf(ctx, tx, actor.Area(), worker, actor.Now())
		if err != nil {
			return err
		}
		if len(keys) == 1 && keys[0].ID == key {
			return fault.New(fault.Conflict, "passkey.last")
		}
		var until clock.Instant
		session = ""
		if err := tx.One(ctx, store.Q(`SELECT ended_at FROM passkey WHERE area_id = $1 AND worker_id = $2 AND credential_id = $3`),
			[]any{actor.Area(), worker, raw}, &until); store.None(err) {
			return fault.Missing
		} else if err != nil || until <= actor.Now() {
			return err
		}
		if _, err := tx.Exec(ctx, store.Q(`UPDATE passkey SET ended_at = $4 WHERE area_id = $1 AND worker_id = $2 AND credential_id = $3`),
			actor.Area(), worker, raw, int64(actor.Now())); err != nil {
			return err
		}
		session, err = alone(ctx, tx, actor, worker, here, lang)
		return err
	})
	return session, err
}

// EndOne ends one of the actor's own sessions; one that is over stays so.
func (d *Desk) EndOne(ctx context.Context, actor *access.Actor, session string) error {
	raw, err := base64.RawURLEncoding.DecodeString(session)
	if err != nil {
		return fault.Missing
	}
	return d.Store.Write(ctx, func(tx *store.Tx) error {
		worker, err := own(ctx, tx, actor)
		if err != nil {
			return err
		}
		n, err := tx.Exec(ctx, store.Q(`UPDATE session SET ended_at = CASE WHEN ended_at > $3 THEN $3 ELSE ended_at END WHERE area_id = $1 AND token_hash = $2
		 AND post_id IN (SELECT post_id FROM post WHERE area_id = $1 AND worker_id = $4)`), actor.Area(), raw, int64(actor.Now()), worker)
		if err == nil && n == 0 {
			return fault.Missing
		}
		return err
	})
}

// EndAll ends every session of the actor, this one too.
func (d *Desk) EndAll(ctx context.Context, actor *access.Actor) error {
	return d.Store.Write(ctx, func(tx *store.Tx) error {
		worker, err := own(ctx, tx, actor)
		if err != nil {
			return err
		}
		return EndSessions(ctx, tx, actor.Area(), worker, actor.Now())
	})
}

// EndSessions ends every session of a worker, in all posts.
func EndSessions(ctx context.Context, tx *store.Tx, area id.Area, worker id.Worker, now clock.Instant) error {
	_, err := tx.Exec(ctx, store.Q(`UPDATE session SET ended_at = $3 WHERE area_id = $1 AND ended_at > $3
	 AND post_id IN (SELECT post_id FROM post WHERE area_id = $1 AND worker_id = $2)`), area, worker, int64(now))
	return err
}

// EndWorker ends everything that lets a worker in: sessions, passkeys and invitations.
func EndWorker(ctx context.Context, tx *store.Tx, area id.Area, worker id.Worker, now clock.Instant) error {
	if err := EndSessions(ctx, tx, area, worker, now); err != nil {
		return err
	}
	if _, err := tx.Exec(ctx, store.Q(`UPDATE invite SET ends_at = $3 WHERE area_id = $1 AND worker_id = $2 AND ends_at > $3`),
		area, worker, int64(now)); err != nil {
		return err
	}
	return endKeys(ctx, tx, area, worker, now)
}

// endKeys ends the worker's passkeys and their account at the agency.
func endKeys(ctx context.Context, tx *store.Tx, area id.Area, worker id.Worker, now clock.Instant) error {
	if _, err := tx.Exec(ctx, store.Q(`UPDATE passkey SET ended_at = $3 WHERE area_id = $1 AND worker_id = $2 AND ended_at > $3`), area, worker, int64(now)); err != nil {
		return err
	}
	_, err := tx.Exec(ctx, store.Q(`UPDATE agency_account SET ended_at = $3 WHERE area_id = $1 AND worker_id = $2 AND ended_at > $3`), area, worker, int64(now))
	return err
}
