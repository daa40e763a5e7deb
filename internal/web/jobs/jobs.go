// Package jobs is what the pages for everybody, a person's own and the staff's share of occupations: the search in plain words, and how
// short of people an occupation is.
package jobs

import (
	"strings"

	"github.com/a-h/templ"

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
func Of(page ui.Page, path, words string, all []course.Listed, e course.Edition) Search {
	s := Search{Page: page, Path: path, Words: words, Edition: e}
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
}

// Name gives what the occupation is called in the language of the page.
func Name(l *i18n.Lang, o course.Listed) (name, lang string) { return o.Called(l.Tag) }

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
	if in := i18n.Get(lang); in.Tag != l.Spoken() {
		return templ.Attributes{"lang": in.Tag, "dir": in.Dir}
	}
	return nil
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
