// Package staff is the pages for those who work at a gateway.
package staff

import (
	"sluss/internal/clock"
	"sluss/internal/org"
	"sluss/internal/person"
	"sluss/internal/signin"
	"sluss/internal/web"
)

// Pages holds what the handlers call.
type Pages struct {
	Org    *org.Desk
	Person *person.Desk
	Signin *signin.Desk
	Clock  clock.Clock
}

// Routes is the table of the staff's routes: method, address, what it needs, handler.
func (p *Pages) Routes() []web.Route {
	return []web.Route{
		{Method: "GET", Pattern: "/{$}", Needs: web.Open(), Handle: p.getDoor},
		{Method: "POST", Pattern: "/demo/in", Needs: web.InDemo(), Handle: p.postDemo},
		{Method: "POST", Pattern: "/ut", Needs: web.Open(), Handle: p.postOut},

		{Method: "POST", Pattern: "/in", Needs: web.Open(), Handle: p.postIn},
		{Method: "GET", Pattern: "/in/{token}", Needs: web.Open(), Handle: p.getInvite},
		{Method: "POST", Pattern: "/in/{token}", Needs: web.Open(), Handle: p.postInvite},
		{Method: "GET", Pattern: "/arbete/tjanst", Needs: web.NoPerson(), Handle: p.getPosts},
		{Method: "POST", Pattern: "/arbete/tjanst", Needs: web.NoPerson(), Handle: p.postPost},
		{Method: "GET", Pattern: "/arbete/jag", Needs: web.NoPerson(), Handle: p.getMe},
		{Method: "POST", Pattern: "/arbete/jag/nyckel", Needs: web.NoPerson(), Handle: p.postKey},
		{Method: "POST", Pattern: "/arbete/jag/nyckel/bort", Needs: web.NoPerson(), Handle: p.postEndKey},
		{Method: "POST", Pattern: "/arbete/jag/session/bort", Needs: web.NoPerson(), Handle: p.postEndSession},
		{Method: "POST", Pattern: "/arbete/jag/ut-overallt", Needs: web.NoPerson(), Handle: p.postEndAll},

		{Method: "GET", Pattern: "/arbete", Needs: web.NoPerson(), Handle: p.getToday},
		{Method: "GET", Pattern: "/arbete/komponenter", Needs: web.InDemo(), Handle: p.getGallery},
	}
}
