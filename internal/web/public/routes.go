// Package public is the pages for everybody: what a gateway is, how one comes in and what support there is, and the forms
// of those who ask to start, ask to be called or refer somebody else. It reads nothing about anybody.
package public

import (
	"slices"

	"sluss/internal/application"
	"sluss/internal/clock"
	"sluss/internal/opinion"
	"sluss/internal/org"
	"sluss/internal/site"
	"sluss/internal/web"
)

// Pages holds what the handlers call.
type Pages struct {
	Org         *org.Desk
	Site        *site.Desk
	Application *application.Desk
	Opinion     *opinion.Desk
	Clock       clock.Clock
	limit       web.Limit
	looked      web.Limit // of those who try codes
}

// Routes is the table of the routes for everybody: method, address, handler.
func (p *Pages) Routes() []web.Route {
	all := web.Everybody()
	return slices.Concat(p.opinionRoutes(), p.jobRoutes(), p.storyRoutes(), p.aheadRoutes(), []web.Route{
		{Method: "GET", Pattern: "/{$}", Needs: all, Handle: p.getFront},
		{Method: "GET", Pattern: web.Statement, Needs: all, Handle: p.getStatement},
		{Method: "GET", Pattern: "/v/{gateway}", Needs: all, Handle: p.getGateway},
		{Method: "GET", Pattern: core + "{lang}", Needs: all, Handle: p.getCores},
		{Method: "GET", Pattern: "/v/{gateway}" + core + "{lang}", Needs: all, Handle: p.getCore},
		{Method: "GET", Pattern: "/v/{gateway}/fragor", Needs: all, Handle: p.getQuestions},
		{Method: "GET", Pattern: "/v/{gateway}/kontakt", Needs: all, Handle: p.getContact},
		{Method: "GET", Pattern: "/v/{gateway}/uppgifter", Needs: all, Handle: p.getData},

		{Method: "GET", Pattern: "/v/{gateway}/borja", Needs: all, Handle: p.getAsk(application.Start)},
		{Method: "POST", Pattern: "/v/{gateway}/borja", Needs: all, Handle: p.postAsk(application.Start)},
		{Method: "GET", Pattern: "/v/{gateway}/ring", Needs: all, Handle: p.getAsk(application.Call)},
		{Method: "POST", Pattern: "/v/{gateway}/ring", Needs: all, Handle: p.postAsk(application.Call)},
		{Method: "GET", Pattern: "/v/{gateway}/hjalp", Needs: all, Handle: p.getAsk(application.Refer)},
		{Method: "POST", Pattern: "/v/{gateway}/hjalp", Needs: all, Handle: p.postAsk(application.Refer)},
		{Method: "GET", Pattern: "/v/{gateway}/tillganglighet", Needs: all, Handle: p.getAsk(application.Report)},
		{Method: "POST", Pattern: "/v/{gateway}/tillganglighet", Needs: all, Handle: p.postAsk(application.Report)},
		{Method: "GET", Pattern: "/v/{gateway}/tack", Needs: all, Handle: p.getThanks},

		{Method: "GET", Pattern: "/v/{gateway}/bit", Needs: all, Handle: p.getBit, Shared: true},
		{Method: "GET", Pattern: "/v/{gateway}/data.json", Needs: all, Handle: p.getJSON, Shared: true},
	})
}
