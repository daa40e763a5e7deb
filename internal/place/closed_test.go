package place_test

import (
	"slices"
	"testing"
	"time"

	"sluss/internal/clock"
	"sluss/internal/id"
	"sluss/internal/place"
	"sluss/internal/schedule"
	"sluss/internal/store"
	"sluss/internal/store/storetest"
)

func TestARunRestsOverAClosedPeriodAndPlacesStay(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		g := grouped(t, s, schedule.Rolling, 1)
		karin, lena, ctx := g.Actor(t, "karin"), g.Actor(t, "lena"), t.Context()
		first, last := karin.Today().Add(7), karin.Today().Add(18)
		must(t, g.Org.Close(ctx, g.Actor(t, "omar"), first, last, "Höstlov"))
		var err error
		g.run, err = (&schedule.Desk{Store: s}).Plan(ctx, karin, schedule.Run{Activity: g.x, Entry: schedule.Rolling, From: karin.Today(), To: karin.Today().Add(42), Weeks: 6, Places: 1},
			[]schedule.Turn{{Weekday: time.Wednesday, At: "09:00", Until: "11:00", Leaders: []id.Post{g.Place.Posts["lena"]}}})
		must(t, err)
		who, _ := g.takes(t, "Roger", lena.Today())
		var days []clock.Date
		must(t, s.Read(ctx, func(tx *store.Tx) error {
			list, err := schedule.Occasions(ctx, tx, karin, clock.Span{From: karin.Today(), To: clock.Forever})
			for _, o := range list {
				if o.Run == g.run {
					days = append(days, o.On)
				}
			}
			return err
		}))
		if want := []clock.Date{"2026-10-14", "2026-11-04", "2026-11-11", "2026-11-18"}; !slices.Equal(days, want) {
			t.Errorf("held on %v, want %v", days, want)
		}
		if p := g.one(t, who); p.State != place.Held || p.To != "" || p.Run != g.run {
			t.Errorf("over the period the place is %+v", p)
		}
		other, k := g.wishes(t, "Amal")
		if err := g.d.Offer(ctx, lena, other, k, 1, place.Offer{Run: g.run, From: last.Add(1)}); field(err) != "run place.full" {
			t.Errorf("the place was given away: %v", err)
		}
	})
}
