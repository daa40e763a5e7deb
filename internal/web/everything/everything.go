// Package everything shows everything that is kept about somebody: to the person themself, and to them and staff together at the table.
package everything

import (
	"github.com/a-h/templ"

	"sluss/internal/comment"
	"sluss/internal/extract"
	"sluss/internal/i18n"
	"sluss/internal/web/ui"
)

// View is what the page shows.
type View struct {
	ui.Page
	extract.Record
	Path    string // of the page itself
	File    string // where it is saved as a file; "" where it is not
	Readers string // of the page of who has read
	NoFile  string // why it is not saved as a file; "" where nothing needs to be said
	NoPaper string // why it is not printed; "" where it is

	Say  func(comment.Thing) string          // where the person says what they think of a row; nil on paper
	Said func(comment.Thing) templ.Component // what they have said of one; nil where that is a part of its own
}

// facts are what is known in a row.
func (v View) facts(r extract.Row) []ui.Fact { return Facts(v.L, r) }

// Facts are what is known in a row of an extract.
func Facts(l *i18n.Lang, r extract.Row) []ui.Fact {
	list := make([]ui.Fact, len(r))
	for i, x := range r {
		list[i] = ui.Fact{Term: l.T(x.Label), Text: x.In(l)}
	}
	return list
}

func (v View) title(p extract.Part) string { return v.L.T("extract.part." + p.Name) }

// counted is the title of a part and how many it has, where there are several.
func (v View) counted(p extract.Part) string {
	if len(p.Rows) == 1 {
		return v.title(p)
	}
	return v.title(p) + " (" + v.L.Number(len(p.Rows)) + ")"
}

// say is where the person says what they think of a row; "" for nowhere.
func (v View) say(p extract.Part, row int) string {
	if t, ok := p.Thing(row); ok && v.Say != nil {
		return v.Say(t)
	}
	return ""
}

// numbered names a row among others of its part.
func (v View) numbered(p extract.Part, row int) string {
	return v.L.List(v.title(p), v.L.Number(row+1))
}
