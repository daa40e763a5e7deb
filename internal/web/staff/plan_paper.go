package staff

import (
	"cmp"
	"errors"
	"slices"

	"sluss/internal/access"
	"sluss/internal/fault"
	"sluss/internal/i18n"
	"sluss/internal/id"
	"sluss/internal/plan"
	"sluss/internal/web"
	"sluss/internal/web/acts"
	"sluss/internal/web/ui"
)

// paperPage is the plan on one sheet, in Swedish and beside it in the person's own language.
type paperPage struct {
	ui.Page
	plan.View
	Sv    *i18n.Lang
	Other *i18n.Lang // nil where there are no texts in the person's language, or it is Swedish

	Demands acts.Demands // what is required of the person
}

// oneSheet is how many goals and tasks there is room for on one sheet.
const oneSheet = 8

func (p *Pages) getPaper(r *web.Request) (web.Answer, error) {
	who, v, err := p.planView(r, planNeed, access.Export)
	if err != nil {
		return web.Answer{}, err
	}
	page := paperOf(r, v, "plan.paper.title")
	if page.Demands, err = p.demandsOf(r, who, access.Export); err != nil {
		return web.Answer{}, err
	}
	if len(v.OpenGoals())+len(v.OpenTasks()) <= oneSheet && len(page.Demands.List) == 0 {
		page.Stamp += "\n" + page.Sv.T("plan.paper.page")
	}
	return web.Show(planPaper(page)), nil
}

// paperOf begins a sheet about the person, with a title that names them.
func paperOf(r *web.Request, v plan.View, title string) paperPage {
	sv := i18n.Get("sv")
	page := paperPage{Page: r.Page(title, v.Person.Given), View: v, Sv: sv}
	page.L, page.Title, page.Stamp = sv, sv.T(title, v.Person.Given), sv.Date(r.Actor.Today())
	if i18n.Known(v.Person.Language) && v.Person.Language != "sv" {
		page.Other = i18n.Get(v.Person.Language)
	}
	return page
}

// both says a text in Swedish, and after it in the other language where there is one.
func (p paperPage) both(key string, args ...any) string {
	s := p.Sv.T(key, args...)
	if p.Other != nil {
		s += " " + p.Other.T(key, args...)
	}
	return s
}

// steps gives the steps named in both languages.
func (p paperPage) steps() []ui.Step {
	list := stepsOf(p.Sv, p.Plan, p.both("plan.paper.here"), false)
	if p.Other == nil {
		return list
	}
	for i := range list {
		if name, _ := stepWords(p.Other, p.Plan, i+1); name != list[i].Name {
			list[i].Name += " " + name
		}
	}
	return list
}

// inOther gives the goals that stand in the person's column, as the person said them: all, where the sheet is in their language too; else
// those that are not in Swedish.
func (p paperPage) inOther() []plan.Goal {
	if p.Other != nil {
		return p.OpenGoals()
	}
	return slices.DeleteFunc(p.OpenGoals(), func(g plan.Goal) bool { return g.Lang == "sv" })
}

// fromPaperPage is where a paper that was filled in by hand is typed in.
type fromPaperPage struct {
	ui.Page
	plan.View
	Who    id.Person
	Chosen map[plan.TaskID]plan.Who
	Row    plan.TaskForm // the empty row
	On     string
	Signed bool
	Faults fault.Form
	Stored []ui.Fact
}

func (p *Pages) getFromPaper(r *web.Request) (web.Answer, error) {
	page, err := p.fromPaper(r)
	if err != nil {
		return web.Answer{}, err
	}
	return web.Show(planFromPaper(page)), nil
}

func (p *Pages) fromPaper(r *web.Request) (fromPaperPage, error) {
	who, v, err := p.planView(r, planNeed, access.Read)
	if err != nil {
		return fromPaperPage{}, err
	}
	return fromPaperPage{Page: r.Page("plan.typed.title"), View: v, Who: who, Chosen: map[plan.TaskID]plan.Who{}}, nil
}

func (p fromPaperPage) chosen(t plan.Task) string {
	if w, ok := p.Chosen[t.ID]; ok {
		return string(w)
	}
	return string(t.Who)
}

func (p *Pages) postFromPaper(r *web.Request) (web.Answer, error) {
	page, err := p.fromPaper(r)
	if err != nil {
		return web.Answer{}, err
	}
	f := plan.AgreeForm{Version: r.Form.Version(), How: plan.OnPaper, On: r.Form.Date("on"), Who: chosenWho(r, page.View)}
	page.Row = plan.TaskForm{Words: r.Form.Line("row"), Who: plan.Who(r.Form.Raw("row-who")), Paper: true}
	if page.Row.Words != "" {
		f.Add = []plan.TaskForm{page.Row}
	}
	if r.Form.Raw("on") == "" {
		r.Form.Faults.Add("on", "plan.typed.on.needed")
	}
	if page.Signed = r.Form.Bool("signed"); !page.Signed {
		r.Form.Faults.Add("signed", "plan.typed.signed.needed")
	}
	if page.Row.Words != "" && page.Row.Who == "" {
		r.Form.Faults.Add("row-who", "plan.task.who.needed")
	}
	if err = r.Form.Faults.Err(); err == nil {
		err = p.Plan.Agree(r.Context(), r.Actor, page.Who, f)
	}
	if err == nil {
		return web.Saved(personPath(page.Who, "/plan"), "plan.saved.agreed"), nil
	}
	return page.again(r, f, err)
}

func (p fromPaperPage) again(r *web.Request, f plan.AgreeForm, cause error) (web.Answer, error) {
	faults := fault.Fields(cause)
	stale := errors.Is(cause, fault.Stale)
	if len(faults) == 0 && !stale {
		return web.Answer{}, cause
	}
	p.Chosen, p.On, p.Faults, p.Failed = f.Who, r.Form.Raw("on"), faults, true
	if !stale {
		return web.Again(planFromPaper(p)), nil
	}
	p.Stored = []ui.Fact{}
	for _, t := range p.OpenTasks() {
		if w, ok := f.Who[t.ID]; ok && w != t.Who {
			p.Stored = append(p.Stored, ui.Fact{Term: t.Words, Text: r.L.T("plan.table.both", whoName(r.L, p.View, t.Who), whoName(r.L, p.View, w))})
		}
	}
	return web.Differs(planFromPaper(p)), nil
}

func (p paperPage) otherOwn() string {
	if p.Other == nil {
		return ""
	}
	return p.Other.T("plan.paper.own")
}

// phone is the coach's number, or the unit's.
func (p paperPage) phone() string { return cmp.Or(p.Coach.Phone, p.View.Unit.Phone) }

// staffFull is the coach's name, or a word for staff where nobody is named.
func staffFull(l *i18n.Lang, v plan.View) string { return cmp.Or(v.Coach.Name, l.T("plan.staff")) }
