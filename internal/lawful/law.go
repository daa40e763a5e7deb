// Package lawful is what a law gives another agency about a person without a yes: a decision with a beginning and an end, of a closed
// list of laws. It is never called a consent, and the person sees it.
package lawful

import (
	"slices"
	"strings"

	"sluss/internal/access"
	"sluss/internal/clock"
	"sluss/internal/fault"
	"sluss/internal/org"
)

// Law is one that can be a ground.
type Law struct {
	Code  string          // as stored; its name is the text lawful.law.*, what it is for lawful.means.*
	Kinds []string        // of agencies that it gives something to; none is every other
	Most  access.Category // that it can give, besides who somebody is
}

// Duty is the law that points at another, which says that something must be given.
const Duty = "osl_10_28"

// Laws are the closed list. Two are left out on purpose: the general clause of chapter 10, section 27 of the act on public access and
// secrecy does not apply to social services, and section 15 a of it is for control, which has nothing to do with working together.
var Laws = []Law{
	{"osl_10_2", nil, access.Contact | access.Collaboration},
	{Duty, nil, access.Contact | access.Economy | access.Collaboration},
	{"osl_26_9", []string{org.KindRegion}, access.Contact | access.Plan | access.Assessment | access.Health | access.Collaboration},
	{"sol_15_4", nil, access.Economy},
	{"sol_15_8", []string{org.KindMunicipality}, 0},
	{"sol_15_9", []string{org.KindMunicipality}, access.Plan | access.Thread | access.Activities | access.Attendance | access.Assessment},
}

// Parts are what is chosen among in the form: everything that some law can give.
func Parts() (list []access.Category) {
	var all access.Category
	for _, l := range Laws {
		all |= l.Most
	}
	for c := access.Contact; c <= access.Everything; c <<= 1 {
		if all&c != 0 {
			list = append(list, c)
		}
	}
	return list
}

// longest is for how many months a decision can hold. After that it is decided anew.
const longest = 12

// mostWords bounds what is written, in characters.
const mostWords = 200

// Form is a decision as it is written down.
type Form struct {
	Zone       access.Zone
	Law        string
	Categories access.Category
	From       clock.Date
	To         clock.Date // the last day
	Decided    string     // by whom
	Number     string     // of the document
	Statute    string     // that says it must be given; only for Duty
}

// check says what is wrong with the form, by its fields: zone, law, part, from, to, decided, number, statute.
func (f *Form) check(home access.Zone, parties []org.Party, today clock.Date) error {
	var form fault.Form
	to := slices.IndexFunc(parties, func(p org.Party) bool { return p.ID == f.Zone && p.Live && p.ID != home })
	if to < 0 {
		form.Add("zone", "lawful.zone.needed")
	}
	law := slices.IndexFunc(Laws, func(l Law) bool { return l.Code == f.Law })
	switch {
	case law < 0:
		form.Add("law", "lawful.law.needed")
	case to >= 0 && Laws[law].Kinds != nil && !slices.Contains(Laws[law].Kinds, parties[to].Kind):
		form.Add("law", "lawful.kind")
	case f.Categories&^access.Identity&^Laws[law].Most != 0:
		form.Add("part", "lawful.most")
	}
	if f.From == "" || f.From < today {
		form.Add("from", "lawful.from.needed")
	}
	if f.To == "" || f.To < f.From || f.From != "" && f.To >= f.From.AddMonths(longest) {
		form.Add("to", "lawful.to.needed", longest)
	}
	f.Decided = words(&form, f.Decided, "decided", "lawful.decided.needed")
	f.Number = words(&form, f.Number, "number", "lawful.number.needed")
	if f.Law == Duty {
		f.Statute = words(&form, f.Statute, "statute", "lawful.statute.needed")
	} else {
		f.Statute = ""
	}
	return form.Err()
}

// words tidies what was written and says what is wrong with it, at the field.
func words(form *fault.Form, text, field, needed string) string {
	text = strings.TrimSpace(text)
	if text == "" {
		form.Add(field, needed)
	}
	if len([]rune(text)) > mostWords {
		form.Add(field, "form.long", mostWords)
	}
	return text
}
