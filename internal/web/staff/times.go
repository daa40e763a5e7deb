package staff

import (
	"errors"

	"sluss/internal/activity"
	"sluss/internal/attendance"
	"sluss/internal/away"
	"sluss/internal/clock"
	"sluss/internal/fault"
	"sluss/internal/i18n"
	"sluss/internal/id"
	"sluss/internal/org"
	"sluss/internal/schedule"
	"sluss/internal/web"
	"sluss/internal/web/ui"
)

// timesPage is when somebody is expected in activities, and how it has been.
type timesPage struct {
	ui.Page
	attendance.View
	Who     id.Person
	Names   org.Names
	Sum     attendance.Sum
	Coming  []attendance.Time // the nearest first
	Been    []attendance.Time // the latest first
	One     attendance.Time   // of the page about one time
	Begun   bool
	Today   clock.Date
	History []attendance.Correction
	Differs bool
	Away    []away.Time // that are not in activities
	Typed   *web.Form   // of one of those, that could not be saved
	Faults  fault.Form
}

func (p *Pages) timesPage(r *web.Request) (page timesPage, err error) {
	if page.Who, err = r.Person(); err != nil {
		return page, err
	}
	if page.Names, err = p.names(r); err != nil {
		return page, err
	}
	if page.View, err = p.Attendance.Open(r.Context(), r.Actor, page.Who); err != nil {
		return page, err
	}
	if page.Away, err = p.Away.Open(r.Context(), r.Actor, page.Who); err != nil {
		return page, err
	}
	page.Page = r.Titled(r.L.T("attendance.times.of", page.Person.Name()))
	now := r.Actor.Now()
	for _, t := range page.Times {
		if t.Begun(now) {
			page.Been = append([]attendance.Time{t}, page.Been...)
		} else {
			page.Coming = append(page.Coming, t)
		}
	}
	page.Today, page.Sum = r.Actor.Today(), attendance.Add(page.Times, now)
	return page, nil
}

func (p *Pages) getTimes(r *web.Request) (web.Answer, error) {
	page, err := p.timesPage(r)
	return web.Show(timesView(page)), err
}

// timePage is timesPage for the one time in the address.
func (p *Pages) timePage(r *web.Request) (timesPage, error) {
	var k schedule.OccasionID
	if err := pathID(r, "occasion", &k); err != nil {
		return timesPage{}, err
	}
	page, err := p.timesPage(r)
	if err != nil {
		return page, err
	}
	one := page.Get(k)
	if one == nil {
		return page, fault.Missing
	}
	page.One, page.Begun = *one, one.Begun(r.Actor.Now())
	page.Page = r.Titled(page.name(page.One.Activity))
	page.History, err = p.Attendance.History(r.Context(), r.Actor, page.Who, k)
	return page, err
}

func (p *Pages) getTime(r *web.Request) (web.Answer, error) {
	page, err := p.timePage(r)
	return web.Show(timeView(page)), err
}

func (p *Pages) postTime(r *web.Request) (web.Answer, error) {
	return p.changeTime(r, "attendance.saved", func(who id.Person, k schedule.OccasionID) error {
		return p.Attendance.Put(r.Context(), r.Actor, who, k, r.Form.Version(), attendance.Mark(r.Form.Raw("mark")))
	})
}

func (p *Pages) postTell(r *web.Request) (web.Answer, error) {
	e := attendance.Excuse{Ill: r.Form.Bool("ill"), Why: r.Form.Text("why")}
	return p.changeTime(r, "attendance.told.saved", func(who id.Person, k schedule.OccasionID) error {
		if r.Form.Bool("paper") {
			return p.Attendance.TellOnPaper(r.Context(), r.Actor, who, k, e)
		}
		return p.Attendance.Tell(r.Context(), r.Actor, who, k, e)
	})
}

func (p *Pages) postUntell(r *web.Request) (web.Answer, error) {
	return p.changeTime(r, "attendance.untold.saved", func(who id.Person, k schedule.OccasionID) error {
		return p.Attendance.Untell(r.Context(), r.Actor, who, k)
	})
}

// changeTime changes what is known of one time, or shows its page again: with what is wrong, or what it has become.
func (p *Pages) changeTime(r *web.Request, saved string, change func(id.Person, schedule.OccasionID) error) (web.Answer, error) {
	who, err := r.Person()
	if err != nil {
		return web.Answer{}, err
	}
	var k schedule.OccasionID
	if err := pathID(r, "occasion", &k); err != nil {
		return web.Answer{}, err
	}
	if err = r.Form.Faults.Err(); err == nil {
		err = change(who, k)
	}
	faults, stale := fault.Fields(err), errors.Is(err, fault.Stale)
	if faults == nil && !stale {
		return web.Saved(personPath(who, "/tider"), saved), err
	}
	page, err := p.timePage(r)
	if err != nil {
		return web.Answer{}, err
	}
	page.Faults, page.Failed, page.Differs = faults, true, stale
	if stale {
		page.Faults = fault.Form{fault.Stale}
		return web.Differs(timeView(page)), nil
	}
	return web.Again(timeView(page)), nil
}

func (p timesPage) href(k schedule.OccasionID) string {
	return personPath(p.Who, "/tider/"+k.String())
}

func (p timesPage) name(a activity.ID) string { return p.Types[a].In(p.L.Tag).Name }

// when is the day and the time of one of the times.
func (p timesPage) when(t attendance.Time) string {
	return p.L.List(i18n.Capital(p.L.Day(t.On)), p.L.Times(t.At, t.Until))
}

// sum tells how it has been, in numbers.
func (p timesPage) sums() []ui.Fact {
	list := []ui.Fact{{Term: p.L.T("attendance.sum.expected"), Text: p.L.Number(p.Sum.Expected)}}
	for _, m := range append(attendance.Marks, attendance.Unmarked) {
		if n := p.Sum.Of[m]; n > 0 {
			list = append(list, ui.Fact{Term: markText(p.Page, m), Text: p.L.Number(n)})
		}
	}
	return list
}

// word tells that somebody has been in touch, and to their coach why.
func (p timesPage) word(w *attendance.Word) string {
	key := "attendance.told.after"
	if w.Ahead {
		key = "attendance.told.ahead"
	}
	text := p.L.T(key, w.At.Date())
	if p.Coach && w.Ill {
		text = p.L.List(text, p.L.T("attendance.ill"))
	}
	if w.Paper {
		text = p.L.List(text, p.L.T("plan.how.paper"))
	}
	return text
}

func (p timesPage) mark() ui.Field {
	return ui.Field{Name: "mark", Label: p.L.T("attendance.mark"), Value: string(p.One.Mark), Error: ui.Fault(p.L, p.Faults, "mark")}
}
