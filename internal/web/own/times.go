package own

import (
	"errors"

	"sluss/internal/access"
	"sluss/internal/attendance"
	"sluss/internal/away"
	"sluss/internal/fault"
	"sluss/internal/org"
	"sluss/internal/remind"
	"sluss/internal/schedule"
	"sluss/internal/store"
	"sluss/internal/web"
	"sluss/internal/web/acts"
	"sluss/internal/web/ui"
)

const (
	times     = "/min/tider"
	reminders = "/min/paminnelser"
	meetings  = "/min/moten"
)

// timesRoutes are the routes of the person's own times.
func (p *Pages) timesRoutes() []web.Route {
	read, write := access.Read, access.Write
	return []web.Route{
		{Method: "GET", Pattern: times, Needs: web.Themself(access.OwnView, read), Handle: p.getTimes},
		{Method: "POST", Pattern: reminders, Needs: web.Themself(access.OwnView, read, write), Handle: p.postReminders},
		{Method: "POST", Pattern: times + "/{occasion}/kan-inte", Needs: web.Themself(access.OwnView, read, write), Handle: p.postCannot},
		{Method: "POST", Pattern: times + "/{occasion}/kan", Needs: web.Themself(access.OwnView, read, write), Handle: p.postCan},
		{Method: "POST", Pattern: meetings + "/{time}/kan-inte", Needs: web.Themself(access.OwnView, read, write), Handle: p.postAway},
		{Method: "POST", Pattern: meetings + "/{time}/kan", Needs: web.Themself(access.OwnView, read, write), Handle: p.postAwayNot},
	}
}

// timesPage is the person's times, and when they are reminded of them.
type timesPage struct {
	acts.Times
	Remind remind.Mine
	Away   acts.Aways // what is not in activities
}

func (p *Pages) timesPage(r *web.Request) (page timesPage, err error) {
	var closed []org.Closed
	me, err := p.own(r, func(tx *store.Tx, a access.Access) (err error) {
		if page.View, err = attendance.Mine(r.Context(), tx, r.Actor, a); err != nil {
			return err
		}
		if page.Away.List, err = away.Times(r.Context(), tx, r.Actor, a); err != nil {
			return err
		}
		if closed, err = org.ClosedFrom(r.Context(), tx, r.Actor.Area(), r.Actor.Unit(), r.Actor.Today()); err != nil {
			return err
		}
		page.Remind, err = remind.Of(r.Context(), tx, r.Actor, a)
		return err
	})
	page.Page, page.At, page.Names = p.page(r, me, "attendance.own.title"), under(times), me.names
	page.Away.Page, page.Away.At, page.Away.Other, page.Away.Names, page.Away.House = page.Page, under(meetings), proposed, me.names, me.unit
	page.Sort(r.Actor.Now())
	page.Away.Now(r.Actor.Now())
	if len(page.View.Times)+len(page.Away.List) > 0 {
		page.Close(closed)
	}
	return page, err
}

func (p *Pages) getTimes(r *web.Request) (web.Answer, error) {
	page, err := p.timesPage(r)
	return web.Show(timesView(page)).Refresh(r.Rest()), err
}

// postCannot writes that the person does not come, or did not.
func (p *Pages) postCannot(r *web.Request) (web.Answer, error) {
	return p.changeTime(r, "attendance.own.told", func(k schedule.OccasionID) error {
		e, err := acts.ReadExcuse(r)
		if err == nil {
			err = p.Attendance.TellOwn(r.Context(), r.Actor, k, e)
		}
		return err
	})
}

func (p *Pages) postCan(r *web.Request) (web.Answer, error) {
	return p.changeTime(r, "attendance.own.untold", func(k schedule.OccasionID) error {
		err := p.Attendance.UntellOwn(r.Context(), r.Actor, k)
		if errors.Is(err, fault.Stale) {
			return nil // it was taken back already
		}
		return err
	})
}

func (p *Pages) changeTime(r *web.Request, saved string, change func(schedule.OccasionID) error) (web.Answer, error) {
	k, err := acts.OccasionID(r)
	if err != nil {
		return web.Answer{}, err
	}
	err = change(k)
	faults := fault.Fields(err)
	if faults == nil {
		return web.Saved(times, saved), err
	}
	page, err := p.timesPage(r)
	page.Times = page.Again(r, k, faults)
	return web.Again(timesView(page)), err
}

// postAway writes that the person does not come to what is not in an activity, or did not.
func (p *Pages) postAway(r *web.Request) (web.Answer, error) {
	return p.changeAway(r, "attendance.own.told", func(k away.Key) error {
		e, err := acts.ReadAway(r)
		if err == nil {
			err = p.Away.TellOwn(r.Context(), r.Actor, k, e)
		}
		return err
	})
}

func (p *Pages) postAwayNot(r *web.Request) (web.Answer, error) {
	return p.changeAway(r, "attendance.own.untold", func(k away.Key) error {
		err := p.Away.UntellOwn(r.Context(), r.Actor, k)
		if errors.Is(err, fault.Stale) {
			return nil // it was taken back already
		}
		return err
	})
}

func (p *Pages) changeAway(r *web.Request, saved string, change func(away.Key) error) (web.Answer, error) {
	k, err := acts.AwayKey(r)
	if err != nil {
		return web.Answer{}, err
	}
	err = change(k)
	faults := fault.Fields(err)
	if faults == nil {
		return web.Saved(times+"#"+acts.Anchor(k), saved), err
	}
	page, err := p.timesPage(r)
	page.Away = page.Away.AgainAway(r, k, faults)
	page.Failed, page.Faults = true, faults
	return web.Again(timesView(page)), err
}

// postReminders writes when the person wants to be reminded.
func (p *Pages) postReminders(r *web.Request) (web.Answer, error) {
	err := p.Remind.ChooseOwn(r.Context(), r.Actor, r.Form.Version(), r.Form.Raw("remind"))
	faults, stale := fault.Fields(err), errors.Is(err, fault.Stale)
	if faults == nil && !stale {
		return web.Saved(times+"#paminnelser", "remind.saved"), err
	}
	page, err := p.timesPage(r)
	page.Failed, page.Faults = true, faults
	if stale {
		page.Faults = fault.Form{fault.Stale}
		return web.Differs(timesView(page)), err
	}
	return web.Again(timesView(page)), err
}

// remindOptions are when one can be reminded.
func (p timesPage) remindOptions() (list []ui.Option) {
	for _, c := range org.Reminders {
		list = append(list, ui.Option{Value: c, Text: p.L.T("remind.choice." + c)})
	}
	return list
}
