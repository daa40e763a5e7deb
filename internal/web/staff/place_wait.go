package staff

import (
	"slices"

	"sluss/internal/access"
	"sluss/internal/activity"
	"sluss/internal/fault"
	"sluss/internal/id"
	"sluss/internal/org"
	"sluss/internal/place"
	"sluss/internal/schedule"
	"sluss/internal/store"
	"sluss/internal/web"
	"sluss/internal/web/ui"
)

// waitRoutes are the routes of those who wait for an activity.
func (p *Pages) waitRoutes() []web.Route {
	read, write := access.Read, access.Write
	one := "/arbete/person/{person}/aktiviteter/{place}"
	return []web.Route{
		{Method: "GET", Pattern: activities + "/{activity}/vantar", Needs: web.ManyPeople(place.Listed, read), Handle: p.getWaits},
		{Method: "POST", Pattern: activities + "/{activity}/vantar/{run}", Needs: web.ManyPeople(place.Listed, write), Handle: p.postNext},
		{Method: "POST", Pattern: one + "/pratat", Needs: web.OnePerson(placeNeed, read, write), Handle: p.postPlaceTalked},
		{Method: "POST", Pattern: one + "/fram", Needs: web.OnePerson(placeNeed, read, write), Handle: p.postMovePlace},
		{Method: "POST", Pattern: one + "/datum", Needs: web.OnePerson(placeNeed, read, write), Handle: p.postUnmovePlace},
	}
}

// waitPage is who waits for an activity, in their turn, with how the turn is decided.
type waitPage struct {
	ui.Page
	Activity activity.ID
	Waits    []place.Waiting
	Types    map[activity.ID]activity.Type
	Runs     []schedule.Run
	Taken    map[schedule.RunID]int
	Names    org.Names
	Days     int // that an offer is held
}

func (p *Pages) getWaits(r *web.Request) (web.Answer, error) {
	page := waitPage{}
	if err := pathID(r, "activity", &page.Activity); err != nil {
		return web.Answer{}, err
	}
	if !mayPlan(r.Actor) {
		return web.Answer{}, fault.New(fault.Forbidden, "fault.role")
	}
	set, err := p.settings(r)
	if err != nil {
		return web.Answer{}, err
	}
	if page.Names, err = p.names(r); err != nil {
		return web.Answer{}, err
	}
	page.Types = map[activity.ID]activity.Type{}
	err = p.Org.Store.Read(r.Context(), func(tx *store.Tx) (err error) {
		if _, err = activity.Get(r.Context(), tx, r.Actor, page.Activity); err != nil {
			return err
		}
		types, err := activity.All(r.Context(), tx, r.Actor)
		if err != nil {
			return err
		}
		for _, t := range types {
			page.Types[t.ID] = t
		}
		if page.Runs, err = schedule.Runs(r.Context(), tx, r.Actor, r.Actor.Today()); err != nil {
			return err
		}
		if page.Taken, err = place.Taken(r.Context(), tx, r.Actor, r.Actor.Today()); err != nil {
			return err
		}
		page.Waits, err = place.Waits(r.Context(), tx, r.Actor, page.Activity)
		return err
	})
	page.Page, page.Days = r.Page("place.wait.title", page.Types[page.Activity].In(r.L.Tag).Name), set.OfferDays
	page.Runs = slices.DeleteFunc(page.Runs, func(x schedule.Run) bool { return x.Activity != page.Activity })
	return web.Show(waitView(page)), err
}

func (p *Pages) postNext(r *web.Request) (web.Answer, error) {
	var a activity.ID
	var k schedule.RunID
	if err := pathID(r, "activity", &a); err != nil {
		return web.Answer{}, err
	}
	if err := pathID(r, "run", &k); err != nil {
		return web.Answer{}, err
	}
	return web.Saved(waitHref(a), "place.wait.saved"), p.Place.Next(r.Context(), r.Actor, a, k)
}

func (p *Pages) postMovePlace(r *web.Request) (web.Answer, error) {
	why := r.Form.Text("moved")
	return p.changePlace(r, "place.saved.move", func(who id.Person, k place.ID) error {
		return p.Place.Move(r.Context(), r.Actor, who, k, r.Form.Version(), why)
	})
}

func (p *Pages) postUnmovePlace(r *web.Request) (web.Answer, error) {
	return p.changePlace(r, "form.saved", func(who id.Person, k place.ID) error {
		return p.Place.Unmove(r.Context(), r.Actor, who, k, r.Form.Version())
	})
}

func waitHref(a activity.ID) string { return activityHref(a) + "/vantar" }

func (p waitPage) free(x schedule.Run) int { return max(0, x.Places-p.Taken[x.ID]) }

// wait tells whether somebody waits who is not offered a place.
func (p waitPage) wait() bool {
	return slices.ContainsFunc(p.Waits, func(w place.Waiting) bool { return w.State == place.Wished })
}

// because is why somebody stands where they do.
func (p waitPage) because(w place.Waiting) string {
	since := p.L.T("place.wait.since", w.WishedOn)
	if w.MovedAt == 0 {
		return since
	}
	return since + " " + p.L.T("place.wait.moved", w.MovedAt.Date(), postName(p.L, p.Names, w.MovedBy), apart(w.Moved))
}

// offerLines ask the coach to talk with those who are offered a place, before the last day to answer.
func (m *morning) offerLines(r *web.Request) (list []todo) {
	for _, w := range m.offers {
		name, why := m.activities[w.Activity].In(r.L.Tag).Name, ""
		if b := w.Beside; b != nil {
			why = r.L.T("place.beside", r.L.Day(b.On), r.L.Times(b.At, b.Until), apart(m.activities[b.Other].In(r.L.Tag).Name))
		}
		list = append(list, todo{since: w.AskedAt.Date(), line: line(w.Person, w.Name, r.L.T("place.today.offer", name, w.AnswerBy), why,
			ui.Button{Text: r.L.T("place.today.offer.do"), Href: personPath(w.Person, "/aktiviteter/"+w.ID.String()), Variant: "secondary", Size: "sm",
				Label: r.L.List(r.L.T("place.today.offer.do"), w.Name, name)})})
	}
	return list
}

// postPlaceTalked notes that one has talked about what the person wished for on their own page.
func (p *Pages) postPlaceTalked(r *web.Request) (web.Answer, error) {
	return p.changePlace(r, "form.saved", func(who id.Person, k place.ID) error {
		return p.Place.Talked(r.Context(), r.Actor, who, k, r.Form.Version())
	})
}
