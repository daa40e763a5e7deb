package staff

import (
	"strings"

	"sluss/internal/access"
	"sluss/internal/clock"
	"sluss/internal/comment"
	"sluss/internal/demand"
	"sluss/internal/fault"
	"sluss/internal/i18n"
	"sluss/internal/id"
	"sluss/internal/org"
	"sluss/internal/store"
	"sluss/internal/way"
	"sluss/internal/web"
	"sluss/internal/web/acts"
	"sluss/internal/web/ui"
)

// demandRoutes are where staff write down what somebody with the right to requires of a person, and that it is over.
func (p *Pages) demandRoutes() []web.Route {
	read, write := access.Read, access.Write
	const one = "/arbete/person/{person}/krav"
	return []web.Route{
		{Method: "GET", Pattern: one, Needs: web.OnePerson(demand.Seen, read), Handle: p.getDemands},
		{Method: "POST", Pattern: one, Needs: web.OnePerson(demand.Seen, read, write), Handle: p.postDemand},
		{Method: "GET", Pattern: one + "/{demand}", Needs: web.OnePerson(demand.Seen, read), Handle: p.getDemand},
		{Method: "POST", Pattern: one + "/{demand}", Needs: web.OnePerson(demand.Seen, read, write), Handle: p.postDemandEnd},
	}
}

func demandPath(who id.Person) string { return personPath(who, "/krav") }

// demandsPage is what is required of somebody, and where more is written down.
type demandsPage struct {
	ui.Page
	demand.View
	Who    id.Person
	Tabs   []ui.Tab
	Names  org.Names
	Typed  demand.Form
	Agency string // as chosen
	Faults fault.Form
	Voice  voice
	One    demand.Demand // that is to end
	How    string
	On     clock.Date
}

func (p *Pages) demandsPage(r *web.Request) (page demandsPage, err error) {
	if page.Who, err = r.Person(); err != nil {
		return page, err
	}
	if page.View, err = p.Demand.Open(r.Context(), r.Actor, page.Who); err != nil {
		return page, err
	}
	page.Names, err = p.names(r)
	page.Page, page.Tabs = r.Titled(page.Person.Name()), personTabs(r, page.Who)
	return page, err
}

func (p *Pages) getDemands(r *web.Request) (web.Answer, error) {
	page, err := p.demandsPage(r)
	if err != nil {
		return web.Answer{}, err
	}
	if o := page.Order; o != nil { // what is known already is filled in
		page.Typed = demand.Form{Thing: page.Things[0].Key(), Agency: o.Agency, Since: o.On}
		for _, u := range page.Names.Units {
			if u.ID == o.Unit && u.ID != 0 {
				page.Typed.Office, page.Typed.Phone = u.Name, u.Phone
			}
		}
		if o.Agency != 0 {
			page.Agency = o.Agency.String()
		}
	}
	page.Voice, err = p.saidOf(r, page.Who, page.Person.Given, comment.Demand)
	for _, d := range page.List {
		page.Voice.calls(comment.Demand, int64(d.ID), page.what(d))
	}
	return web.Show(demandsView(page)), err
}

// elsewhere is the choice of an agency that is not in the area.
const elsewhere = "annan"

func (p *Pages) postDemand(r *web.Request) (web.Answer, error) {
	who, err := r.Person()
	if err != nil {
		return web.Answer{}, err
	}
	f := demand.Form{Thing: r.Form.Raw("thing"), Words: r.Form.Line("words"), Office: r.Form.Line("office"), Phone: r.Form.Line("phone"), Law: r.Form.Raw("law"),
		LawWords: r.Form.Line("lawwords"), Otherwise: r.Form.Text("otherwise"), Appeal: r.Form.Text("appeal"), Since: r.Form.Date("since"), AppealBy: r.Form.Date("by")}
	agency := r.Form.Raw("agency")
	if f.Elsewhere = agency == elsewhere; !f.Elsewhere {
		_ = f.Agency.UnmarshalText([]byte(agency))
	}
	faults := r.Form.Faults
	if len(faults) == 0 {
		_, err = p.Demand.Write(r.Context(), r.Actor, who, f)
		if faults = fault.Fields(err); faults == nil {
			return web.Saved(demandPath(who), "demand.saved"), err
		}
	}
	page, err := p.demandsPage(r)
	page.Typed, page.Agency, page.Faults, page.Failed = f, agency, faults, true
	return web.Again(demandsView(page)), err
}

