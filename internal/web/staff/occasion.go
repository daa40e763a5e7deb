package staff

import (
	"errors"
	"strconv"

	"sluss/internal/activity"
	"sluss/internal/clock"
	"sluss/internal/fault"
	"sluss/internal/i18n"
	"sluss/internal/org"
	"sluss/internal/schedule"
	"sluss/internal/store"
	"sluss/internal/web"
	"sluss/internal/web/ui"
)

// occasionPage is one occasion: when and where it is, and the forms that move it or call it off.
type occasionPage struct {
	ui.Page
	schedule.Occasion
	Run     schedule.Run
	Type    activity.Type
	Posts   []org.Post
	Names   org.Names
	Changes []schedule.Change
	MayPlan bool
	Today   clock.Date
	Change  bool // it can still be changed, by the reader
	F       map[string]string
	Leads   []string
	Clashes []string
	Put     string // where it was put down in the week, "" when it was not
	Stored  []ui.Fact
	Faults  fault.Form
	roll
}

func (p *Pages) getOccasion(r *web.Request) (web.Answer, error) {
	page, err := p.occasion(r)
	if err == nil {
		err = p.expect(r, &page)
	}
	if err == nil {
		err = p.put(r, &page)
	}
	return web.Show(occasionView(page)), err
}

func (p *Pages) occasion(r *web.Request) (page occasionPage, err error) {
	var k schedule.OccasionID
	if err := pathID(r, "occasion", &k); err != nil {
		return page, err
	}
	if page.Names, err = p.names(r); err != nil {
		return page, err
	}
	err = p.Org.Store.Read(r.Context(), func(tx *store.Tx) error { return page.load(r, tx, k) })
	if err != nil {
		return page, err
	}
	o := page.Occasion
	page.Page = r.Titled(page.Type.In(r.L.Tag).Name)
	page.MayPlan, page.Today = mayPlan(r.Actor), r.Actor.Today()
	page.Change = page.MayPlan && o.State == schedule.Planned && o.On >= r.Actor.Today()
	page.F = map[string]string{"on": string(o.On), "at": string(o.At), "until": string(o.Until), "room": strconv.FormatInt(o.Room, 10), "all": "one", "call": "one"}
	for _, x := range o.Leaders {
		page.Leads = append(page.Leads, x.String())
	}
	return page, nil
}

func (page *occasionPage) load(r *web.Request, tx *store.Tx, k schedule.OccasionID) (err error) {
	ctx, a := r.Context(), r.Actor
	if page.Occasion, err = schedule.Get(ctx, tx, a, k); err != nil {
		return err
	}
	if page.Run, err = schedule.GetRun(ctx, tx, a, page.Occasion.Run); err != nil {
		return err
	}
	if page.Type, err = activity.Get(ctx, tx, a, page.Activity); err != nil {
		return err
	}
	if page.Posts, err = activity.Leading(ctx, tx, a); err != nil {
		return err
	}
	page.Changes, err = schedule.Changes(ctx, tx, a, k)
	return err
}

func (p *Pages) postMoveOccasion(r *web.Request) (web.Answer, error) {
	f := r.Form
	m := schedule.Move{On: f.Date("on"), At: f.Time("at"), Until: f.Time("until"), Leaders: readPosts(f, "leaders"), All: f.Raw("all") == "all", Why: f.Text("why")}
	m.Room = readRoomID(f, "room")
	return p.changeOccasion(r, "schedule.moved", func(k schedule.OccasionID) error {
		return p.Schedule.Move(r.Context(), r.Actor, k, f.Version(), m)
	})
}

func (p *Pages) postCancelOccasion(r *web.Request) (web.Answer, error) {
	all, why := r.Form.Raw("call") == "all", r.Form.Text("offwhy")
	return p.changeOccasion(r, "schedule.cancelled", func(k schedule.OccasionID) error {
		return renamed(p.Schedule.Cancel(r.Context(), r.Actor, k, r.Form.Version(), all, why), map[string]string{"why": "offwhy"})
	})
}

