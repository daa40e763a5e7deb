package place_test

import (
	"errors"
	"testing"

	"sluss/internal/fault"
	"sluss/internal/place"
	"sluss/internal/plan"
	"sluss/internal/schedule"
	"sluss/internal/store"
	"sluss/internal/store/storetest"
)

func TestHowMuchAPlaceIsHoldsFromADayAndWhatWasBeforeStays(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		g := grouped(t, s, schedule.Rolling, 4)
		lena, ctx := g.Actor(t, "lena"), t.Context()
		day := lena.Today()
		who, k := g.takes(t, "Roger", day)
		for want, e := range map[string]place.Extent{
			"days place.extent.needed":     {From: day},
			"days place.extent.most":       {From: day, Days: 8},
			"percent place.extent.most":    {From: day, Percent: 101},
			"hours place.extent.most":      {From: day, Hours: -1},
			"extentfrom place.extent.from": {From: day.Add(-1), Days: 2},
		} {
			if got := field(g.d.Extend(ctx, lena, who, k, 3, e)); got != want {
				t.Errorf("%+v: %s, want %s", e, got, want)
			}
		}
		must(t, g.d.Extend(ctx, lena, who, k, 3, place.Extent{From: day, Days: 2, Hours: 4}))
		must(t, g.d.Extend(ctx, lena, who, k, 4, place.Extent{From: day.Add(14), Percent: 50}))
		must(t, g.d.Extend(ctx, lena, who, k, 5, place.Extent{From: day, Days: 3}))
		if err := g.d.Extend(ctx, lena, who, k, 5, place.Extent{From: day, Days: 1}); !errors.Is(err, fault.Stale) {
			t.Errorf("as it was read before: %v", err)
		}
		v, err := g.d.Open(ctx, lena, who)
		must(t, err)
		list := v.Extent[k]
		if len(list) != 3 || list[2].Hours != 4 || list[2].By != g.Place.Posts["lena"] {
			t.Fatalf("all that was said: %+v", list)
		}
		if now := place.Holding(list, day.Add(13)); len(now) != 2 || now[0].Percent != 50 || now[1].Days != 3 {
			t.Errorf("before the day %+v", now)
		}
		if then := place.Holding(list, day.Add(14)); len(then) != 1 || then[0].Percent != 50 {
			t.Errorf("from the day %+v", then)
		}
		if err := g.d.Extend(ctx, g.Actor(t, "ida"), who, k, 6, place.Extent{From: day, Days: 1}); !fault.Is(err, fault.NotFound) {
			t.Errorf("another unit's worker: %v", err)
		}
	})
}

// lost are those on a worker's list who do not see the thread.
func (g group) lost(t testing.TB, key string) (list []place.Talk) {
	t.Helper()
	must(t, g.Store.Read(t.Context(), func(tx *store.Tx) (err error) {
		list, err = place.TalksOf(t.Context(), tx, g.Actor(t, key), 12)
		return err
	}))
	return list
}

func TestWhoDoesNotSeeTheThreadIsTalkedWithByTheirCoachUntilItIsAnswered(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		g := grouped(t, s, schedule.Rolling, 4)
		lena, ctx := g.Actor(t, "lena"), t.Context()
		who, k := g.takes(t, "Roger", lena.Today())
		me := g.Themself(t, who)
		must(t, g.d.UnclearOwn(ctx, me, k, 3, true))
		if list := g.lost(t, "lena"); len(list) != 1 || list[0].Name != "Roger Ek" || list[0].ID != k || list[0].Since != lena.Today() {
			t.Fatalf("the coach is asked to talk with %+v", list)
		}
		for _, key := range []string{"samar", "karin", "ida"} {
			if list := g.lost(t, key); len(list) != 0 {
				t.Errorf("%s is asked to talk with %+v", key, list)
			}
		}
		if p := g.one(t, who); p.State != place.Held || p.To != "" {
			t.Errorf("the place became %+v", p)
		}
		must(t, g.d.Serve(ctx, lena, who, k, 4, place.Thread{}))
		if len(g.lost(t, "lena")) != 1 {
			t.Error("answered by no goal at all")
		}
		goal, err := (&plan.Desk{Store: s}).WriteGoal(ctx, lena, who, plan.GoalForm{Words: "Ett jobb", Lang: "sv"})
		must(t, err)
		must(t, g.d.Serve(ctx, lena, who, k, 5, place.Thread{Goal: goal, Why: "Nu vågar hon", Next: "Praktik"}))
		if list := g.lost(t, "lena"); len(list) != 0 {
			t.Errorf("answered by a goal, and still %+v", list)
		}
		must(t, g.d.Unclear(ctx, lena, who, k, 6, true))
		must(t, g.d.Unclear(ctx, lena, who, k, 7, false))
		if list := g.lost(t, "lena"); len(list) != 0 {
			t.Errorf("sees it now, and still %+v", list)
		}
		must(t, g.d.Unclear(ctx, lena, who, k, 8, true))
		must(t, g.d.StepOut(ctx, lena, who, k, 9, lena.Today().Add(3), ""))
		if list := g.lost(t, "lena"); len(list) != 0 {
			t.Errorf("has chosen to step out, and still %+v", list)
		}
	})
}

func TestNobodyElseSaysThatTheThreadIsNotSeen(t *testing.T) {
	g := grouped(t, storetest.Open(t, storetest.SQLite(t)), schedule.Rolling, 4)
	ctx := t.Context()
	who, k := g.takes(t, "Roger", g.Now().Date())
	other, wish := g.wishes(t, "Amal")
	if err := g.d.UnclearOwn(ctx, g.Themself(t, other), k, 3, true); !fault.Is(err, fault.NotFound) {
		t.Errorf("somebody else: %v", err)
	}
	if err := g.d.UnclearOwn(ctx, g.Themself(t, other), wish, 1, true); !errors.Is(err, fault.Stale) {
		t.Errorf("of a wish: %v", err)
	}
	if err := g.d.Unclear(ctx, g.Actor(t, "ida"), who, k, 3, true); !fault.Is(err, fault.NotFound) {
		t.Errorf("another unit's worker: %v", err)
	}
}
