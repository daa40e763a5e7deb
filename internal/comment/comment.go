// Package comment is what a person says of what is written about them: a note, a measure, an exit, a document, an answer. It stands
// beside what it is about, for everybody who may read that, and waits for the person's coach until it is read.
package comment

import (
	"strings"
	"unicode/utf8"

	"sluss/internal/access"
	"sluss/internal/clock"
	"sluss/internal/fault"
	"sluss/internal/id"
	"sluss/internal/store"
	"sluss/internal/vault"
)

type tag struct{}

// ID is the id of a comment.
type ID = id.Of[tag]

// Desk is where comments are said and read.
type Desk struct{ Store *store.Store }

// Kind is what sort of thing a comment is about; their names are texts comment.kind.*.
type Kind string

// The kinds, as stored.
const (
	Note       Kind = "note"
	Statement  Kind = "statement"
	Document   Kind = "document"
	Task       Kind = "task"
	Measure    Kind = "measure"
	Proposal   Kind = "proposal" // the answer to one
	Place      Kind = "place"
	Extent     Kind = "extent"
	Placement  Kind = "placement"
	Talk       Kind = "talk" // about how it goes at a workplace
	Adaptation Kind = "adaptation"
	Referral   Kind = "referral" // and the answer to who sent it
	Law        Kind = "law"      // that gives another agency something
	Demand     Kind = "demand"   // what somebody with the right to requires
	Pause      Kind = "pause"
	Exit       Kind = "exit"
	FollowUp   Kind = "followup"
)

// Need is what an access to every kind covers; one kind needs what Needs says.
const Need = access.OwnRecord

// Thing is what a comment is about.
type Thing struct {
	Kind Kind
	Ref  int64
}

type thingTag struct{}

// String is the thing as it stands in an address.
func (t Thing) String() string { return string(t.Kind) + "-" + id.Of[thingTag](t.Ref).String() }

// UnmarshalText reads what String wrote.
func (t *Thing) UnmarshalText(b []byte) error {
	kind, ref, _ := strings.Cut(string(b), "-")
	var n id.Of[thingTag]
	if err := n.UnmarshalText([]byte(ref)); err != nil {
		return err
	}
	if _, known := kinds[Kind(kind)]; !known {
		return id.ErrMalformed
	}
	*t = Thing{Kind(kind), int64(n)}
	return nil
}

// Comment is what the person says, in their own words. Nobody changes it.
type Comment struct {
	ID    ID
	Thing Thing
	On    clock.Date // of the thing
	Words string
	At    clock.Instant
	By    id.Post // who wrote it down, 0 for the person themself
	Paper bool    // typed in from a paper

	SeenAt clock.Instant // when the coach read it, 0 until then
	SeenBy id.Post

	Waits bool // for the reader: it is theirs to read, and nobody has
	hears bool // it is the reader's to read
}

// Open tells whether the person can still take it back: nobody has said that they have read it.
func (c Comment) Open() bool { return c.SeenAt == 0 }

// kind is what an access must cover for a sort of thing, and where the thing is found: by $1 the area, $2 the person, $3 its number.
// It gives the unit whose it is, and its day, as a date or an instant. What nobody has written anything of yet is not found.
type kind struct {
	need access.Category
	at   store.SQL
}

