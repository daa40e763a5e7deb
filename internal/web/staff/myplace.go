package staff

import (
	"errors"
	"slices"

	"sluss/internal/access"
	"sluss/internal/comment"
	"sluss/internal/fault"
	"sluss/internal/i18n"
	"sluss/internal/id"
	"sluss/internal/myplace"
	"sluss/internal/org"
	"sluss/internal/person"
	"sluss/internal/plan"
	"sluss/internal/web"
	"sluss/internal/web/ui"
)

// myPlacePage is what is agreed about somebody's place: to read, to write at the table, or to type in from paper.
type myPlacePage struct {
	ui.Page
	myplace.View
	Who    id.Person
	R      *web.Request
	Tabs   []ui.Tab
	Names  org.Names
	Form   myplace.Form // as stored, or as typed where the form comes back
	On     string       // as typed
	Faults fault.Form
	Stored []ui.Fact // what somebody else has written meanwhile
	Voice  voice
}

func (p *Pages) myPlacePage(r *web.Request, act access.Action) (page myPlacePage, err error) {
	if page.Who, err = r.Person(); err != nil {
		return page, err
	}
	if page.View, err = p.MyPlace.Open(r.Context(), r.Actor, page.Who, act); err != nil {
		return page, err
	}
	if page.Names, err = p.names(r); err != nil {
		return page, err
	}
	page.R, page.Page, page.Tabs = r, r.Titled(page.Person.Name()), personTabs(r, page.Who)
	page.Form = myplace.Form{Words: page.Place.Words, Version: page.Place.Version, Lang: page.lang()}
	return page, nil
}

// lang is the language that the words are in: as they were written, else the person's own.
func (p myPlacePage) lang() string {
	switch {
	case p.Place.Lang != "":
		return p.Place.Lang
	case slices.Contains(person.Written, p.Person.Language):
		return p.Person.Language
	default:
		return "other"
	}
}

// path is a page of somebody's place; one at the table keeps the language that staff came with.
func (p myPlacePage) path(part string) string {
	path := personPath(p.Who, "/min-plats"+part)
	if from := p.R.URL.Query().Get("fran"); atTable(p.R) && i18n.Known(from) {
		path += "?fran=" + from
	}
	return path
}

// table leads to the screen for two, in the person's language where there are texts in it.
func (p myPlacePage) table() string {
	path := personPath(p.Who, "/min-plats/bordet") + "?fran=" + p.L.Tag
	if i18n.Known(p.Person.Language) {
		path += "&lang=" + p.Person.Language
	}
	return path
}

// desk is the way back from the table, in the language that staff came with.
func (p myPlacePage) desk() string {
	path := personPath(p.Who, "/min-plats")
	if from := p.R.URL.Query().Get("fran"); i18n.Known(from) {
		path += "?lang=" + from
	}
	return path
}

func (p myPlacePage) promise() promise { return promise{p.View.Promise, p.Coach} }

// said tells who wrote a version down, when, and how it was given.
func (p myPlacePage) said(x myplace.Place) string {
	return p.L.T("myplace.said", postName(p.L, p.Names, x.Post), x.On, p.L.T("plan.how."+string(x.How)))
}

// led are the adaptations that whoever leads an activity gets to know.
func (p myPlacePage) led() []myplace.Adaptation {
	return slices.DeleteFunc(slices.Clone(p.Adapted), func(a myplace.Adaptation) bool {
		return !a.Leader || a.Answer != myplace.Yes && a.Answer != myplace.Instead
	})
}

func (p *Pages) getMyPlace(r *web.Request) (web.Answer, error) {
	page, err := p.myPlacePage(r, access.Read)
	if err != nil {
		return web.Answer{}, err
	}
	page.Voice, err = p.saidOf(r, page.Who, page.Person.Given, comment.Adaptation)
	return web.Show(myPlaceView(page)), err
}

