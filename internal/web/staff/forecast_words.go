package staff

import (
	"math"

	"sluss/internal/forecast"
	"sluss/internal/i18n"
	"sluss/internal/web/ui"
)

// aheadView turns futures into words and pictures.
type aheadView struct {
	L         *i18n.Lang
	ask       aheadAsk
	flow      flowView
	now, then forecast.Forecast
	trial     forecast.Trial
	need      forecast.Needed
	saved     []forecast.Saved
}

// against is what the future is compared with: a saved one when that was chosen, else how it is now.
func (v aheadView) against() forecast.Scenario {
	for _, s := range v.saved {
		if s.ID.String() == v.ask.typed["mot"] {
			return s.Scenario
		}
	}
	return forecast.Scenario{}
}

func (v aheadView) changed() bool { return v.now.Scenario != v.then.Scenario }

// nameOf is the name of a future: 0 is the one that is compared with.
func (v aheadView) nameOf(i int) string {
	s := v.then.Scenario
	if i == 0 {
		s = v.now.Scenario
	}
	if s.IsNow() {
		return v.L.T("forecast.as.now")
	}
	for _, x := range v.saved {
		if x.Scenario == s {
			return x.Name
		}
	}
	if i == 0 {
		return v.L.T("forecast.as.saved")
	}
	return v.L.T("forecast.as.changed")
}

func (v aheadView) units() []ui.Tab {
	if len(v.flow.Units) < 2 {
		return nil
	}
	var list []ui.Tab
	for _, u := range v.flow.Units {
		list = append(list, ui.Tab{Text: u.Name, Href: ahead + "?enhet=" + u.ID.String(), Current: u.ID == v.flow.Unit})
	}
	return list
}

// year is the month that is told in words: in a year, or as far as one sees.
func (v aheadView) year() int { return min(12, v.then.Months) }

func (v aheadView) months(n int) string { return v.L.T("forecast.months", n) }

// between tells two numbers that half of the futures lie between, or one when they are the same.
func (v aheadView) between(b forecast.Band, month int) string {
	x := b.At(month)
	low, high := x[1], x[3]
	switch {
	case math.IsInf(low, 1):
		return v.L.T("forecast.far")
	case math.IsInf(high, 1):
		return v.L.T("forecast.atleast", whole(low))
	case whole(low) == whole(high):
		return v.L.Number(whole(low))
	}
	return v.L.T("forecast.between", whole(low), whole(high))
}

// sentences are the three that open the page.
func (v aheadView) sentences() [][]ui.Link {
	return [][]ui.Link{v.sayMet(), v.sayWait(), v.sayTight()}
}

func (v aheadView) sayMet() []ui.Link {
	weeks := v.then.Lines[forecast.Wait].At(0)[2]
	n := v.flow.Now().InLine()
	line := v.flow.list("line", "")
	switch {
	case n == 0:
		return linked(v.L.T("forecast.say.nobody"))
	case math.IsInf(weeks, 1):
		return linked(v.L.T("forecast.say.met.far", n, v.months(v.then.Months+12)), line)
	}
	return linked(v.L.T("forecast.say.met", n, v.months(max(1, whole(weeks*7/forecast.Month)))), line, "#vantan")
}

func (v aheadView) sayWait() []ui.Link {
	b := v.then.Lines[forecast.Wait]
	return linked(v.L.T("forecast.say.wait", v.between(b, 0), v.between(b, v.year()), v.months(v.year())), "#vantan", "#vantan")
}

func (v aheadView) sayTight() []ui.Link {
	l := v.then.Limits
	text := ""
	switch {
	case l.CoachFrom > 0 && l.CoachFrom <= v.year():
		text = v.L.T("forecast.say.tight.coach", v.month(l.CoachFrom))
	case l.In-l.Out >= 0.5:
		text = v.L.T("forecast.say.tight.start")
	default:
		text = v.L.T("forecast.say.tight.none")
	}
	return linked(text + " " + v.little())
}

// little is Little's law in words: what comes in and what goes out tell how the line grows.
func (v aheadView) little() string {
	l := v.then.Limits
	in, out := whole(l.In), whole(l.Out)
	switch {
	case in > out:
		return v.L.T("forecast.little.more", in, out, in-out)
	case in < out:
		return v.L.T("forecast.little.fewer", in, out, out-in)
	}
	return v.L.T("forecast.little.level", in, out)
}

func (v aheadView) month(i int) string { return v.L.Month(v.then.From.AddMonths(i)) }

// costs are what the change takes, and whom it leaves waiting.
func (v aheadView) costs() []string {
	if !v.changed() {
		return nil
	}
	year := v.year()
	hours := whole(v.then.MoreHours(v.now))
	var list []string
	switch {
	case hours > 0:
		list = append(list, v.L.T("forecast.cost.more", hours))
	case hours < 0:
		list = append(list, v.L.T("forecast.cost.less", -hours))
	default:
		list = append(list, v.L.T("forecast.cost.none"))
	}
	fewer := whole(v.now.Lines[forecast.Line].At(year)[2] - v.then.Lines[forecast.Line].At(year)[2])
	switch {
	case fewer > 0:
		list = append(list, v.L.T("forecast.cost.fewer", fewer, v.months(year)))
	case fewer < 0:
		list = append(list, v.L.T("forecast.cost.waiting", -fewer, v.months(year)))
	}
	if held := whole(v.then.Lines[forecast.Held].At(year)[2]); held > 0 {
		list = append(list, v.L.T("forecast.cost.held", held, v.months(year)))
	}
	list = append(list, v.placeCosts()...)
	if v.then.Scenario.Slower > 0 {
		list = append(list, v.L.T("forecast.cost.risk"))
	}
	return list
}

