// Package staff is the pages for those who work at a gateway.
package staff

import (
	"sluss/internal/access"
	"sluss/internal/clock"
	"sluss/internal/org"
	"sluss/internal/outcome"
	"sluss/internal/person"
	"sluss/internal/web"
)

// Pages holds what the handlers call.
type Pages struct {
	Org     *org.Desk
	Person  *person.Desk
	Outcome *outcome.Desk
	Clock   clock.Clock
}

// Routes is the table of the staff's routes: method, address, what it needs, handler.
func (p *Pages) Routes() []web.Route {
	return []web.Route{
		{Method: "GET", Pattern: "/{$}", Needs: web.Open(), Handle: p.getDoor},
		{Method: "POST", Pattern: "/demo/in", Needs: web.InDemo(), Handle: p.postDemo},
		{Method: "POST", Pattern: "/ut", Needs: web.Open(), Handle: p.postOut},

		{Method: "GET", Pattern: "/arbete", Needs: web.NoPerson(), Handle: p.getToday},
		{Method: "GET", Pattern: "/arbete/komponenter", Needs: web.InDemo(), Handle: p.getGallery},

		{Method: "GET", Pattern: "/arbete/person/{person}/avslut", Needs: web.OnePerson(access.Identity|outcome.Seen, access.Read), Handle: p.getExit},
		{Method: "POST", Pattern: "/arbete/person/{person}/avslut", Needs: web.OnePerson(access.Identity|outcome.Seen, access.Read, access.Write), Handle: p.postExit},
		{Method: "POST", Pattern: "/arbete/person/{person}/avslut/angra", Needs: web.OnePerson(outcome.Seen, access.Write), Handle: p.postExitUndo},
		{Method: "POST", Pattern: "/arbete/person/{person}/avslut/uppfoljning", Needs: web.OnePerson(access.Identity|outcome.Seen, access.Read, access.Write), Handle: p.postFollowUp},
		{Method: "POST", Pattern: "/arbete/person/{person}/avslut/paus", Needs: web.OnePerson(access.Identity|outcome.Seen, access.Read, access.Write), Handle: p.postPause},
		{Method: "POST", Pattern: "/arbete/person/{person}/avslut/ater", Needs: web.OnePerson(outcome.Seen, access.Write), Handle: p.postResume},
		{Method: "GET", Pattern: "/arbete/uppfoljning", Needs: web.ManyPeople(outcome.Shown, access.Read), Handle: p.getFollowUps},
	}
}
