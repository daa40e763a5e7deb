package staff

import (
	"cmp"
	"errors"
	"maps"
	"slices"
	"strings"

	"sluss/internal/access"
	"sluss/internal/activity"
	"sluss/internal/clock"
	"sluss/internal/comment"
	"sluss/internal/course"
	"sluss/internal/fault"
	"sluss/internal/id"
	"sluss/internal/place"
	"sluss/internal/plan"
	"sluss/internal/schedule"
	"sluss/internal/web"
	"sluss/internal/web/ui"
)

const placeNeed = access.Identity | place.Need

// placesPage is what a person takes part in, is offered and would like.
type placesPage struct {
	ui.Page
	place.View
	Who    id.Person
	Tabs   []ui.Tab
	Faults fault.Form
	F      map[string]string // as typed
	Voice  voice

	One    place.Place // of the page about one place
	Stored bool        // somebody changed it meanwhile

	Interests []course.Interest
	Offered   []course.Course // that the person may be interested in besides

	now, offered, wished, before []place.Place
	today                        clock.Date
}

func (p *Pages) placesPage(r *web.Request) (page placesPage, err error) {
	if page.Who, err = r.Person(); err != nil {
		return page, err
	}
	if page.View, err = p.Place.Open(r.Context(), r.Actor, page.Who); err != nil {
		return page, err
	}
	page.Page, page.Tabs, page.F = r.Titled(page.Person.Name()), personTabs(r, page.Who), map[string]string{}
	today := r.Actor.Today()
	page.today = today
	for _, x := range page.Places {
		switch {
		case x.Over(today):
			page.before = append(page.before, x)
		case x.State == place.Held:
			page.now = append(page.now, x)
		case x.State == place.Offered:
			page.offered = append(page.offered, x)
		default:
			page.wished = append(page.wished, x)
		}
	}
	return page, nil
}

func (p *Pages) getPlaces(r *web.Request) (web.Answer, error) {
	page, err := p.placesPage(r)
	if err == nil {
		page.Interests, page.Offered, err = p.interests(r, page.Who)
	}
	if err == nil {
		page.Voice, err = p.saidOf(r, page.Who, page.Person.Given, comment.Place, comment.Extent)
		for _, x := range page.Places {
			page.Voice.calls(comment.Place, int64(x.ID), page.name(x))
		}
	}
	return web.Show(placesView(page)), err
}

func (p *Pages) postWish(r *web.Request) (web.Answer, error) {
	who, err := r.Person()
	if err != nil {
		return web.Answer{}, err
	}
	var x activity.ID
	_ = x.UnmarshalText([]byte(r.Form.Raw("activity"))) // none, which the desk refuses
	because := r.Form.Text("because")
	if err = r.Form.Faults.Err(); err == nil {
		wish := p.Place.Wish
		if r.Form.Bool("paper") {
			wish = p.Place.WishOnPaper
		}
		_, err = wish(r.Context(), r.Actor, who, x, because)
	}
	faults := fault.Fields(err)
	if faults == nil {
		return web.Saved(personPath(who, "/aktiviteter"), "place.saved.wish"), err
	}
	page, err := p.placesPage(r)
	if err == nil {
		page.Interests, page.Offered, err = p.interests(r, page.Who)
	}
	if err != nil {
		return web.Answer{}, err
	}
	page.Faults, page.Failed = faults, true
	page.F["activity"], page.F["because"] = r.Form.Raw("activity"), r.Form.Raw("because")
	return web.Again(placesView(page)), nil
}

// placePage is placesPage for the one place in the address.
func (p *Pages) placePage(r *web.Request) (placesPage, error) {
	var k place.ID
	if err := pathID(r, "place", &k); err != nil {
		return placesPage{}, err
	}
	page, err := p.placesPage(r)
	if err != nil {
		return page, err
	}
	one := page.Get(k)
	if one == nil {
		return page, fault.Missing
	}
	page.One = *one
	page.Page = r.Titled(page.name(page.One))
	today := string(r.Actor.Today())
	page.F = map[string]string{"from": today, "on": today, "extentfrom": max(today, string(page.One.From)), "goal": goalValue(page.One.Goal), "why": page.One.Why, "next": page.One.Next}
	return page, nil
}

