package staff

import (
	"sluss/internal/access"
	"sluss/internal/extract"
	"sluss/internal/fault"
	"sluss/internal/person"
	"sluss/internal/store"
	"sluss/internal/web"
	"sluss/internal/web/everything"
)

// everythingRoutes are the routes of everything that is kept about somebody, read together with them.
func (p *Pages) everythingRoutes() []web.Route {
	return []web.Route{
		{Method: "GET", Pattern: "/arbete/person/{person}/allt", Needs: web.OnePerson(extract.Need, access.Read), Handle: p.getEverything},
	}
}

// getEverything shows, at the table and on paper, what the person sees of all that is kept about them; for who has no sign-in. What is
// protected is not printed.
func (p *Pages) getEverything(r *web.Request) (web.Answer, error) {
	who, err := r.Person()
	if err != nil {
		return web.Answer{}, err
	}
	names, err := p.names(r)
	if err != nil {
		return web.Answer{}, err
	}
	v := everything.View{Page: r.Page("extract.together"), Path: personPath(who, "/allt"), Say: sayTogether(r, who), Readers: personPath(who, "/lasningar")}
	var one person.Person
	err = p.Org.Store.Read(r.Context(), func(tx *store.Tx) error {
		var a access.Access
		var err error
		if one, a, err = person.Open(r.Context(), tx, r.Actor, who, extract.Need, access.Read, access.ForTogether); err != nil {
			return err
		}
		v.Record, err = extract.Of(r.Context(), tx, r.Actor, a, names)
		return err
	})
	if err != nil {
		return web.Answer{}, err
	}
	if one.Protection != person.Unprotected {
		v.NoPaper = r.L.T("extract.paper.protected")
	}
	if r.URL.Query().Get("papper") == "" {
		return web.Show(everythingView(v, personPath(who, ""), one.Name())), nil
	}
	if v.NoPaper != "" {
		return web.Answer{}, fault.New(fault.Conflict, "extract.paper.protected")
	}
	v.Stamp = r.L.Date(r.Actor.Today())
	return web.Show(everything.Paper(v)), nil
}
