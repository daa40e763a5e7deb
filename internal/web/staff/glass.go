package staff

import (
	"log/slog"
	"slices"
	"strconv"

	"github.com/a-h/templ"

	"sluss/internal/access"
	"sluss/internal/fault"
	"sluss/internal/glass"
	"sluss/internal/id"
	"sluss/internal/org"
	"sluss/internal/web"
	"sluss/internal/web/ui"
)

const (
	breaking  = "/arbete/bryt"
	reviewing = "/arbete/granskning"
)

// breakPage is the form by which a record is opened in an emergency.
type breakPage struct {
	ui.Page
	Form   glass.Form
	Fresh  bool // the reader has just shown who they are
	Faults fault.Form
}

func (p *Pages) breakPage(r *web.Request) breakPage {
	return breakPage{Page: r.Page("glass.title"), Fresh: r.Fresh()}
}

func (p *Pages) getBreak(r *web.Request) (web.Answer, error) {
	if !mayBreak(r) {
		return web.Answer{}, fault.New(fault.Forbidden, "fault.role")
	}
	return web.Show(breakView(p.breakPage(r))), nil
}

// mayBreak tells whether to offer it.
func mayBreak(r *web.Request) bool { return slices.Contains(glass.Roles, r.Actor.Role()) }

func (p *Pages) postBreak(r *web.Request) (web.Answer, error) {
	page := p.breakPage(r)
	page.Form = glass.Form{Number: r.Form.Line("number"), Reason: r.Form.Raw("reason"), Words: r.Form.Text("words"), Fresh: page.Fresh}
	if !mayBreak(r) {
		return web.Answer{}, fault.New(fault.Forbidden, "fault.role")
	}
	page.Faults = r.Form.Faults
	if len(page.Faults) == 0 {
		who, err := p.Glass.Break(r.Context(), r.Actor, page.Form)
		if page.Faults = fault.Fields(err); page.Faults == nil && err != glass.ErrStale {
			return web.Saved(personPath(who, ""), "glass.saved"), err
		}
	}
	page.Failed = true
	return web.Again(breakView(page)), nil
}

func (p *Pages) postBreakEnd(r *web.Request) (web.Answer, error) {
	var who id.Person
	if who.UnmarshalText([]byte(r.Form.Raw("person"))) != nil {
		return web.Answer{}, fault.Missing
	}
	return web.Saved("/arbete", "glass.ended"), p.Glass.End(r.Context(), r.Actor, who)
}

// opened says on every page about a person whom the reader sees by a broken glass that it is so, and until when.
func (p *Pages) opened(r *web.Request, page *ui.Page) {
	who, err := r.Person()
	if err != nil {
		return
	}
	until, ok, err := p.Glass.Until(r.Context(), r.Actor, who)
	if err != nil {
		slog.ErrorContext(r.Context(), "frame", "error", err)
	} else if ok {
		page.Emergency = ui.Emergency{Text: r.L.T("glass.open", r.L.Time(until.LocalTime())), End: breaking + "/avsluta", Person: who.String()}
	}
}

// reviewsPage is what waits to be looked into, and what has been.
type reviewsPage struct {
	ui.Page
	Names   org.Names
	Waiting []glass.Case
	Done    []glass.Case
}

func (p *Pages) getReviews(r *web.Request) (web.Answer, error) {
	page := reviewsPage{Page: r.Page("glass.review.title")}
	list, err := p.Glass.Mine(r.Context(), r.Actor)
	if err != nil {
		return web.Answer{}, err
	}
	for _, c := range list {
		if c.Waits() {
			page.Waiting = append(page.Waiting, c)
		} else {
			page.Done = append(page.Done, c)
		}
	}
	page.Names, err = p.names(r)
	return web.Show(reviewsView(page)), err
}

// reviewPage is one broken glass before somebody who is to look into it.
type reviewPage struct {
	ui.Page
	Case   glass.Opened
	Names  org.Names
	Path   string
	Judged string // as chosen
	Typed  string
	Faults fault.Form
}

func reviewPath(c glass.Case) string { return reviewing + "/" + c.Who.String() + "/" + c.ID.String() }

func glassOf(r *web.Request) (who id.Person, g access.GlassID, err error) {
	if who, err = r.Person(); err == nil && g.UnmarshalText([]byte(r.PathValue("glass"))) != nil {
		err = fault.Missing
	}
	return who, g, err
}

func (p *Pages) reviewPage(r *web.Request) (page reviewPage, err error) {
	who, g, err := glassOf(r)
	if err != nil {
		return page, err
	}
	if page.Case, err = p.Glass.Case(r.Context(), r.Actor, who, g); err != nil {
		return page, err
	}
	page.Page, page.Path = r.Page("glass.review.one"), reviewPath(page.Case.Case)
	page.Judged, page.Typed = page.Case.Finding, page.Case.Note
	page.Names, err = p.names(r)
	return page, err
}

func (p *Pages) getReview(r *web.Request) (web.Answer, error) {
	page, err := p.reviewPage(r)
	return web.Show(reviewView(page)), err
}

func (p *Pages) postReview(r *web.Request) (web.Answer, error) {
	who, g, err := glassOf(r)
	if err != nil {
		return web.Answer{}, err
	}
	finding, note := r.Form.Raw("finding"), r.Form.Text("note")
	faults := r.Form.Faults
	if len(faults) == 0 {
		err = p.Glass.Judge(r.Context(), r.Actor, who, g, r.Form.Version(), finding, note)
		if faults = fault.Fields(err); faults == nil {
			return web.Saved(reviewing, "glass.review.saved"), err
		}
	}
	page, err := p.reviewPage(r)
	page.Judged, page.Typed, page.Faults, page.Failed = finding, note, faults, true
	return web.Again(reviewView(page)), err
}

// glassLines tell of records that were opened in an emergency: each that waits for the reader's review, and, to the head, that it
// happens so often that people lack what they need.
func (m *morning) glassLines(r *web.Request) (list []todo) {
	for _, c := range m.glasses {
		if !c.Waits() {
			continue
		}
		href, who := reviewPath(c), m.names.Post(c.Post).Name
		list = append(list, todo{since: c.From.Date(), line: ui.Line{Who: ui.Link{Text: r.L.T("today.glass"), Href: href}, What: r.L.T("today.glass.by", who, r.L.T("glass.reason."+c.Reason)),
			Do: []templ.Component{ui.Button{Text: r.L.T("today.glass.do"), Href: href, Variant: "secondary", Size: "sm", Label: r.L.List(r.L.T("today.glass.do"), who)}}}})
	}
	if m.broken > glass.Often {
		list = append(list, todo{since: r.Actor.Today(), line: ui.Line{Who: ui.Link{Text: r.L.T("today.often"), Href: reviewing}, What: r.L.T("today.often.why", m.broken)}})
	}
	return list
}

func (p reviewPage) version() string { return strconv.Itoa(p.Case.Version) }

// by says who broke the glass and when.
func (p reviewsPage) by(c glass.Case) string {
	return p.L.List(postName(p.L, p.Names, c.Post), p.Names.Unit(c.Unit))
}
