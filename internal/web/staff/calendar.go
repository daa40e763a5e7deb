package staff

import (
	"sluss/internal/store"
	"sluss/internal/web"
	"sluss/internal/web/calendar"
	"sluss/internal/web/ui"
)

// calendarPage is how a worker reads their times in a calendar of their own.
type calendarPage struct {
	ui.Page
	Box calendar.Box
}

func (p *Pages) calendarPage(r *web.Request) (page calendarPage, err error) {
	page.Page = r.Page("feed.title")
	err = p.Org.Store.Read(r.Context(), func(tx *store.Tx) (err error) {
		page.Box, err = calendar.Read(r, tx, calendar.Staff)
		return err
	})
	return page, err
}

func (p *Pages) getCalendar(r *web.Request) (web.Answer, error) {
	page, err := p.calendarPage(r)
	return web.Show(calendarView(page)), err
}

// postCalendar makes the address, or a new one, and shows it this once.
func (p *Pages) postCalendar(r *web.Request) (web.Answer, error) {
	token, err := p.Signin.RenewFeed(r.Context(), r.Actor)
	if err != nil {
		return web.Answer{}, err
	}
	page, err := p.calendarPage(r)
	page.Box.Address = calendar.Address(p.Signin, token)
	return web.Show(calendarView(page)), err
}

func (p *Pages) postCalendarEnd(r *web.Request) (web.Answer, error) {
	return web.Saved(calendar.Staff, "feed.closed"), p.Signin.CloseFeed(r.Context(), r.Actor)
}
