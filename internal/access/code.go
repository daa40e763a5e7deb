package access

import "strings"

// Category is a kind of information about a person; several are added together with |.
type Category int

// The categories.
const (
	Identity Category = 1 << iota
	Contact
	Plan
	Thread
	Activities
	Attendance
	Assessment
	Health
	Economy
	Collaboration
	Documents
	MyPlace // what is agreed with somebody about their place; no consent and no law takes it to another agency
)

// Everything is all categories together.
const Everything = MyPlace<<1 - 1

// Action is what is done with the information.
type Action int

// The actions.
const (
	Read Action = iota + 1
	Write
	Decide
	Export
)

// Role is what a post is for; the rights of each lie in the code list role_right.
type Role int

// The roles.
const (
	Coach       Role = iota + 1 // meets participants, makes plans with them
	Coordinator                 // runs the queue and the group starts
	Head                        // leads the unit
	Reception                   // meets those who come and answers the telephone
	Officer                     // works at another agency, and sees what is shared with it
	System                      // a program of another agency: it has no rights, see OpenSent
)

// Caseworkers are the roles that work with a gateway's people: all of its own but the reception.
var Caseworkers = []Role{Coach, Coordinator, Head}

// Staff are all the roles of a gateway's own.
var Staff = []Role{Coach, Coordinator, Head, Reception}

// Ground is the right by which somebody may see a person. 0 is none.
type Ground int

// The grounds.
const (
	NoGround   Ground = iota
	AtUnit            // a live post at a unit where the person is in the queue, on a start list or a participant
	ByCover           // a colleague's caseload, lent from one day to another
	AsHead            // the head of the unit, for follow-up of what has ended; reading only
	ByCreation        // the person's record is made in this very act
	ByConsent         // the person has said yes to the agency, in those categories
	ByLaw             // a law gives it the agency without a yes
	ByGlass           // the glass was broken, in an emergency
)

// Purpose is why somebody looks; the person sees it in plain words.
type Purpose int

// The purposes.
const (
	ForContact       Purpose = iota + 1 // to reach the person or answer them
	ForQueue                            // to order and answer the queue
	ForStart                            // to prepare or hold a group start
	ForPlan                             // to make or follow the person's plan
	ForFollowUp                         // to follow up after the person has left
	ForSearch                           // to find the right person
	ForExport                           // to take out a list
	ForReview                           // to see how the operation stands
	ForCollaboration                    // to work together with the gateway in the person's plan
	ForEmergency                        // the glass was broken
	ForRetention                        // to decide what is to be destroyed since its time has come
)

// Rights is the code list of what each role may do, in the order of the roles.
func Rights() []Right {
	all := Everything
	desk := Identity | Contact | Attendance | Activities
	return []Right{
		{Coach, Read, all}, {Coach, Write, all}, {Coach, Decide, all}, {Coach, Export, all},
		{Coordinator, Read, all}, {Coordinator, Write, all}, {Coordinator, Decide, all}, {Coordinator, Export, all},
		{Head, Read, all}, {Head, Write, all}, {Head, Decide, all}, {Head, Export, all},
		{Reception, Read, desk}, {Reception, Write, Contact | Attendance},
		{Officer, Read, all &^ MyPlace}, {Officer, Write, Plan},
	}
}

// Right is one line of the code list.
type Right struct {
	Role       Role
	Action     Action
	Categories Category
}

var categoryNames = []string{"identity", "contact", "plan", "thread", "activities", "attendance", "assessment", "health", "economy",
	"collaboration", "documents", "myplace"}

// String names the categories, joined by +.
func (c Category) String() string {
	var names []string
	for i, n := range categoryNames {
		if c&(1<<i) != 0 {
			names = append(names, n)
		}
	}
	return strings.Join(names, "+")
}

// String names the action.
func (a Action) String() string {
	return [...]string{"none", "read", "write", "decide", "export"}[a]
}
