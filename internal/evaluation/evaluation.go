// Package evaluation is what those who take part in an activity think of it, in three short answers and a line of their own. Nobody has
// to answer. Those who lead the activity see what a group has answered together, and never who.
package evaluation

import (
	"slices"
	"strings"
	"unicode/utf8"

	"sluss/internal/access"
	"sluss/internal/activity"
	"sluss/internal/clock"
	"sluss/internal/fault"
	"sluss/internal/id"
	"sluss/internal/place"
	"sluss/internal/store"
	"sluss/internal/vault"
)

type tag struct{}

// ID is the id of an evaluation.
type ID = id.Of[tag]

// Desk is where evaluations are answered.
type Desk struct{ Store *store.Store }

// Need is what an access must cover for an evaluation to be asked for, answered or taken back.
const Need = access.Activities

// Questions are what is asked, in order; their words are texts evaluation.ask.*.
var Questions = []string{"welcome", "useful", "fits"}

// Words are the answers one can give, in order; their names are texts evaluation.word.*. No answer is one too.
var Words = []string{"yes", "partly", "no"}

// How is by which way something was answered.
type How string

// The ways, as stored.
const (
	Own     How = "own"   // by the person, on their own pages
	AtTable How = "table" // together with somebody at the unit
	OnPaper How = "paper" // typed in from a paper
)

// Form is an evaluation as it is answered.
type Form struct {
	Answers [3]string // by question; "" for no answer
	Line    string    // the person's own words
	Show    bool      // those who lead the activity may read the line
}

const mostLine = 300

// check says what is wrong, by the fields of the form.
func (f *Form) check() error {
	var form fault.Form
	f.Line = strings.Join(strings.Fields(f.Line), " ")
	said := f.Line != ""
	for i, w := range f.Answers {
		if w != "" && !slices.Contains(Words, w) {
			form.Add(Questions[i], "form.choose")
		}
		said = said || w != ""
	}
	if !said {
		form.Add(Questions[0], "evaluation.needed")
	}
	if utf8.RuneCountInString(f.Line) > mostLine {
		form.Add("line", "evaluation.line.most", mostLine)
	}
	return form.Err()
}

// Mine is an activity that a person can say what they think of, and what they have answered.
type Mine struct {
	Place    place.ID
	Activity activity.ID
	Names    map[string]activity.Words
	On       clock.Date // when it was answered; "" when it is not
	Form                // what was answered, where the person reads it themself
	Open     bool       // it can be answered, or answered anew
	id       ID
}

// Name is the activity's name in the language, else in Swedish.
func (m Mine) Name(lang string) string { return activity.Type{Words: m.Names}.In(lang).Name }

// The days of a place: from so many days in it is asked what the person thinks, until so many after they stepped out.
const (
	awhile = 21
	after  = 60
)

// ripe tells whether somebody who came and left on the days is asked.
func ripe(from, to, today clock.Date) bool {
	return from != "" && from <= today.Add(-awhile) && (to == "" || to > from.Add(awhile-1) && to > today.Add(-after))
}

func lineAt(e ID) vault.Place {
	return vault.Place{Table: "evaluation", Column: "sealed", Row: int64(e)}
}
func saidAt(e ID) vault.Place {
	return vault.Place{Table: "evaluation_said", Column: "sealed", Row: int64(e)}
}
