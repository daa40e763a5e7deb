package person

import (
	"context"

	"sluss/internal/access"
	"sluss/internal/fault"
	"sluss/internal/i18n"
	"sluss/internal/id"
	"sluss/internal/store"
)

// errOther is the one answer to every number that belongs to somebody whose name is not the one typed, and to one that
// may not be known of: it tells nothing about whom.
var errOther = fault.Form{{Kind: fault.Invalid, Key: "person.number.other", Field: "number"}}

// Record finds the person of the number, or makes the record of a new one, in the caller's transaction. A person with
// the number and the same name is the same person, also when the acting unit did not know of them: known is then true
// and what was there is left as it was. A number under another name gives a fault at "number".
func Record(ctx context.Context, tx *store.Tx, actor *access.Actor, p *Person) (a access.Access, known bool, err error) {
	var form fault.Form
	p.Identity.check(&form, actor.Now().Time().Year())
	p.Contact.check(&form)
	if err := form.Err(); err != nil {
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

// same finds somebody with the number and makes sure it is the same person.
func same(ctx context.Context, tx *store.Tx, actor *access.Actor, p *Person) (access.Access, bool, error) {
	idx, err := index(actor, p.Number)
	if err != nil {
		return access.Access{}, false, err
	}
	who, alias, wrapped, identity, protected, err := byNumber(ctx, tx, actor.Area(), idx)
	if store.None(err) {
		return access.Access{}, false, nil
	}
	if err != nil {
		return access.Access{}, false, err
	}
	key, err := actor.Keys().Open(who, wrapped)
	if err != nil {
		return access.Access{}, false, err
	}
	old, err := openIdentity(key, who, identity, actor.Today())
	if err != nil {
		return access.Access{}, false, err
	}
	if protected || i18n.Fold(old.Name()) != i18n.Fold(p.Identity.Name()) {
		return access.Access{}, false, errOther
	}
	p.ID = who
	a, err := access.Created(ctx, tx, actor, who, alias, key)
	return a, true, err
}
