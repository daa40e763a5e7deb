package access

import (
	"context"

	"sluss/internal/clock"
	"sluss/internal/fault"
	"sluss/internal/id"
	"sluss/internal/store"
	"sluss/internal/vault"
)

// Trusted is the ground of somebody to whom a person has themself shown their plan, by a link that ends.
const Trusted Ground = 105

// TrustedView is the most that such a link opens. Which fields of it are shown is decided one by one in internal/trusted.
const TrustedView = Contact | Plan | Thread | Activities | Health | MyPlace

// LinkID is the id of a link by which a person shows their plan.
type LinkID = id.Of[linkTag]

type linkTag struct{}

// NewLink makes a link's id.
func NewLink(now clock.Instant) LinkID { return id.New[linkTag](now) }

// LinkPlace is where it is sealed whom a link is for.
func LinkPlace(l LinkID) vault.Place {
	return vault.Place{Table: "trusted_link", Column: "sealed", Row: int64(l)}
}

// EnterTrusted makes the actor of whoever holds a person's link. They are nobody: they have no post, are not the person, and the
// rule of posts gives them nothing.
func EnterTrusted(ctx context.Context, tx *store.Tx, keys *vault.Area, area id.Area, person id.Person, link LinkID, now clock.Instant, route string) (*Actor, error) {
	a, err := EnterOwn(ctx, tx, keys, area, person, now, route)
	if err != nil {
		return nil, err
	}
	a.self, a.shows, a.link = 0, person, link
	return a, nil
}

// Link is the link that the actor holds, 0 for any other actor.
func (a *Actor) Link() LinkID { return a.link }

// OpenTrusted gives whoever holds a person's link the access to read what the person shows, and notes it in the log. That the link
// holds and its code is right is for internal/trusted. To everybody else it is Missing.
func OpenTrusted(ctx context.Context, tx *store.Tx, actor *Actor, c Category) (Access, error) {
	if err := actor.declared(c, Read); err != nil {
		return Access{}, err
	}
	if actor.shows == 0 || TrustedView&c != c {
		return Access{}, fault.Missing
	}
	return actor.record(ctx, tx, actor.shows, right{c, Read, ForTrusted, Trusted})
}
