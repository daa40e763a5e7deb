package staff

import (
	"errors"
	"strings"

	"sluss/internal/access"
	"sluss/internal/attendance"
	"sluss/internal/fault"
	"sluss/internal/id"
	"sluss/internal/myplace"
	"sluss/internal/schedule"
	"sluss/internal/store"
	"sluss/internal/web"
	"sluss/internal/web/calendar"
	"sluss/internal/web/ui"
)

// rollNeed is what the page of an occasion tells of those who come to it.
const rollNeed = attendance.Shown | myplace.LeaderNeed

// attendanceRoutes are the routes of who was here, and of the worker's own calendar.
func (p *Pages) attendanceRoutes() []web.Route {
	read, write := access.Read, access.Write
	occasion, times := schedules+"/tillfalle/{occasion}", "/arbete/person/{person}/tider"
	return []web.Route{
		{Method: "GET", Pattern: calendar.Staff, Needs: web.NoPerson(), Handle: p.getCalendar},
		{Method: "POST", Pattern: calendar.Staff + "/ny", Needs: web.NoPerson(), Handle: p.postCalendar},
		{Method: "POST", Pattern: calendar.Staff + "/stang", Needs: web.NoPerson(), Handle: p.postCalendarEnd},
		{Method: "POST", Pattern: occasion + "/narvaro", Needs: web.ManyPeople(rollNeed, read, write), Handle: p.postRoll},
		{Method: "POST", Pattern: occasion + "/narvaro/angra", Needs: web.ManyPeople(rollNeed, read, write), Handle: p.postUndoRoll},
		{Method: "GET", Pattern: occasion + "/narvarolista", Needs: web.ManyPeople(rollNeed, read), Handle: p.getRollPaper},
		{Method: "GET", Pattern: times, Needs: web.OnePerson(timesNeed, read), Handle: p.getTimes},
		{Method: "GET", Pattern: times + "/{occasion}", Needs: web.OnePerson(timesNeed, read), Handle: p.getTime},
		{Method: "POST", Pattern: times + "/{occasion}", Needs: web.OnePerson(timesNeed, read, write), Handle: p.postTime},
		{Method: "POST", Pattern: times + "/{occasion}/kommer-inte", Needs: web.OnePerson(timesNeed, read, write), Handle: p.postTell},
		{Method: "POST", Pattern: times + "/{occasion}/kommer", Needs: web.OnePerson(timesNeed, read, write), Handle: p.postUntell},
	}
}

// roll is who is expected at an occasion and who was there.
type roll struct {
	Expects bool // the reader leads it or plans, and sees who is expected
	Marks   bool // it has begun and was not called off: who was here can be marked
	Roll    attendance.List
	Told    map[id.Person][]myplace.Told // for who leads it: what they need to know
	Typed   *web.Form                    // marks that could not be saved
}

// expect reads who is expected at the occasion of a page, for whoever leads it or plans.
func (p *Pages) expect(r *web.Request, page *occasionPage) error {
	if !page.MayPlan {
		return nil
	}
	page.Expects = true
	page.Marks = page.State == schedule.Planned && attendance.List{Occasion: page.Occasion}.Begun(r.Actor.Now())
	return p.Org.Store.Read(r.Context(), func(tx *store.Tx) (err error) {
		if page.Roll, err = attendance.Of(r.Context(), tx, r.Actor, page.Occasion); err != nil {
			return err
		}
		page.Told, err = myplace.ForLeader(r.Context(), tx, r.Actor, page.Occasion)
		return err
	})
}

// rollField is the name of the field of somebody's mark.
func rollField(who id.Person) string { return "mark-" + who.String() }

// readRoll reads the marks of a form, by person. Missing when one is nobody's.
func readRoll(f *web.Form) (map[id.Person]attendance.Mark, error) {
	marks := map[id.Person]attendance.Mark{}
	for _, k := range strings.Fields(f.Raw("who")) {
		var who id.Person
		if who.UnmarshalText([]byte(k)) != nil {
			return nil, fault.Missing
		}
		marks[who] = attendance.Mark(f.Raw(rollField(who)))
	}
	return marks, nil
}

