package placement_test

import (
	"testing"

	"sluss/internal/access"
	"sluss/internal/fault"
	"sluss/internal/placement"
	"sluss/internal/store"
	"sluss/internal/store/storetest"
)

// TestSomebodyWishesToTryAJobOnTheirOwnPage goes from the wish to a yes; nobody's post stands for the person's own words.
func TestSomebodyWishesToTryAJobOnTheirOwnPage(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		x := inTown(t, s, 1)
		ctx, lena := t.Context(), x.Actor(t, "lena")
		who := x.Participant(t, "karin", "lena", "Roger", "Ek")
		me := x.Themself(t, who)
		if _, err := x.d.WishOwn(ctx, me, " ", "Jag vill"); field(err) != "what placement.what.needed" {
			t.Errorf("a wish for nothing: %v", err)
		}
		k, err := x.d.WishOwn(ctx, me, "Laga mat", "Jag kan det")
		must(t, err)
		if p := x.one(t, who); p.What != "Laga mat" || p.Because != "Jag kan det" || p.By != 0 || p.OwnOn != lena.Today() {
			t.Errorf("the wish is %+v", p)
		}
		if got := x.due(t, "lena"); len(got) != 1 || !got[0].Wish || got[0].Over || got[0].Person != who {
			t.Errorf("the coach is to talk with %+v", got)
		}
		must(t, x.d.Talked(ctx, lena, who, k, 1))
		if got := x.due(t, "lena"); len(got) != 0 {
			t.Errorf("after the talk: %+v", got)
		}
		f := x.terms()
		f.K, f.Version, f.Yes = k, 2, x.yes()
		_, err = x.d.Write(ctx, lena, who, f)
		must(t, err)
		if p := x.one(t, who); p.State != placement.Agreed || p.What != "Laga mat" {
			t.Errorf("agreed on: %+v", p)
		}
		if err := x.d.WithdrawOwn(ctx, me, k, 3); err != fault.Stale {
			t.Errorf("what is agreed on taken back as a wish: %v", err)
		}
		again, err := x.d.WishOwn(ctx, me, "Vara ute", "")
		must(t, err)
		must(t, x.d.WithdrawOwn(ctx, me, again, 1))
		v, err := x.d.Open(ctx, lena, who, access.Read)
		must(t, err)
		if p := v.Get(again); p.State != placement.Withdrawn || len(x.due(t, "lena")) != 0 {
			t.Errorf("taken back: %+v", p)
		}
	})
}
