package staff

import (
	"errors"

	"sluss/internal/access"
	"sluss/internal/fault"
	"sluss/internal/id"
	"sluss/internal/myplace"
	"sluss/internal/plan"
	"sluss/internal/web"
	"sluss/internal/web/ui"
)

// adaptationPage is where an adaptation is asked for, answered and marked as done.
type adaptationPage struct {
	myPlacePage
	Joint bool
	Back  string
	F     myplace.AdaptationForm
	Due   string // as typed
	Done  string
}

func (p *Pages) getAdaptation(r *web.Request) (web.Answer, error) {
	page, err := p.adaptationPage(r)
	if err != nil {
		return web.Answer{}, err
	}
	return web.Show(adaptationEdit(page)), nil
}

// answerDays is within how many days an answer is proposed.
const answerDays = 14

func (p *Pages) adaptationPage(r *web.Request) (adaptationPage, error) {
	base, err := p.myPlacePage(r, access.Read)
	if err == nil && !base.View.On() {
		err = fault.Missing
	}
	if err != nil {
		return adaptationPage{}, err
	}
	page := adaptationPage{myPlacePage: base, Joint: atTable(r)}
	page.Back = page.path("")
	if page.Joint {
		page.Back = page.path("/bordet")
	}
	page.F = myplace.AdaptationForm{Responsible: r.Actor.Post(), DueOn: r.Actor.Today().Add(answerDays), How: plan.AtTable, Lang: page.lang()}
	page.Title = r.L.T("myplace.adapt.new")
	if r.PathValue("adaptation") != "" {
		if err := page.find(r); err != nil {
			return page, err
		}
		page.Title = r.L.T("myplace.adapt.change")
	}
	page.Due, page.Done = string(page.F.DueOn), string(page.F.DoneOn)
	return page, nil
}

// find takes the adaptation in the address as what is shown.
func (p *adaptationPage) find(r *web.Request) error {
	var d myplace.AdaptationID
	if err := pathID(r, "adaptation", &d); err != nil {
		return err
	}
	for _, x := range p.Adapted {
		if x.ID == d {
			p.F = x.AdaptationForm
			return nil
		}
	}
	return fault.Missing
}

func (p *Pages) postAdaptation(r *web.Request) (web.Answer, error) {
	page, err := p.adaptationPage(r)
	if err != nil {
		return web.Answer{}, err
	}
	f := myplace.AdaptationForm{ID: page.F.ID, Version: r.Form.Version(), What: r.Form.Text("what"), Lang: r.Form.Raw("lang"), DueOn: r.Form.Date("due"),
		Leader: r.Form.Bool("leader"), How: plan.AtTable, Answer: myplace.Answer(r.Form.Raw("answer")), Reply: r.Form.Text("reply"), DoneOn: r.Form.Date("done")}
	if r.Form.Bool("paper") {
		f.How = plan.OnPaper
	}
	f.Responsible = postIn(r, "responsible")
	if err = r.Form.Faults.Err(); err == nil {
		_, err = p.MyPlace.Adapt(r.Context(), r.Actor, page.Who, f)
	}
	if err == nil {
		return web.Saved(page.Back, "myplace.saved"), nil
	}
	return page.again(r, f, err)
}

// postIn reads a post in a form's field; 0 for none.
func postIn(r *web.Request, field string) (o id.Post) {
	if o.UnmarshalText([]byte(r.Form.Raw(field))) != nil {
		return 0
	}
	return o
}

func (p adaptationPage) again(r *web.Request, f myplace.AdaptationForm, cause error) (web.Answer, error) {
	faults, stale := fault.Fields(cause), errors.Is(cause, fault.Stale)
	if len(faults) == 0 && !stale {
		return web.Answer{}, cause
	}
	now := p.F
	p.F, p.Due, p.Done, p.Faults, p.Failed = f, r.Form.Raw("due"), r.Form.Raw("done"), faults, true
	if !stale {
		return web.Again(adaptationEdit(p)), nil
	}
	p.F.Version = now.Version
	p.Stored = []ui.Fact{{Term: r.L.T("myplace.what"), Text: now.What}, {Term: r.L.T("myplace.responsible"), Text: postName(r.L, p.Names, now.Responsible)},
		{Term: r.L.T("myplace.due"), Text: r.L.Date(now.DueOn)}, {Term: r.L.T("myplace.answer"), Text: r.L.T("myplace.answer." + answerName(now.Answer))},
		{Term: r.L.T("myplace.reply"), Text: now.Reply}}
	return web.Differs(adaptationEdit(p)), nil
}

// answerName is the answer as the texts name it.
func answerName(a myplace.Answer) string {
	if a == myplace.Waiting {
		return "waiting"
	}
	return string(a)
}

// answers are the choices of an answer, none yet first.
func (p adaptationPage) answers() []ui.Option {
	return append([]ui.Option{{Value: "", Text: p.L.T("myplace.answer.waiting")}}, options(p.L, "myplace.answer.", myplace.Answers)...)
}

func (p adaptationPage) field(name string) ui.Field {
	return ui.Field{Name: name, Label: p.L.T("myplace." + name), Error: ui.Fault(p.L, p.Faults, name)}
}

func (p adaptationPage) valued(name, value string) ui.Field {
	f := p.field(name)
	f.Value = value
	if key := "myplace." + name + ".good"; p.L.Has(key) {
		f.Good = p.L.T(key)
	}
	return f
}

// stands is how an adaptation stands, as a tag.
func (p myPlacePage) stands(a myplace.Adaptation) ui.Tag {
	switch {
	case a.DoneOn != "":
		return ui.Tag{Kind: "yes", Text: p.L.T("myplace.stands.done", a.DoneOn)}
	case a.Late(p.R.Actor.Today()):
		return ui.Tag{Kind: "now", Text: p.L.T("myplace.stands.late")}
	case a.Answer == myplace.Waiting:
		return ui.Tag{Kind: "open", Text: p.L.T("myplace.answer.waiting")}
	default:
		return ui.Tag{Kind: "line", Text: p.L.T("myplace.answer." + string(a.Answer))}
	}
}

// adaptedLines are the adaptations that are late, to who is responsible and to the head.
func (m *morning) adaptedLines(r *web.Request) (list []todo) {
	for _, x := range m.adapted {
		key := "today.adapted.do"
		if x.Waits {
			key = "today.adapted.answer"
		}
		why := r.L.T("today.adapted.why", postName(r.L, m.names, x.Responsible))
		list = append(list, todo{since: x.DueOn, line: line(x.Person, x.Name, r.L.T(key), why,
			ui.Button{Text: r.L.T("today.adapted.open"), Href: personPath(x.Person, "/min-plats/anpassning/"+x.ID.String()), Variant: "secondary", Size: "sm",
				Label: r.L.List(r.L.T("today.adapted.open"), x.Name)})})
	}
	return list
}
