package staff

import (
	"slices"

	"sluss/internal/access"
	"sluss/internal/attendance"
	"sluss/internal/away"
	"sluss/internal/contact"
	"sluss/internal/fault"
	"sluss/internal/id"
	"sluss/internal/intake"
	"sluss/internal/web"
	"sluss/internal/web/acts"
	"sluss/internal/web/ui"
)

// contactNeed is what the page of a person's contacts tells, timesNeed that of their times.
const (
	contactNeed = contact.Seen | away.Seen
	timesNeed   = attendance.Seen | away.Own
)

// awayRoutes are where somebody says that they do not come to what is not in an activity, and where it is read.
func (p *Pages) awayRoutes() []web.Route {
	read, write := access.Read, access.Write
	const one = "/arbete/person/{person}"
	return []web.Route{
		{Method: "POST", Pattern: one + "/bordet/moten/{time}/kan-inte", Needs: web.OnePerson(timesNeed, read, write), Handle: p.postTableAway},
		{Method: "POST", Pattern: one + "/bordet/moten/{time}/kan", Needs: web.OnePerson(timesNeed, read, write), Handle: p.postTableAwayNot},
		{Method: "POST", Pattern: one + "/moten/kan-inte", Needs: web.OnePerson(timesNeed, read, write), Handle: p.postAway},
		{Method: "POST", Pattern: one + "/kontakt/kan-inte/{away}/last", Needs: web.OnePerson(contactNeed, read, write), Handle: p.postAwayRead},
	}
}

func (p *Pages) postTableAway(r *web.Request) (web.Answer, error) {
	return p.tableAway(r, func(who id.Person, k away.Key) error {
		e, err := acts.ReadAway(r)
		if err == nil {
			err = p.Away.Tell(r.Context(), r.Actor, who, k, e, false)
		}
		return err
	})
}

func (p *Pages) postTableAwayNot(r *web.Request) (web.Answer, error) {
	return p.tableAway(r, func(who id.Person, k away.Key) error { return p.Away.Untell(r.Context(), r.Actor, who, k) })
}

func (p *Pages) tableAway(r *web.Request, change func(id.Person, away.Key) error) (web.Answer, error) {
	who, err := r.Person()
	if err != nil {
		return web.Answer{}, err
	}
	k, err := acts.AwayKey(r)
	if err != nil {
		return web.Answer{}, err
	}
	err = change(who, k)
	faults := fault.Fields(err)
	if faults == nil {
		return web.Saved(tablePath(r, who, "/tider"), "table.saved"), err
	}
	page, err := p.tableTimes(r)
	page.Away = page.Away.AgainAway(r, k, faults)
	page.Failed, page.Faults = true, faults
	return web.Again(tableTimesView(page)), err
}

// postAway types in what somebody has written on a form, or said on the telephone, of one of their times.
func (p *Pages) postAway(r *web.Request) (web.Answer, error) {
	who, err := r.Person()
	if err != nil {
		return web.Answer{}, err
	}
	k, err := away.ParseKey(r.Form.Raw("time"))
	if err != nil {
		return web.Answer{}, err
	}
	e, err := acts.ReadAway(r)
	if err == nil {
		err = p.Away.Tell(r.Context(), r.Actor, who, k, e, r.Form.Bool("paper"))
	}
	faults := fault.Fields(err)
	if faults == nil {
		return web.Saved(personPath(who, "/tider"), "away.saved"), err
	}
	page, err := p.timesPage(r)
	page.Failed, page.Faults, page.Typed = true, faults, r.Form
	return web.Again(timesView(page)), err
}

// postAwayRead says that what somebody has told of not coming is read.
func (p *Pages) postAwayRead(r *web.Request) (web.Answer, error) {
	who, err := r.Person()
	if err != nil {
		return web.Answer{}, err
	}
	var k away.ID
	if err := pathID(r, "away", &k); err != nil {
		return web.Answer{}, err
	}
	if err := p.Away.Read(r.Context(), r.Actor, who, k, r.Form.Version()); err != nil {
		return p.contactAgain(r, err, func(*contactPage) {})
	}
	return web.Saved(personPath(who, "/kontakt"), "away.read.saved"), nil
}

// awayOptions are the times that one can type in something about, the next one first.
func (p timesPage) awayOptions() (list []ui.Option) {
	coming, been := away.Coming(p.Away, p.Today)
	for _, t := range slices.Concat(coming, been) {
		list = append(list, ui.Option{Value: t.Key.String(), Text: p.L.List(p.L.T("away.kind."+string(t.Kind)), acts.AwayWhen(p.L, t.On, t.At, t.Until))})
	}
	return list
}

func (p timesPage) awayField(name, label string) ui.Field {
	f := ui.Field{Name: name, Label: p.L.T(label), Error: ui.Fault(p.L, p.Faults, name)}
	if p.Typed != nil {
		f.Value = p.Typed.Raw(name)
	}
	return f
}

// awayTicked tells whether a box was ticked in what could not be saved.
func (p timesPage) awayTicked(name string) bool { return p.Typed != nil && p.Typed.Bool(name) }

// awayTitle is which time somebody has told of.
func (p contactPage) awayTitle(t away.Told) string {
	return p.L.List(p.L.T("away.kind."+string(t.Kind)), acts.AwayWhen(p.L, t.On, t.Begins, ""))
}

// awayMove is where another time is agreed on.
func (p contactPage) awayMove(t away.Told) string {
	switch t.Kind {
	case away.Talk:
		return p.path("?flytta=" + contact.AppointmentID(t.Ref).String())
	case away.First:
		return personPath(p.Who, "/egen-start")
	case away.Start:
		return startHref(intake.StartID(t.Ref))
	default:
		return personPath(p.Who, "/praktik")
	}
}

// awayLines are what somebody has told of not coming. What is today or tomorrow comes first: somebody may wait for them in vain.
func (m *morning) awayLines(r *web.Request) (list []todo) {
	for _, x := range m.aways {
		do := r.L.T("comment.today.read")
		list = append(list, todo{since: x.Word.At.Date(), first: x.On >= r.Actor.Today() && x.On <= r.Actor.Today().Add(1), line: line(x.Person, x.Name, r.L.T("away.today."+string(x.Kind), acts.AwayWhen(r.L, x.On, x.Begins, "")), "",
			ui.Button{Text: do, Href: personPath(x.Person, "/kontakt") + "#kan-inte", Variant: "secondary", Size: "sm", Label: r.L.List(do, x.Name)})})
	}
	return list
}
