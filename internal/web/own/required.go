package own

import (
	"slices"

	"sluss/internal/access"
	"sluss/internal/demand"
	"sluss/internal/placement"
	"sluss/internal/store"
	"sluss/internal/way"
	"sluss/internal/web"
)

// required reads what is required of the person; of who has left nothing is told.
func (p *homePage) required(r *web.Request, tx *store.Tx, a access.Access) (err error) {
	p.Demands.Demands = way.Demands{}
	if p.State != way.Left && p.State != way.Nowhere {
		p.Demands.Demands, err = way.DemandsOf(r.Context(), tx, r.Actor, a)
	}
	return err
}

// demanded is by what the next time in an activity or at a workplace is required; nil where it is not.
func (p homePage) demanded() *way.Demand {
	for _, x := range p.Places {
		if p.told(x) {
			return p.Demands.Of(demand.Place, int64(x.ID))
		}
	}
	return p.Demands.Of(demand.Placement, int64(p.AtWork)) // of none when it is no day at a workplace
}

// tasksRequired tells whether one of the tasks is required, so that each is marked by itself.
func (p homePage) tasksRequired() bool {
	return slices.ContainsFunc(p.Tasks, func(t way.Task) bool { return p.Demands.Of(demand.Task, int64(t.ID)) != nil })
}

// workRequired tells whether a time at a workplace is required.
func (p homePage) workRequired(x placement.Own) bool {
	return p.Demands.Of(demand.Placement, int64(x.ID)) != nil
}
