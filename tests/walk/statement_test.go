package walk

import (
	"testing"

	"sluss/internal/access"
	"sluss/internal/comment"
	"sluss/internal/consent"
	"sluss/internal/org"
	"sluss/internal/statement"
	"sluss/internal/store"
)

// money is the zone where people's support is decided on.
func (s *site) money(t testing.TB) (z access.Zone) {
	t.Helper()
	s.read(t, func(tx *store.Tx) error {
		list, err := org.Parties(t.Context(), tx, s.Actor(t, "karin"))
		for _, p := range list {
			if p.Money {
				z = p.ID
			}
		}
		return err
	})
	return z
}

// states makes three statements of somebody's hours: one that has gone, one that they have seen, and one that waits for them.
func (s *site) states(t testing.TB, p *soul) {
	t.Helper()
	ctx, d, today := t.Context(), &statement.Desk{Store: s.Store}, s.Now().Date()
	must(t, (&consent.Desk{Store: s.Store}).Answer(ctx, s.Actor(t, "lena"), p.id, consent.Form{Zone: s.money(t), Purpose: "work", Categories: access.Attendance, Months: 6,
		How: consent.AtTable, Yes: true, Wish: true, Lang: "sv"}))
	s.Pass(1)
	defer s.Pass(-1)
	lena := s.Actor(t, "lena")
	made := func() statement.ID {
		k, err := d.Make(ctx, lena, p.id, statement.Form{From: today, To: today})
		must(t, err)
		return k
	}
	gone, shown := made(), made()
	must(t, (&comment.Desk{Store: s.Store}).Say(ctx, lena, p.id, comment.Thing{Kind: comment.Statement, Ref: int64(gone)}, p.word+"says", false))
	for _, k := range []statement.ID{gone, shown} {
		must(t, d.Show(ctx, lena, p.id, k, 1, statement.AtTable))
	}
	must(t, d.Hand(ctx, lena, p.id, gone, 2, statement.HandForm{Zone: s.money(t), Receiver: p.word + "officer"}))
	p.ids["shown"], p.ids["statement"] = shown.String(), made().String()
}
