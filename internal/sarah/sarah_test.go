package sarah

import (
	"errors"
	"os"
	"testing"
	"time"

	"sluss/internal/clock"
	"sluss/internal/demo/demotest"
	"sluss/internal/fault"
	"sluss/internal/id"
	"sluss/internal/org"
	"sluss/internal/store"
	"sluss/internal/store/storetest"
)

func TestMain(m *testing.M) { os.Exit(storetest.Main(m)) }

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

func each(t *testing.T, f func(t *testing.T, w *demotest.World, d *Desk)) {
	storetest.Each(t, func(t *testing.T, s *store.Store) { f(t, demotest.New(t, s), &Desk{Store: s}) })
}

func TestAReportIsFollowedByWhoMadeItAndReadByWhoReceivesItAlone(t *testing.T) {
	each(t, func(t *testing.T, w *demotest.World, d *Desk) {
		ctx := t.Context()
		r, err := d.Make(ctx, w.Actor(t, "britt"), Form{Words: Words{What: " Ingen ringde tillbaka. ", Led: "Hen stod utan mat.", Done: "Jag ringde."}, Happened: "2026-10-09"})
		must(t, err)
		for _, key := range []string{"lena", "karin", "ida"} {
			if _, err := d.Open(ctx, w.Actor(t, key), r); !errors.Is(err, fault.Missing) {
				t.Errorf("%s opens it: %v", key, err)
			}
			if err := d.Step(ctx, w.Actor(t, key), r, 1, StepForm{State: Looking, Words: "x"}); !errors.Is(err, fault.Missing) {
				t.Errorf("%s looks into it: %v", key, err)
			}
		}
		if err := d.Step(ctx, w.Actor(t, "britt"), r, 1, StepForm{State: Closed, Words: "x"}); !errors.Is(err, fault.Missing) {
			t.Error("who reported closes it: ", err)
		}
		x, err := d.Open(ctx, w.Actor(t, "omar"), r)
		if err != nil || x.What != "Ingen ringde tillbaka." || x.State != Received {
			t.Errorf("%+v %v", x, err)
		}
		must(t, d.Step(ctx, w.Actor(t, "omar"), r, 1, StepForm{State: Looking, Words: "Jag har talat med två."}))
		if err := d.Step(ctx, w.Actor(t, "omar"), r, 1, StepForm{State: Measures, Words: "x"}); !errors.Is(err, fault.Stale) {
			t.Error("a stale step: ", err)
		}
		must(t, d.Step(ctx, w.Actor(t, "omar"), r, 2, StepForm{State: Serious, Words: "Anmält", On: "2026-10-12"}))
		must(t, d.Step(ctx, w.Actor(t, "omar"), r, 3, StepForm{State: Closed, Words: "Vi ringer nu samma dag."}))
		if err := d.Step(ctx, w.Actor(t, "omar"), r, 4, StepForm{State: Looking, Words: "x"}); !errors.Is(err, fault.Stale) {
			t.Error("a closed one goes on: ", err)
		}
		x, err = d.Open(ctx, w.Actor(t, "britt"), r)
		if err != nil || x.What == "" || len(x.Steps) != 3 || x.Steps[0].Words != "" || x.Steps[2].Words != "Vi ringer nu samma dag." || x.Serious != "2026-10-12" {
			t.Errorf("who reported sees %+v %v", x, err)
		}
		if l, err := d.List(ctx, w.Actor(t, "britt")); err != nil || len(l.Made) != 1 || len(l.Come) != 0 || l.Made[0].What != "" {
			t.Errorf("%+v %v", l, err)
		}
	})
}

func TestAReportNeverComesToWhoItIsAboutOrWhoMadeIt(t *testing.T) {
	each(t, func(t *testing.T, w *demotest.World, d *Desk) {
		for key, f := range map[string]Form{"lena": {Head: true}, "omar": {}} {
			f.What = "x"
			r, err := d.Make(t.Context(), w.Actor(t, key), f)
			must(t, err)
			if x, err := d.Open(t.Context(), w.Actor(t, "ida"), r); err != nil || x.To != w.Place.Posts["ida"] {
				t.Errorf("%s: %+v %v", key, x, err)
			}
		}
		r, err := d.Make(t.Context(), w.Actor(t, "lena"), Form{Words: Words{What: "x"}})
		must(t, err)
		must(t, w.Store.Write(t.Context(), func(tx *store.Tx) error {
			return org.EndPost(t.Context(), tx, w.Place.Area, w.Place.Posts["omar"], w.Now())
		}))
		w.Pass(1)
		must(t, d.HandOn(t.Context(), w.Place.Area, w.Now()))
		if _, err := d.Open(t.Context(), w.Actor(t, "ida"), r); err != nil {
			t.Error("when who received it has left: ", err)
		}
	})
}

