// Package trusted is what a person shows of their plan to somebody they trust: by a link that ends, opened with a code that is said
// by mouth.
package trusted

import (
	"context"
	"slices"
	"strings"
	"unicode/utf8"

	"sluss/internal/access"
	"sluss/internal/clock"
	"sluss/internal/fault"
	"sluss/internal/myplace"
	"sluss/internal/org"
	"sluss/internal/plan"
	"sluss/internal/store"
	"sluss/internal/way"
)

// What an access must cover.
const (
	Need  = way.Need | myplace.Need // what is shown at most
	Makes = Need | access.Identity  // to see it first, and make or end a link
)

// Desk is where links are made, opened and ended.
type Desk struct{ Store *store.Store }

// ID is the id of a link.
type ID = access.LinkID

// Days are how long a link may hold.
var Days = []int{1, 7, 30}

const (
	mostLinks = 10 // that hold at once
	longest   = 60 // letters of whom it is for
	// FreeTries is how many codes may be wrong in a row: with that the link is over, and a new one is made.
	FreeTries = 5
)

// Form is a link to be made.
type Form struct {
	Reader string // whom it is for, in the person's own words
	Days   int    // one of Days
	Helps  bool   // whether what helps on a bad day is shown too
}

// Check says what is wrong with the form, by its fields: reader, days.
func (f *Form) Check() error {
	var form fault.Form
	f.Reader = strings.TrimSpace(f.Reader)
	if f.Reader == "" {
		form.Add("reader", "trusted.reader.needed")
	} else if utf8.RuneCountInString(f.Reader) > longest {
		form.Add("reader", "form.long", longest)
	}
	if !slices.Contains(Days, f.Days) {
		form.Add("days", "form.choose")
	}
	return form.Err()
}

// Shown is what somebody is shown. What is not in it is hidden: who works with the person and where, what others do, what is written
// about them, and words of anybody but the person and those they plan with.
type Shown struct {
	Goals []Words
	Steps []org.Step
	Here  int        // the step, from 1; 0 for no plan
	Next  *Time      // what the person is called to or has agreed on; nil for none
	Held  []Held     // activities that the person takes part in
	Tasks []way.Task // what the person does, alone or together with staff
	Helps *Words     // what helps on a bad day; nil when it is not shown
}

// Words are the person's own.
type Words struct{ Text, Lang string }

// Time is when something is.
type Time struct {
	Kind way.Kind
	On   clock.Date
	At   clock.LocalTime
}

// Held is an activity, and when it is held next; On is "" when nothing is planned.
type Held struct {
	Names     map[string]string // by language
	On        clock.Date
	At, Until clock.LocalTime
}

// Name is the activity's name in the language, else in Swedish.
func (h Held) Name(lang string) string { return way.Place{Names: h.Names}.Name(lang) }

// Of reads what is shown of the person of the access, which covers way.Need, and with helps also myplace.Need.
func Of(ctx context.Context, tx *store.Tx, actor *access.Actor, a access.Access, helps bool) (s Shown, err error) {
	w, err := way.Of(ctx, tx, actor, a)
	if err != nil {
		return s, err
	}
	s.take(w)
	if helps && w.Planned() {
		text, lang, err := myplace.Helps(ctx, tx, actor, a)
		if err != nil {
			return s, err
		}
		if text != "" {
			s.Helps = &Words{text, lang}
		}
	}
	return s, nil
}

// take keeps what is shown of a way.
func (s *Shown) take(w way.Way) {
	if m := w.Next(); m != nil {
		s.Next = &Time{m.Kind, m.On, m.At}
	}
	if !w.Planned() {
		return
	}
	s.Steps, s.Here = w.Steps, w.Here
	for _, g := range w.Goals {
		s.Goals = append(s.Goals, Words{g.Words, g.Lang})
	}
	for _, x := range w.Places {
		if !x.Offered {
			s.Held = append(s.Held, Held{x.Names, x.On, x.At, x.Until})
		}
	}
	for _, t := range w.Tasks {
		if t.Who == plan.Self || t.Who == plan.Together {
			s.Tasks = append(s.Tasks, t)
		}
	}
}
