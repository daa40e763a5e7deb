package staff

import (
	"errors"
	"strings"

	"sluss/internal/access"
	"sluss/internal/fault"
	"sluss/internal/i18n"
	"sluss/internal/plan"
	"sluss/internal/web"
	"sluss/internal/web/ui"
)

// taskPage is where a task is written, at the desk or at the table.
type taskPage struct {
	ui.Page
	plan.View
	Joint   bool
	Back    string
	Action  string
	New     bool
	Form    plan.TaskForm
	Version int
	Faults  fault.Form
	Stored  []ui.Fact
}

func (p *Pages) getTask(r *web.Request) (web.Answer, error) {
	page, t, err := p.taskPage(r)
	if err != nil {
		return web.Answer{}, err
	}
	page.Form.Who = plan.Together
	if t != nil {
		page.Form = plan.TaskForm{Words: t.Words, Other: t.Other, Goal: t.Goal, Who: t.Who, Paper: t.Paper}
	}
	return web.Show(taskEdit(page)), nil
}

func (p *Pages) taskPage(r *web.Request) (page taskPage, t *plan.Task, err error) {
	who, v, err := p.planView(r, planNeed, access.Read)
	if err != nil {
		return page, nil, err
	}
	page = taskPage{View: v, Joint: atTable(r), New: r.PathValue("task") == "", Action: r.URL.RequestURI(), Back: backTo(r, who)}
	title := "plan.task.new"
	if !page.New {
		var k plan.TaskID
		if err := pathID(r, "task", &k); err != nil {
			return page, nil, err
		}
		if t = v.Task(k); t == nil {
			return page, nil, fault.Missing
		}
		page.Version, title = t.Version, "plan.task.change"
	}
	page.Page = r.Page(title)
	return page, t, nil
}

func (p *Pages) postTask(r *web.Request) (web.Answer, error) {
	who, err := r.Person()
	if err != nil {
		return web.Answer{}, err
	}
	var k plan.TaskID
	if r.PathValue("task") != "" {
		if err := pathID(r, "task", &k); err != nil {
			return web.Answer{}, err
		}
	}
	f := plan.TaskForm{Words: r.Form.Line("words"), Other: r.Form.Line("other"), Goal: goalOf(r), Who: plan.Who(r.Form.Raw("who")), Paper: r.Form.Bool("paper")}
	err = r.Form.Faults.Err()
	if err == nil && k == 0 {
		_, err = p.Plan.WriteTask(r.Context(), r.Actor, who, f)
	} else if err == nil {
		err = p.Plan.ChangeTask(r.Context(), r.Actor, who, k, r.Form.Version(), f)
	}
	if err == nil {
		return web.Saved(backTo(r, who), "plan.saved"), nil
	}
	return p.taskAgain(r, f, err)
}

func (p *Pages) taskAgain(r *web.Request, f plan.TaskForm, cause error) (web.Answer, error) {
	faults := fault.Fields(cause)
	stale := errors.Is(cause, fault.Stale)
	if len(faults) == 0 && !stale {
		return web.Answer{}, cause
	}
	page, t, err := p.taskPage(r)
	if err != nil {
		return web.Answer{}, err
	}
	page.Form, page.Faults, page.Failed = f, faults, true
	if stale && t != nil {
		page.Stored = []ui.Fact{{Term: r.L.T("plan.task.words"), Text: t.Words}, {Term: r.L.T("plan.task.other"), Text: t.Other},
			{Term: r.L.T("plan.task.who"), Text: whoName(r.L, page.View, t.Who)}}
		return web.Differs(taskEdit(page)), nil
	}
	page.Version = r.Form.Version()
	return web.Again(taskEdit(page)), nil
}

// postTaskAct takes one press of a button about a task.
func (p *Pages) postTaskAct(r *web.Request) (web.Answer, error) {
	who, err := r.Person()
	if err != nil {
		return web.Answer{}, err
	}
	var k plan.TaskID
	if err := pathID(r, "task", &k); err != nil {
		return web.Answer{}, err
	}
	if err := p.Plan.EndTask(r.Context(), r.Actor, who, k, r.Form.Version(), plan.Life(r.Form.Raw("do"))); err != nil {
		return web.Answer{}, err
	}
	return web.Saved(backTo(r, who), "plan.saved"), nil
}

// goalOf reads the goal that a form's field "goal" names; 0 for none, and a fault for what is not a goal's address.
func goalOf(r *web.Request) plan.GoalID {
	var g plan.GoalID
	if s := r.Form.Raw("goal"); s != "" && g.UnmarshalText([]byte(s)) != nil {
		r.Form.Faults.Add("goal", "form.choose")
	}
	return g
}

// goalOptions are the goals that something may serve, and none.
func goalOptions(l *i18n.Lang, v plan.View, none string) []ui.Option {
	list := []ui.Option{{Value: "", Text: l.T(none)}}
	for _, g := range v.Goals {
		if g.State != plan.Dropped {
			list = append(list, ui.Option{Value: g.ID.String(), Text: shorter(goalFor(l, g))})
		}
	}
	return list
}

func goalValue(g plan.GoalID) string {
	if g == 0 {
		return ""
	}
	return g.String()
}

// shorter cuts what is too long for one line of a choice, between words.
func shorter(s string) string {
	const most = 60
	r := []rune(s)
	if len(r) <= most {
		return s
	}
	cut := string(r[:most])
	if i := strings.LastIndexByte(cut, ' '); i > 0 {
		cut = cut[:i]
	}
	return cut + " …"
}
