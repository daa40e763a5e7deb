package signin

import (
	"context"
	"encoding/json"
	"log/slog"
	"strings"

	"github.com/go-webauthn/webauthn/protocol"
	"github.com/go-webauthn/webauthn/webauthn"

	"sluss/internal/access"
	"sluss/internal/clock"
	"sluss/internal/fault"
	"sluss/internal/id"
	"sluss/internal/store"
)

// AskNew begins the making of a passkey for whom the invitation is for.
func (d *Desk) AskNew(ctx context.Context, v Invited) (Challenge, error) {
	return d.askNew(ctx, v.Area, v.Worker, "invite "+v.token)
}

func (d *Desk) askNew(ctx context.Context, area id.Area, worker id.Worker, use string) (Challenge, error) {
	if d.rp == nil {
		return Challenge{}, errKey
	}
	var h *holder
	err := d.Store.Read(ctx, func(tx *store.Tx) (err error) {
		h, err = findHolder(ctx, tx, area, worker, d.Clock.Now())
		return err
	})
	if err != nil {
		return Challenge{}, err
	}
	o, s, err := d.rp.BeginRegistration(h, webauthn.WithExclusions(webauthn.Credentials(h.keys).CredentialDescriptors()))
	if err != nil {
		return Challenge{}, err
	}
	return d.challenge(use, o.Response, s)
}

// Accept uses the invitation: keeps the passkey that the browser made, ends older passkeys and sessions, and gives the
// cookie of a session. name is what the worker calls the passkey, or "".
func (d *Desk) Accept(ctx context.Context, v Invited, cookie, answer, name, lang string) (string, error) {
	key, s, err := d.made(ctx, v.Area, v.Worker, "invite "+v.token, cookie, answer)
	if err != nil {
		return "", err
	}
	var session string
	err = d.Store.Write(ctx, func(tx *store.Tx) error {
		now := d.Clock.Now()
		if err := v.use(ctx, tx, now); err != nil {
			return err
		}
		if err := endKeys(ctx, tx, v.Area, v.Worker, now); err != nil {
			return err
		}
		if err := EndSessions(ctx, tx, v.Area, v.Worker, now); err != nil {
			return err
		}
		if err := keep(ctx, tx, v.Area, v.Worker, s, key, name, now); err != nil {
			return err
		}
		session, err = beginFirst(ctx, tx, v.Area, v.Worker, lang, now)
		return err
	})
	return session, err
}

// made checks the passkey that a browser made.
func (d *Desk) made(ctx context.Context, area id.Area, worker id.Worker, use, cookie, answer string) (*webauthn.Credential, webauthn.SessionData, error) {
	s, err := d.opened(use, cookie)
	if err != nil {
		return nil, s, err
	}
	key, err := d.created(ctx, &holder{area: area, worker: worker}, s, answer)
	return key, s, err
}

func refuse(ctx context.Context, what string, err error) error {
	slog.WarnContext(ctx, "passkey refused", "at", what, "error", err)
	return errKey
}

func keep(ctx context.Context, tx *store.Tx, area id.Area, worker id.Worker, s webauthn.SessionData, key *webauthn.Credential, name string, now clock.Instant) error {
	if err := spend(ctx, tx, area, s, now); err != nil {
		return err
	}
	text, err := json.Marshal(key)
	if err != nil {
		return err
	}
	n, err := tx.Exec(ctx, store.Q(`INSERT INTO passkey (area_id, credential_id, worker_id, credential, name, created_at, used_at, ended_at)
	 VALUES ($1, $2, $3, $4, $5, $6, $6, $7) ON CONFLICT (area_id, credential_id) DO NOTHING`),
		area, key.ID, worker, string(text), strings.TrimSpace(name), int64(now), int64(access.Never))
	if err == nil && n == 0 {
		return errKey
	}
	return err
}

// In lets in whoever answers with a live passkey, and gives the cookie of a session and how many posts there are to
// choose between. Everything else gives one and the same fault.
func (d *Desk) In(ctx context.Context, cookie, answer, lang string) (session string, posts int, err error) {
	h, key, s, err := d.validate(ctx, "in", cookie, answer, d.holder)
	if err != nil {
		return "", 0, err
	}
	err = d.Store.Write(ctx, func(tx *store.Tx) (err error) {
		session, posts, err = enter(ctx, tx, h, key, s, lang, d.Clock.Now())
		return err
	})
	return session, posts, err
}

