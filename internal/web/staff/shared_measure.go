package staff

import (
	"errors"

	"sluss/internal/access"
	"sluss/internal/fault"
	"sluss/internal/person"
	"sluss/internal/plan"
	"sluss/internal/store"
	"sluss/internal/web"
	"sluss/internal/web/ui"
)

// sharedMeasurePage is where another agency writes its measure in somebody's plan, or ends it.
type sharedMeasurePage struct {
	ui.Page
	Who      person.Person // the identity
	Plan     plan.Plan
	Measure  *plan.Measure // nil for a new one
	Form     plan.MeasureForm
	From, To string // as typed
	On       string // of the end, as typed
	Went     string
	Faults   fault.Form
	Stored   []ui.Fact
	Back     string
}

// action is where the form of the page is posted.
func (p sharedMeasurePage) action() string {
	if p.Measure == nil {
		return p.Back + "/insats"
	}
	return p.Back + "/insats/" + p.Measure.ID.String()
}

func (p sharedMeasurePage) version() string {
	if p.Measure == nil {
		return "0"
	}
	return itoa(p.Measure.Version)
}

func (p sharedMeasurePage) goalOptions() []ui.Option {
	return goalOptions(p.L, plan.View{Plan: p.Plan}, "plan.measure.goal.none")
}

// sharedMeasurePage reads the measure in the address, none for a new one. Missing for one that the reader's unit has not written.
func (p *Pages) sharedMeasurePage(r *web.Request) (page sharedMeasurePage, err error) {
	who, err := r.Person()
	if err != nil {
		return page, err
	}
	err = p.Org.Store.Read(r.Context(), func(tx *store.Tx) error {
		a, err := access.Open(r.Context(), tx, r.Actor, who, togetherNeed, access.Read, access.ForCollaboration)
		if err != nil {
			return err
		}
		if err := person.Read(r.Context(), tx, r.Actor, a, &page.Who); err != nil {
			return err
		}
		page.Plan, err = plan.Outside(r.Context(), tx, r.Actor, a)
		return err
	})
	if err != nil {
		return page, err
	}
	page.Page, page.Back, page.On = r.Page("shared.measure.title"), sharedPersonPath(who), string(r.Actor.Today())
	if r.PathValue("measure") == "" {
		page.From = page.On
		return page, nil
	}
	var k plan.MeasureID
	if err := pathID(r, "measure", &k); err != nil {
		return page, err
	}
	if !page.Plan.OfUnit(k, r.Actor.Unit()) {
		return page, fault.Missing
	}
	m := page.Plan.Measure(k)
	page.Measure, page.From, page.To = m, string(m.From), string(m.To)
	page.Form = plan.MeasureForm{What: m.What, WhyNow: m.WhyNow, WhatNext: m.WhatNext, Goal: m.Goal}
	return page, nil
}

func (p *Pages) getSharedMeasure(r *web.Request) (web.Answer, error) {
	page, err := p.sharedMeasurePage(r)
	if err != nil {
		return web.Answer{}, err
	}
	return web.Show(sharedMeasureView(page)), nil
}

func (p *Pages) postSharedMeasure(r *web.Request) (web.Answer, error) {
	who, err := r.Person()
	if err != nil {
		return web.Answer{}, err
	}
	f := plan.MeasureForm{What: r.Form.Line("what"), WhyNow: r.Form.Text("why"), WhatNext: r.Form.Text("next"), Goal: goalOf(r),
		From: r.Form.Date("from"), To: r.Form.Date("to")}
	err = r.Form.Faults.Err()
	if err == nil && r.PathValue("measure") == "" {
		_, err = p.Plan.BeginOutside(r.Context(), r.Actor, who, f)
	} else if err == nil {
		var k plan.MeasureID
		if err := pathID(r, "measure", &k); err != nil {
			return web.Answer{}, err
		}
		err = p.Plan.ChangeOutside(r.Context(), r.Actor, who, k, r.Form.Version(), f)
	}
	if err == nil {
		return web.Saved(sharedPersonPath(who), "shared.measure.saved"), nil
	}
	return p.sharedMeasureAgain(r, err, func(page *sharedMeasurePage) {
		page.Form, page.From, page.To = f, r.Form.Raw("from"), r.Form.Raw("to")
	})
}

func (p *Pages) postSharedMeasureEnd(r *web.Request) (web.Answer, error) {
	who, err := r.Person()
	if err != nil {
		return web.Answer{}, err
	}
	var k plan.MeasureID
	if err := pathID(r, "measure", &k); err != nil {
		return web.Answer{}, err
	}
	on, went := r.Form.Date("on"), r.Form.Text("went")
	if err = r.Form.Faults.Err(); err == nil {
		err = p.Plan.EndOutside(r.Context(), r.Actor, who, k, r.Form.Version(), on, went)
	}
	if err == nil {
		return web.Saved(sharedPersonPath(who), "shared.measure.ended"), nil
	}
	return p.sharedMeasureAgain(r, err, func(page *sharedMeasurePage) { page.On, page.Went = r.Form.Raw("on"), went })
}

// sharedMeasureAgain shows the page with what was typed, and with what somebody else has written meanwhile.
func (p *Pages) sharedMeasureAgain(r *web.Request, cause error, typed func(*sharedMeasurePage)) (web.Answer, error) {
	faults := fault.Fields(cause)
	if faults == nil && !errors.Is(cause, fault.Stale) {
		return web.Answer{}, cause
	}
	page, err := p.sharedMeasurePage(r)
	if err != nil {
		return web.Answer{}, err
	}
	typed(&page)
	page.Faults, page.Failed = faults, true
	if m := page.Measure; faults == nil && m != nil {
		page.Stored = []ui.Fact{{Term: r.L.T("plan.measure.what"), Text: m.What}, {Term: r.L.T("plan.measure.why"), Text: m.WhyNow},
			{Term: r.L.T("plan.measure.next"), Text: m.WhatNext}}
	}
	return again(sharedMeasureView(page), faults), nil
}
