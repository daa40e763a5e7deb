package staff

import (
	"math"
	"strings"

	"github.com/a-h/templ"

	"sluss/internal/access"
	"sluss/internal/fault"
	"sluss/internal/flow"
	"sluss/internal/i18n"
	"sluss/internal/id"
	"sluss/internal/org"
	"sluss/internal/web"
	"sluss/internal/web/ui"
	"sluss/internal/web/ui/chart"
)

// flowMonths is how many months the page of flow shows.
const flowMonths = 24

type flowPage struct {
	ui.Page
	Units  []ui.Tab
	Say    [][]ui.Link // sentences; a part without an address is only words
	Now    string      // "Nu, oktober 2026"
	Note   string      // what the numbers of the picture are
	Canal  chart.Canal
	Twin   ui.Table
	Wait   []flowPlot // how long, and at what pace
	Months []flowPlot
	Groups []ui.Table
}

// flowPlot is a picture over months with its words and its table.
type flowPlot struct {
	ID, Title, Text string
	Draw            func(*i18n.Lang, chart.Months) templ.Component
	Chart           chart.Months
	Table           ui.Table
}

func (p *Pages) getFlow(r *web.Request) (web.Answer, error) {
	unit, err := flowUnit(r)
	if err != nil {
		return web.Answer{}, err
	}
	f, err := p.Flow.See(r.Context(), r.Actor, unit, flowMonths)
	if err != nil {
		return web.Answer{}, err
	}
	v := flowView{L: r.L, Figures: f, own: unit == r.Actor.Unit(), front: r.Actor.Role() == access.Reception}
	page := flowPage{Page: r.Page("nav.flow"), Units: unitTabs(r.L, "/arbete/flode", f.Units, f.Unit), Say: v.sentences(), Now: r.L.T("flow.now", r.L.Month(f.Today))}
	page.Note, page.Canal, page.Twin = v.note(), v.canal(), v.canalTwin()
	page.Wait, page.Months, page.Groups = v.waits(), v.plots(), v.groups()
	return web.Show(flowShow(page)), nil
}

// flowUnit reads which unit was chosen: the actor's own unless the address names another, or all.
func flowUnit(r *web.Request) (id.Unit, error) {
	switch s := r.URL.Query().Get("enhet"); s {
	case "":
		return r.Actor.Unit(), nil
	case "alla":
		return flow.AllUnits, nil
	default:
		var u id.Unit
		if u.UnmarshalText([]byte(s)) != nil {
			return u, fault.Missing
		}
		return u, nil
	}
}

// flowView turns figures into words and pictures.
type flowView struct {
	L *i18n.Lang
	flow.Figures
	own   bool // the unit is the reader's own
	front bool // the reader reads no lists of people
}

// unitTabs are the gateways one may choose among at an address, none when there is but one.
func unitTabs(l *i18n.Lang, path string, units []org.Unit, chosen id.Unit) []ui.Tab {
	if len(units) < 2 {
		return nil
	}
	list := make([]ui.Tab, 0, len(units)+1)
	for _, u := range units {
		list = append(list, ui.Tab{Text: u.Name, Href: path + "?enhet=" + u.ID.String(), Current: u.ID == chosen})
	}
	return append(list, ui.Tab{Text: l.T("flow.units.all"), Href: path + "?enhet=alla", Current: chosen == flow.AllUnits})
}

// list is the address of the people behind a number. The queue and the starts have pages of their own at one's own unit.
func (v flowView) list(what flow.What, month string) string {
	if v.front {
		return ""
	}
	if v.own && month == "" && what == flow.InQueue {
		return "/arbete/ko"
	}
	return flowListPath(flowAddress{What: what, Month: month, Unit: v.unitWord()})
}

// note tells what the numbers of the picture are, and that they open lists, to who reads lists.
func (v flowView) note() string {
	if v.front {
		return v.L.T("flow.canal.front")
	}
	return v.L.T("flow.canal.note")
}

func (v flowView) unitWord() string {
	switch {
	case v.own:
		return ""
	case v.Unit == flow.AllUnits:
		return "alla"
	}
	return v.Unit.String()
}

func (v flowView) starts() string {
	if v.own {
		return "/arbete/gruppstarter"
	}
	return v.list(flow.WhoBegan, "")
}

func (v flowView) step(n int) string { return v.L.T("flow.step", n, v.StepNames[n-1]) }

