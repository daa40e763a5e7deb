package staff

import (
	"sluss/internal/access"
	"sluss/internal/evaluation"
	"sluss/internal/fault"
	"sluss/internal/id"
	"sluss/internal/store"
	"sluss/internal/web"
	"sluss/internal/web/evaluations"
	"sluss/internal/web/ui"
	"sluss/internal/web/ui/chart"
)

// evaluationTable is where somebody says at the table what they think of an activity, or has it typed in from a paper.
const evaluationTable = "/bordet/utvardering"

func (p *Pages) evaluationRoutes() []web.Route {
	at := "/arbete/person/{person}" + evaluationTable
	return []web.Route{
		{Method: "GET", Pattern: at, Needs: web.OnePerson(evaluation.Need, access.Read), Handle: p.getEvaluation},
		{Method: "POST", Pattern: at + "/{place}", Needs: web.OnePerson(evaluation.Need, access.Read, access.Write), Handle: p.postEvaluation},
		{Method: "POST", Pattern: at + "/{place}/tillbaka", Needs: web.OnePerson(evaluation.Need, access.Write), Handle: p.postEvaluationBack},
	}
}

func (p *Pages) evaluation(r *web.Request) (v evaluations.View, who id.Person, err error) {
	if who, err = r.Person(); err != nil {
		return v, who, err
	}
	err = p.Org.Store.Read(r.Context(), func(tx *store.Tx) error {
		a, err := access.Open(r.Context(), tx, r.Actor, who, evaluation.Need, access.Read, access.ForTogether)
		if err == nil {
			v.List, err = evaluation.Asked(r.Context(), tx, r.Actor, a)
		}
		return err
	})
	v.Page, v.Path, v.Table = r.Page("evaluation.title"), personPath(who, evaluationTable), true
	return v, who, err
}

func (p *Pages) getEvaluation(r *web.Request) (web.Answer, error) {
	v, who, err := p.evaluation(r)
	return web.Show(evaluationView(v, who)), err
}

func (p *Pages) postEvaluation(r *web.Request) (web.Answer, error) {
	who, err := r.Person()
	if err != nil {
		return web.Answer{}, err
	}
	k, err := evaluations.Place(r)
	if err != nil {
		return web.Answer{}, err
	}
	f, err := evaluations.Typed(r), r.Form.Faults.Err()
	if err == nil {
		err = p.Evaluation.Answer(r.Context(), r.Actor, who, k, evaluation.How(r.Form.Raw("how")), f)
	}
	faults := fault.Fields(err)
	if faults == nil {
		return web.Saved(personPath(who, evaluationTable), "evaluation.saved"), err
	}
	v, who, err := p.evaluation(r)
	return web.Again(evaluationView(v.Again(k, f, faults), who)), err
}

func (p *Pages) postEvaluationBack(r *web.Request) (web.Answer, error) {
	who, err := r.Person()
	if err != nil {
		return web.Answer{}, err
	}
	k, err := evaluations.Place(r)
	if err == nil {
		err = p.Evaluation.Take(r.Context(), r.Actor, who, k)
	}
	return web.Saved(personPath(who, evaluationTable), "evaluation.taken"), err
}

// picture draws the questions of which nothing is hidden.
func (p activityPage) picture(g evaluation.Group) chart.Months {
	m := chart.Months{Words: chart.Words{ID: "m-thought", Title: p.L.T("evaluation.group.title"), Desc: p.L.T("evaluation.group.desc")}, Half: true}
	for _, w := range evaluation.Words {
		m.Series = append(m.Series, chart.Series{Name: p.L.T("evaluation.word." + w)})
	}
	m.Series = append(m.Series, chart.Series{Name: p.L.T("evaluation.group.none")})
	for q, name := range evaluation.Questions {
		if g.Hides(q) {
			continue
		}
		m.Names = append(m.Names, p.L.T("evaluation.short."+name))
		for i, n := range g.Parts[q] {
			m.Series[i].Values = append(m.Series[i].Values, float64(n))
		}
	}
	return m
}

// answers is what a group has answered, as a table.
func (p activityPage) answers(g evaluation.Group) ui.Table {
	t := ui.Table{Caption: p.when(g), Stack: true, Cols: []ui.Col{{Text: p.L.T("evaluation.group.question")}}}
	for _, w := range evaluation.Words {
		word := p.L.T("evaluation.word." + w)
		t.Cols = append(t.Cols, ui.Col{Text: word, Short: word, Num: true})
	}
	none := p.L.T("evaluation.group.none")
	t.Cols = append(t.Cols, ui.Col{Text: none, Short: none, Num: true})
	for q, name := range evaluation.Questions {
		row := ui.Row{Cells: []ui.Cell{ui.T(p.L.T("evaluation.ask." + name))}}
		for _, n := range g.Parts[q] {
			text := p.L.T("flow.hidden")
			if n != evaluation.Hidden {
				text = p.L.Number(n)
			}
			row.Cells = append(row.Cells, ui.T(text))
		}
		t.Rows = append(t.Rows, row)
	}
	return t
}

// when says how many answered, and in which months.
func (p activityPage) when(g evaluation.Group) string {
	if g.From == g.To {
		return p.L.T("evaluation.group.month", g.People, p.L.Month(g.To))
	}
	return p.L.T("evaluation.group.months", g.People, p.L.Month(g.From), p.L.Month(g.To))
}
