package own

import (
	"time"

	"github.com/a-h/templ"

	"sluss/internal/fault"
	"sluss/internal/signin"
	"sluss/internal/web"
	"sluss/internal/web/ui"
)

// What the browser keeps on the way in: the question to a passkey, the letter by which one chooses, and the question for the
// passkey that one chooses.
const (
	askedIn   = "own-in"
	keptWay   = "own-choose"
	askedMake = "own-make"
)

const choosing = web.OwnDoor + "/valj"

// Wrong tries from one network address, which a whole lobby may share; what is right costs nothing. When very many are wrong
// everywhere, each address gets fewer.
var (
	tries   = web.Rate{Most: 30, Within: 10 * time.Minute, Crowd: true}
	guarded = web.Rate{Most: 6, Within: 10 * time.Minute, Crowd: true}
)

func (p *Pages) doorRoutes() []web.Route {
	return []web.Route{
		{Method: "GET", Pattern: web.OwnDoor, Needs: web.Open(), Handle: p.getDoor},
		{Method: "POST", Pattern: web.OwnDoor, Needs: web.Open(), Handle: p.postDoor},
		{Method: "POST", Pattern: web.OwnDoor + "/nyckel", Needs: web.Open(), Handle: p.postKey},
		{Method: "GET", Pattern: choosing, Needs: web.Open(), Handle: p.getChoose},
		{Method: "POST", Pattern: choosing, Needs: web.Open(), Handle: p.postPIN},
		{Method: "POST", Pattern: choosing + "/nyckel", Needs: web.Open(), Handle: p.postNewKey},
	}
}

// doorPage is where a person signs in: with the number of a letter and its secret, or with a passkey.
type doorPage struct {
	ui.Page
	EIDs   []ui.Link
	Key    ui.Key
	Number string
	Shared bool
	Faults fault.Form // of the number and its secret
	NoKey  fault.Form // of the passkey, or the e-identification
}

// byLetter makes the letter's button the first one where there is no e-identification.
func (p doorPage) byLetter() string {
	if len(p.EIDs) > 0 {
		return "secondary"
	}
	return ""
}

func (p *Pages) getDoor(r *web.Request) (web.Answer, error) {
	return p.showDoor(r, doorPage{}, web.Show)
}

// showDoor shows the page with what is told of the try before.
func (p *Pages) showDoor(r *web.Request, page doorPage, as func(templ.Component) web.Answer) (web.Answer, error) {
	c, err := p.Signin.AskInOwn()
	if err != nil {
		return web.Answer{}, err
	}
	page.Page = open(r, "door.in.title")
	page.Path = web.OwnDoor // from which one may have been sent back with a code in the address
	page.Failed, page.EIDs = len(page.Faults)+len(page.NoKey) > 0, p.eids(r)
	page.Key = ui.Key{Action: web.OwnDoor + "/nyckel", Kind: "get", Options: c.Options, Button: r.L.T("door.in.key.do"), Variant: "secondary"}
	return as(door(page)).Keep(r, askedIn, c.Cookie, signin.CeremonyLasts), nil
}

// open begins a page on the way in, which is in the frame of the pages for everybody.
func open(r *web.Request, title string) ui.Page {
	page := r.Page(title)
	page.Class, page.Home = "person", "/"
	return page
}

// postDoor tries a number and a secret. Whatever is wrong is answered alike.
func (p *Pages) postDoor(r *web.Request) (web.Answer, error) {
	page := doorPage{Number: r.Form.Line("number"), Shared: r.Form.Bool("shared")}
	secret := r.Form.Line("secret")
	if page.Faults = r.Form.Faults; len(page.Faults) > 0 {
		return p.showDoor(r, page, web.Again)
	}
	rate := tries
	if p.Signin.OnGuard() {
		rate = guarded
	}
	if !p.limit.Allow(r.From(), p.Clock.Now(), rate) {
		page.Faults.Add("number", "door.in.often")
		return p.showDoor(r, page, web.Enough)
	}
	t, err := p.Signin.Try(r.Context(), page.Number, secret, r.L.Tag, page.Shared)
	if fault.Is(err, fault.Forbidden) {
		page.Faults.Add("number", "door.in.wrong")
		return p.showDoor(r, page, web.Again)
	}
	if err != nil {
		return web.Answer{}, err
	}
	p.limit.Forgive(r.From())
	if t.Choose != "" {
		return web.To(choosing).Keep(r, keptWay, t.Choose, signin.ChooseWithin), nil
	}
	return r.Enter(t.Session, "/min"), nil
}