// alarms are what one ought to see in time.
func (v aheadView) alarms() []string {
	l := v.then.Limits
	var list []string
	for _, m := range l.Fewer {
		list = append(list, v.L.T("forecast.alarm.fewer", v.L.Month(m), v.then.Now.Rhythm.PerMonth))
	}
	if l.ThinFrom > 0 {
		list = append(list, v.L.T("forecast.alarm.thin", v.month(l.ThinFrom), v.then.Plan.Calls))
	}
	if l.CoachFrom > 0 {
		list = append(list, v.L.T("forecast.alarm.coach", v.month(l.CoachFrom)))
	}
	if grows := whole(l.Begin - l.Exit); grows > 0 {
		list = append(list, v.L.T("forecast.alarm.turnover", whole(l.Begin), whole(l.Exit), grows))
	}
	return list
}

// needed answers what it would take.
func (v aheadView) needed() string {
	n := v.need
	switch {
	case v.ask.weeks == 0 || n.TooFew != "":
		return ""
	case !n.Enough:
		return v.L.T("forecast.need.not", v.L.T("flow.weeks", n.Weeks), n.Starts, n.Coaches)
	case n.Starts == v.now.Now.Rhythm.PerMonth && n.Coaches == 0:
		return v.L.T("forecast.need.nothing", v.L.T("flow.weeks", n.Weeks))
	case n.Coaches == 0:
		return v.L.T("forecast.need.starts", v.L.T("flow.weeks", n.Weeks), n.Starts)
	}
	return v.L.T("forecast.need.both", v.L.T("flow.weeks", n.Weeks), n.Starts, n.Coaches)
}

// assumed is all that the futures rest on, in words.
func (v aheadView) assumed() []string {
	b, p := v.then.Basis, v.then.Plan
	list := []string{
		v.L.T("forecast.assume.data", b.From, b.To, b.Arrived, b.Began, b.Left),
		v.L.T("forecast.assume.still", b.Line+b.Inside),
		v.L.T("forecast.assume.back", b.Back, b.Arrived),
		v.L.T("forecast.assume.starts", b.Starts, b.Called, b.Came),
	}
	if b.Season {
		list = append(list, v.L.T("forecast.assume.season"))
	}
	if b.Studies > 0 {
		list = append(list, v.L.T("forecast.assume.terms", b.Terms, b.Studies))
	}
	if b.Borrowed > 0 {
		list = append(list, v.L.T("forecast.assume.few", b.Borrowed, b.Risks))
	}
	if b.Prior {
		list = append(list, v.L.T("forecast.assume.prior"))
	}
	if v.then.Now.Guessed && v.then.Scenario.Caseload == 0 {
		list = append(list, v.L.T("forecast.assume.caseload", p.Caseload))
	}
	list = append(list, v.placesAssumed()...)
	return append(list, v.L.T("forecast.assume.hours", whole(p.HoursPerStart()), int(forecast.HoursPerBegin), int(forecast.HoursPerCoach)),
		v.L.T("forecast.assume.bands", v.then.Runs), v.L.T("forecast.assume.group"))
}

// trialText tells how the forecast that was made a year ago has held.
func (v aheadView) trialText() string {
	if v.trial.TooFew != "" || len(v.trial.Scores) == 0 {
		return v.L.T("forecast.trial.none")
	}
	held, of := 0, 0
	for _, x := range v.trial.Scores[0].LastYear {
		of++
		if x.Held() {
			held++
		}
	}
	if of == 0 {
		return v.L.T("forecast.trial.early", v.trial.From, v.trial.To) + " " + v.trialAll()
	}
	return v.L.T("forecast.trial.year", held, of) + " " + v.trialAll()
}

// trialAll is how often all numbers lay within the band, and to which side the queue was missed.
func (v aheadView) trialAll() string {
	n, within := 0, 0
	for _, s := range v.trial.Scores {
		n, within = n+s.N, within+s.Within
	}
	text := v.L.T("forecast.trial.all", whole(100*float64(within)/float64(max(1, n))))
	switch off := whole(v.trial.Scores[0].Bias); {
	case off > 0:
		text += " " + v.L.T("forecast.trial.high", off)
	case off < 0:
		text += " " + v.L.T("forecast.trial.low", -off)
	}
	return text
}

func (v aheadView) trialTable() ui.Table {
	t := ui.Table{Caption: v.L.T("forecast.trial"), Hidden: true, Stack: true, Cols: []ui.Col{{Text: v.L.T("forecast.col.line")}}}
	for _, key := range []string{"forecast.col.tried", "forecast.col.within", "forecast.col.bias", "forecast.col.off", "forecast.col.naive"} {
		t.Cols = append(t.Cols, ui.Col{Text: v.L.T(key), Short: v.L.T(key), Num: true})
	}
	for _, s := range v.trial.Scores {
		if s.N == 0 {
			continue
		}
		t.Rows = append(t.Rows, ui.Row{Cells: []ui.Cell{ui.T(v.L.T("forecast.line." + s.Line)), ui.T(v.L.Number(s.N)),
			ui.T(v.L.T("forecast.percent", whole(100*float64(s.Within)/float64(s.N)))), ui.T(v.signed(s.Bias)), ui.T(v.tenth(s.Off)), ui.T(v.tenth(s.Naive))}})
	}
	return t
}
