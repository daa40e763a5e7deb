package person

import (
	"context"

	"sluss/internal/access"
	"sluss/internal/audit"
	"sluss/internal/clock"
	"sluss/internal/fault"
	"sluss/internal/i18n"
	"sluss/internal/id"
	"sluss/internal/pnr"
	"sluss/internal/store"
	"sluss/internal/vault"
)

// errOther is the one answer to every number that belongs to somebody whose name is not the one typed, and to one that
// may not be known of: it tells nothing about whom.
var errOther = fault.Form{{Kind: fault.Invalid, Key: "person.number.other", Field: "number"}}

// errOwn is the answer to the acting worker's own number.
var errOwn = fault.Form{{Kind: fault.Invalid, Key: "person.number.own", Field: "number"}}

// Record finds the person of the number, or makes the record of a new one, in the caller's transaction. A person with
// the number and the same name is the same person, also when the acting unit did not know of them: known is then true
// and what was there is left as it was. A number under another name gives a fault at "number", as does one's own.
func Record(ctx context.Context, tx *store.Tx, actor *access.Actor, p *Person) (a access.Access, known bool, err error) {
	if err := p.Check(actor.Now()); err != nil {
		return a, false, err
	}
	if !p.Number.IsZero() {
		a, known, err = same(ctx, tx, actor, p)
		if known || err != nil {
			return a, known, err
		}
	}
	p.ID = id.NewPerson(actor.Now())
	a, err = insert(ctx, tx, actor, p)
	return a, false, err
}

// Check says what is wrong with a new record, as Record would, without asking whether anybody is known.
func (p *Person) Check(now clock.Instant) error {
	var form fault.Form
	p.Identity.check(&form, now.Time().Year())
	p.Contact.check(&form)
	return form.Err()
}

// same finds somebody with the number and makes sure it is the same person.
func same(ctx context.Context, tx *store.Tx, actor *access.Actor, p *Person) (access.Access, bool, error) {
	m, err := match(ctx, tx, actor, &p.Identity)
	if err != nil || m.who == 0 {
		return access.Access{}, false, err
	}
	p.ID = m.who
	a, err := access.Created(ctx, tx, actor, m.who, m.alias, m.key)
	return a, true, err
}

// Taken tells, for a preview, whose the number is, 0 for nobody; the fault of Record when that is not the person named.
// It tells nothing else about whom, and discloses nothing.
func Taken(ctx context.Context, tx *store.Tx, actor *access.Actor, i *Identity) (ID, error) {
	m, err := match(ctx, tx, actor, i)
	return m.who, err
}

type matched struct {
	who   ID
	alias audit.Alias
	key   vault.Person
}

// match finds the person of the number; a zero one when there is none.
func match(ctx context.Context, tx *store.Tx, actor *access.Actor, i *Identity) (m matched, err error) {
	idx, err := notOwn(ctx, tx, actor, i.Number)
	if err != nil || idx == nil {
		return m, err
	}
	who, alias, wrapped, identity, protected, err := byNumber(ctx, tx, actor.Area(), idx)
	if store.None(err) {
		return m, nil
	}
	if err != nil {
		return m, err
	}
	if protected {
		return m, errOther
	}
	key, err := actor.Keys().Open(who, wrapped)
	if err != nil {
		return m, err
	}
	old, err := openIdentity(key, who, identity, actor.Today())
	if err != nil {
		return m, err
	}
	if i18n.Fold(old.Name()) != i18n.Fold(i.Name()) {
		return m, errOther
	}
	return matched{who, alias, key}, nil
}

// notOwn gives the index of a number, unless it is the acting worker's own.
func notOwn(ctx context.Context, tx *store.Tx, actor *access.Actor, n pnr.Number) (any, error) {
	idx, err := index(actor, n)
	if err != nil || idx == nil {
		return idx, err
	}
	own, err := access.Own(ctx, tx, actor, idx)
	if err == nil && own {
		err = errOwn
	}
	return idx, err
}
