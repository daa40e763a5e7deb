// Package consent is a person's own yes to sharing with another agency: asked for at the table or on signed paper, and taken
// back at once.
package consent

import (
	"slices"

	"sluss/internal/access"
	"sluss/internal/clock"
	"sluss/internal/fault"
	"sluss/internal/id"
	"sluss/internal/org"
	"sluss/internal/store"
)

// Desk is where consents are kept.
type Desk struct{ Store *store.Store }

// TextVersion is which wording of the consent's texts was read: raise it when the Swedish of consent.text.* changes in what it
// means.
const TextVersion = 2

// Longest is for how many months somebody can say yes at a time; it is also what is proposed.
const Longest = 6

// silence is how many months pass before the same yes is asked for again.
const silence = 6

// Purposes are what people are to work together for, as stored; their names are texts consent.purpose.*.
var Purposes = []string{"plan", "work", "health"}

// Categories are what a yes can be about, in the order of the form; who somebody is always goes with it. Their names are texts
// consent.part.*.
var Categories = []access.Category{access.Contact, access.Plan, access.Thread, access.Activities, access.Attendance, access.Assessment, access.Health,
	access.Economy, access.Collaboration, access.Documents}

// The ways to say yes.
const (
	AtTable = "table"
	OnPaper = "paper" // signed, with a second person
)

// Form is what is asked and answered.
type Form struct {
	Zone       access.Zone
	Purpose    string
	Categories access.Category
	Months     int
	How        string
	Witness    id.Post // of one on paper
	Yes        bool
	Wish       bool // it was the person who took it up
	Lang       string
}

// check says what is wrong with the form, by its fields: zone, purpose, part, months, how, witness. A no needs nothing but the zone.
func (f Form) check(self id.Post, home access.Zone, parties []org.Party, here []org.Post) error {
	var form fault.Form
	if !slices.ContainsFunc(parties, func(p org.Party) bool { return p.ID == f.Zone && p.Live && p.ID != home }) {
		form.Add("zone", "consent.zone.needed")
	}
	if !f.Yes {
		return form.Err()
	}
	if !slices.Contains(Purposes, f.Purpose) {
		form.Add("purpose", "consent.purpose.needed")
	}
	all := access.Category(0)
	for _, c := range Categories {
		all |= c
	}
	if f.Categories == 0 || f.Categories&^all != 0 {
		form.Add("part", "consent.part.needed")
	}
	if f.Months < 1 || f.Months > Longest {
		form.Add("months", "consent.months.needed", Longest)
	}
	switch {
	case f.How != AtTable && f.How != OnPaper:
		form.Add("how", "form.choose")
	case f.Witness == 0 && f.How == OnPaper || f.Witness != 0 && (f.Witness == self || !slices.ContainsFunc(here, func(o org.Post) bool { return o.ID == f.Witness })):
		form.Add("witness", "consent.witness.needed")
	}
	return form.Err()
}

// span is from today for so many months.
func (f Form) span(today clock.Date) clock.Span {
	return clock.Span{From: today, To: today.AddMonths(f.Months)}
}
