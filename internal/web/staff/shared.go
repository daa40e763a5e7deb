package staff

import (
	"sluss/internal/access"
	"sluss/internal/consent"
	"sluss/internal/id"
	"sluss/internal/org"
	"sluss/internal/person"
	"sluss/internal/plan"
	"sluss/internal/statement"
	"sluss/internal/store"
	"sluss/internal/web"
	"sluss/internal/web/hours"
	"sluss/internal/web/ui"
)

// sharedPage is those who are shared with the reader's agency.
type sharedPage struct {
	ui.Page
	List []consent.With
	More bool
}

func (p *Pages) getShared(r *web.Request) (web.Answer, error) {
	page := sharedPage{Page: r.Page("shared.title")}
	var err error
	page.List, page.More, err = p.Consent.SharedWithUs(r.Context(), r.Actor)
	return web.Show(sharedView(page)), err
}

// sharedPerson is what the reader's agency may see of somebody, part by part.
type sharedPerson struct {
	ui.Page
	Who    person.Person // those parts that are shared
	Plan   plan.Plan
	Names  org.Names
	Parts  access.Category
	Rest   access.Category // shared, with nothing of its own on the page
	Ground access.Ground

	Statements []statement.Statement // handed to the reader's branch
	Parties    []org.Party
}

// sharedNeed is what the page shows of what somebody has said yes to.
const sharedNeed = consent.Shown

func (p *Pages) getSharedPerson(r *web.Request) (web.Answer, error) {
	who, err := r.Person()
	if err != nil {
		return web.Answer{}, err
	}
	page := sharedPerson{}
	err = p.Org.Store.Read(r.Context(), func(tx *store.Tx) error { return page.read(r, tx, who) })
	if err != nil {
		return web.Answer{}, err
	}
	if page.Names, err = p.names(r); err != nil {
		return web.Answer{}, err
	}
	page.Page = r.Titled(page.Who.Name())
	return web.Show(sharedPersonView(page)), nil
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
			p.Plan, err = plan.Outside(r.Context(), tx, r.Actor, part.Access)
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
	return hours.View{Statement: s, L: p.L, Parties: p.Parties}
}

// May tells whether the part is shared.
func (p sharedPerson) May(c access.Category) bool { return p.Parts&c != 0 }
