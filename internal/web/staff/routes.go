// Package staff is the pages for those who work at a gateway.
package staff

import (
	"sluss/internal/access"
	"sluss/internal/clock"
	"sluss/internal/export"
	"sluss/internal/flow"
	"sluss/internal/intake"
	"sluss/internal/intray"
	"sluss/internal/org"
	"sluss/internal/outcome"
	"sluss/internal/person"
	"sluss/internal/referral"
	"sluss/internal/web"
)

// Pages holds what the handlers call.
type Pages struct {
	Org      *org.Desk
	Person   *person.Desk
	Referral *referral.Desk
	Intake   *intake.Desk
	Clock    clock.Clock
	Outcome  *outcome.Desk
	Flow     *flow.Desk
	Intray   *intray.Desk
	Export   *export.Desk
}

// Routes is the table of the staff's routes: method, address, what it needs, handler.
func (p *Pages) Routes() []web.Route {
	read, write := access.Read, access.Write
	return []web.Route{
		{Method: "GET", Pattern: "/{$}", Needs: web.Open(), Handle: p.getDoor},
		{Method: "POST", Pattern: "/demo/in", Needs: web.InDemo(), Handle: p.postDemo},
		{Method: "POST", Pattern: "/ut", Needs: web.Open(), Handle: p.postOut},

		{Method: "GET", Pattern: "/arbete", Needs: web.NoPerson(), Handle: p.getToday},
		{Method: "GET", Pattern: "/arbete/komponenter", Needs: web.InDemo(), Handle: p.getGallery},
		{Method: "GET", Pattern: "/arbete/sok", Needs: web.NoPerson(), Handle: p.getSearch},
		{Method: "POST", Pattern: "/arbete/sok", Needs: web.ManyPeople(access.Identity, read), Handle: p.postSearch},

		{Method: "GET", Pattern: "/arbete/ko", Needs: web.ManyPeople(referral.Shown, read), Handle: p.getQueue},
		{Method: "GET", Pattern: "/arbete/ko/ny", Needs: web.NoPerson(), Handle: p.getNew},
		{Method: "POST", Pattern: "/arbete/ko/ny", Needs: web.ManyPeople(access.Everything, write), Handle: p.postNew},

		{Method: "GET", Pattern: "/arbete/import", Needs: web.NoPerson(), Handle: p.getIntrays},
		{Method: "GET", Pattern: "/arbete/import/mall", Needs: web.NoPerson(), Handle: p.getTemplate},
		{Method: "POST", Pattern: "/arbete/import", Needs: web.ManyPeople(intray.Shown, read), Handle: p.postIntray},
		{Method: "GET", Pattern: "/arbete/import/{import}", Needs: web.NoPerson(), Handle: p.getIntray},
		{Method: "POST", Pattern: "/arbete/import/{import}/kolumner", Needs: web.ManyPeople(intray.Shown, read), Handle: p.postColumns},
		{Method: "POST", Pattern: "/arbete/import/{import}/spara", Needs: web.ManyPeople(access.Everything, write), Handle: p.postConfirm},
		{Method: "POST", Pattern: "/arbete/import/{import}/stopp", Needs: web.NoPerson(), Handle: p.postStop},
		{Method: "POST", Pattern: "/arbete/import/{import}/fortsatt", Needs: web.ManyPeople(access.Everything, write), Handle: p.postContinue},
		{Method: "POST", Pattern: "/arbete/import/{import}/kasta", Needs: web.NoPerson(), Handle: p.postThrow},
		{Method: "POST", Pattern: "/arbete/import/{import}/ratta", Needs: web.NoPerson(), Handle: p.postMend},
		{Method: "POST", Pattern: "/arbete/export/{list}", Needs: web.ManyPeople(export.Everything, access.Export), Handle: p.postExport},

		{Method: "GET", Pattern: "/arbete/gruppstarter", Needs: web.NoPerson(), Handle: p.getStarts},
		{Method: "POST", Pattern: "/arbete/gruppstarter/planera", Needs: web.NoPerson(), Handle: p.postPlanStarts},
		{Method: "GET", Pattern: "/arbete/gruppstarter/{start}", Needs: web.ManyPeople(startCategories, read), Handle: p.getStart},
		{Method: "POST", Pattern: "/arbete/gruppstarter/{start}/fyll", Needs: web.ManyPeople(startCategories, read, write), Handle: p.postFill},
		{Method: "POST", Pattern: "/arbete/gruppstarter/{start}/kalla", Needs: web.ManyPeople(startCategories, read, write), Handle: p.postCall},
		{Method: "POST", Pattern: "/arbete/gruppstarter/{start}/svar", Needs: web.ManyPeople(startCategories, read, write), Handle: p.postAnswer},
		{Method: "POST", Pattern: "/arbete/gruppstarter/{start}/har", Needs: web.ManyPeople(startCategories, read, write), Handle: p.postHere},
		{Method: "POST", Pattern: "/arbete/gruppstarter/{start}/flytta", Needs: web.ManyPeople(startCategories, read, write), Handle: p.postMoveTo},
		{Method: "POST", Pattern: "/arbete/gruppstarter/{start}/stryk", Needs: web.ManyPeople(startCategories, read, write), Handle: p.postStrike},
		{Method: "GET", Pattern: "/arbete/gruppstarter/{start}/lista", Needs: web.ManyPeople(startCategories, read), Handle: p.getStartList},
		{Method: "GET", Pattern: "/arbete/gruppstarter/{start}/brev", Needs: web.ManyPeople(letterCategories, read), Handle: p.getLetters},
		{Method: "POST", Pattern: "/arbete/gruppstarter/{start}/brev", Needs: web.ManyPeople(letterCategories, write), Handle: p.postLetters},
		{Method: "GET", Pattern: "/arbete/gruppstarter/{start}/andra", Needs: web.NoPerson(), Handle: p.getStartChange},
		{Method: "POST", Pattern: "/arbete/gruppstarter/{start}/andra", Needs: web.NoPerson(), Handle: p.postStartChange},

		{Method: "GET", Pattern: "/arbete/deltagare", Needs: web.ManyPeople(intake.Seen, read), Handle: p.getPeople},
		{Method: "GET", Pattern: "/arbete/deltagare/tack", Needs: web.ManyPeople(intake.Seen, read), Handle: p.getCover},
		{Method: "POST", Pattern: "/arbete/deltagare/tack/lana", Needs: web.ManyPeople(intake.Seen, read, write), Handle: p.postLend},
		{Method: "POST", Pattern: "/arbete/deltagare/tack/lamna", Needs: web.ManyPeople(intake.Seen, read, write), Handle: p.postHandOver},

		{Method: "GET", Pattern: "/arbete/person/{person}", Needs: web.OnePerson(overviewCategories, read), Handle: p.getPerson},
		{Method: "GET", Pattern: "/arbete/person/{person}/uppgifter", Needs: web.OnePerson(recordCategories, read), Handle: p.getRecord},
		{Method: "POST", Pattern: "/arbete/person/{person}/uppgifter", Needs: web.OnePerson(recordCategories, read, write), Handle: p.postRecord},
		{Method: "GET", Pattern: "/arbete/person/{person}/remiss", Needs: web.OnePerson(overviewCategories, read), Handle: p.getReferral},
		{Method: "POST", Pattern: "/arbete/person/{person}/remiss/flytta", Needs: web.OnePerson(overviewCategories, read, write), Handle: p.postMove},
		{Method: "POST", Pattern: "/arbete/person/{person}/remiss/svar", Needs: web.OnePerson(overviewCategories, read, write), Handle: p.postReply},
		{Method: "POST", Pattern: "/arbete/person/{person}/remiss/fraga", Needs: web.OnePerson(overviewCategories, read, write), Handle: p.postAskReturn},
		{Method: "POST", Pattern: "/arbete/person/{person}/remiss/hanvisa", Needs: web.OnePerson(overviewCategories, read, write), Handle: p.postRedirect},
		{Method: "POST", Pattern: "/arbete/person/{person}/remiss/avbojd", Needs: web.OnePerson(overviewCategories, read, write), Handle: p.postWithdraw},
		{Method: "POST", Pattern: "/arbete/person/{person}/remiss/ater", Needs: web.OnePerson(overviewCategories, read, write), Handle: p.postReopen},
		{Method: "GET", Pattern: "/arbete/person/{person}/egen-start", Needs: web.OnePerson(bookCategories, read), Handle: p.getBook},
		{Method: "POST", Pattern: "/arbete/person/{person}/egen-start", Needs: web.OnePerson(bookCategories, read, write), Handle: p.postBook},
		{Method: "POST", Pattern: "/arbete/person/{person}/egen-start/hallen", Needs: web.OnePerson(bookCategories, write), Handle: p.postHold},
		{Method: "GET", Pattern: "/arbete/person/{person}/coach", Needs: web.OnePerson(bookCategories, read), Handle: p.getCoach},
		{Method: "POST", Pattern: "/arbete/person/{person}/coach", Needs: web.OnePerson(bookCategories, read, write), Handle: p.postCoach},
		{Method: "GET", Pattern: "/arbete/person/{person}/avslut", Needs: web.OnePerson(access.Identity|outcome.Seen, access.Read), Handle: p.getExit},
		{Method: "POST", Pattern: "/arbete/person/{person}/avslut", Needs: web.OnePerson(access.Identity|outcome.Seen, access.Read, access.Write), Handle: p.postExit},
		{Method: "POST", Pattern: "/arbete/person/{person}/avslut/angra", Needs: web.OnePerson(outcome.Seen, access.Write), Handle: p.postExitUndo},
		{Method: "POST", Pattern: "/arbete/person/{person}/avslut/uppfoljning", Needs: web.OnePerson(access.Identity|outcome.Seen, access.Read, access.Write), Handle: p.postFollowUp},
		{Method: "POST", Pattern: "/arbete/person/{person}/avslut/paus", Needs: web.OnePerson(access.Identity|outcome.Seen, access.Read, access.Write), Handle: p.postPause},
		{Method: "POST", Pattern: "/arbete/person/{person}/avslut/ater", Needs: web.OnePerson(outcome.Seen, access.Write), Handle: p.postResume},
		{Method: "GET", Pattern: "/arbete/uppfoljning", Needs: web.ManyPeople(outcome.Shown, access.Read), Handle: p.getFollowUps},
		{Method: "GET", Pattern: "/arbete/flode", Needs: web.NoPerson(), Handle: p.getFlow},
		{Method: "GET", Pattern: "/arbete/flode/lista", Needs: web.ManyPeople(access.Identity|access.Thread, access.Read), Handle: p.getFlowList},
	}
}