// linked makes links of what stands in brackets in a text, in order.
func linked(text string, hrefs ...string) (parts []ui.Link) {
	for i := 0; ; i++ {
		before, rest, ok := strings.Cut(text, "[")
		if before != "" {
			parts = append(parts, ui.Link{Text: before})
		}
		if !ok {
			return parts
		}
		in, after, _ := strings.Cut(rest, "]")
		link := ui.Link{Text: in}
		if i < len(hrefs) {
			link.Href = hrefs[i]
		}
		parts, text = append(parts, link), after
	}
}

// sentences are the three that open the page: how many wait and how long, where it has become narrow, who left to what.
func (v flowView) sentences() [][]ui.Link {
	if len(v.Months) == 0 {
		return [][]ui.Link{linked(v.L.T("flow.say.none"))}
	}
	return [][]ui.Link{v.sayWait(), v.sayPace(), v.sayLeft()}
}

func (v flowView) sayWait() []ui.Link {
	text := v.L.T("flow.say.line", v.Now().InLine())
	switch half := v.Waits.Half; {
	case v.Waits.People == 0:
	case half.AtLeast:
		text += " " + v.L.T("flow.say.half.least", weeks(half.Days))
	case v.Waits.Most.AtLeast:
		text += " " + v.L.T("flow.say.half.open", weeks(half.Days), weeks(v.Waits.Quarter.Days))
	default:
		text += " " + v.L.T("flow.say.half", weeks(half.Days), weeks(v.Waits.Quarter.Days), weeks(v.Waits.Most.Days))
	}
	return linked(text, v.list(flow.InLine, ""), "#vantetid")
}

// weeks is whole weeks, at least one.
func weeks(days int) int { return max(1, int(math.Round(float64(days)/7))) }

func (v flowView) sayPace() []ui.Link {
	p := v.Pace
	if p.Months == 0 {
		return linked(v.L.T("flow.say.early"))
	}
	in, out := v.L.T("flow.say.in", whole(p.Arrived)), v.L.T("flow.say.out", whole(p.Began))
	text := v.L.T(v.tightKey(), in, out, v.stepLeft()) + " " + v.growth()
	if p.MonthsToMeet > 0 {
		text += " " + v.L.T("flow.say.met", p.MonthsToMeet)
	}
	return linked(text, v.list(flow.WhoCame, ""), v.starts())
}

func (v flowView) tightKey() string {
	switch g := v.Pace.Tight; {
	case g == flow.NoGate:
		return "flow.say.tight.none"
	case g == flow.GateCall:
		return "flow.say.tight.call"
	case g == flow.GateBegin:
		return "flow.say.tight.begin"
	case v.stepOut() == len(v.StepNames):
		return "flow.say.tight.out"
	}
	return "flow.say.tight.step"
}

// stepOut is the step before whose way out most people have gathered.
func (v flowView) stepOut() int { return int(v.Pace.Tight-flow.GateStep) + 1 }

func (v flowView) stepLeft() string {
	if n := v.stepOut(); n >= 1 && n <= len(v.StepNames) {
		return v.StepNames[n-1]
	}
	return ""
}

func (v flowView) growth() string {
	switch g := whole(v.Pace.QueueGrowth); {
	case g > 0:
		return v.L.T("flow.say.more", g)
	case g < 0:
		return v.L.T("flow.say.fewer", -g)
	}
	return v.L.T("flow.say.level")
}

func (v flowView) sayLeft() []ui.Link {
	y := v.Year
	text := v.L.T("flow.say.left", v.Since, v.L.T("flow.say.work", y.Work)+v.bySex(flow.ByWork), v.L.T("flow.say.studies", y.Studies)+v.bySex(flow.ByStudies),
		v.L.T("flow.say.other", y.Other), v.L.T("flow.say.back", y.Back))
	return linked(text, v.list(flow.ToWork, ""), v.list(flow.ToStudies, ""), v.list(flow.ToOther, ""), v.list(flow.WhoBack, ""))
}

// bySex tells women and men in brackets after a number, unless that would tell about few.
func (v flowView) bySex(what string) string {
	for _, g := range v.Groups {
		if g.What != what || g.Sex.Total == 0 {
			continue
		}
		women, men := g.Sex.Parts[0], g.Sex.Parts[1]
		if women == flow.Hidden || men == flow.Hidden {
			return ""
		}
		return " " + v.L.T("flow.say.sex", v.L.T("flow.women", women), v.L.T("flow.men", men))
	}
	return ""
}

func whole(v float64) int { return int(math.Round(v)) }
