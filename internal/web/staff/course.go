package staff

import (
	"errors"
	"slices"
	"strings"

	"sluss/internal/access"
	"sluss/internal/course"
	"sluss/internal/fault"
	"sluss/internal/store"
	"sluss/internal/web"
	"sluss/internal/web/jobs"
	"sluss/internal/web/ui"
)

const (
	courses     = "/arbete/kurser"
	occupations = courses + "/yrken"
)

func (p *Pages) courseRoutes() []web.Route {
	return slices.Concat(p.interestRoutes(), p.outreachRoutes(), []web.Route{
		{Method: "GET", Pattern: courses, Needs: web.NoPerson(), Handle: p.getCourses},
		{Method: "GET", Pattern: courses + "/ny", Needs: web.NoPerson(), Handle: p.getCourse},
		{Method: "POST", Pattern: courses + "/ny", Needs: web.NoPerson(), Handle: p.postCourse},
		{Method: "GET", Pattern: courses + "/{course}", Needs: web.NoPerson(), Handle: p.getCourse},
		{Method: "POST", Pattern: courses + "/{course}", Needs: web.NoPerson(), Handle: p.postCourse},
		{Method: "GET", Pattern: occupations, Needs: web.NoPerson(), Handle: p.getOccupations},
		{Method: "GET", Pattern: occupations + "/{occupation}", Needs: web.NoPerson(), Handle: p.getOccupation},
		{Method: "POST", Pattern: occupations + "/{occupation}", Needs: web.NoPerson(), Handle: p.postOccupation},
	})
}

// coursesPage is the unit's courses and the occupations that they lead to.
type coursesPage struct {
	ui.Page
	Edition course.Edition
	Courses []course.Course
	All     []course.Listed
	Writes  bool // the reader may change them
}

// readCourses reads the unit's courses and the occupations as the unit tells of them.
func (p *Pages) readCourses(r *web.Request, title string) (page coursesPage, err error) {
	page = coursesPage{Page: r.Page(title), Writes: slices.Contains(access.Caseworkers, r.Actor.Role())}
	names, err := p.names(r)
	if err != nil {
		return page, err
	}
	area, unit := r.Actor.Area(), r.Actor.Unit()
	err = p.Org.Store.Read(r.Context(), func(tx *store.Tx) (err error) {
		if page.Edition, err = course.NewestEdition(r.Context(), tx); err != nil {
			return err
		}
		if page.Courses, err = course.CoursesOf(r.Context(), tx, area, unit); err != nil {
			return err
		}
		page.All, err = course.Catalogue(r.Context(), tx, area, unit, course.County(names.Area.Municipality))
		return err
	})
	return page, err
}

func (p *Pages) getCourses(r *web.Request) (web.Answer, error) {
	page, err := p.readCourses(r, "course.staff.title")
	return web.Show(coursesView(page)), err
}

// leads names the occupations that a course leads to.
func (p coursesPage) leads(c course.Course) string {
	var list []string
	for _, o := range p.All {
		if slices.Contains(c.Ways, o.ID) {
			list = append(list, o.Name)
		}
	}
	return strings.Join(list, ", ")
}

// courseForm is a course as it is written.
type courseForm struct {
	coursesPage
	Typed  course.Course
	Faults fault.Form
	Now    []ui.Fact // what somebody else wrote meanwhile
}

// courseForm reads the course of the address; a new one where the address names none.
func (p *Pages) courseForm(r *web.Request) (page courseForm, err error) {
	if page.coursesPage, err = p.readCourses(r, "course.new"); err != nil {
		return page, err
	}
	if !page.Writes {
		return page, fault.New(fault.Forbidden, "fault.role")
	}
	page.Typed.Kind = course.Taster
	if r.PathValue("course") == "" {
		return page, nil
	}
	var k course.ID
	if err := pathID(r, "course", &k); err != nil {
		return page, err
	}
	i := slices.IndexFunc(page.Courses, func(c course.Course) bool { return c.ID == k })
	if i < 0 {
		return page, fault.Missing
	}
	page.Typed = page.Courses[i]
	page.Title = page.Typed.Title
	return page, nil
}

func (p *Pages) getCourse(r *web.Request) (web.Answer, error) {
	page, err := p.courseForm(r)
	return web.Show(courseView(page)), err
}

func (p *Pages) postCourse(r *web.Request) (web.Answer, error) {
	page, err := p.courseForm(r)
	if err != nil {
		return web.Answer{}, err
	}
	stored, f := page.Typed, r.Form
	page.Typed = course.Course{ID: stored.ID, Kind: course.Kind(f.Choice("kind", string(course.Taster), string(course.Education))), Title: f.Line("title"), Giver: f.Line("giver"),
		Place: f.Line("place"), Length: f.Line("length"), Starts: f.Line("starts"), Level: f.Line("level"), Leads: f.Text("leads"), Cost: f.Text("cost"), Link: f.Line("link"),
		Ended: f.Bool("ended"), Version: f.Version()}
	page.Faults = f.Faults
	if len(page.Faults) == 0 {
		if stored.ID == 0 {
			_, err = p.Course.Add(r.Context(), r.Actor, page.Typed)
		} else {
			err = p.Course.Change(r.Context(), r.Actor, page.Typed)
		}
		page.Faults = fault.Fields(err)
	}
	stale := errors.Is(err, fault.Stale)
	if len(page.Faults) == 0 && !stale {
		return web.Saved(courses, "course.saved"), err
	}
	page.Failed = true
	if stale {
		page.Typed.Version = stored.Version
		page.Now = append(page.Now, ui.Fact{Term: r.L.T("course.title.is"), Text: stored.Title})
		for _, x := range stored.Facts() {
			page.Now = append(page.Now, ui.Fact{Term: r.L.T("course." + x.Field), Text: x.Text})
		}
		return web.Differs(courseView(page)), nil
	}
	return web.Again(courseView(page)), nil
}

// at gives a field of the form.
func (p courseForm) at(name, value string) ui.Field {
	return ui.Field{Name: name, Label: p.L.T("course.form." + name), Good: p.L.T("course.form." + name + ".good"), Value: value, Lang: "sv", Error: ui.Fault(p.L, p.Faults, name)}
}

func (p courseForm) kinds() (list []ui.Option) {
	for _, k := range course.Kinds {
		list = append(list, ui.Option{Value: string(k), Text: p.L.T("course.kind." + string(k))})
	}
	return list
}

func (p courseForm) action() string {
	if p.Typed.ID == 0 {
		return courses + "/ny"
	}
	return courseHref(p.Typed.ID)
}

func courseHref(c course.ID) string { return courses + "/" + c.String() }

func (p *Pages) getOccupations(r *web.Request) (web.Answer, error) {
	page, err := p.readCourses(r, "course.occupations")
	return web.Show(occupationsView(jobs.Of(page.Page, occupations, jobs.Asked(r), page.All, page.Edition))), err
}
