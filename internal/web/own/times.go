package own

import (
	"errors"

	"sluss/internal/access"
	"sluss/internal/attendance"
	"sluss/internal/clock"
	"sluss/internal/fault"
	"sluss/internal/org"
	"sluss/internal/remind"
	"sluss/internal/schedule"
	"sluss/internal/store"
	"sluss/internal/web"
	"sluss/internal/web/ui"
)

const (
	times     = "/min/tider"
	reminders = "/min/paminnelser"
)

// timesRoutes are the routes of the person's own times in activities.
func (p *Pages) timesRoutes() []web.Route {
	read, write := access.Read, access.Write
	return []web.Route{
		{Method: "GET", Pattern: times, Needs: web.Themself(access.OwnView, read), Handle: p.getTimes},
		{Method: "POST", Pattern: reminders, Needs: web.Themself(access.OwnView, read, write), Handle: p.postReminders},
		{Method: "POST", Pattern: times + "/{occasion}/kan-inte", Needs: web.Themself(access.OwnView, read, write), Handle: p.postCannot},
		{Method: "POST", Pattern: times + "/{occasion}/kan", Needs: web.Themself(access.OwnView, read, write), Handle: p.postCan},
	}
}

// timesPage is when the person is expected in activities, and how it has been.
type timesPage struct {
	ui.Page
	around
	attendance.View
	now    clock.Instant
	Coming []attendance.Time // the nearest first
	Been   []attendance.Time // the latest first
	Asked  schedule.OccasionID
	Why    string // as typed, of Asked
	Faults fault.Form
	Remind remind.Mine
}

func (p *Pages) timesPage(r *web.Request) (page timesPage, err error) {
	page.around, err = p.own(r, func(tx *store.Tx, a access.Access) (err error) {
		if page.View, err = attendance.Mine(r.Context(), tx, r.Actor, a); err != nil {
			return err
		}
		page.Remind, err = remind.Of(r.Context(), tx, r.Actor, a)
		return err
	})
	if err != nil {
		return page, err
	}
	page.Page = p.page(r, page.around, "attendance.own.title")
	now := r.Actor.Now()
	for _, t := range page.Times {
		if t.Begun(now) {
			page.Been = append([]attendance.Time{t}, page.Been...)
		} else {
			page.Coming = append(page.Coming, t)
		}
	}
	page.now = now
	return page, nil
}

func (p *Pages) getTimes(r *web.Request) (web.Answer, error) {
	page, err := p.timesPage(r)
	return web.Show(timesView(page)).Refresh(r.Rest()), err
}

// postCannot writes that the person does not come, or did not; why is theirs to say or not.
func (p *Pages) postCannot(r *web.Request) (web.Answer, error) {
	e := attendance.Excuse{Ill: r.Form.Bool("ill"), Why: r.Form.Text("why")}
	return p.changeTime(r, "attendance.own.told", func(k schedule.OccasionID) error {
		if err := r.Form.Faults.Err(); err != nil {
			return err
		}
		return p.Attendance.TellOwn(r.Context(), r.Actor, k, e)
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
	var k schedule.OccasionID
	if k.UnmarshalText([]byte(r.PathValue("occasion"))) != nil {
		return web.Answer{}, fault.Missing
	}
	err := change(k)
	faults := fault.Fields(err)
	if faults == nil {
		return web.Saved(times, saved), err
	}
	page, err := p.timesPage(r)
	page.Failed, page.Faults, page.Asked, page.Why = true, faults, k, r.Form.Raw("why")
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

func (p timesPage) name(t attendance.Time) string { return p.Types[t.Activity].In(p.L.Tag).Name }

// when is the day and the time.
func (p timesPage) when(t attendance.Time) string {
	return p.L.List(p.L.Day(t.On), p.L.Time(t.At)+"–"+p.L.Time(t.Until))
}

func (p timesPage) href(t attendance.Time) string { return times + "/" + t.ID.String() }

// field is a field of the form that says more about one of the times; several such forms stand on the page.
func (p timesPage) field(t attendance.Time, name string) ui.Field {
	f := ui.Field{Name: name, ID: name + "-" + t.ID.String()}
	if name == "why" && t.Word != nil {
		f.Value = t.Word.Why
	}
	if name == "ill" && t.Word != nil && t.Word.Ill {
		f.Values = []string{"yes"}
	}
	if t.ID == p.Asked {
		f.Error = ui.Fault(p.L, p.Faults, name)
		if name == "why" {
			f.Value = p.Why
		}
	}
	return f
}

// heard says when the person let know that they do not come, or that it was written down for them.
func (p timesPage) heard(w attendance.Word) string {
	if w.By == 0 {
		return p.L.T("attendance.own.word", w.At.Date())
	}
	return p.L.T("attendance.own.word.by", w.At.Date())
}

// telling tells whether the person can still say something about a time that has been.
func (p timesPage) telling(t attendance.Time) bool {
	return t.State == schedule.Planned && !t.Resting && t.Mark != attendance.Here && t.Tellable(p.now.Date())
}
