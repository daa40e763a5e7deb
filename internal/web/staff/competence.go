package staff

import (
	"cmp"
	"slices"

	"sluss/internal/activity"
	"sluss/internal/clock"
	"sluss/internal/competence"
	"sluss/internal/fault"
	"sluss/internal/id"
	"sluss/internal/org"
	"sluss/internal/schedule"
	"sluss/internal/store"
	"sluss/internal/web"
	"sluss/internal/web/ui"
)

const competences = "/arbete/kompetens"

// weeksAhead are the weeks that are looked through for what somebody leads.
const weeksAhead = 8

// competencePage is who is trained in what at the unit, what runs out, and who is to be trained.
type competencePage struct {
	ui.Page
	catalogue
	Change bool
	Leads  map[id.Post]int   // how many occasions each leads in the weeks ahead
	F      map[string]string // what was typed, by field
	Faults fault.Form
}

func (p *Pages) getCompetence(r *web.Request) (web.Answer, error) {
	page, err := p.competence(r)
	return web.Show(competenceView(page)), err
}

func (p *Pages) competence(r *web.Request) (competencePage, error) {
	c, err := p.catalogue(r)
	if err != nil {
		return competencePage{}, err
	}
	leads := map[id.Post]int{}
	err = p.Org.Store.Read(r.Context(), func(tx *store.Tx) error {
		list, err := schedule.Occasions(r.Context(), tx, r.Actor, clock.Span{From: c.Today, To: c.Today.Add(7 * weeksAhead)})
		clear(leads)
		for _, o := range list {
			for _, post := range o.Leaders {
				if o.State == schedule.Planned {
					leads[post]++
				}
			}
		}
		return err
	})
	return competencePage{Leads: leads, Page: r.Page("competence.title"), catalogue: c, Change: mayPlan(r.Actor), F: map[string]string{"from": string(r.Actor.Today())}}, err
}

var competenceFields = []string{"name", "post", "method", "level", "from", "to", "evidence", "paid", "tpost", "tmethod", "by", "tpaid"}

// competenceOr saves one of the page's small forms, or shows the page again with what was typed.
func (p *Pages) competenceOr(r *web.Request, save func() error) (web.Answer, error) {
	err := r.Form.Faults.Err()
	if err == nil {
		err = save()
	}
	faults := fault.Fields(err)
	if faults == nil {
		return web.Saved(competences, "form.saved"), err
	}
	page, err := p.competence(r)
	page.Faults, page.Failed = faults, true
	for _, f := range competenceFields {
		page.F[f] = r.Form.Raw(f)
	}
	return web.Again(competenceView(page)), err
}

// renamed gives faults the names that fields have in a form beside another with the same ones.
func renamed(err error, names map[string]string) error {
	faults := fault.Fields(err)
	if faults == nil {
		return err
	}
	form := fault.Form{}
	for _, f := range faults {
		form.Add(cmp.Or(names[f.Field], f.Field), f.Key, f.Args...)
	}
	return form
}

func (p *Pages) postMethod(r *web.Request) (web.Answer, error) {
	name := r.Form.Line("name")
	return p.competenceOr(r, func() error {
		_, err := p.Competence.AddMethod(r.Context(), r.Actor, name)
		return renamed(err, map[string]string{"method": "name"})
	})
}

func (p *Pages) postCompetence(r *web.Request) (web.Answer, error) {
	f := r.Form
	c := competence.Competence{Level: competence.Level(f.Choice("level", competence.Levels...)), From: f.Date("from"), To: f.Date("to"),
		Evidence: f.Line("evidence"), PaidBy: f.Choice("paid", competence.Payers...)}
	if c.Post.UnmarshalText([]byte(f.Raw("post"))) != nil {
		f.Faults.Add("post", "form.choose")
	}
	if c.Method.UnmarshalText([]byte(f.Raw("method"))) != nil {
		f.Faults.Add("method", "form.choose")
	}
	return p.competenceOr(r, func() error { return p.Competence.Add(r.Context(), r.Actor, c) })
}

func (p *Pages) postCompetenceEnd(r *web.Request) (web.Answer, error) {
	var c competence.ID
	if c.UnmarshalText([]byte(r.Form.Raw("id"))) != nil {
		return web.Answer{}, fault.Missing
	}
	return web.Saved(competences, "form.saved"), p.Competence.End(r.Context(), r.Actor, c, r.Form.Version())
}

