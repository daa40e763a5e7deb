package staff

import (
	"strings"

	"sluss/internal/access"
	"sluss/internal/clock"
	"sluss/internal/comment"
	"sluss/internal/fault"
	"sluss/internal/i18n"
	"sluss/internal/id"
	"sluss/internal/org"
	"sluss/internal/plan"
	"sluss/internal/web"
	"sluss/internal/web/ui"
)

// What the pages of a plan need: the desk's own, and at the table also how the person has it.
const (
	planNeed  = plan.Need | access.Identity | access.Contact
	tableNeed = planNeed | access.Assessment
)

// planPage is a person's plan as staff see it.
type planPage struct {
	ui.Page
	plan.View
	Who   id.Person
	Tabs  []ui.Tab
	Table string // where the screen is turned to the person
	today clock.Date
	Voice voice

	Proposed int // by the person, that something is left to do about
}

func (p *Pages) getPlan(r *web.Request) (web.Answer, error) {
	who, v, err := p.planView(r, planNeed, access.Read)
	if err != nil {
		return web.Answer{}, err
	}
	n, err := p.proposedBy(r.Context(), r.Actor, who)
	if err != nil {
		return web.Answer{}, err
	}
	voice, err := p.saidOf(r, who, v.Person.Given, comment.Task, comment.Measure, comment.Proposal)
	for _, t := range v.Tasks {
		voice.calls(comment.Task, int64(t.ID), t.Words)
	}
	for _, m := range v.Measures {
		voice.calls(comment.Measure, int64(m.ID), m.What)
	}
	return web.Show(planOverview(planPage{Page: r.Titled(v.Person.Identity.Name()), View: v, Who: who, Tabs: personTabs(r, who), Table: toTable(r, who, v), today: r.Actor.Today(), Proposed: n, Voice: voice})), err
}

// planView reads the plan of the person in the address.
func (p *Pages) planView(r *web.Request, c access.Category, act access.Action) (id.Person, plan.View, error) {
	who, err := r.Person()
	if err != nil {
		return who, plan.View{}, err
	}
	v, err := p.Plan.Open(r.Context(), r.Actor, who, c, act)
	return who, v, err
}

// toTable leads to the screen for two, in the person's language where there are texts in it; the way back is in the
// reader's own.
func toTable(r *web.Request, who id.Person, v plan.View) string {
	path := personPath(who, "/bordet") + "?fran=" + r.L.Tag
	if i18n.Known(v.Person.Language) {
		path += "&lang=" + v.Person.Language
	}
	return path
}

func (p *Pages) postPlanShare(r *web.Request) (web.Answer, error) {
	who, err := r.Person()
	if err != nil {
		return web.Answer{}, err
	}
	if err := p.Plan.Share(r.Context(), r.Actor, who, r.Form.Version()); err != nil {
		return web.Answer{}, err
	}
	return web.Saved(personPath(who, "/plan"), "plan.saved.shared"), nil
}

// postStep takes the answer to the question of another step. A not yet leads back and leaves nothing behind.
func (p *Pages) postStep(r *web.Request) (web.Answer, error) {
	who, err := r.Person()
	if err != nil {
		return web.Answer{}, err
	}
	f := plan.StepForm{Version: r.Form.Version(), To: r.Form.Int("to", 1, 9), Answer: r.Form.Choice("answer", plan.Yes, plan.Later), How: plan.AtTable, On: r.Form.Date("on")}
	back := tablePath(r, who, "")
	if !atTable(r) {
		f.How, back = plan.OnPaper, personPath(who, "/plan")
	}
	if err := r.Form.Faults.Err(); err != nil {
		return web.Answer{}, err
	}
	if err := p.Plan.Step(r.Context(), r.Actor, who, f); err != nil {
		return web.Answer{}, err
	}
	if f.Answer == plan.Later {
		return web.To(back), nil
	}
	return web.Saved(back, "plan.saved.step"), nil
}

// postAskStep asks the person on their own pages whether to go to another step, or with 0 takes the question back.
func (p *Pages) postAskStep(r *web.Request) (web.Answer, error) {
	who, err := r.Person()
	if err != nil {
		return web.Answer{}, err
	}
	to := r.Form.Int("to", 0, 9)
	if err := r.Form.Faults.Err(); err != nil {
		return web.Answer{}, err
	}
	return web.Saved(personPath(who, "/plan"), "plan.saved"), p.Plan.AskStep(r.Context(), r.Actor, who, r.Form.Version(), to)
}

// getAgreed shows what was agreed once.
func (p *Pages) getAgreed(r *web.Request) (web.Answer, error) {
	who, v, err := p.planView(r, planNeed, access.Read)
	if err != nil {
		return web.Answer{}, err
	}
	var g plan.AgreedID
	if err := pathID(r, "agreed", &g); err != nil {
		return web.Answer{}, err
	}
	for _, a := range v.Agreements {
		if a.ID == g {
			page := agreedPage{Page: r.Page("plan.agreed.title", a.On), View: v, Who: who, Agreement: a, Since: plan.Since(a.Frozen, v.Freeze())}
			return web.Show(planAgreed(page)), nil
		}
	}
	return web.Answer{}, fault.Missing
}

