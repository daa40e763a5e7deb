package staff

import (
	"github.com/a-h/templ"

	"sluss/internal/access"
	"sluss/internal/fault"
	"sluss/internal/org"
	"sluss/internal/practice"
	"sluss/internal/web"
	"sluss/internal/web/ui"
)

const practices = "/arbete/sa-arbetar-vi"

func (p *Pages) practiceRoutes() []web.Route {
	return []web.Route{
		{Method: "GET", Pattern: practices, Needs: web.NoPerson().Partners(), Handle: p.getPractice},
		{Method: "GET", Pattern: practices + "/ny", Needs: web.NoPerson(), Handle: p.getPracticeNew},
		{Method: "POST", Pattern: practices + "/ny", Needs: web.NoPerson(), Handle: p.postPracticeNew},
	}
}

// practicePage is how the reader's unit works now; for another agency, how each unit does.
type practicePage struct {
	ui.Page
	Units    []unitPractice
	Head     bool
	Operates bool // the reader works at a gateway
}

// unitPractice is one unit's versions, as of today.
type unitPractice struct {
	Name            string
	Now             practice.Version
	Coming, Earlier []practice.Version
	names           org.Names
}

func (p *Pages) getPractice(r *web.Request) (web.Answer, error) {
	role := r.Actor.Role()
	page := practicePage{Page: r.Page("practice.title"), Head: role == access.Head, Operates: role != access.Officer}
	names, err := p.names(r)
	if err != nil {
		return web.Answer{}, err
	}
	list, err := p.Practice.Read(r.Context(), r.Actor)
	for _, h := range list {
		u := unitPractice{Name: names.Unit(h.Newest().Unit), names: names}
		u.Now, u.Coming, u.Earlier = h.On(r.Actor.Today())
		page.Units = append(page.Units, u)
	}
	return web.Show(practiceView(page)), err
}

// of says whose a heading is, to those who read of several units.
func (p practicePage) of(u unitPractice, heading string) string {
	if p.Operates {
		return heading
	}
	return p.L.T("practice.of", u.Name, heading)
}

// practiceForm is a version as it is written.
type practiceForm struct {
	ui.Page
	Typed  practice.Draft
	From   string // as typed
	First  bool
	Faults fault.Form
	Now    []ui.Fact // what somebody else wrote meanwhile
}

func (p *Pages) practiceForm(r *web.Request) (practiceForm, practice.Version, error) {
	if r.Actor.Role() != access.Head {
		return practiceForm{}, practice.Version{}, fault.New(fault.Forbidden, "fault.role")
	}
	page := practiceForm{Page: r.Page("practice.new")}
	h, err := p.Practice.Own(r.Context(), r.Actor)
	page.First = len(h) == 0
	return page, h.Newest(), err
}

func (p *Pages) getPracticeNew(r *web.Request) (web.Answer, error) {
	page, newest, err := p.practiceForm(r)
	page.Typed = practice.Draft{Holds: newest.Holds, Seen: newest.No}
	page.From = string(max(r.Actor.Today(), newest.From))
	return web.Show(practiceNewView(page)), err
}

func (p *Pages) postPracticeNew(r *web.Request) (web.Answer, error) {
	f := r.Form
	typed := practice.Draft{Holds: f.Text("holds"), Changed: f.Text("changed"), From: f.Date("from"), Seen: f.Version()}
	faults, err := f.Faults, error(nil)
	if len(faults) == 0 {
		err = p.Practice.Write(r.Context(), r.Actor, typed)
		faults = fault.Fields(err)
	}
	stale := err == fault.Stale
	if len(faults) == 0 && !stale {
		return web.Saved(practices, "practice.saved"), err
	}
	page, newest, err := p.practiceForm(r)
	if err != nil {
		return web.Answer{}, err
	}
	page.Typed, page.From, page.Faults, page.Failed = typed, f.Raw("from"), faults, true
	if stale {
		page.Typed.Seen = newest.No
		page.Now = []ui.Fact{{Term: r.L.T("practice.holds"), Text: newest.Holds}, {Term: r.L.T("practice.changed"), Text: newest.Changed},
			{Term: r.L.T("practice.from"), Text: r.L.Date(newest.From)}}
		return web.Differs(practiceNewView(page)), nil
	}
	return web.Again(practiceNewView(page)), nil
}

// practiceLines tell that the unit works otherwise than when the reader last looked. Nobody stands and waits for it.
func (m *morning) practiceLines(r *web.Request) (list []todo) {
	for _, v := range m.practices {
		list = append(list, todo{after: true, since: v.At.Date(), line: practiceLine(r, r.L.T("practice.title"), r.L.T("practice.today", v.From))})
	}
	return list
}

// practiceNews tell those who work at another agency the same of units that share somebody with them.
func practiceNews(r *web.Request, n org.Names, news []practice.Version) (list []ui.Line) {
	for _, v := range news {
		x := practiceLine(r, n.Unit(v.Unit), r.L.T("practice.news", v.From))
		x.When = ago(r.L, v.At.Date(), r.Actor.Today())
		list = append(list, x)
	}
	return list
}

func practiceLine(r *web.Request, who, what string) ui.Line {
	return ui.Line{Who: ui.Link{Text: who, Href: practices}, What: what, Do: []templ.Component{ui.Button{Text: r.L.T("practice.read"), Href: practices, Variant: "secondary", Size: "sm", Label: r.L.List(r.L.T("practice.read"), who)}}}
}
