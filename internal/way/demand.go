package way

import (
	"context"
	"slices"

	"sluss/internal/access"
	"sluss/internal/clock"
	"sluss/internal/demand"
	"sluss/internal/id"
	"sluss/internal/store"
)

// Demand is what somebody with the right to requires of the person.
type Demand struct {
	ID        demand.ID
	Kind      demand.Kind
	Ref       int64
	Words     string // in Swedish; "" of having come here
	By        string
	Phone     string
	Law       string
	LawWords  string
	Otherwise string
	Appeal    string
	Since     clock.Date
	AppealBy  clock.Date
	Over      bool // it is about something that the person no longer has before them
}

// Order is that the person was sent here, where nobody has written down by what law.
type Order struct {
	Agency id.Agency
	Unit   id.Unit
	On     clock.Date
}

// Demands is what is required of a person now.
type Demands struct {
	List  []Demand // the oldest first
	Order *Order
}

// Of gives what is required of the thing; nil for what is the person's own choice.
func (d Demands) Of(kind demand.Kind, ref int64) *Demand {
	for i, x := range d.List {
		if x.Kind == kind && x.Ref == ref {
			return &d.List[i]
		}
	}
	return nil
}

// DemandsOf gives what is required of the person of the access. It needs access to demand.Told.
func DemandsOf(ctx context.Context, tx *store.Tx, actor *access.Actor, a access.Access) (d Demands, err error) {
	all, err := demand.Of(ctx, tx, actor, a)
	if err != nil {
		return d, err
	}
	var things []demand.Thing
	if slices.ContainsFunc(all, func(x demand.Demand) bool { return x.Over(nil) }) { // some may be; else nothing is read
		if things, err = demand.ThingsOf(ctx, tx, actor, a); err != nil {
			return d, err
		}
	}
	for _, x := range all {
		if x.State == demand.Open {
			d.List = append([]Demand{{x.ID, x.Kind, x.Ref, x.Words, x.By(), x.Phone, x.Law, x.LawWords, x.Otherwise, x.Appeal, x.Since, x.AppealBy, x.Over(things)}}, d.List...)
		}
	}
	o, ok, err := demand.OrderOf(ctx, tx, actor, a, all)
	if ok {
		d.Order = &Order{o.Agency, o.Unit, o.On}
	}
	return d, err
}
