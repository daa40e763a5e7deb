package staff

import (
	"slices"
	"strconv"

	"sluss/internal/access"
	"sluss/internal/fault"
	"sluss/internal/id"
	"sluss/internal/org"
	"sluss/internal/person"
	"sluss/internal/web"
	"sluss/internal/web/ui"
)

// protectPage is how somebody's record is protected, and who may see it.
type protectPage struct {
	ui.Page
	person.Shield
	Who     id.Person
	Tabs    []ui.Tab
	Names   org.Names
	Kind    string // as typed
	Chosen  []string
	Why     string
	Head    bool // who may change who sees, and lift the protection
	Faults  fault.Form
	LiftErr fault.Form
}

const protectNeed = access.Identity

func (p *Pages) protectPage(r *web.Request) (page protectPage, err error) {
	who, err := r.Person()
	if err != nil {
		return page, err
	}
	page.Who, page.Head = who, r.Actor.Role() == access.Head
	if page.Shield, err = p.Person.Shield(r.Context(), r.Actor, who); err != nil {
		return page, err
	}
	if page.Names, err = p.names(r); err != nil {
		return page, err
	}
	page.Page, page.Tabs = r.Titled(page.Person.Name()), personTabs(r, who)
	page.Kind, page.Chosen = strconv.Itoa(int(page.Person.Protection)), ids(page.Cleared)
	if page.Person.Protection == person.Unprotected {
		page.Chosen = []string{r.Actor.Post().String()}
	}
	return page, nil
}

func ids(posts []id.Post) []string {
	list := make([]string, len(posts))
	for i, p := range posts {
		list[i] = p.String()
	}
	return list
}

// mayName tells whether the reader may decide who sees the person: anybody before the record is protected, then a head.
func (p protectPage) mayName() bool { return p.Head || p.Person.Protection == person.Unprotected }

// options are the colleagues who can be named.
func (p protectPage) options() []ui.Option {
	var list []ui.Option
	for _, o := range p.Colleagues {
		if person.Nameable(o) {
			list = append(list, ui.Option{Value: o.ID.String(), Text: p.L.List(o.Name, roleWords(p.Page, o))})
		}
	}
	return list
}

// people names posts, each once, in the order of their names.
func (p protectPage) people(posts []id.Post) string {
	var list []string
	for _, o := range posts {
		if name := p.Names.Post(o).Name; name != "" && !slices.Contains(list, name) {
			list = append(list, name)
		}
	}
	slices.Sort(list)
	return p.L.List(list...)
}

func (p *Pages) getProtect(r *web.Request) (web.Answer, error) {
	page, err := p.protectPage(r)
	return web.Show(protectView(page)), err
}

// postProtect protects somebody's record, or with lift lifts the protection.
func (p *Pages) postProtect(r *web.Request) (web.Answer, error) {
	who, err := r.Person()
	if err != nil {
		return web.Answer{}, err
	}
	lift, saved := r.Form.Bool("lift"), "protect.saved"
	if lift {
		saved = "protect.lifted"
		err = p.Person.Lift(r.Context(), r.Actor, who, r.Form.Version(), r.Form.Text("why"))
	} else {
		err = p.Person.Protect(r.Context(), r.Actor, who, protectForm(r))
	}
	faults := fault.Fields(err)
	if faults == nil {
		return web.Saved(personPath(who, "/skydd"), saved), err
	}
	page, err := p.protectPage(r)
	page.Failed, page.Why = true, r.Form.Raw("why")
	if lift {
		page.LiftErr = faults
	} else {
		page.Faults, page.Kind, page.Chosen = faults, r.Form.Raw("kind"), ids(protectForm(r).Posts)
	}
	return web.Again(protectView(page)), err
}

func protectForm(r *web.Request) person.ProtectForm {
	f := person.ProtectForm{Version: r.Form.Version()}
	if n, err := strconv.Atoi(r.Form.Raw("kind")); err == nil {
		f.Kind = person.Protection(n)
	}
	for _, text := range r.Form.All("post") {
		var o id.Post
		if o.UnmarshalText([]byte(text)) == nil {
			f.Posts = append(f.Posts, o)
		}
	}
	return f
}
