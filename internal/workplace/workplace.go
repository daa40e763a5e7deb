// Package workplace is the register of workplaces where people can be for a time: what one does there, what it is like, whom one
// turns to, and how many places there are at a time.
package workplace

import (
	"slices"
	"strings"
	"unicode/utf8"

	"sluss/internal/clock"
	"sluss/internal/fault"
	"sluss/internal/id"
	"sluss/internal/org"
	"sluss/internal/store"
	"sluss/internal/vault"
)

type tag struct{}

// ID is the id of a workplace.
type ID = id.Of[tag]

// Desk is where the register is kept.
type Desk struct{ Store *store.Store }

// Feature is something that is good to know of a workplace for who is to be there.
type Feature string

// Features are all there are, in the order of the form; their names are texts workplace.feature.*.
var Features = []Feature{"quiet", "stepfree", "sitting", "calm", "interpreter", "transit"}

// The most there can be.
const (
	MostPlaces   = 50
	MostContacts = 3
	mostWords    = 2000
)

// Contact is somebody at a workplace whom one turns to. It is about them: taken away in the form, it is gone.
type Contact struct{ Name, Role, Phone, Email string }

func (c Contact) empty() bool { return c == Contact{} }

// Words are what is sealed.
type Words struct {
	Name      string
	Does      string // what one does there
	Where     string // the address, and how one gets there
	Languages string // that are spoken there
	Good      string // what else is good to know
	Contacts  []Contact
}

const (
	contactFields = 4
	ownFields     = 6 // those of the words and why it ended
	wordFields    = ownFields + MostContacts*contactFields
)

// Workplace is one workplace of the unit's register.
type Workplace struct {
	ID ID
	Words
	Features []Feature
	Places   int     // at a time
	Holder   id.Post // who at the unit keeps in touch with it
	EndedOn  clock.Date
	Ending   string // why
	At       clock.Instant
	By       id.Post
	Version  int

	wrapped []byte
}

// Open tells whether the workplace takes people.
func (w Workplace) Open() bool { return w.EndedOn == "" }

// Form is what is written about a workplace; ID is 0 for a new one, and Version the one that was read.
type Form struct {
	ID      ID
	Version int
	Words
	Features []Feature
	Places   int
	Holder   id.Post
}

func (f *Form) check(here []org.Post) error {
	var form fault.Form
	for field, s := range map[string]*string{"name": &f.Name, "does": &f.Does, "where": &f.Where, "languages": &f.Languages, "good": &f.Good} {
		if *s = strings.TrimSpace(*s); utf8.RuneCountInString(*s) > mostWords {
			form.Add(field, "form.long", mostWords)
		}
	}
	if f.Name == "" {
		form.Add("name", "workplace.name.needed")
	}
	if f.Does == "" {
		form.Add("does", "workplace.does.needed")
	}
	if f.Places < 1 || f.Places > MostPlaces {
		form.Add("places", "workplace.places.needed", MostPlaces)
	}
	if slices.ContainsFunc(f.Features, func(x Feature) bool { return !slices.Contains(Features, x) }) {
		form.Add("features", "form.choose")
	}
	if !slices.ContainsFunc(here, func(p org.Post) bool { return p.ID == f.Holder }) {
		form.Add("holder", "workplace.holder.needed")
	}
	f.checkContacts(&form)
	return form.Err()
}

func (f *Form) checkContacts(form *fault.Form) {
	f.Contacts = slices.DeleteFunc(slices.Clone(f.Contacts), Contact.empty)
	if len(f.Contacts) > MostContacts {
		form.Add("contact1", "form.choose")
	}
	if slices.ContainsFunc(f.Contacts, func(c Contact) bool { return c.Name == "" }) {
		form.Add("contact1", "workplace.contact.needed")
	}
}

func (w Workplace) list() []string {
	list := []string{w.Name, w.Does, w.Where, w.Languages, w.Good, w.Ending}
	for i := range MostContacts {
		var c Contact
		if i < len(w.Contacts) {
			c = w.Contacts[i]
		}
		list = append(list, c.Name, c.Role, c.Phone, c.Email)
	}
	return list
}

func (w *Workplace) take(f []string) {
	w.Words, w.Ending = Words{Name: f[0], Does: f[1], Where: f[2], Languages: f[3], Good: f[4]}, f[5]
	for i := range MostContacts {
		c := f[ownFields+i*contactFields:]
		if x := (Contact{c[0], c[1], c[2], c[3]}); !x.empty() {
			w.Contacts = append(w.Contacts, x)
		}
	}
}

func placeOf(k ID) vault.Place {
	return vault.Place{Table: "workplace", Column: "sealed", Row: int64(k)}
}
