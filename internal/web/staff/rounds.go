package staff

import (
	"strings"

	"sluss/internal/i18n"
	"sluss/internal/intake"
	"sluss/internal/plan"
	"sluss/internal/referral"
	"sluss/internal/thread"
	"sluss/internal/web/ui"
)

// roundSpan tells from when to when an earlier time was.
func roundSpan(l *i18n.Lang, x plan.Round) string {
	to := x.StateOn
	if x.Enrolment.LeftOn != "" {
		to = x.Enrolment.LeftOn
	}
	return l.T("plan.measure.span", x.From, to)
}

// roundFacts are how an earlier time began, who was coach, and how it ended.
func roundFacts(p referralPage, x plan.Round) []ui.Fact {
	l := p.L
	list := []ui.Fact{{Term: l.T("round.in"), Text: strings.Join(wayIn(l, x), " ")}}
	if x.Enrolment.ID == 0 {
		if x.State == referral.Redirected || x.State == referral.Withdrawn {
			list = append(list, ui.Fact{Term: l.T("round.out"), Text: l.T("round.out." + string(x.State))})
		}
		return list
	}
	coach := p.Names.Post(x.Enrolment.Coach).Name
	if x.Coaches > 1 {
		coach = l.T("round.coaches", x.Coaches-1, apart(coach))
	}
	list = append(list, ui.Fact{Term: l.T("person.coach"), Text: coach})
	if x.Exit != "" {
		list = append(list, ui.Fact{Term: l.T("round.out"), Text: told(l, thread.Event{Kind: thread.Left, Code: x.Exit}) + "."})
	}
	return list
}

// wayIn tells which group starts were offered and how the individual start was.
func wayIn(l *i18n.Lang, x plan.Round) []string {
	var list []string
	for _, on := range x.Calls {
		list = append(list, l.T("round.called", on))
	}
	e := x.Enrolment
	switch {
	case e.ID == 0:
		list = append(list, l.T("round.begun.none"))
	case e.BeganOn == "":
		list = append(list, l.T("round.booked", e.MeetsOn))
	case e.Start == 0:
		list = append(list, l.T("round.begun.alone", e.BeganOn))
	default:
		list = append(list, l.T("round.begun", e.BeganOn))
	}
	if e.State == intake.Booked && e.ID != 0 {
		list = append(list, l.T("round.unheld"))
	}
	return list
}

// roundKnots are the measures of an earlier time, each with who made it, its goal and how it went, and the marks: one that served no goal is
// loose, and the person came back after it.
func roundKnots(l *i18n.Lang, by func(plan.Measure) string, x plan.Round) []ui.Knot {
	var list []ui.Knot
	for _, m := range x.Measures {
		k := ui.Knot{When: measureSpan(l, m), Title: m.What}
		if who := by(m); who != "" {
			k.Title = l.List(k.Title, who)
		}
		var why []string
		if g := x.Goal(m.Goal); g != nil && g.State != plan.Dropped {
			why = append(why, l.T("round.goal."+string(g.State), inText(l, *g)))
		} else {
			k.State, why = "loose", append(why, l.T("plan.measure.loose"))
		}
		if m.UnclearOn != "" {
			why = append(why, l.T("round.unclear"))
		}
		switch {
		case m.Went != "":
			why = append(why, l.T("plan.measure.went.was", apart(m.Went)))
		case m.EndedOn == "":
			why = append(why, l.T("round.unended"))
		default:
			why = append(why, l.T("round.unsaid"))
		}
		if x.Back() {
			why = append(why, l.T("spiral.after"))
		}
		k.Why = strings.Join(why, " ")
		list = append(list, k)
	}
	return list
}

// inText is a goal inside a sentence.
func inText(l *i18n.Lang, g plan.Goal) string {
	return apart(strings.TrimRight(shorter(goalFor(l, g)), "."))
}

// madeBy names who made a measure: the unit, else the agency.
func (p referralPage) madeBy(m plan.Measure) string {
	if u := p.Names.Unit(m.Unit); u != "" {
		return u
	}
	return p.Names.Agency(m.Agency)
}
