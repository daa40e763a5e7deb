package own

import (
	"sluss/internal/web"
	"sluss/internal/web/acts"
)

const places = "/min/platser"

// postUnclear writes that the person does not see the thread in something they take part in, or that they do now.
func (p *Pages) postUnclear(r *web.Request) (web.Answer, error) {
	k, err := acts.PlaceID(r)
	if err != nil {
		return web.Answer{}, err
	}
	unclear, saved, err := acts.ReadUnclear(r)
	if err != nil {
		return web.Answer{}, err
	}
	return web.Saved("/min", saved), p.Place.UnclearOwn(r.Context(), r.Actor, k, r.Form.Version(), unclear)
}

// postPlaceAnswer answers an offer of a place.
func (p *Pages) postPlaceAnswer(r *web.Request) (web.Answer, error) {
	k, err := acts.PlaceID(r)
	if err != nil {
		return web.Answer{}, err
	}
	yes, saved, err := acts.ReadAnswer(r)
	if err != nil {
		return web.Answer{}, err
	}
	return web.Saved("/min", saved), p.Place.AnswerOwn(r.Context(), r.Actor, k, r.Form.Version(), yes)
}

// placed is what the person takes part in, as the page shows it.
func (p homePage) placed() acts.Places {
	return acts.Places{Page: p.Page, At: under(places), Say: sayPath, List: p.Places, Told: p.told, Demands: p.Demands}
}
