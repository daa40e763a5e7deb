package staff

import (
	"sluss/internal/clock"
	"sluss/internal/i18n"
	"sluss/internal/intake"
	"sluss/internal/org"
	"sluss/internal/store"
	"sluss/internal/web"
	"sluss/internal/web/ui"
)

// startsPage is the unit's group starts: those ahead and those that have been.
type startsPage struct {
	ui.Page
	Ahead, Past ui.Table
	NAhead      int
	NPast       int
	Rhythm      string
	CanPlan     bool
}

func (p *Pages) getStarts(r *web.Request) (web.Answer, error) {
	page := startsPage{Page: r.Page("nav.starts")}
	s, err := p.settings(r)
	if err != nil {
		return web.Answer{}, err
	}
	page.Rhythm = r.L.T("starts.rhythm", s.PerMonth, r.L.Weekdays(int(s.Weekday)), s.Places, s.Calls)
	today := r.Actor.Today()
	var list []intake.Start
	var tallies map[intake.StartID]intake.Tally
	n, err := p.names(r)
	if err != nil {
		return web.Answer{}, err
	}
	err = p.Org.Store.Read(r.Context(), func(tx *store.Tx) (err error) {
		span := clock.Span{From: today.AddMonths(-13), To: today.AddMonths(13)}
		if list, err = intake.Starts(r.Context(), tx, r.Actor, span); err != nil {
			return err
		}
		tallies, err = intake.Tallies(r.Context(), tx, r.Actor, span)
		return err
	})
	if err != nil {
		return web.Answer{}, err
	}
	page.Ahead, page.NAhead = aheadTable(r.L, n, list, tallies, today)
	page.Past, page.NPast = pastTable(r.L, list, tallies, today)
	return web.Show(starts(page)), nil
}

func startHref(s intake.StartID) string { return "/arbete/gruppstarter/" + s.String() }

func aheadTable(l *i18n.Lang, n org.Names, list []intake.Start, tallies map[intake.StartID]intake.Tally, today clock.Date) (ui.Table, int) {
	t := ui.Table{Stack: true, Label: "h-ahead", Cols: []ui.Col{{Text: l.T("starts.day")}, {Text: l.T("starts.place"), Short: l.T("starts.place")},
		{Text: l.T("starts.called"), Short: l.T("starts.called")}, {Text: l.T("starts.yes"), Short: l.T("starts.yes")}, {Text: l.T("starts.silent"), Short: l.T("starts.silent")}}}
	for _, s := range list {
		if s.On < today || s.State == intake.Cancelled {
			continue
		}
		y := tallies[s.ID]
		kind := ""
		if s.On < today.Add(21) && y.Counts() < s.Calls {
			kind = "turn"
		}
		t.Rows = append(t.Rows, ui.Row{Kind: kind, Cells: []ui.Cell{{Text: l.Day(s.On), Href: startHref(s.ID), Sub: l.Time(s.At)}, ui.T(n.Room(s.RoomID)),
			ui.T(l.T("starts.of", y.Counts(), s.Calls)), ui.T(itoa(y.Yes)), ui.T(itoa(y.Silent))}})
	}
	return t, len(t.Rows)
}

func pastTable(l *i18n.Lang, list []intake.Start, tallies map[intake.StartID]intake.Tally, today clock.Date) (ui.Table, int) {
	t := ui.Table{Stack: true, Label: "h-past", Cols: []ui.Col{{Text: l.T("starts.day")}, {Text: l.T("starts.called"), Short: l.T("starts.called")},
		{Text: l.T("starts.here"), Short: l.T("starts.here")}, {Text: l.T("starts.away"), Short: l.T("starts.away")}}}
	for i := len(list) - 1; i >= 0; i-- {
		s := list[i]
		if s.On >= today || s.State == intake.Cancelled {
			continue
		}
		y := tallies[s.ID]
		t.Rows = append(t.Rows, ui.Row{Cells: []ui.Cell{{Text: l.Day(s.On), Href: startHref(s.ID)}, ui.T(itoa(y.Called)), ui.T(itoa(y.Here)), ui.T(itoa(y.Away))}})
	}
	return t, len(t.Rows)
}

func (p *Pages) postPlanStarts(r *web.Request) (web.Answer, error) {
	_, err := p.Intake.Plan(r.Context(), r.Actor, 6)
	return web.Saved("/arbete/gruppstarter", "starts.planned"), err
}
