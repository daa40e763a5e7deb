package staff

import (
	"cmp"
	"context"
	"slices"
	"sluss/internal/i18n"

	"github.com/a-h/templ"

	"sluss/internal/access"
	"sluss/internal/activity"
	"sluss/internal/application"
	"sluss/internal/attendance"
	"sluss/internal/clock"
	"sluss/internal/contact"
	"sluss/internal/course"
	"sluss/internal/enquiry"
	"sluss/internal/glass"
	"sluss/internal/id"
	"sluss/internal/intake"
	"sluss/internal/logcheck"
	"sluss/internal/myplace"
	"sluss/internal/opinion"
	"sluss/internal/org"
	"sluss/internal/outcome"
	"sluss/internal/person"
	"sluss/internal/place"
	"sluss/internal/placement"
	"sluss/internal/practice"
	"sluss/internal/reading"
	"sluss/internal/referral"
	"sluss/internal/retention"
	"sluss/internal/sarah"
	"sluss/internal/schedule"
	"sluss/internal/store"
	"sluss/internal/web"
	"sluss/internal/web/ui"
)

// todayPage is what needs whoever works here now: what waits, the day's times, who waits for whom.
type todayPage struct {
	ui.Page
	Hello string
	Lede  string
	Lines []ui.Line
	Day   []ui.Moment
	Waits []ui.Wait

	Duties    bool // somebody is to be followed up
	Reception bool // who sees no lists of people
}

const todayCategories = togetherNeed | referral.Shown | access.Thread | outcome.Shown | contact.Listed | intake.Seen | myplace.Listed | attendance.Listed | place.Listed | placement.Listed | course.Shown

// todo is a line on its way to the page: since is the day it has waited from. What nobody stands and waits for comes after
// what somebody does: a follow-up is never too late, and half a year of them hid the start list. What may harm somebody comes first.
type todo struct {
	since clock.Date
	line  ui.Line
	first bool
	after bool
}

// morning is everything that Today reads.
type morning struct {
	settings   org.Settings
	names      org.Names
	unbooked   []intake.Between
	mine       []intake.Participant
	starts     []intake.Start
	tallies    map[intake.StartID]intake.Tally
	unanswered []referral.Line
	unasked    []referral.Line
	duties     []outcome.Duty
	silent     []contact.Quiet
	attended
	meetings   []contact.Meeting
	changes    []schedule.Change
	activities map[activity.ID]activity.Type
	questions  []reading.Waiting
	enquiries  []enquiry.Waiting
	overdue    []reading.Waiting
	opinions   []opinion.Line
	unheeded   []opinion.Line // by others at the unit

	sarahs  []sarah.Report // that nobody has begun to look into
	glasses []glass.Case
	rounds  int // of weeding, that wait for the reader
	broken  int // at the unit in a month
	check   logcheck.Waiting
	adapted []myplace.Overdue
	lost    []place.Lost
	placed  []placement.Due
	asked   application.Length
	lone    []intake.Lone

	practices []practice.Version // that the reader has not looked at
	curious   []course.Curious
}

func (p *Pages) getToday(r *web.Request) (web.Answer, error) {
	if r.Actor.Role() == access.Officer {
		return web.To(sharedPath), nil
	}
	var m morning
	err := p.Org.Store.Read(r.Context(), func(tx *store.Tx) error { return m.read(r.Context(), tx, r.Actor) })
	if err != nil {
		return web.Answer{}, err
	}
	page := todayPage{Page: r.Page("nav.today")}
	first := m.names.Post(r.Actor.Post()).First()
	page.Hello = r.L.T(greeting(r.Actor.Now().LocalTime()), first)
	list := slices.Concat(p.lateLines(r), p.keepingLines(r), m.todos(r))
	slices.SortStableFunc(list, sooner)
	for _, t := range list {
		t.line.When, t.line.Since = ago(r.L, t.since, r.Actor.Today()), r.L.T("today.since", r.L.Short(t.since))
		if t.since >= r.Actor.Today() {
			t.line.Since = ""
		}
		page.Lines = append(page.Lines, t.line)
	}
	page.Lede = r.L.T("today.lede", i18n.Capital(r.L.Day(r.Actor.Today())), len(list))
	page.Day, page.Waits, page.Duties = m.day(r), m.waits(r), len(m.duties) > 0
	page.Reception = r.Actor.Role() == access.Reception
	return web.Show(today(page)), nil
}

