package public

import (
	"sluss/internal/course"
	"sluss/internal/store"
	"sluss/internal/web"
	"sluss/internal/web/jobs"
)

func (p *Pages) jobRoutes() []web.Route {
	all := web.Everybody()
	return []web.Route{
		{Method: "GET", Pattern: "/v/{gateway}/jobb", Needs: all, Handle: p.getJobs},
		{Method: "GET", Pattern: "/v/{gateway}/jobb/{occupation}", Needs: all, Handle: p.getJob},
		{Method: "GET", Pattern: "/v/{gateway}/u/{code}", Needs: all, Handle: p.getOutreach},
	}
}

// jobsPage is where anybody finds occupations in plain words.
type jobsPage struct {
	page
	jobs.Search
	Code string // of the outreach that one came by; "" for none
}

// jobPage is an occupation: what one does, how short of people it is, and the ways there.
type jobPage struct {
	page
	jobs.One
}

// openJobs reads the gateway of the address and the occupations as it tells of them.
func (p *Pages) openJobs(r *web.Request) (x page, all []course.Listed, e course.Edition, err error) {
	if x, err = p.open(r, "course.title"); err != nil {
		return x, nil, e, err
	}
	area, unit := x.House.Area, x.House.Unit.ID
	err = p.Org.Store.Read(r.Context(), func(tx *store.Tx) (err error) {
		if e, err = course.NewestEdition(r.Context(), tx); err != nil {
			return err
		}
		all, err = course.Catalogue(r.Context(), tx, area.ID, unit, course.County(area.Municipality))
		return err
	})
	return x, all, e, err
}

func (p *Pages) getJobs(r *web.Request) (web.Answer, error) {
	x, all, e, err := p.openJobs(r)
	if err != nil {
		return web.Answer{}, err
	}
	p.Site.Visit(x.House, "jobs", r.L.Tag)
	return web.Show(jobsView(jobsPage{x, jobs.Of(x.Page, x.at("/jobb"), jobs.Asked(r), all, e, p.Clock.Now().Date()), ""})), nil
}

func (p *Pages) getJob(r *web.Request) (web.Answer, error) {
	x, all, _, err := p.openJobs(r)
	if err != nil {
		return web.Answer{}, err
	}
	one := jobs.One{Today: p.Clock.Now().Date()}
	if one.Listed, err = course.One(all, r.PathValue("occupation")); err != nil {
		return web.Answer{}, err
	}
	err = p.Org.Store.Read(r.Context(), func(tx *store.Tx) error {
		list, err := course.CoursesOf(r.Context(), tx, x.House.Area.ID, x.House.Unit.ID)
		one.Courses = course.To(list, one.ID)
		return err
	})
	x.Title, _ = one.Called(r.L.Tag)
	one.Page = x.Page
	p.Site.Visit(x.House, "jobs", r.L.Tag)
	return web.Show(jobView(jobPage{x, one})), err
}
