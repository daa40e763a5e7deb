package signin

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/json"
	"time"

	"sluss/internal/clock"
	"sluss/internal/id"
	"sluss/internal/store"
	"sluss/internal/vault"
)

// Typed is what somebody had typed in a form that could not be saved, since their session was over.
type Typed struct {
	Page   string // where the form is
	Action string // where it is sent
	Fields map[string][]string
	Files  bool // a file was chosen too, which is not kept
}

const (
	typedFor  = 30 * time.Minute   // what is typed is kept for so long
	remembers = 7 * 24 * time.Hour // and for so long after its end a session is told from one that never was
	typedMost = 512 << 10          // more than any form of this program takes
	typedUse  = "typed in a form"  // what the key is for
)

// Former is a session that somebody has or had.
type Former struct {
	Session
	Post  id.Post       // 0 when it is a person's own
	Left  time.Duration // until it ends if it is not used; 0 when it is over
	Whole time.Duration // until it ends however it is used
	area  id.Area
	hash  []byte
}

// Former gives the session of a cookie, also when it is over; asking is no use of it. Forbidden when there never was one.
func (d *Desk) Former(ctx context.Context, cookie string) (*Former, error) {
	area, token, ok := cut(cookie)
	if !ok {
		return nil, errNone
	}
	hash, now := sha256.Sum256(token), d.Clock.Now()
	f := &Former{Session: Session{token: token}, area: area, hash: hash[:]}
	err := d.Store.Read(ctx, func(tx *store.Tx) error {
		var lastSeen, ends, ended clock.Instant
		var rests int64
		err := tx.One(ctx, store.Q(`SELECT coalesce(post_id, 0), last_seen, idle, ends_at, ended_at, form_before FROM session WHERE area_id = $1 AND token_hash = $2 AND ends_at > $3`),
			[]any{area, hash[:], int64(now.Add(-remembers))}, &f.Post, &lastSeen, &rests, &ends, &ended, &f.past)
		if store.None(err) {
			return errNone
		}
		f.Idle = time.Duration(rests) * time.Millisecond
		f.Whole = until(min(ends, ended), now)
		f.Left = min(f.Whole, until(lastSeen.Add(f.Idle), now))
		return err
	})
	return f, err
}

func until(end, now clock.Instant) time.Duration {
	return max(0, time.Duration(end-now)*time.Millisecond)
}

// Stay counts as use of a session that is not over, and tells how long it then has.
func (d *Desk) Stay(ctx context.Context, f *Former) {
	if f.Left > 0 {
		d.touch(ctx, f.area, f.hash, d.Clock.Now())
		f.Left = min(f.Whole, f.Idle)
	}
}

// KeepTyped keeps for a while what was typed in a form of the session, sealed by the session's own secret: it is found again
// by who signs in next in the same browser, if they are the same. What was kept of the session before is gone.
func (d *Desk) KeepTyped(ctx context.Context, f *Former, t Typed) error {
	b, err := json.Marshal(t)
	if err != nil || len(b) > typedMost {
		return err
	}
	now := d.Clock.Now()
	return d.Store.Write(ctx, func(tx *store.Tx) error {
		key, err := d.typedKey(ctx, tx, f.area, f.token)
		if err != nil {
			return err
		}
		if err := clearTyped(ctx, tx, f.area, now); err != nil {
			return err
		}
		_, err = tx.Exec(ctx, store.Q(`INSERT INTO typed (area_id, token_hash, sealed, ends_at) VALUES ($1, $2, $3, $4)
		 ON CONFLICT (area_id, token_hash) DO UPDATE SET sealed = excluded.sealed, ends_at = excluded.ends_at`),
			f.area, f.hash, key.Seal(typedPlace, string(b)), int64(now.Add(typedFor)))
		return err
	})
}

var typedPlace = vault.Place{Table: "typed", Column: "sealed"}

func (d *Desk) typedKey(ctx context.Context, tx *store.Tx, area id.Area, token []byte) (vault.Person, error) {
	keys, err := d.Vault.Area(ctx, tx, area)
	if err != nil {
		return vault.Person{}, err
	}
	return keys.OfSecret(typedUse, token)
}

// clearTyped takes away what nobody came back to.
func clearTyped(ctx context.Context, tx *store.Tx, area id.Area, now clock.Instant) error {
	_, err := tx.Exec(ctx, store.Q(`DELETE FROM typed WHERE area_id = $1 AND ends_at <= $2`), area, int64(now))
	return err
}

