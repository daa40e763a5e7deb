package staff

import (
	"net/url"
	"strconv"
	"time"

	"sluss/internal/activity"
	"sluss/internal/attendance"
	"sluss/internal/calendar"
	"sluss/internal/clock"
	"sluss/internal/fault"
	"sluss/internal/i18n"
	"sluss/internal/id"
	"sluss/internal/intake"
	"sluss/internal/org"
	"sluss/internal/schedule"
	"sluss/internal/store"
	"sluss/internal/web"
	"sluss/internal/web/ui"
)

const schedules = "/arbete/schema"

// The views of the schedule, as addresses name them.
const (
	viewWeek  = "vecka"
	viewList  = "lista"
	viewCycle = "cykel"
)

// schedulePage is the schedule of a week, or of a cycle of weeks.
type schedulePage struct {
	ui.Page
	View    string
	Monday  clock.Date
	Weeks   int
	Days    map[clock.Date][]schedule.Occasion
	Starts  []intake.Start // group starts, which stand among the rest
	Types   map[activity.ID]activity.Type
	Names   org.Names
	Closed  []org.Closed
	Shuts   []schedule.Shut // what is planned while it is closed, for those who may plan
	Changes []schedule.Change
	Lists   map[schedule.OccasionID]bool // whether who was here is marked, where somebody is expected
	Now     clock.Instant
	Change  bool // the reader may plan
	Today   clock.Date
	N       int
	picked
}

func (p *Pages) getSchedule(r *web.Request) (web.Answer, error) {
	page, err := p.schedule(r)
	if err != nil {
		return web.Answer{}, err
	}
	return web.Show(scheduleView(page)), nil
}

// schedule reads the page: the same few statements however many occasions there are.
func (p *Pages) schedule(r *web.Request) (page schedulePage, err error) {
	page = schedulePage{Page: r.Page("nav.schedule"), View: viewOf(r), Monday: mondayOf(r), Weeks: 1, Change: mayPlan(r.Actor), Today: r.Actor.Today(), Now: r.Actor.Now()}
	if page.View == viewCycle {
		page.Weeks = 6
	}
	if page.Names, err = p.names(r); err != nil {
		return page, err
	}
	err = p.Org.Store.Read(r.Context(), func(tx *store.Tx) error { return page.load(r, tx) })
	return page, err
}

func (page *schedulePage) load(r *web.Request, tx *store.Tx) error {
	ctx, a := r.Context(), r.Actor
	list, err := schedule.Occasions(ctx, tx, a, clock.Span{From: page.Monday, To: page.Monday.Add(7 * page.Weeks)})
	if err != nil {
		return err
	}
	if page.Lists, err = attendance.Lists(ctx, tx, a, clock.Span{From: page.Monday, To: min(page.Monday.Add(7*page.Weeks), a.Today().Add(1))}); err != nil {
		return err
	}
	page.N, page.Days = len(list), map[clock.Date][]schedule.Occasion{}
	for _, o := range list {
		page.Days[o.On] = append(page.Days[o.On], o)
	}
	if page.Starts, err = intake.Starts(ctx, tx, a, clock.Span{From: page.Monday, To: page.Monday.Add(7 * page.Weeks)}); err != nil {
		return err
	}
	types, err := activity.All(ctx, tx, a)
	if err != nil {
		return err
	}
	page.Types = map[activity.ID]activity.Type{}
	for _, t := range types {
		page.Types[t.ID] = t
	}
	if page.Closed, err = org.ClosedFrom(ctx, tx, a.Area(), a.Unit(), page.Monday); err != nil {
		return err
	}
	if page.Change {
		if page.Shuts, err = schedule.Shuts(ctx, tx, a); err != nil {
			return err
		}
	}
	if page.Changes, err = schedule.Latest(ctx, tx, a, a.Now().Add(-14*24*time.Hour), 10); err != nil || page.View != viewWeek || !page.Change {
		return err
	}
	return page.pick(r, tx, page.Monday)
}

// unmarked tells whether an occasion has begun and nobody has marked who was there.
func (p schedulePage) unmarked(o schedule.Occasion) bool {
	done, expected := p.Lists[o.ID]
	return expected && !done && attendance.List{Occasion: o}.Begun(p.Now)
}

func viewOf(r *web.Request) string {
	switch v := r.URL.Query().Get("vy"); v {
	case viewList, viewCycle:
		return v
	default:
		return viewWeek
	}
}

// mondayOf is the week that the address asks for, else this one; on a Saturday or Sunday, the one that comes.
func mondayOf(r *web.Request) clock.Date {
	d, err := clock.ParseDate(r.URL.Query().Get("vecka"))
	if err != nil || d < r.Actor.Today().AddMonths(-60) || d > r.Actor.Today().AddMonths(60) {
		d = r.Actor.Today().Add(2)
	}
	return schedule.Week(d)
}

