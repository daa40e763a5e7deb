package staff

import (
	"errors"

	"sluss/internal/course"
	"sluss/internal/fault"
	"sluss/internal/site"
	"sluss/internal/store"
	"sluss/internal/web"
	"sluss/internal/web/ui"
)

const outreaches = courses + "/utskick"

func (p *Pages) outreachRoutes() []web.Route {
	return []web.Route{
		{Method: "GET", Pattern: outreaches, Needs: web.NoPerson(), Handle: p.getOutreach},
		{Method: "POST", Pattern: outreaches, Needs: web.NoPerson(), Handle: p.postOutreach},
		{Method: "POST", Pattern: outreaches + "/{outreach}", Needs: web.NoPerson(), Handle: p.postSent},
	}
}

// outreachPage is what the unit's outreaches have come to, in counts alone.
type outreachPage struct {
	ui.Page
	List   []course.Outreach
	Typed  course.Outreach
	On     string // as typed
	Sent   string
	House  site.Gateway
	Faults fault.Form
}

func (p *Pages) outreachPage(r *web.Request) (page outreachPage, err error) {
	page = outreachPage{Page: r.Page("outreach.title"), On: string(r.Actor.Today())}
	err = p.Org.Store.Read(r.Context(), func(tx *store.Tx) error {
		all, err := site.Gateways(r.Context(), tx)
		if err != nil {
			return err
		}
		for _, g := range all {
			if g.Area.ID == r.Actor.Area() && g.Unit.ID == r.Actor.Unit() {
				page.House = g
			}
		}
		page.List, err = course.OutreachOf(r.Context(), tx, r.Actor.Area(), r.Actor.Unit())
		return err
	})
	return page, err
}

func (p *Pages) getOutreach(r *web.Request) (web.Answer, error) {
	page, err := p.outreachPage(r)
	return web.Show(outreachView(page)), err
}

func (p *Pages) postOutreach(r *web.Request) (web.Answer, error) {
	f := r.Form
	typed := course.Outreach{Name: f.Line("name"), Code: f.Line("code"), On: f.Date("on")}
	return p.reached(r, typed, func() error { return p.Course.Reach(r.Context(), r.Actor, typed) })
}

func (p *Pages) postSent(r *web.Request) (web.Answer, error) {
	var k course.OutreachID
	if err := pathID(r, "outreach", &k); err != nil {
		return web.Answer{}, err
	}
	sent := r.Form.Int("sent", 0, 100_000)
	return p.reached(r, course.Outreach{ID: k}, func() error { return p.Course.Sent(r.Context(), r.Actor, k, r.Form.Version(), sent) })
}

// reached saves, or shows the page again with what was typed.
func (p *Pages) reached(r *web.Request, typed course.Outreach, save func() error) (web.Answer, error) {
	faults, err := r.Form.Faults, error(nil)
	if len(faults) == 0 {
		err = save()
		faults = fault.Fields(err)
	}
	stale := errors.Is(err, fault.Stale)
	if len(faults) == 0 && !stale {
		return web.Saved(outreaches, "form.saved"), err
	}
	page, err := p.outreachPage(r)
	page.Typed, page.Faults, page.Failed, page.Sent = typed, faults, true, r.Form.Raw("sent")
	if on := r.Form.Raw("on"); on != "" {
		page.On = on
	}
	if stale {
		return web.Differs(outreachView(page)), err
	}
	return web.Again(outreachView(page)), err
}

// count says a number of people or of visits; a few are not told.
func (p outreachPage) count(n int) string {
	if n > 0 && n < course.Few {
		return p.L.T("outreach.few")
	}
	return p.L.Number(n)
}

// facts are what is counted of an outreach.
func (p outreachPage) facts(x course.Outreach) []ui.Fact {
	list := []ui.Fact{{Term: p.L.T("outreach.sent"), Text: p.count(x.Sent)}, {Term: p.L.T("outreach.visits"), Text: p.count(x.Visits)}, {Term: p.L.T("outreach.answers"), Text: p.count(x.Answers)}}
	if x.People >= course.Few && x.Sent >= course.Few {
		list = append(list, ui.Fact{Term: p.L.T("outreach.share"), Text: p.L.T("outreach.share.of", x.Sent*100/x.People, x.People)})
	}
	return list
}

// sent is the number that stands in the field of an outreach.
func (p outreachPage) sent(x course.Outreach) string {
	if p.Failed && p.Typed.ID == x.ID {
		return p.Sent
	}
	return itoa(x.Sent)
}
