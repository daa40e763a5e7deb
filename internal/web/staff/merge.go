package staff

import (
	"slices"

	"sluss/internal/access"
	"sluss/internal/fault"
	"sluss/internal/id"
	"sluss/internal/person"
	"sluss/internal/web"
	"sluss/internal/web/ui"
)

// mergePage is the records that are one person's, and to a head those that may be.
type mergePage struct {
	ui.Page
	person.Records
	Who    id.Person
	Head   bool
	Typed  string
	Asked  bool // somebody was looked for by name or number
	Alike  []person.Hit
	More   bool // more have the name than are shown
	Faults fault.Form
}

func (p *Pages) mergePage(r *web.Request) (page mergePage, err error) {
	if page.Who, err = r.Person(); err != nil {
		return page, err
	}
	page.Head = r.Actor.Role() == access.Head
	page.Records, err = p.Person.Records(r.Context(), r.Actor, page.Who)
	page.Page = r.Titled(r.L.T("merge.title", page.Person.Name()))
	return page, err
}

// others leaves out the records that are this person's already.
func (p *mergePage) others(hits []person.Hit) {
	p.Alike = slices.DeleteFunc(hits, func(h person.Hit) bool {
		return h.ID == p.Who || slices.ContainsFunc(p.Others, func(o person.Hit) bool { return o.ID == h.ID })
	})
}

func (p *Pages) getMerge(r *web.Request) (web.Answer, error) {
	page, err := p.mergePage(r)
	if err != nil || !page.Head {
		return web.Show(mergeView(page)), err
	}
	hits, err := p.Person.Namesakes(r.Context(), r.Actor, page.Person.Identity)
	page.others(hits)
	return web.Show(mergeView(page)), err
}

// postMergeSeek looks for another record by name or number, which stand in no address.
func (p *Pages) postMergeSeek(r *web.Request) (web.Answer, error) {
	page, err := p.mergePage(r)
	if err != nil {
		return web.Answer{}, err
	}
	page.Typed, page.Asked = r.Form.Line("q"), true
	hits, more, err := p.Person.Search(r.Context(), r.Actor, page.Typed)
	if f := fault.Fields(err); f != nil {
		page.Faults, page.Failed = f, true
		return web.Again(mergeView(page)), nil
	}
	page.others(hits)
	page.More = more
	return web.Show(mergeView(page)), err
}

func (p *Pages) postMerge(r *web.Request) (web.Answer, error) {
	who, err := r.Person()
	if err != nil {
		return web.Answer{}, err
	}
	var other id.Person
	if other.UnmarshalText([]byte(r.Form.Raw("person"))) != nil {
		return web.Answer{}, fault.Missing
	}
	return web.Saved(personPath(who, "/akter"), "merge.saved"), p.Person.Merge(r.Context(), r.Actor, who, other)
}

func (p *Pages) postPart(r *web.Request) (web.Answer, error) {
	who, err := r.Person()
	if err != nil {
		return web.Answer{}, err
	}
	return web.Saved(personPath(who, "/akter"), "merge.parted"), p.Person.Part(r.Context(), r.Actor, who)
}
