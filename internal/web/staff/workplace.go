package staff

import (
	"errors"
	"slices"

	"sluss/internal/fault"
	"sluss/internal/id"
	"sluss/internal/org"
	"sluss/internal/web"
	"sluss/internal/web/ui"
	"sluss/internal/workplace"
)

const workplaces = "/arbete/arbetsplatser"

// workplaceRoutes are the routes of the register of workplaces.
func (p *Pages) workplaceRoutes() []web.Route {
	return []web.Route{
		{Method: "GET", Pattern: workplaces, Needs: web.NoPerson(), Handle: p.getWorkplaces},
		{Method: "POST", Pattern: workplaces, Needs: web.NoPerson(), Handle: p.postWorkplaces},
		{Method: "GET", Pattern: workplaces + "/ny", Needs: web.NoPerson(), Handle: p.getWorkplace},
		{Method: "POST", Pattern: workplaces + "/ny", Needs: web.NoPerson(), Handle: p.postWorkplace},
		{Method: "GET", Pattern: workplaces + "/{workplace}", Needs: web.NoPerson(), Handle: p.getWorkplace},
		{Method: "POST", Pattern: workplaces + "/{workplace}", Needs: web.NoPerson(), Handle: p.postWorkplace},
		{Method: "POST", Pattern: workplaces + "/{workplace}/avsluta", Needs: web.NoPerson(), Handle: p.postWorkplaceEnd},
		{Method: "POST", Pattern: workplaces + "/{workplace}/oppna", Needs: web.NoPerson(), Handle: p.postWorkplaceOpen},
	}
}

func workplaceHref(k workplace.ID) string { return workplaces + "/" + k.String() }

// workplacesPage is the register: all of it, or what has the words that were looked for.
type workplacesPage struct {
	ui.Page
	workplace.View
	Names org.Names
	Q     string
	Only  bool // those with a place free today
	Found []workplace.Workplace
}

func (p *Pages) getWorkplaces(r *web.Request) (web.Answer, error) {
	return p.findWorkplaces(r, "", false)
}

// postWorkplaces looks for workplaces: what is looked for may be somebody's name, which no address holds.
func (p *Pages) postWorkplaces(r *web.Request) (web.Answer, error) {
	return p.findWorkplaces(r, r.Form.Line("q"), r.Form.Bool("only"))
}

func (p *Pages) findWorkplaces(r *web.Request, q string, only bool) (web.Answer, error) {
	names, err := p.names(r)
	if err != nil {
		return web.Answer{}, err
	}
	page := workplacesPage{Page: r.Page("workplace.title"), Names: names, Q: q, Only: only}
	if page.View, err = p.Workplace.Register(r.Context(), r.Actor); err != nil {
		return web.Answer{}, err
	}
	page.Found = page.Find(page.Q)
	if page.Only {
		page.Found = slices.DeleteFunc(page.Found, func(w workplace.Workplace) bool { return !w.Open() || page.Free(w) == 0 })
	}
	return web.Show(workplacesView(page)), nil
}

// free says how many places are free today, as a tag.
func (p workplacesPage) free(w workplace.Workplace) ui.Tag {
	switch n := p.Free(w); {
	case !w.Open():
		return ui.Tag{Kind: "line", Text: p.L.T("workplace.ended", w.EndedOn)}
	case n == 0:
		return ui.Tag{Kind: "line", Text: p.L.T("workplace.full")}
	default:
		return ui.Tag{Kind: "yes", Text: p.L.T("workplace.free", n, w.Places)}
	}
}

// contacts are whom one turns to, and how.
func (p workplacesPage) contacts(w workplace.Workplace) (list []string) {
	for _, c := range w.Contacts {
		parts := slices.DeleteFunc([]string{c.Name, c.Role, c.Phone, c.Email}, func(s string) bool { return s == "" })
		for i := range parts {
			parts[i] = p.L.Apart(parts[i])
		}
		list = append(list, p.L.List(parts...))
	}
	return list
}

// workplacePage is one workplace, or a new one.
type workplacePage struct {
	workplacesPage
	One    workplace.Workplace // a zero one of a new
	F      workplace.Form
	Places string // as typed
	Ending string
	Faults fault.Form
	Stored []ui.Fact // what somebody else has written meanwhile
}

func (p *Pages) workplacePage(r *web.Request) (page workplacePage, err error) {
	if page.Names, err = p.names(r); err != nil {
		return page, err
	}
	if page.View, err = p.Workplace.Register(r.Context(), r.Actor); err != nil {
		return page, err
	}
	page.Page, page.F = r.Page("workplace.new"), workplace.Form{Places: 1, Holder: r.Actor.Post()}
	if r.PathValue("workplace") != "" {
		var k workplace.ID
		if err := pathID(r, "workplace", &k); err != nil {
			return page, err
		}
		w := page.Get(k)
		if w == nil {
			return page, fault.Missing
		}
		page.Page, page.One = r.Titled(w.Name), *w
		page.F = workplace.Form{ID: k, Version: w.Version, Words: w.Words, Features: w.Features, Places: w.Places, Holder: w.Holder}
	}
	page.Places = itoa(page.F.Places)
	return page, nil
}

func (p *Pages) getWorkplace(r *web.Request) (web.Answer, error) {
	page, err := p.workplacePage(r)
	return web.Show(workplaceView(page)), err
}