func (p *Pages) postTraining(r *web.Request) (web.Answer, error) {
	f := r.Form
	t := competence.Training{By: f.Date("by"), PaidBy: f.Choice("tpaid", competence.Payers...)}
	if t.Post.UnmarshalText([]byte(f.Raw("tpost"))) != nil {
		f.Faults.Add("tpost", "form.choose")
	}
	if t.Method.UnmarshalText([]byte(f.Raw("tmethod"))) != nil {
		f.Faults.Add("tmethod", "form.choose")
	}
	return p.competenceOr(r, func() error {
		return renamed(p.Competence.PlanTraining(r.Context(), r.Actor, t), map[string]string{"post": "tpost", "method": "tmethod"})
	})
}

func (p *Pages) postTrainingAct(r *web.Request) (web.Answer, error) {
	var t competence.TrainingID
	if t.UnmarshalText([]byte(r.Form.Raw("id"))) != nil {
		return web.Answer{}, fault.Missing
	}
	if r.Form.Raw("do") == "drop" {
		return web.Saved(competences, "form.saved"), p.Competence.DropTraining(r.Context(), r.Actor, t, r.Form.Version())
	}
	return web.Saved(competences, "competence.trained"), p.Competence.Train(r.Context(), r.Actor, t, r.Form.Version())
}

// gaps are the activities that lack somebody who can lead, or soon will; the nearest first.
func (p competencePage) gaps() (list []gap) {
	for _, t := range p.Types {
		s := p.stand(t)
		switch {
		case t.Method == 0 || t.State == activity.Ended:
		case s.Missing > 0:
			list = append(list, gap{t, p.Today, s})
		case s.Until < p.Today.AddMonths(6):
			list = append(list, gap{t, s.Until, s})
		case s.Fragile && t.State != activity.Looked:
			list = append(list, gap{t, clock.Forever, s})
		}
	}
	slices.SortStableFunc(list, func(a, b gap) int { return cmp.Compare(a.On, b.On) })
	return list
}

// leaver is a colleague without whom something could not run.
type leaver struct {
	org.Post
	Breaks []activity.Type
}

// leavers are those without whom something could not run, whoever breaks most first.
func (p competencePage) leavers() (list []leaver) {
	for _, post := range p.Posts {
		x := leaver{Post: post}
		for _, t := range p.Types {
			if t.Breaks(p.Board, p.Posts, p.Today, post.ID) {
				x.Breaks = append(x.Breaks, t)
			}
		}
		if len(x.Breaks) > 0 {
			list = append(list, x)
		}
	}
	slices.SortStableFunc(list, func(a, b leaver) int { return len(b.Breaks) - len(a.Breaks) })
	return list
}

// gap is an activity that lacks a leader from a day on; Forever when it is only fragile.
type gap struct {
	Type activity.Type
	On   clock.Date
	activity.Standing
}

// words tells what is lacking.
func (p competencePage) words(g gap) string {
	method := p.Board.Method(g.Type.Method)
	switch {
	case g.Missing > 0:
		return p.L.T("activity.missing", g.Missing, method)
	case g.On < clock.Forever:
		return p.L.T("activity.until", g.On)
	default:
		return p.L.T("activity.fragile.why")
	}
}

// valid tells until when a competence holds.
func (p competencePage) valid(c competence.Competence) string {
	switch {
	case c.To <= p.Today:
		return p.L.T("competence.ran", c.To)
	case c.From > p.Today:
		return p.L.T("competence.begins", c.From)
	case c.To < clock.Forever:
		return p.L.T("competence.until", c.To)
	default:
		return p.L.T("competence.forever")
	}
}

// soon tells whether a competence runs out within half a year.
func (p competencePage) soon(c competence.Competence) bool {
	return c.To > p.Today && c.To < p.Today.AddMonths(6)
}

func (p competencePage) posts() []ui.Option {
	list := []ui.Option{{Value: "", Text: p.L.T("form.select")}}
	for _, x := range p.Posts {
		list = append(list, ui.Option{Value: x.ID.String(), Text: x.Name})
	}
	return list
}

func (p competencePage) methods() []ui.Option {
	list := []ui.Option{{Value: "", Text: p.L.T("form.select")}}
	for _, m := range p.Board.Methods {
		list = append(list, ui.Option{Value: m.ID.String(), Text: m.Name})
	}
	return list
}

// at gives a field of one of the forms.
func (p competencePage) at(name, key string) ui.Field {
	f := ui.Field{Name: name, Label: p.L.T(key), Value: p.F[name], Required: true, Error: ui.Fault(p.L, p.Faults, name)}
	if p.L.Has(key + ".good") {
		f.Good = p.L.T(key + ".good")
	}
	return f
}

func (p competencePage) optional(name, key string) ui.Field {
	f := p.at(name, key)
	f.Required = false
	return f
}
