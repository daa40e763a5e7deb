package walk

import (
	"context"
	"testing"

	"sluss/internal/clock"
	"sluss/internal/practice"
)

// worked stands in how Vuxenslussen works: those who work there and at other agencies may read it, on its own page.
const worked = "qzworked"

// practices has omar write how they work, what has changed since, and what is to change.
func (s *site) practices(t testing.TB) {
	t.Helper()
	d, omar := &practice.Desk{Store: s.Store}, s.Actor(t, "omar")
	for i, from := range []clock.Date{omar.Today().Add(-90), omar.Today(), omar.Today().Add(30)} {
		must(t, d.Write(context.WithoutCancel(t.Context()), omar, practice.Draft{Holds: worked, Changed: worked, From: from, Seen: i}))
	}
}
