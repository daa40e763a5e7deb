package own

import (
	"errors"

	"sluss/internal/access"
	"sluss/internal/enquiry"
	"sluss/internal/fault"
	"sluss/internal/plan"
	"sluss/internal/store"
	"sluss/internal/way"
	"sluss/internal/web"
	"sluss/internal/web/together"
	"sluss/internal/web/ui"
)

// shared is where the person meets those who work in their plan.
const shared = "/min/tillsammans"

func (p *Pages) togetherRoutes() []web.Route {
	read, write := access.Read, access.Write
	return []web.Route{
		{Method: "GET", Pattern: shared, Needs: web.Themself(access.OwnView, read), Handle: p.getTogether},
		{Method: "POST", Pattern: shared, Needs: web.Themself(access.OwnView, read, write), Handle: p.postAskTogether},
		{Method: "POST", Pattern: shared + "/{enquiry}", Needs: web.Themself(access.OwnView, read, write), Handle: p.postReply},
		{Method: "POST", Pattern: "/min/insats/{measure}", Needs: web.Themself(plan.Need, write), Handle: p.postMeasure},
	}
}

// togetherPage is what others do in the person's plan, and what is asked and answered about it.
type togetherPage struct {
	together.View
	Measures []way.Measure
	around   around
	Sure     bool // the person may decide what binds
}

func (p *Pages) togetherPage(r *web.Request) (page togetherPage, err error) {
	var w way.Way
	page.around, err = p.own(r, func(tx *store.Tx, a access.Access) (err error) {
		if w, err = way.Of(r.Context(), tx, r.Actor, a); err != nil {
			return err
		}
		page.View.View, err = enquiry.Of(r.Context(), tx, r.Actor, a)
		return err
	})
	page.Page = p.page(r, page.around, "enquiry.title.own")
	if c := page.around.coach; c.ID != 0 && !c.NameHidden {
		page.Helper = c.First()
	}
	page.Names, page.Me, page.At, page.Measures, page.Sure = page.around.names, enquiry.Themself, under(shared), w.Shared, r.Sure()
	return page, err
}

func (p *Pages) getTogether(r *web.Request) (web.Answer, error) {
	page, err := p.togetherPage(r)
	return web.Show(togetherView(page)).Refresh(r.Rest()), err
}

func (p *Pages) postAskTogether(r *web.Request) (web.Answer, error) {
	f := together.Asked(r)
	_, err := p.Enquiry.AskOwn(r.Context(), r.Actor, f)
	if err == nil {
		return web.Saved(shared, "own.message.sent"), nil
	}
	return p.togetherAgain(r, err, func(v *together.View) { v.Typed = f })
}

func (p *Pages) postReply(r *web.Request) (web.Answer, error) {
	e, err := together.ID(r)
	if err != nil {
		return web.Answer{}, err
	}
	words, back := together.Replied(r)
	if back {
		if err = p.Enquiry.TakeBackOwn(r.Context(), r.Actor, e, r.Form.Version()); err == nil {
			return web.Saved(shared, "enquiry.taken.saved"), nil
		}
		return p.togetherAgain(r, err, func(*together.View) {})
	}
	if err = p.Enquiry.ReplyOwn(r.Context(), r.Actor, e, r.Form.Version(), words); err == nil {
		return web.Saved(shared, "enquiry.replied"), nil
	}
	return p.togetherAgain(r, err, func(v *together.View) { v.ReplyTo, v.Reply = e, words })
}

// togetherAgain shows the page with what was typed.
func (p *Pages) togetherAgain(r *web.Request, cause error, typed func(*together.View)) (web.Answer, error) {
	faults := fault.Fields(cause)
	if faults == nil && !errors.Is(cause, fault.Stale) {
		return web.Answer{}, cause
	}
	page, err := p.togetherPage(r)
	if err != nil {
		return web.Answer{}, err
	}
	typed(&page.View)
	page.Faults, page.Failed = faults, true
	if faults == nil {
		return web.Differs(togetherView(page)), nil
	}
	return web.Again(togetherView(page)), nil
}

// postMeasure takes the person's answer to a measure of another agency. A yes binds, so it is taken from who has signed in by a
// passkey; a not yet leaves no trace.
func (p *Pages) postMeasure(r *web.Request) (web.Answer, error) {
	var m plan.MeasureID
	if m.UnmarshalText([]byte(r.PathValue("measure"))) != nil {
		return web.Answer{}, fault.Missing
	}
	answer := r.Form.Choice("answer", plan.Yes, plan.Later, plan.Unclear)
	if err := r.Form.Faults.Err(); err != nil {
		return web.Answer{}, err
	}
	if answer == plan.Yes && !r.Sure() {
		return web.Answer{}, fault.New(fault.Forbidden, "own.step.sure")
	}
	if err := p.Plan.OwnMeasure(r.Context(), r.Actor, m, r.Form.Version(), answer); err != nil {
		return web.Answer{}, err
	}
	return web.Saved(shared, "own.measure.saved."+answer), nil
}

// by is who does a measure.
func (p togetherPage) by(m way.Measure) string {
	if n := p.Names.Unit(m.Unit); n != "" {
		return n
	}
	return p.Names.Agency(m.Agency)
}

func (p togetherPage) act(m way.Measure, answer, variant string) ui.Button {
	text := p.L.T("own.measure." + answer)
	return ui.Button{Text: text, Variant: variant, Label: p.L.List(text, m.What)}
}
