package staff

import (
	"slices"
	"strings"

	"sluss/internal/clock"
	"sluss/internal/i18n"
	"sluss/internal/id"
	"sluss/internal/plan"
	"sluss/internal/thread"
	"sluss/internal/web/ui"
	"sluss/internal/web/ui/chart"
)

// told is an event as a plain sentence. A code with a sentence of its own has it under the kind's key and the code's.
func told(l *i18n.Lang, e thread.Event) string {
	code, rest, _ := strings.Cut(e.Code, "+")
	key := "thread.kind." + string(e.Kind)
	before, after, _ := strings.Cut(code, ":")
	s := ""
	switch {
	case e.Kind == thread.FollowedUp:
		s = l.T(key, before, lower(l.T("outcome.goes."+after)))
	case after != "" && l.Has(key+"."+before+"."+after):
		s = l.T(key + "." + before + "." + after)
	case code != "" && l.Has(key+"."+before):
		s = l.T(key + "." + before)
	default:
		s = l.T(key, code)
	}
	if rest != "" && l.Has("thread.more."+rest) {
		s += ". " + l.T("thread.more."+rest)
	}
	return s
}

// title is the event's sentence, with what a measure is when the plan says so.
func (p *threadPage) title(e thread.Event) string {
	if m := p.measure(e); m != nil && m.What != "" {
		return p.L.T("thread.kind."+string(e.Kind)+".what", m.What)
	}
	return told(p.L, e)
}

// list makes the knots, newest first, of what passes the filter.
func (p *threadPage) list() {
	if p.Next != nil && p.Goal == "" && p.Agency == "" {
		p.Knots = append(p.Knots, ui.Knot{When: p.L.Date(p.Next.On), Title: p.L.T("thread.next", apart(p.Next.With), p.Next.At), Why: p.Next.About, State: "next",
			Href: personPath(p.Who, "/kontakt")})
	}
	for _, e := range slices.Backward(p.Events) {
		if !p.kept(e) {
			continue
		}
		k := ui.Knot{When: p.L.Date(e.On), Title: p.title(e), Why: p.why(e)}
		switch {
		case e.On > p.Today:
			k.State = "next"
		case loose(e):
			k.State, p.Loose = "loose", true
		}
		p.Knots = append(p.Knots, k)
	}
}

// loose tells whether the event is a measure, a place or a placement that belongs to no goal.
func loose(e thread.Event) bool {
	return (e.Kind == thread.Measure || e.Kind == thread.PlaceTaken || e.Kind == thread.PlacementAgreed) && e.Goal == 0
}

// why tells which goal an event is for, which agency it concerns and who wrote it.
func (p *threadPage) why(e thread.Event) string {
	var parts []string
	switch {
	case loose(e):
		parts = append(parts, p.L.T("thread.loose"))
	case e.Goal != 0:
		parts = append(parts, p.L.T("thread.for", apart(strings.TrimRight(p.goalName(e.Goal), "."))))
	}
	if s := p.Names.Agency(e.Agency); s != "" {
		parts = append(parts, apart(s)+".")
	}
	if e.Post == 0 && slices.Contains(alone, e.Kind) {
		parts = append(parts, p.L.T("thread.alone"))
	}
	for _, o := range p.Names.Posts {
		if o.ID == e.Post {
			parts = append(parts, apart(o.Name)+".")
		}
	}
	return strings.Join(parts, " ")
}

// alone are the events that nobody's post stands at when the person has made the change by themselves.
var alone = []thread.Kind{thread.GoalWritten, thread.TaskMoved, thread.StepMoved, thread.PlaceWished, thread.Proposed, thread.ProposalMoved}

// goalName is the goal's own words, in Swedish where they are in another language and translated; else its number.
func (p *threadPage) goalName(goal int64) string {
	if g := p.Plan.Goal(plan.GoalID(goal)); g != nil {
		if s := strings.TrimSpace(g.Swedish()); s != "" {
			return s
		}
		return g.Words
	}
	return p.L.T("thread.goal", slices.Index(p.goals(), goal)+1)
}

func (p *threadPage) goalChoice(goal string) string {
	switch goal {
	case "":
		return p.L.T("thread.goals.all")
	case noGoal:
		return p.L.T("thread.goals.none")
	}
	g, _ := id.Parse[struct{}](goal)
	return short(p.goalName(int64(g)), 32)
}

func (p *threadPage) agencyChoice(agency string) string {
	for _, a := range p.Names.Agencies {
		if a.ID.String() == agency {
			return a.Name
		}
	}
	return p.L.T("thread.agencies.all")
}

// apart keeps a name's own direction from turning the text around it.
func apart(s string) string { return "\u2068" + s + "\u2069" }

// short cuts a text at a word.
func short(s string, most int) string {
	if len([]rune(s)) <= most {
		return s
	}
	s = string([]rune(s)[:most])
	if i := strings.LastIndex(s, " "); i > most/2 {
		s = s[:i]
	}
	return s + "…"
}

// draw makes the picture of the goals that pass the filter; without any it stays empty.
func (p *threadPage) draw() {
	if len(p.Events) == 0 || p.Goal == noGoal {
		return
	}
	from, to := p.Events[0].On.Month(), max(p.Today, p.Events[len(p.Events)-1].On).Add(30)
	at := func(d clock.Date) float64 { return float64(d.Sub(from)) / float64(to.Sub(from)) }
	pic := chart.Thread{Words: chart.Words{ID: "trad", Title: p.L.T("thread.title"), Desc: p.L.T("thread.desc", p.First)}, Today: at(p.Today),
		Begin: chart.Knot{At: at(p.Events[0].On), Text: p.L.T("thread.begin")}, Months: months(p.L, from, to, at)}
	for _, g := range p.goals() {
		if p.Goal != "" && p.Goal != id.Of[struct{}](g).String() {
			continue
		}
		strand := chart.Strand{Name: p.goalName(g)}
		for _, e := range p.Events {
			if e.Goal == g && p.kept(e) && drawn(e) {
				strand.Knots = append(strand.Knots, chart.Knot{At: at(e.On), Text: short(p.title(e), 28), Ahead: e.On > p.Today})
			}
		}
		pic.Strands = append(pic.Strands, strand)
	}
	for _, e := range p.Events {
		if loose(e) && p.kept(e) {
			pic.Loose = append(pic.Loose, chart.Knot{At: at(e.On), Text: short(p.title(e), 40)})
		}
	}
	p.Picture = pic
}

// drawn tells whether an event is a knot in the picture; the list holds them all.
func drawn(e thread.Event) bool {
	return e.Kind == thread.GoalAgreed || e.Kind == thread.Measure || e.Kind == thread.PlaceTaken || e.Kind == thread.Met
}

// months names where each month begins; every third when there are many.
func months(l *i18n.Lang, from, to clock.Date, at func(clock.Date) float64) []chart.Knot {
	every := 1
	if to.Sub(from) > 14*30 {
		every = 1 + to.Sub(from)/(12*30)
	}
	var list []chart.Knot
	for d := from; d < to; d = d.AddMonths(every) {
		list = append(list, chart.Knot{At: at(d), Text: l.T("date.mon." + d.Time().Format("1"))})
	}
	return list
}
