package staff

import (
	"sluss/internal/access"
	"sluss/internal/conflict"
	"sluss/internal/fault"
	"sluss/internal/id"
	"sluss/internal/org"
	"sluss/internal/web"
	"sluss/internal/web/ui"
)

// conflictPage is where somebody says that they know a person outside work, and where their head sees who stands aside. It shows no
// more of the person than the name.
type conflictPage struct {
	ui.Page
	conflict.View
	Who    id.Person
	Names  org.Names
	Kind   string // as chosen
	Post   string // of the colleague, as chosen
	Faults fault.Form
	SetErr fault.Form
	theirs bool // the reader is another agency's
}

func (p *Pages) conflictPage(r *web.Request) (page conflictPage, err error) {
	if page.Who, err = r.Person(); err != nil {
		return page, err
	}
	if page.View, err = p.Conflict.Open(r.Context(), r.Actor, page.Who); err != nil {
		return page, err
	}
	page.Names, err = p.names(r)
	page.theirs = r.Actor.Role() == access.Officer
	page.Page = r.Titled(r.L.T("conflict.title", page.Person.Name()))
	return page, err
}

func (p *Pages) getConflict(r *web.Request) (web.Answer, error) {
	page, err := p.conflictPage(r)
	return web.Show(conflictView(page)), err
}

// postConflict is the worker's own word. Afterwards nothing about the person can be shown to them.
func (p *Pages) postConflict(r *web.Request) (web.Answer, error) {
	who, err := r.Person()
	if err != nil {
		return web.Answer{}, err
	}
	err = p.Conflict.Declare(r.Context(), r.Actor, who, r.Form.Raw("kind"))
	faults := fault.Fields(err)
	if faults == nil {
		if r.Actor.Role() == access.Officer {
			return web.Saved(sharedPath, "conflict.saved.officer"), err
		}
		return web.Saved("/arbete", "conflict.saved"), err
	}
	page, err := p.conflictPage(r)
	page.Faults, page.Failed = faults, true
	return web.Again(conflictView(page)), err
}

// postConflictSet is the head's word about a colleague.
func (p *Pages) postConflictSet(r *web.Request) (web.Answer, error) {
	who, err := r.Person()
	if err != nil {
		return web.Answer{}, err
	}
	var post id.Post
	_ = post.UnmarshalText([]byte(r.Form.Raw("post")))
	err = p.Conflict.Set(r.Context(), r.Actor, who, post, r.Form.Raw("kind"))
	faults := fault.Fields(err)
	if faults == nil {
		return web.Saved(personPath(who, "/jav"), "conflict.set.saved"), err
	}
	page, err := p.conflictPage(r)
	page.SetErr, page.Kind, page.Post, page.Failed = faults, r.Form.Raw("kind"), r.Form.Raw("post"), true
	return web.Again(conflictView(page)), err
}

func (p *Pages) postConflictEnd(r *web.Request) (web.Answer, error) {
	who, err := r.Person()
	if err != nil {
		return web.Answer{}, err
	}
	var c access.ConflictID
	if c.UnmarshalText([]byte(r.Form.Raw("conflict"))) != nil {
		return web.Answer{}, fault.Missing
	}
	return web.Saved(personPath(who, "/jav"), "conflict.ended"), p.Conflict.End(r.Context(), r.Actor, who, c)
}

// postConflictQueue is the worker's own word about somebody in the queue, whose record they need not open for it.
func (p *Pages) postConflictQueue(r *web.Request) (web.Answer, error) {
	var who id.Person
	if who.UnmarshalText([]byte(r.Form.Raw("person"))) != nil {
		return web.Answer{}, fault.Form{{Kind: fault.Invalid, Key: "form.choose", Field: "person"}}
	}
	return web.Saved("/arbete/ko", "conflict.saved"), p.Conflict.Declare(r.Context(), r.Actor, who, r.Form.Raw("kind"))
}

// then says what comes of standing aside.
func (p conflictPage) then() string {
	if p.theirs {
		return p.L.T("conflict.then.officer", p.Person.Given)
	}
	return p.L.T("conflict.then", p.Person.Given)
}

// back is where the reader came from.
func (p conflictPage) back() string {
	if p.theirs {
		return sharedPersonPath(p.Who)
	}
	return personPath(p.Who, "")
}

// by says who wrote it down.
func (p conflictPage) by(x conflict.Standing) string {
	if x.Self {
		return p.L.T("conflict.by.self")
	}
	return p.L.T("conflict.by", postName(p.L, p.Names, x.By))
}

func (p conflictPage) colleagues() []ui.Option {
	list := []ui.Option{{Value: "", Text: p.L.T("form.select")}}
	for _, o := range p.Colleagues {
		list = append(list, ui.Option{Value: o.ID.String(), Text: o.Name})
	}
	return list
}

// loneLines tell of those whose coach has stepped down.
func (m *morning) loneLines(r *web.Request) (list []todo) {
	for _, x := range m.lone {
		why := ""
		if x.Meets != "" {
			why = r.L.T("today.lone.meets", x.Meets)
		}
		list = append(list, todo{since: x.Since, line: line(x.Person, x.Name, r.L.T("today.lone"), why,
			ui.Button{Text: r.L.T("person.coach.choose"), Href: personPath(x.Person, "/coach"), Size: "sm", Label: r.L.List(r.L.T("person.coach.choose"), x.Name)})})
	}
	return list
}
