// Package staff is the pages for those who work at a gateway.
package staff

import (
	"slices"

	"sluss/internal/access"
	"sluss/internal/activity"
	"sluss/internal/application"
	"sluss/internal/attendance"
	"sluss/internal/away"
	"sluss/internal/clock"
	"sluss/internal/comment"
	"sluss/internal/competence"
	"sluss/internal/conflict"
	"sluss/internal/consent"
	"sluss/internal/contact"
	"sluss/internal/course"
	"sluss/internal/demand"
	"sluss/internal/document"
	"sluss/internal/enquiry"
	"sluss/internal/evaluation"
	"sluss/internal/export"
	"sluss/internal/flow"
	"sluss/internal/forecast"
	"sluss/internal/glass"
	"sluss/internal/intake"
	"sluss/internal/intray"
	"sluss/internal/lawful"
	"sluss/internal/logcheck"
	"sluss/internal/myplace"
	"sluss/internal/newcoach"
	"sluss/internal/opinion"
	"sluss/internal/org"
	"sluss/internal/outcome"
	"sluss/internal/person"
	"sluss/internal/place"
	"sluss/internal/placement"
	"sluss/internal/plan"
	"sluss/internal/practice"
	"sluss/internal/project"
	"sluss/internal/proposal"
	"sluss/internal/reading"
	"sluss/internal/referral"
	"sluss/internal/remind"
	"sluss/internal/retention"
	"sluss/internal/sarah"
	"sluss/internal/schedule"
	"sluss/internal/signin"
	"sluss/internal/site"
	"sluss/internal/statement"
	"sluss/internal/story"
	"sluss/internal/trusted"
	"sluss/internal/watch"
	"sluss/internal/web"
	"sluss/internal/workplace"
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
	Forecast *forecast.Desk
	Signin   *signin.Desk
	Intray   *intray.Desk
	Export   *export.Desk
	Plan     *plan.Desk
	Contact  *contact.Desk
	Comment  *comment.Desk
	NewCoach *newcoach.Desk

	Activity   *activity.Desk
	Schedule   *schedule.Desk
	Competence *competence.Desk
	Reading    *reading.Desk
	Consent    *consent.Desk
	Conflict   *conflict.Desk
	Lawful     *lawful.Desk
	Demand     *demand.Desk
	Glass      *glass.Desk
	LogCheck   *logcheck.Desk
	Watch      *watch.Watch // the running program; nil where there is none
	MyPlace    *myplace.Desk
	Place      *place.Desk
	Remind     *remind.Desk
	Attendance *attendance.Desk
	Away       *away.Desk
	Statement  *statement.Desk
	Site       *site.Desk
	Retention  *retention.Desk
	Opinion    *opinion.Desk
	Sarah      *sarah.Desk
	Enquiry    *enquiry.Desk
	Practice   *practice.Desk
	Project    *project.Desk
	Workplace  *workplace.Desk
	Placement  *placement.Desk
	Document   *document.Desk
	Course     *course.Desk
	Trusted    *trusted.Desk
	Story      *story.Desk
	Evaluation *evaluation.Desk
	Proposal   *proposal.Desk
	Asked      *application.Desk // those who ask on the pages for everybody

	told web.Limit // of agencies that tell who has signed out
}