// ClearTyped is done now and then, so that what is typed is not kept for longer than it is promised.
func (d *Desk) ClearTyped(ctx context.Context, area id.Area) error {
	return d.Store.Write(ctx, func(tx *store.Tx) error { return clearTyped(ctx, tx, area, d.Clock.Now()) })
}

// Carry brings what was typed in the session before over to the one that has been begun in its place, and gives the page it
// was typed on; "" when nothing was. That of somebody else is gone: who signs in next in a browser is told nothing of it.
func (d *Desk) Carry(ctx context.Context, before, begun string) (page string, err error) {
	area, old, ok := cut(before)
	there, fresh, good := cut(begun)
	if !ok || !good || bytes.Equal(old, fresh) {
		return "", nil
	}
	was, is, now := sha256.Sum256(old), sha256.Sum256(fresh), d.Clock.Now()
	err = d.Store.Write(ctx, func(tx *store.Tx) error {
		page = ""
		t, sealed, err := d.take(ctx, tx, area, old, was[:], now)
		if err != nil || sealed == nil || there != area {
			return err
		}
		var same int
		err = tx.One(ctx, store.Q(`SELECT count(*) FROM session a JOIN session b ON b.area_id = a.area_id
		 LEFT JOIN post x ON x.area_id = a.area_id AND x.post_id = a.post_id LEFT JOIN post y ON y.area_id = b.area_id AND y.post_id = b.post_id
		 WHERE a.area_id = $1 AND a.token_hash = $2 AND b.token_hash = $3 AND (a.person_id = b.person_id OR x.worker_id = y.worker_id)`),
			[]any{area, was[:], is[:]}, &same)
		if err != nil || same == 0 {
			return err
		}
		b, err := json.Marshal(t)
		if err != nil {
			return err
		}
		key, err := d.typedKey(ctx, tx, area, fresh)
		if err != nil {
			return err
		}
		_, err = tx.Exec(ctx, store.Q(`INSERT INTO typed (area_id, token_hash, sealed, ends_at) VALUES ($1, $2, $3, $4)`),
			area, is[:], key.Seal(typedPlace, string(b)), int64(now.Add(typedFor)))
		page = t.Page
		return err
	})
	return page, err
}

// take opens and removes what is kept of a session; sealed is nil when nothing is.
func (d *Desk) take(ctx context.Context, tx *store.Tx, area id.Area, token, hash []byte, now clock.Instant) (t Typed, sealed []byte, err error) {
	err = tx.One(ctx, store.Q(`SELECT sealed FROM typed WHERE area_id = $1 AND token_hash = $2 AND ends_at > $3`), []any{area, hash, int64(now)}, &sealed)
	if store.None(err) {
		return t, nil, nil
	}
	if err != nil {
		return t, nil, err
	}
	key, err := d.typedKey(ctx, tx, area, token)
	if err != nil {
		return t, nil, err
	}
	text, err := key.Open(typedPlace, 1, sealed)
	if err != nil {
		return t, nil, err
	}
	if err := json.Unmarshal([]byte(text[0]), &t); err != nil {
		return t, nil, err
	}
	_, err = tx.Exec(ctx, store.Q(`DELETE FROM typed WHERE area_id = $1 AND token_hash = $2`), area, hash)
	return t, sealed, err
}

// errOther stops a transaction in which nothing is to be taken.
type errOther struct{}

func (errOther) Error() string { return "typed on another page" }

// TakeTyped gives what was typed on a page before the session, once; nil when that was on another page, or nothing was.
func (d *Desk) TakeTyped(ctx context.Context, cookie, page string) (*Typed, error) {
	area, token, ok := cut(cookie)
	if !ok {
		return nil, nil
	}
	hash := sha256.Sum256(token)
	var found *Typed
	err := d.Store.Write(ctx, func(tx *store.Tx) error {
		found = nil
		t, sealed, err := d.take(ctx, tx, area, token, hash[:], d.Clock.Now())
		if err != nil || sealed == nil {
			return err
		}
		if t.Page != page {
			return errOther{}
		}
		found = &t
		return nil
	})
	if err == error(errOther{}) {
		return nil, nil
	}
	return found, err
}

// DropTyped takes away what is kept of a session.
func (d *Desk) DropTyped(ctx context.Context, cookie string) error {
	area, token, ok := cut(cookie)
	if !ok {
		return nil
	}
	hash := sha256.Sum256(token)
	return d.Store.Write(ctx, func(tx *store.Tx) error {
		_, err := tx.Exec(ctx, store.Q(`DELETE FROM typed WHERE area_id = $1 AND token_hash = $2`), area, hash[:])
		return err
	})
}
