package staff

import (
	"net/url"
	"strconv"
	"strings"

	"sluss/internal/activity"
	"sluss/internal/clock"
	"sluss/internal/fault"
	"sluss/internal/forecast"
	"sluss/internal/i18n"
	"sluss/internal/web/ui"
)

const ahead = "/arbete/flode/framat"

// aheadFields are the fields of the form, in its order, with the words of the address. The names are those of
// forecast.Scenario.Check.
var aheadFields = []struct{ name, word string }{{"starts", "starter"}, {"places", "platser"}, {"calls", "kallas"}, {"coaches", "coacher"}, {"caseload", "per-coach"},
	{"open", "oppnas"}, {"leaders", "handledare"}, {"led", "leder"}, {"arrivals", "inflode"}, {"slower", "langsammare"}, {"from", "fran"}, {"months", "manader"}, {"weeks", "veckor"}, {"mot", "mot"}, {"enhet", "enhet"}}

// aheadAsk is what is asked of the page: numbers as typed, and read.
type aheadAsk struct {
	typed  map[string]string // by field
	s      forecast.Scenario
	months int
	weeks  int // 0: what it would take is not asked
	faults fault.Form
}

const aheadMonths = 12

// readAhead reads what was typed, from a form or an address. An empty field is as now.
func readAhead(get func(name, word string) string, today clock.Date) aheadAsk {
	a := aheadAsk{typed: map[string]string{}}
	number := func(name string, empty int) int {
		text := strings.TrimSpace(a.typed[name])
		if text == "" {
			return empty
		}
		n, err := strconv.Atoi(strings.TrimPrefix(strings.ReplaceAll(text, "−", "-"), "+"))
		if err != nil {
			a.faults.Add(name, "forecast.fault.number")
			return empty
		}
		return n
	}
	for _, f := range aheadFields {
		a.typed[f.name] = get(f.name, f.word)
	}
	a.s = forecast.Scenario{Starts: number("starts", 0), Places: number("places", 0), Calls: number("calls", 0), Coaches: number("coaches", 0),
		Caseload: number("caseload", 0), Arrivals: number("arrivals", 0), Slower: number("slower", 0),
		Open: strings.TrimSpace(a.typed["open"]), Led: strings.TrimSpace(a.typed["led"]), Leaders: number("leaders", 0), From: clock.Date(strings.TrimSpace(a.typed["from"]))}
	a.months, a.weeks = number("months", aheadMonths), number("weeks", 0)
	a.faults = append(a.faults, fault.Fields(a.s.Check(today))...)
	if a.months < 1 || a.months > forecast.MostMonths {
		a.faults.Add("months", "form.number", 1, forecast.MostMonths)
	}
	if a.weeks != 0 && (a.weeks < forecast.LeastWeeks || a.weeks > forecast.MostWeeks) {
		a.faults.Add("weeks", "form.number", forecast.LeastWeeks, forecast.MostWeeks)
	}
	return a
}

// calm is the page as it is when nothing is changed, for a form that cannot be read.
func (a aheadAsk) calm() aheadAsk {
	a.s, a.months, a.weeks = forecast.Scenario{}, aheadMonths, 0
	return a
}

// path is the address of what is asked.
func (a aheadAsk) path(page string) string {
	q := url.Values{}
	for _, f := range aheadFields {
		if v := strings.TrimSpace(a.typed[f.name]); v != "" {
			q.Set(f.word, v)
		}
	}
	if len(q) == 0 {
		return page
	}
	return page + "?" + q.Encode()
}

// pathOf is the address of a scenario that is saved at a unit, "" for one's own.
func pathOf(s forecast.Scenario, unit string) string {
	a := aheadAsk{typed: map[string]string{"from": string(s.From), "enhet": unit, "open": s.Open, "led": s.Led}}
	for name, n := range map[string]int{"starts": s.Starts, "places": s.Places, "calls": s.Calls, "coaches": s.Coaches, "caseload": s.Caseload,
		"arrivals": s.Arrivals, "slower": s.Slower, "leaders": s.Leaders} {
		if n != 0 {
			a.typed[name] = strconv.Itoa(n)
		}
	}
	return a.path(ahead)
}

// control is a field of the form, with how it is now.
type control struct {
	ui.Field
	Moved   bool
	Options []ui.Option // to choose among, in place of a number
}

// controls are the fields that change the future.
func (a aheadAsk) controls(l *i18n.Lang, now forecast.Plan, p forecast.Places) []control {
	says := map[string]string{
		"starts":   l.T("forecast.now", now.Rhythm.PerMonth),
		"places":   l.T("forecast.now.about", now.Places),
		"calls":    l.T("forecast.now", now.Calls),
		"coaches":  l.T("forecast.now", now.Coaches),
		"caseload": l.T("forecast.now.guess", now.Caseload),
		"open":     l.T("forecast.good.open"),
		"leaders":  l.T("forecast.good.leaders"),
		"led":      l.T("forecast.good.led"),
		"arrivals": l.T("forecast.good.arrivals"),
		"slower":   l.T("forecast.good.slower"),
		"from":     l.T("forecast.good.from"),
		"months":   l.T("forecast.good.months"),
	}
	choices := activityChoices(l, p)
	if len(choices["led"]) == 2 && p.TooFew == "" { // there is but one to lead
		says["leaders"] = l.T("forecast.good.leaders.of", choices["led"][1].Text)
	}
	var list []control
	for _, f := range aheadFields {
		options, choose := choices[f.name]
		switch {
		case says[f.name] == "", f.name == "led" && len(options) < 3, choose && len(options) < 2, f.name == "leaders" && len(choices["led"]) < 2:
			continue
		}
		list = append(list, control{a.field(l, f.name, says[f.name]), f.name != "months" && strings.TrimSpace(a.typed[f.name]) != "", options})
	}
	return list
}

func (a aheadAsk) field(l *i18n.Lang, name, good string) ui.Field {
	return ui.Field{Name: name, Label: l.T("forecast.field." + name), Good: good, Value: a.typed[name], Error: ui.Fault(l, a.faults, name)}
}

// activityChoices are the activities that can be opened, and those led person by person that can have more who lead them; the
// first of each is none.
func activityChoices(l *i18n.Lang, p forecast.Places) map[string][]ui.Option {
	open, led := []ui.Option{{Text: l.T("forecast.open.none")}}, []ui.Option{{Text: l.T("forecast.led.first")}}
	if p.TooFew == "" {
		for _, a := range p.List {
			o := ui.Option{Value: a.ID.String(), Text: a.In(l.Tag).Name}
			if a.State != activity.Runs {
				open = append(open, o)
			} else if a.One() {
				led = append(led, o)
			}
		}
	}
	return map[string][]ui.Option{"open": open, "led": led}
}
