package own

import (
	"slices"

	"sluss/internal/access"
	"sluss/internal/course"
	"sluss/internal/fault"
	"sluss/internal/i18n"
	"sluss/internal/store"
	"sluss/internal/web"
	"sluss/internal/web/jobs"
)

const jobPath = "/min/jobb"

func (p *Pages) jobRoutes() []web.Route {
	return []web.Route{
		{Method: "GET", Pattern: jobPath, Needs: web.Themself(access.OwnView, access.Read), Handle: p.getJobs},
		{Method: "GET", Pattern: jobPath + "/{occupation}", Needs: web.Themself(access.OwnView, access.Read), Handle: p.getJob},
		{Method: "POST", Pattern: jobPath + "/{occupation}/kurs/{course}", Needs: web.Themself(course.Need, access.Write), Handle: p.postInterest},
	}
}

// jobsPage is what the person is interested in, and where they find more.
type jobsPage struct {
	around
	jobs.Search
	Interests []course.Interest
	courses   []course.Course
}

// jobPage is an occupation, with the ways there that the person can say they are interested in.
type jobPage struct {
	around
	jobs.One
	wants []course.ID
}

// jobs reads the occupations as the person's unit tells of them, and what they are interested in.
func (p *Pages) jobs(r *web.Request) (page jobsPage, all []course.Listed, err error) {
	names, err := p.Org.Names(r.Context(), r.Actor)
	if err != nil {
		return page, nil, err
	}
	area, unit := r.Actor.Area(), r.Actor.Unit()
	page.around, err = p.own(r, func(tx *store.Tx, a access.Access) (err error) {
		if page.Edition, err = course.NewestEdition(r.Context(), tx); err != nil {
			return err
		}
		if all, err = course.Catalogue(r.Context(), tx, area, unit, course.County(names.Area.Municipality)); err != nil {
			return err
		}
		if page.courses, err = course.CoursesOf(r.Context(), tx, area, unit); err != nil {
			return err
		}
		page.Interests, err = course.InterestsOf(r.Context(), tx, r.Actor, a)
		return err
	})
	return page, all, err
}

func (p *Pages) getJobs(r *web.Request) (web.Answer, error) {
	page, all, err := p.jobs(r)
	if err != nil {
		return web.Answer{}, err
	}
	page.Search = jobs.Of(p.page(r, page.around, "course.title"), jobPath, jobs.Asked(r), all, page.Edition, r.Actor.Today())
	return web.Show(jobsView(page)), nil
}

func (p *Pages) getJob(r *web.Request) (web.Answer, error) {
	found, all, err := p.jobs(r)
	if err != nil {
		return web.Answer{}, err
	}
	page := jobPage{around: found.around}
	if page.Listed, err = course.One(all, r.PathValue("occupation")); err != nil {
		return web.Answer{}, err
	}
	page.Courses, page.Today = course.To(found.courses, page.ID), r.Actor.Today()
	for _, i := range found.Interests {
		page.wants = append(page.wants, i.Course)
	}
	page.Page = p.page(r, page.around, "course.title")
	page.Title, _ = page.Called(r.L.Tag)
	return web.Show(jobView(page)), nil
}

// postInterest notes that the person is interested in a course, or no longer is.
func (p *Pages) postInterest(r *web.Request) (web.Answer, error) {
	var c course.ID
	if c.UnmarshalText([]byte(r.PathValue("course"))) != nil {
		return web.Answer{}, fault.Missing
	}
	want := r.Form.Choice("do", "want", "not") == "want"
	if err := r.Form.Faults.Err(); err != nil {
		return web.Answer{}, err
	}
	saved, to := "course.own.wanted", jobPath
	if !want {
		saved = "course.own.not"
	}
	if o := r.PathValue("occupation"); o != overview {
		to += "/" + o
	}
	return web.Saved(to, saved), p.Course.WantOwn(r.Context(), r.Actor, c, want)
}

// overview stands for the occupation where somebody takes an interest back from the list of all theirs.
const overview = "alla"

// interested is what the press about a course says, and what it sends.
func (p jobPage) interested(c course.Course) (yes bool, text, do string) {
	if slices.Contains(p.wants, c.ID) {
		return true, p.L.T("course.own.undo"), "not"
	}
	return false, p.L.T("course.own.do"), "want"
}

// title is what a course is called in the language of the page.
func title(l *i18n.Lang, c interface {
	Called(lang string) (title, in string)
}) string {
	title, _ := c.Called(l.Tag)
	return title
}