// at is the page's address for another week.
func (p schedulePage) at(monday clock.Date) string {
	q := url.Values{"vecka": {string(monday)}}
	if p.View != viewWeek {
		q.Set("vy", p.View)
	}
	if p.Picked != nil {
		q.Set("flytta", p.Picked.ID.String())
	}
	return schedules + "?" + q.Encode()
}

func (p schedulePage) tabs() []ui.Tab { return scheduleTabs(p.L, p.View, p.Monday) }

// scheduleTabs are the views of the schedule.
func scheduleTabs(l *i18n.Lang, here string, monday clock.Date) (list []ui.Tab) {
	for _, v := range []string{viewWeek, viewList, viewCycle} {
		list = append(list, ui.Tab{Text: l.T("schedule.view." + v), Href: schedules + "?vy=" + v + "&vecka=" + string(monday), Current: v == here})
	}
	return append(list, ui.Tab{Text: l.T("schedule.use"), Href: schedules + "/nyttjande", Current: here == "nyttjande"})
}

// title tells which week it is, or which weeks.
func (p schedulePage) title() string {
	_, n := p.Monday.Time().ISOWeek()
	if p.Weeks == 1 {
		return p.L.T("schedule.week", n, p.L.Short(p.Monday), p.L.Short(p.Monday.Add(4)))
	}
	return p.L.T("schedule.span", p.L.Short(p.Monday), p.L.Short(p.Monday.Add(7*p.Weeks-3)))
}

// shut tells what the house is closed for on a day, by the name of the period or of the holiday; "" when it is open.
func (p schedulePage) shut(on clock.Date) string {
	if key, kind, ok := calendar.Holiday(on); ok && kind != calendar.HalfEve {
		return p.L.T(key)
	}
	for _, c := range p.Closed {
		if c.Holds(on) {
			return c.Name
		}
	}
	return ""
}

func (p schedulePage) name(a activity.ID) string { return p.Types[a].In(p.L.Tag).Name }

// leaders names those who lead an occasion, by first name.
func leaders(l *i18n.Lang, n org.Names, posts []id.Post) string {
	names := make([]string, len(posts))
	for i, p := range posts {
		names[i] = n.Post(p).First()
		if names[i] == "" {
			names[i] = l.T("schedule.nobody")
		}
	}
	return l.List(names...)
}

// shutHref leads to the days of a closed period in the schedule.
func shutHref(x schedule.Shut) string {
	view := viewList
	if x.Span.To > schedule.Week(x.From).Add(7) {
		view = viewCycle
	}
	return schedules + "?vy=" + view + "&vecka=" + string(x.From)
}

// postCancelShut calls off everything that is still planned in a closed period.
func (p *Pages) postCancelShut(r *web.Request) (web.Answer, error) {
	closed, err := strconv.ParseInt(r.Form.Raw("id"), 10, 64)
	if err != nil {
		return web.Answer{}, fault.Missing
	}
	return web.Saved(schedules, "schedule.shut.cancelled"), p.Schedule.CancelShut(r.Context(), r.Actor, closed, r.Form.Version())
}

func occasionHref(o schedule.OccasionID) string { return schedules + "/tillfalle/" + o.String() }

// bands are the parts of a day that the week's table has a column for: each begins at its time.
var bands = []clock.LocalTime{"00:00", "10:00", "12:00", "14:00"}

// bandEnd is when the next part of the day begins.
func bandEnd(n int) clock.LocalTime {
	if n == len(bands)-1 {
		return "24:00"
	}
	return bands[n+1]
}

// band gives the occasions of a day that begin in the n:th part of it.
func (p schedulePage) band(on clock.Date, n int) (list []schedule.Occasion) {
	for _, o := range p.Days[on] {
		if o.At >= bands[n] && o.At < bandEnd(n) {
			list = append(list, o)
		}
	}
	return list
}

// startsIn gives the group starts of a day that begin between two times.
func (p schedulePage) startsIn(on clock.Date, at, until clock.LocalTime) (list []intake.Start) {
	for _, s := range p.Starts {
		if s.On == on && s.At >= at && s.At < until && s.State != intake.Cancelled {
			list = append(list, s)
		}
	}
	return list
}

// week is the week as a table: a day in each row, the parts of the day across.
func (p schedulePage) week() ui.Table {
	t := ui.Table{Caption: p.title(), Hidden: true, Stack: true, Cols: []ui.Col{{Text: p.L.T("schedule.day")}}}
	for i := range bands {
		key := p.L.T("schedule.band." + itoa(i+1))
		t.Cols = append(t.Cols, ui.Col{Text: key})
	}
	for n := range 5 {
		on := p.Monday.Add(n)
		row := ui.Row{Cells: []ui.Cell{{Text: i18n.Capital(p.L.Day(on)), Sub: p.shut(on)}}}
		if on == p.Today {
			row.Kind = "turn"
		}
		for i := range bands {
			cell := ui.Cell{}
			list, starts := p.band(on, i), p.startsIn(on, bands[i], bandEnd(i))
			if len(list)+len(starts) > 0 || p.spot(on, i) != nil {
				cell.Body = slot(p, on, i, list, starts)
			}
			row.Cells = append(row.Cells, cell)
		}
		t.Rows = append(t.Rows, row)
	}
	return t
}

