package staff

import (
	"strings"

	"sluss/internal/access"
	"sluss/internal/fault"
	"sluss/internal/id"
	"sluss/internal/org"
	"sluss/internal/web"
	"sluss/internal/web/ui"
)

// hirePage is the form by which somebody gets a post at the unit.
type hirePage struct {
	ui.Page
	N      org.Newcomer
	Role   string
	Spoken string // the languages, as typed
	Faults fault.Form
}

func (p *Pages) getHire(r *web.Request) (web.Answer, error) {
	if r.Actor.Role() != access.Head {
		return web.Answer{}, fault.New(fault.Forbidden, "fault.role")
	}
	return web.Show(hireView(hirePage{Page: r.Page("hire.title"), Role: "coach", Spoken: "sv"})), nil
}

func (p *Pages) postHire(r *web.Request) (web.Answer, error) {
	f := r.Form
	n := org.Newcomer{Name: f.Line("name"), Email: f.Line("email"), Title: f.Line("title"), Phone: f.Line("phone"),
		Languages: strings.FieldsFunc(strings.ToLower(f.Line("languages")), func(c rune) bool { return c == ',' || c == ' ' })}
	n.Role, _ = org.RoleNamed(f.Choice("role", org.Roles[1:access.Officer]...))
	faults := f.Faults
	if len(faults) == 0 {
		post, err := p.Org.Hire(r.Context(), r.Actor, n)
		if err == nil {
			return web.Saved(colleaguePath(post.ID), "hire.saved"), nil
		}
		if faults = fault.Fields(err); faults == nil {
			return web.Answer{}, err
		}
	}
	page := hirePage{Page: r.Page("hire.title"), N: n, Role: f.Raw("role"), Spoken: f.Raw("languages"), Faults: faults}
	page.Failed = true
	return web.Again(hireView(page)), nil
}

func colleaguePath(post id.Post) string { return operation + "/kollega/" + post.String() }

// colleaguePage is one colleague for the head: to invite, or to end the post of.
type colleaguePage struct {
	ui.Page
	C    org.Colleague
	Self bool
	Link string // an invitation made just now, shown this once
	// Answers: it is this colleague who answers what people wonder about readings.
	Answers bool
}

// colleaguePost reads {post} in the address.
func colleaguePost(r *web.Request) (post id.Post, err error) {
	if post.UnmarshalText([]byte(r.PathValue("post"))) != nil {
		return 0, fault.Missing
	}
	return post, nil
}

func (p *Pages) colleague(r *web.Request) (colleaguePage, error) {
	post, err := colleaguePost(r)
	if err != nil {
		return colleaguePage{}, err
	}
	c, err := p.Org.Colleague(r.Context(), r.Actor, post)
	if err != nil {
		return colleaguePage{}, err
	}
	set, err := p.settings(r)
	return colleaguePage{Page: r.Titled(c.Name), C: c, Self: post == r.Actor.Post(), Answers: set.Reviewer == post}, err
}

func (p *Pages) getColleague(r *web.Request) (web.Answer, error) {
	page, err := p.colleague(r)
	return web.Show(colleagueView(page)), err
}

func (p *Pages) postColleagueInvite(r *web.Request) (web.Answer, error) {
	page, err := p.colleague(r)
	if err != nil {
		return web.Answer{}, err
	}
	page.Link, err = p.Signin.InviteColleague(r.Context(), r.Actor, page.C.ID)
	return web.Show(colleagueView(page)), err
}

// postColleagueName decides whether participants see the colleague's name, or the role alone.
func (p *Pages) postColleagueName(r *web.Request) (web.Answer, error) {
	post, err := colleaguePost(r)
	if err != nil {
		return web.Answer{}, err
	}
	if r.Form.Bool("show") {
		return web.Saved(colleaguePath(post), "colleague.shown"), p.Org.ShowName(r.Context(), r.Actor, post)
	}
	return web.Saved(colleaguePath(post), "colleague.hidden"), p.Org.HideName(r.Context(), r.Actor, post, r.Form.Raw("why"))
}

func (p *Pages) postColleagueEnd(r *web.Request) (web.Answer, error) {
	post, err := colleaguePost(r)
	if err != nil {
		return web.Answer{}, err
	}
	return web.Saved(operation, "colleague.ended"), p.Org.EndColleague(r.Context(), r.Actor, post)
}

func roleOptions(p ui.Page) []ui.Option {
	var list []ui.Option
	for _, name := range org.Roles[1:access.Officer] {
		list = append(list, ui.Option{Value: name, Text: p.L.T("role." + name), Good: p.L.T("role." + name + ".good")})
	}
	return list
}