func (p *Pages) postWorkplace(r *web.Request) (web.Answer, error) {
	f := workplace.Form{Version: r.Form.Version(), Places: r.Form.Int("places", 1, workplace.MostPlaces), Holder: postIn(r, "holder"),
		Words: workplace.Words{Name: r.Form.Line("name"), Does: r.Form.Text("does"), Where: r.Form.Text("where"), Languages: r.Form.Line("languages"), Good: r.Form.Text("good")}}
	for _, x := range r.Form.All("features") {
		f.Features = append(f.Features, workplace.Feature(x))
	}
	for i := range workplace.MostContacts {
		n := itoa(i + 1)
		f.Contacts = append(f.Contacts, workplace.Contact{Name: r.Form.Line("contact" + n), Role: r.Form.Line("role" + n), Phone: r.Form.Line("phone" + n), Email: r.Form.Line("email" + n)})
	}
	if r.PathValue("workplace") != "" {
		if err := pathID(r, "workplace", &f.ID); err != nil {
			return web.Answer{}, err
		}
	}
	return p.changeWorkplace(r, func(page *workplacePage) { page.F, page.Places = f, r.Form.Raw("places") },
		func() (err error) { f.ID, err = p.Workplace.Write(r.Context(), r.Actor, f); return err })
}

func (p *Pages) postWorkplaceEnd(r *web.Request) (web.Answer, error) {
	var k workplace.ID
	if err := pathID(r, "workplace", &k); err != nil {
		return web.Answer{}, err
	}
	why := r.Form.Text("ending")
	return p.changeWorkplace(r, func(page *workplacePage) { page.Ending = why },
		func() error { return p.Workplace.End(r.Context(), r.Actor, k, r.Form.Version(), why) })
}

func (p *Pages) postWorkplaceOpen(r *web.Request) (web.Answer, error) {
	var k workplace.ID
	if err := pathID(r, "workplace", &k); err != nil {
		return web.Answer{}, err
	}
	return p.changeWorkplace(r, func(*workplacePage) {}, func() error { return p.Workplace.Reopen(r.Context(), r.Actor, k, r.Form.Version()) })
}

// changeWorkplace changes a workplace, or shows its page again: with what is wrong, or what it has become.
func (p *Pages) changeWorkplace(r *web.Request, typed func(*workplacePage), change func() error) (web.Answer, error) {
	err := r.Form.Faults.Err()
	if err == nil {
		err = change()
	}
	faults, stale := fault.Fields(err), errors.Is(err, fault.Stale)
	if faults == nil && !stale {
		return web.Saved(workplaces, "form.saved"), err
	}
	page, err := p.workplacePage(r)
	if err != nil {
		return web.Answer{}, err
	}
	now := page.F.Version
	typed(&page)
	page.F.Version, page.Faults, page.Failed = now, faults, true
	if !stale {
		page.F.Version = r.Form.Version()
		return web.Again(workplaceView(page)), nil
	}
	page.Stored = page.facts(page.One)
	return web.Differs(workplaceView(page)), nil
}

// facts are what is written of a workplace.
func (p workplacesPage) facts(w workplace.Workplace) []ui.Fact {
	l := p.L
	return written([]ui.Fact{{Term: l.T("workplace.does"), Text: w.Does}, {Term: l.T("workplace.where"), Text: w.Where}, {Term: l.T("workplace.features"), Text: codes(l, "workplace.feature.", features(w.Features))},
		{Term: l.T("workplace.languages"), Text: w.Languages}, {Term: l.T("workplace.good"), Text: w.Good}, {Term: l.T("workplace.holder"), Text: postName(l, p.Names, w.Holder)},
		{Term: l.T("workplace.ending"), Text: w.Ending}})
}

func features(list []workplace.Feature) (codes []string) {
	for _, x := range list {
		codes = append(codes, string(x))
	}
	return codes
}

func (p workplacePage) action() string {
	if p.One.ID == 0 {
		return workplaces + "/ny"
	}
	return workplaceHref(p.One.ID)
}

func (p workplacePage) valued(name, value string) ui.Field {
	f := ui.Field{Name: name, Label: p.L.T("workplace." + name), Value: value, Error: ui.Fault(p.L, p.Faults, name)}
	if p.L.Has("workplace." + name + ".good") {
		f.Good = p.L.T("workplace." + name + ".good")
	}
	return f
}

// contact is one field of one of the contacts.
func (p workplacePage) contact(i int, name, value string) ui.Field {
	return ui.Field{Name: name + itoa(i+1), Label: p.L.T("workplace." + name), Value: value, Error: ui.Fault(p.L, p.Faults, name+itoa(i+1))}
}

// shownContacts is how many contacts stand open in the form: those that are written, one at the least, and all when a fault may be in any.
func (p workplacePage) shownContacts() int {
	if slices.ContainsFunc(p.Faults, func(f *fault.Fault) bool {
		return f.Field != "" && f.Field[len(f.Field)-1] >= '1' && f.Field[len(f.Field)-1] <= '9'
	}) {
		return workplace.MostContacts
	}
	return max(1, len(p.F.Contacts))
}

// person gives the contact that stands on a line of the form; an empty one for none.
func (p workplacePage) person(i int) (c workplace.Contact) {
	if i < len(p.F.Contacts) {
		c = p.F.Contacts[i]
	}
	return c
}

// holders are who may keep in touch with a workplace; one whose post has ended is to be followed by another.
func (p workplacePage) holders() []ui.Option {
	list := postOptions(p.Colleague)
	if !slices.ContainsFunc(p.Colleague, func(o org.Post) bool { return o.ID == p.F.Holder }) {
		list = append([]ui.Option{{Value: "", Text: p.L.T("form.select")}}, list...)
	}
	return list
}

func (p workplacePage) keeper() string {
	if p.F.Holder == id.Post(0) {
		return ""
	}
	return p.F.Holder.String()
}