func (p *Pages) getPlace(r *web.Request) (web.Answer, error) {
	page, err := p.placePage(r)
	return web.Show(placeView(page)), err
}

// changePlace changes a place, or shows its page again: with what is wrong, or what it has become.
func (p *Pages) changePlace(r *web.Request, saved string, change func(who id.Person, k place.ID) error) (web.Answer, error) {
	who, err := r.Person()
	if err != nil {
		return web.Answer{}, err
	}
	var k place.ID
	if err := pathID(r, "place", &k); err != nil {
		return web.Answer{}, err
	}
	if err = r.Form.Faults.Err(); err == nil {
		err = change(who, k)
	}
	faults, stale := fault.Fields(err), errors.Is(err, fault.Stale)
	if faults == nil && !stale {
		return web.Saved(personPath(who, "/aktiviteter"), saved), err
	}
	page, err := p.placePage(r)
	if err != nil {
		return web.Answer{}, err
	}
	for _, name := range []string{"run", "from", "goal", "why", "next", "on", "leaving", "days", "hours", "percent", "words", "extentfrom", "past", "both", "moved"} {
		page.F[name] = r.Form.Raw(name)
	}
	page.Faults, page.Failed, page.Stored = faults, true, stale
	if stale {
		return web.Differs(placeView(page)), nil
	}
	return web.Again(placeView(page)), nil
}

func (p *Pages) postOffer(r *web.Request) (web.Answer, error) {
	o := place.Offer{From: r.Form.Date("from"), Past: r.Form.Text("past"), Both: r.Form.Bool("both"), Thread: threadOf(r)}
	_ = o.Run.UnmarshalText([]byte(r.Form.Raw("run"))) // none, which the desk refuses
	return p.changePlace(r, "place.saved.offer", func(who id.Person, k place.ID) error {
		return p.Place.Offer(r.Context(), r.Actor, who, k, r.Form.Version(), o)
	})
}

// threadOf reads which goal a place serves, why now and what next.
func threadOf(r *web.Request) place.Thread {
	return place.Thread{Goal: goalOf(r), Why: r.Form.Text("why"), Next: r.Form.Text("next")}
}

func (p *Pages) postPlaceAnswer(r *web.Request) (web.Answer, error) {
	yes := r.Form.Choice("answer", "yes", "no") == "yes"
	saved := "place.saved.yes"
	if !yes {
		saved = "place.saved.no"
	}
	return p.changePlace(r, saved, func(who id.Person, k place.ID) error {
		return p.Place.Answer(r.Context(), r.Actor, who, k, r.Form.Version(), yes)
	})
}

func (p *Pages) postServe(r *web.Request) (web.Answer, error) {
	t := threadOf(r)
	return p.changePlace(r, "form.saved", func(who id.Person, k place.ID) error {
		return p.Place.Serve(r.Context(), r.Actor, who, k, r.Form.Version(), t)
	})
}

func (p *Pages) postStepOut(r *web.Request) (web.Answer, error) {
	on, why := r.Form.Date("on"), r.Form.Text("leaving")
	return p.changePlace(r, "place.saved.out", func(who id.Person, k place.ID) error {
		return p.Place.StepOut(r.Context(), r.Actor, who, k, r.Form.Version(), on, why)
	})
}

func (p *Pages) postStayIn(r *web.Request) (web.Answer, error) {
	return p.changePlace(r, "place.saved.yes", func(who id.Person, k place.ID) error {
		return p.Place.Undo(r.Context(), r.Actor, who, k, r.Form.Version())
	})
}

func (p *Pages) postUnwish(r *web.Request) (web.Answer, error) {
	return p.changePlace(r, "form.saved", func(who id.Person, k place.ID) error {
		return p.Place.Withdraw(r.Context(), r.Actor, who, k, r.Form.Version())
	})
}

