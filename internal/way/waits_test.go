package way_test

import (
	"testing"

	"sluss/internal/access"
	"sluss/internal/demo/demotest"
	"sluss/internal/enquiry"
	"sluss/internal/myplace"
	"sluss/internal/newcoach"
	"sluss/internal/plan"
	"sluss/internal/store"
	"sluss/internal/store/storetest"
	"sluss/internal/way"
)

func TestAPersonReadsWhoWaitsForWhomSinceWhenAndTheirOwnTurnStandsFirst(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		w := demotest.New(t, s)
		ctx, who := t.Context(), w.Participant(t, "karin", "lena", "Samira", "Haddad")
		me, lena := func() *access.Actor {
			a := w.Themself(t, who)
			a.Declare(access.OwnView|way.WaitsNeed, access.Read, access.Write)
			return a
		}, w.Actor(t, "lena")
		waits := func() (list []way.Wait) {
			t.Helper()
			actor := me()
			if err := s.Read(ctx, func(tx *store.Tx) error {
				a, err := access.OpenOwn(ctx, tx, actor, way.WaitsNeed, access.Read)
				if err != nil {
					return err
				}
				x, err := way.Of(ctx, tx, actor, a)
				if err == nil {
					list, err = way.WaitsOf(ctx, tx, actor, a, x)
				}
				return err
			}); err != nil {
				t.Fatal(err)
			}
			return list
		}
		if list := waits(); len(list) != 0 {
			t.Fatalf("with nothing asked %+v waits", list)
		}
		must := func(err error) {
			t.Helper()
			if err != nil {
				t.Fatal(err)
			}
		}
		began := w.Now().Date()
		must((&newcoach.Desk{Store: s}).AskOwn(ctx, me(), "För min skull"))
		w.Pass(1)
		q := &enquiry.Desk{Store: s}
		mine, err := q.AskOwn(ctx, me(), enquiry.Form{To: lena.Unit(), Words: "När ses vi?"})
		must(err)
		must((&myplace.Desk{Store: s}).AskOwn(ctx, me(), "Ett tyst rum", "sv"))
		_, err = (&plan.Desk{Store: s}).WriteGoal(ctx, w.Actor(t, "lena"), who, plan.GoalForm{Words: "Laga mat", Lang: "sv"})
		must(err)
		w.Pass(1)
		theirs, err := q.Ask(ctx, w.Actor(t, "lena"), who, enquiry.Form{To: enquiry.Themself, Words: "Passar måndag?"})
		must(err)
		list := waits()
		golden := []way.Wait{
			{What: way.Answer, Ref: int64(theirs), Unit: lena.Unit(), Words: "Passar måndag?", Since: began.Add(2)},
			{What: way.Coach, Since: began},
			{What: way.Question, Ref: int64(mine), Unit: lena.Unit(), Words: "När ses vi?", Since: began.Add(1)},
			{What: way.Adapting, Words: "Ett tyst rum", Since: began.Add(1)},
		}
		if len(list) != len(golden) {
			t.Fatalf("%+v", list)
		}
		for i, g := range golden {
			got := list[i]
			if got.What != g.What || got.Ref != g.Ref || got.Unit != g.Unit || got.Words != g.Words || got.Since != g.Since {
				t.Errorf("%d: %+v, not %+v", i, got, g)
			}
		}
		must(q.ReplyOwn(ctx, me(), theirs, 1, "Ja"))
		must(q.TakeBackOwn(ctx, me(), mine, 1))
		if list := waits(); len(list) != 2 || list[0].What != way.Coach || list[1].What != way.Adapting {
			t.Errorf("what is answered and taken back still waits: %+v", list)
		}
	})
}