func (p *Pages) getPlaceTable(r *web.Request) (web.Answer, error) {
	page, err := p.myPlaceForm(r)
	if err != nil {
		return web.Answer{}, err
	}
	return web.Show(placeWrite(page)), nil
}

func (p *Pages) getPlaceTyped(r *web.Request) (web.Answer, error) {
	page, err := p.myPlaceForm(r)
	if err != nil {
		return web.Answer{}, err
	}
	page.Form.Words, page.Title = myplace.Words{}, r.L.T("plan.typed.title")
	return web.Show(placeWrite(page)), nil
}

// myPlaceForm is the page where the words are written.
func (p *Pages) myPlaceForm(r *web.Request) (myPlacePage, error) {
	page, err := p.myPlacePage(r, access.Read)
	if err == nil && !page.View.On() {
		err = fault.Missing
	}
	page.Title = r.L.T("myplace.tab")
	return page, err
}

// postPlace saves what is written at the table, or typed in from paper.
func (p *Pages) postPlace(r *web.Request) (web.Answer, error) {
	page, err := p.myPlacePage(r, access.Read)
	if err != nil {
		return web.Answer{}, err
	}
	f := myplace.Form{Words: myplace.Words{Helps: r.Form.Text("helps"), Touch: r.Form.Text("touch"), Reach: r.Form.Text("reach")},
		Version: r.Form.Version(), Lang: r.Form.Raw("lang"), How: plan.AtTable}
	if !atTable(r) {
		f.How, f.On = plan.OnPaper, r.Form.Date("on")
		if r.Form.Raw("on") == "" {
			r.Form.Faults.Add("on", "plan.typed.on.needed")
		}
	}
	if err = r.Form.Faults.Err(); err == nil {
		err = p.MyPlace.Write(r.Context(), r.Actor, page.Who, f)
	}
	switch {
	case err == nil && atTable(r):
		return web.Saved(page.path("/bordet"), "myplace.saved"), nil
	case err == nil:
		return web.Saved(page.path(""), "myplace.saved"), nil
	}
	return page.again(r, f, err)
}

func (p myPlacePage) again(r *web.Request, f myplace.Form, cause error) (web.Answer, error) {
	faults, stale := fault.Fields(cause), errors.Is(cause, fault.Stale)
	if len(faults) == 0 && !stale {
		return web.Answer{}, cause
	}
	p.Title = r.L.T("myplace.tab")
	p.Form, p.On, p.Faults, p.Failed = f, r.Form.Raw("on"), faults, true
	if !stale {
		return web.Again(placeWrite(p)), nil
	}
	p.Form.Version = p.Place.Version
	p.Stored = []ui.Fact{{Term: r.L.T("myplace.helps"), Text: p.Place.Helps}, {Term: r.L.T("myplace.touch"), Text: p.Place.Touch},
		{Term: r.L.T("myplace.reach"), Text: p.Place.Reach}}
	return web.Differs(placeWrite(p)), nil
}

// placePaper is what is agreed on one sheet, or a form to fill in by hand, in Swedish and in the person's language.
type placePaper struct {
	myPlacePage
	Sv    *i18n.Lang
	Other *i18n.Lang // nil where there are no texts in the person's language, or it is Swedish
	Blank bool
}

func (p *Pages) getPlacePaper(r *web.Request) (web.Answer, error) {
	page, err := p.myPlacePage(r, access.Export)
	if err != nil {
		return web.Answer{}, err
	}
	sheet := placePaper{myPlacePage: page, Sv: i18n.Get("sv"), Blank: r.URL.Path == page.path("/blankett")}
	if i18n.Known(page.Person.Language) && page.Person.Language != "sv" {
		sheet.Other = i18n.Get(page.Person.Language)
	}
	sheet.L, sheet.Title = sheet.Sv, sheet.Sv.T("myplace.tab")
	sheet.Stamp = sheet.Sv.Date(r.Actor.Today())
	return web.Show(placeSheet(sheet)), nil
}
