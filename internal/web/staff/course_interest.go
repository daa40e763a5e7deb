package staff

import (
	"slices"

	"sluss/internal/access"
	"sluss/internal/course"
	"sluss/internal/id"
	"sluss/internal/store"
	"sluss/internal/web"
	"sluss/internal/web/ui"
)

func (p *Pages) interestRoutes() []web.Route {
	return []web.Route{
		{Method: "POST", Pattern: "/arbete/person/{person}/intresse", Needs: web.OnePerson(course.Need, access.Write), Handle: p.postInterest},
		{Method: "POST", Pattern: "/arbete/person/{person}/intresse/{course}", Needs: web.OnePerson(course.Need, access.Write), Handle: p.postTalked},
	}
}

// interests reads what somebody is interested in, and the courses that they may be interested in besides.
func (p *Pages) interests(r *web.Request, who id.Person) (mine []course.Interest, rest []course.Course, err error) {
	err = p.Org.Store.Read(r.Context(), func(tx *store.Tx) error {
		a, err := access.Open(r.Context(), tx, r.Actor, who, course.Need, access.Read, access.ForPlan)
		if err != nil {
			return err
		}
		if mine, err = course.InterestsOf(r.Context(), tx, r.Actor, a); err != nil {
			return err
		}
		all, err := course.CoursesOf(r.Context(), tx, r.Actor.Area(), r.Actor.Unit())
		rest = slices.DeleteFunc(all, func(c course.Course) bool {
			return c.Ended || slices.ContainsFunc(mine, func(i course.Interest) bool { return i.Course == c.ID })
		})
		return err
	})
	return mine, rest, err
}

// courses are the courses to choose from.
func (p placesPage) courses() []ui.Option {
	var list []ui.Option
	for _, c := range p.Offered {
		list = append(list, ui.Option{Value: c.ID.String(), Text: c.Title + ", " + c.Giver})
	}
	return list
}

func (p *Pages) postInterest(r *web.Request) (web.Answer, error) {
	who, err := r.Person()
	if err != nil {
		return web.Answer{}, err
	}
	var c course.ID
	_ = c.UnmarshalText([]byte(r.Form.Raw("course"))) // none, which the desk does not find
	return web.Saved(personPath(who, "/aktiviteter"), "course.interest.saved"), p.Course.Want(r.Context(), r.Actor, who, c, true)
}

// postTalked notes that the coach has talked with the person about a course, that they have yet to, or that the person no longer is
// interested.
func (p *Pages) postTalked(r *web.Request) (web.Answer, error) {
	who, err := r.Person()
	if err != nil {
		return web.Answer{}, err
	}
	var c course.ID
	if err := pathID(r, "course", &c); err != nil {
		return web.Answer{}, err
	}
	do := r.Form.Choice("do", "talked", "wait", "not")
	if err := r.Form.Faults.Err(); err != nil {
		return web.Answer{}, err
	}
	if do == "not" {
		err = p.Course.Want(r.Context(), r.Actor, who, c, false)
	} else {
		err = p.Course.Talked(r.Context(), r.Actor, who, c, r.Form.Version(), do == "talked")
	}
	return web.Saved(personPath(who, "/aktiviteter"), "form.saved"), err
}

// curiousLines tell the coach who is interested in a course. It is quiet: nobody stands and waits.
func (m *morning) curiousLines(r *web.Request) (list []todo) {
	for _, x := range m.curious {
		list = append(list, todo{after: true, since: x.On, line: line(x.Person, x.Name, r.L.T("course.today", x.Title), "",
			ui.Button{Text: r.L.T("course.today.do"), Href: personPath(x.Person, "/aktiviteter"), Variant: "secondary", Size: "sm", Label: r.L.List(r.L.T("course.today.do"), x.Name)})})
	}
	return list
}
