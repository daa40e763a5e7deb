package own

import (
	"sluss/internal/access"
	"sluss/internal/clock"
	"sluss/internal/consent"
	"sluss/internal/fault"
	"sluss/internal/i18n"
	"sluss/internal/org"
	"sluss/internal/store"
	"sluss/internal/web"
	"sluss/internal/web/ui"
)

const consents = "/min/samtycken"

// consentsPage is what other agencies may see of the person, and by what right.
type consentsPage struct {
	ui.Page
	around
	List []consent.Shared
	One  consent.Shared // the one in the address
}

func (p *Pages) consentsPage(r *web.Request) (page consentsPage, err error) {
	page.around, err = p.own(r, func(tx *store.Tx, a access.Access) (err error) {
		page.List, err = consent.Own(r.Context(), tx, r.Actor, a)
		return err
	})
	return page, err
}

func (p *Pages) getConsents(r *web.Request) (web.Answer, error) {
	page, err := p.consentsPage(r)
	if err != nil {
		return web.Answer{}, err
	}
	page.Page = p.page(r, page.around, "own.consents")
	return web.Show(consentsView(page)).Refresh(r.Rest()), nil
}

func zoneIn(r *web.Request) (z access.Zone, err error) {
	if z.UnmarshalText([]byte(r.PathValue("zone"))) != nil {
		return 0, fault.Missing
	}
	return z, nil
}

func (p *Pages) getConsentEnd(r *web.Request) (web.Answer, error) {
	z, err := zoneIn(r)
	if err != nil {
		return web.Answer{}, err
	}
	page, err := p.consentsPage(r)
	if err != nil {
		return web.Answer{}, err
	}
	for _, s := range page.List {
		if s.ID == z && s.Yes.ID != 0 {
			page.One = s
		}
	}
	if page.One.ID == 0 {
		return web.Answer{}, fault.Missing
	}
	page.Page = p.page(r, page.around, "own.consent.end.title", called(r.L, page.One.Party))
	return web.Show(consentEndView(page)).Refresh(r.Rest()), nil
}

func (p *Pages) postConsentEnd(r *web.Request) (web.Answer, error) {
	z, err := zoneIn(r)
	if err != nil {
		return web.Answer{}, err
	}
	return web.Saved(consents, "consent.ended"), p.Consent.WithdrawOwn(r.Context(), r.Actor, z)
}

// called names an agency with its branch, as one: its comma keeps its place among words from the right.
func called(l *i18n.Lang, s org.Party) string { return l.Apart(s.Called()) }

// parts names categories as the person reads them, in the order of the form.
func parts(l *i18n.Lang, c access.Category) string {
	var list []string
	for _, one := range append([]access.Category{access.Identity}, consent.Categories...) {
		if c&one != 0 {
			list = append(list, l.T("own.part."+one.String()))
		}
	}
	return l.List(list...)
}

// lastDay is the last day of a span, as people mean it.
func lastDay(s clock.Span) clock.Date { return s.To.Add(-1) }

// past tells how an earlier yes ended.
func (p consentsPage) past(c access.Consent) string {
	if c.WithdrawnAt < access.Never {
		return p.L.T("consent.earlier.back", c.Span.From, c.WithdrawnAt.Date())
	}
	return p.L.T("consent.earlier.over", c.Span.From, lastDay(c.Span))
}
