// Package course is the courses that lead to work: the occupations and how short of people each is in the county, in the forecast's own
// words; the courses that lead there; and who is interested in one.
package course

import (
	"net/url"
	"slices"
	"strings"

	"sluss/internal/fault"
	"sluss/internal/i18n"
	"sluss/internal/id"
	"sluss/internal/store"
)

type (
	courseTag   struct{}
	interestTag struct{}
)

// ID is the id of a course.
type ID = id.Of[courseTag]

// Desk is where courses, and what is said of occupations, are kept.
type Desk struct{ Store *store.Store }

// Kind is what sort of course it is.
type Kind string

// The kinds.
const (
	Education Kind = "education"
	Taster    Kind = "taster" // a short one, to try
)

// Kinds are the kinds in the order of a form.
var Kinds = []Kind{Taster, Education}

// Course is a course as a unit tells of it, in Swedish. All but the title and who gives it may be empty.
type Course struct {
	ID     ID
	Kind   Kind
	Title  string
	Giver  string
	Place  string
	Length string // besides Weeks and Days
	Starts string
	Level  string // how much Swedish one needs
	Leads  string // what it leads to
	Cost   string // what it costs, where it is not Free, and what one can live on meanwhile
	Weeks  int    // how many it takes; 0 where it is not told
	Days   int    // a week; FullTime for all of them, 0 where it is not told
	Free   bool   // it costs nothing
	Link   string // https
	Ended  bool   // it is shown no more
	Ways   []OccupationID
	Others map[string]Told // what is told in other languages, by language

	Version int
}

// Told is what is told of a course in one language besides Swedish; what is empty is read in Swedish.
type Told struct {
	Title  string `json:"title,omitempty"`
	Place  string `json:"place,omitempty"`
	Length string `json:"length,omitempty"`
	Starts string `json:"starts,omitempty"`
	Level  string `json:"level,omitempty"`
	Leads  string `json:"leads,omitempty"`
	Cost   string `json:"cost,omitempty"`
}

// TellsIn are the languages that a course can be told of in besides Swedish.
var TellsIn = []string{i18n.Easy, "en", "ar"}

// Fields are the fields that can be told in more languages than Swedish, in the order of a form.
var Fields = []string{"title", "place", "length", "starts", "level", "leads", "cost"}

// The bounds of what is written about a course.
const (
	mostTitle = 120
	mostText  = 600
	MostWeeks = 300
	FullTime  = 5 // days a week
)

// texts are the fields of free text in Swedish, by the names of the form.
func (c *Course) texts() map[string]*string {
	return map[string]*string{"title": &c.Title, "giver": &c.Giver, "place": &c.Place, "length": &c.Length, "starts": &c.Starts, "level": &c.Level, "leads": &c.Leads, "cost": &c.Cost}
}

// At is a field of the name.
func (t *Told) At(name string) *string {
	return map[string]*string{"title": &t.Title, "place": &t.Place, "length": &t.Length, "starts": &t.Starts, "level": &t.Level, "leads": &t.Leads, "cost": &t.Cost}[name]
}

// check says what is wrong, by the fields of the form.
func (c *Course) check() error {
	var form fault.Form
	if c.Kind != Education && c.Kind != Taster {
		form.Add("kind", "form.choose")
	}
	for _, name := range []string{"title", "giver", "place", "length", "starts", "level", "leads", "cost"} {
		text := c.texts()[name]
		*text = strings.TrimSpace(*text)
		if (name == "title" || name == "giver") && *text == "" {
			form.Add(name, "course."+name+".needed")
		}
		if len([]rune(*text)) > most(name) {
			form.Add(name, "form.long", most(name))
		}
	}
	if c.Weeks < 0 || c.Weeks > MostWeeks {
		form.Add("weeks", "form.number", 0, MostWeeks)
	}
	if c.Days < 0 || c.Days > FullTime {
		form.Add("days", "form.number", 0, FullTime)
	}
	if c.Link = strings.TrimSpace(c.Link); c.Link != "" && !https(c.Link) {
		form.Add("link", "course.link.wrong")
	}
	c.checkOthers(&form)
	return form.Err()
}

// checkOthers checks what is told in other languages, and leaves out the languages that nothing is told in.
func (c *Course) checkOthers(form *fault.Form) {
	others := map[string]Told{}
	for _, lang := range TellsIn {
		t := c.Others[lang]
		for _, name := range Fields {
			text := t.At(name)
			if *text = strings.TrimSpace(*text); len([]rune(*text)) > most(name) {
				form.Add(name+"_"+lang, "form.long", most(name))
			}
		}
		if t != (Told{}) {
			others[lang] = t
		}
	}
	c.Others = others
}

// most is how long a text of the field may be.
func most(name string) int {
	if name == "title" || name == "giver" {
		return mostTitle
	}
	return mostText
}

// https tells whether it is an address that a page may lead to.
func https(s string) bool {
	u, err := url.Parse(s)
	return err == nil && u.Scheme == "https" && u.Host != "" && u.User == nil && len(s) <= mostText
}

// Fact is something that is told of a course: the name of the field, the text, and the language it is in.
type Fact struct{ Field, Text, Lang string }

// in gives a field in the language, else in Swedish and in no third language.
func (c *Course) in(name, lang string) Fact {
	if t, ok := c.Others[lang]; ok && name != "giver" && *t.At(name) != "" {
		return Fact{name, *t.At(name), lang}
	}
	return Fact{name, *c.texts()[name], "sv"}
}

// Called gives what the course is called in a language, else in Swedish.
func (c Course) Called(lang string) (title, in string) {
	f := c.in("title", lang)
	return f.Text, f.Lang
}

// Facts are what is told of a course in a language, else in Swedish, in the order of a page, without what is not written.
func (c Course) Facts(lang string) []Fact {
	var list []Fact
	for _, name := range []string{"giver", "place", "length", "starts", "level", "leads", "cost"} {
		if f := c.in(name, lang); f.Text != "" || name == "length" && c.Weeks+c.Days > 0 || name == "cost" && c.Free {
			list = append(list, f)
		}
	}
	return list
}

// Lacks tells whether something of the course is yet to be told in the language. Who gives it is a name in every language.
func (c Course) Lacks(lang string) bool {
	return lang != "sv" && slices.ContainsFunc(Fields, func(name string) bool {
		f := c.in(name, lang)
		return f.Text != "" && f.Lang != lang
	})
}
