package person

import (
	"context"

	"sluss/internal/access"
	"sluss/internal/fault"
	"sluss/internal/store"
)

// Get gives what the access covers of a record.
func Get(ctx context.Context, tx *store.Tx, actor *access.Actor, a access.Access) (Person, error) {
	return load(ctx, tx, actor, a)
}

// Open reads one record for a page.
func (d *Desk) Open(ctx context.Context, actor *access.Actor, who ID, c access.Category, why access.Purpose) (p Person, err error) {
	err = d.Store.Read(ctx, func(tx *store.Tx) (err error) {
		p, _, err = Open(ctx, tx, actor, who, c, access.Read, why)
		return err
	})
	return p, err
}

// Change writes who somebody is, how one reaches them and what they need. version is the one that was read; Stale when
// somebody changed the record meanwhile.
func (d *Desk) Change(ctx context.Context, actor *access.Actor, p Person, version int) error {
	return d.Store.Write(ctx, func(tx *store.Tx) error {
		a, err := access.Open(ctx, tx, actor, p.ID, access.Identity|access.Contact|access.Health, access.Write, access.ForContact)
		if err != nil {
			return err
		}
		var form fault.Form
		p.Identity.check(&form, actor.Now().Time().Year())
		p.Contact.check(&form)
		if err := form.Err(); err != nil {
			return err
		}
		idx, err := notOwn(ctx, tx, actor, p.Number)
		if err != nil {
			return err
		}
		k := a.Key(access.Identity | access.Contact | access.Health)
		err = update(ctx, tx, actor, &p, version, idx, sealIdentity(k, p.ID, p.Identity), sealContact(k, p.ID, p.Contact), sealNeeds(k, p.ID, p.Needs))
		if store.IsUnique(err) {
			return errOther
		}
		return err
	})
}
