package signin

import (
	"context"
	"crypto/sha256"

	"sluss/internal/access"
	"sluss/internal/fault"
	"sluss/internal/id"
	"sluss/internal/store"
)

// LinkBytes is the length of the secret in the address of a link by which a person shows their plan.
const LinkBytes = 24

// errLink is the answer to every address that opens nothing: unknown, ended, over, or of somebody whose record is protected.
var errLink = fault.New(fault.NotFound, "trusted.gone")

// FindLink gives who acts by the address of a link: somebody who may try its code, and reads nothing without it.
func (d *Desk) FindLink(ctx context.Context, token, route string) (actor *access.Actor, err error) {
	area, raw, ok := cutToken(token, LinkBytes)
	if !ok {
		return nil, errLink
	}
	now, hash := d.Clock.Now(), sha256.Sum256(raw)
	err = d.Store.Read(ctx, func(tx *store.Tx) error {
		var link access.LinkID
		var person id.Person
		err := tx.One(ctx, store.Q(`SELECT l.link_id, l.person_id FROM trusted_link l JOIN person p ON p.area_id = l.area_id AND p.person_id = l.person_id
		 WHERE l.area_id = $1 AND l.token_hash = $2 AND l.ends_at > $3 AND l.ended_at > $3 AND `+access.Unshielded), []any{area, hash[:], int64(now)}, &link, &person)
		if store.None(err) {
			return errLink
		}
		if err != nil {
			return err
		}
		keys, err := d.Vault.Area(ctx, tx, area)
		if err != nil {
			return err
		}
		actor, err = access.EnterTrusted(ctx, tx, keys, area, person, link, now, route)
		if fault.Is(err, fault.Forbidden) {
			return errLink
		}
		return err
	})
	return actor, err
}
