package walk

import (
	"context"
	"testing"

	"sluss/internal/plan"
	"sluss/internal/proposal"
)

// propose lets two people propose changes: one of each waits, is to be made, has been declined, and has been replaced.
func (s *site) propose(t testing.TB) {
	t.Helper()
	ctx, d, lena := context.WithoutCancel(t.Context()), &proposal.Desk{Store: s.Store}, s.Actor(t, "lena")
	for _, key := range []string{"active", "shared"} {
		p := s.people[key]
		form := func(what string) proposal.Form {
			return proposal.Form{Thing: string(proposal.New), Words: p.word + what, Because: p.word + "because"}
		}
		made := func(what string) proposal.ID {
			k, err := d.ProposeOwn(ctx, s.own(t, p), form(what))
			must(t, err)
			return k
		}
		must(t, d.Answer(ctx, lena, p.id, made("declined"), proposal.Reply{Words: p.word + "reason", Version: 1}))
		must(t, d.Answer(ctx, lena, p.id, made("approved"), proposal.Reply{Yes: true, Version: 1}))
		f := form("waits")
		f.Replaces, f.Seen = made("replaced"), 1
		k, err := d.Propose(ctx, lena, p.id, plan.AtTable, f)
		must(t, err)
		p.ids["proposal"] = k.String()
	}
}
