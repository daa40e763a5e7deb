package staff

import (
	"sluss/internal/access"
	"sluss/internal/fault"
	"sluss/internal/id"
	"sluss/internal/org"
	"sluss/internal/person"
	"sluss/internal/reading"
	"sluss/internal/store"
	"sluss/internal/web"
	"sluss/internal/web/readlog"
	"sluss/internal/web/ui"
)

// getReadings shows who has read about somebody, to be read together at the table. Opening it is itself a reading.
func (p *Pages) getReadings(r *web.Request) (web.Answer, error) {
	who, err := r.Person()
	if err != nil {
		return web.Answer{}, err
	}
	asked, err := readlog.Asked(r)
	if err != nil {
		return web.Answer{}, err
	}
	var log reading.Log
	var about person.Person
	err = p.Org.Store.Read(r.Context(), func(tx *store.Tx) error {
		var a access.Access
		var err error
		if about, a, err = person.Open(r.Context(), tx, r.Actor, who, access.Identity, access.Read, access.ForTogether); err != nil {
			return err
		}
		log, err = reading.Of(r.Context(), tx, r.Actor, a, asked)
		return err
	})
	if err != nil {
		return web.Answer{}, err
	}
	view := readlog.View{Page: r.Page("reading.together"), Log: log, Asked: asked, Path: personPath(who, "/lasningar"), Table: true}
	if asked.Paper {
		view.Stamp = r.L.Date(r.Actor.Today())
		return web.Show(readlog.Paper(view)), nil
	}
	return web.Show(readingsView(view, personPath(who, ""), about.Name())), nil
}

// delayPage is where a head decides that readings are shown to the person later.
type delayPage struct {
	ui.Page
	reading.Delays
	Path   string
	Names  org.Names
	Form   reading.DelayForm
	Faults fault.Form
}

func (p *Pages) getDelays(r *web.Request) (web.Answer, error) {
	page, err := p.delayPage(r)
	return web.Show(delayView(page)), err
}

func (p *Pages) delayPage(r *web.Request) (page delayPage, err error) {
	who, err := r.Person()
	if err != nil {
		return page, err
	}
	if page.Delays, err = p.Reading.Delays(r.Context(), r.Actor, who); err != nil {
		return page, err
	}
	page.Names, err = p.names(r)
	page.Page, page.Path = r.Page("reading.delay.title"), personPath(who, "/lasningar/senare")
	return page, err
}

func (p *Pages) postDelay(r *web.Request) (web.Answer, error) {
	who, err := r.Person()
	if err != nil {
		return web.Answer{}, err
	}
	f := reading.DelayForm{From: r.Form.Date("from"), To: r.Form.Date("to"), Until: r.Form.Date("until"), Why: r.Form.Text("why")}
	var post id.Post
	if post.UnmarshalText([]byte(r.Form.Raw("post"))) == nil {
		f.Post = post
	}
	faults := r.Form.Faults
	if len(faults) == 0 {
		err := p.Reading.Delay(r.Context(), r.Actor, who, f)
		if faults = fault.Fields(err); faults == nil {
			return web.Saved(personPath(who, "/lasningar/senare"), "reading.delay.saved"), err
		}
	}
	page, err := p.delayPage(r)
	page.Form, page.Faults, page.Failed = f, faults, true
	return web.Again(delayView(page)), err
}

// readers are whose readings there may be.
func (p delayPage) readers() []ui.Option {
	list := make([]ui.Option, 0, len(p.Readers))
	for _, o := range p.Readers {
		list = append(list, ui.Option{Value: o.ID.String(), Text: p.L.List(o.Name, p.Names.Unit(o.Unit))})
	}
	return list
}

func (p delayPage) line(d reading.Delayed) string {
	return p.L.T("reading.delay.line", p.Names.Post(d.Post).Name, d.From, d.To, d.Until)
}
