package staff

import (
	"errors"
	"strconv"
	"time"

	"sluss/internal/access"
	"sluss/internal/activity"
	"sluss/internal/clock"
	"sluss/internal/fault"
	"sluss/internal/i18n"
	"sluss/internal/id"
	"sluss/internal/org"
	"sluss/internal/schedule"
	"sluss/internal/store"
	"sluss/internal/web"
	"sluss/internal/web/ui"
)

const working = schedules + "/tider"

// hoursPage is when one colleague is there.
type hoursPage struct {
	ui.Page
	Post   org.Post
	Others []org.Post // colleagues whose hours the reader may set
	F      map[string]string
	V      int       // the version of what is said
	Stored []ui.Fact // what it has become, when somebody else has changed it
	Faults fault.Form
}

func (p *Pages) getHours(r *web.Request) (web.Answer, error) {
	page, err := p.hours(r)
	return web.Show(hoursView(page)), err
}

// hoursPost is whose hours the address or the form names; one's own without.
func hoursPost(r *web.Request) id.Post {
	v := r.URL.Query().Get("vem")
	if r.Form != nil {
		v = r.Form.Raw("vem")
	}
	if v == "" {
		return r.Actor.Post()
	}
	var p id.Post
	_ = p.UnmarshalText([]byte(v)) // what is no id is nobody's
	return p
}

func (p *Pages) hours(r *web.Request) (page hoursPage, err error) {
	page = hoursPage{Page: r.Page("schedule.hours"), F: map[string]string{}}
	var set schedule.Hours
	err = p.Org.Store.Read(r.Context(), func(tx *store.Tx) error {
		if set, err = schedule.ReadHours(r.Context(), tx, r.Actor); err != nil {
			return err
		}
		page.Others, err = activity.Leading(r.Context(), tx, r.Actor)
		return err
	})
	who := hoursPost(r)
	for _, x := range page.Others {
		if x.ID == who {
			page.Post = x
		}
	}
	if err == nil && page.Post.ID == 0 {
		err = fault.Missing
	}
	if !mayEditHours(r.Actor) {
		page.Others = nil
	}
	page.V = set[who].Version
	for day := time.Monday; day <= time.Friday; day++ {
		s, end := set.Of(who, day), strconv.Itoa(int(day))
		page.F["at"+end], page.F["until"+end] = string(s.At), string(s.Until)
	}
	return page, err
}

// mayEditHours tells whether somebody may set a colleague's hours; their own anybody may.
func mayEditHours(a *access.Actor) bool {
	return a.Role() == access.Head || a.Role() == access.Coordinator
}

func (p *Pages) postHours(r *web.Request) (web.Answer, error) {
	who, week := hoursPost(r), map[time.Weekday]schedule.Span{}
	for day := time.Monday; day <= time.Friday; day++ {
		end := strconv.Itoa(int(day))
		week[day] = schedule.Span{At: r.Form.Time("at" + end), Until: r.Form.Time("until" + end)}
	}
	err := r.Form.Faults.Err()
	if err == nil {
		err = p.Schedule.SetHours(r.Context(), r.Actor, who, r.Form.Version(), week)
	}
	faults, stale := fault.Fields(err), errors.Is(err, fault.Stale)
	if faults == nil && !stale {
		return web.Saved(working+"?vem="+who.String(), "form.saved"), err
	}
	page, err := p.hours(r)
	if stale {
		page.Stored = page.facts()
	}
	for name := range page.F {
		page.F[name] = r.Form.Raw(name)
	}
	page.Faults, page.Failed = faults, true
	if stale {
		return web.Differs(hoursView(page)), err
	}
	return web.Again(hoursView(page)), err
}

// facts are when the colleague is there each day.
func (p hoursPage) facts() (list []ui.Fact) {
	for day := 1; day <= 5; day++ {
		end := strconv.Itoa(day)
		list = append(list, ui.Fact{Term: i18n.Capital(p.L.Weekday(day)), Text: p.L.Times(clock.LocalTime(p.F["at"+end]), clock.LocalTime(p.F["until"+end]))})
	}
	return list
}

func (p hoursPage) at(name string, day int) ui.Field {
	end := strconv.Itoa(day)
	return ui.Field{Name: name + end, Label: p.L.T("schedule.hours." + name), Value: p.F[name+end], Error: ui.Fault(p.L, p.Faults, name+end)}
}
