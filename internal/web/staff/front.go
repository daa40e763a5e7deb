package staff

import (
	"sluss/internal/access"
	"sluss/internal/attendance"
	"sluss/internal/fault"
	"sluss/internal/id"
	"sluss/internal/schedule"
	"sluss/internal/web"
	"sluss/internal/web/ui"
)

// frontPage is what whoever answers the telephone sees of somebody: how they are reached and when they are expected.
type frontPage struct {
	ui.Page
	attendance.View
	Who id.Person
}

// frontRoutes are the routes of the desk in the entrance.
func (p *Pages) frontRoutes() []web.Route {
	at := "/arbete/person/{person}/disk"
	return []web.Route{
		{Method: "GET", Pattern: at, Needs: web.OnePerson(attendance.AtFront, access.Read), Handle: p.getFront},
		{Method: "POST", Pattern: at + "/{occasion}", Needs: web.OnePerson(attendance.AtFront, access.Read, access.Write), Handle: p.postFront},
	}
}

func frontPath(who id.Person) string { return personPath(who, "/disk") }

func (p *Pages) getFront(r *web.Request) (web.Answer, error) {
	who, err := r.Person()
	if err != nil {
		return web.Answer{}, err
	}
	page := frontPage{Who: who}
	if page.View, err = p.Attendance.Front(r.Context(), r.Actor, who); err != nil {
		return web.Answer{}, err
	}
	page.Page = r.Titled(page.Person.Name())
	return web.Show(frontView(page)), nil
}

func (p *Pages) postFront(r *web.Request) (web.Answer, error) {
	who, err := r.Person()
	if err != nil {
		return web.Answer{}, err
	}
	var k schedule.OccasionID
	if k.UnmarshalText([]byte(r.PathValue("occasion"))) != nil {
		return web.Answer{}, fault.Missing
	}
	saved, comes := "front.saved", r.Form.Bool("comes")
	if comes {
		saved = "front.comes.saved"
	}
	return web.Saved(frontPath(who), saved), p.Attendance.Rang(r.Context(), r.Actor, who, k, comes)
}

// foundPath is where a person that was found is opened: the desk in the entrance has a page of its own.
func (p searchPage) foundPath(who id.Person) string {
	if p.Front {
		return frontPath(who)
	}
	return personPath(who, "")
}

// expected names a time in an activity.
func (p frontPage) expected(t attendance.Time) string {
	return p.Types[t.Activity].In(p.L.Tag).Name
}

func (p frontPage) when(t attendance.Time) string {
	return p.L.Day(t.On) + ", " + p.L.Times(t.At, t.Until)
}