// cycle is some weeks as a table: a week in each row, its days across.
func (p schedulePage) cycle() ui.Table {
	t := ui.Table{Caption: p.title(), Hidden: true, Stack: true, Cols: []ui.Col{{Text: p.L.T("schedule.week.short")}}}
	for day := 1; day <= 5; day++ {
		t.Cols = append(t.Cols, ui.Col{Text: i18n.Capital(p.L.Weekday(day)), Short: i18n.Capital(p.L.Weekday(day))})
	}
	for w := range p.Weeks {
		monday := p.Monday.Add(7 * w)
		_, n := monday.Time().ISOWeek()
		row := ui.Row{Cells: []ui.Cell{{Text: p.L.T("schedule.week.n", n), Sub: p.L.Short(monday), Href: schedules + "?vecka=" + string(monday)}}}
		if monday == schedule.Week(p.Today) {
			row.Kind = "turn"
		}
		for d := range 5 {
			on := monday.Add(d)
			cell := ui.Cell{Text: p.shut(on)}
			if starts := p.startsIn(on, "", "24:00"); len(p.Days[on])+len(starts) > 0 {
				cell.Body = briefList(p, p.Days[on], starts)
			}
			row.Cells = append(row.Cells, cell)
		}
		t.Rows = append(t.Rows, row)
	}
	return t
}

// list is the week as a list, with everything about each occasion.
func (p schedulePage) list() ui.Table {
	l := p.L
	t := ui.Table{Caption: p.title(), Hidden: true, Stack: true, Cols: []ui.Col{{Text: l.T("schedule.activity")}, {Text: l.T("schedule.time"), Short: l.T("schedule.time")},
		{Text: l.T("schedule.room"), Short: l.T("schedule.room")}, {Text: l.T("schedule.leaders"), Short: l.T("schedule.leaders")},
		{Text: l.T("schedule.places"), Short: l.T("schedule.places")}, {Text: l.T("schedule.state"), Quiet: true}}}
	for n := range 7 {
		on := p.Monday.Add(n)
		if len(p.Days[on])+len(p.startsIn(on, "", "24:00")) == 0 && (n > 4 || p.shut(on) == "") {
			continue
		}
		section := i18n.Capital(l.Day(on))
		if why := p.shut(on); why != "" {
			section = l.List(section, why)
		}
		t.Rows = append(t.Rows, ui.Row{Section: section})
		for _, s := range p.startsIn(on, "", "24:00") {
			t.Rows = append(t.Rows, ui.Row{Cells: []ui.Cell{{Text: l.T("today.groupstart"), Href: startHref(s.ID)}, ui.T(l.Times(s.At, s.Until)),
				ui.T(p.Names.Room(s.RoomID)), ui.T(leaders(l, p.Names, s.Leaders)), ui.T(l.Number(s.Places)), {}}})
		}
		for _, o := range p.Days[on] {
			t.Rows = append(t.Rows, ui.Row{Cells: []ui.Cell{{Text: p.name(o.Activity), Href: occasionHref(o.ID)}, ui.T(l.Times(o.At, o.Until)),
				ui.T(p.Names.Room(o.Room)), ui.T(leaders(l, p.Names, o.Leaders)), ui.T(l.Number(o.Places)), {Body: stateOf(p, o)}}})
		}
	}
	return t
}

// usePage is how much of the house the coming weeks take.
type usePage struct {
	ui.Page
	Weeks []schedule.Use
	Tabs  []ui.Tab
}

func (p *Pages) getUse(r *web.Request) (web.Answer, error) {
	page := usePage{Page: r.Page("schedule.use"), Tabs: scheduleTabs(r.L, "nyttjande", schedule.Week(r.Actor.Today()))}
	err := p.Org.Store.Read(r.Context(), func(tx *store.Tx) (err error) {
		page.Weeks, err = schedule.Ahead(r.Context(), tx, r.Actor, r.Actor.Today(), 8)
		return err
	})
	return web.Show(useView(page)), err
}

// broken is how many occasions of the coming weeks lack something, and the first such week.
func (p usePage) broken() (n int, first clock.Date) {
	for _, u := range p.Weeks {
		if u.Broken > 0 && n == 0 {
			first = u.Week
		}
		n += u.Broken
	}
	return n, first
}

// share is so many of a hundred; 0 of nothing.
func share(part, of int) int {
	if of == 0 {
		return 0
	}
	return (100*part + of/2) / of
}

// hoursWords writes minutes as hours.
func hoursWords(l *i18n.Lang, minutes int) string { return l.Number((minutes + 30) / 60) }
