package own

import (
	"io"

	"sluss/internal/access"
	"sluss/internal/extract"
	"sluss/internal/fault"
	"sluss/internal/store"
	"sluss/internal/web"
	"sluss/internal/web/everything"
)

const whole = "/min/allt"

// everythingRoutes are the routes of everything that is kept about the person.
func (p *Pages) everythingRoutes() []web.Route {
	return []web.Route{
		{Method: "GET", Pattern: whole, Needs: web.Themself(extract.Need, access.Read), Handle: p.getEverything},
		{Method: "GET", Pattern: whole + ".json", Needs: web.Themself(extract.Need, access.Read), Handle: p.getEverythingFile},
	}
}

// record reads all that the person may see of what is kept about them.
func (p *Pages) record(r *web.Request) (x extract.Record, me around, err error) {
	names, err := p.Org.Names(r.Context(), r.Actor)
	if err != nil {
		return x, me, err
	}
	err = p.Store.Read(r.Context(), func(tx *store.Tx) error {
		a, err := access.OpenOwn(r.Context(), tx, r.Actor, extract.Need, access.Read)
		if err != nil {
			return err
		}
		if me, err = aroundOf(r, tx, a, names); err != nil {
			return err
		}
		x, err = extract.Of(r.Context(), tx, r.Actor, a, names)
		return err
	})
	return x, me, err
}

func (p *Pages) getEverything(r *web.Request) (web.Answer, error) {
	x, me, err := p.record(r)
	if err != nil {
		return web.Answer{}, err
	}
	v := everything.View{Page: p.page(r, me, "extract.title"), Record: x, Path: whole, Say: sayPath, File: whole + ".json", Readers: readings}
	if r.Shared() {
		v.File, v.NoFile = "", r.L.T("extract.file.shared")
	}
	if r.URL.Query().Get("papper") != "" {
		v.Stamp = r.L.Date(r.Actor.Today())
		return web.Show(everything.Paper(v)).Refresh(r.Rest()), nil
	}
	return web.Show(everythingView(v)).Refresh(r.Rest()), nil
}

// getEverythingFile gives the same as data. On a computer that others use nothing is left behind.
func (p *Pages) getEverythingFile(r *web.Request) (web.Answer, error) {
	if r.Shared() {
		return web.Answer{}, fault.New(fault.Conflict, "extract.file.shared")
	}
	x, me, err := p.record(r)
	if err != nil {
		return web.Answer{}, err
	}
	today := r.Actor.Today()
	return web.File(r.L.T("extract.file.name")+"-"+string(today)+".json", "application/json", func(w io.Writer) error {
		return x.Write(w, me.names.Area.Name, today)
	}), nil
}
