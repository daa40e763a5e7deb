package plan_test

import (
	"errors"
	"testing"

	"sluss/internal/access"
	"sluss/internal/clock"
	"sluss/internal/consent"
	"sluss/internal/fault"
	"sluss/internal/org"
	"sluss/internal/plan"
	"sluss/internal/store"
)

// yes lets the person say yes to the employment service seeing the plan.
func (x table) yes() {
	x.t.Helper()
	x.ok((&consent.Desk{Store: x.Store}).Answer(x.t.Context(), x.lena(), x.who, consent.Form{Zone: access.Zone(x.Place.Agencies[org.KindEmployment]), Purpose: "plan",
		Categories: access.Plan, Months: 6, How: consent.AtTable, Yes: true, Wish: true, Lang: "sv"}))
}

// kitchen is a measure for a goal, which may be 0 for none.
func (x table) kitchen(g plan.GoalID) plan.MeasureForm {
	return plan.MeasureForm{What: "Prova-på i storkök", WhyNow: "Samira vill laga mat.", WhatNext: "En anställning med stöd.", Goal: g, From: x.Now().Date()}
}

// ours are the measures that an officer sees as their own.
func (x table) ours(key string) (list []plan.Ours) {
	x.t.Helper()
	x.ok(x.Store.Read(x.t.Context(), func(tx *store.Tx) (err error) {
		list, err = plan.OurMeasures(x.t.Context(), tx, x.Actor(x.t, key), 50)
		return err
	}))
	return list
}

func TestAnAgencyWritesItsMeasureInThePersonsPlanAndThePersonAnswersIt(t *testing.T) {
	sit(t, func(t *testing.T, x table) {
		ctx, g := t.Context(), x.goal(words)
		amina := x.Actor(t, "amina")
		if _, err := x.desk.BeginOutside(ctx, amina, x.who, x.kitchen(g)); !fault.Is(err, fault.NotFound) {
			t.Fatalf("before a yes: %v", err)
		}
		x.yes()
		bare := x.kitchen(g)
		bare.WhyNow, bare.WhatNext = "", ""
		if f := fault.Fields(second(x.desk.BeginOutside(ctx, amina, x.who, bare))); len(f) != 2 {
			t.Errorf("without why and what next: %v", f)
		}
		m, err := x.desk.BeginOutside(ctx, amina, x.who, x.kitchen(g))
		x.ok(err)
		got := x.open().Measure(m)
		if got.Agency != x.Place.Agencies[org.KindEmployment] || got.Unit != amina.Unit() || !got.Told || got.Goal != g || got.WhyNow == "" {
			t.Fatalf("%+v", got)
		}
		me := x.Themself(t, x.who)
		x.ok(x.desk.OwnMeasure(ctx, me, m, 1, plan.Later))
		if got := x.open().Measure(m); got.Version != 1 {
			t.Errorf("a not yet has left a trace: %+v", got)
		}
		x.ok(x.desk.OwnMeasure(ctx, me, m, 1, plan.Yes))
		if list := x.ours("amina"); len(list) != 1 || list[0].YesOn != x.Now().Date() || list[0].Name != "Samira Haddad" || list[0].Loose || list[0].What != "Prova-på i storkök" {
			t.Errorf("%+v", list)
		}
		if err := x.desk.OwnMeasure(ctx, me, m, 1, plan.Unclear); !errors.Is(err, fault.Stale) {
			t.Errorf("an old page: %v", err)
		}
		x.ok(x.desk.OwnMeasure(ctx, me, m, 2, plan.Unclear))
		if got := x.open().Measure(m); got.YesOn != "" || got.UnclearOn != x.Now().Date() {
			t.Errorf("%+v", got)
		}
		x.ok(x.desk.OwnMeasure(ctx, me, m, 3, plan.Yes))
		x.ok(x.desk.ChangeOutside(ctx, amina, x.who, m, 4, x.kitchen(0)))
		if got := x.open().Measure(m); got.YesOn != "" || !x.open().Loose(*got) || !x.ours("amina")[0].Loose {
			t.Errorf("other words, and no goal: %+v", got)
		}
		x.ok(x.desk.EndOutside(ctx, amina, x.who, m, 5, x.Now().Date(), "Köket var för litet."))
		if got := x.open().Measure(m); got.EndedOn == "" || got.Went != "Köket var för litet." || len(x.ours("amina")) != 0 {
			t.Errorf("%+v", got)
		}
		if err := x.desk.OwnMeasure(ctx, me, m, 6, plan.Yes); !fault.Is(err, fault.NotFound) {
			t.Errorf("one that is over: %v", err)
		}
	})
}

