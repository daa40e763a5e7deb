package staff

import (
	"cmp"
	"strings"

	"sluss/internal/access"
	"sluss/internal/clock"
	"sluss/internal/fault"
	"sluss/internal/org"
	"sluss/internal/signin"
	"sluss/internal/store"
	"sluss/internal/web"
	"sluss/internal/web/ui"
)

// mePage is the worker's own page: who they are here, their passkeys and where they are signed in.
type mePage struct {
	ui.Page
	Post   org.Post
	Posts  []ownPost
	Mine   signin.Mine
	Key    ui.Key
	Called string
	Asides []access.Aside // from whom they stand aside: how and since when, not from whom
	Faults fault.Form
}

func (p *Pages) getMe(r *web.Request) (web.Answer, error) { return p.showMe(r, nil) }

func (p *Pages) showMe(r *web.Request, faults fault.Form) (web.Answer, error) {
	a, page := r.Actor, mePage{Page: r.Page("me.title"), Faults: faults}
	err := p.Org.Store.Read(r.Context(), func(tx *store.Tx) (err error) {
		page.Post, err = org.GetPost(r.Context(), tx, a.Area(), a.Post(), a.Now())
		return err
	})
	if err != nil {
		return web.Answer{}, err
	}
	if page.Posts, err = p.ownPosts(r); err != nil {
		return web.Answer{}, err
	}
	if page.Mine, err = p.Signin.Mine(r.Context(), a, r.Session()); err != nil {
		return web.Answer{}, err
	}
	if page.Asides, err = p.Conflict.Own(r.Context(), a); err != nil {
		return web.Answer{}, err
	}
	c, err := p.Signin.AskMore(r.Context(), a, page.Mine.Worker)
	if err != nil {
		return web.Answer{}, err
	}
	page.Key = ui.Key{Action: "/arbete/jag/nyckel", Kind: "create", Options: c.Options, Button: r.L.T("me.keys.add")}
	answer := web.Show(me(page))
	if page.Failed = len(faults) > 0; page.Failed {
		page.Called = r.Form.Line("called")
		answer = web.Again(me(page))
	}
	return answer.Keep(r, askedMore, c.Cookie, signin.CeremonyLasts), nil
}

func (p *Pages) postKey(r *web.Request) (web.Answer, error) {
	called := r.Form.Line("called")
	if len(r.Form.Faults) > 0 {
		return p.showMe(r, r.Form.Faults)
	}
	session, err := p.Signin.More(r.Context(), r.Actor, r.Session(), r.Kept(askedMore), r.Form.Raw("answer"), cmp.Or(called, device(r.UserAgent())), r.L.Tag)
	if faults := keyFaults(r, err); len(faults) > 0 {
		return p.showMe(r, faults)
	}
	if err != nil {
		return web.Answer{}, err
	}
	return r.Enter(session, "/arbete/jag").Saying("me.keys.added"), nil
}

func (p *Pages) postEndKey(r *web.Request) (web.Answer, error) {
	session, err := p.Signin.EndKey(r.Context(), r.Actor, r.Session(), r.Form.Raw("key"), r.L.Tag)
	if err != nil {
		return web.Answer{}, err
	}
	if session == "" {
		return web.Saved("/arbete/jag", "me.keys.gone"), nil
	}
	return r.Enter(session, "/arbete/jag").Saying("me.keys.ended"), nil
}

func (p *Pages) postEndSession(r *web.Request) (web.Answer, error) {
	err := p.Signin.EndOne(r.Context(), r.Actor, r.Form.Raw("session"))
	return web.Saved("/arbete/jag", "me.sessions.ended"), err
}

func (p *Pages) postEndAll(r *web.Request) (web.Answer, error) {
	if err := p.Signin.EndAll(r.Context(), r.Actor); err != nil {
		return web.Answer{}, err
	}
	return r.SignOut(web.Door)
}

// when writes an instant as day and time.
func when(p ui.Page, at clock.Instant) string {
	return p.L.Short(at.Date()) + " " + p.L.Time(at.LocalTime())
}

// device is what a browser says that it runs on, which is what a passkey is called that its owner gives no name; "" when it does not say.
func device(agent string) string {
	for _, d := range []struct{ says, name string }{{"iPhone", "iPhone"}, {"iPad", "iPad"}, {"Android", "Android"}, {"CrOS", "Chromebook"}, {"Windows", "Windows"},
		{"Macintosh", "Mac"}, {"Linux", "Linux"}} {
		if strings.Contains(agent, d.says) {
			return d.name
		}
	}
	return ""
}

// keyName is what a passkey is called, or that it has no name.
func keyName(p ui.Page, k signin.Key) string {
	if k.Name != "" {
		return k.Name
	}
	return p.L.T("me.keys.nameless")
}
