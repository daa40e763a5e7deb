package ui

import "github.com/a-h/templ"

// Table is a table. With Stack each row becomes a block under 48rem, and each cell says its own heading.
type Table struct {
	Caption string // or LabelledBy, the id of the heading above
	Hidden  bool   // the caption is only heard
	Label   string // id of the heading that names the table
	Cols    []Col
	Rows    []Row
	Head    int // which column names the row; -1 for none
	Stack   bool
}

// Col is a column. Short is the heading a stacked cell repeats; none means the cell speaks for itself.
type Col struct {
	Text, Short string
	Num         bool // numbers, at the end edge
	Order       bool // a narrow number before the name
	Tight       bool // stacked, the cell stands in line with the next
	Quiet       bool // the heading is only heard
}

// Row is a row, or with Section a heading over the rows that follow. Kind is turn (it waits for you) or free (a place not
// taken); a free row's second cell runs to the last but one.
type Row struct {
	Section string
	Kind    string
	Cells   []Cell
}

// Cell is a cell: words, perhaps a link, perhaps more in small; or a Body of its own.
type Cell struct {
	Text, Href, Sub string
	Body            templ.Component
}

// T gives a cell of words.
func T(text string) Cell { return Cell{Text: text} }

// B gives a cell of a component, or of several small buttons in a row.
func B(bodies ...templ.Component) Cell {
	if len(bodies) == 1 {
		return Cell{Body: bodies[0]}
	}
	return Cell{Body: acts(bodies)}
}

func (t Table) col(i int) Col {
	if i < len(t.Cols) {
		return t.Cols[i]
	}
	return Col{}
}

func (c Col) class() string {
	switch {
	case c.Num:
		return "n"
	case c.Order:
		return "num muted"
	case c.Tight:
		return "t"
	default:
		return ""
	}
}

// place is the column that a cell stands in, and how many it spans.
func (t Table) place(r Row, i int) (col, span int) {
	if r.Kind != "free" || len(r.Cells) != 3 {
		return i, 1
	}
	switch i {
	case 1:
		return 1, max(1, len(t.Cols)-2)
	case 2:
		return len(t.Cols) - 1, 1
	default:
		return 0, 1
	}
}

// plain tells whether there is nothing but text, if that.
func (c Cell) plain() bool { return c.Href == "" && c.Sub == "" && c.Body == nil }

func (c Cell) empty() bool { return c.Text == "" && c.Body == nil }
