package staff

import (
	"slices"

	"github.com/a-h/templ"

	"sluss/internal/id"
	"sluss/internal/intake"
	"sluss/internal/outcome"
	"sluss/internal/person"
	"sluss/internal/web"
	"sluss/internal/web/ui"
)

// todos turns what was read into lines, each one click from done.
func (m *morning) todos(r *web.Request) []todo {
	var list []todo
	list = append(list, m.questionLines(r)...)
	list = append(list, m.sarahLines(r)...)
	list = append(list, m.opinionLines(r)...)
	list = append(list, m.enquiryLines(r)...)
	list = append(list, m.proposalLines(r)...)
	list = append(list, m.awayLines(r)...)
	list = append(list, m.newcoachLines(r)...)
	list = append(list, m.commentLines(r)...)
	list = append(list, m.glassLines(r)...)
	list = append(list, m.checkLines(r)...)
	list = append(list, m.weedingLines(r)...)
	list = append(list, m.loneLines(r)...)
	list = append(list, m.unbookedLines(r)...)
	list = append(list, m.askedLines(r)...)
	list = append(list, m.toldLines(r)...)
	list = append(list, m.ownStartLines(r)...)
	list = append(list, m.startLines(r)...)
	list = append(list, m.changeLines(r)...)
	list = append(list, m.rollLines(r)...)
	list = append(list, m.referralLines(r)...)
	list = append(list, m.dutyLines(r)...)
	list = append(list, m.adaptedLines(r)...)
	list = append(list, m.offerLines(r)...)
	list = append(list, m.placeLines(r)...)
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
		of := changeOf(c, m.activities[c.Activity].In(r.L.Tag).Name)
		seen := ui.Act(p, changeHref(c.ID)+"/sedd", ui.Button{Text: r.L.T("today.change.seen"), Icon: "check", Variant: "secondary", Size: "sm", Label: r.L.List(r.L.T("today.change.seen"), of.Text)})
		what := changed(p, c)
		if c.Undone {
			what = r.L.T("today.change.undone", what)
		}
		list = append(list, todo{since: c.At.Date(), line: ui.Line{Who: of, What: what,
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