func (p placesPage) href(x place.Place) string {
	return personPath(p.Who, "/aktiviteter/"+x.ID.String())
}

func (p placesPage) name(x place.Place) string { return p.Types[x.Activity].In(p.L.Tag).Name }

// both is where one says that it is agreed how the place goes together with what the person has at the same time.
func (p placesPage) both() ui.Field {
	f := p.at("both")
	if f.Value != "" {
		f.Values = []string{"yes"}
	}
	f.Value = "yes"
	return f
}

// at gives a field of one of the forms.
func (p placesPage) at(name string) ui.Field {
	f := ui.Field{Name: name, Label: p.L.T("place.form." + name), Value: p.F[name], Error: ui.Fault(p.L, p.Faults, name)}
	if p.L.Has("place.form." + name + ".good") {
		f.Good = p.L.T("place.form." + name + ".good")
	}
	return f
}

// activities are what can be wished for, those that run first.
func (p placesPage) activities() []ui.Option {
	list := []ui.Option{{Value: "", Text: p.L.T("form.select")}}
	types := slices.SortedFunc(maps.Values(p.Types), func(a, b activity.Type) int {
		return cmp.Or(cmp.Compare(slices.Index(activity.States, a.State), slices.Index(activity.States, b.State)), cmp.Compare(a.In(p.L.Tag).Name, b.In(p.L.Tag).Name))
	})
	for _, t := range types {
		text := t.In(p.L.Tag).Name
		switch t.State {
		case activity.Ended:
			continue
		case activity.Runs:
		default:
			text = p.L.T("place.notnow", text)
		}
		list = append(list, ui.Option{Value: t.ID.String(), Text: text})
	}
	return list
}

// runs are the runs that the place can be in, with when each is held next and how many places are free.
func (p placesPage) runs() []ui.Option {
	var list []ui.Option
	for _, k := range slices.Sorted(maps.Keys(p.Runs)) {
		if x := p.Runs[k]; x.Activity == p.One.Activity {
			list = append(list, ui.Option{Value: x.ID.String(), Text: p.when(x.ID), Good: p.L.T("place.free", p.Free[x.ID], x.Places)})
		}
	}
	return list
}

// when tells when a run is held next.
func (p placesPage) when(k schedule.RunID) string {
	if o, ok := p.Next[k]; ok {
		return p.L.T("place.next", p.L.Day(o.On), p.L.Times(o.At, o.Until))
	}
	x, ok := p.Runs[k]
	if !ok {
		return ""
	}
	return p.L.T("schedule.span", p.L.Short(x.From), p.L.Short(x.To.Add(-1)))
}

// goal is what a place is for, in words; "" of a loose one.
func (p placesPage) goal(x place.Place) string {
	if x.Loose(p.Plan) {
		return ""
	}
	return strings.TrimRight(goalFor(p.L, *p.Plan.Goal(x.Goal)), ".")
}

// facts are when a place is, why now, and what it is to lead to.
func (p placesPage) facts(x place.Place) []ui.Fact {
	l := p.L
	list := []ui.Fact{{Term: l.T("place.when"), Text: p.when(x.Run)}}
	if x.From != "" {
		list = append(list, ui.Fact{Term: l.T("place.since"), Text: l.Date(x.From)})
	}
	if x.AnswerBy != "" {
		list = append(list, ui.Fact{Term: l.T("place.answerby"), Text: l.Date(x.AnswerBy)})
	}
	if x.To != "" {
		list = append(list, ui.Fact{Term: l.T("place.until"), Text: l.Date(x.To)})
	}
	return written(append(list, ui.Fact{Term: l.T("place.form.why"), Text: x.Why}, ui.Fact{Term: l.T("place.form.next"), Text: x.Next}))
}

func (p placesPage) goalOptions() []ui.Option {
	return goalOptions(p.L, plan.View{Plan: p.Plan}, "place.loose.choice")
}
