package acts

import (
	"sluss/internal/access"
	"sluss/internal/clock"
	"sluss/internal/comment"
	"sluss/internal/consent"
	"sluss/internal/fault"
	"sluss/internal/i18n"
	"sluss/internal/org"
	"sluss/internal/web"
	"sluss/internal/web/ui"
)

// Consents is what other agencies may see of the person, and by what right.
type Consents struct {
	ui.Page
	At       func(part string) string   // the page's address, and those under it
	Say      func(comment.Thing) string // where one says what one thinks of a decision
	Readings string                     // where the person sees who has read
	Unit     string                     // that the person is with
	List     []consent.Shared
	One      consent.Shared // the one that is taken back
}

// byLaw are those who may see something now without a yes.
func (v Consents) byLaw() (list []consent.Shared) {
	for _, s := range v.List {
		if len(s.Laws) > 0 {
			list = append(list, s)
		}
	}
	return list
}

// ZoneIn reads which agency the address is about.
func ZoneIn(r *web.Request) (z access.Zone, err error) {
	if z.UnmarshalText([]byte(r.PathValue("zone"))) != nil {
		return 0, fault.Missing
	}
	return z, nil
}

// Ending is the page about taking back the yes to the agency in the address; Missing when there is none that holds.
func (v Consents) Ending(r *web.Request) (Consents, error) {
	z, err := ZoneIn(r)
	if err != nil {
		return v, err
	}
	for _, s := range v.List {
		if s.ID == z && s.Yes.ID != 0 {
			v.One = s
			return v, nil
		}
	}
	return v, fault.Missing
}

// Called names an agency with its branch, as one: its comma keeps its place among words from the right.
func Called(l *i18n.Lang, s org.Party) string { return l.Apart(s.Called()) }

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
func past(l *i18n.Lang, c access.Consent) string {
	if c.WithdrawnAt < access.Never {
		return l.T("consent.earlier.back", c.Span.From, c.WithdrawnAt.Date())
	}
	return l.T("consent.earlier.over", c.Span.From, lastDay(c.Span))
}
