package staff

import (
	"cmp"

	"sluss/internal/fault"
	"sluss/internal/id"
	"sluss/internal/org"
	"sluss/internal/signin"
	"sluss/internal/store"
	"sluss/internal/web"
	"sluss/internal/web/ui"
)

// The cookies that hold what the browser must answer, one for each kind of question, so that two open pages do not
// take each other's.
const (
	askedIn     = "passkey-in"
	askedInvite = "passkey-invite"
	askedMore   = "passkey-more"
)

// keyPage is a page with a passkey to make or use, and what went wrong the last time.
type keyPage struct {
	ui.Page
	Key    ui.Key
	Name   string // who the invitation is for
	Again  bool   // older passkeys end
	Called string // what the new passkey is called, as typed
	Faults fault.Form
	// Agencies are those by whose sign-in one can come in.
	Agencies []ui.Link
}

// showDoor shows the page where one signs in with a passkey; faults are those of the try before.
func (p *Pages) showDoor(r *web.Request, faults fault.Form) (web.Answer, error) {
	c, err := p.Signin.AskIn()
	if err != nil {
		return web.Answer{}, err
	}
	page := keyPage{Page: r.Page("door.title"), Faults: faults,
		Key: ui.Key{Action: web.Door, Kind: "get", Options: c.Options, Button: r.L.T("door.do")}}
	page.Path, page.Agencies = web.Door, p.agencies(r, 0, web.Door)
	page.Failed = len(faults) > 0
	a := web.Show(door(page))
	if page.Failed {
		a = web.Again(door(page))
	}
	return a.Keep(r, askedIn, c.Cookie, signin.CeremonyLasts), nil
}

func (p *Pages) postIn(r *web.Request) (web.Answer, error) {
	session, posts, err := p.Signin.In(r.Context(), r.Kept(askedIn), r.Form.Raw("answer"), r.L.Tag)
	if faults := keyFaults(r, err); len(faults) > 0 {
		return p.showDoor(r, faults)
	}
	if err != nil {
		return web.Answer{}, err
	}
	if posts > 1 {
		return r.Enter(session, web.ChoosePost), nil
	}
	return r.Enter(session, "/arbete"), nil
}

// keyFaults gives what the page says of a passkey that was not taken; none for another kind of error.
func keyFaults(r *web.Request, err error) fault.Form {
	f := fault.Of(err)
	switch {
	case f == nil || f.Kind != fault.Forbidden:
		return nil
	case r.Form.Raw("answer") == "":
		return fault.Form{{Kind: fault.Invalid, Key: "passkey.script"}}
	default:
		return fault.Form{{Kind: fault.Invalid, Key: f.Key}}
	}
}

func (p *Pages) getInvite(r *web.Request) (web.Answer, error) { return p.showInvite(r, nil) }

// showInvite shows an invitation. One that cannot be used shows the same page for whatever reason.
func (p *Pages) showInvite(r *web.Request, faults fault.Form) (web.Answer, error) {
	v, err := p.Signin.Invited(r.Context(), r.PathValue("token"))
	if fault.Is(err, fault.NotFound) {
		return overInvite(r), nil
	}
	if err != nil {
		return web.Answer{}, err
	}
	c, err := p.Signin.AskNew(r.Context(), v)
	if err != nil {
		return web.Answer{}, err
	}
	page := keyPage{Page: r.Page("invite.title", v.Name), Name: v.Name, Again: v.Again, Faults: faults,
		Key: ui.Key{Action: r.URL.Path, Kind: "create", Options: c.Options, Button: r.L.T("invite.do")}}
	page.Agencies = p.agencies(r, v.Area, r.URL.Path)
	a := web.Show(invite(page))
	if page.Failed = len(faults) > 0; page.Failed {
		page.Called = r.Form.Line("called")
		a = web.Again(invite(page))
	}
	return a.Keep(r, askedInvite, c.Cookie, signin.CeremonyLasts), nil
}

// overInvite is the one page for every invitation that cannot be used.
func overInvite(r *web.Request) web.Answer {
	r.Actor = nil // the same page also to who is signed in
	page := r.Page("invite.over.title")
	page.Path = web.Door
	return web.Gone(web.Show(inviteOver(page)))
}

func (p *Pages) postInvite(r *web.Request) (web.Answer, error) {
	v, err := p.Signin.Invited(r.Context(), r.PathValue("token"))
	if fault.Is(err, fault.NotFound) {
		return overInvite(r), nil
	}
	if err != nil {
		return web.Answer{}, err
	}
	called := r.Form.Line("called")
	if len(r.Form.Faults) > 0 {
		return p.showInvite(r, r.Form.Faults)
	}
	session, err := p.Signin.Accept(r.Context(), v, r.Kept(askedInvite), r.Form.Raw("answer"), cmp.Or(called, device(r.UserAgent())), r.L.Tag)
	if fault.Is(err, fault.NotFound) {
		return overInvite(r), nil
	}
	if faults := keyFaults(r, err); len(faults) > 0 {
		return p.showInvite(r, faults)
	}
	if err != nil {
		return web.Answer{}, err
	}
	return r.Enter(session, "/arbete"), nil
}

// postsPage is where a worker with several posts says which one they work in now.
type postsPage struct {
	ui.Page
	Posts []ownPost
}

// ownPost is one of the worker's posts.
type ownPost struct {
	ID, Title, Unit string
	Here            bool
}

func (p *Pages) getPosts(r *web.Request) (web.Answer, error) {
	list, err := p.ownPosts(r)
	return web.Show(posts(postsPage{r.Page("posts.title"), list})), err
}

func (p *Pages) ownPosts(r *web.Request) ([]ownPost, error) {
	var list []ownPost
	a := r.Actor
	err := p.Org.Store.Read(r.Context(), func(tx *store.Tx) error {
		me, err := org.GetPost(r.Context(), tx, a.Area(), a.Post(), a.Now())
		if err != nil {
			return err
		}
		all, err := org.PostsOf(r.Context(), tx, a.Area(), me.Worker, a.Now())
		if err != nil {
			return err
		}
		for _, o := range all {
			u, err := org.GetUnit(r.Context(), tx, a.Area(), o.Unit)
			if err != nil {
				return err
			}
			list = append(list, ownPost{o.ID.String(), o.Title, u.Name, o.ID == a.Post()})
		}
		return nil
	})
	return list, err
}

func (p *Pages) postPost(r *web.Request) (web.Answer, error) {
	var post id.Post
	if post.UnmarshalText([]byte(r.Form.Raw("post"))) != nil {
		return web.Answer{}, fault.Missing
	}
	session, err := p.Signin.Switch(r.Context(), r.Actor, r.Session(), post, r.L.Tag)
	if err != nil {
		return web.Answer{}, err
	}
	return r.Enter(session, "/arbete"), nil
}