func TestWhoWorksAtAnotherAgencyReportsAboutAGatewayAndFollowsIt(t *testing.T) {
	each(t, func(t *testing.T, w *demotest.World, d *Desk) {
		ctx, amina, adults := t.Context(), w.Actor(t, "amina"), w.Place.Units["Vuxenslussen"]
		for _, unit := range []id.Unit{0, amina.Unit(), 77} {
			if _, err := d.Make(ctx, amina, Form{Words: Words{What: "x"}, Unit: unit}); len(fault.Fields(err)) != 1 || fault.Fields(err)[0].Field != "unit" {
				t.Errorf("about unit %d: %v", unit, err)
			}
		}
		r, err := d.Make(ctx, amina, Form{Words: Words{What: "Ingen ringde tillbaka."}, Unit: adults})
		must(t, err)
		x, err := d.Open(ctx, w.Actor(t, "omar"), r)
		if err != nil || x.To != w.Place.Posts["omar"] || x.Unit != adults || x.By != w.Place.Posts["amina"] {
			t.Errorf("%+v %v", x, err)
		}
		must(t, d.Step(ctx, w.Actor(t, "omar"), r, 1, StepForm{State: Looking, Words: "Internt"}))
		if x, err := d.Open(ctx, amina, r); err != nil || x.State != Looking || x.Steps[0].Words != "" {
			t.Errorf("%+v %v", x, err)
		}
		if err := d.Step(ctx, amina, r, 2, StepForm{State: Closed, Words: "x"}); !fault.Is(err, fault.Forbidden) {
			t.Error("who reported closes it: ", err)
		}
		if _, err := d.Open(ctx, w.Actor(t, "erik"), r); !errors.Is(err, fault.Missing) {
			t.Error("another officer opens it: ", err)
		}
		own, err := d.Make(ctx, w.Actor(t, "lena"), Form{Words: Words{What: "x"}, Unit: w.Place.Units["Ungdomsslussen"]})
		must(t, err)
		if x, err := d.Open(ctx, w.Actor(t, "lena"), own); err != nil || x.Unit != adults {
			t.Errorf("the staff report about another's unit: %+v %v", x, err)
		}
	})
}

func TestAReportNamesNobodyByNumber(t *testing.T) {
	for _, c := range []struct {
		f    Form
		want string
	}{
		{Form{Words: Words{What: "Det hände två gånger, 2026-10-01 och 2026-10-02, ring 070-174 06 21"}}, ""},
		{Form{Words: Words{What: "Det gällde 19121212-1212."}}, "what"},
		{Form{Words: Words{What: "x", Led: "(121212+1212)"}}, "led"},
		{Form{Words: Words{Led: "x"}}, "what"},
		{Form{Words: Words{What: "x"}, Happened: "2026-10-13"}, "happened"},
	} {
		got := ""
		if f := fault.Fields(c.f.Check("2026-10-12")); len(f) > 0 {
			got = f[0].Field
		}
		if got != c.want {
			t.Errorf("%+v: %q", c.f, got)
		}
	}
}

func TestAStepIsChecked(t *testing.T) {
	for _, c := range []struct {
		f    StepForm
		want string
	}{
		{StepForm{State: Looking, Words: "x"}, ""}, {StepForm{Words: "x"}, "state"}, {StepForm{State: Received, Words: "x"}, "state"}, {StepForm{State: Closed}, "words"},
		{StepForm{State: Serious, Words: "x"}, "on"}, {StepForm{State: Serious, Words: "x", On: "2026-10-13"}, "on"}, {StepForm{State: Serious, Words: "x", On: "2026-10-01"}, ""},
	} {
		got := ""
		if f := fault.Fields(c.f.check(Received, "2026-10-12")); len(f) > 0 {
			got = f[0].Field
		}
		if got != c.want {
			t.Errorf("%+v: %q", c.f, got)
		}
	}
}

func TestAClosedReportIsDestroyedWhenItsUnitsYearsHavePassedAndNoOther(t *testing.T) {
	each(t, func(t *testing.T, w *demotest.World, d *Desk) {
		ctx, omar := t.Context(), w.Actor(t, "omar")
		made := func() ID {
			r, err := d.Make(ctx, w.Actor(t, "britt"), Form{Words: Words{What: "Ingen ringde tillbaka."}, Happened: omar.Today()})
			must(t, err)
			return r
		}
		closed, open := made(), made()
		must(t, d.Step(ctx, omar, closed, 1, StepForm{State: Closed, Words: "Vi ringer nu samma dag."}))
		there := func(r ID) bool {
			_, err := d.Open(ctx, w.Actor(t, "omar"), r)
			if err != nil && !errors.Is(err, fault.Missing) {
				t.Error(err)
			}
			return err == nil
		}
		sweep := func(on clock.Date) {
			t.Helper()
			must(t, d.Sweep(ctx, w.Place.Area, clock.Instant(on.Time().Add(12*time.Hour).UnixMilli())))
		}
		last := omar.Today().AddMonths(12 * 6)
		must(t, w.Store.Write(ctx, func(tx *store.Tx) error {
			return org.PutSetting(ctx, tx, w.Place.Area, omar.Unit(), org.SetReports, "6", omar.Today(), "dokumenthanteringsplanen", omar.Post(), omar.Now())
		}))
		if sweep(last.Add(-1)); !there(closed) {
			t.Error("destroyed a day early")
		}
		if sweep(last); there(closed) || !there(open) {
			t.Errorf("on the day: the closed one is there %v, the open one %v", there(closed), there(open))
		}
		must(t, w.Store.Read(ctx, func(tx *store.Tx) error {
			var steps int
			err := tx.One(ctx, store.Q(`SELECT count(*) FROM sarah_step WHERE area_id = $1`), []any{w.Place.Area}, &steps)
			if steps != 0 {
				t.Errorf("%d steps are left", steps)
			}
			return err
		}))
	})
}
