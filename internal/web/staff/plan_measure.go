package staff

import (
	"cmp"
	"errors"
	"strings"

	"sluss/internal/access"
	"sluss/internal/clock"
	"sluss/internal/fault"
	"sluss/internal/id"
	"sluss/internal/plan"
	"sluss/internal/web"
	"sluss/internal/web/ui"
)

// measurePage is where a measure is written or ended.
type measurePage struct {
	ui.Page
	plan.View
	Back     string
	Action   string
	New      bool
	Form     plan.MeasureForm
	From, To string // as typed
	By       string // the agency or unit chosen, as its option's value
	Version  int
	Faults   fault.Form
	Stored   []ui.Fact

	Measure plan.Measure // of the page that ends one
	On      string       // as typed
	Went    string
}

func (p *Pages) getMeasure(r *web.Request) (web.Answer, error) {
	page, m, err := p.measurePage(r, "plan.measure.change")
	if err != nil {
		return web.Answer{}, err
	}
	if page.New && page.Unheard {
		return web.To(personPath(page.Person.ID, "/remiss") + "#tillbaka"), nil
	}
	page.From = string(r.Actor.Today())
	if m != nil {
		page.Form = plan.MeasureForm{What: m.What, WhyNow: m.WhyNow, WhatNext: m.WhatNext, Goal: m.Goal, Paper: m.Paper}
		page.From, page.To, page.By = string(m.From), string(m.To), byValue(m.Agency, m.Unit)
	}
	return web.Show(measureEdit(page)), nil
}

func (p *Pages) measurePage(r *web.Request, title string) (page measurePage, m *plan.Measure, err error) {
	who, v, err := p.planView(r, planNeed, access.Read)
	if err != nil {
		return page, nil, err
	}
	page = measurePage{View: v, New: r.PathValue("measure") == "", Action: r.URL.RequestURI(), Back: personPath(who, "/plan")}
	if page.New {
		title = "plan.measure.new"
	} else {
		var k plan.MeasureID
		if err := pathID(r, "measure", &k); err != nil {
			return page, nil, err
		}
		if m = v.Measure(k); m == nil {
			return page, nil, fault.Missing
		}
		page.Version, page.Measure = m.Version, *m
	}
	page.Page = r.Page(title)
	return page, m, nil
}

func (p *Pages) postMeasure(r *web.Request) (web.Answer, error) {
	who, err := r.Person()
	if err != nil {
		return web.Answer{}, err
	}
	var k plan.MeasureID
	if r.PathValue("measure") != "" {
		if err := pathID(r, "measure", &k); err != nil {
			return web.Answer{}, err
		}
	}
	f := plan.MeasureForm{What: r.Form.Line("what"), WhyNow: r.Form.Text("why"), WhatNext: r.Form.Text("next"), Goal: goalOf(r),
		From: r.Form.Date("from"), To: r.Form.Date("to"), Paper: r.Form.Bool("paper")}
	f.Agency, f.Unit = byOf(r)
	err = r.Form.Faults.Err()
	if err == nil && k == 0 {
		_, err = p.Plan.BeginMeasure(r.Context(), r.Actor, who, f)
	} else if err == nil {
		err = p.Plan.ChangeMeasure(r.Context(), r.Actor, who, k, r.Form.Version(), f)
	}
	if err == nil {
		return web.Saved(personPath(who, "/plan"), "plan.saved"), nil
	}
	return p.measureAgain(r, f, err)
}

func (p *Pages) measureAgain(r *web.Request, f plan.MeasureForm, cause error) (web.Answer, error) {
	faults := fault.Fields(cause)
	stale := errors.Is(cause, fault.Stale)
	if len(faults) == 0 && !stale {
		return web.Answer{}, cause
	}
	page, m, err := p.measurePage(r, "plan.measure.change")
	if err != nil {
		return web.Answer{}, err
	}
	page.Form, page.Faults, page.Failed = f, faults, true
	page.From, page.To, page.By = r.Form.Raw("from"), r.Form.Raw("to"), r.Form.Raw("by")
	if stale && m != nil {
		page.Stored = []ui.Fact{{Term: r.L.T("plan.measure.what"), Text: m.What}, {Term: r.L.T("plan.measure.why"), Text: m.WhyNow},
			{Term: r.L.T("plan.measure.next"), Text: m.WhatNext}, {Term: r.L.T("plan.measure.by"), Text: byName(page.View, *m)}}
		return web.Differs(measureEdit(page)), nil
	}
	page.Version = r.Form.Version()
	return web.Again(measureEdit(page)), nil
}

