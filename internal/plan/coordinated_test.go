package plan_test

import (
	"sync"
	"testing"

	"sluss/internal/access"
	"sluss/internal/fault"
	"sluss/internal/org"
	"sluss/internal/plan"
)

func TestACoordinatedPlanIsDecidedOnceWithAYesAndTellsWhoAnswersForWhat(t *testing.T) {
	sit(t, func(t *testing.T, x table) {
		d, ctx := x.desk, t.Context()
		kommun, work := x.Place.Agencies[org.KindMunicipality], x.Place.Agencies[org.KindEmployment]
		for field, f := range map[string]plan.CoordinatedForm{
			"lead": {Lead: work, How: plan.AtTable},
			"how":  {Lead: kommun},
			"on":   {Lead: kommun, How: plan.AtTable, On: x.Now().Date().Add(1)},
		} {
			if got := fault.Fields(d.Coordinate(ctx, x.lena(), x.who, f)); len(got) != 1 || got[0].Field != field {
				t.Errorf("%s: %v", field, got)
			}
		}
		var all sync.WaitGroup
		errs := make([]error, 8)
		for i := range errs {
			lena := x.lena()
			all.Go(func() {
				errs[i] = d.Coordinate(ctx, lena, x.who, plan.CoordinatedForm{Lead: kommun, How: plan.OnPaper})
			})
		}
		all.Wait()
		made := 0
		for _, err := range errs {
			if err == nil {
				made++
			} else if !fault.Is(err, fault.Conflict) {
				t.Errorf("pressed at once: %v", err)
			}
		}
		v, err := d.Open(ctx, x.lena(), x.who, plan.Need, access.Read)
		x.ok(err)
		if made != 1 || v.Coordinated.Lead != kommun || v.Coordinated.On != x.Now().Date() || v.Coordinated.How != plan.OnPaper {
			t.Fatalf("%d were made: %+v", made, v.Coordinated)
		}
		for _, f := range []plan.MeasureForm{{What: "Stöd i vardagen", Agency: kommun, From: x.Now().Date()}, {What: "Jobbspår", Agency: work, From: x.Now().Date()}} {
			_, err := d.BeginMeasure(ctx, x.lena(), x.who, f)
			x.ok(err)
		}
		v, err = d.Open(ctx, x.lena(), x.who, plan.Need, access.Read)
		x.ok(err)
		ours, others := v.Parts(true), v.Parts(false)
		if len(ours) != 1 || ours[0].Agency.ID != kommun || len(ours[0].Measures) != 1 || len(others) != 1 || others[0].Measures[0].What != "Jobbspår" {
			t.Errorf("who answers for what: %+v, and others %+v", ours, others)
		}
		sip := v.Coordinated.ID
		x.ok(d.EndCoordinated(ctx, x.lena(), x.who, sip))
		if err := d.EndCoordinated(ctx, x.lena(), x.who, sip); !fault.Is(err, fault.Conflict) {
			t.Errorf("ended twice: %v", err)
		}
		if v, err = d.Open(ctx, x.lena(), x.who, plan.Need, access.Read); err != nil || v.Coordinated.ID != 0 || len(v.Running()) != 2 {
			t.Errorf("after the end: %+v with %d measures (%v)", v.Coordinated, len(v.Running()), err)
		}
		x.ok(d.Coordinate(ctx, x.lena(), x.who, plan.CoordinatedForm{Lead: kommun, How: plan.AtTable}))
	})
}
