package staff

import (
	"sluss/internal/access"
	"sluss/internal/course"
	"sluss/internal/fault"
	"sluss/internal/id"
	"sluss/internal/placement"
	"sluss/internal/web"
	"sluss/internal/web/acts"
	"sluss/internal/web/ui"
)

// tableCourseRoutes are where the person says which courses they are interested in, and what work they would like to try.
func (p *Pages) tableCourseRoutes() []web.Route {
	read, write := access.Read, access.Write
	at := "/arbete/person/{person}/bordet"
	return []web.Route{
		{Method: "GET", Pattern: at + "/kurser", Needs: web.OnePerson(course.Need, read), Handle: p.getTableCourses},
		{Method: "POST", Pattern: at + "/kurser/{course}", Needs: web.OnePerson(course.Need, write), Handle: p.postTableCourse},
		{Method: "POST", Pattern: at + "/onskemal/arbete", Needs: web.OnePerson(placeNeed, read, write), Handle: p.postTableWork},
		{Method: "POST", Pattern: at + "/onskemal/arbete/{placement}/tillbaka", Needs: web.OnePerson(placement.Need, write), Handle: p.postTableWorkBack},
	}
}

// tableCourse is the courses that the person is interested in, and those that the unit tells of besides.
type tableCourse struct {
	ui.Page
	Who       id.Person
	At        func(string) string
	Back      string
	Interests []course.Interest
	Offered   []course.Course
}

func (p *Pages) getTableCourses(r *web.Request) (web.Answer, error) {
	who, err := r.Person()
	if err != nil {
		return web.Answer{}, err
	}
	v := tableCourse{Page: r.Page("table.courses"), Who: who, At: joint(r, who, "/kurser"), Back: tablePath(r, who, "")}
	v.Interests, v.Offered, err = p.interests(r, who)
	return web.Show(tableCourses(v)), err
}

func (p *Pages) postTableCourse(r *web.Request) (web.Answer, error) {
	who, err := r.Person()
	if err != nil {
		return web.Answer{}, err
	}
	var c course.ID
	if err := pathID(r, "course", &c); err != nil {
		return web.Answer{}, err
	}
	want, saved := r.Form.Choice("do", "want", "not") == "want", "course.own.wanted"
	if !want {
		saved = "course.own.not"
	}
	if err := r.Form.Faults.Err(); err != nil {
		return web.Answer{}, err
	}
	return web.Saved(tablePath(r, who, "/kurser"), saved), p.Course.Want(r.Context(), r.Actor, who, c, want)
}

// postTableWork writes what the person would like to try at a workplace.
func (p *Pages) postTableWork(r *web.Request) (web.Answer, error) {
	who, err := r.Person()
	if err != nil {
		return web.Answer{}, err
	}
	what, because, err := acts.ReadWork(r)
	if err == nil {
		_, err = p.Placement.Wish(r.Context(), r.Actor, who, what, because)
	}
	faults := fault.Fields(err)
	if faults == nil {
		return web.Saved(tablePath(r, who, "/onskemal"), "table.saved"), err
	}
	_, v, err := p.tableWishes(r)
	return web.Again(tableWishes(v.AgainWork(r, faults))), err
}

func (p *Pages) postTableWorkBack(r *web.Request) (web.Answer, error) {
	who, err := r.Person()
	if err != nil {
		return web.Answer{}, err
	}
	var k placement.ID
	if err := pathID(r, "placement", &k); err != nil {
		return web.Answer{}, err
	}
	return web.Saved(tablePath(r, who, "/onskemal"), "mine.wish.taken"), p.Placement.Withdraw(r.Context(), r.Actor, who, k, r.Form.Version())
}
