package extract

import (
	"slices"

	"sluss/internal/access"
	"sluss/internal/comment"
	"sluss/internal/store"
)

// tables are those that an extract is made from, in its order.
var tables = slices.Concat(who, way, plans, doings, after, shared, signs)

// who is who somebody is, and who stands around them.
var who = []table{
	{name: "person", part: "you", query: store.Q(`SELECT person_id, identity, birth_year, sex, contact, language, interpreter, reach, needs, protected, merged, changed_on
	  FROM person WHERE area_id = $1 AND person_id = $2`),
		shown: []column{row("person_id"), said("identity", access.Identity, "given", "family", "number"), of("birth_year", "born", number), coded("sex", "sex", "person.sex."),
			said("contact", access.Contact, "phone", "email", "street", "postcode", "city", "when"), coded("language", "language", "person.lang."),
			of("interpreter", "interpreter", flag), coded("reach", "reach", "person.reach."), said("needs", access.Health, "needs", "targets"),
			coded("protected", "protected", "extract.protected."), of("merged", "several", flag), of("changed_on", "changed", day)},
		hidden: map[string]Ground{"alias": Technical, "key_wrapped": Technical, "identity_seq": Technical, "number_index": Technical, "weeded_at": Technical}},
	{name: "representative", part: "representatives", query: store.Q(`SELECT representative_id, kind, sealed, from_on, to_on, ended_at FROM representative
	  WHERE area_id = $1 AND person_id = $2 ORDER BY representative_id`),
		shown: []column{row("representative_id"), coded("kind", "role", "person.rep."), said("sealed", access.Contact, "name", "phone", "scope"),
			of("from_on", "from", day), of("to_on", "to", day), of("ended_at", "ended", instant)}},
	{name: "protection", part: "protection", query: store.Q(`SELECT protection_id, kind, at, post_id FROM protection
	  WHERE area_id = $1 AND person_id = $2 ORDER BY protection_id`),
		shown:  []column{row("protection_id"), coded("kind", "protected", "extract.protected."), of("at", "written", instant), of("post_id", "by", post)},
		hidden: map[string]Ground{"sealed": Looked}},
	{name: "tie", part: "units", query: store.Q(`SELECT unit_id, from_on, to_on, ended_at FROM tie WHERE area_id = $1 AND person_id = $2 ORDER BY from_on, unit_id`),
		shown: []column{of("unit_id", "unit", unit), of("from_on", "from", day), of("to_on", "to", day), of("ended_at", "ended", instant)}},
	{name: "assignment", part: "coaches", query: store.Q(`SELECT post_id, from_on, to_on, ended_at FROM assignment
	  WHERE area_id = $1 AND person_id = $2 ORDER BY from_on, at`),
		shown:  []column{of("post_id", "who", post), of("from_on", "from", day), of("to_on", "to", day), of("ended_at", "ended", instant)},
		hidden: map[string]Ground{"at": Technical}},
}

// way is how somebody came, and began.
var way = []table{
	{name: "referral", part: "came", says: comment.Referral, query: store.Q(`SELECT referral_id, kind, agency_id, from_unit_id, unit_id, reason, received_on, sealed, again, asked_on, reply_by,
	  replied_on, order_on, moved, state, state_on FROM referral WHERE area_id = $1 AND person_id = $2 ORDER BY referral_id`),
		shown: []column{row("referral_id"), coded("kind", "how", "referral.kind."), of("agency_id", "agency", agency), of("from_unit_id", "sender", unit), of("unit_id", "unit", unit),
			coded("reason", "reason", "referral.reason."), of("received_on", "received", day),
			said("sealed", access.Collaboration, "-looked", "-looked", "wish", "-looked", "-looked", "redirected", "helped", "hindered", "instead"),
			of("again", "again", flag), of("asked_on", "asked", day), of("reply_by", "replyby", day), of("replied_on", "replied", day), of("order_on", "order", day),
			of("moved", "moved", flag), coded("state", "state", "extract.state."), of("state_on", "since", day)}},
	{name: "called", part: "called", query: store.Q(`SELECT s.on_date AS day, s.at AS hour, c.called_on, c.letter_on, c.mail_on, c.reminded_on, c.answer, c.answered_on,
	  CASE c.here WHEN 1 THEN 'here' WHEN 0 THEN 'away' ELSE '' END AS here
	  FROM called c JOIN start s ON s.area_id = c.area_id AND s.start_id = c.start_id WHERE c.area_id = $1 AND c.person_id = $2 ORDER BY s.on_date, s.start_id`),
		shown: []column{of("day", "day", day).from(), of("hour", "time", hour).from(), of("called_on", "called", day), of("letter_on", "letter", day), of("mail_on", "mail", day),
			of("reminded_on", "reminded", day), coded("answer", "answer", "export.answer."), of("answered_on", "answered", day), coded("here", "here", "extract.here.")},
		hidden: map[string]Ground{"start_id": Technical, "referral_id": Technical, "place": Technical, "extra": Technical, "moved_to": Technical, "sealed": Looked}},
	{name: "enrolment", part: "starts", query: store.Q(`SELECT enrolment_id, unit_id, coach_id, meets_on, meets_at, sealed, began_on, left_on, state, state_on
	  FROM enrolment WHERE area_id = $1 AND person_id = $2 ORDER BY enrolment_id`),
		shown: []column{row("enrolment_id"), of("unit_id", "unit", unit), of("coach_id", "who", post), of("meets_on", "day", day), of("meets_at", "time", hour),
			said("sealed", access.Plan, "-looked", "steps"), of("began_on", "began", day), of("left_on", "left", day), coded("state", "state", "extract.state."), of("state_on", "since", day)},
		hidden: map[string]Ground{"referral_id": Technical, "start_id": Technical, "room_id": Technical}},
}

