package past

import (
	"context"
	"fmt"
	"math"

	"sluss/internal/access"
	"sluss/internal/fault"
	"sluss/internal/intake"
	"sluss/internal/org"
	"sluss/internal/outcome"
	"sluss/internal/plan"
	"sluss/internal/store"
)

// days draws how long something takes: lognormal with the median in days.
func (d day) days(median, spread float64) int {
	return max(14, int(median*math.Exp(spread*d.rnd.NormFloat64())))
}

func (d day) enrolment(ctx context.Context, a *access.Actor, s *soul) (e intake.Enrolment, err error) {
	err = d.db().Read(ctx, func(tx *store.Tx) error {
		acc, err := access.Open(ctx, tx, a, s.id, access.Everything, access.Read, access.ForPlan)
		if err != nil {
			return err
		}
		e, _, err = intake.Current(ctx, tx, a, acc)
		return err
	})
	return e, err
}

// alive runs a deed if the person still takes part, as the coach.
func alive(s *soul, f func(ctx context.Context, d day, a *access.Actor, e intake.Enrolment) error) deed {
	return func(ctx context.Context, d day) error {
		a, err := d.as(ctx, s.coach)
		if err != nil {
			return err
		}
		e, err := d.enrolment(ctx, a, s)
		if fault.Is(err, fault.NotFound) {
			return nil // left so long ago that the unit is no longer concerned
		}
		if err != nil || e.State != intake.Active {
			return err
		}
		return f(ctx, d, a, e)
	}
}

// withPlan is alive for a deed that needs to know the plan.
func withPlan(s *soul, f func(ctx context.Context, d day, a *access.Actor, p plan.Plan) error) deed {
	return alive(s, func(ctx context.Context, d day, a *access.Actor, _ intake.Enrolment) error {
		acc, err := access.Open(ctx, d.tx, a, s.id, plan.Need, access.Read, access.ForPlan)
		if err != nil {
			return err
		}
		p, err := plan.Get(ctx, d.tx, a, acc)
		if err != nil {
			return err
		}
		return f(ctx, d, a, p)
	})
}

// planned writes goals, tasks and a measure, and the person says yes.
func planned(s *soul) deed {
	return alive(s, func(ctx context.Context, d day, a *access.Actor, _ intake.Enrolment) error {
		first := -1
		for range 1 + d.rnd.IntN(2) {
			first = another(d.rnd.IntN(len(goals)), first, len(goals))
			for goals[first].lang != "sv" && goals[first].lang != s.who.Language {
				first = (first + 1) % len(goals)
			}
			made, err := d.plan().WriteGoal(ctx, a, s.id, goalForm(goals[first], s.who.Language))
			if err != nil {
				return err
			}
			s.goals = append(s.goals, made)
		}
		last := -1
		for i := range 2 {
			last = another((d.rnd.IntN(len(tasks))+i)%len(tasks), last, len(tasks))
			t := plan.TaskForm{Words: tasks[last].words, Who: pick(d.player, []plan.Who{plan.Staff, plan.Together, plan.Together, plan.Self})}
			if s.who.Language == "ar" {
				t.Other = tasks[last].arabic
			}
			if _, err := d.plan().WriteTask(ctx, a, s.id, t); err != nil {
				return err
			}
		}
		d.on(d.soon(1, 10), agreed(s))
		d.on(d.soon(7, 30), measure(s))
		d.on(d.soon(60, 150), measure(s))
		d.on(d.soon(45, 110), stepped(s))
		return nil
	})
}

// goalForm is what somebody who speaks a language has said, with its translation where somebody reads it.
func goalForm(g want, spoken string) plan.GoalForm {
	f := plan.GoalForm{Words: g.words, Lang: g.lang}
	if g.lang != "sv" || spoken == "ar" {
		f.Translation, f.To, f.Translator = g.other, "ar", "Tolk"
	}
	return f
}

// another is n of so many, or the next where n was the last: nobody says the same twice.
func another(n, last, of int) int {
	if n == last {
		return (n + 1) % of
	}
	return n
}

func agreed(s *soul) deed {
	return withPlan(s, func(ctx context.Context, d day, a *access.Actor, p plan.Plan) error {
		how := plan.AtTable
		if d.chance(0.15) {
			how = plan.OnPaper
		}
		return d.plan().Agree(ctx, a, s.id, plan.AgreeForm{Version: p.Version, How: how, On: d.today})
	})
}

// measure begins something that is tried; one in four belongs to no goal.
func measure(s *soul) deed {
	return alive(s, func(ctx context.Context, d day, a *access.Actor, _ intake.Enrolment) error {
		m := pick(d.player, measures)
		f := plan.MeasureForm{What: m.what, Agency: d.place.Agencies[org.KindMunicipality], Unit: d.place.Units[d.unit], From: d.today, To: d.today.Add(60)}
		if m.why != "" && len(s.goals) > 0 {
			f.Goal, f.WhyNow, f.WhatNext = pick(d.player, s.goals), m.why, m.next
		}
		if m.by != org.KindMunicipality {
			f.Agency, f.Unit = d.place.Agencies[m.by], 0
		}
		if s.times > 1 && !s.heard {
			if err := d.ask(ctx, s, "Att det går snabbare."); err != nil {
				return err
			}
		}
		made, err := d.plan().BeginMeasure(ctx, a, s.id, f)
		if err == nil && m.went != "" {
			d.on(f.To, ended(s, made, m.went))
		}
		return err
	})
}

// ended ends a measure with how it went.
func ended(s *soul, m plan.MeasureID, went string) deed {
	return alive(s, func(ctx context.Context, d day, a *access.Actor, _ intake.Enrolment) error {
		return d.plan().EndMeasure(ctx, a, s.id, m, 1, d.today, went)
	})
}

// stepped asks about the next step; most say yes, sooner or later, and somebody now and then goes back one.
func stepped(s *soul) deed {
	return withPlan(s, func(ctx context.Context, d day, a *access.Actor, p plan.Plan) error {
		to := p.Here() + 1
		if p.Here() > 1 && d.chance(0.08) {
			to = p.Here() - 1
		}
		if to > len(p.Steps) {
			return nil
		}
		if !d.chance(0.75) {
			d.on(d.soon(20, 50), stepped(s))
			return nil
		}
		if err := d.plan().Step(ctx, a, s.id, plan.StepForm{Version: p.Version, To: to, Answer: plan.Yes, How: plan.AtTable}); err != nil {
			return err
		}
		d.on(d.soon(50, 120), stepped(s))
		return nil
	})
}

func paused(s *soul) deed {
	return alive(s, func(ctx context.Context, d day, a *access.Actor, e intake.Enrolment) error {
		err := d.outcome().Pause(ctx, a, s.id, outcome.PauseForm{Version: e.Version, Reason: outcome.PauseReasons[d.rnd.IntN(len(outcome.PauseReasons))], ExpectedOn: d.today.Add(40)})
		if err != nil {
			return err
		}
		d.on(d.soon(20, 70), func(ctx context.Context, d day) error {
			a, err := d.as(ctx, s.coach)
			if err != nil {
				return err
			}
			e, err := d.enrolment(ctx, a, s)
			if err != nil || e.State != intake.Paused {
				return err
			}
			return d.outcome().Resume(ctx, a, s.id, e.Version)
		})
		return nil
	})
}

// String names a person in an error by id only.
func (s *soul) String() string { return fmt.Sprint(s.id) }
