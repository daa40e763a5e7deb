// Package story is what somebody tells others of their own way. They read exactly what will be shown and say yes to it, an editor shows
// it to everybody, and the yes can be taken back at any time: then it is gone at once.
package story

import (
	"regexp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"sluss/internal/access"
	"sluss/internal/clock"
	"sluss/internal/fault"
	"sluss/internal/id"
	"sluss/internal/person"
	"sluss/internal/store"
	"sluss/internal/vault"
)

type tag struct{}

// ID is the id of a story.
type ID = id.Of[tag]

// Desk is where stories are told.
type Desk struct{ Store *store.Store }

// Need is what an access must cover for a story to be read, written, or answered for.
const Need = access.Plan

// Told is what an access must cover for a story to be written: the name, so that it does not slip into the words.
const Told = access.Identity | Need

// How is by which way something was said.
type How string

// The ways, as stored.
const (
	Own     How = "own"   // by the person, on their own pages
	AtTable How = "table" // together with somebody at the unit
)

// Story is what a person tells. A zero one is none.
type Story struct {
	ID      ID
	Unit    id.Unit
	Words   string
	Name    string // what stands under it, as the person has chosen; "" for nothing
	Lang    string
	How     How
	On      clock.Date
	YesOn   clock.Date // "" until the person has said yes to these words
	YesHow  How
	ShownOn clock.Date // "" while nobody else reads it
	Version int
}

// Form is a story as it is written. Seen is the version that the writer had before them, 0 for none.
type Form struct {
	Words string
	Name  string
	Lang  string
	Seen  int
}

// The bounds of a story, in characters.
const (
	fewest   = 20
	mostText = 1500
	mostName = 40
)

// number is what may be somebody's number: six digits or more, or an address of e-mail.
var number = regexp.MustCompile(`[0-9]([ +\-./]?[0-9]){5,}|[^\s@]+@[^\s@]+`)

// check says what is wrong, by the fields of the form. Nothing in the words may tell who it is but the name that the person has chosen.
func (f *Form) check(who person.Identity) error {
	var form fault.Form
	f.Words = strings.TrimSpace(strings.ReplaceAll(f.Words, "\r\n", "\n"))
	f.Name = strings.Join(strings.Fields(f.Name), " ")
	if !slices.Contains(person.Written, f.Lang) {
		form.Add("lang", "form.choose")
	}
	switch n := utf8.RuneCountInString(f.Words); {
	case n < fewest:
		form.Add("words", "story.words.few")
	case n > mostText:
		form.Add("words", "form.long", mostText)
	case number.MatchString(f.Words):
		form.Add("words", "story.words.number")
	default:
		if name := f.tells(who); name != "" {
			form.Add("words", "story.words.name", name)
		}
	}
	if utf8.RuneCountInString(f.Name) > mostName {
		form.Add("name", "form.long", mostName)
	} else if number.MatchString(f.Name) {
		form.Add("name", "story.words.number")
	}
	return form.Err()
}

// tells gives the part of the person's own name that stands in the words though they have not chosen it to be shown; "" for none.
func (f *Form) tells(who person.Identity) string {
	chosen := split(f.Name)
	words := split(f.Words)
	for name := range split(who.Name()) {
		if words[name] && !chosen[name] {
			return name
		}
	}
	return ""
}

// split gives the words of a text. Case is kept: Bo is a name and bo is not.
func split(s string) map[string]bool {
	m := map[string]bool{}
	for _, w := range strings.FieldsFunc(s, func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsMark(r) }) {
		if utf8.RuneCountInString(w) > 1 {
			m[w] = true
		}
	}
	return m
}

func sealedAt(s ID) vault.Place {
	return vault.Place{Table: "story", Column: "sealed", Row: int64(s)}
}
