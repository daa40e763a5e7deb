package public

import (
	"sluss/internal/course"
	"sluss/internal/fault"
	"sluss/internal/site"
	"sluss/internal/store"
	"sluss/internal/web"
	"sluss/internal/web/jobs"
)

// getOutreach is the page of an outreach: the same for all whom it was sent to. That it was read is counted, and not by whom.
func (p *Pages) getOutreach(r *web.Request) (web.Answer, error) {
	x, all, e, err := p.openJobs(r)
	if err != nil {
		return web.Answer{}, err
	}
	code := r.PathValue("code")
	there, err := p.coded(r, x, code)
	if err == nil && !there {
		err = fault.Missing
	}
	if err != nil {
		return web.Answer{}, err
	}
	p.Site.Visit(x.House, site.Outreach+code, r.L.Tag)
	return web.Show(jobsView(jobsPage{x, jobs.Of(x.Page, x.at("/jobb"), "", all, e, p.Clock.Now().Date()), code})), nil
}

// coded tells whether the gateway has an outreach of the code.
func (p *Pages) coded(r *web.Request, x page, code string) (there bool, err error) {
	err = p.Org.Store.Read(r.Context(), func(tx *store.Tx) (err error) {
		there, err = course.Coded(r.Context(), tx, x.House.Area.ID, x.House.Unit.ID, code)
		return err
	})
	return there, err
}

// answered counts that somebody who came from an outreach has asked.
func (p *Pages) answered(r *web.Request, x page) error {
	code := r.Form.Raw(outreach)
	if code == "" {
		return nil
	}
	there, err := p.coded(r, x, code)
	if there {
		p.Site.Visit(x.House, site.Answered+code, r.L.Tag)
	}
	return err
}

// outreach is the field, and the part of an address, that says which outreach somebody came from.
const outreach = "u"
