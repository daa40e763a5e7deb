package person

import (
	"context"

	"sluss/internal/access"
	"sluss/internal/store"
)

// GivenName is what the person of the access is called, for their own pages.
func GivenName(ctx context.Context, tx *store.Tx, actor *access.Actor, a access.Access) (string, error) {
	p, err := load(ctx, tx, actor, a)
	return p.Given, err
}

// FullName is the whole name of the person of the access.
func FullName(ctx context.Context, tx *store.Tx, actor *access.Actor, a access.Access) (string, error) {
	p, err := load(ctx, tx, actor, a)
	return p.Name(), err
}

// WantsInterpreter tells whether the person of the access is known to want an interpreter.
func WantsInterpreter(ctx context.Context, tx *store.Tx, actor *access.Actor, a access.Access) (bool, error) {
	p, err := load(ctx, tx, actor, a)
	return p.Interpreter, err
}
