// Package needs is how somebody has it, as they themselves answer: the questions on a page, and what was answered. Staff's pages
// and the person's own use it.
package needs

import (
	"cmp"
	"slices"
	"strconv"

	"sluss/internal/fault"
	"sluss/internal/i18n"
	"sluss/internal/plan"
	"sluss/internal/web"
	"sluss/internal/web/ui"
)

// Every is every question, in the order of the form.
var Every = slices.Concat(plan.Scales, plan.Areas, plan.Questions)

// Form is the questions with what has been answered, where the form comes back.
type Form struct {
	L       *i18n.Lang
	Answers plan.Answers
	Faults  fault.Form
}

// Read reads the answers to some questions; those left out are left out.
func Read(r *web.Request, items []string) plan.Answers {
	a := plan.Answers{}
	for _, item := range items {
		x := plan.Answer{Words: r.Form.Text(item + "-words")}
		if n, err := strconv.Atoi(r.Form.Raw(item)); err == nil && n >= 1 && n <= plan.Best {
			x.Value = n
		}
		if x != (plan.Answer{}) {
			a[item] = x
		}
	}
	return a
}

// Word says an answer in words; "" for none.
func Word(l *i18n.Lang, item string, value int) string {
	if value < 1 || value > plan.Best {
		return ""
	}
	return l.T(WordKey(item, value))
}

// WordKey is the key of the word for an answer.
func WordKey(item string, value int) string {
	set := "how"
	switch item {
	case "meaning", "participation", "motivation":
		set = "much"
	}
	return "plan.word." + set + "." + strconv.Itoa(value)
}

// Options are the four words of a question.
func Options(l *i18n.Lang, item string) []ui.Option {
	list := make([]ui.Option, plan.Best)
	for i := range list {
		list[i] = ui.Option{Value: strconv.Itoa(i + 1), Text: Word(l, item, i+1)}
	}
	return list
}

func (f Form) scale(item string) ui.Field {
	x := ui.Field{Name: item, Label: f.L.T("plan.item." + item), Error: ui.Fault(f.L, f.Faults, item)}
	if n := f.Answers[item].Value; n > 0 {
		x.Value = strconv.Itoa(n)
	}
	return x
}

// Between is the table of what was answered at two times.
func Between(l *i18n.Lang, was, is plan.Inventory) ui.Table {
	t := ui.Table{Caption: l.T("plan.needs.between"), Hidden: true, Stack: true, Cols: []ui.Col{{Text: l.T("plan.needs.question")}, when(l, was), when(l, is)}}
	for _, c := range plan.Compare(was, is) {
		t.Rows = append(t.Rows, ui.Row{Cells: []ui.Cell{ui.T(l.T("plan.item." + c.Item)), told(l, c.Item, c.Was), told(l, c.Item, c.Is)}})
	}
	return t
}

// Once is the table of what was answered when there is only one time.
func Once(l *i18n.Lang, is plan.Inventory) ui.Table {
	t := ui.Table{Caption: when(l, is).Text, Stack: true, Cols: []ui.Col{{Text: l.T("plan.needs.question")}, {Text: l.T("plan.needs.answer"), Short: l.T("plan.needs.answer")}}}
	for _, c := range plan.Compare(is, is) {
		t.Rows = append(t.Rows, ui.Row{Cells: []ui.Cell{ui.T(l.T("plan.item." + c.Item)), told(l, c.Item, c.Is)}})
	}
	return t
}

// told says an answer in words: the word of the scale, then the person's own.
func told(l *i18n.Lang, item string, a plan.Answer) ui.Cell {
	c := ui.Cell{Text: cmp.Or(Word(l, item, a.Value), l.Apart(a.Words))}
	if a.Value != 0 && a.Words != "" {
		c.Sub = l.Apart("”" + a.Words + "”")
	}
	return c
}

// when tells when something was answered, and in which way.
func when(l *i18n.Lang, i plan.Inventory) ui.Col {
	return ui.Col{Text: l.List(l.Date(i.On), l.T("plan.how."+string(i.How))), Short: l.Date(i.On)}
}
