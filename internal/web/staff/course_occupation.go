package staff

import (
	"errors"
	"slices"
	"strings"

	"sluss/internal/course"
	"sluss/internal/fault"
	"sluss/internal/web"
	"sluss/internal/web/jobs"
	"sluss/internal/web/ui"
)

// occupationPage is an occupation: how short of people it is, and what the unit says of it.
type occupationPage struct {
	coursesPage
	jobs.One
	Typed  course.Description
	Faults fault.Form
	Now    []ui.Fact // what somebody else wrote meanwhile
}

func (p *Pages) occupationPage(r *web.Request) (page occupationPage, err error) {
	if page.coursesPage, err = p.readCourses(r, "course.occupations"); err != nil {
		return page, err
	}
	if page.Listed, err = course.One(page.All, r.PathValue("occupation")); err != nil {
		return page, err
	}
	page.coursesPage.Title, page.Today = page.Name, r.Actor.Today()
	page.One.Page, page.Typed = page.coursesPage.Page, course.Description{Occupation: page.ID, Words: page.Own, Seen: page.Version}
	for _, c := range page.coursesPage.Courses {
		if slices.Contains(c.Ways, page.ID) {
			page.Typed.Courses = append(page.Typed.Courses, c.ID)
		}
	}
	return page, nil
}

func (p *Pages) getOccupation(r *web.Request) (web.Answer, error) {
	page, err := p.occupationPage(r)
	return web.Show(occupationView(page)), err
}

func (p *Pages) postOccupation(r *web.Request) (web.Answer, error) {
	page, err := p.occupationPage(r)
	if err != nil {
		return web.Answer{}, err
	}
	stored, f := page.Typed, r.Form
	page.Typed = course.Description{Occupation: page.ID, Words: map[string]course.Words{}, Seen: f.Version()}
	for _, lang := range course.Languages {
		page.Typed.Words[lang] = course.Words{Names: strings.Split(f.Text("names_"+lang), "\n"), Does: f.Text("does_" + lang)}
	}
	for _, s := range f.All("courses") {
		var k course.ID
		if k.UnmarshalText([]byte(s)) != nil {
			return web.Answer{}, fault.Missing
		}
		page.Typed.Courses = append(page.Typed.Courses, k)
	}
	page.Faults = f.Faults
	if len(page.Faults) == 0 {
		err = p.Course.Describe(r.Context(), r.Actor, page.Typed)
		page.Faults = fault.Fields(err)
	}
	stale := errors.Is(err, fault.Stale)
	if len(page.Faults) == 0 && !stale {
		return web.Saved(occupations+"/"+string(page.ID), "course.saved"), err
	}
	page.coursesPage.Failed = true
	if stale {
		page.Typed.Seen = stored.Seen
		for _, lang := range course.Languages {
			w := stored.Words[lang]
			page.Now = append(page.Now, ui.Fact{Term: page.label("names", lang), Text: strings.Join(w.Names, ", ")}, ui.Fact{Term: page.label("does", lang), Text: w.Does})
		}
		return web.Differs(occupationView(page)), nil
	}
	return web.Again(occupationView(page)), nil
}

// label is a field's, with its language where it is not Swedish.
func (p occupationPage) label(name, lang string) string {
	l := p.coursesPage.L
	if lang == "sv" {
		return l.T("course.form." + name)
	}
	return l.T("course.form."+name+".in", l.T("person.lang."+lang))
}

// at gives a field of the form in a language.
func (p occupationPage) at(name, lang string) ui.Field {
	w, l := p.Typed.Words[lang], p.coursesPage.L
	value := w.Does
	if name == "names" {
		value = strings.Join(w.Names, "\n")
	}
	return ui.Field{Name: name + "_" + lang, Label: p.label(name, lang), Good: l.T("course.form." + name + ".good"), Value: value, Lang: lang,
		Error: ui.Fault(l, p.Faults, name+"_"+lang)}
}

// links are the unit's courses to choose from, and which are chosen.
func (p occupationPage) links() (f ui.Field, list []ui.Option) {
	for _, c := range p.coursesPage.Courses {
		if !c.Ended || slices.Contains(p.Typed.Courses, c.ID) {
			list = append(list, ui.Option{Value: c.ID.String(), Text: c.Title, Good: c.Giver})
		}
	}
	f = ui.Field{Name: "courses", Label: p.coursesPage.L.T("course.form.courses"), Good: p.coursesPage.L.T("course.form.courses.good")}
	for _, c := range p.Typed.Courses {
		f.Values = append(f.Values, c.String())
	}
	return f, list
}
