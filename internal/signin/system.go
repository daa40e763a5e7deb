package signin

import (
	"context"
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"slices"
	"strings"

	"sluss/internal/access"
	"sluss/internal/clock"
	"sluss/internal/fault"
	"sluss/internal/id"
	"sluss/internal/org"
	"sluss/internal/store"
)

// What a system may do.
const (
	MaySend = "referrals:send" // put in referrals
	MayRead = "referrals:read" // read what was answered to those it sent
)

// Scopes are all that a system may be allowed, in the order of the form.
var Scopes = []string{MaySend, MayRead}

// System is a program of another agency that acts by itself for a unit there, towards one gateway.
type System struct {
	Post    id.Post
	Name    string
	From    string // the unit it acts for
	Scopes  []string
	Span    clock.Span
	UsedAt  clock.Instant // when it last asked for a pass, 0 for never
	EndedAt clock.Instant // access.Never while nobody has ended it
	Version int
}

// Live tells whether it may act at the instant.
func (s System) Live(now clock.Instant) bool { return s.EndedAt > now && s.Span.Holds(now.Date()) }

// NewSystem is a system that is to be.
type NewSystem struct {
	Name   string
	Unit   id.Unit // whom it acts for
	Scopes []string
	Span   clock.Span // To is the first day on which it may not act, "" for no end
}

func (n *NewSystem) check(today clock.Date) error {
	var form fault.Form
	if n.Name = strings.Join(strings.Fields(n.Name), " "); n.Name == "" {
		form.Add("name", "system.name.needed")
	}
	if n.Unit == 0 {
		form.Add("unit", "form.choose")
	}
	if len(n.Scopes) == 0 || slices.ContainsFunc(n.Scopes, func(s string) bool { return !slices.Contains(Scopes, s) }) {
		form.Add("scope", "system.scope.needed")
	}
	if n.Span.From == "" {
		n.Span.From = today
	}
	if n.Span.To == "" {
		n.Span.To = clock.Forever
	}
	if n.Span.To <= max(n.Span.From, today) {
		form.Add("to", "system.to.early")
	}
	return form.Err()
}

// Secret is what a system shows to get a pass. It is shown once and not kept.
type Secret struct{ Client, Secret string }

func newSecret(area id.Area, post id.Post) (s Secret, hash []byte) {
	raw := make([]byte, 32)
	_, _ = rand.Read(raw)
	sum := sha256.Sum256(raw)
	return Secret{area.String() + "." + post.String(), base64.RawURLEncoding.EncodeToString(raw)}, sum[:]
}

// Systems gives the systems that send to the actor's gateway, those that have ended too, the newest first. Only the head.
func (d *Desk) Systems(ctx context.Context, actor *access.Actor) (list []System, err error) {
	err = d.Store.Read(ctx, func(tx *store.Tx) error {
		if err := access.Unit(ctx, tx, actor, access.Head); err != nil {
			return err
		}
		list, err = store.All(ctx, tx, store.Q(`SELECT s.post_id, w.name, u.name, s.scope, o.from_on, o.to_on, s.used_at, o.ended_at, s.version FROM agency_system s
		 JOIN post o ON o.area_id = s.area_id AND o.post_id = s.post_id JOIN worker w ON w.area_id = o.area_id AND w.worker_id = o.worker_id
		 JOIN unit u ON u.area_id = o.area_id AND u.unit_id = o.unit_id WHERE s.area_id = $1 AND s.unit_id = $2 ORDER BY s.post_id DESC`),
			[]any{actor.Area(), actor.Unit()}, func(r *store.Cursor) (s System, err error) {
				var scope string
				err = r.Scan(&s.Post, &s.Name, &s.From, &scope, &s.Span.From, &s.Span.To, &s.UsedAt, &s.EndedAt, &s.Version)
				s.Scopes = strings.Fields(scope)
				return s, err
			})
		return err
	})
	return list, err
}

