package own

import (
	"sluss/internal/access"
	"sluss/internal/feed"
	"sluss/internal/i18n"
	"sluss/internal/store"
	"sluss/internal/web"
	"sluss/internal/web/calendar"
	"sluss/internal/web/ui"
)

// calendarPage is how the person reads their times in a calendar of their own.
type calendarPage struct {
	ui.Page
	Box calendar.Box
}

func (p *Pages) calendarPage(r *web.Request) (page calendarPage, err error) {
	me, err := p.own(r, func(tx *store.Tx, _ access.Access) (err error) {
		page.Box, err = calendar.Read(r, tx, calendar.Own)
		return err
	})
	page.Page = p.page(r, me, "feed.title")
	return page, err
}

func (p *Pages) getCalendar(r *web.Request) (web.Answer, error) {
	page, err := p.calendarPage(r)
	return web.Show(calendarView(page)).Refresh(r.Rest()), err
}

// postCalendar makes the address, or a new one, and shows it this once.
func (p *Pages) postCalendar(r *web.Request) (web.Answer, error) {
	token, err := p.Signin.RenewFeed(r.Context(), r.Actor)
	if err != nil {
		return web.Answer{}, err
	}
	page, err := p.calendarPage(r)
	page.Box.Address = calendar.Address(p.Signin, token)
	return web.Show(calendarView(page)).Refresh(r.Rest()), err
}

func (p *Pages) postCalendarEnd(r *web.Request) (web.Answer, error) {
	return web.Saved(calendar.Own, "feed.closed"), p.Signin.CloseFeed(r.Context(), r.Actor)
}

// getFeed gives the times of the owner of an address to a calendar program, in Swedish: nobody has said another language.
func (p *Pages) getFeed(r *web.Request) (web.Answer, error) {
	l := i18n.Get("sv")
	var events []feed.Event
	err := p.Store.Read(r.Context(), func(tx *store.Tx) (err error) {
		events, err = feed.Of(r.Context(), tx, r.Actor, calendar.Titles(l), l.Tag)
		return err
	})
	if err != nil {
		return web.Answer{}, err
	}
	return web.Data("text/calendar; charset=utf-8", feed.Calendar(l.T("feed.name"), r.Actor.Now(), events)), nil
}
