package plan

import (
	"context"

	"sluss/internal/access"
	"sluss/internal/clock"
	"sluss/internal/intake"
	"sluss/internal/org"
	"sluss/internal/store"
	"sluss/internal/vault"
)

// Get gives the plan of the person's newest enrolment at the actor's unit. It needs access to Need. A person without an
// enrolment has an empty plan in the first step.
func Get(ctx context.Context, tx *store.Tx, actor *access.Actor, a access.Access) (Plan, error) {
	a.Must(Need)
	p, err := head(ctx, tx, actor, a)
	if err != nil {
		return p, err
	}
	return p.fill(ctx, tx, actor, a)
}

// Of is Get for a page that has read the enrolment and knows the unit's settings.
func Of(ctx context.Context, tx *store.Tx, actor *access.Actor, a access.Access, e intake.Enrolment, s org.Settings) (Plan, error) {
	a.Must(Need)
	p, err := headOf(ctx, tx, actor, e, s)
	if err != nil {
		return p, err
	}
	return p.fill(ctx, tx, actor, a)
}

// fill reads what is in the plan.
func (p Plan) fill(ctx context.Context, tx *store.Tx, actor *access.Actor, a access.Access) (_ Plan, err error) {
	if p.ID == 0 {
		return p, nil
	}
	key := a.Key(access.Plan)
	if p.Goals, err = goals(ctx, tx, actor, p.ID, key); err != nil {
		return p, err
	}
	if p.Tasks, err = tasks(ctx, tx, actor, p.ID, key); err != nil {
		return p, err
	}
	p.Measures, err = measures(ctx, tx, actor, p.ID, key)
	return p, err
}

// head reads a plan without what is in it.
func head(ctx context.Context, tx *store.Tx, actor *access.Actor, a access.Access) (Plan, error) {
	s, err := org.SettingsAt(ctx, tx, actor.Area(), actor.Unit(), actor.Today())
	if err != nil {
		return Plan{}, err
	}
	e, _, err := intake.Current(ctx, tx, actor, a)
	if err != nil {
		return Plan{}, err
	}
	return headOf(ctx, tx, actor, e, s)
}

func headOf(ctx context.Context, tx *store.Tx, actor *access.Actor, e intake.Enrolment, s org.Settings) (Plan, error) {
	p := Plan{State: Draft, Step: firstStep, Steps: s.Steps, Promise: s.Promise}
	if e.ID == 0 {
		return p, nil
	}
	p.Enrolment, p.StepOn = e, stepBegan(e)
	var again int
	var asked, stepOn clock.Date
	err := tx.One(ctx, store.Q(`SELECT r.again, r.asked_on, coalesce(p.plan_id, 0), coalesce(p.state, ''), coalesce(p.state_on, ''), coalesce(p.agreed_on, ''),
	 coalesce(p.step, 0), coalesce(p.step_on, ''), coalesce(p.version, 0), coalesce(p.asked, 0)
	 FROM referral r LEFT JOIN plan p ON p.area_id = r.area_id AND p.enrolment_id = $4 WHERE r.area_id = $1 AND r.referral_id = $2 AND r.person_id = $3`),
		[]any{actor.Area(), e.Referral, e.Person, e.ID}, &again, &asked, &p.ID, &p.State, &p.StateOn, &p.AgreedOn, &p.Step, &stepOn, &p.Version, &p.Asked)
	if err != nil {
		return p, err
	}
	p.Return, p.Unheard = again == 1, again == 1 && asked == ""
	if p.ID == 0 {
		p.State, p.Step = Draft, firstStep
	} else {
		p.StepOn = stepOn
	}
	return p, nil
}

// stepBegan is when the first step began: at the individual start.
func stepBegan(e intake.Enrolment) clock.Date {
	if e.BeganOn != "" {
		return e.BeganOn
	}
	return e.MeetsOn
}

