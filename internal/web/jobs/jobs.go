// Package jobs is what the pages for everybody, a person's own and the staff's share of occupations: the search in plain words, and how
// short of people an occupation is.
package jobs

import (
	"slices"
	"strings"

	"github.com/a-h/templ"

	"sluss/internal/clock"
	"sluss/internal/course"
	"sluss/internal/i18n"
	"sluss/internal/web"
	"sluss/internal/web/ui"
)

// Search is the search in plain words, and what it found.
type Search struct {
	ui.Page
	Path    string // of the search; an occupation's page is one part further
	Words   string // "" when nothing has been sought
	Found   []course.Listed
	Near    bool // nothing meets all the words, and these meet some
	Edition course.Edition
	Old     bool // the edition is more than a year old
}

// mostFound is how many occupations a page shows.
const mostFound = 12

// longest is how many characters one can seek.
const longest = 80

// Asked gives what was sought, from the address.
func Asked(r *web.Request) string {
	words := []rune(strings.ToValidUTF8(strings.TrimSpace(r.URL.Query().Get("q")), ""))
	return string(words[:min(len(words), longest)])
}

// Of finds what was sought in the catalogue; with nothing sought, the occupations that courses lead to.
func Of(page ui.Page, path, words string, all []course.Listed, e course.Edition, today clock.Date) Search {
	s := Search{Page: page, Path: path, Words: words, Edition: e, Old: e.Old(today)}
	if words == "" {
		s.Found = course.Leading(all)
	} else {
		found, whole := course.Find(all, words)
		s.Found, s.Near = found, !whole
	}
	s.Found = s.Found[:min(len(s.Found), mostFound)]
	return s
}

// One is an occupation and the ways there.
type One struct {
	ui.Page
	course.Listed
	Courses []course.Course
	Today   clock.Date
}

// old tells whether what the forecast says of the occupation is more than a year old.
func (x One) old() bool { return course.Edition{Name: x.Edition}.Old(x.Today) }

// lacks tells whether something of what is told of the courses is not in the language of the page.
func (x One) lacks() bool {
	return slices.ContainsFunc(x.Courses, func(c course.Course) bool { return c.Lacks(x.L.Tag) })
}

// said is what the product itself says of a course in the language of the page: how long it is, and that it costs nothing.
func said(l *i18n.Lang, c course.Course, field string) string {
	var list []string
	switch field {
	case "length":
		if c.Weeks > 0 {
			list = append(list, l.T("course.weeks", c.Weeks))
		}
		if c.Days == course.FullTime {
			list = append(list, l.T("course.days.all"))
		} else if c.Days > 0 {
			list = append(list, l.T("course.days", c.Days))
		}
	case "cost":
		if c.Free {
			return l.T("course.free")
		}
	}
	return l.List(list...)
}

// facts are what is told of a course in a language, else in Swedish.
func facts(l *i18n.Lang, c course.Course, lang string) (list []fact) {
	for _, f := range c.Facts(lang) {
		list = append(list, fact{l.T("course." + f.Field), said(l, c, f.Field), f.Text, f.Lang})
	}
	return list
}

// Lines are what is told of a course in a language, else in Swedish, each in a line of a list.
func Lines(l *i18n.Lang, c course.Course, lang string) (list []ui.Fact) {
	for _, f := range facts(l, c, lang) {
		list = append(list, ui.Fact{Term: f.term, Text: strings.TrimSpace(f.said + " " + f.text)})
	}
	return list
}

// fact is what is told of a course: what the product says of it, and what the unit has written, in the language it is in.
type fact struct{ term, said, text, lang string }

// tag is how a situation looks: what is short of people stands out.
func tag(l *i18n.Lang, s course.Situation) ui.Tag {
	switch s {
	case course.Shortage:
		return ui.Tag{Kind: "done", Text: l.T("course.situation.shortage")}
	case course.Unassessed:
		return ui.Tag{Kind: "open", Text: l.T("course.situation.none")}
	default:
		return ui.Tag{Kind: "line", Text: l.T("course.situation." + string(s))}
	}
}

// other marks words that are in another language than the page.
func other(l *i18n.Lang, lang string) templ.Attributes {
	if in := i18n.Get(lang); in.Tag != l.Spoken() && in.Tag != l.Tag {
		return templ.Attributes{"lang": in.Tag, "dir": in.Dir}
	}
	return nil
}

// runs marks words that may begin with a name in another script: they run as their own language does.
func runs(l *i18n.Lang, lang string) templ.Attributes {
	if a := other(l, lang); a != nil {
		return a
	}
	return templ.Attributes{"dir": l.Dir}
}

// edition says which edition of the forecast it is, as its name is: the year and which of that year's.
func edition(l *i18n.Lang, name string) string {
	year, n, _ := strings.Cut(name, "-")
	name = l.Apart(name)
	if n == "1" {
		return l.T("course.edition.first", name, year)
	}
	return l.T("course.edition.second", name, year)
}
