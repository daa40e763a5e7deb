package staff

import (
	"sluss/internal/access"
	"sluss/internal/demand"
	"sluss/internal/store"
	"sluss/internal/way"
	"sluss/internal/web"
	"sluss/internal/web/acts"
)

// tablePlaceRoutes are where the person answers an offer of a place, and says of a place whether they see what it is good for.
func (p *Pages) tablePlaceRoutes() []web.Route {
	read, write := access.Read, access.Write
	at := "/arbete/person/{person}/bordet/platser"
	return []web.Route{
		{Method: "GET", Pattern: at, Needs: web.OnePerson(placeNeed|demand.Told, read), Handle: p.getTablePlaces},
		{Method: "POST", Pattern: at + "/{place}/svar", Needs: web.OnePerson(placeNeed, read, write), Handle: p.postTablePlaceAnswer},
		{Method: "POST", Pattern: at + "/{place}/trad", Needs: web.OnePerson(placeNeed, read, write), Handle: p.postTableUnclear},
	}
}

func (p *Pages) getTablePlaces(r *web.Request) (web.Answer, error) {
	who, err := r.Person()
	if err != nil {
		return web.Answer{}, err
	}
	v := acts.Places{Page: r.Page("own.places"), At: joint(r, who, "/platser"), Say: sayTogether(r, who)}
	err = p.Org.Store.Read(r.Context(), func(tx *store.Tx) error {
		a, err := access.Open(r.Context(), tx, r.Actor, who, placeNeed, access.Read, access.ForPlan)
		if err == nil {
			v.List, err = way.PlacesOf(r.Context(), tx, r.Actor, a)
		}
		return err
	})
	if err != nil {
		return web.Answer{}, err
	}
	v.Demands, err = p.demandsOf(r, who, access.Read)
	v.Demands.Page, v.Demands.At = v.Page, tablePath(r, who, "")
	return web.Show(tablePlaces(v, tablePath(r, who, ""))), err
}

func (p *Pages) postTablePlaceAnswer(r *web.Request) (web.Answer, error) {
	who, err := r.Person()
	if err != nil {
		return web.Answer{}, err
	}
	k, err := acts.PlaceID(r)
	if err != nil {
		return web.Answer{}, err
	}
	yes, saved, err := acts.ReadAnswer(r)
	if err != nil {
		return web.Answer{}, err
	}
	return web.Saved(tablePath(r, who, "/platser"), saved), p.Place.Answer(r.Context(), r.Actor, who, k, r.Form.Version(), yes)
}

func (p *Pages) postTableUnclear(r *web.Request) (web.Answer, error) {
	who, err := r.Person()
	if err != nil {
		return web.Answer{}, err
	}
	k, err := acts.PlaceID(r)
	if err != nil {
		return web.Answer{}, err
	}
	unclear, saved, err := acts.ReadUnclear(r)
	if err != nil {
		return web.Answer{}, err
	}
	return web.Saved(tablePath(r, who, "/platser"), saved), p.Place.Unclear(r.Context(), r.Actor, who, k, r.Form.Version(), unclear)
}
