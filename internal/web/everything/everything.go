// Package everything shows everything that is kept about somebody: to the person themself, and to them and staff together at the table.
package everything

import (
	"sluss/internal/extract"
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
}

// facts are what is known in a row.
func (v View) facts(r extract.Row) []ui.Fact {
	list := make([]ui.Fact, len(r))
	for i, x := range r {
		list[i] = ui.Fact{Term: v.L.T(x.Label), Text: x.In(v.L)}
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
