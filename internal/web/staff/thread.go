package staff

import (
	"slices"

	"sluss/internal/access"
	"sluss/internal/clock"
	"sluss/internal/contact"
	"sluss/internal/id"
	"sluss/internal/org"
	"sluss/internal/person"
	"sluss/internal/plan"
	"sluss/internal/store"
	"sluss/internal/thread"
	"sluss/internal/web"
	"sluss/internal/web/ui"
	"sluss/internal/web/ui/chart"
)

const threadCategories = access.Identity | access.Contact | plan.Need

// threadPage is what has happened on one person's way, as a picture where there are goals and always as a list.
type threadPage struct {
	ui.Page
	Who      id.Person
	First    string
	Tabs     []ui.Tab
	Today    clock.Date
	Events   []thread.Event // in time, all of them
	Plan     plan.Plan
	Next     *contact.Appointment
	Names    org.Names
	Goal     string // the filter: a goal's id, none, or "" for all
	Agency   string // the filter: an agency's id, or "" for all
	Goals    []ui.Tab
	Agencies []ui.Tab
	Knots    []ui.Knot
	Picture  chart.Thread
	Loose    bool // something in the list belongs to no goal
}

func (p *Pages) getThread(r *web.Request) (web.Answer, error) {
	who, err := r.Person()
	if err != nil {
		return web.Answer{}, err
	}
	page := threadPage{Who: who, Today: r.Actor.Today()}
	name, err := p.readThread(r, &page)
	if err != nil {
		return web.Answer{}, err
	}
	page.Page, page.Tabs = r.Titled(name), personTabs(r, who)
	page.link()
	page.filter(r.URL.Query().Get("mal"), r.URL.Query().Get("part"))
	page.list()
	page.draw()
	return web.Show(threadView(page)), nil
}

func (p *Pages) readThread(r *web.Request, page *threadPage) (name string, err error) {
	ctx, actor := r.Context(), r.Actor
	err = p.Org.Store.Read(ctx, func(tx *store.Tx) error {
		a, err := access.Open(ctx, tx, actor, page.Who, threadCategories, access.Read, access.ForPlan)
		if err != nil {
			return err
		}
		who, err := person.Get(ctx, tx, actor, a)
		if err != nil {
			return err
		}
		name, page.First = who.Name(), who.Given
		if page.Events, err = thread.Of(ctx, tx, actor, a); err != nil {
			return err
		}
		if page.Plan, err = plan.Get(ctx, tx, actor, a); err != nil {
			return err
		}
		next, ok, err := contact.Next(ctx, tx, actor, a)
		if err != nil {
			return err
		}
		if ok && next.On >= page.Today {
			page.Next = &next
		}
		return nil
	})
	if err == nil {
		page.Names, err = p.names(r)
	}
	return name, err
}

// link gives a measure's events the goal that the measure serves now, which may have been said later.
func (p *threadPage) link() {
	for i, e := range p.Events {
		if m := p.measure(e); m != nil {
			p.Events[i].Goal = int64(m.Goal)
		}
	}
}

func (p *threadPage) measure(e thread.Event) *plan.Measure {
	if e.Kind != thread.Measure && e.Kind != thread.MeasureOver {
		return nil
	}
	return p.Plan.Measure(plan.MeasureID(e.Ref))
}

const noGoal = "ingen"

// filter offers what occurs on the thread to choose from, and keeps only a choice that is among it.
func (p *threadPage) filter(goal, agency string) {
	goals, agencies := []string{""}, []string{""}
	for _, g := range p.goals() {
		goals = append(goals, id.Of[struct{}](g).String())
	}
	if slices.ContainsFunc(p.Events, func(e thread.Event) bool { return e.Goal == 0 }) && len(goals) > 1 {
		goals = append(goals, noGoal)
	}
	for _, e := range p.Events {
		if s := e.Agency.String(); e.Agency != 0 && !slices.Contains(agencies, s) {
			agencies = append(agencies, s)
		}
	}
	if slices.Contains(goals, goal) {
		p.Goal = goal
	}
	if slices.Contains(agencies, agency) {
		p.Agency = agency
	}
	for _, g := range goals {
		p.Goals = append(p.Goals, ui.Tab{Text: p.goalChoice(g), Href: p.address(g, p.Agency), Current: g == p.Goal})
	}
	for _, a := range agencies {
		p.Agencies = append(p.Agencies, ui.Tab{Text: p.agencyChoice(a), Href: p.address(p.Goal, a), Current: a == p.Agency})
	}
}

// goals are those on the thread, in the plan's order, then those that the plan no longer holds.
func (p *threadPage) goals() []int64 {
	var list []int64
	for _, g := range p.Plan.Goals {
		if slices.ContainsFunc(p.Events, func(e thread.Event) bool { return e.Goal == int64(g.ID) }) {
			list = append(list, int64(g.ID))
		}
	}
	for _, e := range p.Events {
		if e.Goal != 0 && !slices.Contains(list, e.Goal) {
			list = append(list, e.Goal)
		}
	}
	return list
}

func (p *threadPage) address(goal, agency string) string {
	path, glue := personPath(p.Who, "/trad"), "?"
	if goal != "" {
		path, glue = path+"?mal="+goal, "&"
	}
	if agency != "" {
		path += glue + "part=" + agency
	}
	return path
}

// kept tells whether the event passes the filter.
func (p *threadPage) kept(e thread.Event) bool {
	goal := p.Goal == "" || p.Goal == noGoal && e.Goal == 0 || p.Goal == id.Of[struct{}](e.Goal).String()
	return goal && (p.Agency == "" || p.Agency == e.Agency.String())
}