var kinds = map[Kind]kind{
	Note:      {access.Documents, store.Q(`SELECT unit_id, on_date, 0 FROM note WHERE area_id = $1 AND person_id = $2 AND note_id = $3 AND state = 'signed'`)},
	Statement: {access.Attendance, store.Q(`SELECT unit_id, from_on, 0 FROM statement WHERE area_id = $1 AND person_id = $2 AND statement_id = $3`)},
	Document:  {access.Documents, store.Q(`SELECT unit_id, '', at FROM document WHERE area_id = $1 AND person_id = $2 AND document_id = $3 AND state <> 'arriving'`)},
	Task: {access.Plan, store.Q(`SELECT p.unit_id, t.who_on, 0 FROM plan_task t JOIN plan p ON p.area_id = t.area_id AND p.plan_id = t.plan_id
	  WHERE t.area_id = $1 AND t.person_id = $2 AND t.task_id = $3`)},
	Measure: {access.Plan, store.Q(`SELECT p.unit_id, m.from_on, 0 FROM plan_measure m JOIN plan p ON p.area_id = m.area_id AND p.plan_id = m.plan_id
	  WHERE m.area_id = $1 AND m.person_id = $2 AND m.measure_id = $3`)},
	Proposal: {access.Plan, store.Q(`SELECT unit_id, '', made_at FROM proposal WHERE area_id = $1 AND person_id = $2 AND proposal_id = $3 AND answered_at > 0`)},
	Place:    {access.Activities, store.Q(`SELECT unit_id, CASE WHEN from_on = '' THEN wished_on ELSE from_on END, 0 FROM place WHERE area_id = $1 AND person_id = $2 AND place_id = $3`)},
	Extent: {access.Activities, store.Q(`SELECT p.unit_id, x.from_on, 0 FROM place_extent x JOIN place p ON p.area_id = x.area_id AND p.place_id = x.place_id
	  WHERE x.area_id = $1 AND x.person_id = $2 AND x.extent_id = $3`)},
	Placement: {access.Activities, store.Q(`SELECT unit_id, CASE WHEN from_on = '' THEN wished_on ELSE from_on END, 0 FROM placement
	  WHERE area_id = $1 AND person_id = $2 AND placement_id = $3`)},
	Talk: {access.Activities, store.Q(`SELECT p.unit_id, t.due_on, 0 FROM placement_talk t JOIN placement p ON p.area_id = t.area_id AND p.placement_id = t.placement_id
	  WHERE t.area_id = $1 AND t.person_id = $2 AND t.talk_id = $3 AND t.held_on <> ''`)},
	Adaptation: {access.Health | access.MyPlace, store.Q(`SELECT unit_id, asked_on, 0 FROM adaptation WHERE area_id = $1 AND person_id = $2 AND row_id = $3`)},
	Referral:   {access.Collaboration, store.Q(`SELECT unit_id, received_on, 0 FROM referral WHERE area_id = $1 AND person_id = $2 AND referral_id = $3`)},
	Law: {access.Collaboration, store.Q(`SELECT o.unit_id, l.from_on, 0 FROM legal_ground l JOIN post o ON o.area_id = l.area_id AND o.post_id = l.post_id
	  WHERE l.area_id = $1 AND l.person_id = $2 AND l.legal_ground_id = $3`)},
	Demand:   {access.Collaboration, store.Q(`SELECT unit_id, since_on, 0 FROM demand WHERE area_id = $1 AND person_id = $2 AND demand_id = $3`)},
	Pause:    {access.Plan, store.Q(`SELECT unit_id, began_on, 0 FROM pause WHERE area_id = $1 AND person_id = $2 AND pause_id = $3`)},
	Exit:     {access.Plan, store.Q(`SELECT unit_id, left_on, 0 FROM exit WHERE area_id = $1 AND person_id = $2 AND exit_id = $3`)},
	FollowUp: {access.Plan, store.Q(`SELECT unit_id, due_on, 0 FROM followup WHERE area_id = $1 AND person_id = $2 AND followup_id = $3`)},
}

// Needs is what an access must cover to read what is said of some kinds, and to say it.
func Needs(of ...Kind) (c access.Category) {
	for _, k := range of {
		c |= kinds[k].need
	}
	return c
}

// Limits of what the person says of one thing.
const (
	mostWords = 2000
	most      = 20
)

func check(words string) (string, error) {
	var form fault.Form
	words = strings.TrimSpace(words)
	if words == "" {
		form.Add("words", "comment.needed")
	}
	if utf8.RuneCountInString(words) > mostWords {
		form.Add("words", "form.long", mostWords)
	}
	return words, form.Err()
}

func sealedAt(c ID) vault.Place {
	return vault.Place{Table: "comment", Column: "sealed", Row: int64(c)}
}