func (p *Pages) postKey(r *web.Request) (web.Answer, error) {
	session, err := p.Signin.InOwn(r.Context(), r.Kept(askedIn), r.Form.Raw("answer"), r.L.Tag)
	if fault.Is(err, fault.Forbidden) {
		return p.showDoor(r, doorPage{NoKey: keyFault(r)}, web.Again)
	}
	if err != nil {
		return web.Answer{}, err
	}
	return r.Enter(session, "/min"), nil
}

// keyFault is what the page says of a passkey that was not taken.
func keyFault(r *web.Request) fault.Form {
	key := "door.in.key.no"
	if r.Form.Raw("answer") == "" {
		key = "passkey.script"
	}
	return fault.Form{{Kind: fault.Invalid, Key: key}}
}

// choosePage is where one chooses how to sign in from now on.
type choosePage struct {
	ui.Page
	Key    ui.Key
	Shared bool
	Faults fault.Form // of the PIN
	NoKey  fault.Form // of the passkey
}

func (p *Pages) getChoose(r *web.Request) (web.Answer, error) {
	c, err := p.Signin.Choosing(r.Context(), r.Kept(keptWay))
	if err != nil {
		return over(r, err)
	}
	return p.showChoose(r, c, choosePage{}, web.Show)
}

func (p *Pages) showChoose(r *web.Request, c signin.Choosing, page choosePage, as func(templ.Component) web.Answer) (web.Answer, error) {
	page.Page, page.Shared = open(r, "door.choose.title"), c.Shared
	page.Path = choosing
	page.Failed = len(page.Faults)+len(page.NoKey) > 0
	asked, err := p.Signin.AskOwn(c, r.L.T("own.title"))
	if err != nil {
		return web.Answer{}, err
	}
	page.Key = ui.Key{Action: choosing + "/nyckel", Kind: "create", Options: asked.Options, Button: r.L.T("door.choose.key.do")}
	return as(choose(page)).Keep(r, askedMake, asked.Cookie, signin.CeremonyLasts).Refresh(int((signin.ChooseWithin + time.Minute) / time.Second)), nil
}

// over is the one page for every choice that cannot be made.
func over(r *web.Request, err error) (web.Answer, error) {
	if !fault.Is(err, fault.NotFound) {
		return web.Answer{}, err
	}
	page := open(r, "door.choose.over.title")
	page.Path = web.OwnDoor
	return web.Gone(web.Show(chooseOver(page))), nil
}

func (p *Pages) postPIN(r *web.Request) (web.Answer, error) {
	c, err := p.Signin.Choosing(r.Context(), r.Kept(keptWay))
	if err != nil {
		return over(r, err)
	}
	session, err := p.Signin.ChoosePIN(r.Context(), c, r.Form.Raw("pin"), r.Form.Raw("again"), r.L.Tag)
	if faults := fault.Fields(err); len(faults) > 0 {
		return p.showChoose(r, c, choosePage{Faults: faults}, web.Again)
	}
	if err != nil {
		return over(r, err)
	}
	return r.Enter(session, "/min"), nil
}

func (p *Pages) postNewKey(r *web.Request) (web.Answer, error) {
	c, err := p.Signin.Choosing(r.Context(), r.Kept(keptWay))
	if err != nil {
		return over(r, err)
	}
	session, err := p.Signin.ChooseKey(r.Context(), c, r.Kept(askedMake), r.Form.Raw("answer"), r.L.Tag)
	if fault.Is(err, fault.Forbidden) {
		return p.showChoose(r, c, choosePage{NoKey: keyFault(r)}, web.Again)
	}
	if err != nil {
		return over(r, err)
	}
	return r.Enter(session, "/min"), nil
}
