package staff

import (
	"errors"

	"sluss/internal/access"
	"sluss/internal/clock"
	"sluss/internal/fault"
	"sluss/internal/i18n"
	"sluss/internal/id"
	"sluss/internal/person"
	"sluss/internal/plan"
	"sluss/internal/web"
	"sluss/internal/web/ui"
)

// goalPage is where a goal is written, at the desk or at the table.
type goalPage struct {
	ui.Page
	Joint   bool
	Back    string
	Action  string
	New     bool
	Given   string // the person's first name
	Spoken  string // the person's language
	Form    plan.GoalForm
	Version int
	Faults  fault.Form
	Stored  []ui.Fact // what somebody else has written meanwhile
	Former  []plan.Former
	Unclear clock.Date // since when the person does not see the thread
	Act     string     // where a press of a button about the goal goes
}

func (p *Pages) getGoal(r *web.Request) (web.Answer, error) {
	page, g, err := p.goalPage(r)
	if err != nil {
		return web.Answer{}, err
	}
	page.Form = plan.GoalForm{Lang: page.Form.Lang}
	if g != nil {
		page.Form = plan.GoalForm{Words: g.Words, Lang: g.Lang, Translation: g.Translation, To: g.To, Translator: g.Translator, Paper: g.Paper}
	}
	return web.Show(goalEdit(page)), nil
}

// goalPage makes the page for the goal in the address, or for a new one.
func (p *Pages) goalPage(r *web.Request) (page goalPage, g *plan.Goal, err error) {
	who, v, err := p.planView(r, planNeed, access.Read)
	if err != nil {
		return page, nil, err
	}
	page = goalPage{Joint: atTable(r), Given: v.Person.Given, Spoken: v.Person.Language, New: r.PathValue("goal") == "", Action: r.URL.RequestURI(), Back: personPath(who, "/plan")}
	page.Form.Lang = firstLang(r.L, v.Person.Language, page.Joint)
	if page.Joint {
		page.Back = tablePath(r, who, "")
	}
	title := "plan.goal.new"
	if !page.New {
		if g, err = p.goalOf(r, v, &page, who); err != nil {
			return page, nil, err
		}
		title = "plan.goal.change"
	}
	if page.Joint {
		title += ".joint"
	}
	page.Page = r.Page(title)
	return page, g, nil
}

func (p *Pages) goalOf(r *web.Request, v plan.View, page *goalPage, who id.Person) (*plan.Goal, error) {
	var gid plan.GoalID
	if err := pathID(r, "goal", &gid); err != nil {
		return nil, err
	}
	g := v.Goal(gid)
	if g == nil {
		return nil, fault.Missing
	}
	page.Version, page.Unclear = g.Version, g.UnclearOn
	page.Act = tablePath(r, who, "/mal/"+gid.String()+"/gor")
	var err error
	page.Former, err = p.Plan.History(r.Context(), r.Actor, who, gid)
	return g, err
}

// translation is where the words are written in the other language: in Swedish, or for words in Swedish in the person's own.
func (p goalPage) translation() ui.Field {
	f := ui.Field{Name: "translation", Label: p.L.T("plan.goal.translation"), Good: p.L.T("plan.goal.translation.good"), Value: p.Form.Translation,
		Error: ui.Fault(p.L, p.Faults, "translation"), Lang: "sv"}
	if p.Spoken == "sv" {
		return f
	}
	f.Label = p.L.T("plan.goal.translation.both")
	f.Good = p.L.T("plan.goal.translation.both.good", p.L.T("person.lang."+p.Spoken))
	f.Lang = i18n.Tongue(p.Form.To).Tag
	return f
}

// firstLang is the language a new goal is most likely written in: the one the screen is in, or the person's own.
func firstLang(l *i18n.Lang, own string, joint bool) string {
	if joint {
		return l.Spoken()
	}
	for _, known := range person.Written {
		if known == own {
			return own
		}
	}
	return "sv"
}

func (p *Pages) postGoal(r *web.Request) (web.Answer, error) {
	who, err := r.Person()
	if err != nil {
		return web.Answer{}, err
	}
	f := plan.GoalForm{Words: r.Form.Text("words"), Lang: r.Form.Raw("lang"), Translation: r.Form.Text("translation"), Translator: r.Form.Line("translator"), Paper: r.Form.Bool("paper")}
	f.To = r.Form.Choice("to", append([]string{""}, person.Languages...)...)
	var g plan.GoalID
	if r.PathValue("goal") != "" {
		if err := pathID(r, "goal", &g); err != nil {
			return web.Answer{}, err
		}
	}
	err = r.Form.Faults.Err()
	if err == nil && g == 0 {
		_, err = p.Plan.WriteGoal(r.Context(), r.Actor, who, f)
	} else if err == nil {
		err = p.Plan.ChangeGoal(r.Context(), r.Actor, who, g, r.Form.Version(), f)
	}
	if err == nil {
		return web.Saved(backTo(r, who), "plan.saved.goal"), nil
	}
	return p.goalAgain(r, f, err)
}

// goalAgain shows what was typed once more, with what is wrong, or beside what somebody else has written meanwhile.
func (p *Pages) goalAgain(r *web.Request, f plan.GoalForm, cause error) (web.Answer, error) {
	faults := fault.Fields(cause)
	stale := errors.Is(cause, fault.Stale)
	if len(faults) == 0 && !stale {
		return web.Answer{}, cause
	}
	page, g, err := p.goalPage(r)
	if err != nil {
		return web.Answer{}, err
	}
	page.Form, page.Faults, page.Failed = f, faults, true
	if stale && g != nil {
		page.Stored = []ui.Fact{{Term: r.L.T("plan.goal.words"), Text: g.Words}, {Term: r.L.T("plan.goal.translation"), Text: g.Translation}}
		return web.Differs(goalEdit(page)), nil
	}
	page.Version = r.Form.Version()
	return web.Again(goalEdit(page)), nil
}

// postGoalAct takes one press of a button about a goal.
func (p *Pages) postGoalAct(r *web.Request) (web.Answer, error) {
	who, err := r.Person()
	if err != nil {
		return web.Answer{}, err
	}
	var g plan.GoalID
	if err := pathID(r, "goal", &g); err != nil {
		return web.Answer{}, err
	}
	ctx, v := r.Context(), r.Form.Version()
	switch r.Form.Raw("do") {
	case "yes":
		err = p.Plan.AgreeGoal(ctx, r.Actor, who, g, v, plan.AtTable, "")
	case "paper":
		err = p.Plan.AgreeGoal(ctx, r.Actor, who, g, v, plan.OnPaper, "")
	case "up":
		err = p.Plan.RaiseGoal(ctx, r.Actor, who, g, v)
	case "unclear", "clear":
		err = p.Plan.UnclearGoal(ctx, r.Actor, who, g, v, r.Form.Raw("do") == "unclear")
	default:
		err = p.Plan.EndGoal(ctx, r.Actor, who, g, v, plan.Life(r.Form.Raw("do")))
	}
	if err != nil {
		return web.Answer{}, err
	}
	return web.Saved(backTo(r, who), "plan.saved"), nil
}

// backTo is where a saved form leads: to the table if one sits there, else to the plan.
func backTo(r *web.Request, who id.Person) string {
	if atTable(r) {
		return tablePath(r, who, "")
	}
	return personPath(who, "/plan")
}
