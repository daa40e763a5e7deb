package ui

import (
	"context"
	"io"
	"strings"

	"github.com/a-h/templ"

	"sluss/internal/i18n"
	"sluss/internal/web/ui/chart"
)

// role keeps what a stacked table's parts are, since laying them out as blocks would make browsers forget it.
func (t Table) role(name string) templ.Attributes {
	if !t.Stack {
		return nil
	}
	return templ.Attributes{"role": name}
}

// Tag is a state in a word: yes (with a tick), open (dashed, no answer yet), line (outlined), now (here and now), done.
type Tag struct{ Kind, Text, Icon string }

// Render writes the tag.
func (t Tag) Render(ctx context.Context, w io.Writer) error {
	if t.Kind == "yes" {
		t.Kind, t.Icon = "done", or(t.Icon, "check")
	}
	return tag(t).Render(ctx, w)
}

// Tab is one of several views of the same thing.
type Tab struct {
	Text, Href string
	Current    bool
	N          int
}

// Line is something to do: since when, who and what, why or more, and what one can do about it. A done line stays until
// the next visit, so that it can be undone.
type Line struct {
	When, Since string // "12 dagar", "sedan 30 sep"
	Who         Link
	What        string // goes on after the name
	Why         string
	Do          []templ.Component // one action, one alternative
	Done        bool
}

// shown is how many lines stand open; the rest can wait and are folded.
const shown = 7

func head(lines []Line) []Line { return lines[:min(len(lines), shown)] }
func rest(lines []Line) []Line { return lines[min(len(lines), shown):] }

// Moment is a time in a day. Now draws the line of the clock instead.
type Moment struct {
	Time  string
	Title string
	Href  string
	Sub   string
	Now   bool
}

// Wait is who waits for whom. You stands in place of a name and glows, since it is one's own turn.
type Wait struct {
	Who, For string
	You      bool // it is you who are waited for
	Text     string
	Do       Link
}

// Step is one step of the way. Here says where the person is, in the words of the page.
type Step struct {
	Name, Text string
	Here       string
}

func locks(id, title, desc string, steps []Step) chart.Locks {
	here := -1
	for i, s := range steps {
		if s.Here != "" {
			here = i
		}
	}
	return chart.Locks{Words: chart.Words{ID: id, Title: title, Desc: desc}, Steps: len(steps), Here: here}
}

// Knot is something on the thread, newest first. State is done (or empty), next, or loose for what belongs to no goal.
type Knot struct {
	When, Title, Why string
	State            string
	Href             string
	Body             templ.Component
}

// Own is a person's own words, in the language they were said.
type Own struct {
	Words string
	L     *i18n.Lang // the language of the words; the page's when nil
	Meta  string     // whose, when, translated by whom
	More  Link
}

// Fact is a term and what it is.
type Fact struct{ Term, Text string }

// Question is a yes or a not yet, where both are good answers.
type Question struct {
	Title, Text string
	Name        string // the field, sent as yes or later
	Yes, Later  string // the words on the buttons; the house's own when empty
	Hidden      []Hide
}

func whoClass(options []Option) string {
	switch len(options) {
	case 4:
		return "who four"
	case 5:
		return "who five"
	default:
		return "who"
	}
}

// dial gives the number as a telephone takes it.
func dial(number string) string {
	return strings.Map(func(r rune) rune {
		if r == '+' || r >= '0' && r <= '9' {
			return r
		}
		return -1
	}, number)
}