func goals(ctx context.Context, tx *store.Tx, actor *access.Actor, plan ID, key vault.Person) ([]Goal, error) {
	return store.All(ctx, tx, store.Q(`SELECT goal_id, lang, to_lang, sealed, place, said_on, words_no, yes_no, yes_on, yes_how, paper, unclear_on, state, state_on, version
	 FROM plan_goal WHERE area_id = $1 AND plan_id = $2 ORDER BY place, goal_id`), []any{actor.Area(), plan}, func(r *store.Cursor) (g Goal, err error) {
		var sealed []byte
		var yesNo, paper int
		if err = r.Scan(&g.ID, &g.Lang, &g.To, &sealed, &g.Place, &g.SaidOn, &g.wordsNo, &yesNo, &g.YesOn, &g.YesHow, &paper, &g.UnclearOn, &g.State,
			&g.StateOn, &g.Version); err != nil {
			return g, err
		}
		if g.Paper = paper == 1; yesNo != g.wordsNo {
			g.YesOn, g.YesHow = "", ""
		}
		f, err := key.Open(goalPlace(g.ID), 3, sealed)
		if err == nil {
			g.Words, g.Translation, g.Translator = f[0], f[1], f[2]
		}
		return g, err
	})
}

func tasks(ctx context.Context, tx *store.Tx, actor *access.Actor, plan ID, key vault.Person) ([]Task, error) {
	return store.All(ctx, tx, store.Q(`SELECT task_id, goal_id, sealed, who, who_on, paper, state, state_on, version
	 FROM plan_task WHERE area_id = $1 AND plan_id = $2 ORDER BY task_id`), []any{actor.Area(), plan}, func(r *store.Cursor) (t Task, err error) {
		var sealed []byte
		var paper int
		if err = r.Scan(&t.ID, &t.Goal, &sealed, &t.Who, &t.WhoOn, &paper, &t.State, &t.StateOn, &t.Version); err != nil {
			return t, err
		}
		t.Paper = paper == 1
		f, err := key.Open(taskPlace(t.ID), 2, sealed)
		if err == nil {
			t.Words, t.Other = f[0], f[1]
		}
		return t, err
	})
}

func measures(ctx context.Context, tx *store.Tx, actor *access.Actor, plan ID, key vault.Person) ([]Measure, error) {
	return store.All(ctx, tx, store.Q(`SELECT measure_id, goal_id, agency_id, unit_id, sealed, from_on, to_on, ended_on, paper, told, yes_on, unclear_on, version
	 FROM plan_measure WHERE area_id = $1 AND plan_id = $2 ORDER BY from_on DESC, measure_id DESC`), []any{actor.Area(), plan}, func(r *store.Cursor) (m Measure, err error) {
		var sealed []byte
		var paper, told int
		if err = r.Scan(&m.ID, &m.Goal, &m.Agency, &m.Unit, &sealed, &m.From, &m.To, &m.EndedOn, &paper, &told, &m.YesOn, &m.UnclearOn, &m.Version); err != nil {
			return m, err
		}
		m.Paper, m.Told = paper == 1, told == 1
		f, err := key.Open(measurePlace(m.ID), 4, sealed)
		if err == nil {
			m.What, m.WhyNow, m.WhatNext, m.Went = f[0], f[1], f[2], f[3]
		}
		return m, err
	})
}

// former gives how a goal was worded before, newest first.
func former(ctx context.Context, tx *store.Tx, actor *access.Actor, a access.Access, g GoalID) ([]Former, error) {
	key := a.Key(access.Plan)
	return store.All(ctx, tx, store.Q(`SELECT word_id, lang, to_lang, sealed, said_on, yes_on, changed_on FROM plan_goal_word
	 WHERE area_id = $1 AND goal_id = $2 AND person_id = $3 ORDER BY word_id DESC`), []any{actor.Area(), g, a.Person()}, func(r *store.Cursor) (w Former, err error) {
		var sealed []byte
		var row int64
		if err = r.Scan(&row, &w.Lang, &w.To, &sealed, &w.SaidOn, &w.YesOn, &w.ChangedOn); err != nil {
			return w, err
		}
		f, err := key.Open(wordPlace(row), 3, sealed)
		if err == nil {
			w.Words, w.Translation = f[0], f[1]
		}
		return w, err
	})
}
