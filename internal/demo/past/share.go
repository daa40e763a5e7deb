package past

import (
	"context"

	"sluss/internal/access"
	"sluss/internal/consent"
	"sluss/internal/demo"
	"sluss/internal/fault"
	"sluss/internal/id"
	"sluss/internal/org"
	"sluss/internal/store"
)

func (d day) consent() *consent.Desk { return &consent.Desk{Store: d.db()} }

// sharing is how many of each coach's participants are asked whether a partner may see something.
const sharing = 9

// share lets some of the coaches' participants answer whether a partner may see something, in the last weeks: most say yes,
// some no, and one takes it back.
func (p *player) share(ctx context.Context) error {
	for _, coach := range p.coaches {
		who, err := p.caseload(ctx, coach)
		if err != nil {
			return err
		}
		for i, person := range who {
			err := p.Org.Store.Write(ctx, func(tx *store.Tx) error {
				return day{p, tx, p.Until.Date().Add(-2 * i)}.answers(ctx, coach, person, i)
			})
			if err != nil && !fault.Is(err, fault.NotFound) { // some were not here yet on that day
				return err
			}
		}
	}
	return nil
}

// caseload gives the first of those whose coach it is now.
func (p *player) caseload(ctx context.Context, coach string) (list []id.Person, err error) {
	err = p.Org.Store.Read(ctx, func(tx *store.Tx) error {
		list, err = store.All(ctx, tx, store.Q(`SELECT person_id FROM assignment WHERE area_id = $1 AND post_id = $2 AND ended_at = $3 ORDER BY person_id LIMIT 0 + $4`),
			[]any{demo.AreaID, p.place.Posts[coach], int64(access.Never), sharing}, func(r *store.Cursor) (x id.Person, err error) {
				err = r.Scan(&x)
				return x, err
			})
		return err
	})
	return list, err
}

// answers is what one of them says.
func (d day) answers(ctx context.Context, coach string, who id.Person, i int) error {
	a, err := d.as(ctx, coach)
	if err != nil {
		return err
	}
	f := consent.Form{Zone: access.Zone(d.place.Agencies[org.KindEmployment]), Purpose: "work", Categories: access.Plan | access.Contact, Months: consent.Longest,
		How: consent.AtTable, Yes: i%5 != 4, Lang: "sv"}
	if i%3 == 2 {
		f.Zone, f.Purpose, f.Categories = access.Zone(d.place.Agencies[org.KindInsurance]), "health", access.Plan|access.Health
	}
	if err := d.consent().Answer(ctx, a, who, f); err != nil || i != 6 {
		return err
	}
	return d.consent().Withdraw(ctx, a, who, f.Zone, false)
}