// AddSystem lets a system of another unit send to the actor's gateway, and gives its secret. Only the head.
func (d *Desk) AddSystem(ctx context.Context, actor *access.Actor, n NewSystem) (s Secret, err error) {
	if err := n.check(actor.Today()); err != nil {
		return s, err
	}
	post, worker := id.NewPost(actor.Now()), id.NewWorker(actor.Now())
	s, hash := newSecret(actor.Area(), post)
	err = d.Store.Write(ctx, func(tx *store.Tx) error {
		if err := access.Unit(ctx, tx, actor, access.Head); err != nil {
			return err
		}
		if unit, err := org.GetUnit(ctx, tx, actor.Area(), n.Unit); store.None(err) || err == nil && unit.Kind == org.UnitGateway {
			return fault.Form{{Kind: fault.Invalid, Key: "form.choose", Field: "unit"}}
		} else if err != nil {
			return err
		}
		if err := (&org.Desk{Store: d.Store, Vault: d.Vault}).AddWorker(ctx, tx, actor.Area(), worker, n.Name, "", ""); err != nil {
			return err
		}
		if err := org.AddPost(ctx, tx, actor.Area(), org.Post{ID: post, Worker: worker, Unit: n.Unit, Role: access.System, From: n.Span.From, To: n.Span.To}); err != nil {
			return err
		}
		_, err := tx.Exec(ctx, store.Q(`INSERT INTO agency_system (area_id, post_id, unit_id, secret_hash, scope, made_by, made_at, used_at, version)
		 VALUES ($1, $2, $3, $4, $5, $6, $7, 0, 1)`), actor.Area(), post, actor.Unit(), hash, strings.Join(n.Scopes, " "), actor.Post(), int64(actor.Now()))
		return err
	})
	return s, err
}

// RenewSystem gives a live system a new secret; the one before, and the passes it gave, open nothing from now on. Only the head.
func (d *Desk) RenewSystem(ctx context.Context, actor *access.Actor, post id.Post, version int) (Secret, error) {
	s, hash := newSecret(actor.Area(), post)
	return s, d.changeSystem(ctx, actor, post, func(tx *store.Tx) error {
		n, err := tx.Exec(ctx, store.Q(`UPDATE agency_system SET secret_hash = $4, version = version + 1 WHERE area_id = $1 AND post_id = $2 AND version = $3
		 AND EXISTS (SELECT 1 FROM post o WHERE o.area_id = $1 AND o.post_id = $2 AND o.ended_at > $5)`), actor.Area(), post, version, hash, int64(actor.Now()))
		if err == nil && n == 0 {
			err = fault.Stale
		}
		return err
	})
}

// EndSystem ends a system at once. What it has sent stays. Only the head.
func (d *Desk) EndSystem(ctx context.Context, actor *access.Actor, post id.Post) error {
	return d.changeSystem(ctx, actor, post, func(tx *store.Tx) error {
		return org.EndPost(ctx, tx, actor.Area(), post, actor.Now())
	})
}

// changeSystem changes a system of the actor's gateway; its passes end.
func (d *Desk) changeSystem(ctx context.Context, actor *access.Actor, post id.Post, change func(*store.Tx) error) error {
	return d.Store.Write(ctx, func(tx *store.Tx) error {
		if err := access.Unit(ctx, tx, actor, access.Head); err != nil {
			return err
		}
		var there int
		err := tx.One(ctx, store.Q(`SELECT count(*) FROM agency_system WHERE area_id = $1 AND post_id = $2 AND unit_id = $3`), []any{actor.Area(), post, actor.Unit()}, &there)
		if err == nil && there == 0 {
			err = fault.Missing
		}
		if err == nil {
			err = change(tx)
		}
		if err != nil {
			return err
		}
		if _, err := tx.Exec(ctx, store.Q(`DELETE FROM system_pass WHERE area_id = $1 AND post_id = $2`), actor.Area(), post); err != nil {
			return err
		}
		return access.Raise(ctx, tx, actor.Area(), actor.Now())
	})
}
