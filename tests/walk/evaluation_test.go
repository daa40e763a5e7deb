package walk

import (
	"context"
	"testing"

	"sluss/internal/clock"
	"sluss/internal/evaluation"
	"sluss/internal/place"
	"sluss/internal/store"
)

// thinks lets one of the people say what they think of an activity they take part in, as if they had been there for a while.
func (s *site) thinks(t testing.TB) {
	t.Helper()
	p, ctx := s.people["active"], context.WithoutCancel(t.Context())
	var k place.ID
	must(t, k.UnmarshalText([]byte(p.ids["place"])))
	must(t, s.Store.Write(ctx, func(tx *store.Tx) error {
		_, err := tx.Exec(ctx, store.Q(`UPDATE place SET from_on = $3 WHERE area_id = $1 AND place_id = $2`), s.Place.Area, k, string(clock.Date(s.Now().Date()).Add(-30)))
		return err
	}))
	must(t, (&evaluation.Desk{Store: s.Store}).AnswerOwn(ctx, s.own(t, p), k, evaluation.Form{Answers: [3]string{"yes", "partly", ""}, Line: p.word + "thinks", Show: true}))
}