// changeOccasion changes an occasion, or shows its page again: with what is wrong, what clashes, or what it has become.
func (p *Pages) changeOccasion(r *web.Request, saved string, change func(schedule.OccasionID) error) (web.Answer, error) {
	var k schedule.OccasionID
	if err := pathID(r, "occasion", &k); err != nil {
		return web.Answer{}, err
	}
	err := r.Form.Faults.Err()
	if err == nil {
		err = change(k)
	}
	var clashing *schedule.Clashing
	faults, stale := fault.Fields(err), errors.Is(err, fault.Stale)
	if faults == nil && !stale && !errors.As(err, &clashing) {
		return web.Saved(occasionHref(k), saved), err
	}
	page, err := p.occasion(r)
	if err != nil {
		return web.Answer{}, err
	}
	page.Stored = page.facts()
	for _, name := range []string{"on", "at", "until", "room", "all", "call", "why", "offwhy", "last"} {
		page.F[name] = r.Form.Raw(name)
	}
	page.Leads, page.Failed, page.Faults = r.Form.All("leaders"), true, faults
	switch {
	case clashing != nil:
		page.Stored, page.Faults = nil, fault.Form{fault.New(fault.Conflict, "schedule.clash")}
		page.Clashes, err = p.clashWords(r, clashing.Clashes)
		return web.Differs(occasionView(page)), err
	case stale:
		return web.Differs(occasionView(page)), nil
	default:
		page.Stored = nil
		return web.Again(occasionView(page)), nil
	}
}

// postExtendRun lets the occasion's run go on until another last day.
func (p *Pages) postExtendRun(r *web.Request) (web.Answer, error) {
	last := r.Form.Date("last")
	return p.changeOccasion(r, "schedule.extended", func(k schedule.OccasionID) error {
		page, err := p.occasion(r)
		if err != nil {
			return err
		}
		return p.Schedule.Extend(r.Context(), r.Actor, page.Run.ID, r.Form.Version(), last)
	})
}

// postShowRun chooses whether everybody reads of the occasion's run on the gateway's own page.
func (p *Pages) postShowRun(r *web.Request) (web.Answer, error) {
	shown, saved := r.Form.Raw("shown") == "yes", "schedule.hidden"
	if shown {
		saved = "schedule.shown"
	}
	return p.changeOccasion(r, saved, func(k schedule.OccasionID) error {
		page, err := p.occasion(r)
		if err != nil {
			return err
		}
		return p.Schedule.Show(r.Context(), r.Actor, page.Run.ID, r.Form.Version(), shown)
	})
}

// facts are when and where the occasion is, and who leads it.
func (p occasionPage) facts() []ui.Fact {
	l := p.L
	list := []ui.Fact{{Term: l.T("schedule.time"), Text: l.List(i18n.Capital(l.Day(p.On)), l.Times(p.At, p.Until))}, {Term: l.T("schedule.room"), Text: p.Names.Room(p.Room)},
		{Term: l.T("schedule.leaders"), Text: leaders(l, p.Names, p.Leaders)}, {Term: l.T("schedule.places"), Text: l.Number(p.Run.Places)},
		{Term: l.T("schedule.entry"), Text: l.T("schedule.entry." + string(p.Run.Entry))}, {Term: l.T("schedule.cycle"), Text: l.T("schedule.cycle.of", p.Run.Turn(p.On), p.Run.Weeks)},
		{Term: l.T("schedule.run"), Text: l.T("schedule.span", l.Short(p.Run.From), l.Short(p.Run.To.Add(-1)))}}
	if p.Room == 0 {
		list[1].Text = l.T("schedule.room.elsewhere")
	}
	return list
}

// changed is a change in words: what, and how it was.
func changed(p ui.Page, c schedule.Change) string {
	if c.Kind == schedule.ForClosed {
		return p.L.T("schedule.change.closed", c.Was.On, c.Of)
	}
	return p.L.T("schedule.change."+c.Kind, c.Was.On, p.L.Time(c.Was.At), c.Of)
}

// changeOf is what a change is of: an activity by its name, or all that was planned in a closed period, by the name of that.
func changeOf(c schedule.Change, name string) ui.Link {
	if c.Kind == schedule.ForClosed {
		return ui.Link{Text: c.Why, Href: schedules + "?vecka=" + string(c.Was.On)}
	}
	return ui.Link{Text: name, Href: occasionHref(c.Was.ID)}
}

func changeHref(c schedule.ChangeID) string { return schedules + "/andring/" + c.String() }

func (p *Pages) postUndoChange(r *web.Request) (web.Answer, error) {
	var c schedule.ChangeID
	if err := pathID(r, "change", &c); err != nil {
		return web.Answer{}, err
	}
	return web.Saved(schedules, "schedule.undone"), p.Schedule.Undo(r.Context(), r.Actor, c)
}

func (p *Pages) postSeenChange(r *web.Request) (web.Answer, error) {
	var c schedule.ChangeID
	if err := pathID(r, "change", &c); err != nil {
		return web.Answer{}, err
	}
	return web.Saved("/arbete", "form.saved"), p.Schedule.Seen(r.Context(), r.Actor, c)
}
