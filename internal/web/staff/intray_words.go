package staff

import (
	"strings"

	"sluss/internal/i18n"
	"sluss/internal/intray"
	"sluss/internal/referral"
	"sluss/internal/web"
	"sluss/internal/web/ui"
)

// columnExamples are what may stand in a column of a list.
var columnExamples = map[intray.Column]string{
	intray.Number: "850709-9805", intray.FullName: "Anna Andersson", intray.Received: "2026-03-24, 24/3-2026, 24 mars 2026",
	intray.Reply: "2026-04-07", intray.Kind: "remiss, anvisning, egen anmälan, uppsökt", intray.Sender: "Ekonomiskt bistånd", intray.Phone: "070-174 06 05",
	intray.Email: "anna@example.se", intray.Language: "arabiska", intray.Interpreter: "ja", intray.Reason: "arbete, studier, hälsa", intray.Wish: "Vill jobba med djur",
	intray.Needs: "Hiss, lugnt rum",
}

// columnTable tells what is understood in a list.
func columnTable(l *i18n.Lang) ui.Table {
	t := ui.Table{Caption: l.T("intray.how"), Hidden: true, Stack: true, Head: 0, Cols: []ui.Col{{Text: l.T("intray.columns.title")}, {Text: "", Quiet: true}}}
	t.Cols = []ui.Col{{Text: l.T("intray.how.column")}, {Text: l.T("intray.how.example")}}
	for _, c := range intray.Choices {
		if e := columnExamples[c]; e != "" {
			t.Rows = append(t.Rows, ui.Row{Cells: []ui.Cell{ui.T(l.T("intray.column." + string(c))), ui.B(swedish(e))}})
		}
	}
	return t
}

// intrayTitle is the file's name, or when it was handed over.
func intrayTitle(l *i18n.Lang, i intray.Import) string {
	if i.Name != "" {
		return i.Name
	}
	return l.T("intray.unnamed") + " " + l.Short(i.At.Date()) + " " + l.Time(i.At.LocalTime())
}

func intrayTable(l *i18n.Lang, lists []intray.Import) ui.Table {
	t := ui.Table{Stack: true, Label: "h-lists", Head: 0, Cols: []ui.Col{{Text: l.T("intray.file")}, {Text: l.T("intray.when"), Short: l.T("intray.when")},
		{Text: l.T("intray.rows"), Short: l.T("intray.rows"), Num: true}, {Text: l.T("intray.standing")}}}
	for _, i := range lists {
		t.Rows = append(t.Rows, ui.Row{Cells: []ui.Cell{{Text: intrayTitle(l, i), Href: intrayPath(i.ID, "")},
			ui.T(l.Short(i.At.Date()) + " " + l.Time(i.At.LocalTime())), ui.T(l.Number(i.Rows)), ui.B(ui.Tag{Kind: stateKind(i.State), Text: l.T("intray.state." + string(i.State))})}})
	}
	return t
}

func stateKind(s intray.State) string {
	switch s {
	case intray.Done:
		return "yes"
	case intray.Ready, intray.Columns, intray.Stopped:
		return "now"
	}
	return "open"
}

// countFacts are how many rows came to what: of the check, or of the saving once it is done.
func countFacts(l *i18n.Lang, i intray.Import) (list []ui.Fact) {
	n := i.Checked
	if i.State == intray.Done || i.State == intray.Stopped || i.State == intray.Gone {
		n = i.Saved
	}
	for _, v := range []intray.Verdict{intray.New, intray.Known, intray.Return, intray.Waiting} {
		if n[v] > 0 || v == intray.New {
			list = append(list, ui.Fact{Term: l.T("intray.count." + string(v)), Text: l.Number(n[v])})
		}
	}
	if n.Bad() > 0 {
		list = append(list, ui.Fact{Term: l.T("intray.count.bad"), Text: l.Number(n.Bad())})
	}
	return list
}

