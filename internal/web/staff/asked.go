package staff

import (
	"slices"
	"strings"

	"github.com/a-h/templ"

	"sluss/internal/access"
	"sluss/internal/application"
	"sluss/internal/course"
	"sluss/internal/fault"
	"sluss/internal/person"
	"sluss/internal/referral"
	"sluss/internal/store"
	"sluss/internal/web"
	"sluss/internal/web/ui"
)

const applications = "/arbete/anmalan"

// askedPage is those who have asked on the pages for everybody and wait for an answer.
type askedPage struct {
	ui.Page
	Waiting, Done []application.Application
}

func (p *Pages) getAsked(r *web.Request) (web.Answer, error) {
	page := askedPage{Page: r.Page("application.title")}
	var err error
	page.Waiting, page.Done, err = p.Asked.List(r.Context(), r.Actor)
	return web.Show(askedView(page)), err
}

// applicationPage is one who has asked, with the form that puts the person in the queue.
type applicationPage struct {
	ui.Page
	personFields
	App    application.Application
	About  course.Course // what they want to know more of; without an id for nothing
	Kind   string
	Reason string
	Wish   string
	Alike  []person.Hit
	Known  []ui.Link // who it turned out to be
	Faults fault.Form
}

func (p *Pages) applicationPage(r *web.Request) (applicationPage, error) {
	page := applicationPage{Page: r.Page("application.title")}
	a, err := applicationID(r)
	if err != nil {
		return page, err
	}
	if page.App, err = p.Asked.Open(r.Context(), r.Actor, a); err != nil {
		return page, err
	}
	err = p.Org.Store.Read(r.Context(), func(tx *store.Tx) error {
		list, err := course.CoursesOf(r.Context(), tx, r.Actor.Area(), r.Actor.Unit())
		if i := slices.IndexFunc(list, func(c course.Course) bool { return c.ID == page.App.Course }); i >= 0 {
			page.About = list[i]
		}
		return err
	})
	if x := page.App; x.Name != "" {
		page.Title = x.Name
	} else {
		page.Title = r.L.T("application.kind." + string(x.Kind))
	}
	return page, err
}

func applicationID(r *web.Request) (a application.ID, err error) {
	if a.UnmarshalText([]byte(r.PathValue("application"))) != nil {
		err = fault.Missing
	}
	return a, err
}

// fill is the form as the application fills it.
func (p applicationPage) fill() applicationPage {
	x := p.App
	given, family := x.Name, ""
	if at := strings.LastIndexByte(x.Name, ' '); at > 0 {
		given, family = x.Name[:at], x.Name[at+1:]
	}
	p.personFields = personFields{Given: given, Family: family, Phone: x.Phone, Email: x.Email, ReachWhen: x.When, Language: x.Language,
		Interpreter: x.Interpreter, Reach: "phone"}
	if x.Phone == "" && x.Email != "" {
		p.Reach = "email"
	}
	p.Kind, p.Wish = string(referral.Own), x.Wish
	switch x.Kind {
	case application.Refer:
		p.Kind = string(referral.Remiss)
	case application.Sent:
		p.Number, p.Kind, p.Reason = x.Number, string(x.As), x.Reason
	}
	return p
}

// kinds are how the person may come: one whom a system refers is asked for or demanded, and others came by themselves or were helped.
func (p applicationPage) kinds() []string {
	if p.App.Kind == application.Sent {
		return []string{string(referral.Remiss), string(referral.Anvisad)}
	}
	return []string{string(referral.Own), string(referral.Remiss), string(referral.Outreach)}
}

func (p *Pages) getApplication(r *web.Request) (web.Answer, error) {
	page, err := p.applicationPage(r)
	return web.Show(applicationView(page.fill())), err
}

// postAccept puts the person in the queue: searched for first, then made.
func (p *Pages) postAccept(r *web.Request) (web.Answer, error) {
	page, err := p.applicationPage(r)
	if err != nil {
		return web.Answer{}, err
	}
	f := r.Form
	typed, who := readPerson(r)
	page.personFields, page.Kind, page.Reason, page.Wish = typed, f.Raw("kind"), f.Raw("reason"), f.Raw("wish")
	form := referral.Form{Person: who, Kind: referral.Kind(f.Choice("kind", page.kinds()...)),
		Reason: oneOf(f, "reason", referral.Reasons...), Words: referral.Words{Sender: by(page.App), Why: page.App.Why, Wish: f.Text("wish")}}
	faults := f.Faults
	if len(faults) == 0 && !f.Bool("another") && who.Number.IsZero() {
		if page.Alike, err = p.Person.Namesakes(r.Context(), r.Actor, who.Identity); err != nil {
			return web.Answer{}, err
		}
	}
	if len(faults) == 0 && len(page.Alike) == 0 {
		who, err := p.Asked.Accept(r.Context(), r.Actor, page.App.ID, f.Version(), form)
		if err == nil {
			return web.Saved(personPath(who, ""), "application.accepted"), nil
		}
		if fault.Is(err, fault.Conflict) && who != 0 {
			page.Known = []ui.Link{{Text: r.L.T("application.known.open"), Href: personPath(who, "")}}
			return web.Again(applicationView(page)), nil
		}
		if faults = fault.Fields(err); faults == nil {
			return web.Answer{}, err
		}
	}
	page.Failed, page.Faults = len(faults) > 0, inOrder(faults, newFields)
	return web.Again(applicationView(page)), nil
}

// by is who referred, in one line.
func by(a application.Application) string {
	s := a.By
	for _, x := range []string{a.ByRole, a.ByReach} {
		if x != "" {
			s += ", " + x
		}
	}
	return s
}

// settle runs one of the verbs that answer an application without a place in the queue.
func (p *Pages) settle(r *web.Request, saved string, f func(a application.ID, version int) error) (web.Answer, error) {
	a, err := applicationID(r)
	if err != nil {
		return web.Answer{}, err
	}
	return web.Saved(applications, saved), f(a, r.Form.Version())
}

func (p *Pages) postAnswered(r *web.Request) (web.Answer, error) {
	return p.settle(r, "application.answered", func(a application.ID, v int) error { return p.Asked.Answer(r.Context(), r.Actor, a, v) })
}

func (p *Pages) postDiscard(r *web.Request) (web.Answer, error) {
	return p.settle(r, "application.discarded", func(a application.ID, v int) error { return p.Asked.Discard(r.Context(), r.Actor, a, v) })
}

func (p *Pages) postReopenAsked(r *web.Request) (web.Answer, error) {
	return p.settle(r, "application.reopened", func(a application.ID, v int) error { return p.Asked.Reopen(r.Context(), r.Actor, a, v) })
}

// askedLines is one line for all who wait for an answer: who they are stands on their own page.
func (m *morning) askedLines(r *web.Request) []todo {
	if m.asked.N == 0 || r.Actor.Role() == access.Reception {
		return nil
	}
	return []todo{{since: m.asked.First, line: ui.Line{Who: ui.Link{Text: r.L.T("application.today", m.asked.N), Href: applications}, What: "",
		Do: []templ.Component{ui.Button{Text: r.L.T("application.today.do"), Href: applications, Variant: "secondary", Size: "sm"}}}}}
}
