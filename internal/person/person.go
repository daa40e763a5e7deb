// Package person is who somebody is and how one reaches them: name, number, languages, contact, what they need to come
// at all, and who may speak for them.
package person

import (
	"slices"
	"strings"

	"sluss/internal/fault"
	"sluss/internal/id"
	"sluss/internal/pnr"
	"sluss/internal/store"
)

// ID is the id of a person.
type ID = id.Person

// Desk is where people's records are kept.
type Desk struct {
	Store   *store.Store
	rosters rosters
}

// Sex as in the personal number or as told; 0 is not known.
type Sex int

// The sexes as statistics know them.
const (
	SexUnknown Sex = iota
	Woman
	Man
)

// The ways to reach somebody, as stored; their names are texts person.reach.*.
var Reaches = []string{"phone", "sms", "letter", "email", "other"}

// Targets are the groups the gateway is for; a person may be in several. Their names are texts person.target.*.
var Targets = []string{"assistance", "sick", "lss", "young", "newcomer", "longterm"}

// Identity is who somebody is. Number is zero for one without a personal number.
type Identity struct {
	Given, Family string
	Number        pnr.Number
	BirthYear     int // 0 when not known
	Sex           Sex
}

// Name is the name as one says it.
func (i Identity) Name() string { return strings.TrimSpace(i.Given + " " + i.Family) }

// Contact is how one reaches somebody.
type Contact struct {
	Phone, Email           string
	Street, Postcode, City string
	Reach                  string // one of Reaches
	ReachWhen              string // in words: after 10, not on Fridays
	Language               string // code of the language they want to talk in
	Interpreter            bool
}

// Needs is what has to be so for somebody to be able to come at all, and which groups they belong to.
type Needs struct {
	Access  string // in words
	Targets []string
}

// Person is a whole record.
type Person struct {
	ID ID
	Identity
	Contact
	Needs
	Protection Protection
	Merged     bool // it is one of several records of the same person
	Version    int
}

// check says what is wrong with an identity; keys are the form's field names.
func (i *Identity) check(form *fault.Form, year int) {
	i.Given, i.Family = tidy(i.Given), tidy(i.Family)
	if i.Given == "" {
		form.Add("given", "person.given.needed")
	}
	if i.Family == "" {
		form.Add("family", "person.family.needed")
	}
	if !i.Number.IsZero() {
		i.BirthYear = i.Number.BirthDate().Time().Year()
		if i.Sex == SexUnknown {
			i.Sex = Sex(i.Number.Sex())
		}
	}
	if i.BirthYear != 0 && (i.BirthYear < year-120 || i.BirthYear > year) {
		form.Add("birth", "person.birth.odd", year-120, year)
	}
}

func (c *Contact) check(form *fault.Form) {
	c.Email = strings.ToLower(tidy(c.Email))
	if c.Email != "" && (strings.Count(c.Email, "@") != 1 || strings.ContainsAny(c.Email, " ,;<>\"") || strings.HasPrefix(c.Email, "@") || !strings.Contains(c.Email[strings.Index(c.Email, "@"):], ".")) {
		form.Add("email", "person.email.odd")
	}
	c.Phone = tidy(c.Phone)
	if strings.ContainsFunc(c.Phone, func(r rune) bool { return !strings.ContainsRune("0123456789+-() ", r) }) {
		form.Add("phone", "person.phone.odd")
	}
	if c.Reach == "" {
		c.Reach = "phone"
	}
	if c.Language == "" {
		c.Language = "sv"
	}
	if c.Reach == "email" && c.Email == "" {
		form.Add("email", "person.email.needed")
	}
	if (c.Reach == "phone" || c.Reach == "sms") && c.Phone == "" && c.Email == "" && c.Street == "" {
		form.Add("phone", "person.reach.needed")
	}
}

func tidy(s string) string { return strings.Join(strings.Fields(s), " ") }

// Languages are the codes one can choose; their names are texts person.lang.*.
var Languages = []string{"sv", "ar", "en", "fa", "prs", "so", "ti", "uk", "ru", "pl", "tr", "ku", "ckb", "ps", "th", "es", "fr", "fi", "bs", "sq", "am", "sgn"}

// Written are the languages that somebody's own words may be written in. The last is any other.
var Written = append(slices.DeleteFunc(slices.Clone(Languages), func(l string) bool { return l == "sgn" }), "other")
