// Package stories is what a person's own pages, the table and the pages for everybody share of a story: how it stands, and how its owner
// writes it, says yes to it and takes the yes back.
package stories

import (
	"errors"
	"strings"

	"sluss/internal/fault"
	"sluss/internal/person"
	"sluss/internal/story"
	"sluss/internal/web"
	"sluss/internal/web/ui"
)

// View is a story as its owner sees it.
type View struct {
	ui.Page
	story.Story
	Path    string // of the page
	Typed   story.Form
	Writing bool // the form is open
	Sure    bool // a yes can be taken from who has signed in
	Stored  bool // somebody has changed it meanwhile
	Faults  fault.Form
}

// Of begins the page of a story: the form where there is none, or when it is to be changed.
func Of(r *web.Request, page ui.Page, path string, s story.Story, sure bool) View {
	v := View{Page: page, Story: s, Path: path, Sure: sure, Writing: s.ID == 0 || r.URL.Query().Get("andra") == "ja",
		Typed: story.Form{Words: s.Words, Name: s.Name, Lang: s.Lang, Seen: s.Version}}
	if s.Lang == "" {
		v.Typed.Lang = r.L.Tag
	}
	return v
}

// Typed reads the form.
func Typed(r *web.Request) story.Form {
	f := r.Form
	return story.Form{Words: f.Text("words"), Name: f.Line("name"), Lang: f.Raw("lang"), Seen: f.Version()}
}

// Again is the page with what was typed and what is wrong with it. An error that is no fault of the form is given back.
func (v View) Again(f story.Form, err error) (View, error) {
	v.Writing, v.Typed, v.Faults, v.Stored = true, f, fault.Fields(err), errors.Is(err, fault.Stale)
	if v.Failed = len(v.Faults) > 0 || v.Stored; v.Failed {
		err = nil
	}
	return v, err
}

func (v View) languages() (list []ui.Option) {
	for _, l := range person.Written {
		list = append(list, ui.Option{Value: l, Text: v.L.T("person.lang." + l)})
	}
	return list
}

// paragraphs are the parts of the words with an empty line between them.
func paragraphs(words string) (list []string) {
	for _, p := range strings.Split(words, "\n\n") {
		if p = strings.Join(strings.Fields(p), " "); p != "" {
			list = append(list, p)
		}
	}
	return list
}