func sooner(a, b todo) int {
	switch {
	case a.first != b.first:
		return before(a.first)
	case a.after != b.after:
		return before(b.after)
	default:
		return cmp.Compare(a.since, b.since)
	}
}

func before(yes bool) int {
	if yes {
		return -1
	}
	return 1
}

func greeting(at clock.LocalTime) string {
	switch {
	case at < "05:00" || at >= "18:00":
		return "today.evening"
	case at < "10:00":
		return "today.morning"
	default:
		return "today.hello"
	}
}

// most is how many lines of one kind are read; the rest can wait until these are done.
const most = 12

func (m *morning) read(ctx context.Context, tx *store.Tx, actor *access.Actor) (err error) {
	today := actor.Today()
	if m.settings, err = org.SettingsAt(ctx, tx, actor.Area(), actor.Unit(), today); err != nil {
		return err
	}
	if m.names, err = org.NamesOf(ctx, tx, actor.Area(), actor.Unit(), actor.Now()); err != nil {
		return err
	}
	span := clock.Span{From: today.Add(-5), To: today.Add(18)}
	if m.starts, err = intake.Starts(ctx, tx, actor, span); err != nil {
		return err
	}
	if m.tallies, err = intake.Tallies(ctx, tx, actor, span); err != nil {
		return err
	}
	if m.questions, err = reading.ToAnswer(ctx, tx, actor); err != nil {
		return err
	}
	if m.opinions, err = opinion.ToAnswer(ctx, tx, actor); err != nil {
		return err
	}
	if m.sarahs, err = sarah.New(ctx, tx, actor); err != nil {
		return err
	}
	if m.practices, err = practice.Newer(ctx, tx, actor, actor.Unit()); err != nil {
		return err
	}
	if m.unheeded, err = opinion.Overdue(ctx, tx, actor); err != nil {
		return err
	}
	if m.rounds, err = retention.Waiting(ctx, tx, actor); err != nil {
		return err
	}
	if m.glasses, err = glass.Mine(ctx, tx, actor); err != nil {
		return err
	}
	if m.broken, err = glass.InMonth(ctx, tx, actor); err != nil {
		return err
	}
	if m.check, err = logcheck.Due(ctx, tx, actor); err != nil {
		return err
	}
	if m.overdue, err = reading.Overdue(ctx, tx, actor); err != nil || actor.Role() == access.Reception {
		return err
	}
	if err := m.attended.read(ctx, tx, actor, m.settings); err != nil {
		return err
	}
	if err := m.changed(ctx, tx, actor); err != nil {
		return err
	}
	return m.people(ctx, tx, actor)
}

// changed reads what has become of the occasions that the actor leads.
func (m *morning) changed(ctx context.Context, tx *store.Tx, actor *access.Actor) (err error) {
	if m.changes, err = schedule.Unseen(ctx, tx, actor, most); err != nil || len(m.changes)+len(m.unmarked)+len(m.offers) == 0 {
		return err
	}
	types, err := activity.All(ctx, tx, actor)
	m.activities = map[activity.ID]activity.Type{}
	for _, t := range types {
		m.activities[t.ID] = t
	}
	return err
}

