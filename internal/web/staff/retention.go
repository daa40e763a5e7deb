package staff

import (
	"strconv"

	"github.com/a-h/templ"

	"sluss/internal/access"
	"sluss/internal/fault"
	"sluss/internal/id"
	"sluss/internal/org"
	"sluss/internal/project"
	"sluss/internal/retention"
	"sluss/internal/web"
	"sluss/internal/web/ui"
)

const weeding = "/arbete/gallring"

// retentionPage is what has been kept for as long as it may be, and what is decided about it.
type retentionPage struct {
	ui.Page
	Rule     retention.Rule
	Head     bool // the reader chooses whom; who else decides is shown no names
	Due      retention.Due
	Rounds   []retention.Round
	Ahead    []retention.Year
	Projects []project.Project
	Names    org.Names
	Actor    *access.Actor
	Faults   fault.Form
}

func (p *Pages) retentionRoutes() []web.Route {
	read, decide := access.Read, access.Decide
	return []web.Route{
		{Method: "GET", Pattern: weeding, Needs: web.ManyPeople(access.Identity|access.Thread, read), Handle: p.getRetention},
		{Method: "POST", Pattern: weeding, Needs: web.ManyPeople(access.Identity|access.Thread, read, decide), Handle: p.postRetention},
		{Method: "POST", Pattern: weeding + "/{round}", Needs: web.ManyPeople(access.Identity|access.Thread, read, decide), Handle: p.postRound},
		{Method: "POST", Pattern: weeding + "/{round}/{person}", Needs: web.OnePerson(access.Identity, read), Handle: p.postTakeOut},
	}
}

func (p *Pages) retentionPage(r *web.Request) (page retentionPage, err error) {
	page = retentionPage{Page: r.Page("retention.title"), Rule: retention.On(r.Actor.Today()), Head: r.Actor.Role() == access.Head, Actor: r.Actor}
	if page.Ahead, err = p.Retention.Ahead(r.Context(), r.Actor); err != nil {
		return page, err
	}
	if page.Due, err = p.Retention.Due(r.Context(), r.Actor); err != nil {
		return page, err
	}
	if page.Rounds, err = p.Retention.Rounds(r.Context(), r.Actor); err != nil {
		return page, err
	}
	if page.Projects, err = p.Project.List(r.Context(), r.Actor); err != nil {
		return page, err
	}
	page.Names, err = p.names(r)
	return page, err
}

func (p *Pages) getRetention(r *web.Request) (web.Answer, error) {
	page, err := p.retentionPage(r)
	return web.Show(retentionView(page)), err
}

func (p *Pages) postRetention(r *web.Request) (web.Answer, error) {
	var chosen []id.Person
	for _, v := range r.Form.All("who") {
		var who id.Person
		if who.UnmarshalText([]byte(v)) == nil {
			chosen = append(chosen, who)
		}
	}
	_, err := p.Retention.Propose(r.Context(), r.Actor, chosen)
	if faults := fault.Fields(err); faults != nil {
		page, err := p.retentionPage(r)
		page.Faults, page.Failed = faults, true
		return web.Again(retentionView(page)), err
	}
	return web.Saved(weeding, "retention.proposed"), err
}

func roundID(r *web.Request) (retention.RoundID, error) {
	var round retention.RoundID
	if round.UnmarshalText([]byte(r.PathValue("round"))) != nil {
		return 0, fault.Missing
	}
	return round, nil
}

// postRound decides on a round, or gives it up.
func (p *Pages) postRound(r *web.Request) (web.Answer, error) {
	round, err := roundID(r)
	if err != nil {
		return web.Answer{}, err
	}
	switch r.Form.Choice("do", "decide", "drop") {
	case "decide":
		return web.Saved(weeding, "retention.decided.saved"), p.Retention.Decide(r.Context(), r.Actor, round, r.Form.Version())
	case "drop":
		return web.Saved(weeding, "retention.dropped"), p.Retention.Drop(r.Context(), r.Actor, round, r.Form.Version())
	}
	return web.Answer{}, fault.Missing
}

func (p *Pages) postTakeOut(r *web.Request) (web.Answer, error) {
	round, err := roundID(r)
	if err != nil {
		return web.Answer{}, err
	}
	who, err := r.Person()
	if err != nil {
		return web.Answer{}, err
	}
	return web.Saved(weeding, "retention.out.saved"), p.Retention.TakeOut(r.Context(), r.Actor, round, who)
}

func (p retentionPage) in(s retention.State) (list []retention.Round) {
	for _, r := range p.Rounds {
		if r.State == s && r.In > 0 {
			list = append(list, r)
		}
	}
	return list
}

// over are the rounds that are carried out.
func (p retentionPage) over() (list []retention.Round) {
	for _, r := range p.Rounds {
		if r.State == retention.Decided && r.In == 0 {
			list = append(list, r)
		}
	}
	return list
}

func (p retentionPage) dueOptions() (list []ui.Option) {
	for _, x := range p.Due.People {
		list = append(list, ui.Option{Value: x.ID.String(), Text: x.Name, Good: p.L.T("retention.due.one", x.Last, x.Latest)})
	}
	return list
}

func (p retentionPage) aheadTable() ui.Table {
	t := ui.Table{Label: "ahead", Cols: []ui.Col{{Text: p.L.T("retention.year")}, {Text: p.L.T("retention.people"), Num: true}}}
	for _, y := range p.Ahead {
		t.Rows = append(t.Rows, ui.Row{Cells: []ui.Cell{ui.T(strconv.Itoa(y.Year)), ui.T(strconv.Itoa(y.People))}})
	}
	return t
}

func (p retentionPage) path(r retention.Round) string { return weeding + "/" + r.ID.String() }

func (p retentionPage) version(r retention.Round) ui.Hide {
	return ui.Hide{Name: "_v", Value: strconv.Itoa(r.Version)}
}

func (p retentionPage) proposedBy(r retention.Round) string {
	return p.L.T("retention.round.by", postName(p.L, p.Names, r.ProposedBy), r.ProposedOn)
}

// span tells of when the last notes are.
func (p retentionPage) span(r retention.Round) string {
	if r.First == r.Last {
		return p.L.T("retention.round.one", r.Last, r.Latest)
	}
	return p.L.T("retention.round.span", r.First, r.Last, r.Latest)
}

// weedingLines tell of rounds that wait for the reader's decision.
func (m *morning) weedingLines(r *web.Request) (list []todo) {
	if m.rounds > 0 {
		list = append(list, todo{after: true, since: r.Actor.Today(), line: ui.Line{Who: ui.Link{Text: r.L.T("retention.title"), Href: weeding}, What: r.L.T("today.weeding", m.rounds),
			Do: []templ.Component{ui.Button{Text: r.L.T("today.weeding.do"), Href: weeding, Variant: "secondary", Size: "sm"}}}})
	}
	return list
}
