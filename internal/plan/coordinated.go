package plan

import (
	"context"
	"slices"

	"sluss/internal/access"
	"sluss/internal/clock"
	"sluss/internal/fault"
	"sluss/internal/id"
	"sluss/internal/org"
	"sluss/internal/store"
	"sluss/internal/thread"
)

type coordinatedTag struct{}

// CoordinatedID is the id of a decision on a coordinated individual plan.
type CoordinatedID = id.Of[coordinatedTag]

// Coordinated is that the plan is also the coordinated individual plan (SIP) of chapter 10, sections 8 and 9 of the social services act:
// the municipality and the region have found that one is needed, and the person has said yes.
type Coordinated struct {
	ID   CoordinatedID // 0 when there is none
	Lead id.Agency     // which of them answers for the whole
	On   clock.Date    // decided
	How  How           // how the person said yes
	By   id.Post
}

// CoordinatedForm is what is written when it is decided.
type CoordinatedForm struct {
	Lead id.Agency
	On   clock.Date // "" for today
	How  How        // AtTable or OnPaper
}

// principal tells whether an agency is one of the two that make a coordinated plan.
func principal(kind string) bool { return kind == org.KindMunicipality || kind == org.KindRegion }

// Principals are the agencies that can answer for the whole.
func (v View) Principals() (list []org.Agency) {
	for _, a := range v.Agencies {
		if principal(a.Kind) {
			list = append(list, a)
		}
	}
	return list
}

// Part is what one agency does in the plan.
type Part struct {
	Agency   org.Agency
	Measures []Measure
}

// Parts gives the measures under way by agency: of the municipality and the region, or of all others.
func (v View) Parts(principals bool) (list []Part) {
	for _, a := range v.Agencies {
		if principal(a.Kind) != principals {
			continue
		}
		own := Part{Agency: a}
		for _, m := range v.Running() {
			if m.Agency == a.ID {
				own.Measures = append(own.Measures, m)
			}
		}
		if len(own.Measures) > 0 {
			list = append(list, own)
		}
	}
	return list
}

// Coordinate writes that the plan is a coordinated one, with the person's yes. Conflict when it is one already.
func (d *Desk) Coordinate(ctx context.Context, actor *access.Actor, who id.Person, f CoordinatedForm) error {
	if f.On == "" {
		f.On = actor.Today()
	}
	return d.change(ctx, actor, who, Need, func(c *change) error {
		agencies, err := org.Agencies(ctx, c.tx, actor.Area())
		if err != nil {
			return err
		}
		var form fault.Form
		if !slices.ContainsFunc(agencies, func(a org.Agency) bool { return a.ID == f.Lead && principal(a.Kind) }) {
			form.Add("lead", "form.choose")
		}
		checkYes(&form, f.How, f.On, actor.Today())
		if err := form.Err(); err != nil {
			return err
		}
		sip := id.New[coordinatedTag](actor.Now())
		n, err := c.tx.Exec(ctx, store.Q(`INSERT INTO plan_coordinated (area_id, person_id, coordinated_id, plan_id, lead_id, on_date, how, post_id, at, ended_on)
		 VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, '') ON CONFLICT DO NOTHING`), actor.Area(), who, sip, c.plan.ID, f.Lead, string(f.On), string(f.How), actor.Post(), int64(actor.Now()))
		if err == nil && n == 0 {
			err = fault.New(fault.Conflict, "coordinated.already")
		}
		if err != nil {
			return err
		}
		return c.event(ctx, thread.Event{Kind: thread.Coordinated, On: f.On, Code: string(f.How), Agency: f.Lead, Ref: int64(sip)})
	})
}

// EndCoordinated ends it from today; the plan goes on. Conflict when it has ended already.
func (d *Desk) EndCoordinated(ctx context.Context, actor *access.Actor, who id.Person, sip CoordinatedID) error {
	return d.change(ctx, actor, who, Need, func(c *change) error {
		n, err := c.tx.Exec(ctx, store.Q(`UPDATE plan_coordinated SET ended_on = $5 WHERE area_id = $1 AND person_id = $2 AND coordinated_id = $3 AND plan_id = $4 AND ended_on = ''`),
			actor.Area(), who, sip, c.plan.ID, string(actor.Today()))
		if err == nil && n == 0 {
			err = fault.New(fault.Conflict, "coordinated.none")
		}
		if err != nil {
			return err
		}
		return c.event(ctx, thread.Event{Kind: thread.Coordinated, Code: thread.Undone, Ref: int64(sip)})
	})
}

// CoordinatedBy gives the decision that holds for the plan, the zero one for none. It needs access to the plan.
func (p Plan) CoordinatedBy(ctx context.Context, tx *store.Tx, actor *access.Actor, a access.Access) (x Coordinated, err error) {
	a.Must(access.Plan)
	err = tx.One(ctx, store.Q(`SELECT coordinated_id, lead_id, on_date, how, post_id FROM plan_coordinated WHERE area_id = $1 AND person_id = $2 AND plan_id = $3 AND ended_on = ''`),
		[]any{actor.Area(), a.Person(), p.ID}, &x.ID, &x.Lead, &x.On, &x.How, &x.By)
	if store.None(err) {
		return Coordinated{}, nil
	}
	return x, err
}
