package own

import (
	"sluss/internal/access"
	"sluss/internal/fault"
	"sluss/internal/place"
	"sluss/internal/placement"
	"sluss/internal/store"
	"sluss/internal/way"
	"sluss/internal/web"
	"sluss/internal/web/acts"
)

const wishes = "/min/onskemal"

func (p *Pages) wishRoutes() []web.Route {
	read, write := access.Read, access.Write
	return []web.Route{
		{Method: "GET", Pattern: wishes, Needs: web.Themself(access.OwnView, read), Handle: p.getWishes},
		{Method: "POST", Pattern: wishes, Needs: web.Themself(access.OwnView, read, write), Handle: p.postWish},
		{Method: "POST", Pattern: wishes + "/arbete", Needs: web.Themself(access.OwnView, read, write), Handle: p.postWorkWish},
		{Method: "POST", Pattern: wishes + "/arbete/{placement}/tillbaka", Needs: web.Themself(placement.Need, write), Handle: p.postWorkWishBack},
		{Method: "POST", Pattern: wishes + "/{place}/tillbaka", Needs: web.Themself(place.Need, write), Handle: p.postWishBack},
	}
}

// wishesPage is what the person would like to take part in, and to try at a workplace.
func (p *Pages) wishesPage(r *web.Request) (v acts.Wishes, err error) {
	me, err := p.own(r, func(tx *store.Tx, a access.Access) (err error) {
		if v.List, v.Rest, err = way.WishesOf(r.Context(), tx, r.Actor, a); err != nil {
			return err
		}
		mine, err := placement.Mine(r.Context(), tx, r.Actor, a)
		v.Work = acts.Wished(mine)
		return err
	})
	v.Page, v.At, v.Back = p.page(r, me, "mine.wish.title"), under(wishes), "/min"
	return v, err
}

// under gives the addresses under one of the person's own pages.
func under(page string) func(string) string { return func(part string) string { return page + part } }

func (p *Pages) getWishes(r *web.Request) (web.Answer, error) {
	v, err := p.wishesPage(r)
	return web.Show(wishesView(v)).Refresh(r.Rest()), err
}

func (p *Pages) postWish(r *web.Request) (web.Answer, error) {
	x, because, err := acts.ReadWish(r)
	if err == nil {
		_, err = p.Place.WishOwn(r.Context(), r.Actor, x, because)
	}
	faults := fault.Fields(err)
	if faults == nil {
		return web.Saved(wishes, "mine.wish.saved"), err
	}
	v, err := p.wishesPage(r)
	return web.Again(wishesView(v.Again(r, faults))), err
}

func (p *Pages) postWishBack(r *web.Request) (web.Answer, error) {
	k, err := acts.PlaceID(r)
	if err != nil {
		return web.Answer{}, err
	}
	return web.Saved(wishes, "mine.wish.taken"), p.Place.WithdrawOwn(r.Context(), r.Actor, k, r.Form.Version())
}

// postWorkWish writes what the person would like to try at a workplace.
func (p *Pages) postWorkWish(r *web.Request) (web.Answer, error) {
	what, because, err := acts.ReadWork(r)
	if err == nil {
		_, err = p.Placement.WishOwn(r.Context(), r.Actor, what, because)
	}
	faults := fault.Fields(err)
	if faults == nil {
		return web.Saved(wishes, "mine.wish.saved"), err
	}
	v, err := p.wishesPage(r)
	return web.Again(wishesView(v.AgainWork(r, faults))), err
}

func (p *Pages) postWorkWishBack(r *web.Request) (web.Answer, error) {
	var k placement.ID
	if k.UnmarshalText([]byte(r.PathValue("placement"))) != nil {
		return web.Answer{}, fault.Missing
	}
	return web.Saved(wishes, "mine.wish.taken"), p.Placement.WithdrawOwn(r.Context(), r.Actor, k, r.Form.Version())
}
