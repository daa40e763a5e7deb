package past

import (
	"context"
	"time"

	"sluss/internal/access"
	"sluss/internal/consent"
	"sluss/internal/contact"
	"sluss/internal/demo"
	"sluss/internal/fault"
	"sluss/internal/id"
	"sluss/internal/org"
	"sluss/internal/plan"
	"sluss/internal/store"
)

// named gives those one can be in the demo something of their own to answer: a meeting ahead, the question of the next step,
// and a yes that can be taken back. Who has not begun, or has left, has none of it.
func (p *player) named(ctx context.Context) error {
	return p.Org.Store.Write(ctx, func(tx *store.Tx) error {
		keys, err := p.Org.Vault.Area(ctx, tx, demo.AreaID)
		if err != nil {
			return err
		}
		found, err := demo.FindParticipants(ctx, tx, keys)
		if err != nil {
			return err
		}
		d := day{p, tx, p.Until.Date()}
		for _, n := range demo.Participants {
			coach, err := d.coachOf(ctx, found[n.Key])
			if err != nil {
				return err
			}
			if coach == "" {
				continue
			}
			if err := d.ahead(ctx, coach, found[n.Key]); err != nil && !fault.Is(err, fault.Conflict) && !fault.Is(err, fault.NotFound) {
				return err
			}
		}
		return nil
	})
}

// coachOf gives the key of somebody's coach; "" for none.
func (d day) coachOf(ctx context.Context, who id.Person) (string, error) {
	var post id.Post
	err := d.tx.One(ctx, store.Q(`SELECT post_id FROM assignment WHERE area_id = $1 AND person_id = $2 AND ended_at = $3 ORDER BY from_on DESC LIMIT 1`),
		[]any{demo.AreaID, who, int64(access.Never)}, &post)
	if store.None(err) {
		return "", nil
	}
	for _, key := range d.coaches {
		if d.place.Posts[key] == post {
			return key, err
		}
	}
	return "", err
}

// ahead is what waits for one of them.
func (d day) ahead(ctx context.Context, coach string, who id.Person) error {
	a, err := d.as(ctx, coach)
	if err != nil {
		return err
	}
	acc, err := access.Open(ctx, d.tx, a, who, plan.Need, access.Read, access.ForPlan)
	if err != nil {
		return err
	}
	p, err := plan.Get(ctx, d.tx, a, acc)
	if err != nil {
		return err
	}
	if p.ID != 0 && p.Next() != 0 {
		if err := d.plan().AskStep(ctx, a, who, p.Version, p.Next()); err != nil {
			return err
		}
	}
	on := d.today.Add(6)
	for on.Weekday() == time.Saturday || on.Weekday() == time.Sunday {
		on = on.Add(1)
	}
	if _, err := d.contact().Plan(ctx, a, who, contact.Form{On: on, At: "10:00", How: "here", Both: true}); err != nil {
		return err
	}
	return d.consent().Answer(ctx, a, who, consent.Form{Zone: access.Zone(d.place.Agencies[org.KindEmployment]), Purpose: "work", Categories: access.Plan | access.Contact,
		Months: consent.Longest, How: consent.AtTable, Yes: true, Wish: true, Lang: "sv"})
}
