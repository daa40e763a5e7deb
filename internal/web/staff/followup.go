package staff

import (
	"sluss/internal/org"
	"sluss/internal/outcome"
	"sluss/internal/person"
	"sluss/internal/store"
	"sluss/internal/web"
	"sluss/internal/web/ui"
)

// soon is how many days ahead the list of follow-ups looks.
const soon = 14

// followUpsPage is what is due at the unit, oldest first, and what soon will be.
type followUpsPage struct {
	ui.Page
	Now, Soon ui.Table
}

func (p *Pages) getFollowUps(r *web.Request) (web.Answer, error) {
	today := r.Actor.Today()
	list, err := p.Outcome.DueAtUnit(r.Context(), r.Actor, today.Add(soon))
	if err != nil {
		return web.Answer{}, err
	}
	coaches, err := p.colleagues(r)
	if err != nil {
		return web.Answer{}, err
	}
	page := followUpsPage{Page: r.Page("outcome.due")}
	page.Now, page.Soon = dueTable(r, "h-now"), dueTable(r, "h-soon")
	for _, n := range list {
		to := &page.Now
		if n.On > today {
			to = &page.Soon
		}
		to.Rows = append(to.Rows, dueRow(r, n, coaches[int64(n.Coach)]))
	}
	return web.Show(followUpsView(page)), nil
}

// colleagues gives the names of those who work at the unit, by post.
func (p *Pages) colleagues(r *web.Request) (map[int64]string, error) {
	names := map[int64]string{}
	err := p.Org.Store.Read(r.Context(), func(tx *store.Tx) error {
		posts, err := org.Colleagues(r.Context(), tx, r.Actor.Area(), r.Actor.Unit(), r.Actor.Now())
		for _, o := range posts {
			names[int64(o.ID)] = o.Name
		}
		return err
	})
	return names, err
}

func dueTable(r *web.Request, label string) ui.Table {
	return ui.Table{Label: label, Stack: true, Cols: []ui.Col{{Text: r.L.T("outcome.due.who")}, {Text: r.L.T("outcome.due.what"), Short: r.L.T("outcome.due.what")},
		{Text: r.L.T("outcome.due.since"), Short: r.L.T("outcome.due.since")}, {Text: r.L.T("outcome.due.reach"), Short: r.L.T("outcome.due.reach")},
		{Text: r.L.T("outcome.due.coach"), Short: r.L.T("outcome.due.coach")}}}
}

func dueRow(r *web.Request, n outcome.Duty, coach string) ui.Row {
	what := r.L.T("outcome.due." + string(n.Task))
	if n.Task == outcome.Ask {
		what = r.L.T("outcome.due.followup", n.Months)
	}
	if coach == "" {
		coach = r.L.T("outcome.due.nocoach")
	}
	return ui.Row{Cells: []ui.Cell{{Text: n.Name, Href: personPath(n.Person, "/avslut")}, ui.T(what), ui.T(r.L.Date(n.On)),
		ui.T(reachText(r, person.Contact{Reach: n.Reach, ReachWhen: n.When, Phone: n.Phone, Email: n.Email})), ui.T(coach)}}
}
