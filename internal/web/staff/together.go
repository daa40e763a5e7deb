package staff

import (
	"errors"

	"github.com/a-h/templ"

	"sluss/internal/access"
	"sluss/internal/enquiry"
	"sluss/internal/fault"
	"sluss/internal/i18n"
	"sluss/internal/id"
	"sluss/internal/org"
	"sluss/internal/person"
	"sluss/internal/store"
	"sluss/internal/web"
	"sluss/internal/web/together"
	"sluss/internal/web/ui"
)

// togetherNeed is what the page of questions about a plan shows.
const togetherNeed = access.Identity | enquiry.Need

// togetherRoutes are those of what agencies do together in a plan: at the gateway, and at the others.
func (p *Pages) togetherRoutes() []web.Route {
	read, write := access.Read, access.Write
	return []web.Route{
		{Method: "GET", Pattern: "/arbete/person/{person}/tillsammans", Needs: web.OnePerson(togetherNeed, read), Handle: p.getTogether},
		{Method: "POST", Pattern: "/arbete/person/{person}/tillsammans", Needs: web.OnePerson(togetherNeed, read, write), Handle: p.postAskTogether},
		{Method: "POST", Pattern: "/arbete/person/{person}/tillsammans/{enquiry}", Needs: web.OnePerson(togetherNeed, read, write), Handle: p.postReplyTogether},

		{Method: "GET", Pattern: sharedPath, Needs: web.ManyPeople(togetherNeed, read).Partners(), Handle: p.getShared},
		{Method: "GET", Pattern: sharedPath + "/{person}", Needs: web.OnePerson(sharedNeed, read).Partners(), Handle: p.getSharedPerson},
		{Method: "POST", Pattern: sharedPath + "/{person}/fraga", Needs: web.OnePerson(sharedNeed, read, write).Partners(), Handle: p.postAskShared},
		{Method: "POST", Pattern: sharedPath + "/{person}/fraga/{enquiry}", Needs: web.OnePerson(sharedNeed, read, write).Partners(), Handle: p.postReplyShared},
		{Method: "GET", Pattern: sharedPath + "/{person}/insats", Needs: web.OnePerson(togetherNeed, read).Partners(), Handle: p.getSharedMeasure},
		{Method: "POST", Pattern: sharedPath + "/{person}/insats", Needs: web.OnePerson(togetherNeed, read, write).Partners(), Handle: p.postSharedMeasure},
		{Method: "GET", Pattern: sharedPath + "/{person}/insats/{measure}", Needs: web.OnePerson(togetherNeed, read).Partners(), Handle: p.getSharedMeasure},
		{Method: "POST", Pattern: sharedPath + "/{person}/insats/{measure}", Needs: web.OnePerson(togetherNeed, read, write).Partners(), Handle: p.postSharedMeasure},
		{Method: "POST", Pattern: sharedPath + "/{person}/insats/{measure}/slut", Needs: web.OnePerson(togetherNeed, read, write).Partners(), Handle: p.postSharedMeasureEnd},
	}
}

// togetherPage is the questions about somebody's plan, at the gateway that it is made at.
type togetherPage struct {
	together.View
	Tabs []ui.Tab
	Who  id.Person
}

func (p *Pages) togetherPage(r *web.Request) (page togetherPage, err error) {
	if page.Who, err = r.Person(); err != nil {
		return page, err
	}
	n, err := p.names(r)
	if err != nil {
		return page, err
	}
	var name person.Person
	err = p.Org.Store.Read(r.Context(), func(tx *store.Tx) error {
		var a access.Access
		if name, a, err = person.Open(r.Context(), tx, r.Actor, page.Who, togetherNeed, access.Read, access.ForPlan); err != nil {
			return err
		}
		page.View.View, err = enquiry.Of(r.Context(), tx, r.Actor, a)
		return err
	})
	page.Page, page.Tabs, page.Names = r.Titled(name.Name()), personTabs(r, page.Who), n
	page.Person, page.At, page.Me = name.Given, func(part string) string { return personPath(page.Who, "/tillsammans"+part) }, page.Plan.Enrolment.Unit
	return page, err
}

func (p *Pages) getTogether(r *web.Request) (web.Answer, error) {
	page, err := p.togetherPage(r)
	return web.Show(togetherView(page)), err
}

