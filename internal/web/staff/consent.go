package staff

import (
	"strconv"
	"strings"

	"sluss/internal/access"
	"sluss/internal/clock"
	"sluss/internal/comment"
	"sluss/internal/consent"
	"sluss/internal/fault"
	"sluss/internal/i18n"
	"sluss/internal/id"
	"sluss/internal/org"
	"sluss/internal/web"
	"sluss/internal/web/acts"
	"sluss/internal/web/ui"
)

// consentPage is what other agencies may see of somebody, and by what right.
type consentPage struct {
	ui.Page
	consent.View
	Who   id.Person
	Tabs  []ui.Tab
	Today clock.Date
	Names org.Names
	Head  bool   // who writes down what laws give
	Phone string // of the unit
	One   consent.Shared
	Sv    *i18n.Lang
	Typed consent.Form
	Parts []string // as typed
	Fault fault.Form
	Voice voice // of what laws give
}

const consentNeed = consent.Need

func (p *Pages) consentPage(r *web.Request) (page consentPage, err error) {
	if page.Who, err = r.Person(); err != nil {
		return page, err
	}
	if page.View, err = p.Consent.Open(r.Context(), r.Actor, page.Who); err != nil {
		return page, err
	}
	if page.Names, err = p.names(r); err != nil {
		return page, err
	}
	page.Page, page.Tabs, page.Today, page.Sv = r.Titled(page.Person.Name()), personTabs(r, page.Who), r.Actor.Today(), i18n.Get("sv")
	page.Head = r.Actor.Role() == access.Head
	for _, u := range page.Names.Units {
		if u.ID == r.Actor.Unit() {
			page.Phone = u.Phone
		}
	}
	return page, nil
}

// consentWith is consentPage for the one agency in the address.
func (p *Pages) consentWith(r *web.Request) (consentPage, error) {
	page, err := p.consentPage(r)
	if err != nil {
		return page, err
	}
	z, err := acts.ZoneIn(r)
	if err != nil {
		return page, err
	}
	one, ok := page.Party(z)
	if !ok {
		return page, fault.Missing
	}
	page.One = one
	page.Typed = consent.Form{Zone: z, Purpose: consent.Purposes[0], Months: consent.Longest, How: consent.AtTable}
	return page, nil
}

func (p consentPage) at(part string) string { return personPath(p.Who, part+p.One.ID.String()) }

// called names an agency with its branch, as one: its comma keeps its place among words from the right.
func called(l *i18n.Lang, s org.Party) string { return l.Apart(s.Called()) }

// parts names categories, in the order of the form.
func parts(l *i18n.Lang, c access.Category) string {
	var list []string
	for _, one := range append([]access.Category{access.Identity}, consent.Categories...) {
		if c&one != 0 {
			list = append(list, l.T("consent.part."+one.String()))
		}
	}
	return l.List(list...)
}

// lastDay says the last day of a span, as people mean it.
func lastDay(l *i18n.Lang, s clock.Span) string { return l.Date(s.To.Add(-1)) }

// past tells how an earlier yes ended.
func (p consentPage) past(c access.Consent) string {
	if c.WithdrawnAt < access.Never {
		return p.L.T("consent.earlier.back", c.Span.From, c.WithdrawnAt.Date())
	}
	return p.L.T("consent.earlier.over", c.Span.From, c.Span.To.Add(-1))
}

// partOptions are the categories that a yes may be about.
func partOptions(l *i18n.Lang) []ui.Option {
	var list []ui.Option
	for _, c := range consent.Categories {
		list = append(list, ui.Option{Value: strconv.Itoa(int(c)), Text: i18n.Capital(l.T("consent.part." + c.String()))})
	}
	return list
}

func monthOptions(l *i18n.Lang) []ui.Option {
	var list []ui.Option
	for _, n := range []int{1, 3, consent.Longest} {
		list = append(list, ui.Option{Value: strconv.Itoa(n), Text: l.T("time.months", n)})
	}
	return list
}