// Routes is the table of the staff's routes: method, address, what it needs, handler.
func (p *Pages) Routes() []web.Route {
	read, write := access.Read, access.Write
	return slices.Concat(p.storyRoutes(), p.evaluationRoutes(), p.proposalRoutes(), p.waitRoutes(), p.remindRoutes(), p.courseRoutes(), p.documentRoutes(), p.statementRoutes(), p.retentionRoutes(), p.projectRoutes(), p.keepingRoutes(), p.logCheckRoutes(), p.rightsRoutes(), p.letterRoutes(), p.agencyRoutes(), p.attendanceRoutes(), p.opinionRoutes(), p.everythingRoutes(), p.sarahRoutes(), p.togetherRoutes(), p.trustedRoutes(), p.tableRoutes(), p.tableTimesRoutes(), p.awayRoutes(), p.tableNoteRoutes(), p.newcoachRoutes(), p.demandRoutes(), p.tableSayRoutes(), p.tableConsentRoutes(), p.tablePlaceRoutes(), p.tableCourseRoutes(), p.tableTogetherRoutes(), p.practiceRoutes(), p.spiralRoutes(), p.workplaceRoutes(), p.placementRoutes(), p.coordinatedRoutes(), p.frontRoutes(), p.systemRoutes(), p.blankRoutes(), []web.Route{
		{Method: "GET", Pattern: web.Door, Needs: web.Open(), Handle: p.getDoor},
		{Method: "POST", Pattern: "/demo/in", Needs: web.InDemo(), Handle: p.postDemo},
		{Method: "POST", Pattern: "/demo/min", Needs: web.InDemo(), Handle: p.postDemoOwn},
		{Method: "POST", Pattern: "/ut", Needs: web.Open(), Handle: p.postOut},

		{Method: "GET", Pattern: "/arbete", Needs: web.ManyPeople(todayCategories, read).Partners(), Handle: p.getToday},
		{Method: "GET", Pattern: "/arbete/regler", Needs: web.NoPerson().Partners(), Handle: p.getRules},
		{Method: "POST", Pattern: web.Door, Needs: web.Open(), Handle: p.postIn},
		{Method: "GET", Pattern: "/in/{token}", Needs: web.Open(), Handle: p.getInvite},
		{Method: "POST", Pattern: "/in/{token}", Needs: web.Open(), Handle: p.postInvite},
		{Method: "GET", Pattern: "/arbete/tjanst", Needs: web.NoPerson().Partners(), Handle: p.getPosts},
		{Method: "POST", Pattern: "/arbete/tjanst", Needs: web.NoPerson().Partners(), Handle: p.postPost},
		{Method: "GET", Pattern: "/arbete/jag", Needs: web.NoPerson().Partners(), Handle: p.getMe},
		{Method: "POST", Pattern: "/arbete/jag/nyckel", Needs: web.NoPerson().Partners(), Handle: p.postKey},
		{Method: "POST", Pattern: "/arbete/jag/nyckel/bort", Needs: web.NoPerson().Partners(), Handle: p.postEndKey},
		{Method: "POST", Pattern: "/arbete/jag/session/bort", Needs: web.NoPerson().Partners(), Handle: p.postEndSession},
		{Method: "POST", Pattern: "/arbete/jag/ut-overallt", Needs: web.NoPerson().Partners(), Handle: p.postEndAll},

		{Method: "GET", Pattern: "/arbete/komponenter", Needs: web.InDemo(), Handle: p.getGallery},
		{Method: "GET", Pattern: "/arbete/sok", Needs: web.NoPerson(), Handle: p.getSearch},
		{Method: "POST", Pattern: "/arbete/sok", Needs: web.ManyPeople(access.Identity, read), Handle: p.postSearch},

		{Method: "GET", Pattern: "/arbete/ko", Needs: web.ManyPeople(referral.Shown, read), Handle: p.getQueue},
		{Method: "GET", Pattern: "/arbete/ko/ny", Needs: web.NoPerson(), Handle: p.getNew},
		{Method: "POST", Pattern: "/arbete/ko/ny", Needs: web.ManyPeople(access.Everything, read, write), Handle: p.postNew},

		{Method: "GET", Pattern: applications, Needs: web.NoPerson(), Handle: p.getAsked},
		{Method: "GET", Pattern: applications + "/{application}", Needs: web.NoPerson(), Handle: p.getApplication},
		{Method: "POST", Pattern: applications + "/{application}/ko", Needs: web.ManyPeople(access.Everything, read, write), Handle: p.postAccept},
		{Method: "POST", Pattern: applications + "/{application}/svarad", Needs: web.NoPerson(), Handle: p.postAnswered},
		{Method: "POST", Pattern: applications + "/{application}/skrap", Needs: web.NoPerson(), Handle: p.postDiscard},
		{Method: "POST", Pattern: applications + "/{application}/ater", Needs: web.NoPerson(), Handle: p.postReopenAsked},

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
		{Method: "POST", Pattern: "/arbete/person/{person}/foretradare", Needs: web.OnePerson(recordCategories, read, write), Handle: p.postRepresent},
		{Method: "POST", Pattern: "/arbete/person/{person}/foretradare/avsluta", Needs: web.OnePerson(access.Contact, write), Handle: p.postRepresentEnd},
		{Method: "GET", Pattern: "/arbete/person/{person}/skydd", Needs: web.OnePerson(protectNeed, read), Handle: p.getProtect},
		{Method: "POST", Pattern: "/arbete/person/{person}/skydd", Needs: web.OnePerson(protectNeed, read, access.Decide), Handle: p.postProtect},
		{Method: "GET", Pattern: "/arbete/person/{person}/samtycke", Needs: web.OnePerson(consentNeed, read), Handle: p.getConsents},
		{Method: "GET", Pattern: "/arbete/person/{person}/samtycke/{zone}/ater", Needs: web.OnePerson(consentNeed, read), Handle: p.getConsentEnd},
		{Method: "POST", Pattern: "/arbete/person/{person}/samtycke/{zone}/ater", Needs: web.OnePerson(consentNeed, read, write), Handle: p.postConsentEnd},
		{Method: "GET", Pattern: "/arbete/person/{person}/samtycke/{zone}/papper", Needs: web.OnePerson(consentNeed, read), Handle: p.getConsentPaper},
		{Method: "GET", Pattern: "/arbete/person/{person}/bordet/samtycke/{zone}", Needs: web.OnePerson(consentNeed, read), Handle: p.getConsentAsk},
		{Method: "POST", Pattern: "/arbete/person/{person}/bordet/samtycke/{zone}", Needs: web.OnePerson(consentNeed, read, write), Handle: p.postConsentAsk},
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
		{Method: "GET", Pattern: ahead, Needs: web.NoPerson(), Handle: p.getForecast},
		{Method: "GET", Pattern: ahead + "/csv", Needs: web.NoPerson(), Handle: p.getForecastCsv},
		{Method: "POST", Pattern: ahead, Needs: web.NoPerson(), Handle: p.postForecast},
		{Method: "POST", Pattern: ahead + "/glom", Needs: web.NoPerson(), Handle: p.postForget},
		{Method: "POST", Pattern: ahead + "/visa", Needs: web.NoPerson(), Handle: p.postAheadShow},
		{Method: "POST", Pattern: ahead + "/dolj", Needs: web.NoPerson(), Handle: p.postAheadHide},

		{Method: "GET", Pattern: activities, Needs: web.NoPerson(), Handle: p.getActivities},
		{Method: "GET", Pattern: activities + "/ny", Needs: web.NoPerson(), Handle: p.getActivityNew},
		{Method: "POST", Pattern: activities + "/ny", Needs: web.NoPerson(), Handle: p.postActivity},
		{Method: "GET", Pattern: activities + "/{activity}", Needs: web.NoPerson(), Handle: p.getActivity},
		{Method: "GET", Pattern: activities + "/{activity}/andra", Needs: web.NoPerson(), Handle: p.getActivityEdit},
		{Method: "POST", Pattern: activities + "/{activity}/andra", Needs: web.NoPerson(), Handle: p.postActivity},
		{Method: "POST", Pattern: activities + "/{activity}/besluta", Needs: web.NoPerson(), Handle: p.postActivityDecide},
		{Method: "GET", Pattern: schedules, Needs: web.NoPerson(), Handle: p.getSchedule},
		{Method: "GET", Pattern: schedules + "/nyttjande", Needs: web.NoPerson(), Handle: p.getUse},
		{Method: "GET", Pattern: schedules + "/ny", Needs: web.NoPerson(), Handle: p.getRun},
		{Method: "POST", Pattern: schedules + "/ny", Needs: web.NoPerson(), Handle: p.postRun},
		{Method: "GET", Pattern: working, Needs: web.NoPerson(), Handle: p.getHours},
		{Method: "POST", Pattern: working, Needs: web.NoPerson(), Handle: p.postHours},
		{Method: "GET", Pattern: schedules + "/tillfalle/{occasion}", Needs: web.ManyPeople(rollNeed, read), Handle: p.getOccasion},
		{Method: "POST", Pattern: schedules + "/tillfalle/{occasion}/flytta", Needs: web.NoPerson(), Handle: p.postMoveOccasion},
		{Method: "POST", Pattern: schedules + "/tillfalle/{occasion}/stall-in", Needs: web.NoPerson(), Handle: p.postCancelOccasion},
		{Method: "POST", Pattern: schedules + "/tillfalle/{occasion}/forlang", Needs: web.NoPerson(), Handle: p.postExtendRun},
		{Method: "POST", Pattern: schedules + "/tillfalle/{occasion}/visa", Needs: web.NoPerson(), Handle: p.postShowRun},
		{Method: "POST", Pattern: schedules + "/stangt", Needs: web.NoPerson(), Handle: p.postCancelShut},
		{Method: "POST", Pattern: schedules + "/andring/{change}/angra", Needs: web.NoPerson(), Handle: p.postUndoChange},
		{Method: "POST", Pattern: schedules + "/andring/{change}/sedd", Needs: web.NoPerson(), Handle: p.postSeenChange},
		{Method: "GET", Pattern: competences, Needs: web.NoPerson(), Handle: p.getCompetence},
		{Method: "POST", Pattern: competences, Needs: web.NoPerson(), Handle: p.postCompetence},
		{Method: "POST", Pattern: competences + "/avsluta", Needs: web.NoPerson(), Handle: p.postCompetenceEnd},
		{Method: "POST", Pattern: competences + "/metod", Needs: web.NoPerson(), Handle: p.postMethod},
		{Method: "POST", Pattern: competences + "/utbildning", Needs: web.NoPerson(), Handle: p.postTraining},
		{Method: "POST", Pattern: competences + "/utbildning/gor", Needs: web.NoPerson(), Handle: p.postTrainingAct},
		{Method: "GET", Pattern: operation, Needs: web.NoPerson(), Handle: p.getOperation},
		{Method: "GET", Pattern: operation + "/beslut", Needs: web.NoPerson(), Handle: p.getDecide},
		{Method: "POST", Pattern: operation + "/beslut", Needs: web.NoPerson(), Handle: p.postDecide},
		{Method: "POST", Pattern: operation + "/rum", Needs: web.NoPerson(), Handle: p.postRoom},
		{Method: "POST", Pattern: operation + "/rum/bort", Needs: web.NoPerson(), Handle: p.postRoomEnd},
		{Method: "GET", Pattern: operation + "/rum/{room}", Needs: web.NoPerson(), Handle: p.getRoom},
		{Method: "POST", Pattern: operation + "/rum/{room}", Needs: web.NoPerson(), Handle: p.postRoomChange},
		{Method: "POST", Pattern: operation + "/stangt", Needs: web.NoPerson(), Handle: p.postClosed},
		{Method: "POST", Pattern: operation + "/stangt/bort", Needs: web.NoPerson(), Handle: p.postClosedEnd},
		{Method: "GET", Pattern: operation + "/myndighet/{agency}", Needs: web.NoPerson(), Handle: p.getAgencyLeave},
		{Method: "POST", Pattern: operation + "/myndighet/{agency}", Needs: web.NoPerson(), Handle: p.postAgencyLeave},
		{Method: "GET", Pattern: siteTexts, Needs: web.NoPerson(), Handle: p.getSite},
		{Method: "GET", Pattern: siteTexts + "/sprak", Needs: web.NoPerson(), Handle: p.getSiteRead},
		{Method: "GET", Pattern: siteTexts + "/{field}/{lang}", Needs: web.NoPerson(), Handle: p.getSiteText},
		{Method: "POST", Pattern: siteTexts + "/{field}/{lang}", Needs: web.NoPerson(), Handle: p.postSiteText},
		{Method: "POST", Pattern: siteTexts + "/{field}/{lang}/last", Needs: web.NoPerson(), Handle: p.postSiteReview},
		{Method: "GET", Pattern: operation + "/kollega", Needs: web.NoPerson(), Handle: p.getHire},
		{Method: "POST", Pattern: operation + "/kollega", Needs: web.NoPerson(), Handle: p.postHire},
		{Method: "GET", Pattern: operation + "/kollega/{post}", Needs: web.NoPerson(), Handle: p.getColleague},
		{Method: "POST", Pattern: operation + "/kollega/{post}/bjud-in", Needs: web.NoPerson(), Handle: p.postColleagueInvite},
		{Method: "POST", Pattern: operation + "/kollega/{post}/svarar", Needs: web.NoPerson(), Handle: p.postReviewer},
		{Method: "POST", Pattern: operation + "/kollega/{post}/namn", Needs: web.NoPerson(), Handle: p.postColleagueName},
		{Method: "POST", Pattern: operation + "/kollega/{post}/avsluta", Needs: web.NoPerson(), Handle: p.postColleagueEnd},

		{Method: "GET", Pattern: "/arbete/person/{person}/plan", Needs: web.OnePerson(planNeed, access.Read), Handle: p.getPlan},
		{Method: "POST", Pattern: "/arbete/person/{person}/plan/dela", Needs: web.OnePerson(plan.Need, access.Write), Handle: p.postPlanShare},
		{Method: "POST", Pattern: "/arbete/person/{person}/plan/fraga", Needs: web.OnePerson(plan.Need, access.Write), Handle: p.postAskStep},
		{Method: "POST", Pattern: "/arbete/person/{person}/plan/steg", Needs: web.OnePerson(plan.Need, access.Write), Handle: p.postStep},
		{Method: "GET", Pattern: "/arbete/person/{person}/plan/mal", Needs: web.OnePerson(planNeed, access.Read), Handle: p.getGoal},
		{Method: "POST", Pattern: "/arbete/person/{person}/plan/mal", Needs: web.OnePerson(planNeed, access.Read, access.Write), Handle: p.postGoal},
		{Method: "GET", Pattern: "/arbete/person/{person}/plan/mal/{goal}", Needs: web.OnePerson(planNeed, access.Read), Handle: p.getGoal},
		{Method: "POST", Pattern: "/arbete/person/{person}/plan/mal/{goal}", Needs: web.OnePerson(planNeed, access.Read, access.Write), Handle: p.postGoal},
		{Method: "POST", Pattern: "/arbete/person/{person}/plan/mal/{goal}/gor", Needs: web.OnePerson(plan.Need, access.Write), Handle: p.postGoalAct},
		{Method: "GET", Pattern: "/arbete/person/{person}/plan/uppgift", Needs: web.OnePerson(planNeed, access.Read), Handle: p.getTask},
		{Method: "POST", Pattern: "/arbete/person/{person}/plan/uppgift", Needs: web.OnePerson(planNeed, access.Read, access.Write), Handle: p.postTask},
		{Method: "GET", Pattern: "/arbete/person/{person}/plan/uppgift/{task}", Needs: web.OnePerson(planNeed, access.Read), Handle: p.getTask},
		{Method: "POST", Pattern: "/arbete/person/{person}/plan/uppgift/{task}", Needs: web.OnePerson(planNeed, access.Read, access.Write), Handle: p.postTask},
		{Method: "POST", Pattern: "/arbete/person/{person}/plan/uppgift/{task}/gor", Needs: web.OnePerson(plan.Need, access.Write), Handle: p.postTaskAct},
		{Method: "GET", Pattern: "/arbete/person/{person}/plan/insats", Needs: web.OnePerson(planNeed, access.Read), Handle: p.getMeasure},
		{Method: "POST", Pattern: "/arbete/person/{person}/plan/insats", Needs: web.OnePerson(planNeed, access.Read, access.Write), Handle: p.postMeasure},
		{Method: "GET", Pattern: "/arbete/person/{person}/plan/insats/{measure}", Needs: web.OnePerson(planNeed, access.Read), Handle: p.getMeasure},
		{Method: "POST", Pattern: "/arbete/person/{person}/plan/insats/{measure}", Needs: web.OnePerson(planNeed, access.Read, access.Write), Handle: p.postMeasure},
		{Method: "POST", Pattern: "/arbete/person/{person}/plan/insats/{measure}/gor", Needs: web.OnePerson(plan.Need, access.Write), Handle: p.postMeasureAct},
		{Method: "GET", Pattern: "/arbete/person/{person}/plan/insats/{measure}/slut", Needs: web.OnePerson(planNeed, access.Read), Handle: p.getMeasureEnd},
		{Method: "POST", Pattern: "/arbete/person/{person}/plan/insats/{measure}/slut", Needs: web.OnePerson(planNeed, access.Read, access.Write), Handle: p.postMeasureEnd},
		{Method: "GET", Pattern: "/arbete/person/{person}/plan/overens/{agreed}", Needs: web.OnePerson(planNeed, access.Read), Handle: p.getAgreed},
		{Method: "GET", Pattern: "/arbete/person/{person}/plan/behov", Needs: web.OnePerson(tableNeed, access.Read), Handle: p.getNeedsOverTime},
		{Method: "GET", Pattern: "/arbete/person/{person}/plan/papper", Needs: web.OnePerson(planNeed|demand.Told, access.Export), Handle: p.getPaper},
		{Method: "GET", Pattern: "/arbete/person/{person}/plan/fran-papper", Needs: web.OnePerson(planNeed, access.Read), Handle: p.getFromPaper},
		{Method: "POST", Pattern: "/arbete/person/{person}/plan/fran-papper", Needs: web.OnePerson(planNeed, access.Read, access.Write), Handle: p.postFromPaper},
		{Method: "GET", Pattern: "/arbete/person/{person}/bordet", Needs: web.OnePerson(planNeed|demand.Told, access.Read), Handle: p.getTable},
		{Method: "POST", Pattern: "/arbete/person/{person}/bordet", Needs: web.OnePerson(tableNeed|demand.Told, access.Read, access.Write), Handle: p.postTable},
		{Method: "POST", Pattern: "/arbete/person/{person}/bordet/steg", Needs: web.OnePerson(plan.Need, access.Write), Handle: p.postStep},
		{Method: "GET", Pattern: "/arbete/person/{person}/bordet/mal", Needs: web.OnePerson(planNeed, access.Read), Handle: p.getGoal},
		{Method: "POST", Pattern: "/arbete/person/{person}/bordet/mal", Needs: web.OnePerson(planNeed, access.Read, access.Write), Handle: p.postGoal},
		{Method: "GET", Pattern: "/arbete/person/{person}/bordet/mal/{goal}", Needs: web.OnePerson(planNeed, access.Read), Handle: p.getGoal},
		{Method: "POST", Pattern: "/arbete/person/{person}/bordet/mal/{goal}", Needs: web.OnePerson(planNeed, access.Read, access.Write), Handle: p.postGoal},
		{Method: "POST", Pattern: "/arbete/person/{person}/bordet/mal/{goal}/gor", Needs: web.OnePerson(plan.Need, access.Write), Handle: p.postGoalAct},
		{Method: "GET", Pattern: "/arbete/person/{person}/bordet/uppgift", Needs: web.OnePerson(planNeed, access.Read), Handle: p.getTask},
		{Method: "POST", Pattern: "/arbete/person/{person}/bordet/uppgift", Needs: web.OnePerson(planNeed, access.Read, access.Write), Handle: p.postTask},
		{Method: "POST", Pattern: "/arbete/person/{person}/bordet/insats/{measure}/gor", Needs: web.OnePerson(plan.Need, access.Write), Handle: p.postMeasureAct},
		{Method: "GET", Pattern: "/arbete/person/{person}/bordet/behov", Needs: web.OnePerson(planNeed, access.Read), Handle: p.getNeeds},
		{Method: "POST", Pattern: "/arbete/person/{person}/bordet/behov", Needs: web.OnePerson(tableNeed, access.Read, access.Write), Handle: p.postNeeds},

		{Method: "GET", Pattern: "/arbete/person/{person}/kontakt", Needs: web.OnePerson(contactNeed, access.Read), Handle: p.getContact},
		{Method: "POST", Pattern: "/arbete/person/{person}/kontakt/anteckning", Needs: web.OnePerson(contactNeed, access.Read, access.Write), Handle: p.postNote},
		{Method: "POST", Pattern: "/arbete/person/{person}/kontakt/kasta", Needs: web.OnePerson(access.Documents, access.Write), Handle: p.postNoteDrop},
		{Method: "GET", Pattern: "/arbete/person/{person}/kontakt/anteckning/{note}", Needs: web.OnePerson(access.Identity|access.Documents, access.Export), Handle: p.getNote},
		{Method: "POST", Pattern: "/arbete/person/{person}/kontakt/anteckning/{note}/kommentar", Needs: web.OnePerson(contactNeed, access.Read, access.Write), Handle: p.postNoteSaid},
		{Method: "POST", Pattern: "/arbete/person/{person}/kontakt/anteckning/{note}/visas", Needs: web.OnePerson(contactNeed, access.Read, access.Write), Handle: p.postNoteHeld},
		{Method: "POST", Pattern: "/arbete/person/{person}/kontakt/tid", Needs: web.OnePerson(contactNeed|access.Activities, access.Read, access.Write), Handle: p.postMeeting},
		{Method: "POST", Pattern: "/arbete/person/{person}/kontakt/traffats", Needs: web.OnePerson(access.Contact, access.Write), Handle: p.postMet},
		{Method: "POST", Pattern: "/arbete/person/{person}/kontakt/inte-har", Needs: web.OnePerson(access.Contact, access.Write), Handle: p.postMissed},
		{Method: "POST", Pattern: "/arbete/person/{person}/kontakt/ater", Needs: web.OnePerson(access.Contact, access.Write), Handle: p.postMeetingReopen},

		{Method: "GET", Pattern: "/arbete/person/{person}/fraga/{question}", Needs: web.OnePerson(access.Identity, read), Handle: p.getQuestion},
		{Method: "POST", Pattern: "/arbete/person/{person}/fraga/{question}", Needs: web.OnePerson(access.Identity, read, write), Handle: p.postQuestion},
		{Method: "GET", Pattern: "/arbete/person/{person}/lasningar", Needs: web.OnePerson(access.Identity, read), Handle: p.getReadings},
		{Method: "GET", Pattern: "/arbete/person/{person}/lasningar/fraga", Needs: web.OnePerson(access.Identity, read), Handle: p.getReadingPaper},
		{Method: "POST", Pattern: "/arbete/person/{person}/lasningar/fraga", Needs: web.OnePerson(access.Identity, read, write), Handle: p.postReadingPaper},
		{Method: "GET", Pattern: "/arbete/person/{person}/lasningar/senare", Needs: web.OnePerson(access.Identity, read), Handle: p.getDelays},
		{Method: "POST", Pattern: "/arbete/person/{person}/lasningar/senare", Needs: web.OnePerson(access.Identity, read, access.Decide), Handle: p.postDelay},

		{Method: "GET", Pattern: "/arbete/person/{person}/min-plats", Needs: web.OnePerson(myplace.Seen, read), Handle: p.getMyPlace},
		{Method: "GET", Pattern: "/arbete/person/{person}/min-plats/bordet", Needs: web.OnePerson(myplace.Seen, read), Handle: p.getPlaceTable},
		{Method: "POST", Pattern: "/arbete/person/{person}/min-plats/bordet", Needs: web.OnePerson(myplace.Seen, read, write), Handle: p.postPlace},
		{Method: "GET", Pattern: "/arbete/person/{person}/min-plats/fran-papper", Needs: web.OnePerson(myplace.Seen, read), Handle: p.getPlaceTyped},
		{Method: "POST", Pattern: "/arbete/person/{person}/min-plats/fran-papper", Needs: web.OnePerson(myplace.Seen, read, write), Handle: p.postPlace},
		{Method: "GET", Pattern: "/arbete/person/{person}/min-plats/papper", Needs: web.OnePerson(myplace.Seen, access.Export), Handle: p.getPlacePaper},
		{Method: "GET", Pattern: "/arbete/person/{person}/min-plats/blankett", Needs: web.OnePerson(myplace.Seen, access.Export), Handle: p.getPlacePaper},
		{Method: "GET", Pattern: "/arbete/person/{person}/min-plats/anpassning", Needs: web.OnePerson(myplace.Seen, read), Handle: p.getAdaptation},
		{Method: "POST", Pattern: "/arbete/person/{person}/min-plats/anpassning", Needs: web.OnePerson(myplace.Seen, read, write), Handle: p.postAdaptation},
		{Method: "GET", Pattern: "/arbete/person/{person}/min-plats/anpassning/{adaptation}", Needs: web.OnePerson(myplace.Seen, read), Handle: p.getAdaptation},
		{Method: "POST", Pattern: "/arbete/person/{person}/min-plats/anpassning/{adaptation}", Needs: web.OnePerson(myplace.Seen, read, write), Handle: p.postAdaptation},
		{Method: "GET", Pattern: "/arbete/person/{person}/min-plats/bordet/anpassning", Needs: web.OnePerson(myplace.Seen, read), Handle: p.getAdaptation},
		{Method: "POST", Pattern: "/arbete/person/{person}/min-plats/bordet/anpassning", Needs: web.OnePerson(myplace.Seen, read, write), Handle: p.postAdaptation},

		{Method: "GET", Pattern: "/arbete/person/{person}/trad", Needs: web.OnePerson(threadCategories, read), Handle: p.getThread},

		{Method: "GET", Pattern: breaking, Needs: web.NoPerson(), Handle: p.getBreak},
		{Method: "POST", Pattern: breaking, Needs: web.ManyPeople(access.Identity, read), Handle: p.postBreak},
		{Method: "POST", Pattern: breaking + "/avsluta", Needs: web.NoPerson(), Handle: p.postBreakEnd},
		{Method: "GET", Pattern: reviewing, Needs: web.NoPerson(), Handle: p.getReviews},
		{Method: "GET", Pattern: reviewing + "/{person}/{glass}", Needs: web.OnePerson(access.Identity, read), Handle: p.getReview},
		{Method: "POST", Pattern: reviewing + "/{person}/{glass}", Needs: web.OnePerson(access.Identity, read, write), Handle: p.postReview},
		{Method: "GET", Pattern: "/arbete/person/{person}/aktiviteter", Needs: web.OnePerson(placeNeed, read), Handle: p.getPlaces},
		{Method: "POST", Pattern: "/arbete/person/{person}/aktiviteter", Needs: web.OnePerson(placeNeed, read, write), Handle: p.postWish},
		{Method: "GET", Pattern: "/arbete/person/{person}/aktiviteter/{place}", Needs: web.OnePerson(placeNeed, read), Handle: p.getPlace},
		{Method: "POST", Pattern: "/arbete/person/{person}/aktiviteter/{place}/erbjud", Needs: web.OnePerson(placeNeed, read, write), Handle: p.postOffer},
		{Method: "POST", Pattern: "/arbete/person/{person}/aktiviteter/{place}/svar", Needs: web.OnePerson(placeNeed, read, write), Handle: p.postPlaceAnswer},
		{Method: "POST", Pattern: "/arbete/person/{person}/aktiviteter/{place}/mal", Needs: web.OnePerson(placeNeed, read, write), Handle: p.postServe},
		{Method: "POST", Pattern: "/arbete/person/{person}/aktiviteter/{place}/trad", Needs: web.OnePerson(placeNeed, read, write), Handle: p.postPlaceUnclear},
		{Method: "POST", Pattern: "/arbete/person/{person}/aktiviteter/{place}/omfattning", Needs: web.OnePerson(placeNeed, read, write), Handle: p.postExtent},
		{Method: "POST", Pattern: "/arbete/person/{person}/aktiviteter/{place}/ut", Needs: web.OnePerson(placeNeed, read, write), Handle: p.postStepOut},
		{Method: "POST", Pattern: "/arbete/person/{person}/aktiviteter/{place}/tillbaka", Needs: web.OnePerson(placeNeed, read, write), Handle: p.postStayIn},
		{Method: "POST", Pattern: "/arbete/person/{person}/aktiviteter/{place}/ta-bort", Needs: web.OnePerson(placeNeed, read, write), Handle: p.postUnwish},
	})
}
