// Package application is those who ask, on the pages for everybody, to start or to be called, and those who refer somebody
// else, also by a system of another agency, until a worker has answered. What they wrote is sealed by a key of its own: it is nobody's record yet.
package application

import (
	"strings"

	"sluss/internal/clock"
	"sluss/internal/course"
	"sluss/internal/fault"
	"sluss/internal/id"
	"sluss/internal/referral"
	"sluss/internal/store"
	"sluss/internal/vault"
)

type tag struct{}

// ID is the id of an application.
type ID = id.Of[tag]

// Desk is where applications come in.
type Desk struct {
	Store *store.Store
	Vault *vault.Vault
	Clock clock.Clock
}

// Kind is what somebody asks for.
type Kind string

// The kinds, as stored; their names are texts application.kind.*.
const (
	Start  Kind = "start"  // to begin
	Call   Kind = "call"   // to be called
	Refer  Kind = "refer"  // somebody else is to begin
	Report Kind = "report" // a page is hard to use
	Sent   Kind = "sent"   // a system of another agency refers somebody
)

// State is where an application stands.
type State string

// The states.
const (
	Waiting  State = "waiting"  // nobody has answered
	Accepted State = "accepted" // the person stands in the queue
	Answered State = "answered" // somebody has answered, and it led to no place in the queue
	Spam     State = "spam"     // nobody's wish
)

// Words are what was written, sealed.
type Words struct {
	Name        string // of the person who is to begin
	Phone       string
	Email       string
	When        string // when it suits to be called
	Language    string // code of the language to talk in
	Interpreter bool
	Wish        string    // in their own words
	Lang        string    // of the page they read
	By          string    // who refers: name
	ByReach     string    // and telephone or e-mail
	ByRole      string    // and who they are to the person
	Course      course.ID // that they want to know more of; 0 for none
	Referral              // of one that a system sent
}

// Referral is what a system of another agency says besides.
type Referral struct {
	Number  string        // personal number, as it was written
	As      referral.Kind // Remiss or Anvisad
	Reason  string        // one of referral.Reasons
	Why     string
	ReplyBy clock.Date // "" for none
}

const wordFields = 17

func (w *Words) list() []string {
	interpreter := ""
	if w.Interpreter {
		interpreter = "yes"
	}
	about := ""
	if w.Course != 0 {
		about = w.Course.String()
	}
	return []string{w.Name, w.Phone, w.Email, w.When, w.Language, interpreter, w.Wish, w.Lang, w.By, w.ByReach, w.ByRole,
		w.Number, string(w.As), w.Reason, w.Why, string(w.ReplyBy), about}
}

func (w *Words) take(f []string) (err error) {
	*w = Words{f[0], f[1], f[2], f[3], f[4], f[5] != "", f[6], f[7], f[8], f[9], f[10], 0,
		Referral{f[11], referral.Kind(f[12]), f[13], f[14], clock.Date(f[15])}}
	if f[16] != "" {
		err = w.Course.UnmarshalText([]byte(f[16]))
	}
	return err
}

// Application is one that has come in.
type Application struct {
	ID   ID
	Kind Kind
	Words
	At      clock.Instant
	On      clock.Date
	State   State
	Version int
}

// Here tells whether what was written is still here.
func (a Application) Here() bool { return a.Words != Words{} }

// Form is what somebody has written. Press is the same for two presses of one button.
type Form struct {
	Kind Kind
	Words
	Knows bool // of one who refers: the person knows of it
	Press []byte
}

// Longest is how many characters somebody may write about themselves.
const Longest = 2000

// Check says what is wrong with what was written, without asking whether anybody is known.
func (f *Form) Check() error {
	var form fault.Form
	switch f.Kind {
	case Report:
		if f.Wish == "" {
			form.Add("wish", "public.report.needed")
		}
		return joined(form, f.long())
	case Refer, Sent:
		if f.By == "" {
			form.Add("by", "public.by.needed")
		}
		if f.ByReach == "" {
			form.Add("byreach", "public.byreach.needed")
		}
	}
	if f.Name == "" {
		form.Add("name", "public.name.needed")
	}
	if f.Phone == "" && f.Email == "" && (f.Kind != Refer && f.Kind != Sent || f.ByReach == "") {
		form.Add("phone", map[bool]string{true: "public.call.needed", false: "public.reach.needed"}[f.Kind == Call])
	}
	if strings.ContainsFunc(f.Phone, func(r rune) bool { return !strings.ContainsRune("0123456789+-()/ ", r) }) {
		form.Add("phone", "public.phone.odd")
	}
	if f.Email != "" && (strings.Count(f.Email, "@") != 1 || strings.ContainsAny(f.Email, " ,;<>\"")) {
		form.Add("email", "public.email.odd")
	}
	if (f.Kind == Refer || f.Kind == Sent) && !f.Knows {
		form.Add("knows", "public.knows.needed")
	}
	return joined(form, f.long())
}

func (f *Form) long() (form fault.Form) {
	for field, text := range map[string]string{"wish": f.Wish, "why": f.Why} {
		if len([]rune(text)) > Longest {
			form.Add(field, "form.long", Longest)
		}
	}
	return form
}

func joined(a, b fault.Form) error { return append(a, b...).Err() }

func place(a ID) vault.Place {
	return vault.Place{Table: "application", Column: "sealed", Row: int64(a)}
}
