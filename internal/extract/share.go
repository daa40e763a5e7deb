package extract

import (
	"sluss/internal/access"
	"sluss/internal/comment"
	"sluss/internal/store"
)

// after is how a time at a unit ended or rested, and how it went.
var after = []table{
	{name: "pause", part: "pauses", says: comment.Pause, query: store.Q(`SELECT pause_id, reason, sealed, unit_id, began_on, expected_on, ended_on FROM pause WHERE area_id = $1 AND person_id = $2 ORDER BY pause_id`),
		shown: []column{row("pause_id"), coded("reason", "reason", "outcome.pause."), said("sealed", access.Plan, "words"), of("unit_id", "unit", unit), of("began_on", "from", day),
			of("expected_on", "expected", day), of("ended_on", "ended", day)},
		hidden: map[string]Ground{"enrolment_id": Technical}},
	{name: "exit", part: "exits", says: comment.Exit, query: store.Q(`SELECT exit_id, left_on, unit_id, reason, kind, subsidy, sector, municipal, study_aid, income_before, income_after, sealed, no_view, post_id,
	  at, undone_at FROM exit WHERE area_id = $1 AND person_id = $2 ORDER BY exit_id`),
		shown: []column{row("exit_id"), of("left_on", "left", day), of("unit_id", "unit", unit), coded("reason", "reason", "outcome.reason."), coded("kind", "exitkind", "outcome.kind."),
			coded("subsidy", "subsidy", "outcome.subsidy."), coded("sector", "sector", "outcome.sector."), of("municipal", "municipal", flag), of("study_aid", "studyaid", flag),
			coded("income_before", "before", "outcome.income."), coded("income_after", "after", "outcome.income."), said("sealed", access.Plan, "where", "redirected", "view", "-looked"),
			coded("no_view", "noview", "outcome.noview."), of("post_id", "by", post), of("at", "written", instant), of("undone_at", "undone", instant)},
		hidden: map[string]Ground{"enrolment_id": Technical}},
	{name: "followup", part: "followups", says: comment.FollowUp, query: store.Q(`SELECT followup_id, months, due_on, state, answer, sealed, answered_on, post_id FROM followup
	  WHERE area_id = $1 AND person_id = $2 ORDER BY exit_id, months`),
		shown: []column{row("followup_id"), of("months", "months", number), of("due_on", "due", day), coded("state", "state", "extract.state."), coded("answer", "answer", "outcome.goes. outcome.confirm."),
			said("sealed", access.Plan, "words"), of("answered_on", "answered", day), of("post_id", "by", post)},
		hidden: map[string]Ground{"exit_id": Technical, "unit_id": Technical}},
}

