package staff

import (
	"errors"

	"sluss/internal/access"
	"sluss/internal/consent"
	"sluss/internal/enquiry"
	"sluss/internal/fault"
	"sluss/internal/id"
	"sluss/internal/org"
	"sluss/internal/person"
	"sluss/internal/plan"
	"sluss/internal/practice"
	"sluss/internal/statement"
	"sluss/internal/store"
	"sluss/internal/web"
	"sluss/internal/web/hours"
	"sluss/internal/web/together"
	"sluss/internal/web/ui"
)

// sharedPath is where those who work at other agencies begin.
const sharedPath = "/arbete/delat"

func sharedPersonPath(who id.Person) string { return sharedPath + "/" + who.String() }

// sharedPage is who shares something with the reader's agency, what waits for it, whom it waits for, and what it does.
type sharedPage struct {
	ui.Page
	List  []consent.With
	More  bool
	Lines []ui.Line
	Waits []ui.Wait
	Ours  []plan.Ours
}

// mostShared is how many of what waits, and of its own measures, an agency is shown.
const mostShared = 100

func (p *Pages) getShared(r *web.Request) (web.Answer, error) {
	page := sharedPage{Page: r.Page("shared.title")}
	var err error
	if page.List, page.More, err = p.Consent.SharedWithUs(r.Context(), r.Actor); err != nil {
		return web.Answer{}, err
	}
	n, err := p.names(r)
	if err != nil {
		return web.Answer{}, err
	}
	var waits []enquiry.Waiting
	var news []practice.Version
	err = p.Org.Store.Read(r.Context(), func(tx *store.Tx) (err error) {
		if waits, err = enquiry.Open(r.Context(), tx, r.Actor, access.ForCollaboration, mostShared); err != nil {
			return err
		}
		if news, err = practice.Newer(r.Context(), tx, r.Actor, consent.UnitsOf(page.List)...); err != nil {
			return err
		}
		page.Ours, err = plan.OurMeasures(r.Context(), tx, r.Actor, mostShared)
		return err
	})
	page.fill(r, n, waits)
	page.Lines = append(page.Lines, practiceNews(r, n, news)...)
	return web.Show(sharedView(page)), err
}

// fill parts what waits for the reader's unit from what it waits for.
func (p *sharedPage) fill(r *web.Request, n org.Names, waits []enquiry.Waiting) {
	us := r.Actor.Unit()
	for _, w := range waits {
		href := sharedPersonPath(w.Person)
		if w.To != us {
			p.Waits = append(p.Waits, waitFor(r.L, n.Unit(us), n.Unit(w.To), w, href))
			continue
		}
		at := w.Asked.Date()
		x := ui.Line{When: ago(r.L, at, r.Actor.Today()), Who: ui.Link{Text: w.Name, Href: href}, What: r.L.T(waitKey(w, "shared.asked", "enquiry.task.shared")), Why: asker(r.L, n, w)}
		if at < r.Actor.Today() {
			x.Since = r.L.T("today.since", r.L.Short(at))
		}
		x.Do = append(x.Do, ui.Button{Text: r.L.T("today.answer"), Href: href + "#q-" + w.ID.String(), Size: "sm", Label: r.L.List(r.L.T("today.answer"), w.Name)})
		p.Lines = append(p.Lines, x)
	}
}

// sharedPerson is what the reader's agency may see of somebody, part by part.
type sharedPerson struct {
	together.View
	ID     id.Person
	Who    person.Person // those parts that are shared
	Parts  access.Category
	Rest   access.Category // shared, with nothing of its own on the page
	Ground access.Ground

	Statements []statement.Statement // handed to the reader's branch
	Parties    []org.Party
}

// sharedNeed is what the page shows of what somebody has said yes to.
const sharedNeed = consent.Shown

func (p *Pages) sharedPerson(r *web.Request) (page sharedPerson, err error) {
	who, err := r.Person()
	if err != nil {
		return page, err
	}
	n, err := p.names(r)
	if err != nil {
		return page, err
	}
	if err := p.Org.Store.Read(r.Context(), func(tx *store.Tx) error { return page.read(r, tx, who) }); err != nil {
		return page, err
	}
	page.ID, page.Names, page.Me, page.Person = who, n, r.Actor.Unit(), page.Who.Given
	page.Page, page.At = r.Titled(page.Who.Name()), func(part string) string { return sharedPersonPath(who) + "/fraga" + part }
	return page, nil
}

func (p *Pages) getSharedPerson(r *web.Request) (web.Answer, error) {
	page, err := p.sharedPerson(r)
	return web.Show(sharedPersonView(page)), err
}

func (p *sharedPerson) read(r *web.Request, tx *store.Tx, who id.Person) error {
	*p = sharedPerson{}
	list, rest, err := consent.Parts(r.Context(), tx, r.Actor, who)
	if err != nil {
		return err
	}
	p.Rest = rest
	if p.Parties, err = org.Parties(r.Context(), tx, r.Actor); err != nil {
		return err
	}
	for _, part := range list {
		p.Parts |= part.Category
		p.Ground = max(p.Ground, part.Access.Ground())
		switch part.Category {
		case access.Plan:
			p.View.View, err = enquiry.Of(r.Context(), tx, r.Actor, part.Access)
		case access.Attendance:
			p.Statements, err = statement.Given(r.Context(), tx, r.Actor, part.Access)
		default:
			err = person.Read(r.Context(), tx, r.Actor, part.Access, &p.Who)
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// given is one of the statements, to be shown.
func (p sharedPerson) given(s statement.Statement) hours.View {
	return hours.View{Statement: s, Page: p.Page, Parties: p.Parties}
}

// May tells whether the part is shared.
func (p sharedPerson) May(c access.Category) bool { return p.Parts&c != 0 }

// writes tells whether the reader's agency may write a measure: by the person's yes, in a plan that is worked in.
func (p sharedPerson) writes() bool {
	return p.Ground == access.ByConsent && p.May(access.Plan) && p.Plan.Living()
}

func (p *Pages) postAskShared(r *web.Request) (web.Answer, error) {
	who, err := r.Person()
	if err != nil {
		return web.Answer{}, err
	}
	f := together.Asked(r)
	if _, err = p.Enquiry.Ask(r.Context(), r.Actor, who, f); err == nil {
		return web.Saved(sharedPersonPath(who), "enquiry.saved"), nil
	}
	return p.sharedAgain(r, err, func(v *together.View) { v.Typed = f })
}

func (p *Pages) postReplyShared(r *web.Request) (web.Answer, error) {
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
			return web.Saved(sharedPersonPath(who), "enquiry.taken.saved"), nil
		}
		return p.sharedAgain(r, err, func(*together.View) {})
	}
	if err = p.Enquiry.Reply(r.Context(), r.Actor, who, e, r.Form.Version(), words); err == nil {
		return web.Saved(sharedPersonPath(who), "enquiry.replied"), nil
	}
	return p.sharedAgain(r, err, func(v *together.View) { v.ReplyTo, v.Reply = e, words })
}

// sharedAgain shows the page with what was typed.
func (p *Pages) sharedAgain(r *web.Request, cause error, typed func(*together.View)) (web.Answer, error) {
	faults := fault.Fields(cause)
	if faults == nil && !errors.Is(cause, fault.Stale) {
		return web.Answer{}, cause
	}
	page, err := p.sharedPerson(r)
	if err != nil {
		return web.Answer{}, err
	}
	typed(&page.View)
	page.Faults, page.Failed = faults, true
	return again(sharedPersonView(page), faults), nil
}