func (p *Pages) postAskTogether(r *web.Request) (web.Answer, error) {
	who, err := r.Person()
	if err != nil {
		return web.Answer{}, err
	}
	f := together.Asked(r)
	if _, err = p.Enquiry.Ask(r.Context(), r.Actor, who, f); err == nil {
		return web.Saved(personPath(who, "/tillsammans"), "enquiry.saved"), nil
	}
	return p.togetherAgain(r, err, func(v *together.View) { v.Typed = f })
}

func (p *Pages) postReplyTogether(r *web.Request) (web.Answer, error) {
	who, err := r.Person()
	if err != nil {
		return web.Answer{}, err
	}
	e, err := together.ID(r)
	if err != nil {
		return web.Answer{}, err
	}
	words, back := together.Replied(r)
	if back {
		if err = p.Enquiry.TakeBack(r.Context(), r.Actor, who, e, r.Form.Version()); err == nil {
			return web.Saved(personPath(who, "/tillsammans"), "enquiry.taken.saved"), nil
		}
		return p.togetherAgain(r, err, func(*together.View) {})
	}
	if err = p.Enquiry.Reply(r.Context(), r.Actor, who, e, r.Form.Version(), words); err == nil {
		return web.Saved(personPath(who, "/tillsammans"), "enquiry.replied"), nil
	}
	return p.togetherAgain(r, err, func(v *together.View) { v.ReplyTo, v.Reply = e, words })
}

// togetherAgain shows the page with what was typed.
func (p *Pages) togetherAgain(r *web.Request, cause error, typed func(*together.View)) (web.Answer, error) {
	faults := fault.Fields(cause)
	if faults == nil && !errors.Is(cause, fault.Stale) {
		return web.Answer{}, cause
	}
	page, err := p.togetherPage(r)
	if err != nil {
		return web.Answer{}, err
	}
	typed(&page.View)
	page.Faults, page.Failed = faults, true
	return again(togetherView(page), faults), nil
}

// again answers with what is wrong, or with what somebody else has written meanwhile.
func again(page templ.Component, faults fault.Form) web.Answer {
	if faults == nil {
		return web.Differs(page)
	}
	return web.Again(page)
}

// enquiryLines are what somebody waits for the reader to answer.
func (m *morning) enquiryLines(r *web.Request) (list []todo) {
	for _, w := range m.enquiries {
		if w.To != r.Actor.Unit() {
			continue
		}
		href := personPath(w.Person, "/tillsammans") + "#q-" + w.ID.String()
		list = append(list, todo{since: w.Asked.Date(), line: line(w.Person, w.Name, r.L.T(waitKey(w, "today.enquiry", "enquiry.task.today")), asker(r.L, m.names, w),
			ui.Button{Text: r.L.T("today.answer"), Href: href, Size: "sm", Label: r.L.List(r.L.T("today.answer"), w.Name)})})
	}
	return list
}

// waitKey is the text for a question, or the one for something to do.
func waitKey(w enquiry.Waiting, question, task string) string {
	if w.Task {
		return task
	}
	return question
}

// asker tells who asks.
func asker(l *i18n.Lang, n org.Names, w enquiry.Waiting) string {
	if w.From == enquiry.Themself {
		return l.T(waitKey(w, "today.enquiry.self", "enquiry.task.today.self"))
	}
	return l.T(waitKey(w, "today.enquiry.by", "enquiry.task.today.by"), l.Apart(n.Unit(w.From)))
}

// enquiryWaits are whom the reader waits for.
func (m *morning) enquiryWaits(r *web.Request) (list []ui.Wait) {
	for _, w := range m.enquiries {
		if w.From == r.Actor.Unit() && len(list) < 3 {
			list = append(list, waitFor(r.L, m.names.Unit(w.From), m.names.Unit(w.To), w, personPath(w.Person, "/tillsammans")))
		}
	}
	return list
}

// waitFor tells that a unit waits for another, or for the person.
func waitFor(l *i18n.Lang, from, to string, w enquiry.Waiting, href string) ui.Wait {
	if to == "" {
		to = w.Name
	}
	return ui.Wait{Who: from, For: to, Text: l.T("today.wait.enquiry", l.Apart(w.Name), w.Asked.Date()),
		Do: ui.Link{Text: l.T("today.enquiry.see"), Href: href + "#q-" + w.ID.String()}}
}
