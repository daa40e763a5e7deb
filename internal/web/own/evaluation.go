package own

import (
	"sluss/internal/access"
	"sluss/internal/evaluation"
	"sluss/internal/fault"
	"sluss/internal/store"
	"sluss/internal/web"
	"sluss/internal/web/evaluations"
)

const evaluationPath = "/min/vad-jag-tycker"

func (p *Pages) evaluationRoutes() []web.Route {
	return []web.Route{
		{Method: "GET", Pattern: evaluationPath, Needs: web.Themself(access.OwnView, access.Read), Handle: p.getEvaluation},
		{Method: "POST", Pattern: evaluationPath + "/{place}", Needs: web.Themself(access.OwnView, access.Read, access.Write), Handle: p.postEvaluation},
		{Method: "POST", Pattern: evaluationPath + "/{place}/tillbaka", Needs: web.Themself(evaluation.Need, access.Write), Handle: p.postEvaluationBack},
	}
}

func (p *Pages) evaluation(r *web.Request) (v evaluations.View, err error) {
	me, err := p.own(r, func(tx *store.Tx, a access.Access) (err error) {
		v.List, err = evaluation.OwnOf(r.Context(), tx, r.Actor, a)
		return err
	})
	v.Page, v.Path = p.page(r, me, "evaluation.title"), evaluationPath
	return v, err
}

func (p *Pages) getEvaluation(r *web.Request) (web.Answer, error) {
	v, err := p.evaluation(r)
	return web.Show(evaluationView(v)).Refresh(r.Rest()), err
}

func (p *Pages) postEvaluation(r *web.Request) (web.Answer, error) {
	k, err := evaluations.Place(r)
	if err != nil {
		return web.Answer{}, err
	}
	f, err := evaluations.Typed(r), r.Form.Faults.Err()
	if err == nil {
		err = p.Evaluation.AnswerOwn(r.Context(), r.Actor, k, f)
	}
	faults := fault.Fields(err)
	if faults == nil {
		return web.Saved(evaluationPath, "evaluation.saved"), err
	}
	v, err := p.evaluation(r)
	return web.Again(evaluationView(v.Again(k, f, faults))), err
}

func (p *Pages) postEvaluationBack(r *web.Request) (web.Answer, error) {
	k, err := evaluations.Place(r)
	if err == nil {
		err = p.Evaluation.TakeOwn(r.Context(), r.Actor, k)
	}
	return web.Saved(evaluationPath, "evaluation.taken"), err
}
