package past

import (
	"context"
	"errors"
	"fmt"
	"slices"

	"sluss/internal/access"
	"sluss/internal/activity"
	"sluss/internal/demo"
	"sluss/internal/fault"
	"sluss/internal/id"
	"sluss/internal/place"
	"sluss/internal/plan"
	"sluss/internal/schedule"
	"sluss/internal/store"
)

// because are people's own words for what they would like.
var because = []string{"Jag vill prata mer svenska", "Jag vill komma hemifrån ett par gånger i veckan", "", "Jag vill ha något att se fram emot", "Jag vill lära känna några"}

// takePart gives some of the coaches' participants a place in the week's activities, and lets some wish for what rests or is
// only offered.
func (p *player) takePart(ctx context.Context) error {
	me, err := p.first(ctx)
	if err != nil {
		return err
	}
	for n, coach := range p.coaches {
		who, err := p.active(ctx, coach)
		if err != nil {
			return err
		}
		if n == 0 && me != 0 { // whom one can be in the demo takes part, whoever is their coach
			who = append([]id.Person{me}, slices.DeleteFunc(who, func(x id.Person) bool { return x == me })...)
		} else {
			who = slices.DeleteFunc(who, func(x id.Person) bool { return x == me })
		}
		for i, person := range who {
			err := p.Org.Store.Write(ctx, func(tx *store.Tx) error {
				return day{p, tx, p.Until.Date()}.joins(ctx, coach, person, n*joining+i)
			})
			if err != nil && fault.Of(err) == nil && fault.Fields(err) == nil { // some cannot be in the group, or have left
				return fmt.Errorf("a place: %w", err)
			}
		}
	}
	return nil
}

// first is the first of those whom one can be in the demo; 0 when the history is too short to hold them.
func (p *player) first(ctx context.Context) (who id.Person, err error) {
	err = p.Org.Store.Read(ctx, func(tx *store.Tx) error {
		keys, err := p.Org.Vault.Area(ctx, tx, demo.AreaID)
		if err != nil {
			return err
		}
		found, err := demo.FindParticipants(ctx, tx, keys)
		who = found[demo.Participants[0].Key]
		return err
	})
	return who, err
}

// joining is how many of each coach's participants have found something.
const joining = 14

// active gives the coach's participants of now who came last.
func (p *player) active(ctx context.Context, coach string) (list []id.Person, err error) {
	err = p.Org.Store.Read(ctx, func(tx *store.Tx) error {
		list, err = store.All(ctx, tx, store.Q(`SELECT person_id FROM enrolment WHERE area_id = $1 AND coach_id = $2 AND state = 'active' ORDER BY enrolment_id DESC LIMIT 0 + $3`),
			[]any{demo.AreaID, p.place.Posts[coach], joining}, func(r *store.Cursor) (x id.Person, err error) {
				err = r.Scan(&x)
				return x, err
			})
		return err
	})
	return list, err
}

// joins lets one person wish for one of the activities that run, or that rest, and go as far as their number says.
func (d day) joins(ctx context.Context, coach string, who id.Person, n int) error {
	a, err := d.as(ctx, coach)
	if err != nil {
		return err
	}
	runs, err := schedule.Runs(ctx, d.tx, a, d.today)
	if err != nil || len(runs) == 0 {
		return err
	}
	desk, r := &place.Desk{Store: d.db()}, runs[n%len(runs)]
	x := r.Activity
	if n%6 == 5 {
		if x, err = resting(ctx, d.tx, a); err != nil {
			return err
		}
	}
	k, err := desk.Wish(ctx, a, who, x, because[n%len(because)])
	if err != nil || n%6 == 5 {
		return err
	}
	o := place.Offer{Run: r.ID, From: r.From}
	v, err := (&plan.Desk{Store: d.db()}).Open(ctx, a, who, plan.Need|access.Identity|access.Contact|access.Assessment, access.Read)
	if err != nil {
		return err
	}
	if goals := v.OpenGoals(); len(goals) > 0 && n%5 != 4 {
		o.Thread = place.Thread{Goal: goals[0].ID, Why: "Det är ett första steg ut i veckan, i en liten grupp.", Next: "Praktik några timmar, när det känns rätt"}
	}
	if err := desk.Offer(ctx, a, who, k, 1, o); fault.Fields(err) != nil {
		return nil // it is full, and they wait
	} else if err != nil || n%9 == 3 {
		return err
	}
	if err := desk.Answer(ctx, a, who, k, 2, true); err != nil {
		return err
	}
	if err := desk.Extend(ctx, a, who, k, 3, place.Extent{From: o.From, Days: 1 + n%3, Percent: []int{0, 25, 50}[n%3]}); err != nil || n%10 != 4 {
		return err
	}
	return desk.Unclear(ctx, a, who, k, 4, true)
}

// resting gives an activity that rests.
func resting(ctx context.Context, tx *store.Tx, a *access.Actor) (activity.ID, error) {
	types, err := activity.All(ctx, tx, a)
	if err != nil {
		return 0, err
	}
	i := slices.IndexFunc(types, func(t activity.Type) bool { return t.State == activity.Rests })
	if i < 0 {
		return 0, errors.New("the demo has nothing that rests")
	}
	return types[i].ID, nil
}