func (m *morning) people(ctx context.Context, tx *store.Tx, actor *access.Actor) (err error) {
	today := actor.Today()
	if m.unbooked, err = intake.Unbooked(ctx, tx, actor); err != nil {
		return err
	}
	if m.lone, err = intake.Coachless(ctx, tx, actor, most); err != nil {
		return err
	}
	if m.mine, err = intake.BookedUntilToday(ctx, tx, actor); err != nil {
		return err
	}
	if m.meetings, err = contact.Today(ctx, tx, actor, today); err != nil {
		return err
	}
	if m.asked, err = application.Count(ctx, tx, actor); err != nil {
		return err
	}
	if m.enquiries, err = enquiry.Open(ctx, tx, actor, access.ForPlan, most); err != nil {
		return err
	}
	if m.duties, err = outcome.Due(ctx, tx, actor, today); err != nil {
		return err
	}
	if m.adapted, err = myplace.Late(ctx, tx, actor, most); err != nil {
		return err
	}
	if actor.Role() == access.Coach {
		if m.lost, err = place.LostOf(ctx, tx, actor, most); err != nil {
			return err
		}
		if m.placed, err = placement.DueOf(ctx, tx, actor, most); err != nil {
			return err
		}
		if m.curious, err = course.CuriousOf(ctx, tx, actor, most); err != nil {
			return err
		}
		m.silent, err = contact.Silent(ctx, tx, actor, m.settings.SilenceDays)
		return err
	}
	if m.unanswered, err = referral.Unanswered(ctx, tx, actor, today.Add(2), most); err != nil {
		return err
	}
	m.unasked, err = referral.Unasked(ctx, tx, actor, most)
	return err
}

// todos turns what was read into lines, each one click from done.
func (m *morning) todos(r *web.Request) []todo {
	var list []todo
	list = append(list, m.questionLines(r)...)
	list = append(list, m.sarahLines(r)...)
	list = append(list, m.opinionLines(r)...)
	list = append(list, m.enquiryLines(r)...)
	list = append(list, m.glassLines(r)...)
	list = append(list, m.checkLines(r)...)
	list = append(list, m.weedingLines(r)...)
	list = append(list, m.loneLines(r)...)
	list = append(list, m.unbookedLines(r)...)
	list = append(list, m.askedLines(r)...)
	list = append(list, m.ownStartLines(r)...)
	list = append(list, m.startLines(r)...)
	list = append(list, m.changeLines(r)...)
	list = append(list, m.rollLines(r)...)
	list = append(list, m.referralLines(r)...)
	list = append(list, m.dutyLines(r)...)
	list = append(list, m.adaptedLines(r)...)
	list = append(list, m.offerLines(r)...)
	list = append(list, m.lostLines(r)...)
	list = append(list, m.placementLines(r)...)
	list = append(list, m.silentLines(r)...)
	list = append(list, m.curiousLines(r)...)
	list = append(list, m.practiceLines(r)...)
	return append(list, m.unheardLines(r)...)
}

func line(who id.Person, name, what, why string, do ...templ.Component) ui.Line {
	return ui.Line{Who: ui.Link{Text: name, Href: personPath(who, "")}, What: what, Why: why, Do: do}
}

func (m *morning) unbookedLines(r *web.Request) (list []todo) {
	for _, b := range m.unbooked {
		href := personPath(b.Person, "/egen-start")
		list = append(list, todo{since: b.On, line: line(b.Person, b.Name, r.L.T("today.unbooked"), "",
			ui.Button{Text: r.L.T("person.book"), Href: href, Size: "sm", Label: r.L.List(r.L.T("person.book"), b.Name)})})
	}
	return list
}

func (m *morning) ownStartLines(r *web.Request) (list []todo) {
	p := r.Page("nav.today")
	for _, x := range m.mine {
		if x.MeetsOn == r.Actor.Today() && x.MeetsAt > r.Actor.Now().LocalTime() {
			continue // it is in the day's times
		}
		held := ui.Act(p, personPath(x.Person, "/egen-start/hallen"), ui.Button{Text: r.L.T("person.held"), Icon: "check", Variant: "secondary", Size: "sm", Label: r.L.List(r.L.T("person.held"), x.Name)},
			hide("_v", x.Version), ui.Hide{Name: "on", Value: string(x.MeetsOn)})
		other := ui.Button{Text: r.L.T("person.rebook"), Href: personPath(x.Person, "/egen-start"), Variant: "tertiary", Size: "sm", Label: r.L.List(r.L.T("person.rebook"), x.Name)}
		list = append(list, todo{since: x.MeetsOn, line: line(x.Person, x.Name, r.L.T("today.started", r.L.Day(x.MeetsOn)), "", held, other)})
	}
	return list
}

