package staff

import (
	"errors"
	"slices"
	"strings"

	"sluss/internal/access"
	"sluss/internal/course"
	"sluss/internal/fault"
	"sluss/internal/i18n"
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
	Old     bool // the edition is more than a year old
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
	page.Old = page.Edition.Old(r.Actor.Today())
	return page, err
}

// lacks says in which languages something of a course is yet to be told; "" for none.
func (p coursesPage) lacks(c course.Course) string {
	var list []string
	for _, lang := range course.TellsIn {
		if c.Lacks(lang) {
			list = append(list, p.L.T("course.in."+lang))
		}
	}
	if len(list) == 0 {
		return ""
	}
	return p.L.T("course.in.lacks", p.L.List(list...))
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
	Typed       course.Course
	weeks, days string // as they were typed
	Faults      fault.Form
	Now         []ui.Fact // what somebody else wrote meanwhile
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
	page.Title, page.weeks, page.days = page.Typed.Title, unless0(page.Typed.Weeks), unless0(page.Typed.Days)
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
		Weeks: count(f, "weeks", course.MostWeeks), Days: count(f, "days", course.FullTime), Free: f.Bool("free"), Ended: f.Bool("ended"), Others: map[string]course.Told{}, Version: f.Version()}
	for _, lang := range course.TellsIn {
		var t course.Told
		for _, name := range course.Fields {
			*t.At(name) = f.Text(name + "_" + lang)
		}
		page.Typed.Others[lang] = t
	}
	page.Faults, page.weeks, page.days = f.Faults, f.Raw("weeks"), f.Raw("days")
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
		page.Now = append(page.Now, jobs.Lines(r.L, stored, "sv")...)
		for _, lang := range course.TellsIn {
			t := stored.Others[lang]
			for _, name := range course.Fields {
				if text := *t.At(name); text != "" {
					page.Now = append(page.Now, ui.Fact{Term: r.L.T("course.form."+name) + ", " + r.L.T("course.in."+lang), Text: text})
				}
			}
		}
		return web.Differs(courseView(page)), nil
	}
	return web.Again(courseView(page)), nil
}

// at gives a field of the form.
func (p courseForm) at(name, value string) ui.Field {
	return ui.Field{Name: name, Label: p.L.T("course.form." + name), Good: p.L.T("course.form." + name + ".good"), Value: value, Lang: "sv", Error: ui.Fault(p.L, p.Faults, name)}
}

// count reads a number that may be left out.
func count(f *web.Form, name string, most int) int {
	if strings.TrimSpace(f.Raw(name)) == "" {
		return 0
	}
	return f.Int(name, 0, most)
}

// unless0 is a number of the form; "" for one that is not told.
func unless0(n int) string {
	if n == 0 {
		return ""
	}
	return itoa(n)
}

// told gives a field of the form in another language than Swedish.
func (p courseForm) told(name, lang string) ui.Field {
	t := p.Typed.Others[lang]
	f := p.at(name, *t.At(name))
	f.Name, f.Good, f.Lang, f.Error = name+"_"+lang, "", i18n.Get(lang).Spoken(), ui.Fault(p.L, p.Faults, name+"_"+lang)
	return f
}

// toldIn says whether the course is told in the language: all of it, some, or nothing.
func (p courseForm) toldIn(lang string) string {
	switch in := p.L.T("course.in." + lang); {
	case p.Typed.ID == 0:
		return p.L.T("course.in.new", in)
	case !p.Typed.Lacks(lang):
		return p.L.T("course.in.whole", in)
	case p.Typed.Others[lang] == (course.Told{}):
		return p.L.T("course.in.none", in)
	default:
		return p.L.T("course.in.some", in)
	}
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
	return web.Show(occupationsView(jobs.Of(page.Page, occupations, jobs.Asked(r), page.All, page.Edition, r.Actor.Today()))), err
}
