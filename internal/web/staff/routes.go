// Package staff is the pages for those who work at a gateway.
package staff

import (
	"sluss/internal/access"
	"sluss/internal/clock"
	"sluss/internal/org"
	"sluss/internal/person"
	"sluss/internal/plan"
	"sluss/internal/web"
)

// Pages holds what the handlers call.
type Pages struct {
	Org    *org.Desk
	Person *person.Desk
	Plan   *plan.Desk
	Clock  clock.Clock
}

// Routes is the table of the staff's routes: method, address, what it needs, handler.
func (p *Pages) Routes() []web.Route {
	return []web.Route{
		{Method: "GET", Pattern: "/{$}", Needs: web.Open(), Handle: p.getDoor},
		{Method: "POST", Pattern: "/demo/in", Needs: web.InDemo(), Handle: p.postDemo},
		{Method: "POST", Pattern: "/ut", Needs: web.Open(), Handle: p.postOut},

		{Method: "GET", Pattern: "/arbete", Needs: web.NoPerson(), Handle: p.getToday},
		{Method: "GET", Pattern: "/arbete/komponenter", Needs: web.InDemo(), Handle: p.getGallery},

		{Method: "GET", Pattern: "/arbete/person/{person}/plan", Needs: web.OnePerson(planNeed, access.Read), Handle: p.getPlan},
		{Method: "POST", Pattern: "/arbete/person/{person}/plan/dela", Needs: web.OnePerson(plan.Need, access.Write), Handle: p.postPlanShare},
		{Method: "POST", Pattern: "/arbete/person/{person}/plan/steg", Needs: web.OnePerson(plan.Need, access.Write), Handle: p.postStep},
		{Method: "GET", Pattern: "/arbete/person/{person}/plan/mal", Needs: web.OnePerson(planNeed, access.Read), Handle: p.getGoal},
		{Method: "POST", Pattern: "/arbete/person/{person}/plan/mal", Needs: web.OnePerson(planNeed, access.Read, access.Write), Handle: p.postGoal},
		{Method: "GET", Pattern: "/arbete/person/{person}/plan/mal/{goal}", Needs: web.OnePerson(planNeed, access.Read), Handle: p.getGoal},
		{Method: "POST", Pattern: "/arbete/person/{person}/plan/mal/{goal}", Needs: web.OnePerson(planNeed, access.Read, access.Write), Handle: p.postGoal},
		{Method: "POST", Pattern: "/arbete/person/{person}/plan/mal/{goal}/gor", Needs: web.OnePerson(plan.Need, access.Write), Handle: p.postGoalAct},
		{Method: "GET", Pattern: "/arbete/person/{person}/plan/uppgift", Needs: web.OnePerson(planNeed, access.Read), Handle: p.getTask},
		{Method: "POST", Pattern: "/arbete/person/{person}/plan/uppgift", Needs: web.OnePerson(planNeed, access.Read, access.Write), Handle: p.postTask},
		{Method: "GET", Pattern: "/arbete/person/{person}/plan/uppgift/{task}", Needs: web.OnePerson(planNeed, access.Read), Handle: p.getTask},
		{Method: "POST", Pattern: "/arbete/person/{person}/plan/uppgift/{task}", Needs: web.OnePerson(planNeed, access.Read, access.Write), Handle: p.postTask},
		{Method: "POST", Pattern: "/arbete/person/{person}/plan/uppgift/{task}/gor", Needs: web.OnePerson(plan.Need, access.Write), Handle: p.postTaskAct},
		{Method: "GET", Pattern: "/arbete/person/{person}/plan/insats", Needs: web.OnePerson(planNeed, access.Read), Handle: p.getMeasure},
		{Method: "POST", Pattern: "/arbete/person/{person}/plan/insats", Needs: web.OnePerson(planNeed, access.Read, access.Write), Handle: p.postMeasure},
		{Method: "GET", Pattern: "/arbete/person/{person}/plan/insats/{measure}", Needs: web.OnePerson(planNeed, access.Read), Handle: p.getMeasure},
		{Method: "POST", Pattern: "/arbete/person/{person}/plan/insats/{measure}", Needs: web.OnePerson(planNeed, access.Read, access.Write), Handle: p.postMeasure},
		{Method: "POST", Pattern: "/arbete/person/{person}/plan/insats/{measure}/gor", Needs: web.OnePerson(plan.Need, access.Write), Handle: p.postMeasureAct},
		{Method: "GET", Pattern: "/arbete/person/{person}/plan/insats/{measure}/slut", Needs: web.OnePerson(planNeed, access.Read), Handle: p.getMeasureEnd},
		{Method: "POST", Pattern: "/arbete/person/{person}/plan/insats/{measure}/slut", Needs: web.OnePerson(planNeed, access.Read, access.Write), Handle: p.postMeasureEnd},
		{Method: "GET", Pattern: "/arbete/person/{person}/plan/overens/{agreed}", Needs: web.OnePerson(planNeed, access.Read), Handle: p.getAgreed},
		{Method: "GET", Pattern: "/arbete/person/{person}/plan/behov", Needs: web.OnePerson(tableNeed, access.Read), Handle: p.getNeedsOverTime},
		{Method: "GET", Pattern: "/arbete/person/{person}/plan/papper", Needs: web.OnePerson(planNeed, access.Export), Handle: p.getPaper},
		{Method: "GET", Pattern: "/arbete/person/{person}/plan/fran-papper", Needs: web.OnePerson(planNeed, access.Read), Handle: p.getFromPaper},
		{Method: "POST", Pattern: "/arbete/person/{person}/plan/fran-papper", Needs: web.OnePerson(planNeed, access.Read, access.Write), Handle: p.postFromPaper},
		{Method: "GET", Pattern: "/arbete/person/{person}/bordet", Needs: web.OnePerson(planNeed, access.Read), Handle: p.getTable},
		{Method: "POST", Pattern: "/arbete/person/{person}/bordet", Needs: web.OnePerson(tableNeed, access.Read, access.Write), Handle: p.postTable},
		{Method: "POST", Pattern: "/arbete/person/{person}/bordet/steg", Needs: web.OnePerson(plan.Need, access.Write), Handle: p.postStep},
		{Method: "GET", Pattern: "/arbete/person/{person}/bordet/mal", Needs: web.OnePerson(planNeed, access.Read), Handle: p.getGoal},
		{Method: "POST", Pattern: "/arbete/person/{person}/bordet/mal", Needs: web.OnePerson(planNeed, access.Read, access.Write), Handle: p.postGoal},
		{Method: "GET", Pattern: "/arbete/person/{person}/bordet/mal/{goal}", Needs: web.OnePerson(planNeed, access.Read), Handle: p.getGoal},
		{Method: "POST", Pattern: "/arbete/person/{person}/bordet/mal/{goal}", Needs: web.OnePerson(planNeed, access.Read, access.Write), Handle: p.postGoal},
		{Method: "POST", Pattern: "/arbete/person/{person}/bordet/mal/{goal}/gor", Needs: web.OnePerson(plan.Need, access.Write), Handle: p.postGoalAct},
		{Method: "GET", Pattern: "/arbete/person/{person}/bordet/uppgift", Needs: web.OnePerson(planNeed, access.Read), Handle: p.getTask},
		{Method: "POST", Pattern: "/arbete/person/{person}/bordet/uppgift", Needs: web.OnePerson(planNeed, access.Read, access.Write), Handle: p.postTask},
		{Method: "POST", Pattern: "/arbete/person/{person}/bordet/insats/{measure}/gor", Needs: web.OnePerson(plan.Need, access.Write), Handle: p.postMeasureAct},
		{Method: "GET", Pattern: "/arbete/person/{person}/bordet/behov", Needs: web.OnePerson(planNeed, access.Read), Handle: p.getNeeds},
		{Method: "POST", Pattern: "/arbete/person/{person}/bordet/behov", Needs: web.OnePerson(tableNeed, access.Read, access.Write), Handle: p.postNeeds},
	}
}
