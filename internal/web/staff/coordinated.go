package staff

import (
	"sluss/internal/access"
	"sluss/internal/fault"
	"sluss/internal/id"
	"sluss/internal/org"
	"sluss/internal/plan"
	"sluss/internal/web"
	"sluss/internal/web/ui"
)

// coordinatedRoutes are those of the plan as a coordinated individual plan.
func (p *Pages) coordinatedRoutes() []web.Route {
	at := "/arbete/person/{person}/plan/samordnad"
	return []web.Route{
		{Method: "GET", Pattern: at, Needs: web.OnePerson(planNeed, access.Read), Handle: p.getCoordinated},
		{Method: "POST", Pattern: at, Needs: web.OnePerson(planNeed, access.Read, access.Write), Handle: p.postCoordinated},
		{Method: "POST", Pattern: at + "/slut", Needs: web.OnePerson(planNeed, access.Write), Handle: p.postCoordinatedEnd},
		{Method: "GET", Pattern: at + "/papper", Needs: web.OnePerson(planNeed, access.Export), Handle: p.getCoordinatedPaper},
	}
}

// coordinatedLink leads on from the plan.
func (p planPage) coordinatedLink() string {
	if p.Coordinated.ID != 0 {
		return p.L.T("coordinated.see")
	}
	return p.L.T("coordinated.begin")
}

func coordinatedPath(who id.Person) string { return personPath(who, "/plan/samordnad") }

// coordinatedPage is where it is decided that the plan is a coordinated one, and where one sees that it is.
type coordinatedPage struct {
	ui.Page
	plan.View
	Who    id.Person
	Lead   string // as chosen
	How    string
	On     string
	Faults fault.Form
}

func (p *Pages) coordinatedPage(r *web.Request) (page coordinatedPage, err error) {
	page.Who, page.View, err = p.planView(r, planNeed, access.Read)
	page.Page = r.Page("coordinated.title", page.Person.Given)
	return page, err
}

func (p *Pages) getCoordinated(r *web.Request) (web.Answer, error) {
	page, err := p.coordinatedPage(r)
	page.How, page.On = string(plan.AtTable), string(r.Actor.Today())
	return web.Show(coordinatedView(page)), err
}

func (p *Pages) postCoordinated(r *web.Request) (web.Answer, error) {
	who, err := r.Person()
	if err != nil {
		return web.Answer{}, err
	}
	f := plan.CoordinatedForm{How: plan.How(r.Form.Raw("how")), On: r.Form.Date("on")}
	_ = f.Lead.UnmarshalText([]byte(r.Form.Raw("lead")))
	if err = r.Form.Faults.Err(); err == nil {
		err = p.Plan.Coordinate(r.Context(), r.Actor, who, f)
	}
	faults := fault.Fields(err)
	if faults == nil {
		return web.Saved(coordinatedPath(who), "coordinated.saved"), err
	}
	page, err := p.coordinatedPage(r)
	page.Lead, page.How, page.On, page.Faults, page.Failed = r.Form.Raw("lead"), string(f.How), r.Form.Raw("on"), faults, true
	return web.Again(coordinatedView(page)), err
}

func (p *Pages) postCoordinatedEnd(r *web.Request) (web.Answer, error) {
	who, err := r.Person()
	if err != nil {
		return web.Answer{}, err
	}
	var sip plan.CoordinatedID
	if sip.UnmarshalText([]byte(r.Form.Raw("coordinated"))) != nil {
		return web.Answer{}, fault.Missing
	}
	return web.Saved(coordinatedPath(who), "coordinated.ended"), p.Plan.EndCoordinated(r.Context(), r.Actor, who, sip)
}

// getCoordinatedPaper is the sheet with the four parts that the law asks for.
func (p *Pages) getCoordinatedPaper(r *web.Request) (web.Answer, error) {
	_, v, err := p.planView(r, planNeed, access.Export)
	if err == nil && v.Coordinated.ID == 0 {
		err = fault.Missing
	}
	if err != nil {
		return web.Answer{}, err
	}
	return web.Show(coordinatedPaper(paperOf(r, v, "coordinated.title"))), nil
}

func (p coordinatedPage) leads() []ui.Option {
	list := []ui.Option{{Value: "", Text: p.L.T("form.select")}}
	for _, a := range p.Principals() {
		list = append(list, ui.Option{Value: a.ID.String(), Text: a.Name})
	}
	return list
}

// agencyName is an agency's name in the view.
func agencyName(list []org.Agency, a id.Agency) string {
	for _, x := range list {
		if x.ID == a {
			return x.Name
		}
	}
	return ""
}
