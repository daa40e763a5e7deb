package own

import (
	"strconv"

	"sluss/internal/access"
	"sluss/internal/fault"
	"sluss/internal/myplace"
	"sluss/internal/plan"
	"sluss/internal/store"
	"sluss/internal/way"
	"sluss/internal/web"
	"sluss/internal/web/needs"
	"sluss/internal/web/ui"
)

const (
	talks   = "/min/behov"
	tasks   = "/min/uppgift"
	adapted = "/min/anpassning"
)

// mineRoutes are where the person changes more of their own plan: how they have it, who does what, and what is adapted.
func (p *Pages) mineRoutes() []web.Route {
	read, write := access.Read, access.Write
	return []web.Route{
		{Method: "GET", Pattern: talks, Needs: web.Themself(access.OwnView|access.Assessment, read), Handle: p.getNeeds},
		{Method: "POST", Pattern: talks, Needs: web.Themself(access.OwnView|access.Assessment, read, write), Handle: p.postNeeds},
		{Method: "POST", Pattern: tasks + "/{task}", Needs: web.Themself(plan.Need, write), Handle: p.postTask},
		{Method: "GET", Pattern: adapted, Needs: web.Themself(access.OwnView|access.MyPlace, read), Handle: p.getAdapted},
		{Method: "POST", Pattern: adapted, Needs: web.Themself(access.OwnView|access.MyPlace, read, write), Handle: p.postAdapted},
	}
}

// needsPage is where the person answers how they have it, beside what they answered last.
type needsPage struct {
	around
	ui.Page
	Form   needs.Form
	Before []plan.Inventory // the oldest first
}

func (p *Pages) needsPage(r *web.Request) (page needsPage, err error) {
	page.around, err = p.ownOf(r, access.OwnView|access.Assessment, func(tx *store.Tx, a access.Access) error {
		w, err := way.Of(r.Context(), tx, r.Actor, a)
		if err == nil && !w.Planned() {
			err = fault.Missing
		}
		if err != nil {
			return err
		}
		page.Before, err = plan.OwnInventories(r.Context(), tx, r.Actor, a)
		return err
	})
	page.Page, page.Form.L = p.page(r, page.around, "plan.needs.title"), r.L
	return page, err
}

func (p *Pages) getNeeds(r *web.Request) (web.Answer, error) {
	page, err := p.needsPage(r)
	return web.Show(needsView(page)).Refresh(r.Rest()), err
}

func (p *Pages) postNeeds(r *web.Request) (web.Answer, error) {
	a := needs.Read(r, needs.Every)
	err := r.Form.Faults.Err()
	if err == nil {
		err = p.Plan.OwnFill(r.Context(), r.Actor, a)
	}
	faults := fault.Fields(err)
	switch {
	case faults == nil && !a.Given():
		return web.To("/min"), err // nothing was kept, and nothing is said to be
	case faults == nil:
		return web.Saved("/min", "mine.needs.saved"), err
	}
	page, err := p.needsPage(r)
	page.Form.Answers, page.Form.Faults, page.Failed = a, faults, true
	return web.Again(needsView(page)), err
}

// postTask moves something to do to the person, or to the person and staff together.
func (p *Pages) postTask(r *web.Request) (web.Answer, error) {
	var t plan.TaskID
	if t.UnmarshalText([]byte(r.PathValue("task"))) != nil {
		return web.Answer{}, fault.Missing
	}
	to := plan.Who(r.Form.Choice("who", string(plan.Self), string(plan.Together)))
	if err := r.Form.Faults.Err(); err != nil {
		return web.Answer{}, err
	}
	return web.Saved("/min", "mine.task.saved"), p.Plan.OwnTask(r.Context(), r.Actor, t, r.Form.Version(), to)
}

// adaptedPage is what is agreed about the person's place, and where they ask for more.
type adaptedPage struct {
	around
	ui.Page
	way.MyPlace
	What   string // as typed
	Said   string
	Faults fault.Form
}

func (p *Pages) adaptedPage(r *web.Request) (page adaptedPage, err error) {
	page.around, err = p.ownOf(r, access.OwnView|access.MyPlace, func(tx *store.Tx, a access.Access) (err error) {
		page.MyPlace, err = way.MyPlaceOf(r.Context(), tx, r.Actor, a)
		return err
	})
	page.Page, page.Said = p.page(r, page.around, "own.place"), r.L.Spoken()
	return page, err
}

func (p *Pages) getAdapted(r *web.Request) (web.Answer, error) {
	page, err := p.adaptedPage(r)
	return web.Show(adaptedView(page)).Refresh(r.Rest()), err
}

func (p *Pages) postAdapted(r *web.Request) (web.Answer, error) {
	what, said := r.Form.Text("what"), r.Form.Raw("lang")
	err := r.Form.Faults.Err()
	if err == nil {
		err = p.MyPlace.AskOwn(r.Context(), r.Actor, what, said)
	}
	faults := fault.Fields(err)
	if faults == nil {
		return web.Saved(adapted, "mine.adapt.saved"), err
	}
	page, err := p.adaptedPage(r)
	page.What, page.Said, page.Faults, page.Failed = what, said, faults, true
	return web.Again(adaptedView(page)), err
}

// stands tells in a word how something stands that the person has asked for.
func (p adaptedPage) stands(a way.Adapted) ui.Tag {
	switch {
	case a.DoneOn != "":
		return ui.Tag{Kind: "yes", Text: p.L.T("myplace.stands.done", a.DoneOn)}
	case a.Answer == myplace.Waiting:
		return ui.Tag{Kind: "open", Text: p.L.T("myplace.answer.waiting")}
	default:
		return ui.Tag{Kind: "line", Text: p.L.T("myplace.answer." + string(a.Answer))}
	}
}

// moves are the presses by which the person takes something to do, or does it together with staff again.
func (p homePage) moves(t way.Task) ui.Button {
	to, text := string(plan.Self), p.L.T("mine.task.self")
	if t.Who == plan.Self {
		to, text = string(plan.Together), p.L.T("mine.task.together")
	}
	return ui.Button{Text: text, Name: "who", Value: to, Variant: "tertiary", Size: "sm", Label: p.L.List(text, p.task(t))}
}

func versioned(n int) ui.Hide { return ui.Hide{Name: "_v", Value: strconv.Itoa(n)} }
