package staff

import (
	"sluss/internal/access"
	"sluss/internal/fault"
	"sluss/internal/id"
	"sluss/internal/schedule"
	"sluss/internal/web"
	"sluss/internal/web/acts"
)

// tableTimesRoutes are where the person says at the table that they do not come.
func (p *Pages) tableTimesRoutes() []web.Route {
	read, write := access.Read, access.Write
	times := "/arbete/person/{person}/bordet/tider"
	return []web.Route{
		{Method: "GET", Pattern: times, Needs: web.OnePerson(timesNeed, read), Handle: p.getTableTimes},
		{Method: "POST", Pattern: times + "/{occasion}/kan-inte", Needs: web.OnePerson(timesNeed, read, write), Handle: p.postTableCannot},
		{Method: "POST", Pattern: times + "/{occasion}/kan", Needs: web.OnePerson(timesNeed, read, write), Handle: p.postTableCan},
	}
}

// tableTimes is a person's times at the table.
type tableTimes struct {
	acts.Times
	Away acts.Aways // what is not in activities
	Back string
}

func (p *Pages) tableTimes(r *web.Request) (page tableTimes, err error) {
	who, err := r.Person()
	if err != nil {
		return page, err
	}
	if page.Names, err = p.names(r); err != nil {
		return page, err
	}
	page.View, err = p.Attendance.Open(r.Context(), r.Actor, who)
	page.Page, page.At, page.Back = r.Page("attendance.own.title"), joint(r, who, "/tider"), tablePath(r, who, "")
	page.Sort(r.Actor.Now())
	if err != nil {
		return page, err
	}
	page.Away.Page, page.Away.At, page.Away.Other, page.Away.Names = page.Page, joint(r, who, "/moten"), func(string) string { return tablePath(r, who, "/forslag") }, page.Names
	for _, u := range page.Names.Units {
		if u.ID == r.Actor.Unit() {
			page.Away.House = u
		}
	}
	page.Away.Now(r.Actor.Now())
	page.Away.List, err = p.Away.Open(r.Context(), r.Actor, who)
	return page, err
}

func (p *Pages) getTableTimes(r *web.Request) (web.Answer, error) {
	page, err := p.tableTimes(r)
	return web.Show(tableTimesView(page)), err
}

func (p *Pages) postTableCannot(r *web.Request) (web.Answer, error) {
	return p.tell(r, func(who id.Person, k schedule.OccasionID) error {
		e, err := acts.ReadExcuse(r)
		if err == nil {
			err = p.Attendance.Tell(r.Context(), r.Actor, who, k, e)
		}
		return err
	})
}

func (p *Pages) postTableCan(r *web.Request) (web.Answer, error) {
	return p.tell(r, func(who id.Person, k schedule.OccasionID) error {
		return p.Attendance.Untell(r.Context(), r.Actor, who, k)
	})
}

func (p *Pages) tell(r *web.Request, change func(id.Person, schedule.OccasionID) error) (web.Answer, error) {
	who, err := r.Person()
	if err != nil {
		return web.Answer{}, err
	}
	k, err := acts.OccasionID(r)
	if err != nil {
		return web.Answer{}, err
	}
	err = change(who, k)
	faults := fault.Fields(err)
	if faults == nil {
		return web.Saved(tablePath(r, who, "/tider"), "table.saved"), err
	}
	page, err := p.tableTimes(r)
	page.Times = page.Again(r, k, faults)
	return web.Again(tableTimesView(page)), err
}