// shared is what other agencies may see, who has opened something in an emergency, and what the person wonders.
var shared = []table{
	{name: "consent", part: "consents", query: store.Q(`SELECT g.name AS agency, z.branch AS branch, s.categories, s.purpose, s.from_on, s.to_on, s.withdrawn_at, s.withdrawn_paper, s.given_at, s.how, s.post_id,
	  s.witness_post_id, s.lang FROM consent s JOIN zone z ON z.area_id = s.area_id AND z.zone_id = s.zone_id
	  JOIN agency g ON g.area_id = z.area_id AND g.agency_id = z.agency_id WHERE s.area_id = $1 AND s.person_id = $2 ORDER BY s.consent_id`),
		shown: []column{of("agency", "agency", words).from(), of("branch", "branch", words).from(), of("categories", "sees", categories), coded("purpose", "purpose", "consent.purpose."),
			of("from_on", "from", day), of("to_on", "to", day), of("withdrawn_at", "back", instant), of("withdrawn_paper", "backpaper", flag), of("given_at", "handed", instant), coded("how", "yeshow", "extract.how."),
			of("post_id", "by", post), of("witness_post_id", "witness", post), coded("lang", "language", "person.lang.")},
		hidden: map[string]Ground{"consent_id": Technical, "zone_id": Technical, "text_version": Technical}},
	{name: "consent_asked", part: "asked", who: Alone, query: store.Q(`SELECT g.name AS agency, z.branch AS branch, s.asked_on FROM consent_asked s
	  JOIN zone z ON z.area_id = s.area_id AND z.zone_id = s.zone_id JOIN agency g ON g.area_id = z.area_id AND g.agency_id = z.agency_id
	  WHERE s.area_id = $1 AND s.person_id = $2 ORDER BY s.asked_on`),
		shown:  []column{of("agency", "agency", words).from(), of("branch", "branch", words).from(), of("asked_on", "asked", day)},
		hidden: map[string]Ground{"zone_id": Technical}},
	{name: "legal_ground", part: "laws", says: comment.Law, query: store.Q(`SELECT s.legal_ground_id, g.name AS agency, z.branch AS branch, s.categories, s.law, s.sealed, s.from_on, s.to_on, s.ended_at, s.post_id,
	  s.ended_by FROM legal_ground s JOIN zone z ON z.area_id = s.area_id AND z.zone_id = s.zone_id
	  JOIN agency g ON g.area_id = z.area_id AND g.agency_id = z.agency_id WHERE s.area_id = $1 AND s.person_id = $2 ORDER BY s.legal_ground_id`),
		shown: []column{row("legal_ground_id"), of("agency", "agency", words).from(), of("branch", "branch", words).from(), of("categories", "sees", categories),
			coded("law", "law", "lawful.law."), said("sealed", access.Collaboration, "decided", "decision", "statute"), of("from_on", "from", day), of("to_on", "to", day), of("ended_at", "ended", instant),
			of("post_id", "by", post), of("ended_by", "endedby", post)},
		hidden: map[string]Ground{"zone_id": Technical}},
	{name: "demand", part: "demands", says: comment.Demand, query: store.Q(`SELECT demand_id, thing, agency_id, law, sealed, since_on, appeal_on, unit_id, at, post_id, state, ended_on, ended_by FROM demand
	  WHERE area_id = $1 AND person_id = $2 ORDER BY demand_id`),
		shown: []column{row("demand_id"), coded("thing", "what", "demand.thing."), of("agency_id", "requiredby", agency), coded("law", "law", "demand.law."),
			said("sealed", access.Collaboration, "words", "office", "askphone", "lawwords", "otherwise", "appeal"), of("since_on", "from", day), of("appeal_on", "appealby", day), of("unit_id", "unit", unit),
			of("at", "written", instant), of("post_id", "by", post), coded("state", "state", "demand.state."), of("ended_on", "ended", day), of("ended_by", "endedby", post)},
		hidden: map[string]Ground{"ref_id": Technical}},
	{name: "glass", part: "emergencies", query: store.Q(`SELECT from_at, until_at, unit_id, post_id, reason FROM glass WHERE area_id = $1 AND person_id = $2 ORDER BY from_at`),
		shown: []column{of("from_at", "from", instant), of("until_at", "to", instant), of("unit_id", "unit", unit), of("post_id", "by", post), coded("reason", "reason", "glass.reason.")},
		hidden: map[string]Ground{"glass_id": Technical, "sealed": Looked, "told_post_id": Check, "finding": Check, "note": Check, "reviewed_at": Check,
			"reviewer_post_id": Check}},
	{name: "reading_question", part: "questions", who: Alone, query: store.Q(`SELECT question_id, on_date, reader_post, sealed, asked_at, due_on, answer, answered_at, to_post, post_id
	  FROM reading_question WHERE area_id = $1 AND person_id = $2 ORDER BY question_id`),
		shown: []column{row("question_id"), of("on_date", "day", day), of("reader_post", "reader", post), said("sealed", access.Identity, "words"), of("asked_at", "asked", instant),
			of("due_on", "due", day), said("answer", access.Identity, "reply"), of("answered_at", "answered", instant), of("to_post", "by", post), of("post_id", "typedby", post)}},
	{name: "coach_wish", part: "coachwishes", who: Alone, query: store.Q(`SELECT wish_id, at, coach_post_id, how, sealed, state, answer, answered_at, answered_by FROM coach_wish
	  WHERE area_id = $1 AND person_id = $2 ORDER BY wish_id`),
		shown: []column{row("wish_id"), of("at", "asked", instant), of("coach_post_id", "who", post), coded("how", "came", "opinion.how."), said("sealed", access.Identity, "words"),
			coded("state", "state", "newcoach.state."), said("answer", access.Identity, "reply"), of("answered_at", "answered", instant), of("answered_by", "by", post)},
		hidden: map[string]Ground{"unit_id": Technical}},
	{name: "opinion", part: "opinions", who: Alone, query: store.Q(`SELECT opinion_id, on_date, unit_id, kind, about, about_post, how, sealed, due_on, answer, answered_at, to_post, changed
	  FROM opinion WHERE area_id = $1 AND person_id = $2 ORDER BY opinion_id`),
		shown: []column{row("opinion_id"), of("on_date", "day", day), of("unit_id", "unit", unit), coded("kind", "opinion", "public.opinion.kind."), coded("about", "about", "public.opinion.about."),
			of("about_post", "aboutwho", post), coded("how", "came", "opinion.how."), said("sealed", access.Identity, "words", "reachme"), of("due_on", "replyby", day),
			said("answer", access.Identity, "reply"), of("answered_at", "answered", instant), of("to_post", "by", post), of("changed", "wechanged", words)},
		hidden: map[string]Ground{"key_wrapped": Technical, "code": Technical, "press": Technical, "at": Technical, "state": Technical}},
	{name: "statement", part: "statements", says: comment.Statement, query: store.Q(`SELECT s.statement_id, s.unit_id, s.from_on, s.to_on, s.sealed, s.at, s.post_id, s.shown_how, s.shown_at, s.shown_post_id,
	  coalesce(g.name, '') AS agency, coalesce(z.branch, '') AS branch, s.law, s.handed_at, s.handed_post_id FROM statement s
	  LEFT JOIN zone z ON z.area_id = s.area_id AND z.zone_id = s.zone_id LEFT JOIN agency g ON g.area_id = z.area_id AND g.agency_id = z.agency_id
	  WHERE s.area_id = $1 AND s.person_id = $2 ORDER BY s.statement_id`),
		shown: []column{row("statement_id"), of("unit_id", "unit", unit), of("from_on", "from", day), of("to_on", "to", day), said("sealed", access.Attendance, "", "receiver"), of("at", "counted", instant),
			of("post_id", "by", post), coded("shown_how", "shownhow", "extract.how."), of("shown_at", "shownat", instant), of("shown_post_id", "shownby", post), of("agency", "agency", words).from(),
			of("branch", "branch", words).from(), coded("law", "law", "lawful.law."), of("handed_at", "handedat", instant), of("handed_post_id", "handedby", post)},
		hidden: map[string]Ground{"zone_id": Technical, "ground_id": Technical}},
	{name: "comment", part: "comments", query: store.Q(`SELECT comment_id, kind, on_date, sealed, paper, at, post_id, seen_at, seen_post_id FROM comment
	  WHERE area_id = $1 AND person_id = $2 ORDER BY comment_id`),
		shown: []column{row("comment_id"), coded("kind", "about", "comment.about."), of("on_date", "commentday", day), said("sealed", access.Identity, "words").self(), of("paper", "paper", flag),
			of("at", "written", instant), of("post_id", "by", post), of("seen_at", "readat", instant), of("seen_post_id", "readby", post)},
		hidden: map[string]Ground{"ref_id": Technical, "unit_id": Technical}},
}