func (p *Pages) postRoll(r *web.Request) (web.Answer, error) {
	return p.changeRoll(r, "attendance.saved", func(k schedule.OccasionID) error {
		marks, err := readRoll(r.Form)
		if err != nil {
			return err
		}
		return p.Attendance.Take(r.Context(), r.Actor, k, r.Form.Version(), marks)
	})
}

func (p *Pages) postUndoRoll(r *web.Request) (web.Answer, error) {
	return p.changeRoll(r, "attendance.undone", func(k schedule.OccasionID) error {
		return p.Attendance.Undo(r.Context(), r.Actor, k, r.Form.Version())
	})
}

// changeRoll changes who was here, or shows what somebody else has marked meanwhile.
func (p *Pages) changeRoll(r *web.Request, saved string, change func(schedule.OccasionID) error) (web.Answer, error) {
	var k schedule.OccasionID
	if err := pathID(r, "occasion", &k); err != nil {
		return web.Answer{}, err
	}
	err := change(k)
	if !errors.Is(err, fault.Stale) {
		return web.Saved(occasionHref(k), saved), err
	}
	page, err := p.occasion(r)
	if err == nil {
		err = p.expect(r, &page)
	}
	page.Failed, page.Typed = true, r.Form
	page.Faults = fault.Form{fault.Stale}
	return web.Differs(occasionView(page)), err
}

// rollPaperPage is the list made for paper, to be filled in by hand.
type rollPaperPage struct{ occasionPage }

func (p *Pages) getRollPaper(r *web.Request) (web.Answer, error) {
	page, err := p.occasion(r)
	if err == nil {
		err = p.expect(r, &page)
	}
	if err == nil && !page.Expects {
		err = fault.Missing
	}
	page.Class, page.Stamp = "paper", r.L.Date(r.Actor.Today())
	return web.Show(rollPaper(rollPaperPage{page})), err
}

// markOptions are the facts that can be marked.
func markOptions(p ui.Page) []ui.Option {
	var list []ui.Option
	for _, m := range attendance.Marks {
		list = append(list, ui.Option{Value: string(m), Text: p.L.T("attendance.mark." + string(m))})
	}
	return list
}

// mark is the field of one who is expected, with what is usual or was typed.
func (p occasionPage) mark(g attendance.Guest) ui.Field {
	f := ui.Field{Name: rollField(g.Person), Label: p.named(g), Value: string(g.Usual()), Good: p.about(g)}
	if p.Typed != nil && p.Typed.Raw(f.Name) != "" {
		f.Value = p.Typed.Raw(f.Name)
	}
	return f
}

// named is the name of one on the list; of two with the same name, when each was born.
func (p occasionPage) named(g attendance.Guest) string {
	for _, x := range p.Roll.Guests {
		if x.Name == g.Name && x.Person != g.Person {
			return p.L.List(g.Name, born(p.L, g.Born))
		}
	}
	return g.Name
}

// about tells what one should know of somebody's mark: that they rest, have been in touch, or that it was put right.
func (p occasionPage) about(g attendance.Guest) string {
	var parts []string
	if g.Resting {
		parts = append(parts, p.L.T("place.resting"))
	}
	switch {
	case g.Told == 0:
	case g.Ahead:
		parts = append(parts, p.L.T("attendance.told.ahead", g.Told.Date()))
	default:
		parts = append(parts, p.L.T("attendance.told.after", g.Told.Date()))
	}
	return p.L.List(parts...)
}

// righted are those whose mark has been changed since it was first made.
func (p occasionPage) righted() (list []attendance.Guest) {
	for _, g := range p.Roll.Guests {
		if g.Version > 1 {
			list = append(list, g)
		}
	}
	return list
}

// who are all on the list, as the form carries them.
func (p occasionPage) who() string {
	words := make([]string, len(p.Roll.Guests))
	for i, g := range p.Roll.Guests {
		words[i] = g.Person.String()
	}
	return strings.Join(words, " ")
}

// unheard are those who were away without a word, to ask how they are.
func (p occasionPage) unheard() (list []attendance.Guest) {
	for _, g := range p.Roll.Guests {
		if g.Mark == attendance.Untold && g.Told == 0 {
			list = append(list, g)
		}
	}
	return list
}

// markText is a fact in words.
func markText(p ui.Page, m attendance.Mark) string {
	if m == attendance.Unmarked {
		return p.L.T("attendance.mark.none")
	}
	return p.L.T("attendance.mark." + string(m))
}
