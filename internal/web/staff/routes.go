// Package staff is the pages for those who work at a gateway.
package staff

import (
	"sluss/internal/access"
	"sluss/internal/clock"
	"sluss/internal/contact"
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
	Contact *contact.Desk
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

		{Method: "GET", Pattern: "/arbete/person/{person}/kontakt", Needs: web.OnePerson(contact.Seen, access.Read), Handle: p.getContact},
		{Method: "POST", Pattern: "/arbete/person/{person}/kontakt/anteckning", Needs: web.OnePerson(contact.Seen, access.Read, access.Write), Handle: p.postNote},
		{Method: "POST", Pattern: "/arbete/person/{person}/kontakt/kasta", Needs: web.OnePerson(access.Documents, access.Write), Handle: p.postNoteDrop},
		{Method: "GET", Pattern: "/arbete/person/{person}/kontakt/anteckning/{note}", Needs: web.OnePerson(access.Identity|access.Documents, access.Export), Handle: p.getNote},
		{Method: "POST", Pattern: "/arbete/person/{person}/kontakt/tid", Needs: web.OnePerson(contact.Seen, access.Read, access.Write), Handle: p.postMeeting},
		{Method: "POST", Pattern: "/arbete/person/{person}/kontakt/traffats", Needs: web.OnePerson(access.Contact, access.Write), Handle: p.postMet},
		{Method: "POST", Pattern: "/arbete/person/{person}/kontakt/inte-har", Needs: web.OnePerson(access.Contact, access.Write), Handle: p.postMissed},
		{Method: "POST", Pattern: "/arbete/person/{person}/kontakt/ater", Needs: web.OnePerson(access.Contact, access.Write), Handle: p.postReopen},
	}
}
