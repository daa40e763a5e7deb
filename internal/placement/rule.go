package placement

import (
	"slices"
	"strings"
	"unicode/utf8"

	"sluss/internal/clock"
	"sluss/internal/fault"
	"sluss/internal/plan"
)

const (
	late      = 62   // days back that a placement may be written down as begun
	longest   = 366  // days of one agreement; a longer time is agreed on again
	mostWords = 2000 // letters in one answer
	// MostTalks is how many days for talking a form has.
	MostTalks = 3
)

func tidy(form *fault.Form, field string, s *string, needed string) {
	*s = strings.TrimSpace(*s)
	switch {
	case *s == "" && needed != "":
		form.Add(field, needed)
	case utf8.RuneCountInString(*s) > mostWords:
		form.Add(field, "form.long", mostWords)
	}
}

func listed[T ~string](form *fault.Form, field string, v T, list []T) {
	if !slices.Contains(list, v) {
		form.Add(field, "form.choose")
	}
}

// check says what is wrong with the terms, by the fields. The days of talks are within the time, and there is one at least.
func (t *Terms) check(x plan.Plan, talks []clock.Date, today clock.Date) fault.Form {
	var form fault.Form
	listed(&form, "kind", t.Kind, Kinds)
	if t.Workplace == 0 {
		form.Add("workplace", "placement.workplace.needed")
	}
	tidy(&form, "purpose", &t.Purpose, "placement.purpose.needed")
	t.checkTime(&form, today)
	tidy(&form, "supervisor", &t.Supervisor, "placement.supervisor.needed")
	listed(&form, "safety", t.Safety, Safeties)
	listed(&form, "insurer", t.Insurer, Insurers)
	tidy(&form, "duties", &t.Duties, "")
	if (t.Safety == "other" || t.Insurer == "none") && t.Duties == "" {
		form.Add("duties", "placement.duties.needed")
	}
	tidy(&form, "mayknow", &t.MayKnow, "")
	if t.Goal != 0 && x.Goal(t.Goal) == nil {
		form.Add("goal", "form.choose")
	}
	tidy(&form, "why", &t.Why, "place.why.needed")
	tidy(&form, "next", &t.Next, "place.next.needed")
	if len(talks) == 0 {
		form.Add("talk1", "placement.talk.needed")
	}
	if slices.ContainsFunc(talks, func(d clock.Date) bool { return d < t.From || d > t.To }) {
		form.Add("talk1", "placement.talk.outside")
	}
	return form
}

func (t *Terms) checkTime(form *fault.Form, today clock.Date) {
	switch {
	case t.From == "" || t.From < today.Add(-late):
		form.Add("from", "placement.from.needed", today.Add(-late))
	case t.To == "" || t.To < t.From || t.To > t.From.Add(longest):
		form.Add("to", "placement.to.needed")
	}
	if t.Days == "" || strings.Trim(t.Days, "1234567") != "" {
		form.Add("days", "placement.days.needed")
	}
	if t.At == "" || t.Until <= t.At {
		form.Add("at", "placement.at.needed")
	}
	tidy(form, "hours", &t.Hours, "")
}

func (y *Yes) check(today clock.Date) fault.Form {
	var form fault.Form
	listed(&form, "by", y.By, Bys)
	listed(&form, "how", y.How, Hows)
	if y.On == "" || y.On > today {
		form.Add("yeson", "placement.yes.on")
	}
	return form
}

func (e *Ending) check(p Placement, today clock.Date) error {
	var form fault.Form
	if e.On == "" || e.On < p.From || e.On > today.Add(1) {
		form.Add("on", "placement.end.on", p.From, today.Add(1))
	}
	listed(&form, "endnext", e.Next, Nexts)
	tidy(&form, "words", &e.Words, "")
	tidy(&form, "view", &e.View, "")
	if e.View == "" && !e.NoView {
		form.Add("view", "placement.view.needed")
	}
	return form.Err()
}