func (m *morning) startLines(r *web.Request) (list []todo) {
	l, today := r.L, r.Actor.Today()
	for _, s := range m.starts {
		y, what, since := m.tallies[s.ID], "", today
		switch {
		case s.State == intake.Planned && s.On <= today && y.Called > 0:
			what, since = l.T("today.start.mark"), s.On
		case s.State == intake.Planned && s.On > today && y.Counts() == 0:
			what = l.T("today.start.fill")
		case s.State == intake.Planned && s.On > today && s.On <= today.Add(8) && y.Silent > 0:
			what = l.T("today.start.silent", y.Silent)
		default:
			continue
		}
		list = append(list, todo{since: since, line: ui.Line{Who: ui.Link{Text: l.T("start.title", l.Day(s.On)), Href: startHref(s.ID)}, What: what,
			Do: []templ.Component{ui.Button{Text: l.T("today.start.open"), Href: startHref(s.ID), Variant: "secondary", Size: "sm", Label: l.List(l.T("today.start.open"), l.Day(s.On))}}}})
	}
	return list
}

// changeLines tell of occasions that a colleague has moved or called off.
func (m *morning) changeLines(r *web.Request) (list []todo) {
	p := r.Page("nav.today")
	for _, c := range m.changes {
		name := m.activities[c.Activity].In(r.L.Tag).Name
		seen := ui.Act(p, changeHref(c.ID)+"/sedd", ui.Button{Text: r.L.T("today.change.seen"), Icon: "check", Variant: "secondary", Size: "sm", Label: r.L.List(r.L.T("today.change.seen"), name)})
		what := changed(p, c)
		if c.Undone {
			what = r.L.T("today.change.undone", what)
		}
		list = append(list, todo{since: c.At.Date(), line: ui.Line{Who: ui.Link{Text: name, Href: occasionHref(c.Was.ID)}, What: what,
			Why: r.L.T("today.change.why", postName(r.L, m.names, c.By), c.Why), Do: []templ.Component{seen}}})
	}
	return list
}

func (m *morning) referralLines(r *web.Request) (list []todo) {
	for _, x := range m.unanswered {
		why := r.L.T("today.reply.why", sender(m.names, x.Referral), x.ReplyBy)
		list = append(list, todo{since: x.ReceivedOn, line: line(x.Person, x.Name, r.L.T("today.reply"), why,
			ui.Button{Text: r.L.T("today.answer"), Href: personPath(x.Person, "/remiss"), Variant: "secondary", Size: "sm", Label: r.L.List(r.L.T("today.answer"), x.Name)})})
	}
	for _, x := range m.unasked {
		list = append(list, todo{since: x.ReceivedOn, line: line(x.Person, x.Name, r.L.T("today.return"), r.L.T("today.return.why"),
			ui.Button{Text: r.L.T("referral.return.do"), Href: personPath(x.Person, "/remiss") + "#tillbaka", Variant: "secondary", Size: "sm", Label: r.L.List(r.L.T("referral.return.do"), x.Name)})})
	}
	return list
}

func (m *morning) dutyLines(r *web.Request) (list []todo) {
	for _, d := range latest(m.duties) {
		if len(list) == most {
			break
		}
		what := r.L.T("today.duty."+string(d.Task), d.Months)
		list = append(list, todo{after: d.Task == outcome.Ask, since: d.On, line: line(d.Person, d.Name, what, reachText(r, person.Contact{Reach: d.Reach, ReachWhen: d.When, Phone: d.Phone, Email: d.Email}),
			ui.Button{Text: r.L.T("today.duty.do"), Href: personPath(d.Person, "/avslut"), Variant: "secondary", Size: "sm", Label: r.L.List(r.L.T("today.duty.do"), d.Name)})})
	}
	return list
}

