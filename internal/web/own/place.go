package own

import (
	"sluss/internal/fault"
	"sluss/internal/place"
	"sluss/internal/way"
	"sluss/internal/web"
)

const places = "/min/platser"

// postUnclear writes that the person does not see the thread in something they take part in, or that they do now.
func (p *Pages) postUnclear(r *web.Request) (web.Answer, error) {
	var k place.ID
	if k.UnmarshalText([]byte(r.PathValue("place"))) != nil {
		return web.Answer{}, fault.Missing
	}
	unclear := r.Form.Choice("do", "unclear", "clear") == "unclear"
	if err := r.Form.Faults.Err(); err != nil {
		return web.Answer{}, err
	}
	saved := "place.own.unclear"
	if !unclear {
		saved = "place.own.clear"
	}
	return web.Saved("/min", saved), p.Place.UnclearOwn(r.Context(), r.Actor, k, r.Form.Version(), unclear)
}

// postPlaceAnswer answers an offer of a place.
func (p *Pages) postPlaceAnswer(r *web.Request) (web.Answer, error) {
	var k place.ID
	if k.UnmarshalText([]byte(r.PathValue("place"))) != nil {
		return web.Answer{}, fault.Missing
	}
	yes := r.Form.Choice("answer", "yes", "no") == "yes"
	if err := r.Form.Faults.Err(); err != nil {
		return web.Answer{}, err
	}
	saved := "own.places.taken"
	if !yes {
		saved = "own.places.kept"
	}
	return web.Saved("/min", saved), p.Place.AnswerOwn(r.Context(), r.Actor, k, r.Form.Version(), yes)
}

// unclear is what the press says of the thread in a place, and what it sends.
func (p homePage) unclear(x way.Place) (text, do string) {
	if x.Unclear {
		return p.L.T("plan.unclear.undo"), "clear"
	}
	return p.L.T("plan.unclear.do"), "unclear"
}
