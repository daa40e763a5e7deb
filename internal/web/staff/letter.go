package staff

import (
	"strings"

	"sluss/internal/access"
	"sluss/internal/clock"
	"sluss/internal/fault"
	"sluss/internal/i18n"
	"sluss/internal/id"
	"sluss/internal/org"
	"sluss/internal/signin"
	"sluss/internal/web"
	"sluss/internal/web/ui"
)

const letterNeed = access.Identity | access.Contact

// letterRoutes are about the letter by which a person signs in.
func (p *Pages) letterRoutes() []web.Route {
	read, write := access.Read, access.Write
	at := "/arbete/person/{person}" + signLetter
	return []web.Route{
		{Method: "GET", Pattern: at, Needs: web.OnePerson(letterNeed, read), Handle: p.getLetter},
		{Method: "POST", Pattern: at + "/brev", Needs: web.OnePerson(letterNeed, read, write), Handle: p.postLetter},
		{Method: "POST", Pattern: at + "/kod", Needs: web.OnePerson(letterNeed, read, write), Handle: p.postCode},
		{Method: "POST", Pattern: at + "/ta-bort", Needs: web.OnePerson(letterNeed, write), Handle: p.postTakeBack},
	}
}

const signLetter = "/inloggning"

// letterPage is whether somebody has a letter to sign in with, and what can be done about it.
type letterPage struct {
	ui.Page
	signin.Given
	Who    id.Person
	Tabs   []ui.Tab
	Giver  org.Post
	Lang   string // the language of a new letter
	Code   string // that was made just now; "" for none
	Until  clock.Instant
	Seen   string // as typed
	Faults fault.Form
}

func (p *Pages) letterPage(r *web.Request) (page letterPage, err error) {
	who, err := r.Person()
	if err != nil {
		return page, err
	}
	x, err := p.Person.Open(r.Context(), r.Actor, who, letterNeed, access.ForContact)
	if err != nil {
		return page, err
	}
	given, err := p.Signin.GivenTo(r.Context(), r.Actor, who)
	if err != nil {
		return page, err
	}
	n, err := p.names(r)
	page = letterPage{Page: r.Titled(x.Name()), Given: given, Who: who, Tabs: personTabs(r, who), Giver: n.Post(given.By), Lang: x.Language}
	if !i18n.Known(page.Lang) {
		page.Lang = "sv"
	}
	return page, err
}

func (p *Pages) getLetter(r *web.Request) (web.Answer, error) {
	page, err := p.letterPage(r)
	return web.Show(letterView(page)), err
}

// langs are the languages that a letter can be in.
func (p letterPage) langs() []ui.Option {
	var list []ui.Option
	for _, l := range i18n.All() {
		list = append(list, ui.Option{Value: l.Tag, Text: l.Name})
	}
	return list
}

// letterPaper is a letter to sign in with, in Swedish and beside it in the person's language. It names nobody: who finds it
// does not learn whose it is.
type letterPaper struct {
	ui.Page
	Who    id.Person
	Number string
	Where  string // the address, without what a browser adds itself
	House  org.Unit
	Sides  []*i18n.Lang
	Until  clock.Date
}

// postLetter makes a letter and shows it this once.
func (p *Pages) postLetter(r *web.Request) (web.Answer, error) {
	page, err := p.letterPage(r)
	if err != nil {
		return web.Answer{}, err
	}
	number, err := p.Signin.Give(r.Context(), r.Actor, page.Who)
	if err != nil {
		return web.Answer{}, err
	}
	n, err := p.names(r)
	x := letterPaper{Page: r.Titled(r.L.T("signin.letter.paper")), Who: page.Who, Number: number[:4] + "-" + number[4:], Where: p.Signin.Address(web.OwnDoor),
		Sides: []*i18n.Lang{i18n.Get("sv")}, Until: r.Actor.Now().Add(signin.LetterWaits).Date()}
	if lang := r.Form.Choice("lang", "sv", "en", "ar"); lang != "" && lang != "sv" {
		x.Sides = []*i18n.Lang{i18n.Get(lang), i18n.Get("sv")}
	}
	for _, u := range n.Units {
		if u.ID == r.Actor.Unit() {
			x.House = u
		}
	}
	x.Class = "paper"
	return web.Show(letterSheet(x)), err
}

// postCode makes the code and shows it this once.
func (p *Pages) postCode(r *web.Request) (web.Answer, error) {
	page, err := p.letterPage(r)
	if err != nil {
		return web.Answer{}, err
	}
	page.Seen = r.Form.Raw("seen")
	code, err := p.Signin.Tell(r.Context(), r.Actor, page.Who, page.Seen)
	if page.Faults = fault.Fields(err); page.Faults != nil {
		page.Failed = true
		return web.Again(letterView(page)), nil
	}
	if err != nil {
		return web.Answer{}, err
	}
	page.Told, page.Until = r.Actor.Now(), r.Actor.Now().Add(signin.CodeLasts)
	page.Code = code[:4] + " " + code[4:]
	return web.Show(letterView(page)), nil
}

func (p *Pages) postTakeBack(r *web.Request) (web.Answer, error) {
	who, err := r.Person()
	if err != nil {
		return web.Answer{}, err
	}
	return web.Saved(personPath(who, signLetter), "signin.letter.ended"), p.Signin.TakeBack(r.Context(), r.Actor, who)
}

// shown is an address as it is printed: without what a browser adds itself.
func shown(address string) string { return strings.TrimPrefix(address, "https://") }