func (p consentPage) witnesses(self id.Post) []ui.Option {
	list := []ui.Option{{Value: "", Text: p.L.T("form.select")}}
	for _, o := range p.Colleagues {
		if o.ID != self {
			list = append(list, ui.Option{Value: o.ID.String(), Text: o.Name})
		}
	}
	return list
}

func (p *Pages) getConsents(r *web.Request) (web.Answer, error) {
	page, err := p.consentPage(r)
	if err == nil {
		page.Voice, err = p.saidOf(r, page.Who, page.Person.Given, comment.Law)
	}
	return web.Show(consentsView(page)), err
}

func (p *Pages) getConsentAsk(r *web.Request) (web.Answer, error) {
	page, err := p.consentWith(r)
	if err != nil {
		return web.Answer{}, err
	}
	return web.Show(consentAskView(page, page.witnesses(r.Actor.Post()))), nil
}

func (p *Pages) postConsentAsk(r *web.Request) (web.Answer, error) {
	who, err := r.Person()
	if err != nil {
		return web.Answer{}, err
	}
	z, err := acts.ZoneIn(r)
	if err != nil {
		return web.Answer{}, err
	}
	f := consentForm(r, z)
	err = p.Consent.Answer(r.Context(), r.Actor, who, f)
	faults := fault.Fields(err)
	switch {
	case err == nil && f.Yes:
		return web.Saved(personPath(who, "/samtycke"), "consent.saved"), nil
	case err == nil:
		return web.Saved(personPath(who, "/bordet"), "consent.saved.no"), nil
	case faults == nil:
		return web.Answer{}, err
	}
	page, err := p.consentWith(r)
	if err != nil {
		return web.Answer{}, err
	}
	page.Typed, page.Fault, page.Failed, page.Parts = f, faults, true, r.Form.All("part")
	return web.Again(consentAskView(page, page.witnesses(r.Actor.Post()))), nil
}

func consentForm(r *web.Request, z access.Zone) consent.Form {
	f := consent.Form{Zone: z, Purpose: r.Form.Raw("purpose"), How: r.Form.Raw("how"), Yes: r.Form.Bool("yes"), Wish: r.Form.Bool("wish"), Lang: r.L.Tag}
	f.Months, _ = strconv.Atoi(r.Form.Raw("months"))
	for _, text := range r.Form.All("part") {
		n, err := strconv.Atoi(text)
		if err == nil {
			f.Categories |= access.Category(n)
		}
	}
	if text := strings.TrimSpace(r.Form.Raw("witness")); text != "" && f.Witness.UnmarshalText([]byte(text)) != nil {
		f.Witness = -1 // nobody's, which check refuses
	}
	return f
}

func (p *Pages) getConsentEnd(r *web.Request) (web.Answer, error) {
	page, err := p.consentWith(r)
	return web.Show(consentEndView(page)), err
}

// postConsentEnd takes a yes back. It reads nothing first: what had been read by then would be read before a right ended.
func (p *Pages) postConsentEnd(r *web.Request) (web.Answer, error) {
	who, err := r.Person()
	if err != nil {
		return web.Answer{}, err
	}
	z, err := acts.ZoneIn(r)
	if err != nil {
		return web.Answer{}, err
	}
	return web.Saved(personPath(who, "/samtycke"), "consent.ended"), p.Consent.Withdraw(r.Context(), r.Actor, who, z, r.Form.Bool("paper"))
}

// getConsentPaper is the slip that the person takes home. It is in Swedish, with how the yes is taken back first.
func (p *Pages) getConsentPaper(r *web.Request) (web.Answer, error) {
	page, err := p.consentWith(r)
	if err == nil && page.One.Yes.ID == 0 {
		err = fault.Missing
	}
	if err != nil {
		return web.Answer{}, err
	}
	page.Stamp = page.L.Date(r.Actor.Today())
	return web.Show(consentPaper(page)), nil
}
