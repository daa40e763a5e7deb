package own

import (
	"sluss/internal/access"
	"sluss/internal/reading"
	"sluss/internal/store"
	"sluss/internal/web"
	"sluss/internal/web/readlog"
)

const readings = "/min/lasningar"

// getReadings shows who has read about the person.
func (p *Pages) getReadings(r *web.Request) (web.Answer, error) {
	asked, err := readlog.Asked(r)
	if err != nil {
		return web.Answer{}, err
	}
	var log reading.Log
	me, err := p.own(r, func(tx *store.Tx, a access.Access) (err error) {
		log, err = reading.Of(r.Context(), tx, r.Actor, a, asked)
		return err
	})
	if err != nil {
		return web.Answer{}, err
	}
	view := readlog.View{Page: p.page(r, me, "reading.title"), Log: log, Asked: asked, Path: readings, Ask: askPath}
	if asked.Paper {
		view.Stamp = r.L.Date(r.Actor.Today())
		return web.Show(readlog.Paper(view)), nil
	}
	return web.Show(readingsView(view)).Refresh(r.Rest()), nil
}
