// Package access decides who may see what about whom. A noun's function takes the Access or Scope that comes from here
// and cannot be made elsewhere; the person's key comes with it, so nothing sealed is read past the rule or the log.
package access

import (
	"context"
	"errors"
	"fmt"

	"sluss/internal/audit"
	"sluss/internal/fault"
	"sluss/internal/id"
	"sluss/internal/store"
	"sluss/internal/vault"
)

// Access is the right to do one thing with one person's information. The zero value refuses.
type Access struct {
	actor      *Actor
	person     id.Person
	key        vault.Person
	ground     Ground
	categories Category
	action     Action
}

// Open decides whether the actor may do this with the person, and notes the disclosure. A person that does not exist
// and one that may not be seen give the same fault, Missing.
func Open(ctx context.Context, tx *store.Tx, actor *Actor, person id.Person, c Category, a Action, why Purpose) (Access, error) {
	return bare.Open(ctx, tx, actor, person, c, a, why)
}

// Opening is Open that reads more of the person's row in the same statement.
type Opening struct{ check store.SQL }

var bare = OpeningWith(store.Q(``))

// OpeningWith reads also the columns, each with a comma before it, of the person's row p. Make it once.
func OpeningWith(columns store.SQL) Opening {
	return Opening{store.Join(store.Q(`SELECT `+Columns), columns, store.Q(check))}
}

// Open is the package's Open; to is where the columns go.
func (o Opening) Open(ctx context.Context, tx *store.Tx, actor *Actor, person id.Person, c Category, a Action, why Purpose, to ...any) (Access, error) {
	if err := actor.declared(c, a); err != nil {
		return Access{}, err
	}
	n, err := begin(ctx, tx, actor)
	if err != nil {
		return Access{}, err
	}
	var who audit.Person
	var alias, wrapped []byte
	var g Ground
	err = tx.One(ctx, o.check, append(actor.Args(c, a), int64(person)), append([]any{&who.ID, &alias, &wrapped, &g}, to...)...)
	if store.None(err) || err == nil && g == NoGround {
		return Access{}, fault.Missing
	}
	if err != nil {
		return Access{}, fmt.Errorf("access to person %s: %w", person, err)
	}
	key, err := actor.keys.Open(person, wrapped)
	if err != nil {
		return Access{}, err
	}
	copy(who.Alias[:], alias)
	n.add(actor.disclosure(c, a, why, g, false), who)
	return Access{actor, person, key, g, c, a}, nil
}

// Person is whom the access is to.
func (a Access) Person() id.Person { return a.person }

// Ground is by what right.
func (a Access) Ground() Ground { return a.ground }

// Key opens what is sealed in the categories of the access. It panics for the zero value and for a category that was
// not asked for: both are faults of the program.
func (a Access) Key(c Category) vault.Person {
	a.Must(c)
	return a.key
}

// Must panics unless the access covers the category: a program's own check before it reads or writes.
func (a Access) Must(c Category) {
	if a.actor == nil || a.categories&c != c {
		panic(fmt.Sprintf("access: category %b asked for, %b given", c, a.categories))
	}
}

// May tells whether the access covers the category.
func (a Access) May(c Category) bool { return a.actor != nil && a.categories&c == c }

// Scope is the right to go through people in a list. The zero value refuses.
type Scope struct {
	actor      *Actor
	noter      *note
	categories Category
	action     Action
	why        Purpose
}

// Over gives the right to list. The list's own SQL holds Visible, so a post without rights gets an empty list; each row
// scanned by Row is noted as disclosed.
func Over(ctx context.Context, tx *store.Tx, actor *Actor, c Category, why Purpose) (Scope, error) {
	return over(ctx, tx, actor, c, Read, why)
}

// OverExport is Over for a list that leaves the product.
func OverExport(ctx context.Context, tx *store.Tx, actor *Actor, c Category) (Scope, error) {
	return over(ctx, tx, actor, c, Export, ForExport)
}

// OverWrite is Over for an act on many people at once.
func OverWrite(ctx context.Context, tx *store.Tx, actor *Actor, c Category, why Purpose) (Scope, error) {
	return over(ctx, tx, actor, c, Write, why)
}

func over(ctx context.Context, tx *store.Tx, actor *Actor, c Category, a Action, why Purpose) (Scope, error) {
	if err := actor.declared(c, a); err != nil {
		return Scope{}, err
	}
	n, err := begin(ctx, tx, actor)
	if err != nil {
		return Scope{}, err
	}
	return Scope{actor, n, c, a, why}, nil
}

// Actor is who acts.
func (s Scope) Actor() *Actor { return s.actor }

// Args are the six parameters of the rule followed by the noun's own.
func (s Scope) Args(own ...any) []any { return append(s.actor.Args(s.categories, s.action), own...) }

// Row scans a row that began with Columns, notes the person as disclosed, and gives the access to that person.
func (s Scope) Row(rows *store.Cursor, dest ...any) (Access, error) {
	p, err := s.Peek(rows, dest...)
	if err != nil {
		return Access{}, err
	}
	p.Show()
	return p.Access, nil
}

// orClosed opens a person's key for a list. Somebody whose key cannot be opened here is in a list that is read, without a
// name; a list that is acted on or taken out is refused whole.
func (a *Actor) orClosed(who id.Person, wrapped []byte, act Action) (vault.Person, error) {
	key, err := a.keys.Open(who, wrapped)
	if act == Read && errors.Is(err, vault.ErrProtected) {
		return vault.Closed(), nil
	}
	return key, err
}

// Peeked is a row read by the program and not yet shown to anybody.
type Peeked struct {
	Access
	scope Scope
	who   audit.Person
}

// Peek is Row without the note, for a search that opens more names than it shows. Show notes the one that is shown.
func (s Scope) Peek(rows *store.Cursor, dest ...any) (Peeked, error) {
	var who audit.Person
	var alias, wrapped []byte
	var g Ground
	if err := rows.Scan(append([]any{&who.ID, &alias, &wrapped, &g}, dest...)...); err != nil {
		return Peeked{}, err
	}
	key, err := s.actor.orClosed(who.ID, wrapped, s.action)
	if err != nil {
		return Peeked{}, err
	}
	copy(who.Alias[:], alias)
	return Peeked{Access{s.actor, who.ID, key, g, s.categories, s.action}, s, who}, nil
}

// Show notes the person as disclosed.
func (p Peeked) Show() {
	s := p.scope
	s.noter.add(s.actor.disclosure(s.categories, s.action, s.why, p.ground, s.action == Read), p.who)
}

// Created gives the access to a person whose record is being made in this transaction, and notes the disclosure.
func Created(ctx context.Context, tx *store.Tx, actor *Actor, person id.Person, alias audit.Alias, key vault.Person) (Access, error) {
	n, err := begin(ctx, tx, actor)
	if err != nil {
		return Access{}, err
	}
	n.add(actor.disclosure(Everything, Write, ForQueue, ByCreation, false), audit.Person{ID: person, Alias: alias})
	return Access{actor, person, key, ByCreation, Everything, Write}, nil
}
