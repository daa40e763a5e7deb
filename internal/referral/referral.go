// Package referral is the queue: who comes, from whom, why, what they wish and need, in which order they are called, and
// what the sender is told.
package referral

import (
	"sluss/internal/access"
	"sluss/internal/clock"
	"sluss/internal/fault"
	"sluss/internal/id"
	"sluss/internal/person"
	"sluss/internal/store"
	"sluss/internal/vault"
)

type referralTag struct{}

// ID is the id of a referral.
type ID = id.Of[referralTag]

// Desk is where the queue is kept.
type Desk struct{ Store *store.Store }

// Kind is how somebody comes; the kinds differ in power and are kept apart.
type Kind string

// The kinds, as stored; their names and definitions are texts referral.kind.*.
const (
	Remiss   Kind = "remiss"    // a partner asks, with the person
	Anvisad  Kind = "anvisning" // required by the social services or the employment service
	Own      Kind = "egen"      // the person asks
	Outreach Kind = "uppsokt"   // the gateway went out
)

// Kinds in the order of the form.
var Kinds = []Kind{Remiss, Anvisad, Own, Outreach}

// Reasons is the closed list of why somebody comes; their names are texts referral.reason.*.
var Reasons = []string{"work", "studies", "health", "language", "routine", "unknown"}

// State is where a referral stands.
type State string

// The states.
const (
	Waiting    State = "waiting"    // in the queue
	Called     State = "called"     // on a start list
	Present    State = "present"    // was at the group start; the individual start is to be booked
	Started    State = "started"    // has an enrolment
	Redirected State = "redirected" // somebody else is right for the person
	Withdrawn  State = "withdrawn"  // the person does not want to
)

// Referral is one way in for one person.
type Referral struct {
	ID         ID
	Person     id.Person
	Unit       id.Unit
	Kind       Kind
	Agency     id.Agency // the sender's, 0 for none
	FromUnit   id.Unit   // the sending unit, 0 for none
	Reason     string    // one of Reasons
	Words                // what is written in words
	ReceivedOn clock.Date
	OrderOn    clock.Date // the day that gives the place in the queue
	Moved      bool       // somebody moved the person, see MovedWhy
	ReplyBy    clock.Date // the sender wants an answer by; "" for none
	RepliedOn  clock.Date
	Returning  bool       // the person has been here before
	AskedOn    clock.Date // a returning person was asked what helped; "" not yet
	State      State
	StateOn    clock.Date
	Version    int
}

// Words are the texts of a referral, sealed.
type Words struct {
	Sender   string // who wrote it, with telephone or e-mail
	Why      string // the reason in words
	Wish     string // the person's own wish in their own words
	MovedWhy string
	Reply    string // what the sender was told
	To       string // redirected to whom
	Helped   string // at a return: what helped last time
	Hindered string // what did not
	Instead  string // what should be otherwise
}

const wordFields = 9

func (w *Words) list() []string {
	return []string{w.Sender, w.Why, w.Wish, w.MovedWhy, w.Reply, w.To, w.Helped, w.Hindered, w.Instead}
}

func (w *Words) take(f []string) {
	w.Sender, w.Why, w.Wish, w.MovedWhy, w.Reply, w.To, w.Helped, w.Hindered, w.Instead = f[0], f[1], f[2], f[3], f[4], f[5], f[6], f[7], f[8]
}

func place(r ID) vault.Place { return vault.Place{Table: "referral", Column: "sealed", Row: int64(r)} }

// WordsOf opens the texts of a referral, for a list that has selected r.sealed.
func WordsOf(a access.Access, r ID, sealed []byte) (w Words, err error) {
	f, err := a.Key(access.Collaboration).Open(place(r), wordFields, sealed)
	if err != nil {
		return w, err
	}
	w.take(f)
	return w, nil
}

// Form is what is written when somebody comes.
type Form struct {
	Person     person.Person
	Kind       Kind
	Agency     id.Agency
	FromUnit   id.Unit
	Reason     string
	Words      Words
	ReceivedOn clock.Date
	ReplyBy    clock.Date
	Listed     bool // it stood in a list: a day to answer by may have passed
}

// Check says what is wrong with the form and the person in it, as Receive would, without asking whether anybody is known.
func (f *Form) Check(now clock.Instant) error {
	err := f.check(now.Date())
	return joined(fault.Fields(err), f.Person.Check(now))
}

func (f *Form) check(today clock.Date) error {
	var form fault.Form
	if f.Kind == "" {
		form.Add("kind", "referral.kind.needed")
	}
	if f.ReceivedOn == "" {
		f.ReceivedOn = today
	}
	if f.ReceivedOn > today {
		form.Add("received", "referral.received.ahead")
	}
	if f.ReceivedOn < today.Add(-10*366) {
		form.Add("received", "referral.received.old")
	}
	if f.ReplyBy != "" && f.ReplyBy < today && !f.Listed {
		form.Add("reply", "referral.reply.past", f.ReplyBy)
	}
	if f.Reason == "" {
		form.Add("reason", "referral.reason.needed")
	}
	return form.Err()
}
