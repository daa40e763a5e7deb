// Package staff is the pages for those who work at a gateway.
package staff

import (
	"sluss/internal/access"
	"sluss/internal/clock"
	"sluss/internal/flow"
	"sluss/internal/org"
	"sluss/internal/person"
	"sluss/internal/web"
)

// Pages holds what the handlers call.
type Pages struct {
	Org    *org.Desk
	Person *person.Desk
	Flow   *flow.Desk
	Clock  clock.Clock
}

// Routes is the table of the staff's routes: method, address, what it needs, handler.
func (p *Pages) Routes() []web.Route {
	return []web.Route{
		{Method: "GET", Pattern: "/{$}", Needs: web.Open(), Handle: p.getDoor},
		{Method: "POST", Pattern: "/demo/in", Needs: web.InDemo(), Handle: p.postDemo},
		{Method: "POST", Pattern: "/ut", Needs: web.Open(), Handle: p.postOut},

		{Method: "GET", Pattern: "/arbete", Needs: web.NoPerson(), Handle: p.getToday},
		{Method: "GET", Pattern: "/arbete/komponenter", Needs: web.InDemo(), Handle: p.getGallery},

		{Method: "GET", Pattern: "/arbete/flode", Needs: web.NoPerson(), Handle: p.getFlow},
		{Method: "GET", Pattern: "/arbete/flode/lista", Needs: web.ManyPeople(access.Identity|access.Thread, access.Read), Handle: p.getFlowList},
	}
}
