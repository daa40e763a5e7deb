package acts

import (
	"slices"

	"sluss/internal/comment"
	"sluss/internal/demand"
	"sluss/internal/fault"
	"sluss/internal/place"
	"sluss/internal/way"
	"sluss/internal/web"
	"sluss/internal/web/ui"
)

// Places is what the person takes part in and is offered, and where they say yes or no.
type Places struct {
	ui.Page
	At   func(part string) string   // the address that what is said is posted under
	Say  func(comment.Thing) string // where one says what one thinks of what is written
	List []way.Place
	Told func(way.Place) bool // whether its next time stands elsewhere on the page; nil for never

	Demands Demands // what is required of the person
}

// required tells whether one of the places is, so that each is marked by itself.
func (v Places) required() bool {
	return slices.ContainsFunc(v.List, func(x way.Place) bool { return v.Demands.Of(demand.Place, int64(x.ID)) != nil })
}

// next tells whether the next time of a place is told here.
func (v Places) next(x way.Place) bool { return x.On != "" && (v.Told == nil || !v.Told(x)) }

// PlaceID reads which place the address is about.
func PlaceID(r *web.Request) (k place.ID, err error) {
	if k.UnmarshalText([]byte(r.PathValue("place"))) != nil {
		err = fault.Missing
	}
	return k, err
}

// ReadAnswer reads what is said to an offer, and the text that tells that it is saved.
func ReadAnswer(r *web.Request) (yes bool, saved string, err error) {
	yes, saved = r.Form.Choice("answer", "yes", "no") == "yes", "own.places.taken"
	if !yes {
		saved = "own.places.kept"
	}
	return yes, saved, r.Form.Faults.Err()
}

// ReadUnclear reads whether the person does not see the thread in a place, and the text that tells that it is saved.
func ReadUnclear(r *web.Request) (unclear bool, saved string, err error) {
	unclear, saved = r.Form.Choice("do", "unclear", "clear") == "unclear", "place.own.unclear"
	if !unclear {
		saved = "place.own.clear"
	}
	return unclear, saved, r.Form.Faults.Err()
}

// unclear is what the press says of the thread in a place, and what it sends.
func (v Places) unclear(x way.Place) (text, do string) {
	if x.Unclear {
		return v.L.T("plan.unclear.undo"), "clear"
	}
	return v.L.T("plan.unclear.do"), "unclear"
}
