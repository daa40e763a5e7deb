package staff

import (
	"context"
	"slices"

	"github.com/a-h/templ"

	"sluss/internal/access"
	"sluss/internal/attendance"
	"sluss/internal/clock"
	"sluss/internal/contact"
	"sluss/internal/org"
	"sluss/internal/place"
	"sluss/internal/schedule"
	"sluss/internal/store"
	"sluss/internal/web"
	"sluss/internal/web/ui"
)

// rollBack is how many days Today asks for who was here; after that the schedule does.
const rollBack = 14

// attended is what Today reads of who was here.
type attended struct {
	unmarked []schedule.Occasion // that the actor led
	unheard  []attendance.Unheard
	offers   []place.Waiting // to the actor's own, not answered
}

func (m *attended) read(ctx context.Context, tx *store.Tx, actor *access.Actor, s org.Settings) (err error) {
	span := clock.Span{From: actor.Today().Add(-rollBack), To: actor.Today().Add(1)}
	lists, err := attendance.Lists(ctx, tx, actor, span)
	if err != nil {
		return err
	}
	m.unmarked = nil
	if len(lists) > 0 {
		if m.unmarked, err = schedule.Occasions(ctx, tx, actor, span); err != nil {
			return err
		}
	}
	m.unmarked = slices.DeleteFunc(m.unmarked, func(o schedule.Occasion) bool {
		done, expected := lists[o.ID]
		return !expected || done || !slices.Contains(o.Leaders, actor.Post()) || !attendance.List{Occasion: o}.Begun(actor.Now())
	})
	if actor.Role() == access.Coach {
		if m.offers, err = place.OffersOf(ctx, tx, actor, most); err != nil {
			return err
		}
		m.unheard, err = attendance.OfCoach(ctx, tx, actor, s.AwayDays)
	}
	return err
}

// rollLines ask who was at the occasions that the actor has led.
func (m *morning) rollLines(r *web.Request) (list []todo) {
	for i, o := range m.unmarked {
		if i == most {
			break
		}
		name := m.activities[o.Activity].In(r.L.Tag).Name
		list = append(list, todo{since: o.On, line: ui.Line{Who: ui.Link{Text: name, Href: occasionHref(o.ID)}, What: r.L.T("attendance.today.who", r.L.Day(o.On), r.L.Time(o.At)),
			Do: []templ.Component{ui.Button{Text: r.L.T("attendance.today.do"), Href: occasionHref(o.ID) + "#narvaro", Variant: "secondary", Size: "sm", Label: r.L.List(r.L.T("attendance.today.do"), name, r.L.Short(o.On))}}}})
	}
	return list
}

// unheardLines ask a coach to find out how somebody is who has been away without a word, in the way that person wants to be
// reached. One who is on another line already, since nobody has met them for long, is not asked about twice.
func (m *morning) unheardLines(r *web.Request) (list []todo) {
	for _, u := range m.unheard {
		if len(list) == most || slices.ContainsFunc(m.silent, func(q contact.Quiet) bool { return q.Person == u.Person }) {
			continue
		}
		list = append(list, todo{after: true, since: u.Since.Add(m.settings.AwayDays), line: line(u.Person, u.Name, r.L.T("attendance.today.unheard", u.Since), reachText(r, u.Contact),
			ui.Button{Text: r.L.T("start.howareyou"), Icon: "phone", Href: personPath(u.Person, "/kontakt"), Variant: "secondary", Size: "sm", Label: r.L.T("start.howareyou") + " " + u.Name})})
	}
	return list
}