// validate checks a browser's answer to the question that was asked for the use; find tells whose passkey it is.
func (d *Desk) validate(ctx context.Context, use, cookie, answer string, find func(context.Context, []byte) (*holder, error)) (h *holder, key *webauthn.Credential, s webauthn.SessionData, err error) {
	if s, err = d.opened(use, cookie); err != nil {
		return nil, nil, s, err
	}
	parsed, err := protocol.ParseCredentialRequestResponseBytes([]byte(answer))
	if err != nil {
		return nil, nil, s, refuse(ctx, use, err)
	}
	key, err = d.rp.ValidateDiscoverableLogin(func(_, user []byte) (webauthn.User, error) {
		h, err = find(ctx, user)
		return h, err
	}, s, parsed)
	if err != nil {
		return nil, nil, s, refuse(ctx, use, err)
	}
	if key.Authenticator.CloneWarning {
		slog.WarnContext(ctx, "passkey counter went backwards: it may have been copied", "at", use)
		return nil, nil, s, errKey
	}
	return h, key, s, nil
}

func enter(ctx context.Context, tx *store.Tx, h *holder, key *webauthn.Credential, s webauthn.SessionData, lang string, now clock.Instant) (string, int, error) {
	if err := spend(ctx, tx, h.area, s, now); err != nil {
		return "", 0, err
	}
	text, err := json.Marshal(key)
	if err != nil {
		return "", 0, err
	}
	n, err := tx.Exec(ctx, store.Q(`UPDATE passkey SET credential = $3, used_at = $4 WHERE area_id = $1 AND credential_id = $2 AND ended_at > $4`),
		h.area, key.ID, string(text), int64(now))
	if err != nil {
		return "", 0, err
	}
	if n == 0 {
		return "", 0, errKey
	}
	posts, err := livePosts(ctx, tx, h.area, h.worker, now)
	if err != nil {
		return "", 0, err
	}
	session, err := beginFirst(ctx, tx, h.area, h.worker, lang, now)
	return session, len(posts), err
}

// beginFirst begins a session in the worker's first live post.
func beginFirst(ctx context.Context, tx *store.Tx, area id.Area, worker id.Worker, lang string, now clock.Instant) (string, error) {
	posts, err := livePosts(ctx, tx, area, worker, now)
	if err != nil {
		return "", err
	}
	if len(posts) == 0 {
		return "", fault.New(fault.Forbidden, "fault.post.ended")
	}
	return begin(ctx, tx, area, posts[0], lang, now)
}

func livePosts(ctx context.Context, tx *store.Tx, area id.Area, worker id.Worker, now clock.Instant) ([]id.Post, error) {
	return store.All(ctx, tx, store.Q(`SELECT post_id FROM post WHERE area_id = $1 AND worker_id = $2 AND from_on <= $3 AND to_on > $3 AND ended_at > $4
	 ORDER BY post_id`), []any{area, worker, string(now.Date()), int64(now)}, func(r *store.Cursor) (p id.Post, err error) {
		err = r.Scan(&p)
		return p, err
	})
}

// holder finds whose passkey it is by what the passkey itself says.
func (d *Desk) holder(ctx context.Context, user []byte) (*holder, error) {
	area, worker, ok := handle(user)
	if !ok {
		return nil, errKey
	}
	var h *holder
	err := d.Store.Read(ctx, func(tx *store.Tx) (err error) {
		h, err = findHolder(ctx, tx, area, worker, d.Clock.Now())
		return err
	})
	return h, err
}

// findHolder gives whose passkeys a worker's are. Nobody takes as many statements as somebody: whoever asks may have made the worker up.
func findHolder(ctx context.Context, tx *store.Tx, area id.Area, worker id.Worker, now clock.Instant) (*holder, error) {
	h := &holder{area: area, worker: worker}
	err := tx.One(ctx, store.Q(`SELECT name, email FROM worker WHERE area_id = $1 AND worker_id = $2`), []any{area, worker}, &h.name, &h.email)
	nobody := store.None(err)
	if err != nil && !nobody {
		return nil, err
	}
	h.keys, err = store.All(ctx, tx, store.Q(`SELECT credential FROM passkey WHERE area_id = $1 AND worker_id = $2 AND ended_at > $3 ORDER BY created_at`),
		[]any{area, worker, int64(now)}, credential)
	if err == nil && nobody {
		err = errKey
	}
	return h, err
}

func credential(r *store.Cursor) (c webauthn.Credential, err error) {
	var text string
	if err := r.Scan(&text); err != nil {
		return c, err
	}
	return c, json.Unmarshal([]byte(text), &c)
}
