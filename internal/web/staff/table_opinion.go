package staff

import (
	"sluss/internal/access"
	"sluss/internal/fault"
	"sluss/internal/id"
	"sluss/internal/opinion"
	"sluss/internal/person"
	"sluss/internal/store"
	"sluss/internal/web"
	"sluss/internal/web/acts"
)

// opinePage is where the person says what they think, at the table; or where staff type it in from a form.
type opinePage struct {
	acts.Opinion
	Name  string // of the person
	Joint bool
}

func (p *Pages) opinePage(r *web.Request) (who id.Person, page opinePage, err error) {
	if who, err = r.Person(); err != nil {
		return who, page, err
	}
	names, err := p.names(r)
	if err != nil {
		return who, page, err
	}
	err = p.Org.Store.Read(r.Context(), func(tx *store.Tx) error {
		x, _, err := person.Open(r.Context(), tx, r.Actor, who, access.Identity, access.Read, access.ForTogether)
		page.Name = x.Name()
		return err
	})
	page.Page, page.Joint, page.Chosen = r.Page("public.opinion.title"), atTable(r), string(opinion.House)
	page.Whom = acts.Whom(page.Page, names, r.Actor.Unit())
	page.At, page.Back = joint(r, who, "/tyck-till"), tablePath(r, who, "")
	if !page.Joint {
		page.At = func(string) string { return personPath(who, "/tyck-till") }
		page.Back = personPath(who, "/blanketter")
	}
	return who, page, err
}

func (p *Pages) getOpine(r *web.Request) (web.Answer, error) {
	_, page, err := p.opinePage(r)
	return web.Show(opineView(page)), err
}

func (p *Pages) postOpine(r *web.Request) (web.Answer, error) {
	who, page, err := p.opinePage(r)
	if err != nil {
		return web.Answer{}, err
	}
	how := opinion.Paper
	if page.Joint {
		how = opinion.Table
	}
	if err = page.Read(r); err == nil {
		err = p.Opinion.GiveWith(r.Context(), r.Actor, who, how, page.Typed)
	}
	if page.Faults = fault.Fields(err); len(page.Faults) == 0 {
		return web.Saved(page.Back, "table.opinion.saved"), err
	}
	page.Failed = true
	return web.Again(opineView(page)), nil
}
