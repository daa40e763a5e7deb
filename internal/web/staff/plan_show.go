package staff

import (
	"cmp"
	"strconv"

	"sluss/internal/i18n"
	"sluss/internal/plan"
	"sluss/internal/web/ui"
)

func itoa(n int) string { return strconv.Itoa(n) }

func versioned(v int) ui.Hide { return ui.Hide{Name: "_v", Value: itoa(v)} }

// standing says in a sentence how far the plan has come.
func (p planPage) standing() string {
	switch {
	case p.ID == 0:
		return p.L.T("plan.standing.none")
	case p.State == plan.Agreed:
		return p.L.T("plan.standing.agreed."+string(p.Agreements[0].How), p.Person.Given, p.AgreedOn)
	case p.AgreedOn != "":
		return p.L.T("plan.standing.since", p.AgreedOn)
	case p.State == plan.Shared:
		return p.L.T("plan.standing.shared", p.StateOn)
	default:
		return p.L.T("plan.standing.draft")
	}
}

// stepBeside is the step that the question is most likely about.
func (p planPage) stepBeside() int {
	if n := p.Next(); n != 0 {
		return n
	}
	return p.Here() - 1
}

func (p planPage) stepOptions() []ui.Option {
	var list []ui.Option
	for _, n := range []int{p.Next(), p.Here() - 1} {
		if n > 0 {
			name, _ := stepWords(p.L, p.Plan, n)
			list = append(list, ui.Option{Value: itoa(n), Text: itoa(n) + ". " + name})
		}
	}
	return list
}

func (p planPage) taskTable() ui.Table {
	t := ui.Table{Label: "h-tasks", Stack: true, Cols: []ui.Col{{Text: p.L.T("plan.task.words")}, {Text: p.L.T("plan.task.who"), Short: p.L.T("plan.task.who")},
		{Text: p.L.T("plan.task.goal"), Short: p.L.T("plan.task.goal")}, {Text: p.L.T("plan.task.acts"), Quiet: true}}}
	for _, k := range p.OpenTasks() {
		goal := ""
		if g := p.Goal(k.Goal); g != nil {
			goal = shorter(goalFor(p.L, *g))
		}
		sub := p.L.T("plan.task.since", p.L.Short(k.WhoOn))
		if k.Paper {
			sub += ". " + p.L.T("plan.paper.from")
		}
		t.Rows = append(t.Rows, ui.Row{Cells: []ui.Cell{{Text: k.Words, Href: personPath(p.Who, "/plan/uppgift/"+k.ID.String()), Sub: k.Other},
			{Text: p.whoName(k.Who), Sub: sub}, ui.T(goal), ui.B(taskActs(p, k))}})
	}
	return t
}

// knots are the measures on the red thread; one that serves no goal is loose.
func (p planPage) knots() []ui.Knot {
	var list []ui.Knot
	for _, m := range p.Measures {
		k := ui.Knot{When: measureSpan(p.L, m), Title: m.What, Body: measureBody(p, m)}
		if by := byName(p.View, m); by != "" {
			k.Title = p.L.List(k.Title, by)
		}
		switch {
		case p.Loose(m):
			k.State = "loose"
		case m.From > p.today:
			k.State = "next"
		}
		list = append(list, k)
	}
	return list
}

// madeBy names who makes a measure.
func (p planPage) madeBy(m plan.Measure) string { return byName(p.View, m) }

// serves says which goal a measure serves, why now, and what it leads to.
func (p planPage) serves(m plan.Measure) string { return serves(p.Page, p.View, m) }

func serves(page ui.Page, v plan.View, m plan.Measure) string {
	if v.Loose(m) {
		return page.L.T("plan.measure.loose")
	}
	return page.L.T("plan.measure.serves", shorter(goalFor(page.L, *v.Goal(m.Goal))), m.WhyNow, m.WhatNext)
}

// goalFor is a goal as the reader understands it: as it is said in the language of the page, or in Swedish, or the person's own words.
func goalFor(l *i18n.Lang, g plan.Goal) string {
	return cmp.Or(g.In(l.Tag), g.Swedish(), g.Words)
}

// meaning is what words in another language mean in Swedish, "" for words in Swedish.
func meaning(lang, translation string) string {
	if lang == "sv" {
		return ""
	}
	return translation
}

// measureLink is what one does about a measure: tie a loose one to a goal, or change it.
func (p planPage) measureLink(m plan.Measure) string {
	if m.EndedOn == "" && p.Loose(m) {
		return p.L.T("plan.measure.tie")
	}
	return p.L.T("plan.measure.change")
}
