package staff

import (
	"sluss/internal/access"
	"sluss/internal/fault"
	"sluss/internal/id"
	"sluss/internal/newcoach"
	"sluss/internal/web"
	"sluss/internal/web/ui"
)

func (p *Pages) newcoachRoutes() []web.Route {
	read, write := access.Read, access.Write
	const one, table = "/arbete/person/{person}/coach/onskan", "/arbete/person/{person}/bordet/coach/onskan"
	return []web.Route{
		{Method: "GET", Pattern: one, Needs: web.OnePerson(newcoach.Need, read), Handle: p.getCoachWish},
		{Method: "POST", Pattern: one, Needs: web.OnePerson(newcoach.Need, read, write), Handle: p.postCoachWish},
		{Method: "POST", Pattern: table, Needs: web.OnePerson(bookCategories, read, write), Handle: p.postTableCoachWish},
		{Method: "POST", Pattern: table + "/tillbaka", Needs: web.OnePerson(newcoach.Need, write), Handle: p.postTableCoachWishBack},
	}
}

func coachWishPath(who id.Person) string { return personPath(who, "/coach/onskan") }

// coachWishPage is that somebody would like another coach, before who is to answer.
type coachWishPage struct {
	ui.Page
	newcoach.Case
	Who    id.Person
	Typed  string
	Faults fault.Form
}

func (p *Pages) coachWishPage(r *web.Request) (page coachWishPage, err error) {
	if page.Who, err = r.Person(); err != nil {
		return page, err
	}
	page.Case, err = p.NewCoach.Open(r.Context(), r.Actor, page.Who)
	page.Page = r.Titled(page.Name)
	return page, err
}

func (p *Pages) getCoachWish(r *web.Request) (web.Answer, error) {
	page, err := p.coachWishPage(r)
	return web.Show(coachWishView(page)), err
}

func (p *Pages) postCoachWish(r *web.Request) (web.Answer, error) {
	who, err := r.Person()
	if err != nil {
		return web.Answer{}, err
	}
	var w newcoach.ID
	if w.UnmarshalText([]byte(r.Form.Raw("wish"))) != nil {
		return web.Answer{}, fault.Missing
	}
	words := r.Form.Text("answer")
	if err = r.Form.Faults.Err(); err == nil {
		err = p.NewCoach.Decline(r.Context(), r.Actor, who, w, r.Form.Version(), words)
	}
	faults := fault.Fields(err)
	if faults == nil {
		return web.Saved("/arbete", "newcoach.case.saved"), err
	}
	page, err := p.coachWishPage(r)
	page.Failed, page.Faults, page.Typed = true, faults, r.Form.Raw("answer")
	return web.Again(coachWishView(page)), err
}

// postTableCoachWish asks for another coach, together or from a paper.
func (p *Pages) postTableCoachWish(r *web.Request) (web.Answer, error) {
	who, err := r.Person()
	if err != nil {
		return web.Answer{}, err
	}
	words, how := r.Form.Text("words"), newcoach.Table
	if r.Form.Bool("paper") {
		how = newcoach.Paper
	}
	if err = r.Form.Faults.Err(); err == nil {
		err = p.NewCoach.Ask(r.Context(), r.Actor, who, how, words)
	}
	faults := fault.Fields(err)
	if faults == nil {
		return web.Saved(tablePath(r, who, "/coach"), "newcoach.table.sent"), err
	}
	page, err := p.tableCoach(r)
	page.Failed, page.Faults, page.Words = true, faults, r.Form.Raw("words")
	return web.Again(tableCoach(page)), err
}

func (p *Pages) postTableCoachWishBack(r *web.Request) (web.Answer, error) {
	who, err := r.Person()
	if err != nil {
		return web.Answer{}, err
	}
	return web.Saved(tablePath(r, who, "/coach"), "newcoach.table.back.saved"), p.NewCoach.TakeBack(r.Context(), r.Actor, who)
}

// newcoachLines are those who would like another coach, for who answers.
func (m *morning) newcoachLines(r *web.Request) (list []todo) {
	for _, x := range m.otherCoach {
		do := r.L.T("today.answer")
		list = append(list, todo{since: x.Since.Date(), line: line(x.Person, x.Name, r.L.T("newcoach.today"), "",
			ui.Button{Text: do, Href: coachWishPath(x.Person), Size: "sm", Label: r.L.List(do, x.Name)})})
	}
	return list
}
