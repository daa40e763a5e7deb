package staff

import (
	"errors"

	"sluss/internal/access"
	"sluss/internal/demand"
	"sluss/internal/fault"
	"sluss/internal/i18n"
	"sluss/internal/id"
	"sluss/internal/plan"
	"sluss/internal/web"
	"sluss/internal/web/acts"
	"sluss/internal/web/needs"
	"sluss/internal/web/ui"
)

// tablePage is the screen that a person and staff read together.
type tablePage struct {
	ui.Page
	plan.View
	Who    id.Person
	R      *web.Request
	Chosen map[plan.TaskID]plan.Who // as chosen, where a form comes back
	Now    string                   // as answered, where a form comes back
	Faults fault.Form
	Stored []ui.Fact // what somebody else has changed meanwhile

	Demands acts.Demands // what is required of the person
}

func (p *Pages) getTable(r *web.Request) (web.Answer, error) {
	page, err := p.tablePage(r)
	if err != nil {
		return web.Answer{}, err
	}
	return web.Show(planTable(page)), nil
}

func (p *Pages) tablePage(r *web.Request) (tablePage, error) {
	who, v, err := p.planView(r, planNeed, access.Read)
	if err != nil {
		return tablePage{}, err
	}
	page := tablePage{Page: r.Page("plan.table.title", v.Person.Given), View: v, Who: who, R: r, Chosen: map[plan.TaskID]plan.Who{}}
	page.Demands, err = p.demandsOf(r, who, access.Read)
	page.Demands.Page = page.Page
	return page, err
}

// at is a page at the table.
func (p tablePage) at(part string) string { return tablePath(p.R, p.Who, part) }

// chosen is who a task's question says: as chosen, or as stored.
func (p tablePage) chosen(t plan.Task) string {
	if w, ok := p.Chosen[t.ID]; ok {
		return string(w)
	}
	return string(t.Who)
}

// postTable saves what two agree on at the table.
func (p *Pages) postTable(r *web.Request) (web.Answer, error) {
	who, err := r.Person()
	if err != nil {
		return web.Answer{}, err
	}
	v, err := p.Plan.Open(r.Context(), r.Actor, who, planNeed, access.Read)
	if err != nil {
		return web.Answer{}, err
	}
	f := plan.AgreeForm{Version: r.Form.Version(), How: plan.AtTable, Who: chosenWho(r, v), Answers: needs.Read(r, []string{"now"})}
	err = p.Plan.Agree(r.Context(), r.Actor, who, f)
	if err == nil {
		return web.Saved(tablePath(r, who, ""), "plan.saved.agreed"), nil
	}
	return p.tableAgain(r, f, err)
}

func (p *Pages) tableAgain(r *web.Request, f plan.AgreeForm, cause error) (web.Answer, error) {
	faults := fault.Fields(cause)
	stale := errors.Is(cause, fault.Stale)
	if len(faults) == 0 && !stale {
		return web.Answer{}, cause
	}
	page, err := p.tablePage(r)
	if err != nil {
		return web.Answer{}, err
	}
	page.Chosen, page.Now, page.Faults, page.Failed = f.Who, r.Form.Raw("now"), faults, true
	if !stale {
		return web.Again(planTable(page)), nil
	}
	page.Stored = []ui.Fact{}
	for _, t := range page.OpenTasks() {
		if w, ok := f.Who[t.ID]; ok && w != t.Who {
			page.Stored = append(page.Stored, ui.Fact{Term: t.Words, Text: r.L.T("plan.table.both", page.whoIs(t.Who), page.whoIs(w))})
		}
	}
	return web.Differs(planTable(page)), nil
}

// whoIs says who does something as the person reads it: staff by name, together, or I.
func (p tablePage) whoIs(w plan.Who) string {
	if w == plan.Self {
		return p.L.T("ui.who.self")
	}
	return whoName(p.L, p.View, w)
}

// chosenWho reads who does what; what was not asked or not answered is left out.
func chosenWho(r *web.Request, v plan.View) map[plan.TaskID]plan.Who {
	chosen := map[plan.TaskID]plan.Who{}
	for _, t := range v.OpenTasks() {
		switch w := plan.Who(r.Form.Raw(taskField(t.ID))); w {
		case plan.Staff, plan.Together, plan.Self:
			chosen[t.ID] = w
		}
	}
	return chosen
}

func taskField(t plan.TaskID) string { return "who-" + t.String() }

// required says of a task who requires it; "" for what is one's own choice.
func (p tablePage) required(t plan.Task) string {
	d := p.Demands.Of(demand.Task, int64(t.ID))
	if d == nil {
		return ""
	}
	return p.L.T("ui.mark.required", p.L.Apart(d.By))
}

// promised gives the promise and the language it is said in.
func promised(l *i18n.Lang, v plan.View) (text string, spoken *i18n.Lang) {
	return promise{v.Promise, v.Coach}.in(l)
}

// promisedMoney says who decides on the money, in the same language as the promise.
func promisedMoney(l *i18n.Lang) string { return l.T("plan.promise.money") }

// task says what is to be done in the language of the screen, where it has been said in it.
func (p tablePage) task(t plan.Task) string {
	if p.L.Tag != "sv" && t.Other != "" && p.L.Tag == p.Person.Language {
		return t.Other
	}
	return t.Words
}

// differs says one difference in a sentence, to the person.
func (p tablePage) differs(d plan.Difference) string {
	if d.Kind == "who" {
		return p.L.T("plan.since.who", d.What, p.whoIs(plan.Who(d.Was)), p.whoIs(plan.Who(d.Is)))
	}
	return differs(p.L, p.View, d)
}
