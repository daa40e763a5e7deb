package extract

import (
	"sluss/internal/access"
	"sluss/internal/attendance"
	"sluss/internal/away"
	"sluss/internal/comment"
	"sluss/internal/store"
)

// plans is somebody's own plan, with all that has been said in it.
var plans = []table{
	{name: "plan", part: "plan", query: store.Q(`SELECT unit_id, state, state_on, agreed_on, step, step_on, asked FROM plan WHERE area_id = $1 AND person_id = $2 ORDER BY plan_id`),
		shown: []column{of("unit_id", "unit", unit), coded("state", "state", "extract.state."), of("state_on", "since", day), of("agreed_on", "agreed", day), of("step", "step", number),
			of("step_on", "stepsince", day), of("asked", "askedstep", number)},
		hidden: map[string]Ground{"plan_id": Technical, "enrolment_id": Technical}},
	{name: "plan_goal", part: "goals", query: store.Q(`SELECT goal_id, sealed, lang, to_lang, said_on, yes_on, yes_how, paper, unclear_on, state, state_on FROM plan_goal
	  WHERE area_id = $1 AND person_id = $2 ORDER BY goal_id`),
		shown: []column{row("goal_id"), said("sealed", access.Plan, "words", "translation", "-third"), coded("lang", "language", "person.lang."), coded("to_lang", "tolanguage", "person.lang."), of("said_on", "said", day), of("yes_on", "yes", day),
			coded("yes_how", "yeshow", "extract.how."), of("paper", "paper", flag), of("unclear_on", "unclear", day), coded("state", "state", "extract.state."), of("state_on", "since", day)},
		hidden: map[string]Ground{"plan_id": Technical, "place": Technical, "words_no": Technical, "yes_no": Technical}},
	{name: "plan_goal_word", part: "goalsbefore", query: store.Q(`SELECT word_id, sealed, lang, to_lang, said_on, yes_on, changed_on FROM plan_goal_word
	  WHERE area_id = $1 AND person_id = $2 ORDER BY word_id`),
		shown: []column{row("word_id"), said("sealed", access.Plan, "words", "translation", "-third"), coded("lang", "language", "person.lang."), coded("to_lang", "tolanguage", "person.lang."), of("said_on", "said", day), of("yes_on", "yes", day),
			of("changed_on", "changed", day)},
		hidden: map[string]Ground{"goal_id": Technical}},
	{name: "plan_task", part: "tasks", says: comment.Task, query: store.Q(`SELECT task_id, sealed, who, who_on, paper, state, state_on FROM plan_task WHERE area_id = $1 AND person_id = $2 ORDER BY task_id`),
		shown: []column{row("task_id"), said("sealed", access.Plan, "words", "translation"), coded("who", "doer", "extract.doer."), of("who_on", "since", day), of("paper", "paper", flag),
			coded("state", "state", "extract.state."), of("state_on", "changed", day)},
		hidden: map[string]Ground{"plan_id": Technical, "goal_id": Technical}},
	// The words of a measure are in it when they were written for the person; others may tell of somebody else, and are on the paper that the
	// person has been given.
	{name: "plan_measure", part: "measures", says: comment.Measure, query: store.Q(`SELECT measure_id, CASE WHEN told = 1 THEN sealed ELSE substr(sealed, 1, 0) END AS sealed, agency_id, unit_id, from_on, to_on,
	  ended_on, paper, unclear_on, yes_on FROM plan_measure
	  WHERE area_id = $1 AND person_id = $2 ORDER BY from_on, measure_id`),
		shown: []column{row("measure_id"), said("sealed", access.Plan, "words", "why", "next", "went"), of("agency_id", "agency", agency), of("unit_id", "unit", unit), of("from_on", "from", day),
			of("to_on", "to", day), of("ended_on", "ended", day), of("paper", "paper", flag), of("unclear_on", "unclear", day), of("yes_on", "yes", day)},
		hidden: map[string]Ground{"plan_id": Technical, "goal_id": Technical, "told": Technical}},
	{name: "enquiry", part: "enquiries", query: store.Q(`SELECT enquiry_id, asked_at, from_unit, from_post, to_unit, task, sealed, answer, answered_at, answered_by, taken_at FROM enquiry
	  WHERE area_id = $1 AND person_id = $2 ORDER BY enquiry_id`),
		shown: []column{row("enquiry_id"), of("asked_at", "asked", instant), of("from_unit", "fromunit", unit), of("from_post", "by", post), of("to_unit", "tounit", unit), of("task", "task", flag),
			said("sealed", access.Plan, "words"), said("answer", access.Plan, "reply"), of("answered_at", "answered", instant), of("answered_by", "answeredby", post), of("taken_at", "taken", instant)},
		hidden: map[string]Ground{"plan_id": Technical, "goal_id": Technical}},
	{name: "proposal", part: "proposals", says: comment.Proposal, once: "answered_at", query: store.Q(`SELECT proposal_id, about, sealed, how, post_id, made_at, state, state_at, answer, answered_at, answered_by FROM proposal
	  WHERE area_id = $1 AND person_id = $2 ORDER BY proposal_id`),
		shown: []column{row("proposal_id"), coded("about", "what", "proposal.about."), said("sealed", access.Plan, "words", "because", "changes"), coded("how", "yeshow", "extract.how."), of("post_id", "by", post),
			of("made_at", "made", instant), coded("state", "state", "proposal.state."), of("state_at", "since", instant), said("answer", access.Plan, "reply"), of("answered_at", "answered", instant),
			of("answered_by", "answeredby", post)},
		hidden: map[string]Ground{"unit_id": Technical, "ref_id": Technical, "replaces_id": Technical}},
	{name: "plan_step", part: "steps", query: store.Q(`SELECT on_date, from_step, to_step, how, post_id FROM plan_step WHERE area_id = $1 AND person_id = $2 ORDER BY move_id`),
		shown:  []column{of("on_date", "day", day), of("from_step", "fromstep", number), of("to_step", "tostep", number), coded("how", "yeshow", "extract.how."), of("post_id", "by", post)},
		hidden: map[string]Ground{"move_id": Technical, "plan_id": Technical}},
	{name: "plan_agreed", part: "agreed", query: store.Q(`SELECT on_date, how, post_id, at FROM plan_agreed WHERE area_id = $1 AND person_id = $2 ORDER BY agreed_id`),
		shown:  []column{of("on_date", "day", day), coded("how", "yeshow", "extract.how."), of("post_id", "by", post), of("at", "written", instant)},
		hidden: map[string]Ground{"agreed_id": Technical, "plan_id": Technical, "sealed": Elsewhere}},
	{name: "plan_coordinated", part: "coordinated", query: store.Q(`SELECT on_date, lead_id, how, post_id, at, ended_on FROM plan_coordinated WHERE area_id = $1 AND person_id = $2
	  ORDER BY coordinated_id`),
		shown: []column{of("on_date", "day", day), of("lead_id", "lead", agency), coded("how", "yeshow", "extract.how."), of("post_id", "by", post), of("at", "written", instant),
			of("ended_on", "ended", day)},
		hidden: map[string]Ground{"coordinated_id": Technical, "plan_id": Technical}},
	{name: "plan_inventory", part: "talks", query: store.Q(`SELECT inventory_id, on_date, sealed, how, at FROM plan_inventory WHERE area_id = $1 AND person_id = $2 ORDER BY on_date, inventory_id`),
		shown: []column{row("inventory_id"), of("on_date", "day", day), {name: "sealed", kind: answers, need: access.Assessment, fields: []string{"answers"}}, coded("how", "yeshow", "extract.how."),
			of("at", "written", instant)},
		hidden: map[string]Ground{"plan_id": Technical}},
	{name: "my_place", part: "myplace", query: store.Q(`SELECT place_id, on_date, sealed, lang, how, post_id, at FROM my_place WHERE area_id = $1 AND person_id = $2 ORDER BY place_id`),
		shown: []column{row("place_id"), of("on_date", "day", day), said("sealed", access.Health|access.MyPlace, "helps", "touch", "silence"), coded("lang", "language", "person.lang."),
			coded("how", "yeshow", "extract.how."), of("post_id", "by", post), of("at", "written", instant)},
		hidden: map[string]Ground{"enrolment_id": Technical}},
	{name: "adaptation", part: "adaptations", says: comment.Adaptation, query: store.Q(`SELECT row_id, sealed, lang, how, asked_on, responsible_id, due_on, answer, answered_on, done_on, leader, post_id, at
	  FROM adaptation WHERE area_id = $1 AND person_id = $2 ORDER BY adaptation_id, row_id`),
		shown: []column{row("row_id"), said("sealed", access.Health|access.MyPlace, "adapt", "reply"), coded("lang", "language", "person.lang."), coded("how", "yeshow", "extract.how."),
			of("asked_on", "asked", day), of("responsible_id", "responsible", post), of("due_on", "due", day), coded("answer", "answer", "myplace.answer."), of("answered_on", "answered", day),
			of("done_on", "done", day), of("leader", "leader", flag), of("post_id", "by", post), of("at", "written", instant)},
		hidden: map[string]Ground{"adaptation_id": Technical, "latest": Technical, "enrolment_id": Technical, "unit_id": Technical}},
}

