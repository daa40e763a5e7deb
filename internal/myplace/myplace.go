// Package myplace is what somebody and the gateway have agreed about the person's place: what helps on a bad day, how the
// two keep in touch, and what the gateway adapts.
package myplace

import (
	"slices"
	"strings"
	"unicode/utf8"

	"sluss/internal/access"
	"sluss/internal/clock"
	"sluss/internal/fault"
	"sluss/internal/id"
	"sluss/internal/org"
	"sluss/internal/person"
	"sluss/internal/plan"
	"sluss/internal/store"
)

type (
	placeTag      struct{}
	rowTag        struct{}
	adaptationTag struct{}
)

// AdaptationID is the id of an adaptation, through all its versions.
type AdaptationID = id.Of[adaptationTag]

// What an access must cover.
const (
	Need       = access.Health | access.MyPlace                          // to read or write what is agreed
	Seen       = Need | access.Identity | access.Contact | access.Thread // for the page: whose it is, their language, their time here
	LeaderNeed = access.Activities | access.MyPlace                      // for whoever leads an occasion
	Listed     = Need | access.Identity                                  // for the list of what is late
)

const (
	most        = 2000 // letters in one answer
	mostAdapted = 40
)

// Desk is where my place is kept.
type Desk struct{ Store *store.Store }

// Words are what the person has said, in their own words; any of them may be empty.
type Words struct {
	Helps string // what helps on a bad day
	Touch string // how we keep in touch
	Reach string // how I want to be reached when it has been quiet
}

// Place is one version of what is agreed. Version is 0 when nothing has been written.
type Place struct {
	Words
	Version int
	Lang    string
	How     plan.How
	On      clock.Date
	At      clock.Instant
	Post    id.Post // who wrote it down
}

// Form is what is written about somebody's place. Version is the one that was read.
type Form struct {
	Words
	Version int
	Lang    string
	How     plan.How
	On      clock.Date // "" is today
}

func (f *Form) check(today clock.Date) error {
	f.Helps, f.Touch, f.Reach = strings.TrimSpace(f.Helps), strings.TrimSpace(f.Touch), strings.TrimSpace(f.Reach)
	if f.On == "" {
		f.On = today
	}
	var form fault.Form
	if f.Words == (Words{}) {
		form.Add("helps", "myplace.words.needed")
	}
	long(&form, "helps", f.Helps)
	long(&form, "touch", f.Touch)
	long(&form, "reach", f.Reach)
	checkSaid(&form, f.Lang, f.How)
	if f.On > today {
		form.Add("on", "plan.on.future")
	}
	return form.Err()
}

// checkSaid says what is wrong with the language of some words, or with how they were given.
func checkSaid(form *fault.Form, lang string, how plan.How) {
	if !slices.Contains(person.Written, lang) {
		form.Add("lang", "form.choose")
	}
	if how != plan.AtTable && how != plan.OnPaper {
		form.Add("how", "plan.how.needed")
	}
}

func long(form *fault.Form, field, s string) {
	if utf8.RuneCountInString(s) > most {
		form.Add(field, "form.long", most)
	}
}

// Answer is what the gateway has said to a request for adaptation.
type Answer string

// The answers.
const (
	Waiting Answer = ""
	Yes     Answer = "yes"
	Instead Answer = "instead" // in another way, which the reply tells
	No      Answer = "no"      // with why
)

// Answers are the answers that end the waiting, in the order of the form; their names are texts myplace.answer.*.
var Answers = []Answer{Yes, Instead, No}

// AdaptationForm is what is written about an adaptation. ID and Version are 0 for a new one.
type AdaptationForm struct {
	ID          AdaptationID
	Version     int
	What        string // in the person's words
	Lang        string
	Responsible id.Post
	DueOn       clock.Date // by when it is to be done
	Leader      bool       // whoever leads a session needs to know
	How         plan.How
	Answer      Answer
	Reply       string
	DoneOn      clock.Date
}

// Adaptation is something the person needs the gateway to do in another way, as it stands in one version.
type Adaptation struct {
	AdaptationForm
	AskedOn    clock.Date
	AnsweredOn clock.Date // "" while it waits
	At         clock.Instant
	Post       id.Post // who wrote this version
}

// Open tells whether somebody still has something to do.
func (a Adaptation) Open() bool { return a.DoneOn == "" && a.Answer != No }

// Late tells whether its day has passed while somebody still has something to do.
func (a Adaptation) Late(today clock.Date) bool { return a.Open() && a.DueOn < today }

func (f *AdaptationForm) check(today clock.Date, here []org.Post) error {
	f.What, f.Reply = strings.TrimSpace(f.What), strings.TrimSpace(f.Reply)
	var form fault.Form
	if f.What == "" {
		form.Add("what", "myplace.what.needed")
	}
	long(&form, "what", f.What)
	long(&form, "reply", f.Reply)
	checkSaid(&form, f.Lang, f.How)
	if !slices.ContainsFunc(here, func(p org.Post) bool { return p.ID == f.Responsible }) {
		form.Add("responsible", "myplace.responsible.needed")
	}
	if f.DueOn == "" || f.ID == 0 && f.DueOn < today {
		form.Add("due", "myplace.due.needed")
	}
	f.checkAnswer(&form, today)
	return form.Err()
}

func (f *AdaptationForm) checkAnswer(form *fault.Form, today clock.Date) {
	switch {
	case f.Answer != Waiting && !slices.Contains(Answers, f.Answer):
		form.Add("answer", "form.choose")
	case (f.Answer == No || f.Answer == Instead) && f.Reply == "":
		form.Add("reply", "myplace.reply.needed")
	}
	switch {
	case f.DoneOn == "":
	case f.DoneOn > today:
		form.Add("done", "plan.on.future")
	case f.Answer == Waiting || f.Answer == No:
		form.Add("done", "myplace.done.unanswered")
	}
}
