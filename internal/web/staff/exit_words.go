package staff

import (
	"github.com/a-h/templ"

	"sluss/internal/i18n"
	"sluss/internal/outcome"
	"sluss/internal/web/ui"
)

var yesNo = []string{outcome.Yes, outcome.No}

// kept is what was typed in a form that was overtaken, so that nothing of it is lost.
func (p exitPage) kept() []ui.Fact {
	var facts []ui.Fact
	for _, name := range []string{"where", "to", "on", "view", "whynot", "expected", "pausewords", "words"} {
		if v := p.Typed.Raw(name); v != "" {
			facts = append(facts, ui.Fact{Term: p.L.T("outcome."+name, p.First), Text: v})
		}
	}
	return facts
}

// facts tell an exit in a few terms.
func exitFacts(l *i18n.Lang, x outcome.Exit) []ui.Fact {
	facts := []ui.Fact{{Term: l.T("outcome.reason"), Text: exitReason(l, x)}}
	add := func(term, text string) {
		if text != "" {
			facts = append(facts, ui.Fact{Term: l.T(term), Text: text})
		}
	}
	add("outcome.where", x.Where)
	add("outcome.to", x.To)
	if x.Reason == outcome.Work {
		add("outcome.subsidy", l.T("outcome.subsidy."+x.Subsidy))
		add("outcome.sector", l.T("outcome.sector."+x.Sector))
	}
	add("outcome.before.short", l.T("outcome.income."+x.Before))
	if x.After != "" {
		add("outcome.after.short", l.T("outcome.income."+x.After))
	}
	if x.Reason == outcome.Work || x.Reason == outcome.Studies {
		add("outcome.u40455", l.T("outcome.u40455."+counted(x)))
	}
	return facts
}

func counted(x outcome.Exit) string {
	switch {
	case outcome.CountsAsU40455(x):
		return "yes"
	case x.Regular() && x.Confirmed() == "":
		return "later"
	case x.Regular():
		return "short"
	case x.Municipal:
		return "municipal"
	default:
		return "aid"
	}
}

// exitReason is the reason and its kind in words.
func exitReason(l *i18n.Lang, x outcome.Exit) string {
	switch {
	case x.Kind == "":
		return l.T("outcome.reason." + string(x.Reason))
	case x.Reason == outcome.Other:
		return l.T("outcome.kind." + x.Kind)
	default:
		return l.T("outcome.reason."+string(x.Reason)) + ": " + l.T("outcome.kind."+x.Kind)
	}
}

// question is what a follow-up asks.
func question(l *i18n.Lang, x outcome.Exit, f outcome.FollowUp, first string) string {
	if f.Months == 1 {
		return l.T("outcome.ask.1."+string(x.Reason), first)
	}
	return l.T("outcome.ask.later", first)
}

func answerPrefix(f outcome.FollowUp) string {
	if f.Months == 1 {
		return "outcome.confirm."
	}
	return "outcome.goes."
}

// followUps are the questions after an exit as lines, but for an open one that is being answered, each with its answer or with
// what one can do.
func (p exitPage) followUps() []ui.Line {
	var lines []ui.Line
	for _, f := range p.Exit.FollowUps {
		if p.Asked != nil && p.Asked.ID == f.ID && f.State == outcome.Open {
			continue
		}
		line := ui.Line{When: p.L.T("outcome.months", f.Months), Since: p.L.Date(f.DueOn), Who: ui.Link{Text: question(p.L, *p.Exit, f, p.First)}}
		if f.State == outcome.Done {
			line.Why = p.L.T(answerPrefix(f)+f.Answer) + ". " + f.Words
		}
		if b := p.answerButton(f); b != nil {
			line.Do = []templ.Component{b}
		}
		lines = append(lines, line)
	}
	return lines
}

// answerButton leads to the answer of a follow-up; none where it is too early.
func (p exitPage) answerButton(f outcome.FollowUp) templ.Component {
	if !f.Askable(p.Today) || f.State == outcome.Dropped {
		return nil
	}
	text := "outcome.answer.do"
	if f.State == outcome.Done {
		text = "outcome.answer.mend"
	}
	return ui.Button{Text: p.L.T(text), Variant: "secondary", Size: "sm", Href: p.path("?svara=" + f.ID.String()),
		Label: p.L.T(text) + ": " + p.L.T("outcome.months", f.Months)}
}

func earlierLines(l *i18n.Lang, exits []outcome.Exit) []string {
	var list []string
	for _, x := range exits {
		s := l.Date(x.LeftOn) + ": " + exitReason(l, x) + "."
		if x.Undone {
			s += " " + l.T("outcome.earlier.undone")
		}
		list = append(list, s)
	}
	return list
}
