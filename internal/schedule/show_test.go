package schedule_test

import (
	"testing"
	"time"

	"sluss/internal/clock"
	"sluss/internal/fault"
	"sluss/internal/schedule"
	"sluss/internal/store"
	"sluss/internal/store/storetest"
)

// offers is what everybody reads of the unit.
func (p plant) offers(t *testing.T, unit string) (list []schedule.Offer) {
	t.Helper()
	must(t, p.Store.Read(t.Context(), func(tx *store.Tx) (err error) {
		list, err = schedule.Offers(t.Context(), tx, p.Place.Area, p.Place.Units[unit], p.Now())
		return err
	}))
	return list
}

func TestWhatHasEndedTodayIsNotShownAsComing(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		p := planted(t, s)
		karin := p.Actor(t, "karin")
		run, err := p.d.Plan(t.Context(), karin, p.six(), []schedule.Turn{p.turn(time.Tuesday, "09:00", "11:00", "Datasalen", "lena")})
		must(t, err)
		must(t, p.d.Show(t.Context(), karin, run, 1, true))
		tuesday := karin.Today().Add(1)
		for at, want := range map[clock.LocalTime]clock.Date{"08:00": tuesday, "10:59": tuesday, "11:00": tuesday.Add(7), "18:00": tuesday.Add(7)} {
			var list []schedule.Offer
			must(t, s.Read(t.Context(), func(tx *store.Tx) (err error) {
				list, err = schedule.Offers(t.Context(), tx, p.Place.Area, p.Place.Units["Vuxenslussen"], tuesday.At(at))
				return err
			}))
			if len(list) != 1 || list[0].Times[0].On != want {
				t.Errorf("at %s everybody reads %+v", at, list)
			}
		}
	})
}

func TestEverybodyReadsOfARunOnlyWhileTheUnitShowsIt(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		p := planted(t, s)
		karin, ctx := p.Actor(t, "karin"), t.Context()
		run, err := p.d.Plan(ctx, karin, p.six(), []schedule.Turn{p.turn(time.Tuesday, "09:00", "11:00", "Datasalen", "lena")})
		must(t, err)
		if x := p.offers(t, "Vuxenslussen"); len(x) != 0 {
			t.Fatalf("nobody has chosen to show %+v", x)
		}
		if err := p.d.Show(ctx, p.Actor(t, "britt"), run, 1, true); !fault.Is(err, fault.Forbidden) {
			t.Errorf("the reception shows it: %v", err)
		}
		if err := p.d.Show(ctx, p.Actor(t, "ida"), run, 1, true); err != fault.Stale {
			t.Errorf("another unit shows it: %v", err)
		}
		must(t, p.d.Show(ctx, karin, run, 1, true))
		if err := p.d.Show(ctx, karin, run, 1, false); err != fault.Stale {
			t.Errorf("an old version: %v", err)
		}
		tuesday := karin.Today().Add(1)
		x := p.offers(t, "Vuxenslussen")
		if len(x) != 1 || len(x[0].Times) != 3 || x[0].Times[0] != (schedule.Next{On: tuesday, At: "09:00", Until: "11:00"}) || x[0].Times[1].On != tuesday.Add(7) {
			t.Fatalf("everybody reads %+v", x)
		}
		if w, lang := x[0].In("ar"); w.Name != "Samtalscirkeln" || w.Purpose != "Att prata" || lang != "sv" {
			t.Errorf("in Arabic %+v in %s", w, lang)
		}
		if y := p.offers(t, "Ungdomsslussen"); len(y) != 0 {
			t.Errorf("the other unit shows %+v", y)
		}
		first := p.occasions(t, 30)[0]
		must(t, p.d.Cancel(ctx, karin, first.ID, first.Version, false, "Vi är på utflykt"))
		if x = p.offers(t, "Vuxenslussen"); x[0].Times[0].On != tuesday.Add(7) {
			t.Errorf("what is called off is shown: %+v", x)
		}
		must(t, p.d.Show(ctx, karin, run, 2, false))
		if x := p.offers(t, "Vuxenslussen"); len(x) != 0 {
			t.Errorf("shown no longer, and everybody reads %+v", x)
		}
	})
}
