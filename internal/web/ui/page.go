// Package ui holds the parts that every page is made of: frames, forms, fields, lists, pictures. It knows no domain, only
// how things look and how they are read aloud.
package ui

import (
	"net/url"
	"strconv"
	"strings"

	"github.com/a-h/templ"

	"sluss/internal/i18n"
	"sluss/internal/web/asset"
)

// Page is what every page has; a page's own struct embeds it.
type Page struct {
	L     *i18n.Lang
	Title string
	Class string // of body: staff (or empty), person, joint or paper
	Size  string // data-size of Designsystemet: sm (or empty for staff), md or lg
	Who   string // the signed-in person's name; empty outside
	Unit  string // the unit, beside the mark
	Seeks bool   // who is signed in may search people
	Area  string // the municipality, in the footer
	Home  string // of a page for everybody: the front page that it belongs to
	Stamp string // on a printed sheet: day and page
	Nav   []NavItem
	Foot  []NavItem
	Door  string       // of a page for everybody: where a participant signs in; "" shows no way
	Langs []*i18n.Lang // languages to choose from; none shows no choice
	Path  string       // the page's own address, kept when the language changes
	Core  string       // of a page for everybody: where its pages in still other languages are, to which each adds its tag; "" for none
	In    string       // the tag of such a language, when this is that page
	Look  Look         // as the reader has chosen

	Interpreter Link // where one asks for an interpreter; without one, one asks whoever one meets

	Token      string // the session's form token
	Submission string // this page's submission id
	Found      string // where a form of the page is found again, of who is signed in
	Rest       Rest   // how long the session goes on

	Saved  string // a sentence about what was just saved
	Failed bool   // a form on the page could not be saved
	Demo   bool   // invented people only

	Emergency Emergency // the page's person is seen in an emergency
}

// Rest tells the script that warns before a session ends how long it goes on from when the page was made, in seconds. With none there is
// no session.
type Rest struct {
	Idle  int    // if nobody does anything
	Whole int    // whatever they do
	Taken int    // until the page is taken off the screen; 0 when it is not
	Ask   string // where it asks, and has what is typed kept
}

// Emergency says on a page that its person is seen for some hours alone, and how that is ended. Without Text there is none.
type Emergency struct {
	Text   string
	End    string // where the form that ends it is sent
	Person string // what it carries
}

// NavItem is one link of a menu. Key is the key of its text; N is how many things wait there, none when zero.
type NavItem struct {
	Href, Key string
	Current   bool
	N         int
}

// Link is a link whose text is already in the reader's language.
type Link struct{ Text, Href string }

func (p Page) class() string { return or(p.Class, "staff") }

func (p Page) size() string {
	if p.Size != "" {
		return p.Size
	}
	switch p.Class {
	case "joint":
		return "lg"
	case "person", "paper":
		return "md"
	default:
		return "sm"
	}
}

// title is the title of the browser's tab: a form that failed says so first, since it is read first.
func (p Page) title() string {
	t := p.Title
	if p.Failed {
		t = p.L.T("ui.title.failed", t)
	}
	if p.Home != "" {
		return t + " – " + or(p.Unit, p.Area)
	}
	return t + " – Sluss"
}

func (p Page) unreviewed() bool { return !p.L.Reviewed && p.L.Tag != "sv" }

// preload names the one face that the page's first text is set in.
func (p Page) preload() string {
	if p.L.Dir == "rtl" {
		return asset.Path("noto-sans-arabic-arabic-wght-normal.woff2")
	}
	return asset.Path("source-sans-3-latin-wght-normal.woff2")
}

// langHref gives the page's own address in another language.
func (p Page) langHref(l *i18n.Lang) templ.SafeURL { return p.chosen("lang", l.Tag) }

// chosen gives the page's own address with something chosen in it.
func (p Page) chosen(name, value string) templ.SafeURL {
	if plainPath(p.Path) {
		return templ.SafeURL(p.Path + "?" + name + "=" + value)
	}
	u, err := url.Parse(p.Path)
	if err != nil || u.IsAbs() || u.Host != "" {
		u = &url.URL{}
	}
	q := u.Query()
	q.Set(name, value)
	u.RawQuery = q.Encode()
	return templ.SafeURL(u.String())
}

// plainPath tells that a path is one of this site's without anything that an address writes in another way.
func plainPath(path string) bool {
	return strings.HasPrefix(path, "/") && !strings.HasPrefix(path, "//") && strings.Trim(path, "/-abcdefghijklmnopqrstuvwxyz0123456789") == ""
}

// ByPhone is a link that calls a number.
func ByPhone(text, number string) Link {
	if number == "" {
		return Link{}
	}
	return Link{text, "tel:" + dial(number)}
}

func or(s, fallback string) string {
	if s == "" {
		return fallback
	}
	return s
}

func ids(list ...string) string {
	kept := list[:0:0]
	for _, s := range list {
		if s != "" {
			kept = append(kept, s)
		}
	}
	return strings.Join(kept, " ")
}

func itoa(n int) string { return strconv.Itoa(n) }