// signs is what belongs to signing in, and what has happened in short.
var signs = []table{
	{name: "sign_in_letter", part: "letters", query: store.Q(`SELECT given_at, post_id, told_at, told_by, seen, used_at, chosen, ends_at, ended_at FROM sign_in_letter
	  WHERE area_id = $1 AND person_id = $2 ORDER BY letter_id`),
		shown: []column{of("given_at", "handed", instant), of("post_id", "by", post), of("told_at", "told", instant), of("told_by", "toldby", post), coded("seen", "seen", "extract.seen."),
			of("used_at", "used", instant).self(), coded("chosen", "chosen", "extract.chosen.").self(), of("ends_at", "to", instant).self(), of("ended_at", "ended", instant).self()},
		hidden: map[string]Ground{"letter_id": Technical, "number_hash": Technical, "secret_hash": Technical, "tries": Technical, "wait_until": Technical}},
	{name: "own_passkey", part: "passkeys", who: Alone, query: store.Q(`SELECT created_at, ended_at FROM own_passkey WHERE area_id = $1 AND person_id = $2 ORDER BY created_at`),
		shown:  []column{of("created_at", "made", instant), of("ended_at", "ended", instant)},
		hidden: map[string]Ground{"credential_id": Technical, "credential": Technical}},
	{name: "session", part: "sessions", who: Alone, query: store.Q(`SELECT created_at, last_seen, ends_at, ended_at FROM session
	  WHERE area_id = $1 AND person_id = $2 ORDER BY created_at`),
		shown:  []column{of("created_at", "signedin", instant), of("last_seen", "lastseen", instant), of("ends_at", "to", instant), of("ended_at", "ended", instant)},
		hidden: map[string]Ground{"token_hash": Technical, "post_id": Technical, "lang": Technical, "idle": Technical, "sure": Technical, "form_before": Technical}},
	{name: "feed", part: "feeds", who: Alone, query: store.Q(`SELECT created_at, ended_at FROM feed WHERE area_id = $1 AND person_id = $2 ORDER BY created_at`),
		shown:  []column{of("created_at", "made", instant), of("ended_at", "ended", instant)},
		hidden: map[string]Ground{"token_hash": Technical, "post_id": Technical}},
	{name: "trusted_link", part: "trusted", query: store.Q(`SELECT link_id, sealed, helps, made_at, post_id, ends_at, ended_at FROM trusted_link
	  WHERE area_id = $1 AND person_id = $2 ORDER BY link_id`),
		shown: []column{row("link_id"), said("sealed", access.Identity, "trustedfor"), of("helps", "trustedhelps", flag), of("made_at", "made", instant), of("post_id", "by", post),
			of("ends_at", "to", instant), of("ended_at", "ended", instant)},
		hidden: map[string]Ground{"token_hash": Technical, "code_hash": Technical, "tries": Technical}},
	{name: "thread_event", part: "happened", query: store.Q(`SELECT on_date, kind, unit_id, post_id, agency_id, at FROM thread_event
	  WHERE area_id = $1 AND person_id = $2 ORDER BY on_date, event_id`),
		shown: []column{of("on_date", "day", day), coded("kind", "what", "thread.kind."), of("unit_id", "unit", unit), of("post_id", "by", post), of("agency_id", "agency", agency),
			of("at", "written", instant)},
		hidden: map[string]Ground{"event_id": Technical, "code": Elsewhere, "goal_id": Technical, "ref_id": Technical}},
}

// Whole are the tables with somebody's number of which nothing is shown, and why.
var Whole = map[string]Ground{
	"document_piece": Elsewhere, "disclosure_person": Elsewhere, "merged": Elsewhere, "intray_mark": Technical, "thread_stale": Technical, "review": Technical, "application_sent": Elsewhere, "trusted_opening": Elsewhere,
	"clearance": Third, "conflict": Third, "reading_delay": Later, "log_reading": Check, "weeding": Work,
}