// doings is what somebody takes part in, and when one meets.
var doings = []table{
	{name: "place", part: "places", says: comment.Place, query: store.Q(`SELECT place_id, activity_id, sealed, wished_on, from_on, to_on, state, answer_by, moved_at, moved_by, own_on, unclear_on FROM place WHERE area_id = $1 AND person_id = $2 ORDER BY place_id`),
		shown: []column{row("place_id"), of("activity_id", "activity", offer), said("sealed", access.Activities, "because", "why", "next", "leaving", "movedwhy"), of("wished_on", "wished", day),
			of("from_on", "from", day), of("to_on", "to", day), coded("state", "state", "extract.state."),
			of("answer_by", "answerby", day), of("moved_at", "movedat", instant), of("moved_by", "movedby", post), of("own_on", "ownwish", day), of("unclear_on", "unclear", day)},
		hidden: map[string]Ground{"unit_id": Technical, "run_id": Technical, "goal_id": Technical, "ended_with": Technical, "was_to": Technical,
			"asked_at": Technical, "freed_at": Technical}},
	{name: "place_extent", part: "extents", says: comment.Extent, query: store.Q(`SELECT x.extent_id, p.activity_id AS activity, x.from_on, x.sealed, x.post_id, x.at FROM place_extent x
	  JOIN place p ON p.area_id = x.area_id AND p.place_id = x.place_id WHERE x.area_id = $1 AND x.person_id = $2 ORDER BY x.from_on, x.extent_id`),
		shown: []column{row("extent_id"), of("activity", "activity", offer).from(), of("from_on", "from", day), said("sealed", access.Activities, "days", "hours", "percent", "words"),
			of("post_id", "by", post), of("at", "written", instant)},
		hidden: map[string]Ground{"place_id": Technical}},
	{name: "placement", part: "placements", says: comment.Placement, query: store.Q(`SELECT placement_id, kind, workplace_id, sealed, wished_on, from_on, to_on, days, at, until, safety, insurer, yes_on, yes_by, yes_how,
	  own_on, ended_on, next, state, post_id FROM placement WHERE area_id = $1 AND person_id = $2 ORDER BY placement_id`),
		shown: []column{row("placement_id"), coded("kind", "what", "placement.kind."), of("workplace_id", "workplace", workplaceAt),
			said("sealed", access.Activities, "wish", "because", "wants", "morehours", "supervisor", "duties", "mayknow", "why", "next", "afterwards", "view"), of("wished_on", "wished", day),
			of("from_on", "from", day), of("to_on", "to", day), of("days", "weekdays", weekdays), of("at", "begins", hour), of("until", "endsat", hour), coded("safety", "safety", "placement.safety."),
			coded("insurer", "insurer", "placement.insurer."), of("yes_on", "yes", day), coded("yes_by", "yesby", "extract.yesby."), coded("yes_how", "yeshow", "extract.how."),
			of("own_on", "ownwish", day), of("ended_on", "ended", day), coded("next", "then", "placement.next."), coded("state", "state", "placement.state."), of("post_id", "by", post)},
		hidden: map[string]Ground{"unit_id": Technical, "goal_id": Technical, "due_on": Technical, "ended_with": Technical, "was_state": Technical}},
	{name: "placement_talk", part: "placementtalks", says: comment.Talk, once: "held_on", query: store.Q(`SELECT talk_id, due_on, held_on, sealed, post_id FROM placement_talk WHERE area_id = $1 AND person_id = $2 ORDER BY due_on, talk_id`),
		shown:  []column{row("talk_id"), of("due_on", "talkday", day), of("held_on", "day", day), said("sealed", access.Activities, "said", "heard"), of("post_id", "by", post)},
		hidden: map[string]Ground{"placement_id": Technical}},
	{name: "course_interest", part: "interests", query: store.Q(`SELECT c.title AS title, i.on_date, i.talked_on FROM course_interest i
	  JOIN course c ON c.area_id = i.area_id AND c.course_id = i.course_id WHERE i.area_id = $1 AND i.person_id = $2 ORDER BY i.interest_id`),
		shown:  []column{of("title", "course", words).from(), of("on_date", "since", day), of("talked_on", "talked", day)},
		hidden: map[string]Ground{"interest_id": Technical, "unit_id": Technical, "course_id": Technical, "version": Technical}},
	{name: "story", part: "story", query: store.Q(`SELECT story_id, sealed, lang, how, on_date, yes_on, yes_how FROM story WHERE area_id = $1 AND person_id = $2`),
		shown: []column{row("story_id"), said("sealed", access.Plan, "words", "shownname"), coded("lang", "language", "person.lang."), coded("how", "way", "extract.how."), of("on_date", "written", day),
			of("yes_on", "yes", day), coded("yes_how", "yeshow", "extract.how.")},
		hidden: map[string]Ground{"unit_id": Technical, "version": Technical}},
	{name: "story_shown", part: "story", query: store.Q(`SELECT on_date FROM story_shown WHERE area_id = $1 AND person_id = $2`),
		shown:  []column{of("on_date", "shownsince", day)},
		hidden: map[string]Ground{"story_id": Technical, "unit_id": Technical, "words": Elsewhere, "name": Elsewhere, "lang": Elsewhere, "post_id": Technical}},
	{name: "evaluation", part: "evaluations", who: Alone, query: store.Q(`SELECT evaluation_id, activity_id, on_date, welcome, useful, fits, how, sealed FROM evaluation
	  WHERE area_id = $1 AND person_id = $2 ORDER BY evaluation_id`),
		shown: []column{row("evaluation_id"), of("activity_id", "activity", offer), of("on_date", "day", day), coded("welcome", "thinkswelcome", "evaluation.word."), coded("useful", "thinksuseful", "evaluation.word."),
			coded("fits", "thinksfits", "evaluation.word."), coded("how", "way", "extract.how."), said("sealed", access.Activities, "words")},
		hidden: map[string]Ground{"place_id": Technical}},
	{name: "evaluation_said", part: "evaluations", who: Alone, query: store.Q(`SELECT on_date FROM evaluation_said WHERE area_id = $1 AND person_id = $2 ORDER BY evaluation_id`),
		shown:  []column{of("on_date", "evaluationsaid", day)},
		hidden: map[string]Ground{"evaluation_id": Technical, "activity_id": Technical, "key_wrapped": Technical, "sealed": Elsewhere}},
	{name: "attendance", part: "attendance", query: attendance.Kept,
		shown: []column{of("activity", "activity", offer).from(), of("day", "day", day).from(), of("hour", "time", hour).from(), coded("mark", "mark", "attendance.own.mark."),
			of("post_id", "by", post), of("at", "written", instant)},
		hidden: map[string]Ground{"occasion_id": Technical, "latest": Technical, "unit_id": Technical, "list_no": Technical}},
	{name: "attendance_word", part: "told", who: ByCoach, query: attendance.Heard,
		shown: []column{row("word_id"), of("activity", "activity", offer).from(), of("day", "day", day).from(), said("sealed", access.Health, "ill", "why"), of("ahead", "ahead", flag), of("paper", "paper", flag),
			coded("stands", "stands", "extract.stands."), of("post_id", "by", post), of("at", "written", instant)},
		hidden: map[string]Ground{"occasion_id": Technical, "latest": Technical}},
	{name: "away", part: "away", who: ByCoach, query: away.Kept,
		shown: []column{row("away_id"), coded("kind", "what", "away.kind."), of("on_date", "day", day), of("begins", "time", hour), said("sealed", access.Health, "ill", "why", "insteadof"), of("paper", "paper", flag),
			of("at", "written", instant), of("post_id", "by", post), of("taken_at", "takenback", instant), of("read_at", "readat", instant), of("read_post_id", "readby", post)},
		hidden: map[string]Ground{"ref_id": Technical, "unit_id": Technical, "version": Technical}},
	{name: "appointment", part: "meetings", query: store.Q(`SELECT on_date, at, how, post_id, unit_id, state, state_on FROM appointment WHERE area_id = $1 AND person_id = $2
	  ORDER BY on_date, at, appointment_id`),
		shown: []column{of("on_date", "day", day), of("at", "time", hour), coded("how", "meethow", "contact.how."), of("post_id", "who", post), of("unit_id", "unit", unit),
			coded("state", "state", "extract.state."), of("state_on", "since", day)},
		hidden: map[string]Ground{"appointment_id": Technical, "room_id": Technical, "moved_to_id": Technical, "sealed": Looked}},
	{name: "reminder_choice", part: "reminders", query: store.Q(`SELECT choice, post_id, at FROM reminder_choice WHERE area_id = $1 AND person_id = $2`),
		shown: []column{coded("choice", "choice", "remind.choice."), of("post_id", "by", post), of("at", "written", instant)}},
	{name: "reminder", part: "reminders", query: store.Q(`SELECT on_date, at, sent_at FROM reminder WHERE area_id = $1 AND person_id = $2 ORDER BY reminder_id`),
		shown:  []column{of("on_date", "day", day), of("at", "time", hour), of("sent_at", "sent", instant)},
		hidden: map[string]Ground{"reminder_id": Technical, "what": Technical, "ref_id": Technical}},
	// A note is in it unless it is held. Which of the two grounds that is would tell that somebody has told something.
	{name: "note", part: "notes", says: comment.Note, query: store.Q(`SELECT note_id, on_date, kind, post_id, unit_id, signed_at, CASE WHEN held = '' THEN sealed ELSE substr(sealed, 1, 0) END AS sealed,
	  CASE WHEN held = '' THEN 0 ELSE 1 END AS held, held_post_id FROM note WHERE area_id = $1 AND person_id = $2 AND state = 'signed' ORDER BY on_date, note_id`),
		shown: []column{row("note_id"), of("on_date", "day", day), coded("kind", "what", "contact.kind."), of("post_id", "by", post), of("unit_id", "unit", unit), of("signed_at", "written", instant),
			said("sealed", access.Documents, "words").self(), of("held", "held", flag), of("held_post_id", "heldby", post)},
		hidden: map[string]Ground{"corrects_id": Technical, "state": Work}},
	// What a document holds is fetched from its own page.
	{name: "document", part: "documents", says: comment.Document, query: store.Q(`SELECT document_id, sealed, kind, unit_id, post_id, at, removed_at, removed_by, why FROM document
	  WHERE area_id = $1 AND person_id = $2 AND state <> 'arriving' ORDER BY document_id`),
		shown: []column{row("document_id"), said("sealed", access.Documents, "document", "file"), coded("kind", "filekind", "document.kind."), of("unit_id", "unit", unit), of("post_id", "by", post),
			of("at", "written", instant), of("removed_at", "removed", instant), of("removed_by", "removedby", post), said("why", access.Documents, "removedwhy")},
		hidden: map[string]Ground{"size": Technical, "pieces": Technical, "state": Technical}},
}
