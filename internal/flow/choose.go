package flow

import (
	"context"

	"sluss/internal/access"
	"sluss/internal/id"
	"sluss/internal/org"
	"sluss/internal/store"
)

// Choose gives the gateways that the actor may see the flow of, and those of them that were chosen. Missing when the
// unit may not be chosen.
func Choose(ctx context.Context, tx *store.Tx, actor *access.Actor, unit id.Unit) (may, chosen []org.Unit, err error) {
	return choice(ctx, tx, actor, unit)
}
