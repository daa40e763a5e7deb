package staff

import (
	"sluss/internal/access"
	"sluss/internal/fault"
	"sluss/internal/forecast"
	"sluss/internal/site"
	"sluss/internal/store"
	"sluss/internal/web"
	"sluss/internal/web/ui"
)

// shownAhead is what everybody may read of the forecast, and the form of the head who shows it.
type shownAhead struct {
	Since  string // "Alla kan läsa det som sågs den …"; "" when nothing is shown
	Href   string // the page for everybody
	May    bool   // the reader shows and hides it
	Beside []ui.Option
}

// shownAhead reads what is shown of the reader's own unit.
func (p *Pages) shownAhead(r *web.Request, v aheadView) (x shownAhead, err error) {
	if !v.flow.own {
		return x, nil
	}
	x.May = r.Actor.Role() == access.Head
	x.Beside = []ui.Option{{Text: r.L.T("forecast.show.alone")}}
	for _, s := range v.saved {
		x.Beside = append(x.Beside, ui.Option{Value: s.ID.String(), Text: s.Name})
	}
	err = p.Org.Store.Read(r.Context(), func(tx *store.Tx) error {
		f, ok, err := forecast.ShownAt(r.Context(), tx, r.Actor.Area(), r.Actor.Unit(), r.Actor.Today())
		if err != nil || !ok {
			return err
		}
		x.Since = r.L.T("forecast.show.since", r.L.Date(f.On))
		list, err := site.Gateways(r.Context(), tx)
		for _, g := range list {
			if g.Area.ID == r.Actor.Area() && g.Unit.ID == r.Actor.Unit() {
				x.Href = g.Path() + "/framat"
			}
		}
		return err
	})
	return x, err
}

func (p *Pages) postAheadShow(r *web.Request) (web.Answer, error) {
	var beside forecast.ScenarioID
	if s := r.Form.Raw("bredvid"); s != "" && beside.UnmarshalText([]byte(s)) != nil {
		return web.Answer{}, fault.Missing
	}
	return web.Saved(ahead+"#visas", "forecast.shown"), p.Forecast.Show(r.Context(), r.Actor, beside)
}

func (p *Pages) postAheadHide(r *web.Request) (web.Answer, error) {
	return web.Saved(ahead+"#visas", "forecast.hidden"), p.Forecast.Hide(r.Context(), r.Actor)
}