func (p *Pages) getMeasureEnd(r *web.Request) (web.Answer, error) {
	page, _, err := p.measurePage(r, "plan.measure.end")
	if err != nil {
		return web.Answer{}, err
	}
	page.On, page.Went = string(r.Actor.Today()), page.Measure.Went
	return web.Show(measureEnd(page)), nil
}

func (p *Pages) postMeasureEnd(r *web.Request) (web.Answer, error) {
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
		err = p.Plan.EndMeasure(r.Context(), r.Actor, who, k, r.Form.Version(), on, went)
	}
	if err == nil {
		return web.Saved(personPath(who, "/plan"), "plan.saved.ended"), nil
	}
	return p.endAgain(r, on, went, err)
}

func (p *Pages) endAgain(r *web.Request, on clock.Date, went string, cause error) (web.Answer, error) {
	faults := fault.Fields(cause)
	stale := errors.Is(cause, fault.Stale)
	if len(faults) == 0 && !stale {
		return web.Answer{}, cause
	}
	page, m, err := p.measurePage(r, "plan.measure.end")
	if err != nil {
		return web.Answer{}, err
	}
	page.On, page.Went, page.Faults, page.Failed = cmp.Or(r.Form.Raw("on"), string(on)), went, faults, true
	if stale && m != nil {
		page.Stored = []ui.Fact{{Term: r.L.T("plan.measure.what"), Text: m.What}, {Term: r.L.T("plan.measure.ended"), Text: r.L.Date(m.EndedOn)}, {Term: r.L.T("plan.measure.went"), Text: m.Went}}
		return web.Differs(measureEnd(page)), nil
	}
	page.Version = r.Form.Version()
	return web.Again(measureEnd(page)), nil
}

// postMeasureAct takes one press of a button about a measure: the person sees the thread in it, or does not.
func (p *Pages) postMeasureAct(r *web.Request) (web.Answer, error) {
	who, err := r.Person()
	if err != nil {
		return web.Answer{}, err
	}
	var k plan.MeasureID
	if err := pathID(r, "measure", &k); err != nil {
		return web.Answer{}, err
	}
	do := r.Form.Choice("do", "unclear", "clear")
	if err := r.Form.Faults.Err(); err != nil {
		return web.Answer{}, err
	}
	if err := p.Plan.UnclearMeasure(r.Context(), r.Actor, who, k, r.Form.Version(), do == "unclear"); err != nil {
		return web.Answer{}, err
	}
	return web.Saved(backTo(r, who), "plan.saved"), nil
}

// byOptions are who may do a measure: each agency, and under the municipality's its units.
func byOptions(p measurePage) []ui.Option {
	list := []ui.Option{{Value: "", Text: p.L.T("plan.measure.by.choose")}}
	for _, a := range p.Agencies {
		list = append(list, ui.Option{Value: byValue(a.ID, 0), Text: a.Name})
		for _, u := range p.Units {
			if u.Agency == a.ID {
				list = append(list, ui.Option{Value: byValue(a.ID, u.ID), Text: a.Name + ": " + u.Name})
			}
		}
	}
	return list
}

func byValue(a id.Agency, u id.Unit) string {
	if u == 0 {
		return a.String()
	}
	return a.String() + "." + u.String()
}

func byOf(r *web.Request) (a id.Agency, u id.Unit) {
	agency, unit, both := strings.Cut(r.Form.Raw("by"), ".")
	if agency == "" {
		return 0, 0
	}
	if a.UnmarshalText([]byte(agency)) != nil || both && u.UnmarshalText([]byte(unit)) != nil {
		r.Form.Faults.Add("by", "form.choose")
		return 0, 0
	}
	return a, u
}
