package own

import (
	"errors"
	"strconv"

	"sluss/internal/access"
	"sluss/internal/fault"
	"sluss/internal/person"
	"sluss/internal/plan"
	"sluss/internal/store"
	"sluss/internal/way"
	"sluss/internal/web"
	"sluss/internal/web/ui"
)

const goals = "/min/mal"

// goalPage is where the person writes what they want.
type goalPage struct {
	ui.Page
	around
	Goal   way.Goal // as stored; its id is 0 for a new one
	Action string
	Typed  plan.GoalForm
	Stored bool // somebody else has changed it meanwhile
	Faults fault.Form
}

// goalPage reads the goal in the address, none for a new one.
func (p *Pages) goalPage(r *web.Request) (page goalPage, err error) {
	var w way.Way
	page.around, err = p.own(r, func(tx *store.Tx, a access.Access) (err error) {
		w, err = way.Of(r.Context(), tx, r.Actor, a)
		return err
	})
	if err != nil {
		return page, err
	}
	if !w.Planned() {
		return page, fault.Missing
	}
	title := "own.goal.new"
	page.Action, page.Typed.Lang = goals, r.L.Spoken()
	if r.PathValue("goal") != "" {
		g, err := goalIn(r)
		if err != nil {
			return page, err
		}
		var ok bool
		if page.Goal, ok = w.Goal(g); !ok {
			return page, fault.Missing
		}
		title, page.Action = "own.goal.change", goals+"/"+g.String()
		page.Typed = plan.GoalForm{Words: page.Goal.Words, Lang: page.Goal.Lang}
	}
	page.Page = p.page(r, page.around, title)
	return page, nil
}

func goalIn(r *web.Request) (g plan.GoalID, err error) {
	if g.UnmarshalText([]byte(r.PathValue("goal"))) != nil {
		return 0, fault.Missing
	}
	return g, nil
}

func (p *Pages) getGoal(r *web.Request) (web.Answer, error) {
	page, err := p.goalPage(r)
	if err != nil {
		return web.Answer{}, err
	}
	return web.Show(goalView(page)).Refresh(r.Rest()), nil
}

func (p *Pages) postGoal(r *web.Request) (web.Answer, error) {
	f := plan.GoalForm{Words: r.Form.Text("words"), Lang: r.Form.Raw("lang")}
	var err error
	if r.PathValue("goal") == "" {
		_, err = p.Plan.OwnGoal(r.Context(), r.Actor, f)
	} else {
		g, bad := goalIn(r)
		if bad != nil {
			return web.Answer{}, bad
		}
		err = p.Plan.ChangeOwnGoal(r.Context(), r.Actor, g, r.Form.Version(), f)
	}
	faults, stale := fault.Fields(err), errors.Is(err, fault.Stale)
	if faults == nil && !stale {
		return web.Saved("/min", "own.goal.saved"), err
	}
	page, err := p.goalPage(r)
	if err != nil {
		return web.Answer{}, err
	}
	page.Typed, page.Stored, page.Faults, page.Failed = f, stale, faults, true
	if stale {
		return web.Differs(goalView(page)), nil
	}
	return web.Again(goalView(page)), nil
}

// postStep takes a yes or a not yet to the step that the person is asked about. A not yet leaves no trace. A yes binds, so it
// is taken from who has signed in by a passkey.
func (p *Pages) postStep(r *web.Request) (web.Answer, error) {
	if !r.Sure() {
		return web.Answer{}, fault.New(fault.Forbidden, "own.step.sure")
	}
	f := plan.StepForm{Version: r.Form.Version(), To: r.Form.Int("to", 1, 9), Answer: r.Form.Choice("answer", plan.Yes, plan.Later)}
	if err := r.Form.Faults.Err(); err != nil {
		return web.Answer{}, err
	}
	if err := p.Plan.OwnStep(r.Context(), r.Actor, f); err != nil {
		return web.Answer{}, err
	}
	if f.Answer == plan.Later {
		return web.Saved("/min", "own.step.later"), nil
	}
	return web.Saved("/min", "own.step.yes"), nil
}

func langOptions(p ui.Page) []ui.Option {
	var list []ui.Option
	for _, l := range person.Written {
		list = append(list, ui.Option{Value: l, Text: p.L.T("person.lang." + l)})
	}
	return list
}

func version(g way.Goal) string { return strconv.Itoa(g.Version) }
