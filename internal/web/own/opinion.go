package own

import (
	"sluss/internal/access"
	"sluss/internal/fault"
	"sluss/internal/opinion"
	"sluss/internal/store"
	"sluss/internal/web"
	"sluss/internal/web/acts"
)

const opinions = "/min/tyck-till"

// opinionPage is where the person says what they think, and reads the answers.
type opinionPage struct {
	acts.Opinion
	around
	List []opinion.Opinion
}

func (p *Pages) opinionRoutes() []web.Route {
	return []web.Route{
		{Method: "GET", Pattern: opinions, Needs: web.Themself(access.OwnView, access.Read), Handle: p.getOpinion},
		{Method: "POST", Pattern: opinions, Needs: web.Themself(access.OwnView, access.Read, access.Write), Handle: p.postOpinion},
	}
}

func (p *Pages) opinionPage(r *web.Request) (page opinionPage, err error) {
	me, err := p.own(r, func(tx *store.Tx, a access.Access) (err error) {
		page.List, err = opinion.Given(r.Context(), tx, r.Actor, a)
		return err
	})
	page.around, page.Chosen, page.At, page.Back = me, string(opinion.House), under(opinions), "/min"
	page.Page = p.page(r, me, "public.opinion.title")
	page.Whom = acts.Whom(page.Page, me.names, me.unit.ID)
	return page, err
}

func (p *Pages) getOpinion(r *web.Request) (web.Answer, error) {
	page, err := p.opinionPage(r)
	return web.Show(opinionView(page)).Refresh(r.Rest()), err
}

func (p *Pages) postOpinion(r *web.Request) (web.Answer, error) {
	page, err := p.opinionPage(r)
	if err != nil {
		return web.Answer{}, err
	}
	if err = page.Read(r); err == nil {
		err = p.Opinion.GiveOwn(r.Context(), r.Actor, page.Typed)
	}
	if page.Faults = fault.Fields(err); len(page.Faults) == 0 {
		return web.Saved(opinions, "opinion.own.saved"), err
	}
	page.Failed = true
	return web.Again(opinionView(page)), nil
}

// by says who answers, as the person may know it.
func (p opinionPage) by(o opinion.Opinion) string {
	w := p.names.Post(o.To)
	if w.ID == 0 || w.NameHidden {
		return p.L.T("opinion.own.by")
	}
	return p.L.List(w.Name, p.names.Unit(w.Unit))
}
