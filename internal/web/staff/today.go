package staff

import (
	"cmp"
	"context"
	"slices"

	"sluss/internal/access"
	"sluss/internal/activity"
	"sluss/internal/application"
	"sluss/internal/attendance"
	"sluss/internal/away"
	"sluss/internal/clock"
	"sluss/internal/comment"
	"sluss/internal/contact"
	"sluss/internal/course"
	"sluss/internal/enquiry"
	"sluss/internal/glass"
	"sluss/internal/i18n"
	"sluss/internal/intake"
	"sluss/internal/logcheck"
	"sluss/internal/myplace"
	"sluss/internal/newcoach"
	"sluss/internal/opinion"
	"sluss/internal/org"
	"sluss/internal/outcome"
	"sluss/internal/place"
	"sluss/internal/placement"
	"sluss/internal/practice"
	"sluss/internal/proposal"
	"sluss/internal/reading"
	"sluss/internal/referral"
	"sluss/internal/retention"
	"sluss/internal/sarah"
	"sluss/internal/schedule"
	"sluss/internal/store"
	"sluss/internal/story"
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
	spoken  []place.Talk
	placed  []placement.Due
	asked   application.Length
	told    story.Length

	proposed []proposal.Due
	said     []comment.Unheard
	aways    []away.Told
	out      away.Out // who does not come today
	lone     []intake.Lone

	otherCoach []newcoach.Due

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
	if m.told, err = story.Count(ctx, tx, actor); err != nil {
		return err
	}
	if m.enquiries, err = enquiry.Open(ctx, tx, actor, access.ForPlan, most); err != nil {
		return err
	}
	if m.proposed, err = proposal.DueOf(ctx, tx, actor, most); err != nil {
		return err
	}
	if m.otherCoach, err = newcoach.DueOf(ctx, tx, actor, most); err != nil {
		return err
	}
	if m.said, err = comment.UnheardOf(ctx, tx, actor, most); err != nil {
		return err
	}
	if m.aways, err = away.UnreadOf(ctx, tx, actor, most); err != nil {
		return err
	}
	if m.out, err = away.OutOn(ctx, tx, actor, today, m.isMine(today)); err != nil {
		return err
	}
	if m.duties, err = outcome.Due(ctx, tx, actor, today); err != nil {
		return err
	}
	if m.adapted, err = myplace.Late(ctx, tx, actor, most); err != nil {
		return err
	}
	if actor.Role() == access.Coach {
		if m.spoken, err = place.TalksOf(ctx, tx, actor, most); err != nil {
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

// isMine tells which of the day's times are the reader's own.
func (m *morning) isMine(today clock.Date) func(away.Key) bool {
	mine := map[away.Key]bool{}
	for _, x := range m.mine {
		mine[away.Key{Kind: away.First, Ref: int64(x.Enrolment.ID), On: today}] = true
	}
	for _, x := range m.meetings {
		mine[away.Key{Kind: away.Talk, Ref: int64(x.ID), On: today}] = true
	}
	return func(k away.Key) bool { return mine[k] }
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
			sub = l.List(sub, m.names.Room(x.Room))
			if m.out.Has(away.Key{Kind: away.First, Ref: int64(x.Enrolment.ID), On: today}, x.Person) {
				sub = l.T("away.out")
			}
			list = append(list, at{x.MeetsAt, ui.Moment{Time: l.Time(x.MeetsAt), Title: x.Name, Href: personPath(x.Person, ""), Sub: sub}})
		}
	}
	for _, x := range m.meetings {
		sub := x.About
		if m.out.Has(away.Key{Kind: away.Talk, Ref: int64(x.ID), On: today}, x.Person) {
			sub = l.T("away.out")
		}
		list = append(list, at{x.At, ui.Moment{Time: l.Time(x.At), Title: x.Name, Href: personPath(x.Person, "/kontakt"), Sub: sub}})
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
