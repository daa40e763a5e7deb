package own

import (
	"sluss/internal/access"
	"sluss/internal/fault"
	"sluss/internal/id"
	"sluss/internal/opinion"
	"sluss/internal/store"
	"sluss/internal/web"
	"sluss/internal/web/ui"
)

const opinions = "/min/tyck-till"

// opinionPage is where the person says what they think, and reads the answers.
type opinionPage struct {
	ui.Page
	around
	List   []opinion.Opinion
	Typed  opinion.Form
	Whom   string // as chosen
	Faults fault.Form
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
	page.around, page.Whom = me, string(opinion.House)
	page.Page = p.page(r, me, "public.opinion.title")
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
	f, whom := r.Form, []string{}
	for _, o := range page.whom() {
		whom = append(whom, o.Value)
	}
	page.Whom = f.Choice("about", whom...)
	page.Typed = opinion.Form{Kind: opinion.Kind(f.Raw("kind")), About: opinion.About(page.Whom), Words: opinion.Words{Text: f.Text("words")}}
	var post id.Post
	if known := page.Whom == string(opinion.House) || page.Whom == string(opinion.Somebody); !known && post.UnmarshalText([]byte(page.Whom)) == nil {
		page.Typed.About, page.Typed.Post = opinion.Somebody, post
	}
	if page.Faults = f.Faults; len(page.Faults) == 0 {
		err = p.Opinion.GiveOwn(r.Context(), r.Actor, page.Typed)
		page.Faults = fault.Fields(err)
	}
	if len(page.Faults) == 0 {
		return web.Saved(opinions, "opinion.own.saved"), err
	}
	page.Failed = true
	return web.Again(opinionView(page)), nil
}

func (p opinionPage) kinds() (list []ui.Option) {
	for _, k := range opinion.Kinds {
		list = append(list, ui.Option{Value: string(k), Text: p.L.T("public.opinion.kind." + string(k))})
	}
	return list
}

// whom are those it may be about: nobody, somebody whose name one does not know, or one of those at the unit whose names are shown.
func (p opinionPage) whom() []ui.Option {
	list := []ui.Option{{Value: string(opinion.House), Text: p.L.T("public.opinion.about.house")}, {Value: string(opinion.Somebody), Text: p.L.T("opinion.own.somebody")}}
	for _, o := range p.names.Posts {
		if o.Unit == p.unit.ID && p.unit.ID != 0 && !o.NameHidden {
			list = append(list, ui.Option{Value: o.ID.String(), Text: o.Name})
		}
	}
	return list
}

// by says who answers, as the person may know it.
func (p opinionPage) by(o opinion.Opinion) string {
	w := p.names.Post(o.To)
	if w.ID == 0 || w.NameHidden {
		return p.L.T("opinion.own.by")
	}
	return p.L.List(w.Name, p.names.Unit(w.Unit))
}