// toSave is how many a yes would put in the queue.
func (p intrayPage) toSave() int {
	n := p.Checked
	return n[intray.New] + n[intray.Known] + n[intray.Return]
}

func lineTabs(l *i18n.Lang, i intray.Import, now intray.Filter) (tabs []ui.Tab) {
	n := i.Checked
	for _, f := range []struct {
		filter intray.Filter
		n      int
	}{{intray.Wrong, n.Bad()}, {intray.Fresh, 0}, {intray.Old, 0}, {intray.All, 0}} { // a number is what waits for somebody
		tabs = append(tabs, ui.Tab{Text: l.T("intray.tab." + string(f.filter)), Href: intrayPath(i.ID, "?visa="+string(f.filter)), Current: f.filter == now, N: f.n})
	}
	return tabs
}

func lineTable(r *web.Request, i intray.Import, lines []intray.Line, f intray.Filter) ui.Table {
	l := r.L
	t := ui.Table{Stack: true, Label: "h-rows", Head: 1, Cols: []ui.Col{{Text: l.T("intray.row"), Order: true}, {Text: l.T("intray.person")}, {Text: l.T("intray.standing")}}}
	if f != intray.Wrong {
		t.Cols = append(t.Cols, ui.Col{Text: l.T("intray.read"), Short: l.T("intray.read")})
	}
	if f == intray.Wrong || f == intray.All && i.Checked.Bad() > 0 {
		t.Cols = append(t.Cols, ui.Col{Text: l.T("intray.wrong"), Short: l.T("intray.wrong")})
	}
	for _, x := range lines {
		row := ui.Row{Cells: []ui.Cell{ui.T(itoa(x.Row)), lineName(l, x), ui.B(verdictTag(l, x))}}
		if f != intray.Wrong {
			row.Cells = append(row.Cells, ui.T(lineRead(l, x)))
		}
		if f == intray.Wrong || f == intray.All && i.Checked.Bad() > 0 {
			row.Cells = append(row.Cells, faultCell(l, i, x))
		}
		t.Rows = append(t.Rows, row)
	}
	return t
}

func faultCell(l *i18n.Lang, i intray.Import, x intray.Line) ui.Cell {
	if len(x.Faults) == 0 {
		return ui.T("")
	}
	return ui.B(lineFaults(l, i, x))
}

func lineName(l *i18n.Lang, x intray.Line) ui.Cell {
	name := x.Form.Person.Name()
	if name == "" {
		name = l.T("intray.noname")
	}
	return ui.Cell{Text: name, Sub: born(l, x.Form.Person.BirthYear)}
}

func verdictTag(l *i18n.Lang, x intray.Line) ui.Tag {
	kind := "line"
	if x.Verdict == intray.Refused || x.Verdict == intray.Twice {
		kind = "open"
	}
	return ui.Tag{Kind: kind, Text: l.T("intray.verdict." + string(x.Verdict))}
}

// lineRead tells how a row is read: how the person comes, when, and how they are reached.
func lineRead(l *i18n.Lang, x intray.Line) string {
	if x.Verdict == intray.Refused {
		return ""
	}
	f := x.Form
	parts := []string{l.T("referral.kind." + string(f.Kind))}
	if f.ReceivedOn != "" {
		parts[0] += " " + l.Date(f.ReceivedOn)
	}
	if f.Reason != referral.Reasons[len(referral.Reasons)-1] {
		parts = append(parts, l.T("referral.reason."+f.Reason))
	}
	for _, s := range []string{f.Person.Phone, f.Person.Email, f.Words.Sender} {
		if s != "" {
			parts = append(parts, s)
		}
	}
	return strings.Join(parts, ". ")
}

func intrayVersion(p intrayPage) ui.Hide { return ui.Hide{Name: "_v", Value: itoa(p.Version)} }

// plain drops what options mean, where only their names are chosen among.
func plain(options []ui.Option) []ui.Option {
	for i := range options {
		options[i].Good = ""
	}
	return options
}
