package forecast_test

import (
	"testing"

	"sluss/internal/demo/demotest"
	"sluss/internal/fault"
	"sluss/internal/forecast"
	"sluss/internal/store"
	"sluss/internal/store/storetest"
)

func shown(t *testing.T, w *demotest.World) (x forecast.Shown, ok bool) {
	t.Helper()
	a := w.Actor(t, "omar")
	if err := w.Store.Read(t.Context(), func(tx *store.Tx) (err error) {
		x, ok, err = forecast.ShownAt(t.Context(), tx, a.Area(), a.Unit(), a.Today())
		return err
	}); err != nil {
		t.Fatal(err)
	}
	return x, ok
}

func TestEverybodyReadsWhatTheHeadShowsRoughlyUntilItIsHiddenOrOld(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		w := demotest.New(t, s)
		d, ctx := &forecast.Desk{Store: s}, t.Context()
		if err := d.Show(ctx, w.Actor(t, "omar"), 0); !fault.Is(err, fault.Conflict) {
			t.Error("too little to say is shown:", err)
		}
		lived(t, w, 4)
		for _, worker := range []string{"karin", "lena", "britt", "amina"} {
			if err := d.Show(ctx, w.Actor(t, worker), 0); !fault.Is(err, fault.Forbidden) {
				t.Errorf("%s shows it: %v", worker, err)
			}
			if err := d.Hide(ctx, w.Actor(t, worker)); !fault.Is(err, fault.Forbidden) {
				t.Errorf("%s hides it: %v", worker, err)
			}
		}
		if _, ok := shown(t, w); ok {
			t.Error("it is shown before anybody has said so")
		}
		made, err := d.Save(ctx, w.Actor(t, "karin"), "En tredje start", forecast.Scenario{Starts: 3})
		if err != nil {
			t.Fatal(err)
		}
		if err := d.Show(ctx, w.Actor(t, "omar"), made); err != nil {
			t.Fatal(err)
		}
		x, ok := shown(t, w)
		if !ok || x.Name != "En tredje start" || x.On != w.Now().Date() || len(x.Now[forecast.Inside]) != 13 || len(x.Then[forecast.Wait]) != 13 || x.Told == 0 {
			t.Fatalf("%v %+v", ok, x)
		}
		for _, r := range []forecast.Rough{x.Now, x.Then} {
			for _, line := range []string{forecast.Line, forecast.Inside} {
				for _, month := range r[line] {
					for _, n := range month {
						if n%5 != 0 {
							t.Errorf("%s tells of %d people, which is no five", line, n)
						}
					}
				}
			}
		}
		if err := d.Forget(ctx, w.Actor(t, "karin"), made, 1); err != nil {
			t.Fatal(err)
		}
		if err := d.Show(ctx, w.Actor(t, "omar"), made); !fault.Is(err, fault.Conflict) {
			t.Error("a future that is gone is shown:", err)
		}
		if err := d.Hide(ctx, w.Actor(t, "omar")); err != nil {
			t.Fatal(err)
		}
		if _, ok := shown(t, w); ok {
			t.Error("it is shown after it was hidden")
		}
		if err := d.Show(ctx, w.Actor(t, "omar"), 0); err != nil {
			t.Fatal(err)
		}
		w.Pass(93)
		if _, ok := shown(t, w); ok {
			t.Error("what was foreseen three months ago is still shown")
		}
	})
}
