// Package own is the pages that a person sees about themselves.
package own

import (
	"slices"

	"sluss/internal/access"
	"sluss/internal/attendance"
	"sluss/internal/away"
	"sluss/internal/clock"
	"sluss/internal/comment"
	"sluss/internal/consent"
	"sluss/internal/course"
	"sluss/internal/document"
	"sluss/internal/enquiry"
	"sluss/internal/evaluation"
	"sluss/internal/feed"
	"sluss/internal/myplace"
	"sluss/internal/newcoach"
	"sluss/internal/opinion"
	"sluss/internal/org"
	"sluss/internal/place"
	"sluss/internal/placement"
	"sluss/internal/plan"
	"sluss/internal/proposal"
	"sluss/internal/reading"
	"sluss/internal/remind"
	"sluss/internal/signin"
	"sluss/internal/statement"
	"sluss/internal/store"
	"sluss/internal/story"
	"sluss/internal/trusted"
	"sluss/internal/way"
	"sluss/internal/web"
	"sluss/internal/web/calendar"
	"sluss/internal/web/ui"
)

// Pages holds what the handlers call.
type Pages struct {
	Store   *store.Store
	Org     *org.Desk
	Reading *reading.Desk
	Plan    *plan.Desk
	Consent *consent.Desk
	Enquiry *enquiry.Desk
	Signin  *signin.Desk
	Clock   clock.Clock
	limit   web.Limit

	Attendance *attendance.Desk
	Away       *away.Desk
	Opinion    *opinion.Desk
	Statement  *statement.Desk
	Document   *document.Desk
	Place      *place.Desk
	Placement  *placement.Desk
	MyPlace    *myplace.Desk
	Remind     *remind.Desk
	Course     *course.Desk
	Trusted    *trusted.Desk
	Story      *story.Desk
	Evaluation *evaluation.Desk
	Proposal   *proposal.Desk
	Comment    *comment.Desk
	NewCoach   *newcoach.Desk
}

// Routes is the table of a person's own routes: method, address, what it needs, handler.
func (p *Pages) Routes() []web.Route {
	return slices.Concat(p.jobRoutes(), p.storyRoutes(), p.evaluationRoutes(), p.documentRoutes(), p.statementRoutes(), p.doorRoutes(), p.eidRoutes(), p.timesRoutes(), p.opinionRoutes(), p.everythingRoutes(), p.togetherRoutes(), p.trustedRoutes(), p.mineRoutes(), p.wishRoutes(), p.proposalRoutes(), p.noteRoutes(), p.sayRoutes(), p.newcoachRoutes(), []web.Route{
		{Method: "GET", Pattern: "/min", Needs: web.Themself(access.OwnView|way.WaitsNeed|away.Own, access.Read), Handle: p.getHome},
		{Method: "GET", Pattern: readings, Needs: web.Themself(access.OwnView, access.Read), Handle: p.getReadings},
		{Method: "GET", Pattern: questions, Needs: web.Themself(access.OwnView, access.Read), Handle: p.getQuestions},
		{Method: "GET", Pattern: questions + "/ny", Needs: web.Themself(access.OwnView, access.Read), Handle: p.getAsk},
		{Method: "POST", Pattern: questions + "/ny", Needs: web.Themself(access.OwnView, access.Read, access.Write), Handle: p.postAsk},
		{Method: "POST", Pattern: places + "/{place}/trad", Needs: web.Themself(place.Need, access.Write), Handle: p.postUnclear},
		{Method: "POST", Pattern: places + "/{place}/svar", Needs: web.Themself(place.Need, access.Write), Handle: p.postPlaceAnswer},
		{Method: "POST", Pattern: "/min/steg", Needs: web.Themself(plan.Need, access.Write), Handle: p.postStep},
		{Method: "GET", Pattern: goals, Needs: web.Themself(access.OwnView, access.Read), Handle: p.getGoal},
		{Method: "POST", Pattern: goals, Needs: web.Themself(access.OwnView, access.Read, access.Write), Handle: p.postGoal},
		{Method: "GET", Pattern: goals + "/{goal}", Needs: web.Themself(access.OwnView, access.Read), Handle: p.getGoal},
		{Method: "POST", Pattern: goals + "/{goal}", Needs: web.Themself(access.OwnView, access.Read, access.Write), Handle: p.postGoal},
		{Method: "GET", Pattern: consents, Needs: web.Themself(access.OwnView, access.Read), Handle: p.getConsents},
		{Method: "GET", Pattern: consents + "/{zone}", Needs: web.Themself(access.OwnView, access.Read), Handle: p.getConsentEnd},
		{Method: "POST", Pattern: consents + "/{zone}", Needs: web.Themself(access.Collaboration, access.Write), Handle: p.postConsentEnd},
		{Method: "POST", Pattern: "/min/ut", Needs: web.OwnSession(), Handle: p.postOut},
		{Method: "GET", Pattern: calendar.Own, Needs: web.Themself(access.OwnView, access.Read), Handle: p.getCalendar},
		{Method: "POST", Pattern: calendar.Own + "/ny", Needs: web.Themself(access.OwnView, access.Read), Handle: p.postCalendar},
		{Method: "POST", Pattern: calendar.Own + "/stang", Needs: web.OwnSession(), Handle: p.postCalendarEnd},
		{Method: "GET", Pattern: "/kalender/{token}", Needs: web.Calendar(feed.Need), Handle: p.getFeed},
	})
}

// page begins one of the person's own pages.
func (p *Pages) page(r *web.Request, me around, title string, args ...any) ui.Page {
	page := r.Page(title, args...)
	page.Class, page.Unit, page.Area = "person", me.unit.Name, me.names.Area.Name
	page.Interpreter = ui.ByPhone(r.L.T("own.call", r.L.Apart(me.unit.Name)), me.unit.Phone)
	return page
}

func (p *Pages) postOut(r *web.Request) (web.Answer, error) {
	a, err := r.SignOut("/")
	return a.Saying("own.ended"), err
}
