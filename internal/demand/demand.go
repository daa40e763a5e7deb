// Package demand is what somebody with the right to has required of a person: who, by what law, what happens otherwise and how one
// appeals. The gateway requires nothing itself and does nothing about it: it tells the person, so that what is their own choice and what
// is not can be told apart.
package demand

import (
	"strings"
	"unicode/utf8"

	"sluss/internal/access"
	"sluss/internal/clock"
	"sluss/internal/fault"
	"sluss/internal/id"
	"sluss/internal/org"
	"sluss/internal/placement"
	"sluss/internal/store"
	"sluss/internal/vault"
)

type tag struct{}

// ID is the id of a demand.
type ID = id.Of[tag]

// Desk is where demands are written down and ended.
type Desk struct{ Store *store.Store }

// What an access must cover.
const (
	Need = access.Collaboration   // to read what is required
	Told = Need | placement.Need  // and whether what it is about is over
	Seen = Told | access.Identity // for staff's page: whose it is, too
)

// Kind is what sort of thing is required; their names are texts demand.thing.*.
type Kind string

// The kinds, as stored.
const (
	Referral  Kind = "referral" // to come here at all
	Place     Kind = "place"
	Placement Kind = "placement"
	Task      Kind = "task"
	Words     Kind = "own" // something else, in words
)

// State is where a demand stands; their names are texts demand.state.*.
type State string

// The states.
const (
	Open  State = "open"
	Ended State = "ended" // nobody requires it any more
	Wrong State = "wrong" // it was written down by mistake
)

// Form is what is written down.
type Form struct {
	Thing     string // the key of one of Things
	Words     string // what is required, of Words; else the name of the thing
	Agency    id.Agency
	Elsewhere bool   // of the form: it is one that is not in the area
	Office    string // which part of it; or the name of one that is not in the area
	Phone     string // where one asks them
	Law       string
	LawWords  string // of Other
	Otherwise string // what happens otherwise, in plain words
	Appeal    string // more about how one appeals; all of it, of Other
	Since     clock.Date
	AppealBy  clock.Date // the last day, as the decision says; "" for none
}

// Demand is what somebody has required.
type Demand struct {
	Form
	ID      ID
	Kind    Kind
	Ref     int64
	Called  string // the agency's name, "" for one that is not in the area
	At      clock.Instant
	Post    id.Post // who wrote it down
	State   State
	EndedOn clock.Date
	EndedBy id.Post
	Version int
}

// By is who requires it.
func (d Demand) By() string {
	if d.Called == "" || d.Office == "" {
		return d.Called + d.Office
	}
	return d.Called + ", " + d.Office
}

const (
	mostLine  = 200
	mostWords = 1000
)

// check says what is wrong with the form, by its fields in their order, and gives what it is about.
func (f *Form) check(today clock.Date, things []Thing, agencies []org.Agency) (Thing, error) {
	var form fault.Form
	f.tidy(&form)
	about, ok := find(things, f.Thing)
	switch {
	case !ok:
		form.Add("thing", "demand.thing.needed")
	case about.Kind == Words && f.Words == "":
		form.Add("words", "demand.words.needed")
	case about.Kind != Words:
		f.Words = about.Words
	}
	kind := f.checkWho(&form, agencies)
	if f.Since == "" || f.Since > today {
		form.Add("since", "demand.since.needed")
	}
	f.checkLaw(&form, kind)
	if f.Otherwise == "" {
		form.Add("otherwise", "demand.otherwise.needed")
	}
	if f.AppealBy != "" && f.AppealBy < f.Since {
		form.Add("by", "demand.by.needed")
	}
	if f.Law == Other && f.Appeal == "" {
		form.Add("appeal", "demand.appeal.needed")
	}
	return about, form.Err()
}

// tidy tidies the words and says which are too long.
func (f *Form) tidy(form *fault.Form) {
	for _, x := range []struct {
		field string
		text  *string
		most  int
	}{{"words", &f.Words, mostLine}, {"office", &f.Office, mostLine}, {"phone", &f.Phone, mostLine}, {"lawwords", &f.LawWords, mostLine},
		{"otherwise", &f.Otherwise, mostWords}, {"appeal", &f.Appeal, mostWords}} {
		if *x.text = strings.TrimSpace(*x.text); utf8.RuneCountInString(*x.text) > x.most {
			form.Add(x.field, "form.long", x.most)
		}
	}
}

// checkWho says what is wrong with who requires it, and gives what sort of agency it is, "" for one that is not in the area.
func (f *Form) checkWho(form *fault.Form, agencies []org.Agency) (kind string) {
	for _, a := range agencies {
		if a.ID == f.Agency {
			kind = a.Kind
		}
	}
	switch {
	case kind == "" && (f.Agency != 0 || !f.Elsewhere):
		form.Add("agency", "demand.agency.needed")
	case f.Agency == 0 && f.Office == "":
		form.Add("office", "demand.office.needed")
	}
	if f.Phone == "" {
		form.Add("phone", "demand.phone.needed")
	}
	return kind
}

// checkLaw says what is wrong with by what law it is required.
func (f *Form) checkLaw(form *fault.Form, kind string) {
	law, ok := lawOf(f.Law)
	switch {
	case !ok:
		form.Add("law", "demand.bylaw.needed")
	case !law.by(kind):
		form.Add("law", "demand.bylaw.kind")
	case f.Since != "" && f.Since < law.From:
		form.Add("law", "demand.bylaw.early", law.From)
	}
	if f.Law != Other {
		f.LawWords = ""
	} else if f.LawWords == "" {
		form.Add("lawwords", "demand.lawwords.needed")
	}
}

func sealedAt(d ID) vault.Place {
	return vault.Place{Table: "demand", Column: "sealed", Row: int64(d)}
}

const wordFields = 6

func (f Form) list() []string {
	return []string{f.Words, f.Office, f.Phone, f.LawWords, f.Otherwise, f.Appeal}
}

func (f *Form) take(w []string) {
	f.Words, f.Office, f.Phone, f.LawWords, f.Otherwise, f.Appeal = w[0], w[1], w[2], w[3], w[4], w[5]
}
