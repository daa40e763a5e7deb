package own

import (
	"sluss/internal/access"
	"sluss/internal/fault"
	"sluss/internal/newcoach"
	"sluss/internal/store"
	"sluss/internal/web"
	"sluss/internal/web/ui"
)

const otherCoach = "/min/coach"

func (p *Pages) newcoachRoutes() []web.Route {
	return []web.Route{
		{Method: "GET", Pattern: otherCoach, Needs: web.Themself(access.OwnView, access.Read), Handle: p.getNewCoach},
		{Method: "POST", Pattern: otherCoach, Needs: web.Themself(access.OwnView, access.Read, access.Write), Handle: p.postNewCoach},
		{Method: "POST", Pattern: otherCoach + "/{wish}/tillbaka", Needs: web.Themself(newcoach.Need, access.Write), Handle: p.postNewCoachBack},
	}
}

// newCoachPage is where the person asks for another coach, and reads the answer.
type newCoachPage struct {
	ui.Page
	around
	Waits  *newcoach.Wish  // nil for none
	Before []newcoach.Wish // the newest first
	Words  string          // as typed
	Faults fault.Form
}

func (p *Pages) newCoachPage(r *web.Request) (page newCoachPage, err error) {
	var list []newcoach.Wish
	page.around, err = p.own(r, func(tx *store.Tx, a access.Access) (err error) {
		list, err = newcoach.OwnOf(r.Context(), tx, r.Actor, a)
		return err
	})
	for _, w := range list {
		if w.State == newcoach.Waiting {
			page.Waits = &w
		} else {
			page.Before = append(page.Before, w)
		}
	}
	page.Page = p.page(r, page.around, "newcoach.title")
	return page, err
}

func (p *Pages) getNewCoach(r *web.Request) (web.Answer, error) {
	page, err := p.newCoachPage(r)
	return web.Show(newCoachView(page)).Refresh(r.Rest()), err
}

func (p *Pages) postNewCoach(r *web.Request) (web.Answer, error) {
	words := r.Form.Text("words")
	err := r.Form.Faults.Err()
	if err == nil {
		err = p.NewCoach.AskOwn(r.Context(), r.Actor, words)
	}
	faults := fault.Fields(err)
	if faults == nil {
		return web.Saved(otherCoach, "newcoach.sent"), err
	}
	page, err := p.newCoachPage(r)
	page.Failed, page.Faults, page.Words = true, faults, r.Form.Raw("words")
	return web.Again(newCoachView(page)), err
}

func (p *Pages) postNewCoachBack(r *web.Request) (web.Answer, error) {
	var w newcoach.ID
	if w.UnmarshalText([]byte(r.PathValue("wish"))) != nil {
		return web.Answer{}, fault.Missing
	}
	return web.Saved(otherCoach, "newcoach.back.saved"), p.NewCoach.TakeBackOwn(r.Context(), r.Actor, w, r.Form.Version())
}

// became says what has become of a wish.
func (p newCoachPage) became(w newcoach.Wish) string {
	by, on := p.whom(p.L, p.names.Post(w.By)), w.Answered.Date()
	switch w.State {
	case newcoach.Given:
		return p.L.T("newcoach.given", by, on)
	case newcoach.Declined:
		return p.L.T("newcoach.declined", by, on)
	}
	if w.By != 0 {
		return p.L.T("newcoach.withdrawn.table", by, on)
	}
	return p.L.T("newcoach.withdrawn", on)
}