// agreedPage is a plan as it was agreed, and what has changed since.
type agreedPage struct {
	ui.Page
	plan.View
	plan.Agreement
	Who   id.Person
	Since []plan.Difference
}

// atTable tells whether the page is one that the person reads too.
func atTable(r *web.Request) bool { return strings.Contains(r.URL.Path, "/bordet") }

// tablePath is a page at the table; it keeps the language that staff came with.
func tablePath(r *web.Request, who id.Person, part string) string {
	path := personPath(who, "/bordet"+part)
	if from := r.URL.Query().Get("fran"); i18n.Known(from) {
		path += "?fran=" + from
	}
	return path
}

// deskPath is the way back to staff's own page, in their own language.
func deskPath(r *web.Request, who id.Person) string {
	path := personPath(who, "/plan")
	if from := r.URL.Query().Get("fran"); i18n.Known(from) {
		path += "?lang=" + from
	}
	return path
}

// pathID reads an id of any kind in the address.
func pathID[T any](r *web.Request, name string, to *id.Of[T]) error {
	if to.UnmarshalText([]byte(r.PathValue(name))) != nil {
		return fault.Missing
	}
	return nil
}

// stepsOf gives the steps for the picture, with here said at the step the person is in. The product's own steps are said
// in the reader's language, a unit's own as the unit wrote them.
func stepsOf(l *i18n.Lang, p plan.Plan, here string, about bool) []ui.Step {
	list := make([]ui.Step, len(p.Steps))
	for i := range p.Steps {
		list[i].Name, list[i].Text = stepWords(l, p, i+1)
		if !about {
			list[i].Text = ""
		}
		if i+1 == p.Here() {
			list[i].Here = here
		}
	}
	return list
}

func stepWords(l *i18n.Lang, p plan.Plan, n int) (name, about string) {
	own := org.Defaults().Steps
	s := p.Steps[n-1]
	if n <= len(own) && s == own[n-1] {
		k := "plan.step." + string(rune('0'+n))
		return l.T(k), l.T(k + ".about")
	}
	return s.Name, s.About
}

// stepNames gives the steps' names in a row, for whoever hears the picture.
func stepNames(steps []ui.Step) string {
	list := make([]string, len(steps))
	for i, s := range steps {
		list[i] = s.Name
	}
	return strings.Join(list, ", ")
}

// whoName says who does something: staff by name, both, or the person by name.
func (p planPage) whoName(w plan.Who) string { return whoName(p.L, p.View, w) }

func whoName(l *i18n.Lang, v plan.View, w plan.Who) string {
	switch w {
	case plan.Staff:
		return staffName(l, v)
	case plan.Self:
		return v.Person.Given
	default:
		return l.T("ui.who.together")
	}
}

// staffName is the coach's first name, or a word for staff where nobody is named.
func staffName(l *i18n.Lang, v plan.View) string { return firstName(l, v.Coach) }

// byName names who does a measure.
func byName(v plan.View, m plan.Measure) string {
	for _, u := range v.Units {
		if u.ID == m.Unit {
			return u.Name
		}
	}
	return agencyName(v.Agencies, m.Agency)
}

// goalSaid tells in small when a goal was said, in what language, and the person's yes to it.
func goalSaid(l *i18n.Lang, g plan.Goal) string {
	s := l.T("plan.goal.said", l.T("person.lang."+g.Lang), g.SaidOn)
	if g.Lang == "sv" {
		s = l.T("plan.goal.said.sv", g.SaidOn)
	}
	if g.YesOn != "" {
		s += " " + l.T("plan.goal.yes."+string(g.YesHow), g.YesOn)
	}
	if g.Paper {
		s += " " + l.T("plan.paper.from")
	}
	return s
}

// measureSpan tells from when to when a measure runs.
func measureSpan(l *i18n.Lang, m plan.Measure) string {
	switch {
	case m.EndedOn != "":
		return l.T("plan.measure.span", m.From, m.EndedOn)
	case m.To != "":
		return l.T("plan.measure.span", m.From, m.To)
	default:
		return l.T("plan.measure.since", m.From)
	}
}

// differs says one difference in a sentence.
func differs(l *i18n.Lang, v plan.View, d plan.Difference) string {
	was, is := d.Was, d.Is
	if d.Kind == "who" {
		return l.T("plan.since.who", d.What, whoName(l, v, plan.Who(was)), whoName(l, v, plan.Who(is)))
	}
	switch {
	case was == "":
		return l.T("plan.since."+d.Kind+".new", is)
	case is == "":
		return l.T("plan.since."+d.Kind+".gone", was)
	default:
		return l.T("plan.since."+d.Kind+".words", was, is)
	}
}
