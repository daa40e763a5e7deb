package public

import (
	"slices"
	"time"

	"sluss/internal/application"
	"sluss/internal/clock"
	"sluss/internal/course"
	"sluss/internal/fault"
	"sluss/internal/i18n"
	"sluss/internal/person"
	"sluss/internal/store"
	"sluss/internal/web"
	"sluss/internal/web/ui"
)

// askPage is a form for who wants something, with what was typed.
type askPage struct {
	page
	Kind   application.Kind
	Action string
	Typed  application.Words
	Knows  bool
	Faults fault.Form
	Enough string        // the key of why no more is taken just now
	Code   string        // of the outreach that one came by; "" for none
	About  course.Course // what one wants to know more of; without an id for nothing
}

// addresses are where each form stands, titles its heading.
var addresses = map[application.Kind]string{application.Start: "/borja", application.Call: "/ring", application.Refer: "/hjalp",
	application.Report: "/tillganglighet"}

var titles = map[application.Kind]string{application.Start: "public.start", application.Call: "public.call", application.Refer: "public.refer",
	application.Report: "public.access"}

func (p *Pages) askPage(r *web.Request, kind application.Kind) (askPage, error) {
	x, err := p.open(r, titles[kind])
	a := askPage{page: x, Kind: kind, Action: x.at(addresses[kind])}
	a.Typed.Language = r.L.Spoken()
	return a, err
}

func (p *Pages) getAsk(kind application.Kind) web.Handler {
	return func(r *web.Request) (web.Answer, error) {
		x, err := p.askPage(r, kind)
		if err != nil {
			return web.Answer{}, err
		}
		x.Code = r.URL.Query().Get(outreach)
		if x.About, err = p.about(r, x.page, r.URL.Query().Get(about)); err != nil {
			return web.Answer{}, err
		}
		if from := r.URL.Query().Get(spoken); slices.Contains(person.Languages, from) {
			x.Typed.Language, x.Typed.Interpreter = from, true
		}
		p.Site.Visit(x.House, string(kind), r.L.Tag)
		return web.Show(x.view()), nil
	}
}

// forms is how many are taken from one network address.
var forms = web.Rate{Most: 10, Within: 10 * time.Minute}

// trap is the field that only a program fills in.
const trap = "webbplats"

func (p *Pages) postAsk(kind application.Kind) web.Handler {
	return func(r *web.Request) (web.Answer, error) {
		x, err := p.askPage(r, kind)
		if err != nil {
			return web.Answer{}, err
		}
		f := read(r, kind)
		if x.About, err = p.about(r, x.page, r.Form.Raw(about)); err != nil {
			return web.Answer{}, err
		}
		f.Course = x.About.ID
		x.Typed, x.Knows, x.Code = f.Words, f.Knows, r.Form.Raw(outreach)
		faults := r.Form.Faults
		if err := f.Check(); len(faults) == 0 && err != nil {
			faults = fault.Fields(err)
		}
		if len(faults) > 0 {
			x.Failed, x.Faults = true, faults
			return web.Again(x.view()), nil
		}
		if !p.limit.Allow(r.From(), p.Clock.Now(), forms) {
			x.Enough = "public.often"
			return web.Enough(x.view()), nil
		}
		if r.Form.Raw(trap) == "" {
			err = p.Application.Ask(r.Context(), x.House.Area.ID, x.House.Unit.ID, f)
		}
		if err == application.ErrFull {
			x.Enough = "public.full"
			return web.Enough(x.view()), nil
		}
		if err == nil {
			err = p.answered(r, x.page)
		}
		return web.To(x.at("/tack")), err
	}
}

// about is the field, and the part of an address, that says which course somebody wants to know more of.
const about = "kurs"

// about gives the gateway's course of a key, without an id where there is none such: then the form is as for anybody.
func (p *Pages) about(r *web.Request, x page, key string) (c course.Course, err error) {
	if key == "" {
		return c, nil
	}
	err = p.Org.Store.Read(r.Context(), func(tx *store.Tx) error {
		list, err := course.CoursesOf(r.Context(), tx, x.House.Area.ID, x.House.Unit.ID)
		c, _ = course.Offered(list, key)
		return err
	})
	return c, err
}

// read reads a form: one line each, and some words.
func read(r *web.Request, kind application.Kind) application.Form {
	f := r.Form
	a := application.Form{Kind: kind, Press: r.Press(), Knows: f.Bool("knows"), Words: application.Words{Name: f.Line("name"), Phone: f.Line("phone"),
		Email: f.Line("email"), When: f.Line("when"), Interpreter: f.Bool("interpreter"), Wish: f.Text("wish"), Lang: r.L.Tag, By: f.Line("by"),
		ByReach: f.Line("byreach"), ByRole: f.Line("byrole")}}
	if kind != application.Report {
		a.Language = f.Choice("language", person.Languages...)
	}
	return a
}

func (p *Pages) getThanks(r *web.Request) (web.Answer, error) {
	x, err := p.open(r, "public.thanks")
	return web.Show(thanks(x)), err
}

// languages are those one can choose to talk in, those of the pages first.
func languages(l *i18n.Lang) []ui.Option {
	list := make([]ui.Option, len(person.Languages))
	for i, code := range person.Languages {
		list[i] = ui.Option{Value: code, Text: l.T("person.lang." + code)}
	}
	return list
}

// told gives what a form says of a field, in words of its own kind.
func (p askPage) told(key string) string { return p.L.T("public." + string(p.Kind) + "." + key) }

func (p askPage) fault(field string) string { return ui.Fault(p.L, p.Faults, field) }

// spoken asks for the language of whom the form is about.
func (p askPage) spoken() string {
	if p.Kind == application.Refer {
		return p.L.T("public.refer.language")
	}
	return p.L.T("public.language")
}

// accessTried is the day when the pages were last tried as the accessibility statement tells.
const accessTried clock.Date = "2026-11-23"
