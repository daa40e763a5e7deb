// Package course is the courses that lead to work: the occupations and how short of people each is in the county, in the forecast's own
// words; the courses that lead there; and who is interested in one.
package course

import (
	"net/url"
	"strings"

	"sluss/internal/fault"
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

// Course is a course as a unit tells of it. All but the title and who gives it may be empty.
type Course struct {
	ID     ID
	Kind   Kind
	Title  string
	Giver  string
	Place  string
	Length string
	Starts string
	Level  string // how much Swedish one needs
	Leads  string // what it leads to
	Cost   string // what it costs, and what one can live on meanwhile
	Link   string // https
	Ended  bool   // it is shown no more
	Ways   []OccupationID

	Version int
}

// The bounds of what is written about a course.
const (
	mostTitle = 120
	mostText  = 600
)

// texts are the fields of free text, by the names of the form.
func (c *Course) texts() map[string]*string {
	return map[string]*string{"title": &c.Title, "giver": &c.Giver, "place": &c.Place, "length": &c.Length, "starts": &c.Starts, "level": &c.Level, "leads": &c.Leads, "cost": &c.Cost}
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
		most := mostText
		if name == "title" || name == "giver" {
			most = mostTitle
			if *text == "" {
				form.Add(name, "course."+name+".needed")
			}
		}
		if len([]rune(*text)) > most {
			form.Add(name, "form.long", most)
		}
	}
	if c.Link = strings.TrimSpace(c.Link); c.Link != "" && !https(c.Link) {
		form.Add("link", "course.link.wrong")
	}
	return form.Err()
}

// https tells whether it is an address that a page may lead to.
func https(s string) bool {
	u, err := url.Parse(s)
	return err == nil && u.Scheme == "https" && u.Host != "" && u.User == nil && len(s) <= mostText
}

// Fact is something that is told of a course: the name of the field, and the text.
type Fact struct{ Field, Text string }

// Facts are what is told of a course, in the order of a page, without what is not written.
func (c Course) Facts() []Fact {
	var list []Fact
	for _, f := range []Fact{{"giver", c.Giver}, {"place", c.Place}, {"length", c.Length}, {"starts", c.Starts}, {"level", c.Level}, {"leads", c.Leads}, {"cost", c.Cost}} {
		if f.Text != "" {
			list = append(list, f)
		}
	}
	return list
}