func second[T any](_ T, err error) error { return err }

func TestAnAgencyTouchesNothingButItsOwnAndNothingAtAllOnceTheYesIsTakenBack(t *testing.T) {
	sit(t, func(t *testing.T, x table) {
		ctx, g := t.Context(), x.goal(words)
		x.yes()
		amina, today := x.Actor(t, "amina"), x.Now().Date()
		m, err := x.desk.BeginOutside(ctx, amina, x.who, x.kitchen(g))
		x.ok(err)
		f := x.kitchen(g)
		f.Agency = x.Place.Agencies[org.KindEmployment]
		coachs, err := x.desk.BeginMeasure(ctx, x.lena(), x.who, f)
		x.ok(err)
		for name, err := range map[string]error{
			"changes the coach's":     x.desk.ChangeOutside(ctx, amina, x.who, coachs, 1, x.kitchen(g)),
			"ends the coach's":        x.desk.EndOutside(ctx, amina, x.who, coachs, 1, today, ""),
			"another agency":          x.desk.EndOutside(ctx, x.Actor(t, "erik"), x.who, m, 1, today, ""),
			"a goal of one's own":     second(x.desk.WriteGoal(ctx, amina, x.who, plan.GoalForm{Words: "Annat", Lang: "sv"})),
			"a measure by the coachs": second(x.desk.BeginMeasure(ctx, amina, x.who, f)),
			"a coach as an agency":    second(x.desk.BeginOutside(ctx, x.lena(), x.who, x.kitchen(g))),
			"to answer the coach's":   x.desk.OwnMeasure(ctx, x.Themself(t, x.who), coachs, 1, plan.Yes),
		} {
			if !fault.Is(err, fault.NotFound) && !fault.Is(err, fault.Forbidden) {
				t.Errorf("%s: %v", name, err)
			}
		}
		if list := x.ours("amina"); len(list) != 2 {
			t.Errorf("%d measures are the agency's", len(list))
		}
		x.ok((&consent.Desk{Store: x.Store}).Withdraw(ctx, x.lena(), x.who, access.Zone(x.Place.Agencies[org.KindEmployment]), false))
		for name, err := range map[string]error{
			"begins":  second(x.desk.BeginOutside(ctx, amina, x.who, x.kitchen(g))),
			"changes": x.desk.ChangeOutside(ctx, amina, x.who, m, 1, x.kitchen(0)),
			"ends":    x.desk.EndOutside(ctx, amina, x.who, m, 1, today, ""),
		} {
			if !fault.Is(err, fault.NotFound) {
				t.Errorf("%s after the yes was taken back: %v", name, err)
			}
		}
		if list := x.ours("amina"); len(list) != 0 {
			t.Errorf("the agency still sees %+v", list)
		}
		x.ok(x.Store.Write(ctx, func(tx *store.Tx) error {
			return access.GiveByLaw(ctx, tx, x.Place.Area, x.who, access.Lawful{ID: access.NewLawfulID(x.Now()), Zone: access.Zone(x.Place.Agencies[org.KindEmployment]),
				Categories: access.Identity | access.Plan, Law: "osl_10_2", Span: clock.Span{From: today, To: today.Add(9)}, Post: x.lena().Post(), Sealed: []byte("x")})
		}))
		if err := x.desk.EndOutside(ctx, amina, x.who, m, 1, today, ""); !fault.Is(err, fault.NotFound) || len(x.ours("amina")) != 2 {
			t.Errorf("a law gives more than to read, or less: %v", err)
		}
	})
}

func TestNoAgencyBeginsAMeasureBeforeWhoComesBackIsAskedWhatHelped(t *testing.T) {
	sit(t, func(t *testing.T, x table) {
		g := x.goal(words)
		x.yes()
		x.ok(x.Store.Write(t.Context(), func(tx *store.Tx) error {
			_, err := tx.Exec(t.Context(), store.Q(`UPDATE referral SET again = 1, asked_on = '' WHERE area_id = $1 AND person_id = $2`), x.Place.Area, x.who)
			return err
		}))
		if _, err := x.desk.BeginOutside(t.Context(), x.Actor(t, "amina"), x.who, x.kitchen(g)); !fault.Is(err, fault.Conflict) {
			t.Errorf("a measure all the same: %v", err)
		}
	})
}