// oneDemand reads the demand of the address. Missing for one that the person does not have, or that is over.
func (p *Pages) oneDemand(r *web.Request) (page demandsPage, err error) {
	var k demand.ID
	if err = pathID(r, "demand", &k); err != nil {
		return page, err
	}
	if page, err = p.demandsPage(r); err != nil {
		return page, err
	}
	for _, d := range page.List {
		if d.ID == k && d.State == demand.Open {
			page.One = d
			return page, nil
		}
	}
	return page, fault.Missing
}

func (p *Pages) getDemand(r *web.Request) (web.Answer, error) {
	page, err := p.oneDemand(r)
	page.How, page.On = string(demand.Ended), r.Actor.Today()
	return web.Show(demandEnd(page)), err
}

func (p *Pages) postDemandEnd(r *web.Request) (web.Answer, error) {
	who, err := r.Person()
	if err != nil {
		return web.Answer{}, err
	}
	var k demand.ID
	if err := pathID(r, "demand", &k); err != nil {
		return web.Answer{}, err
	}
	how, on := r.Form.Raw("how"), r.Form.Date("on")
	faults := r.Form.Faults
	if len(faults) == 0 {
		err = p.Demand.End(r.Context(), r.Actor, who, k, r.Form.Version(), demand.State(how), on)
		if faults = fault.Fields(err); faults == nil {
			return web.Saved(demandPath(who), "demand.ended"), err
		}
	}
	page, err := p.oneDemand(r)
	page.How, page.On, page.Faults, page.Failed = how, on, faults, true
	return web.Again(demandEnd(page)), err
}

// demandsOf reads what is required of somebody, for a page of theirs at the table, or on paper.
func (p *Pages) demandsOf(r *web.Request, who id.Person, act access.Action) (v acts.Demands, err error) {
	if v.Names, err = p.names(r); err != nil {
		return v, err
	}
	err = p.Org.Store.Read(r.Context(), func(tx *store.Tx) error {
		a, err := access.Open(r.Context(), tx, r.Actor, who, demand.Told, act, access.ForPlan)
		if err == nil {
			v.Demands, err = way.DemandsOf(r.Context(), tx, r.Actor, a)
		}
		return err
	})
	v.Say = sayTogether(r, who)
	return v, err
}

// open are what is required now.
func (p demandsPage) open() (list []demand.Demand) {
	for _, d := range p.List {
		if d.State == demand.Open {
			list = append(list, d)
		}
	}
	return list
}

// over are what has been.
func (p demandsPage) over() (list []demand.Demand) {
	for _, d := range p.List {
		if d.State != demand.Open {
			list = append(list, d)
		}
	}
	return list
}

func (p demandsPage) what(d demand.Demand) string { return demanded(p.L, d) }

// demanded is what is required, as staff read it.
func demanded(l *i18n.Lang, d demand.Demand) string {
	if d.Kind == demand.Referral {
		return l.T("demand.thing.referral")
	}
	return d.Words
}

// ended tells how something ended, when, and who said so.
func (p demandsPage) ended(d demand.Demand) string {
	return p.L.T("demand.state."+string(d.State)+".on", d.EndedOn, p.L.Apart(p.Names.Post(d.EndedBy).Name))
}

func (p demandsPage) things() (list []ui.Option) {
	for _, t := range p.Things {
		text := p.L.T("demand.thing." + string(t.Kind))
		if t.Words != "" {
			text = p.L.T("demand.thing.of", text, p.L.Apart(t.Words))
		}
		list = append(list, ui.Option{Value: t.Key(), Text: text})
	}
	return list
}

func (p demandsPage) agencies() []ui.Option {
	list := []ui.Option{{Value: "", Text: p.L.T("form.select")}}
	for _, a := range p.Agencies {
		list = append(list, ui.Option{Value: a.ID.String(), Text: a.Name})
	}
	return append(list, ui.Option{Value: elsewhere, Text: p.L.T("demand.agency.other")})
}

func (p demandsPage) laws() (list []ui.Option) {
	for _, x := range demand.Laws {
		o := ui.Option{Value: x.Code, Text: p.L.T("demand.law." + x.Code)}
		if x.Code != demand.Other {
			o.Good = p.L.Apart(p.L.T("demand.means." + x.Code))
		}
		list = append(list, o)
	}
	return list
}

// paperDemanded is what is required, as the printed plan says it.
func paperDemanded(p paperPage, d way.Demand) string {
	if d.Kind == demand.Referral {
		return p.L.T("demand.own.referral") + "."
	}
	return d.Words + "."
}

// paperAppeal is how one appeals, as the printed plan says it.
func paperAppeal(p paperPage, d way.Demand) string {
	if d.Law == demand.Other {
		return d.Appeal
	}
	return strings.TrimSpace(p.L.T("demand.appeal."+d.Law) + " " + d.Appeal)
}
