// Package hours says how much in the same words to all who read it, the person, staff, and the officer: a statement of hours, and the
// extent of a place.
package hours

import (
	"slices"

	"sluss/internal/access"
	"sluss/internal/comment"
	"sluss/internal/i18n"
	"sluss/internal/org"
	"sluss/internal/statement"
	"sluss/internal/web/ui"
)

// View is one statement, to be shown.
type View struct {
	ui.Page
	statement.Statement
	Parties []org.Party // every zone
}

// Title says which days a statement is about.
func Title(l *i18n.Lang, s statement.Statement) string { return l.T("statement.days", s.From, s.To) }

// party names a zone.
func party(l *i18n.Lang, list []org.Party, z access.Zone) string {
	i := slices.IndexFunc(list, func(p org.Party) bool { return p.ID == z })
	if i < 0 {
		return ""
	}
	return l.Apart(list[i].Called())
}

// Right says by what right a statement goes.
func Right(l *i18n.Lang, g statement.Ground) string {
	if g.Law == "" {
		return l.T("statement.by.yes")
	}
	return l.T("statement.by.law", l.T("lawful.law."+g.Law))
}

// Stands tells where a statement is: with whom, or what it waits for.
func (v View) Stands() ui.Tag {
	switch {
	case v.Handed():
		return ui.Tag{Kind: "yes", Text: v.L.T("statement.handed.tag")}
	case v.Shown():
		return ui.Tag{Kind: "line", Text: v.L.T("statement.shown.tag")}
	default:
		return ui.Tag{Kind: "open", Text: v.L.T("statement.unseen.tag")}
	}
}

// Facts tell when it was counted, how the person saw it, and whom it went to by what right.
func (v View) Facts() []ui.Fact {
	list := []ui.Fact{{Term: v.L.T("statement.counted"), Text: v.L.Date(v.At.Date())}}
	if v.Shown() {
		list = append(list, ui.Fact{Term: v.L.T("statement.shown"), Text: v.L.T("statement.shown."+string(v.ShownHow), v.ShownAt.Date())})
	}
	if v.Handed() {
		list = append(list, ui.Fact{Term: v.L.T("statement.handed"), Text: party(v.L, v.Parties, v.Zone)}, ui.Fact{Term: v.L.T("statement.received"), Text: v.Receiver},
			ui.Fact{Term: v.L.T("statement.handed.on"), Text: v.L.Date(v.HandedAt.Date())}, ui.Fact{Term: v.L.T("statement.by"), Text: Right(v.L, v.Ground)})
	}
	return list
}

// id is of the statement, since several can stand on a page.
func (v View) id(s string) string { return s + "-" + v.ID.String() }

// used are the marks that some of the hours have.
func (v View) used() []statement.Mark {
	t := statement.Total(v.Weeks)
	return slices.DeleteFunc(slices.Clone(statement.Marks), func(m statement.Mark) bool { return t.Of[m] == 0 })
}

// table is the hours, week by week under their month, with a sum of each.
func (v View) table() ui.Table {
	marks := v.used()
	t := ui.Table{Label: v.id("h-hours"), Stack: true, Cols: []ui.Col{{Text: v.L.T("statement.week")}, {Text: v.L.T("statement.expected"), Short: v.L.T("statement.expected"), Num: true}}}
	for _, m := range marks {
		t.Cols = append(t.Cols, ui.Col{Text: v.mark(m), Short: v.mark(m), Num: true})
	}
	for _, month := range v.Months() {
		t.Rows = append(t.Rows, ui.Row{Section: i18n.Capital(v.L.Month(month[0].Month))})
		for _, w := range month {
			t.Rows = append(t.Rows, v.row(v.L.T("statement.week.n", w.Number), v.L.T("statement.week.days", v.L.Short(w.From), v.L.Short(w.To)), w, marks))
		}
		t.Rows = append(t.Rows, v.row(v.L.T("statement.sum", v.L.Month(month[0].Month)), "", statement.Total(month), marks))
	}
	if len(v.Months()) > 1 {
		t.Rows = append(t.Rows, ui.Row{Section: v.L.T("statement.all")}, v.row(Title(v.L, v.Statement), "", statement.Total(v.Weeks), marks))
	}
	return t
}

func (v View) row(name, sub string, w statement.Week, marks []statement.Mark) ui.Row {
	cells := []ui.Cell{{Text: name, Sub: sub}, ui.T(v.span(w.Expected))}
	for _, m := range marks {
		cells = append(cells, ui.T(v.span(w.Of[m])))
	}
	return ui.Row{Cells: cells}
}

func (v View) mark(m statement.Mark) string {
	if m == "" {
		return v.L.T("attendance.mark.none")
	}
	return v.L.T("attendance.mark." + string(m))
}

// span writes minutes as hours.
func (v View) span(minutes int) string {
	if minutes%60 == 0 {
		return v.L.T("statement.hours", v.L.Number(minutes/60))
	}
	return v.L.T("statement.minutes", v.L.Number(minutes/60), v.L.Number(minutes%60))
}

// said tells when a comment was said, and whether the person wrote it alone.
func (v View) said(c comment.Comment) string {
	if c.By == 0 {
		return v.L.T("statement.said.own", c.At.Date())
	}
	if c.Paper {
		return v.L.T("statement.said.table", c.At.Date()) + " " + v.L.T("plan.paper.from")
	}
	return v.L.T("statement.said.table", c.At.Date())
}
