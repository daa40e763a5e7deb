package place_test

import (
	"testing"

	"sluss/internal/clock"
	"sluss/internal/fault"
	"sluss/internal/place"
	"sluss/internal/schedule"
	"sluss/internal/store"
	"sluss/internal/store/storetest"
)

func (g group) talks(t *testing.T, key string) (list []place.Talk) {
	t.Helper()
	must(t, g.Store.Read(t.Context(), func(tx *store.Tx) (err error) {
		list, err = place.TalksOf(t.Context(), tx, g.Actor(t, key), 9)
		return err
	}))
	return list
}

// TestWhoWishesAloneStandsInTurnAndIsTalkedWith: a wish on one's own page is a wish like any other, and only the coach is asked to talk.
func TestWhoWishesAloneStandsInTurnAndIsTalkedWith(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		g := grouped(t, s, schedule.Rolling, 4)
		ctx, lena := t.Context(), g.Actor(t, "lena")
		first, _ := g.wishes(t, "Amal")
		who := g.Participant(t, "karin", "lena", "Roger", "Ek")
		me := g.Themself(t, who)
		k, err := g.d.WishOwn(ctx, me, g.x, "  Jag vill träffa folk ")
		must(t, err)
		if p := g.one(t, who); p.Because != "Jag vill träffa folk" || p.State != place.Wished || p.OwnOn != lena.Today() {
			t.Errorf("the wish is %+v", p)
		}
		if _, err := g.d.WishOwn(ctx, me, g.x, "En gång till"); field(err) != "activity mine.wish.twice" {
			t.Errorf("the same wish twice: %v", err)
		}
		if _, err := g.d.WishOwn(ctx, me, 0, ""); field(err) != "activity place.activity.needed" {
			t.Errorf("a wish for nothing: %v", err)
		}
		if got := g.talks(t, "lena"); len(got) != 1 || got[0].Person != who || !got[0].Wish || got[0].Name != "Roger Ek" {
			t.Errorf("the coach is to talk with %+v", got)
		}
		if got := g.talks(t, "samar"); len(got) != 0 {
			t.Errorf("somebody else is to talk with %+v", got)
		}
		must(t, g.d.Talked(ctx, lena, who, k, 1))
		if got := g.talks(t, "lena"); len(got) != 0 {
			t.Errorf("after the talk the coach is to talk with %+v", got)
		}
		if err := g.d.Talked(ctx, lena, who, k, 2); !fault.Is(err, fault.Conflict) && err != fault.Stale {
			t.Errorf("a talk noted twice: %v", err)
		}
		must(t, g.d.Next(ctx, lena, g.x, g.run))
		must(t, g.d.Next(ctx, lena, g.x, g.run))
		if a, b := g.one(t, first), g.one(t, who); a.State != place.Offered || b.State != place.Offered {
			t.Errorf("in turn: %s, %s", a.State, b.State)
		}
		if err := g.d.WithdrawOwn(ctx, me, k, 3); err != fault.Stale {
			t.Errorf("an offer taken back as a wish: %v", err)
		}
	})
}

func TestAWishIsTakenBackByWhoeverMadeItAndByNobodyElse(t *testing.T) {
	g := grouped(t, storetest.Open(t, storetest.SQLite(t)), schedule.Rolling, 4)
	ctx := t.Context()
	who, other := g.Participant(t, "karin", "lena", "Roger", "Ek"), g.Participant(t, "karin", "lena", "Amal", "Ek")
	k, err := g.d.WishOwn(ctx, g.Themself(t, who), g.x, "")
	must(t, err)
	if err := g.d.WithdrawOwn(ctx, g.Themself(t, other), k, 1); !fault.Is(err, fault.NotFound) {
		t.Errorf("somebody else takes it back: %v", err)
	}
	must(t, g.d.WithdrawOwn(ctx, g.Themself(t, who), k, 1))
	if p := g.one(t, who); !p.Over(clock.DateOf(g.Now().Time())) || len(g.talks(t, "lena")) != 0 {
		t.Errorf("taken back: %+v", p)
	}
	_, err = g.d.WishOwn(ctx, g.Themself(t, who), g.x, "Ändå")
	must(t, err)
}