// latest leaves out a follow-up that a later one of the same person has overtaken: one asks how it goes once. Both stand
// on the person's own page.
func latest(duties []outcome.Duty) []outcome.Duty {
	months := map[id.Person]int{}
	for _, d := range duties {
		months[d.Person] = max(months[d.Person], d.Months)
	}
	return slices.DeleteFunc(slices.Clone(duties), func(d outcome.Duty) bool { return d.Task == outcome.Ask && d.Months < months[d.Person] })
}

func (m *morning) silentLines(r *web.Request) (list []todo) {
	for i, q := range m.silent {
		if i == most {
			break
		}
		if q.NextOn != "" && q.NextOn <= r.Actor.Today().Add(7) {
			continue // you are to meet within the week
		}
		why := reachText(r, person.Contact{Reach: q.Reach, ReachWhen: q.When, Phone: q.Phone, Email: q.Email})
		list = append(list, todo{after: true, since: max(q.LastOn.Add(m.settings.SilenceDays), q.LastOn), line: line(q.Person, q.Name, r.L.T("today.silent", r.Actor.Today().Sub(q.LastOn)/7), why,
			ui.Button{Text: r.L.T("today.silent.do"), Href: personPath(q.Person, "/kontakt"), Variant: "secondary", Size: "sm", Label: r.L.List(r.L.T("today.silent.do"), q.Name)})})
	}
	return list
}

// day is the day's own times in order, with the clock between what has been and what comes.
func (m *morning) day(r *web.Request) []ui.Moment {
	l, today := r.L, r.Actor.Today()
	type at struct {
		at clock.LocalTime
		m  ui.Moment
	}
	var list []at
	for _, s := range m.starts {
		if s.On == today && s.State != intake.Cancelled {
			list = append(list, at{s.At, ui.Moment{Time: l.Time(s.At), Title: l.T("today.groupstart"), Href: startHref(s.ID), Sub: m.names.Room(s.RoomID)}})
		}
	}
	for _, x := range m.mine {
		if x.MeetsOn == today {
			sub := l.T("book.heading")
			if x.Interpreter {
				sub += ". " + l.T("person.interpreter.in", langName(l, x.Language))
			}
			list = append(list, at{x.MeetsAt, ui.Moment{Time: l.Time(x.MeetsAt), Title: x.Name, Href: personPath(x.Person, ""), Sub: l.List(sub, m.names.Room(x.Room))}})
		}
	}
	for _, x := range m.meetings {
		list = append(list, at{x.At, ui.Moment{Time: l.Time(x.At), Title: x.Name, Href: personPath(x.Person, "/kontakt"), Sub: x.About}})
	}
	slices.SortStableFunc(list, func(a, b at) int { return cmp.Compare(a.at, b.at) })
	now, out, put := r.Actor.Now().LocalTime(), []ui.Moment(nil), false
	for _, x := range list {
		if x.at >= now && !put {
			out, put = append(out, ui.Moment{Now: true, Time: l.Time(now)}), true
		}
		out = append(out, x.m)
	}
	return out
}

// waits is who waits for whom: people for the unit, senders for an answer.
func (m *morning) waits(r *web.Request) (list []ui.Wait) {
	for _, b := range m.unbooked {
		if len(list) < 3 {
			list = append(list, ui.Wait{Who: b.Name, You: true, Text: r.L.T("today.wait.start", b.On), Do: ui.Link{Text: r.L.T("person.book"), Href: personPath(b.Person, "/egen-start")}})
		}
	}
	for _, x := range m.unanswered {
		if len(list) < 6 {
			list = append(list, ui.Wait{Who: sender(m.names, x.Referral), You: true, Text: r.L.T("today.wait.reply", x.Name, x.ReceivedOn), Do: ui.Link{Text: r.L.T("today.answer"), Href: personPath(x.Person, "/remiss")}})
		}
	}
	return append(list, m.enquiryWaits(r)...)
}

func (p *Pages) getGallery(r *web.Request) (web.Answer, error) {
	page := r.Page("nav.today")
	page.Title = "Komponenter"
	return web.Show(ui.Gallery(page)), nil
}
