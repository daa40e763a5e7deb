package signin

import (
	"context"
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"time"

	"sluss/internal/access"
	"sluss/internal/clock"
	"sluss/internal/fault"
	"sluss/internal/id"
	"sluss/internal/store"
)

const (
	// InviteLasts is how long an invitation can be used.
	InviteLasts = 72 * time.Hour

	inviteBytes = 16
)

// errInvite is the answer to every invitation that cannot be used: unknown, used, replaced or too old.
var errInvite = fault.New(fault.NotFound, "invite.over")

// Invited is who an invitation is for.
type Invited struct {
	Area   id.Area
	Worker id.Worker
	Name   string
	Again  bool // there is a passkey already, which ends when the invitation is used
	token  string
	hash   []byte
}

// Invite makes a one-time invitation for a worker and gives its token; older ones end. Only the token's SHA-256 is kept.
func (d *Desk) Invite(ctx context.Context, tx *store.Tx, area id.Area, worker id.Worker, now clock.Instant) (string, error) {
	if _, err := tx.Exec(ctx, store.Q(`UPDATE invite SET ends_at = $3 WHERE area_id = $1 AND worker_id = $2 AND ends_at > $3`),
		area, worker, int64(now)); err != nil {
		return "", err
	}
	token := make([]byte, inviteBytes)
	_, _ = rand.Read(token)
	hash := sha256.Sum256(token)
	_, err := tx.Exec(ctx, store.Q(`INSERT INTO invite (area_id, token_hash, worker_id, created_at, ends_at, used_at) VALUES ($1, $2, $3, $4, $5, $6)`),
		area, hash[:], worker, int64(now), int64(now.Add(InviteLasts)), int64(access.Never))
	return area.String() + "." + base64.RawURLEncoding.EncodeToString(token), err
}

// Invited tells who may use the token now. An unknown, used, replaced or too old one gives one and the same fault.
func (d *Desk) Invited(ctx context.Context, token string) (Invited, error) {
	area, raw, ok := cutToken(token, inviteBytes)
	if !ok {
		return Invited{}, errInvite
	}
	hash := sha256.Sum256(raw)
	now := d.Clock.Now()
	v := Invited{Area: area, token: token, hash: hash[:]}
	var keys int
	err := d.Store.Read(ctx, func(tx *store.Tx) error {
		err := tx.One(ctx, store.Q(`SELECT i.worker_id, w.name,
		 (SELECT count(*) FROM passkey k WHERE k.area_id = $1 AND k.worker_id = i.worker_id AND k.ended_at > $3)
		 FROM invite i JOIN worker w ON w.area_id = i.area_id AND w.worker_id = i.worker_id
		 WHERE i.area_id = $1 AND i.token_hash = $2 AND i.ends_at > $3 AND i.used_at > $3
		 AND EXISTS (SELECT 1 FROM post o WHERE o.area_id = $1 AND o.worker_id = i.worker_id AND o.from_on <= $4 AND o.to_on > $4 AND o.ended_at > $3)`),
			[]any{area, hash[:], int64(now), string(now.Date())}, &v.Worker, &v.Name, &keys)
		if store.None(err) {
			return errInvite
		}
		return err
	})
	v.Again = keys > 0
	return v, err
}

// use ends the invitation; the one who comes second is answered as if it had never been.
func (v Invited) use(ctx context.Context, tx *store.Tx, now clock.Instant) error {
	n, err := tx.Exec(ctx, store.Q(`UPDATE invite SET used_at = $3 WHERE area_id = $1 AND token_hash = $2 AND used_at > $3 AND ends_at > $3`),
		v.Area, v.hash, int64(now))
	if err == nil && n == 0 {
		return errInvite
	}
	return err
}
