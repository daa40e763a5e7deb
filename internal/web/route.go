// Package web is the HTTP kit: sessions, forms, buffered pages, the log before the first byte, security headers, the one
// error page and the declarations of routes. It knows access and audit, and no noun.
package web

import (
	"fmt"
	"net/http"
	"strings"

	"sluss/internal/access"
)

// Audience is whom a route is for.
type Audience string

// The audiences.
const (
	Public  Audience = "public"  // a page for everybody: no session is read, and it gives way first when many come
	Anybody Audience = "anybody" // no session
	Own     Audience = "own"     // a person who acts for themselves
	Feed    Audience = "feed"    // the owner of the secret address that is called, for a calendar program; it has no session
	Trusted Audience = "trusted" // whoever holds a link to what a person shows; it has no session
	Staff   Audience = "staff"   // a live post at a gateway's own agency
	Partner Audience = "partner" // a live post anywhere, also at another agency
	Program Audience = "program" // any program: no session, and answers in JSON
	System  Audience = "system"  // a system of another agency, by its pass; answers in JSON
	Demo    Audience = "demo"    // only where the program runs as a demo; elsewhere the route does not exist
)

// Needs declares what a route shows or changes. A handler that asks access for more than its route declares is refused.
type Needs struct {
	Audience   Audience
	People     string // "no", "one" (the person in the address), "many", "self" (the person who asks), or "sent" (who was referred by the system that asks)
	Categories access.Category
	Actions    []access.Action
}

// Open is a route for anybody that concerns no person.
func Open() Needs { return Needs{Audience: Anybody, People: "no"} }

// Everybody is a route of the pages for everybody.
func Everybody() Needs { return Needs{Audience: Public, People: "no"} }

// InDemo is a route that exists only in the demo.
func InDemo() Needs { return Needs{Audience: Demo, People: "no"} }

// NoPerson is a route for staff that concerns no person.
func NoPerson() Needs { return Needs{Audience: Staff, People: "no"} }

// OnePerson is a route about the person whose id stands in the address.
func OnePerson(c access.Category, a ...access.Action) Needs { return Needs{Staff, "one", c, a} }

// ManyPeople is a route that lists or changes several people.
func ManyPeople(c access.Category, a ...access.Action) Needs { return Needs{Staff, "many", c, a} }

// Themself is a route about the person who asks.
func Themself(c access.Category, a ...access.Action) Needs { return Needs{Own, "self", c, a} }

// Calendar is a route that a calendar program reads by the secret address of its owner, {token}.
func Calendar(c access.Category) Needs {
	return Needs{Feed, "self", c, []access.Action{access.Read}}
}

// ByLink is a route for whoever holds the link, by its {secret}, to what a person shows of themselves.
func ByLink(c access.Category) Needs { return Needs{Trusted, "self", c, []access.Action{access.Read}} }

// OfSent is a route for a system about a person whom it referred.
func OfSent(c access.Category) Needs { return Needs{System, "sent", c, []access.Action{access.Read}} }

// OwnSession is a route for a person who acts for themselves that shows nothing about anybody.
func OwnSession() Needs { return Needs{Audience: Own, People: "no"} }

// Partners opens a route for staff also to those who work at other agencies.
func (n Needs) Partners() Needs {
	n.Audience = Partner
	return n
}

// posted tells whether only somebody with a live post is let in.
func (a Audience) posted() bool { return a == Staff || a == Partner }

// alone tells whether a route is about one person, whom the one who asks is, or was shown by.
func (a Audience) alone() bool { return a == Own || a == Feed || a == Trusted }

// Handler answers a request: reads the form, calls a domain verb, and says what to show.
type Handler func(*Request) (Answer, error)

// Route is one line of a table of routes.
type Route struct {
	Method  string
	Pattern string // as of http.ServeMux, without the method
	Needs   Needs
	Handle  Handler
	Shared  bool // other sites show the answer within their own pages and keep it for some minutes: it tells everybody the same, asks for nothing and keeps nothing
}

// String is the route as `sluss routes` prints it.
func (r Route) String() string {
	return fmt.Sprintf("%-4s %-52s %-7s %-4s %s", r.Method, r.Pattern, r.Needs.Audience, r.Needs.People, r.Needs.words())
}

func (n Needs) words() string {
	if n.Categories == 0 {
		return ""
	}
	acts := make([]string, len(n.Actions))
	for i, a := range n.Actions {
		acts[i] = a.String()
	}
	return strings.Join(acts, "+") + " " + n.Categories.String()
}

// check says what is wrong with a declaration; a wrong one keeps the server from starting.
func (r Route) check() error {
	n := r.Needs
	people := n.People != "no"
	switch {
	case r.Handle == nil:
		return fmt.Errorf("%s %s has no handler", r.Method, r.Pattern)
	case r.Method != http.MethodGet && r.Method != http.MethodPost:
		return fmt.Errorf("%s %s: only GET and POST", r.Method, r.Pattern)
	case n.Audience == "" || n.People == "":
		return fmt.Errorf("%s %s does not declare what it needs", r.Method, r.Pattern)
	case people && (n.Categories == 0 || len(n.Actions) == 0):
		return fmt.Errorf("%s %s shows people but declares no category or action", r.Method, r.Pattern)
	case people && n.Audience == System && n.People == "sent":
		return nil
	case people && !n.Audience.posted() && (!n.Audience.alone() || n.People != "self"):
		return fmt.Errorf("%s %s shows people to %s", r.Method, r.Pattern, n.Audience)
	case n.People == "one" && !strings.Contains(r.Pattern, "{person}"):
		return fmt.Errorf("%s %s is about one person but has no {person}", r.Method, r.Pattern)
	}
	return nil
}
