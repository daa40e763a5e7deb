package own

import (
	"sluss/internal/access"
	"sluss/internal/org"
	"sluss/internal/person"
	"sluss/internal/reading"
	"sluss/internal/store"
	"sluss/internal/web"
	"sluss/internal/web/ui"
)

// around is who and what stands around the person: their units, and who is their coach.
type around struct {
	names org.Names
	unit  org.Unit // the newest of those they are with; a zero one for none
	coach org.Post // a zero one for nobody
}

// around reads what stands around the person of the access.
func (p *Pages) around(r *web.Request, tx *store.Tx, a access.Access) (me around, err error) {
	units, coach, err := access.Around(r.Context(), tx, r.Actor, a)
	if err != nil {
		return me, err
	}
	if me.names, err = p.Org.Names(r.Context(), r.Actor); err != nil {
		return me, err
	}
	for _, u := range me.names.Units {
		if len(units) > 0 && u.ID == units[0] {
			me.unit = u
		}
	}
	me.coach = me.names.Post(coach)
	return me, nil
}

// homePage is the person's first page.
type homePage struct {
	ui.Page
	around
	Recent    reading.Recent
	Questions int // that the person has asked
}

func (p *Pages) getHome(r *web.Request) (web.Answer, error) {
	var page homePage
	var given string
	err := p.Store.Read(r.Context(), func(tx *store.Tx) error {
		a, err := access.OpenOwn(r.Context(), tx, r.Actor, access.OwnView, access.Read)
		if err != nil {
			return err
		}
		if given, err = person.GivenName(r.Context(), tx, r.Actor, a); err != nil {
			return err
		}
		if page.around, err = p.around(r, tx, a); err != nil {
			return err
		}
		if page.Recent, err = reading.RecentOf(r.Context(), tx, r.Actor, a); err != nil {
			return err
		}
		list, err := reading.Asked(r.Context(), tx, r.Actor, a)
		page.Questions = len(list)
		return err
	})
	if err != nil {
		return web.Answer{}, err
	}
	page.Page = p.page(r, page.around, "own.hello", given)
	return web.Show(home(page)).Refresh(leftOpen), nil
}
